// Policies week by week: a line for each median, a band for the one picked and for the reference.
const DASHES = ["solid", [7, 4], [2, 3], [12, 4, 2, 4], [5, 2], [9, 3, 2, 3, 2, 3], [1, 4], [14, 5]];
let picked = DATA.shown;

const monthOf = (monday) => (KO ? `${Number(monday.slice(5, 7))}월` : new Date(`${monday}T00:00:00Z`).toLocaleDateString("en", { month: "short", timeZone: "UTC" }));
const END = "end"; // once everything sold is finished
const newMonth = (at) => at > 0 && at < DATA.mondays.length && DATA.mondays[at].slice(5, 7) !== DATA.mondays[at - 1].slice(5, 7);

const raceOption = (what) => (c, width) => {
  const wide = width >= 700;
  const days = what === "profit" ? [...DATA.mondays, END] : DATA.mondays;
  const inks = getComputedStyle(document.documentElement);
  const ink = (policy) => inks.getPropertyValue(`--race-${policy.style}`).trim();
  const banded = DATA.policies.filter((policy) => policy.code === picked || policy.code === DATA.reference);
  const bands = banded.flatMap((policy) => {
    const { low, high } = policy[what];
    const part = { type: "line", stack: policy.code, stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 }, z: 1, tooltip: { show: false } };
    return [
      { ...part, name: `low ${policy.code}`, data: low },
      { ...part, name: `band ${policy.code}`, data: high.map((value, week) => value - low[week]), itemStyle: { color: ink(policy) }, areaStyle: { color: ink(policy), opacity: policy.code === picked ? 0.22 : 0.1 } },
    ];
  });
  const lines = DATA.policies.map((policy) => ({
    name: policy.name, type: "line", data: policy[what].median, symbol: "none", z: policy.code === picked ? 4 : 3,
    lineStyle: { color: ink(policy), width: policy.code === picked ? 3.4 : 1.9, type: DASHES[policy.style] }, itemStyle: { color: ink(policy) },
    endLabel: { show: wide, formatter: policy.name, color: ink(policy), fontSize: 12, fontWeight: policy.code === picked ? 700 : 400, distance: 8 },
    labelLayout: { moveOverlap: "shiftY" },
  }));
  const floor = what === "cash" && DATA.floor != null ? [{
    name: T("Cash floor"), type: "line", data: DATA.mondays.map(() => DATA.floor), symbol: "none", silent: true, z: 2,
    lineStyle: { color: c.loss, width: 1.4, type: [4, 4] }, itemStyle: { color: c.loss }, tooltip: { show: false },
    markPoint: { symbol: "rect", symbolSize: 0.1, silent: true, data: [{ coord: [0, DATA.floor] }], label: { show: true, position: "insideTopLeft", offset: [2, -22], formatter: T("Cash floor"), color: c.loss, fontSize: 12 } },
  }] : [];
  return {
    grid: { left: 8, right: wide ? 190 : 14, top: 14, bottom: 8, containLabel: true },
    tooltip: { ...frame(c).tooltip, trigger: "axis", axisPointer: { lineStyle: { color: c.muted } }, formatter: (items) => {
      const at = items[0].dataIndex;
      const rows = DATA.policies.map((policy) => [policy.name, policy[what].median[at]]).sort((a, b) => b[1] - a[1]);
      const title = days[at] === END ? T("Everything sold is finished") : T("Week {week}, from {day}", { week: at + 1, day: days[at] });
      return hint(title, rows.map(([name, value]) => [name, money(value)]));
    } },
    xAxis: { type: "category", data: days, boundaryGap: false, ...axisStyle(c), axisLabel: {
      color: c.muted, fontSize: 12, interval: newMonth, formatter: monthOf, hideOverlap: true,
    } },
    yAxis: { type: "value", ...axisStyle(c), splitNumber: wide ? 6 : 4, axisLabel: { color: c.muted, fontSize: 12, formatter: axisMoney } },
    series: [...bands, ...floor, ...lines],
  };
};
chart("chart-profit", raceOption("profit"));
chart("chart-money", raceOption("cash"));

const chips = [...document.querySelectorAll("#race-chips button")];
chips.forEach((button) => button.addEventListener("click", () => {
  picked = button.dataset.policy;
  press(chips, button);
  redrawAll(false);
}));
