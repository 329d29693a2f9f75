// Who works on what, when. By resource, overlapping bars take lanes of their own; by order, one row per order.
const DAY = 86400000;
const BARS = DATA.schedule.map((bar) => ({
  ...bar, from: Date.parse(bar.start), to: Date.parse(bar.end) + DAY,
  where: LOAD.resources.find((resource) => resource.resource === bar.work_center)?.name ?? bar.work_center,
}));
let ganttBy = "resource";

const lanesOf = (bars) => {
  const ends = [];
  return bars.map((bar) => {
    let lane = ends.findIndex((end) => end <= bar.from);
    if (lane < 0) lane = ends.push(0) - 1;
    ends[lane] = bar.to;
    return lane;
  });
};
const ganttRows = () => {
  const groups = new Map();
  const sorted = [...BARS].sort((a, b) => b.firm - a.firm || a.from - b.from || a.to - b.to);
  const known = ganttBy === "resource" ? LOAD.resources.map((resource) => resource.name) : [];
  known.forEach((name) => groups.set(name, { name, bars: [] }));
  for (const bar of sorted) {
    const key = ganttBy === "resource" ? bar.where : bar.order;
    if (!groups.has(key)) groups.set(key, { name: ganttBy === "resource" ? key : bar.name, bars: [], due: bar.due });
    groups.get(key).bars.push(bar);
  }
  const rows = [];
  const placed = [];
  [...groups.values()].filter((group) => group.bars.length).forEach((group, at) => {
    const lanes = lanesOf(group.bars);
    const first = rows.length;
    for (let lane = 0; lane <= Math.max(...lanes); lane += 1) rows.push({ name: lane % 8 ? "" : group.name, again: lane > 0, shade: at % 2, due: lane ? null : group.due });
    group.bars.forEach((bar, i) => placed.push({ ...bar, row: first + lanes[i] }));
  });
  const bands = [];
  rows.forEach((row, at) => {
    if (row.shade) return;
    if (at && !rows[at - 1].shade && bands.length) bands[bands.length - 1][1] = at;
    else bands.push([at, at]);
  });
  return { rows, placed, bands };
};

const ganttPaint = (c) => ({
  firm: { fill: c.plan, ink: c.paper }, likely: { fill: hatch(c.hatch, c.planSoft, "slash"), stroke: c.plan, ink: c.ink },
  firmLate: { fill: hatch(c.lossSoft, c.loss, "back"), stroke: c.loss, ink: c.paper }, likelyLate: { fill: hatch(c.hatchLoss, c.lossSoft, "cross"), stroke: c.loss, ink: c.ink },
});
const ganttBar = (placed, c) => {
  const paint = ganttPaint(c);
  return (params, api) => {
    const bar = placed[params.dataIndex];
    const [x0, y] = api.coord([bar.from, bar.row]);
    const [x1] = api.coord([bar.to, bar.row]);
    const tall = Math.min(22, api.size([0, 1])[1] * 0.78);
    const { x, y: top, width, height } = params.coordSys;
    const box = echarts.graphic.clipRectByRect({ x: x0, y: y - tall / 2, width: Math.max(2, x1 - x0 - 1), height: tall }, { x, y: top, width, height });
    const style = paint[(bar.firm ? "firm" : "likely") + (bar.late ? "Late" : "")];
    const text = ganttBy === "resource" ? bar.name : bar.operation || bar.where;
    const readable = box && box.width > 46 && tall >= 13;
    return {
      type: "group", ignore: !box, children: box ? [
        { type: "rect", ignore: false, shape: { ...box, r: 2 }, style: { fill: style.fill, stroke: style.stroke, lineWidth: style.stroke ? 1 : 0 } },
        { type: "text", ignore: !readable, silent: true, x: box.x + 5, y: box.y + box.height / 2,
          style: { text, width: box.width - 10, overflow: "truncate", ellipsis: "…", fontFamily: c.font, fontSize: 11, fill: style.ink, verticalAlign: "middle",
            stroke: bar.firm ? (bar.late ? c.loss : null) : bar.late ? c.lossSoft : c.planSoft, lineWidth: 3 } },
      ] : [],
    };
  };
};
const ganttBand = (bands, c) => (params, api) => {
  const [first, last] = bands[params.dataIndex];
  const tall = api.size([0, 1])[1];
  const { x, y, width, height } = params.coordSys;
  const top = api.coord([0, first])[1] - tall / 2;
  const box = echarts.graphic.clipRectByRect({ x, y: top, width, height: (last - first + 1) * tall }, { x, y, width, height });
  return { type: "rect", ignore: !box, shape: box ?? { x, y, width: 0, height: 0 }, style: { fill: c.rule, opacity: 0.32 } };
};
const ganttOption = (c, width) => {
  const { rows, placed, bands } = ganttRows();
  const narrow = width < 700;
  const fits = narrow ? 16 : 22;
  const left = narrow ? 82 : width < 900 ? 132 : 178;
  const from = Date.parse(DATA.horizon.start);
  const shown = { startValue: from, endValue: Math.min(from + (narrow ? 13 : 26) * 7 * DAY, Date.parse(DATA.horizon.end)) };
  const every = Math.max(1, Math.ceil(((shown.endValue - from) / (7 * DAY)) * (44 / (width - left - 26))));
  const due = rows.flatMap((row, at) => (ganttBy === "order" && row.due ? [[Date.parse(row.due) + DAY, at]] : []));
  const slider = { type: "slider", showDetail: false, brushSelect: false, borderColor: c.rule, fillerColor: c.planSoft, handleSize: "120%",
    backgroundColor: "transparent", dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } }, moveHandleSize: 0, filterMode: "weakFilter" };
  return {
    animation: false,
    grid: { left, right: 26, top: 30, bottom: 40 },
    tooltip: {
      ...frame(c).tooltip,
      formatter: ({ dataIndex, seriesIndex }) => {
        if (seriesIndex !== 1) return "";
        const bar = placed[dataIndex];
        return hint(bar.name, [[T("Order"), bar.order], [T("Operation"), `${bar.operation} · ${bar.where}`], [T("Dates"), `${bar.start} – ${bar.end}`],
          [T("Hours"), hours(bar.hours)], [T("Due"), bar.due ?? "–"], [T("State"), ganttState(bar)]]);
      },
    },
    xAxis: { type: "value", position: "top", min: from, max: Date.parse(DATA.horizon.end), interval: every * 7 * DAY, ...axisStyle(c),
      splitLine: { show: true, lineStyle: { color: c.rule, width: 0.6 } },
      axisLabel: { color: c.muted, fontSize: 12, hideOverlap: true, formatter: (at) => weekLabel(new Date(at).toISOString().slice(0, 10)) } },
    yAxis: { type: "category", inverse: true, data: rows.map((row, at) => String(at)), ...axisStyle(c), axisLine: { show: false },
      axisLabel: { color: c.ink, fontSize: narrow ? 11 : 12, interval: 0, width: left - 10, overflow: "truncate", rich: { again: { color: c.muted, fontSize: 11 } },
        formatter: (at) => { const { name, again } = rows[Number(at)]; return again && name ? `{again|${name.replace(/[{}|]/g, " ")}}` : name; } } },
    dataZoom: [
      { ...slider, ...shown, xAxisIndex: 0, bottom: 6, height: 18, left, right: 26 },
      { ...slider, yAxisIndex: 0, right: 2, width: 16, startValue: 0, endValue: Math.min(rows.length - 1, fits - 1), show: rows.length > fits },
      { type: "inside", ...shown, xAxisIndex: 0, zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, filterMode: "weakFilter" },
    ],
    series: [
      { type: "custom", silent: true, z: 0, data: bands.map(([first, last]) => [first, last]), encode: { y: [0, 1] }, renderItem: ganttBand(bands, c) },
      { type: "custom", renderItem: ganttBar(placed, c), data: placed.map((bar) => [bar.from, bar.to, bar.row]), encode: { x: [0, 1], y: 2 }, clip: true },
      { type: "scatter", silent: true, data: due, symbol: "path://M0,0 L2,0 L2,20 L0,20 Z", symbolSize: [2.5, 16], itemStyle: { color: c.ink }, z: 6 },
    ],
  };
};
const ganttState = (bar) => `${bar.firm ? T("Sold") : T("May still be won")}${bar.late ? ` · ${T("late")}` : ""}`;

const gantt = chart("chart-gantt", ganttOption);
const ganttButtons = [...document.querySelectorAll("[data-gantt]")];
ganttButtons.forEach((button) => button.addEventListener("click", () => {
  press(ganttButtons, button);
  ganttBy = button.dataset.gantt;
  document.getElementById("due-key").hidden = ganttBy !== "order";
  gantt.draw();
}));
document.getElementById("gantt-table")?.addEventListener("toggle", (event) => {
  const body = event.target.querySelector("tbody");
  if (body.children.length) return;
  body.append(...BARS.map((bar) => el("tr", {}, el("th", { scope: "row" }, `${bar.name} (${bar.order})`),
    [bar.operation, bar.where, bar.start, bar.end, bar.due ?? "–"].map((text) => el("td", {}, text)), el("td", { class: "num" }, hours(bar.hours)), el("td", {}, ganttState(bar)))));
});
