// The value of both ways of choosing over the same fresh futures.
const outcomesOption = (c, width) => {
  const { edges, plan, today, lines } = DATA.outcomes;
  const steps = (shares) => [...shares.map((share, i) => [edges[i], share]), [edges[edges.length - 1], 0]];
  const name = { plan: T("This plan"), today: T("Today's way") };
  const ink = { plan: c.plan, today: c.muted };
  const ordered = [...lines].sort((a, b) => a.at - b.at);
  const middle = (edges[0] + edges[edges.length - 1]) / 2;
  const mark = (of) => ({
    symbol: "none", silent: true, animation: false,
    data: ordered.flatMap((line, i) => (line.of !== of ? [] : [{
      xAxis: line.at, lineStyle: { color: ink[of], width: 1.6, type: line.what === "mean" ? "solid" : "dashed" },
      label: {
        position: "end", distance: 12 + 18 * i, color: ink[of], fontSize: 12, align: width < 600 ? (line.at < middle ? "left" : "right") : "center",
        formatter: `${width < 600 ? "" : `${name[of]} · `}${line.what === "mean" ? T("mean") : T("worst tenth")} ${axisMoney(line.at)}`,
      },
    }])),
  });
  const area = (of, shares, fill) => ({
    name: name[of], type: "line", step: "end", symbol: "none", data: steps(shares), lineStyle: { color: ink[of], width: 1.4 },
    itemStyle: { color: ink[of] }, areaStyle: { color: fill, opacity: 1 }, markLine: mark(of),
  });
  return {
    grid: { left: 8, right: 16, top: 94, bottom: 30, containLabel: true },
    legend: { bottom: 0, left: 0, itemWidth: 16, itemHeight: 10, textStyle: { color: c.muted, fontSize: 12 }, icon: "rect" },
    tooltip: {
      ...frame(c).tooltip, trigger: "axis",
      formatter: (items) => {
        const at = Math.max(0, edges.findIndex((edge) => edge > items[0].axisValue) - 1);
        return hint(`${money(edges[at])} – ${money(edges[at + 1] ?? edges[at])}`, [[name.plan, T("{share} of futures", { share: chance(plan[at] ?? 0) })], [name.today, T("{share} of futures", { share: chance(today[at] ?? 0) })]]);
      },
    },
    xAxis: { type: "value", min: edges[0], max: edges[edges.length - 1], ...axisStyle(c), splitLine: { show: false }, splitNumber: width < 600 ? 3 : 7,
      axisLabel: { color: c.muted, fontSize: 12, formatter: axisMoney, showMinLabel: false, showMaxLabel: false, hideOverlap: true } },
    yAxis: { type: "value", ...axisStyle(c), axisLabel: { color: c.muted, fontSize: 12, formatter: percent } },
    series: [area("today", today, c.todaySoft), area("plan", plan, c.planClear)],
  };
};
if (DATA.outcomes.edges.length) chart("chart-outcomes", outcomesOption);
