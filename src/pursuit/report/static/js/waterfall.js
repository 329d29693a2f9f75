// How an effect on the firm comes about: each part starts where the one before it ended.
const waterfallSteps = (row) => {
  let at = 0;
  const steps = Object.keys(DATA.labels.part)
    .map((part) => [part, row.effect_parts[part]])
    .filter(([, value]) => value)
    .map(([part, value]) => ({ name: label("part", part), from: at, to: (at += value), value }));
  const rest = row.effect - at;
  const largest = Math.max(Math.abs(row.effect), ...steps.map((step) => Math.abs(step.value)));
  if (Math.abs(rest) > largest / 500) steps.push({ name: T("Interplay"), from: at, to: row.effect, value: rest });
  return [...steps, { name: T("Effect on the firm"), from: 0, to: row.effect, value: row.effect, total: true }];
};

const waterfall = (row) => (c, width) => {
  const steps = waterfallSteps(row);
  const low = Math.min(0, ...steps.map((s) => Math.min(s.from, s.to)));
  const high = Math.max(0, ...steps.map((s) => Math.max(s.from, s.to)));
  const pad = (high - low || 1) * (width < 420 ? 0.36 : 0.24);
  return {
    grid: { left: 8, right: 12, top: 6, bottom: 6, containLabel: true },
    xAxis: { type: "value", min: low - (low < 0 ? pad : 0), max: high + pad, show: false },
    yAxis: {
      type: "category", inverse: true, data: steps.map((s) => s.name), ...axisStyle(c), axisLine: { show: false },
      axisLabel: { color: c.ink, fontSize: width < 420 ? 11 : 12, width: width < 420 ? 118 : 190, overflow: "break" },
    },
    tooltip: { show: false },
    series: [{
      type: "custom", data: steps.map((s, i) => [i, s.from, s.to]), encode: { x: [1, 2], y: 0 },
      renderItem: (params, api) => {
        const step = steps[params.dataIndex];
        const [x0, y] = api.coord([step.from, params.dataIndex]);
        const [x1] = api.coord([step.to, params.dataIndex]);
        const [zero] = api.coord([0, params.dataIndex]);
        const tall = api.size([0, 1])[1];
        const thick = Math.min(20, tall * 0.62);
        const colour = step.value < 0 ? c.loss : c.plan;
        const right = step.value >= 0;
        return {
          type: "group", ignore: false, children: [
            { type: "rect", ignore: false, shape: { x: Math.min(x0, x1), y: y - thick / 2, width: Math.max(1.5, Math.abs(x1 - x0)), height: thick },
              style: { fill: step.total ? colour : right ? c.planSoft : c.lossSoft, stroke: colour, lineWidth: 1 } },
            { type: "line", ignore: step.total || params.dataIndex === steps.length - 1, silent: true,
              shape: { x1, y1: y + thick / 2, x2: x1, y2: y + tall - thick / 2 }, style: { stroke: c.muted, lineWidth: 0.8 } },
            { type: "line", ignore: false, silent: true, z2: -1, shape: { x1: zero, y1: y - tall / 2, x2: zero, y2: y + tall / 2 }, style: { stroke: c.rule, lineWidth: 1 } },
            { type: "text", ignore: false, x: right ? Math.max(x0, x1) + 6 : Math.min(x0, x1) - 6, y,
              style: { text: signed(step.value), fill: step.value < 0 ? c.loss : c.ink, fontFamily: c.font, fontSize: 12, fontWeight: step.total ? 700 : 400, align: right ? "left" : "right", verticalAlign: "middle" } },
          ],
        };
      },
    }],
  };
};
