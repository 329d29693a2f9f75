// Charts are drawn when they come near, again when width, colours or paper change.
const CHARTS = new Map();
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const theme = () => {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(`--${name}`).trim();
  const names = ["paper", "ink", "muted", "rule", "plan", "plan-soft", "today", "today-soft", "loss", "loss-soft", "plan-clear", "patient", "hatch", "hatch-loss"];
  const heat = [0, 1, 2, 3, 4, 5].map((i) => get(`heat-${i}`));
  return { ...Object.fromEntries(names.map((n) => [n.replace(/-(.)/, (_, letter) => letter.toUpperCase()), get(n)])), heat, font: getComputedStyle(document.body).fontFamily };
};

const frame = (c) => ({
  animation: !calm.matches, animationDuration: 300, useUTC: true,
  textStyle: { fontFamily: c.font, color: c.ink },
  tooltip: {
    confine: true, backgroundColor: c.paper, borderColor: c.rule, padding: [8, 12],
    textStyle: { color: c.ink, fontSize: 13 }, extraCssText: "box-shadow:0 2px 12px rgba(0,0,0,.14);max-width:300px;white-space:normal",
  },
});
const axisStyle = (c) => ({
  axisLine: { lineStyle: { color: c.rule } }, axisTick: { show: false },
  axisLabel: { color: c.muted, fontSize: 12 }, splitLine: { lineStyle: { color: c.rule, width: 0.6 } },
});
const hint = (title, rows) =>
  `<b>${escapeText(title)}</b><br>` +
  rows.map(([name, value]) => `${escapeText(name)} <span style="float:right;margin-left:20px">${escapeText(value)}</span>`).join("<br>");

const hatch = (line, ground, kind) => {
  const size = 7;
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const pen = tile.getContext("2d");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = line;
  pen.lineWidth = 1.3;
  pen.beginPath();
  const lines = { slash: [[-1, 1, 1, -1], [-1, 8, 8, -1], [6, 8, 8, 6]], back: [[-1, 6, 1, 8], [-1, -1, 8, 8], [6, -1, 8, 1]] };
  const drawn = kind === "cross" ? [...lines.slash, ...lines.back] : lines[kind];
  for (const [x0, y0, x1, y1] of drawn) { pen.moveTo(x0, y0); pen.lineTo(x1, y1); }
  pen.stroke();
  return { image: tile, repeat: "repeat" };
};

class Chart {
  constructor(node, build) {
    this.node = node;
    this.build = build;
    this.width = 0;
  }
  draw() {
    if (!this.node.clientWidth) return;
    this.made ??= echarts.init(this.node, null, { locale: KO ? "KO" : "EN", devicePixelRatio: Math.max(2, window.devicePixelRatio) });
    this.width = this.node.clientWidth;
    this.made.resize();
    const colours = theme();
    this.made.setOption({ ...frame(colours), ...this.build(colours, this.width) }, { notMerge: true });
    this.node.dataset.drawn = "yes";
  }
  dispose() {
    near?.unobserve(this.node);
    resized.unobserve(this.node);
    this.made?.dispose();
    CHARTS.delete(this.node);
  }
}

const near = "IntersectionObserver" in window
  ? new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        near.unobserve(entry.target);
        CHARTS.get(entry.target)?.draw();
      }
    }, { rootMargin: "400px" })
  : null;
const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const chart = CHARTS.get(target);
    if (chart?.made && Math.abs(chart.width - target.clientWidth) > 1) requestAnimationFrame(() => chart.draw());
  }
});
const chart = (target, build) => {
  const node = typeof target === "string" ? document.getElementById(target) : target;
  if (!node) return null;
  const made = new Chart(node, build);
  CHARTS.set(node, made);
  if (near) near.observe(node); else made.draw();
  resized.observe(node);
  return made;
};
const redrawAll = (all) => CHARTS.forEach((each) => (all || each.made) && each.draw());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redrawAll(false));
window.addEventListener("beforeprint", () => { document.documentElement.classList.add("on-paper"); redrawAll(true); });
window.addEventListener("afterprint", () => { document.documentElement.classList.remove("on-paper"); redrawAll(false); });
