// Load of each resource in each week, or the chance that it exceeds regular hours.
const LOAD = DATA.load;
const weekLabel = (iso) => `${Number(iso.slice(5, 7))}/${Number(iso.slice(8))}`;
const HEAT = {
  load: {
    at: ([capacity, , load]) => (capacity ? load / capacity : 2),
    steps: [[0, 0.5, "< 50%"], [0.5, 0.7, "50–70%"], [0.7, 0.85, "70–85%"], [0.85, 1, "85–100%"], [1, 1.15, "100–115%"], [1.15, 99, "> 115%"]],
  },
  overload: {
    at: (cell) => cell[5],
    steps: [[0, 0.05, "< 5%"], [0.05, 0.2, "5–20%"], [0.2, 0.35, "20–35%"], [0.35, 0.5, "35–50%"], [0.5, 0.8, "50–80%"], [0.8, 1.01, "> 80%"]],
  },
};
let heatShown = "load";
const closed = ([capacity, , load]) => !capacity && !load;

const heatOption = (c, width) => {
  const { at, steps } = HEAT[heatShown];
  const cells = LOAD.cells.flatMap((row, y) => row.flatMap((cell, x) => (cell ? [[x, y, closed(cell) ? -1 : at(cell)]] : [])));
  const narrow = width < 700;
  const left = narrow ? 84 : width < 900 ? 128 : 178;
  const roomy = (width - left) / Math.max(1, LOAD.weeks.length) >= 30;
  return {
    grid: { left, right: 4, top: 8, bottom: 28 },
    tooltip: {
      ...frame(c).tooltip,
      formatter: ({ value: [x, y] }) => {
        const [capacity, committed, load, overtime, subcontract, overload] = LOAD.cells[y][x];
        if (closed(LOAD.cells[y][x])) return hint(`${LOAD.resources[y].name} · ${T("week of {day}", { day: LOAD.weeks[x] })}`, [[T("closed"), ""]]);
        return hint(`${LOAD.resources[y].name} · ${T("week of {day}", { day: LOAD.weeks[x] })}`, [
          [T("Regular hours"), hours(capacity)], [T("Expected load"), `${hours(load)} (${capacity ? percent(load / capacity) : "–"})`],
          [T("of it committed"), hours(committed)], [T("Overtime"), hours(overtime)], [T("Given outside"), hours(subcontract)],
          [T("Chance of overload"), percent(overload)],
        ]);
      },
    },
    xAxis: {
      type: "category", data: LOAD.weeks.map(weekLabel), ...axisStyle(c), axisLine: { show: false },
      axisLabel: { color: c.muted, fontSize: 11, hideOverlap: true, interval: (i, text) => (roomy && width > 1000) || i === 0 || Number(text.split("/")[1]) <= 7 },
    },
    yAxis: {
      type: "category", inverse: true, ...axisStyle(c), axisLine: { show: false },
      data: LOAD.resources.map((r) => (r.bottleneck ? `▶ ${r.name}` : r.name)),
      axisLabel: { color: c.ink, fontSize: narrow ? 11 : 13, width: left - 8, overflow: "truncate" },
    },
    visualMap: {
      type: "piecewise", show: false,
      pieces: [{ gte: -2, lt: 0, color: c.paper }, ...steps.map(([gte, lt, text], i) => ({ gte, lt, label: text, color: c.heat[i] }))],
    },
    series: [{
      type: "heatmap", data: cells, itemStyle: { borderColor: c.paper, borderWidth: narrow ? 0.6 : 1.5 }, progressive: 0,
      label: { show: roomy, fontSize: 11, formatter: ({ value }) => (value[2] < 0 ? "–" : Math.round(value[2] * 100)),
        color: c.ink },
      emphasis: { itemStyle: { borderColor: c.ink, borderWidth: 1.5 } },
    }],
  };
};
// Dark cells need light figures: each cell of a dark step carries its own label colour.
const heatWithLabels = (c, width) => {
  const option = heatOption(c, width);
  const { steps } = HEAT[heatShown];
  option.series[0].data = option.series[0].data.map((value) => {
    const step = steps.findIndex(([gte, lt]) => value[2] >= gte && value[2] < lt);
    return { value, label: { color: step === 5 ? c.paper : c.ink } };
  });
  return option;
};

const heatLegend = document.getElementById("heat-legend");
const anyClosed = LOAD.cells.some((row) => row.some((cell) => cell && closed(cell)));
const explainHeat = () => heatLegend?.replaceChildren(
  ...HEAT[heatShown].steps.map(([, , text], i) => el("li", {}, el("i", { class: "swatch", style: { background: `var(--heat-${i})` } }), text)),
  ...(anyClosed ? [el("li", {}, "– ", T("closed"))] : []));
explainHeat();
const heat = chart("chart-heat", heatWithLabels);
const heatButtons = [...document.querySelectorAll("[data-heat]")];
heatButtons.forEach((button) => button.addEventListener("click", () => {
  press(heatButtons, button);
  heatShown = button.dataset.heat;
  explainHeat();
  heat.draw();
}));
