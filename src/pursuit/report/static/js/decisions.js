// Every opportunity with its decision; a row opens to why, to what it displaces and to its promise.
const shape = (code) => el("i", { class: `shape ${code}`, "aria-hidden": "true" });
const stack = (main, small, lang) => [main, small ? el("small", { lang }, small) : null];
// A company sign stays on the line of its name, and lateness counts in weeks: promises are Fridays.
const glued = (name) => name.replace(/㈜(?=\S)/g, "㈜\u2060").replace(/(\S)㈜/g, "$1\u2060㈜");
const daysLate = (friday, wanted) => Math.round((Date.parse(friday) - Date.parse(wanted)) / 86400000);
const isLate = (friday, wanted) => Boolean(friday && wanted) && daysLate(friday, wanted) > 4;

const interval = ({ mean, low, high }) => [
  el("span", { class: "interval", "aria-hidden": "true" },
    el("span", { class: "range", style: { left: `${low * 100}%`, width: `${(high - low) * 100}%` } }),
    el("span", { class: "dot", style: { left: `${mean * 100}%` } })),
  el("span", { class: "figure", title: T("90% interval {low} to {high}", { low: chance(low), high: chance(high) }) }, chance(mean)),
];

const sizes = DATA.decisions.map((row) => Math.abs(row.effect)).sort((a, b) => a - b);
const fullBar = sizes[Math.floor((sizes.length - 1) * 0.985)] || 1;
const diverging = (value) => {
  const long = Math.min(1, Math.abs(value) / fullBar) * 50;
  const cut = Math.abs(value) > fullBar;
  return [
    el("span", { class: "diverging", "aria-hidden": "true" },
      el("span", { class: `${value < 0 ? "loss" : "plan"}${cut ? " cut" : ""}`, style: { left: `${value < 0 ? 50 - long : 50}%`, width: `${long}%` } })),
    el("span", { class: `figure ${value < 0 ? "loss" : ""}` }, signed(value)),
  ];
};

const tags = (row) => [
  row.pinned ? el("em", { class: "tag" }, T("pinned")) : null,
  row.stale ? el("em", { class: "tag", title: T("Open for longer than deals ever took to close") }, T("stale")) : null,
];
const promised = (row) => {
  if (!row.promise) return "–";
  const late = isLate(row.promise.p80, row.requested_date);
  return [row.promise.p80, late ? el("small", { class: "loss", title: T("after the requested date") }, T("{days} days late", { days: daysLate(row.promise.p80, row.requested_date) })) : null];
};

const promiseList = (row) => {
  const days = [[50, "p50"], [80, "p80"], [95, "p95"]].map(([share, key]) => [
    T("{share}% sure", { share }), row.promise[key] ?? T("beyond the horizon"), row.promise[key],
  ]);
  return el("dl", { class: "facts" },
    row.requested_date ? el("div", {}, el("dt", {}, T("Requested")), el("dd", {}, row.requested_date)) : null,
    days.map(([name, text, iso]) => el("div", {}, el("dt", {}, name),
      el("dd", { class: row.requested_date && (!iso || isLate(iso, row.requested_date)) ? "loss" : null }, text))));
};
const accountOf = new Map(DATA.decisions.map((row) => [row.opportunity, row.account_name]));
const displaced = (row) => el("table", { class: "plain" },
  el("thead", {}, el("tr", {}, el("th", { scope: "col" }, T("What")), el("th", { scope: "col" }, T("How")), el("th", { scope: "col", class: "num" }, T("It would gain")))),
  el("tbody", {}, row.displaces.map((item) => el("tr", {}, el("th", { scope: "row" }, item.name, " ", el("small", {}, [item.opportunity, accountOf.get(item.opportunity)].filter(Boolean).join(" · "))),
    el("td", {}, item.how === "pushed_out" ? T("pushed out") : T("delayed or worse off")), el("td", { class: "num" }, money(item.value))))));

const part = (title, ...content) => el("div", { class: "part" }, el("h4", {}, title), content);
const why = ([main, ...others]) => [
  el("p", { class: "mainreason", lang: META.planLang }, main),
  others.length ? el("ul", { lang: META.planLang }, others.map((reason) => el("li", {}, reason))) : null,
];
const basis = (code) => ({
  resolved: T("Found by choosing again with this deal and without it, the other choices moving too."),
  flipped: T("Counted exactly in every future: only this deal was exchanged and all other work loaded anew; the other choices stayed."),
  priced: T("Estimated: its hours at the price an hour has for the firm."),
})[code] ?? code;
const decideBy = (row) => {
  if (!row.decide_by) return "–";
  const pressing = row.decide_by <= META.soon;
  return [pressing ? el("b", { title: T("within two weeks") }, row.decide_by) : row.decide_by, row.decision === "defer" ? el("small", {}, T("decide again")) : null];
};
const decisionDetail = (row) => {
  const drawing = el("div", { class: "chart", role: "img", style: { height: `${30 * waterfallSteps(row).length + 16}px` },
    "aria-label": waterfallSteps(row).map((s) => `${s.name} ${signed(s.value)}`).join(", ") });
  const facts = [
    [T("Opportunity"), row.opportunity], [T("Product"), row.product], [T("Stage"), row.stage], [T("Owner"), row.owner],
    [T("Chosen option"), row.option_name ?? row.option],
    [T("Contribution per bottleneck hour"), row.contribution_per_bottleneck_hour == null ? T("uses no scarce resource")
      : `${money(row.contribution_per_bottleneck_hour)} (${row.bottleneck_name ?? row.bottleneck ?? "–"})`],
  ].filter(([, value]) => value);
  const panel = el("div", { class: "panel" },
    el("div", {},
      part(T("Why"), ...why(row.reasons)),
      part(T("What it displaces"), row.displaces.length ? displaced(row) : el("p", {}, T("It takes nothing from others."))),
      row.promise ? part(T("Delivery promise"), promiseList(row)) : null),
    el("div", {},
      part(T("How the effect on the firm comes about"), drawing,
        el("p", { class: "note" }, basis(row.effect_basis))),
      part(T("Details"), el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))))));
  chart(drawing, waterfall(row));
  return panel;
};

new Table("decision-table", DATA.decisions, {
  columns: [
    { key: "name", name: T("Opportunity"), main: true, value: (r) => r.name, cell: (r) => [el("span", {}, r.name, ...tags(r).filter(Boolean)), el("small", {}, [r.product, r.owner].filter(Boolean).join(" · "))] },
    { key: "account", name: T("Account"), value: (r) => r.account_name, cell: (r) => stack(el("span", {}, glued(r.account_name)), r.segment_name) },
    { key: "amount", name: T("Amount"), num: true, value: (r) => r.amount, cell: (r) => money(r.amount) },
    { key: "decision", name: T("Decision"), value: (r) => ["pursue", "defer", "decline"].indexOf(r.decision), cell: (r) => el("span", { class: "verdict" }, shape(r.decision), label("decision", r.decision)) },
    { key: "win", name: T("Win probability"), num: true, value: (r) => r.win_probability.mean, cell: (r) => interval(r.win_probability) },
    { key: "own", name: T("Own value"), num: true, value: (r) => r.expected_value, cell: (r) => money(r.expected_value) },
    { key: "effect", name: T("Effect on the firm"), num: true, value: (r) => r.effect, cell: (r) => diverging(r.effect) },
    { key: "promise", name: T("Promise (80%)"), value: (r) => r.promise?.p80, cell: promised },
    { key: "decide", name: T("Decide by"), value: (r) => r.decide_by, cell: decideBy },
  ],
  chipOf: (row) => row.decision,
  selectOf: (row) => row.segment,
  textOf: (row) => [row.name, row.account_name, row.owner, row.product, row.opportunity, row.segment_name, row.stage].join(" "),
  sort: { key: "effect", down: true },
  detail: decisionDetail,
});
