// A table of many rows: sorted, filtered, searched and shown a page at a time, all by keyboard too.

class Table {
  // columns: [{ key, name, value(row) to sort by, cell(row) -> nodes, num, main }]
  constructor(id, rows, { columns, chipOf, selectOf, textOf, sort, detail, size = innerWidth > 860 ? 25 : 10 }) {
    this.root = document.getElementById(id);
    if (!this.root) return;
    Object.assign(this, { id, rows, columns, chipOf, selectOf, detail, sort, size, page: 0, chip: "", chosen: "", open: new Set() });
    this.texts = new Map(rows.map((row) => [row, textOf(row).toLocaleLowerCase()]));
    this.words = [];
    this.body = this.root.querySelector("tbody");
    this.head();
    this.listen();
    this.refresh();
  }
  head() {
    const row = this.root.querySelector("thead tr");
    const choose = this.root.querySelector("[data-sort-by]");
    for (const column of this.columns) {
      const button = el("button", { type: "button", "data-key": column.key, onclick: () => this.sortBy(column.key) }, column.name);
      row.append(el("th", { scope: "col", class: column.num ? "num" : null }, button));
      choose.append(el("option", { value: column.key }, column.name));
    }
    choose.addEventListener("change", () => this.sortBy(choose.value));
  }
  listen() {
    const chips = [...this.root.querySelectorAll("[data-chip]")];
    chips.forEach((chip) => chip.addEventListener("click", () => {
      press(chips, chip);
      this.chip = chip.dataset.chip;
      this.refresh(true);
    }));
    this.root.querySelector("[data-select]")?.addEventListener("change", (event) => {
      this.chosen = event.target.value;
      this.refresh(true);
    });
    this.root.querySelector("[data-search]").addEventListener("input", (event) => {
      this.words = event.target.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      this.refresh(true);
    });
    this.root.querySelectorAll("[data-page]").forEach((button) => button.addEventListener("click", () => {
      this.page += Number(button.dataset.page);
      this.show();
      this.root.querySelector("table").scrollIntoView({ block: "start" });
    }));
    this.body.addEventListener("keydown", (event) => this.move(event));
    window.addEventListener("beforeprint", () => this.show(true));
    window.addEventListener("afterprint", () => this.show());
  }
  sortBy(key) {
    const column = this.columns.find((each) => each.key === key);
    const down = this.sort.key === key ? !this.sort.down : Boolean(column.num);
    this.sort = { key, down };
    this.refresh(true);
  }
  refresh(first = false) {
    if (first) this.page = 0;
    const { value } = this.columns.find((each) => each.key === this.sort.key);
    const turn = this.sort.down ? -1 : 1;
    const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : Table.order.compare(a, b));
    this.found = this.rows
      .filter((row) => (!this.chip || this.chipOf(row) === this.chip) && (!this.chosen || this.selectOf(row) === this.chosen))
      .filter((row) => this.words.every((word) => this.texts.get(row).includes(word)))
      .map((row) => [value(row), row])
      .sort(([a], [b]) => (a == null || b == null ? (a == null) - (b == null) : turn * compare(a, b)))
      .map(([, row]) => row);
    this.root.querySelectorAll("thead button").forEach((button) => {
      const mine = button.dataset.key === this.sort.key;
      button.parentElement.setAttribute("aria-sort", mine ? (this.sort.down ? "descending" : "ascending") : "none");
    });
    this.root.querySelector("[data-sort-by]").value = this.sort.key;
    this.show();
  }
  show(all = false) {
    const last = Math.max(0, Math.ceil(this.found.length / this.size) - 1);
    this.page = Math.min(Math.max(0, this.page), last);
    const from = all ? 0 : this.page * this.size;
    const shown = this.found.slice(from, all ? 400 : from + this.size);
    this.closeCharts();
    this.body.replaceChildren(...shown.flatMap((row) => this.lines(row)));
    this.root.querySelector("[role=status]").textContent = this.found.length
      ? T("{from} to {to} of {total}", { from: count(from + 1), to: count(from + shown.length), total: count(this.found.length) })
      : T("Nothing matches.");
    for (const button of this.root.querySelectorAll("[data-page]")) {
      button.disabled = Number(button.dataset.page) < 0 ? this.page === 0 : this.page >= last;
    }
  }
  closeCharts() {
    this.body.querySelectorAll(".chart").forEach((node) => CHARTS.get(node)?.dispose());
  }
  lines(row) {
    const cells = this.columns.map((column) => {
      const tag = column.main ? "th" : "td";
      const content = column.main && this.detail ? this.opener(row, column) : column.cell(row);
      return el(tag, {
        scope: column.main ? "row" : null, class: `${column.num ? "num " : ""}${column.main ? "main " : ""}${column.key}`,
        "data-label": column.main ? null : column.name,
      }, content);
    });
    const line = el("tr", { class: this.detail ? "opens" : null, onclick: (event) => this.clicked(event) }, cells);
    return this.open.has(row) ? [line, this.detailLine(row)] : [line];
  }
  opener(row, column) {
    const open = this.open.has(row);
    return el("button", {
      type: "button", class: "open", "aria-expanded": String(open), "aria-controls": open ? this.detailId(row) : null,
      onclick: (event) => this.toggle(row, event.currentTarget),
    }, column.cell(row));
  }
  clicked(event) {
    if (!event.target.closest("button, a") && !String(getSelection())) event.currentTarget.querySelector("button.open")?.click();
  }
  detailId(row) {
    return `${this.id}-detail-${this.rows.indexOf(row)}`;
  }
  detailLine(row) {
    return el("tr", { class: "detail", id: this.detailId(row) }, el("td", { colspan: this.columns.length }, this.detail(row)));
  }
  toggle(row, button) {
    const line = button.closest("tr");
    const open = !this.open.has(row);
    button.setAttribute("aria-expanded", String(open));
    if (open) {
      this.open.add(row);
      button.setAttribute("aria-controls", this.detailId(row));
      line.after(this.detailLine(row));
    } else {
      this.open.delete(row);
      button.removeAttribute("aria-controls");
      line.nextElementSibling.querySelectorAll(".chart").forEach((node) => CHARTS.get(node)?.dispose());
      line.nextElementSibling.remove();
    }
  }
  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches("button.open")) return;
    const all = [...this.body.querySelectorAll("button.open")];
    all[all.indexOf(event.target) + step]?.focus();
    event.preventDefault();
  }
}
Table.order = new Intl.Collator(META.lang, { numeric: true });
