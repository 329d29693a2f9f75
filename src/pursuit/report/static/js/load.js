// One resource, week by week: what is committed, what is likely, and what regular hours cannot hold.
const loadPicker = document.getElementById("load-resource");
const loadOption = (c, width) => {
  const cells = LOAD.cells[Number(loadPicker.value)].map((cell) => cell ?? [0, 0, 0, 0, 0, 0]);
  const pick = (read) => cells.map((cell) => Math.round(read(cell) * 10) / 10);
  const bar = (name, stackOf, data, style, wide) => ({
    name, type: "bar", stack: stackOf, data, itemStyle: style, barMaxWidth: wide, barGap: "8%", barCategoryGap: "22%",
  });
  const names = [T("Committed"), T("Likely"), T("Overtime"), T("Given outside"), T("Regular hours")];
  return {
    grid: { left: 8, right: 8, top: width < 500 ? 64 : 40, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 10, textStyle: { color: c.muted, fontSize: 12 }, data: names },
    tooltip: {
      ...frame(c).tooltip, trigger: "axis", axisPointer: { type: "shadow" },
      formatter: (items) => hint(T("week of {day}", { day: LOAD.weeks[items[0].dataIndex] }), [
        ...items.map((item) => [item.seriesName, hours(item.value)]), [T("Chance of overload"), percent(cells[items[0].dataIndex][5])]]),
    },
    xAxis: { type: "category", data: LOAD.weeks.map(weekLabel), ...axisStyle(c) },
    yAxis: { type: "value", ...axisStyle(c), axisLabel: { color: c.muted, fontSize: 12, formatter: (x) => hours(x) } },
    series: [
      bar(names[0], "load", pick((x) => x[1]), { color: c.plan }, 26),
      bar(names[1], "load", pick((x) => Math.max(0, x[2] - x[1])), { color: hatch(c.hatch, c.planSoft, "slash"), borderColor: c.plan, borderWidth: 0.8 }, 26),
      bar(names[2], "extra", pick((x) => x[3]), { color: c.loss }, 8),
      bar(names[3], "extra", pick((x) => x[4]), { color: hatch(c.loss, c.lossSoft, "back"), borderColor: c.loss, borderWidth: 0.8 }, 8),
      { name: names[4], type: "line", step: "middle", symbol: "none", data: pick((x) => x[0]), lineStyle: { color: c.ink, width: 2 }, itemStyle: { color: c.ink }, z: 5 },
    ],
  };
};
const loadWords = () => {
  const at = Number(loadPicker.value);
  const cells = LOAD.cells[at].filter(Boolean);
  const sum = (k) => cells.reduce((total, cell) => total + cell[k], 0);
  const resource = LOAD.resources[at];
  const words = [T("Utilization {share}; over regular hours in {over} of {weeks} weeks; overtime {overtime}, given outside {outside}.", {
    share: percent(resource.utilization), over: cells.filter((cell) => cell[2] > cell[0]).length, weeks: cells.length,
    overtime: hours(sum(3)), outside: hours(sum(4)),
  })];
  if (resource.price_per_hour) words.push(T("One more hour is worth {price} when it is scarce.", { price: money(resource.price_per_hour) }));
  document.getElementById("load-words").textContent = words.join(" ");
};
if (loadPicker) {
  const scarce = LOAD.resources.findIndex((resource) => resource.bottleneck);
  loadPicker.value = String(Math.max(0, scarce));
  const loadChart = chart("chart-load", loadOption);
  loadWords();
  loadPicker.addEventListener("change", () => { loadWords(); loadChart.draw(); });
}
