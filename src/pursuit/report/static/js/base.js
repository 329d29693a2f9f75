// The page's data, its words, and numbers written as the rest of the report writes them.
const DATA = JSON.parse(document.getElementById("data").textContent);
const META = DATA.meta;
const KO = META.lang === "ko";

const T = (message, values = {}) =>
  (DATA.words[message] ?? message).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const label = (kind, code) => DATA.labels[kind][code] ?? code ?? "–";

const even = (x) => {
  const near = Math.round(x);
  return Math.abs(x % 1) === 0.5 && near % 2 ? near - 1 : near;
};
const count = (x) => x.toLocaleString("en-US");

const koreanSize = (size) => {
  const grains = [[1e12, 1e8], [1e8, 1e6], [1e6, 1e4], [1e4, 100], [0, 1]];
  const grain = grains.find(([least]) => size >= least)[1];
  let rest = even(size / grain) * grain; // before the unit is chosen: 9,999.6만 is 1억
  const parts = [];
  for (const [step, name] of [[1e12, "조"], [1e8, "억"], [1e4, "만"], [1, ""]]) {
    const units = Math.floor(rest / step);
    rest -= units * step;
    if (units) parts.push(count(units) + name);
  }
  return parts.join(" ") || "0";
};
const westernSize = (size) => {
  for (const [step, name] of [[1e9, "B"], [1e6, "M"], [1e3, "K"]]) {
    if (size < step * 0.9995) continue;
    const digits = size < step * 99.95 ? 1 : 0;
    return (size / step).toLocaleString("en-US", {
      minimumFractionDigits: digits, maximumFractionDigits: digits, roundingMode: "halfEven",
    }) + name;
  }
  return count(even(size));
};
const money = (minor) => {
  const major = minor / 10 ** META.digits;
  const sign = even(major) < 0 ? "−" : "";
  const size = Math.abs(major);
  if (KO) return sign + koreanSize(size) + (META.currency === "KRW" ? "원" : ` ${META.currency}`);
  return sign + META.symbol + westernSize(size);
};
const signed = (minor) => (money(minor).startsWith("−") || !minor ? "" : "+") + money(minor);
const axisMoney = (minor) => (KO ? money(minor).replace(/원$/, "") : money(minor));
const percent = (share) => `${Math.round(share * 100)}%`;
const chance = (share) => (share > 0 && share < 0.0005 ? "<0.1%" : share > 0 && share < 0.1 ? `${(share * 100).toFixed(1)}%` : percent(share));
const hours = (x) => (KO ? `${count(even(x))}시간` : `${count(even(x))} h`);

// Elements from data: text is always text, never markup.
const asNode = (child) => (child instanceof Node ? child : document.createTextNode(String(child)));
const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (name === "style") Object.assign(node.style, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false).map(asNode));
  return node;
};
const escapeText = (text) => echarts.format.encodeHTML(String(text));
const press = (group, pressed) => group.forEach((b) => b.setAttribute("aria-pressed", String(b === pressed)));
window.pursuit = { money, signed }; // so that a test can hold them against Python's
