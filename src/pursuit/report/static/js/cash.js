// Cash by month with its bad case, and below it the chance of falling under the floor.
const cashOption = (c, width) => {
  const rows = DATA.cash;
  const months = rows.map((row) => (KO ? `${Number(row.month.slice(5))}월` : new Date(`${row.month}-01T00:00:00Z`).toLocaleDateString("en", { month: "short", timeZone: "UTC" })));
  const risky = Math.max(0.05, ...rows.map((row) => row.below_floor_probability));
  const names = [T("Expected"), T("Down to the one-in-twenty bad case"), T("Chance below the floor")];
  const left = width < 600 ? 62 : 84;
  return {
    grid: [{ left, right: 12, top: width < 600 ? 56 : 36, height: width < 600 ? 170 : 190 }, { left, right: 12, bottom: 24, height: 66 }],
    legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 10, textStyle: { color: c.muted, fontSize: 12 }, data: [names[0], { name: names[1], icon: "rect" }, names[2]] },
    tooltip: { ...frame(c).tooltip, trigger: "axis", formatter: (items) => {
      const row = rows[items[0].dataIndex];
      return hint(row.month, [[names[0], money(row.expected)], [T("One-in-twenty bad case"), money(row.low)], [names[2], chance(row.below_floor_probability)]]);
    } },
    axisPointer: { link: [{ xAxisIndex: "all" }], lineStyle: { color: c.muted } },
    xAxis: [{ type: "category", data: months, ...axisStyle(c), axisLabel: { show: false }, boundaryGap: true }, { type: "category", gridIndex: 1, data: months, ...axisStyle(c) }],
    yAxis: [
      { type: "value", scale: true, ...axisStyle(c), axisLabel: { color: c.muted, fontSize: 12, formatter: axisMoney } },
      { type: "value", gridIndex: 1, min: 0, max: risky * 1.3, ...axisStyle(c), axisLabel: { show: false }, splitLine: { show: false } },
    ],
    series: [
      { name: "low", type: "line", stack: "band", stackStrategy: "all", symbol: "none", data: rows.map((row) => row.low), lineStyle: { opacity: 0 }, tooltip: { show: false } },
      { name: names[1], type: "line", stack: "band", stackStrategy: "all", symbol: "none", data: rows.map((row) => row.expected - row.low), lineStyle: { opacity: 0 }, itemStyle: { color: c.planSoft }, areaStyle: { color: c.planSoft, opacity: 1 } },
      { name: names[0], type: "line", data: rows.map((row) => row.expected), symbol: "circle", symbolSize: 6, lineStyle: { color: c.plan, width: 2.4 }, itemStyle: { color: c.plan },
        label: { show: width >= 600, position: "top", distance: 8, color: c.ink, fontSize: 12, textBorderColor: c.paper, textBorderWidth: 4, formatter: ({ value }) => axisMoney(value) } },
      { name: names[2], type: "bar", xAxisIndex: 1, yAxisIndex: 1, data: rows.map((row) => row.below_floor_probability), barMaxWidth: 34, itemStyle: { color: c.loss },
        label: { show: true, position: "top", color: c.loss, fontSize: 12, formatter: ({ value }) => (value ? chance(value) : "0%") } },
    ],
  };
};
if (DATA.cash.length) chart("chart-cash", cashOption);
