// Accounts: worth against the chance of failing, and the ranked list.
const customersOption = (c, width) => {
  const most = Math.max(1, ...DATA.accounts.map((row) => row.exposure));
  const least = 10 ** Math.floor(Math.log10(Math.max(1e-4, Math.min(0.01, ...DATA.accounts.map((row) => row.default_probability)))));
  const named = new Set([...DATA.accounts].sort((a, b) => b.lifetime_value - a.lifetime_value).slice(0, width < 600 ? 4 : 9).concat(
    [...DATA.accounts].sort((a, b) => b.default_probability * b.exposure - a.default_probability * a.exposure).slice(0, 2)));
  const group = (code, symbol, style) => ({
    name: label("patience", code), type: "scatter", symbol, itemStyle: style,
    symbolSize: (value) => 7 + 25 * Math.sqrt(Math.max(0, value[2]) / most),
    data: DATA.accounts.filter((row) => row.patience === code).map((row) => ({
      value: [Math.max(least, row.default_probability), row.lifetime_value, row.exposure], row,
      label: { show: named.has(row), formatter: row.name, position: row.default_probability > (width < 600 ? 0.05 : 0.3) ? "left" : "right", color: c.ink, fontSize: 11, textBorderColor: c.paper, textBorderWidth: 3 },
    })),
    labelLayout: { hideOverlap: true }, emphasis: { scale: 1.15 },
  });
  return {
    grid: { left: 8, right: width < 600 ? 16 : 60, top: 58, bottom: 30, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: c.muted, fontSize: 12 } },
    tooltip: {
      ...frame(c).tooltip,
      formatter: ({ data: { row } }) => hint(row.name, [
        [T("Lifetime value"), money(row.lifetime_value)], [T("90% interval"), `${axisMoney(row.lifetime_low)} – ${axisMoney(row.lifetime_high)}`],
        [T("Chance of default"), chance(row.default_probability)], [T("At risk"), money(row.exposure)], [T("When"), label("when", row.when)], [T("Course"), label("course", row.course)]]),
    },
    xAxis: { type: "log", min: least, max: 1, name: T("Chance of default within a year; a larger mark has more at risk"), nameLocation: "middle", nameGap: 26, nameTextStyle: { color: c.muted, fontSize: width < 600 ? 11 : 12 },
      ...axisStyle(c), axisLabel: { color: c.muted, fontSize: 12, formatter: (x) => `${Number((x * 100).toPrecision(2))}%` } },
    yAxis: { type: "value", name: T("Lifetime value"), nameTextStyle: { color: c.muted, align: "left" }, nameGap: 14, ...axisStyle(c), axisLabel: { color: c.muted, fontSize: 12, formatter: axisMoney } },
    series: [group("soon", "circle", { color: c.plan, opacity: 0.75 }), group("patient", "diamond", { color: c.paper, borderColor: c.patient, borderWidth: 1.8 })],
  };
};
chart("chart-customers", customersOption);

const lifeLow = Math.min(0, ...DATA.accounts.map((row) => row.lifetime_low));
const lifeHighs = DATA.accounts.map((row) => row.lifetime_high).sort((a, b) => a - b);
const lifeHigh = Math.max(1, ...DATA.accounts.map((row) => row.lifetime_value), lifeHighs[Math.floor((lifeHighs.length - 1) * 0.97)] ?? 1);
const lifetime = (row) => {
  const at = (value) => Math.min(100, Math.max(0, ((value - lifeLow) / (lifeHigh - lifeLow)) * 100));
  return [
    el("span", { class: "interval", "aria-hidden": "true" },
      el("span", { class: "range", style: { left: `${at(row.lifetime_low)}%`, width: `${at(row.lifetime_high) - at(row.lifetime_low)}%` } }),
      el("span", { class: "dot", style: { left: `${at(row.lifetime_value)}%` } })),
    el("span", { class: "figure", title: `${money(row.lifetime_low)} – ${money(row.lifetime_high)}` }, money(row.lifetime_value)),
  ];
};
const accountDetail = (row) => el("div", { class: "panel" },
  part(T("Why"), row.reasons.length ? el("ul", { lang: META.planLang }, row.reasons.map((reason) => el("li", {}, reason))) : el("p", {}, T("No reason was recorded."))),
  part(T("Details"), el("dl", { class: "facts" }, [
    [T("Account"), row.account], [T("Sector"), row.sector || "–"], [T("90% interval"), `${money(row.lifetime_low)} – ${money(row.lifetime_high)}`],
  ].map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))))));

const order = ["now", "next", "later", "not"];
new Table("account-table", DATA.accounts, {
  columns: [
    { key: "name", name: T("Account"), main: true, value: (r) => r.name, cell: (r) => stack(el("span", {}, glued(r.name)), r.segment_name) },
    { key: "rank", name: T("Rank"), num: true, value: (r) => r.rank, cell: (r) => r.rank },
    { key: "when", name: T("When"), value: (r) => order.indexOf(r.when), cell: (r) => label("when", r.when) },
    { key: "patience", name: T("Kind"), value: (r) => r.patience, cell: (r) => el("span", { class: "verdict" }, shape(r.patience), label("patience", r.patience)) },
    { key: "life", name: T("Lifetime value"), num: true, value: (r) => r.lifetime_value, cell: lifetime },
    { key: "default", name: T("Default"), num: true, value: (r) => r.default_probability, cell: (r) => el("span", { class: r.default_probability >= 0.1 ? "loss" : null }, chance(r.default_probability)) },
    { key: "exposure", name: T("At risk"), num: true, value: (r) => r.exposure, cell: (r) => money(r.exposure) },
    { key: "course", name: T("Course"), value: (r) => r.course, cell: (r) => label("course", r.course) },
    { key: "deals", name: T("Pursued / open"), num: true, value: (r) => r.open_opportunities, cell: (r) => `${r.pursued} / ${r.open_opportunities}` },
  ],
  chipOf: (row) => row.when,
  selectOf: () => "",
  textOf: (row) => [row.name, row.segment_name, row.account, row.sector].join(" "),
  sort: { key: "rank", down: false },
  size: innerWidth > 860 ? 12 : 8,
  detail: accountDetail,
});
