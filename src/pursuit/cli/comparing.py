"""Plans side by side on the screen: tables of figures, and each difference in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from pursuit.cli.screen import Screen, printable
from pursuit.cli.watching import N
from pursuit.report.labels import label
from pursuit.report.speaker import Speaker

if TYPE_CHECKING:
    from pursuit.domain import Company

Row = Mapping[str, Any]
CAUSES = {
    "new": N("new"),
    "won": N("won meanwhile"),
    "lost": N("lost meanwhile"),
    "gone": N("no longer open"),
    "option_gone": N("its option {before} is not offered any more"),
    "pinned": N("decided by hand"),
    "chance": N("win probability {before} → {after}"),
    "price": N("price {before} → {after}"),
    "date": N("date asked for {before} → {after}"),
    "investment": N("rests on what is decided otherwise: {others}"),
    "deals": N("deals that need it are decided otherwise: {others}"),
    "capacity": N("{resource}: {before} → {after} of capacity"),
    "displaced": N("hours of {resource} go to {others}"),
    "room": N("hours of {resource} are left by {others}"),
    "hours": N("an hour of {resource}: {before} → {after}"),
    "risk": N("risk aversion {before} → {after}"),
    "balance": N("everything in a new balance"),
}


@dataclass(frozen=True)
class Names:
    """Names of records and resources as a reader knows them."""

    records: Mapping[tuple[str, str], str]
    resources: Mapping[str, str]

    @staticmethod
    def of(company: Company, older: Mapping[tuple[str, str], str] | None = None) -> Names:
        """Names in a company, and in an older plan for what is not in it any more."""
        names = dict(older or {})
        names |= {("opportunity", x.id): x.name for x in company.opportunities if x.name}
        names |= {("account", x.id): x.name for x in company.accounts}
        names |= {("project", x.id): x.name for x in company.projects}
        names |= {("investment", x.id): x.name for x in company.investments}
        return Names(names, {x.id: x.name for x in company.resources})

    def __call__(self, kind: str, ref: str) -> str:
        """Id and name of a record."""
        name = self.records.get((kind, ref), "")
        return f"{ref} {name}" if name and name != ref else ref

    def resource(self, ref: str | None) -> str:
        """Name of a resource."""
        return self.resources.get(ref or "", ref or "")


def tell_cases(document: Row, say: Speaker, names: Names, screen: Screen) -> None:
    """Every what-if beside the plan as it is."""
    heads = [
        say.t("Case"),
        say.t("Expected"),
        say.t("Mean of the worst tenth"),
        say.t("Gain"),
        say.t("Pursued"),
    ]
    rows = []
    for row in (document["base"], *document["cases"]):
        gain = "–" if row["gain"] is None or row is document["base"] else say.signed(row["gain"])
        figures = (say.money(row["expected"]), say.money(row["worst_tenth"]), gain, f"{row['pursued']:,}")
        rows.append((row["name"] or say.t("As it is"), *figures))
    _table(heads, rows, screen)
    _bottlenecks(document["base"], say, names, screen)
    for row in document["cases"]:
        screen.say(
            say.t("{name}: decided otherwise: {count}", name=row["name"], count=len(row["differences"])),
            "bold",
        )
        for line in lines_of(row["differences"], say, names):
            screen.say(f"  {line}")


def _bottlenecks(base: Row, say: Speaker, names: Names, screen: Screen) -> None:
    if base["bottlenecks"]:
        screen.say(say.t("One more hour in every week is worth:"), "bold")
    for row in base["bottlenecks"]:
        screen.say(f"  {names.resource(row['resource'])} ({row['resource']}): {say.money(row['hour_worth'])}")


def tell_information(rows: Sequence[Row], say: Speaker, names: Names, screen: Screen) -> None:
    """What it is worth to know how deals end."""
    screen.say(say.t("What it is worth to know the outcome beforehand:"), "bold")
    heads = [say.t("Opportunity"), say.t("Win probability"), say.t("Value of knowing")]
    table = [
        (
            names("opportunity", row["opportunity"]),
            say.chance(row["win_probability"]),
            say.money(row["value"]),
        )
        for row in rows
    ]
    _table(heads, table, screen)


def tell_paybacks(rows: Sequence[Row], say: Speaker, names: Names, screen: Screen) -> None:
    """What the plan's investments bring, and what justifies them."""
    if not rows:
        screen.say(say.t("The plan makes no investment that could be left."))
        return
    heads = [say.t("Investment"), say.t("Cost"), say.t("Gain before its cost"), say.t("Effect"), say.t("Payback"),
             say.t("Deals that justify it")]  # fmt: skip
    table = []
    for row in rows:
        weeks = row["payback_weeks"]
        told = say.t("not within the weeks planned") if weeks is None else say.t("{weeks} weeks", weeks=weeks)
        deals = ", ".join(row["deals"]) or "–"
        figures = (say.money(row["cost"]), say.money(row["gain"]), say.signed(row["effect"]))
        table.append((names("investment", row["investment"]), *figures, told, deals))
    _table(heads, table, screen)


def tell_points(document: Row, say: Speaker, names: Names, screen: Screen) -> None:
    """The frontier, and what changes from point to point."""
    heads = [
        say.t("Risk aversion"),
        say.t("Expected"),
        say.t("Mean of the worst tenth"),
        say.t("Gap"),
        say.t("Pursued"),
    ]
    rows = [
        (
            f"{row['risk_aversion']:.3g}", say.money(row["expected"]), say.money(row["worst_tenth"]),
            say.percent(row["gap"], 1), f"{row['pursued']:,}",
        )
        for row in document["points"]
    ]  # fmt: skip
    _table(heads, rows, screen)
    for row in document["points"]:
        if row["taken_up"] or row["given_up"]:
            screen.say(say.t("From risk aversion {value}:", value=f"{row['risk_aversion']:.3g}"), "bold")
        for line in _moves(row, names):
            screen.say(f"  {line}")


def _moves(row: Row, names: Names) -> Iterator[str]:
    """Deals taken up, given up, and pursued in another way, a line each."""
    up, down = (
        {deal["opportunity"]: deal["option"] for deal in row[way]} for way in ("taken_up", "given_up")
    )
    for ref in sorted({*up, *down}):
        name = names("opportunity", ref)
        if ref in up and ref in down:
            yield f"~ {name}: {down[ref]} → {up[ref]}"
        else:
            yield f"+ {name} ({up[ref]})" if ref in up else f"- {name} ({down[ref]})"


def tell_differences(document: Row, before: Row, say: Speaker, names: Names, screen: Screen) -> None:
    """A re-plan beside the plan it comes from."""
    heads = ["", say.t("Expected"), say.t("Mean of the worst tenth"), say.t("Pursued")]
    old = sum(row["decision"] == "pursue" for row in before["decisions"])
    new = sum(row["decision"] == "pursue" for row in document["decisions"])
    value = before["value"]
    figures = [(say.t("Old plan"), value, old), (say.t("Now"), document, new)]
    _table(heads, [(name, say.money(of["expected"]), say.money(of["worst_tenth"]), f"{count:,}")
                   for name, of, count in figures], screen)  # fmt: skip
    for ref in document["held"]:
        screen.say(say.t("Stands as promised: {name}", name=names("opportunity", ref)))
    for ref in document["lost"]:
        told = say.t("Promised, but its option is gone: {name}", name=names("opportunity", ref))
        screen.say(told, "yellow")
    count = len(document["differences"])
    screen.say(say.t("Decided otherwise: {count}", count=count), "bold")
    for line in lines_of(document["differences"], say, names):
        screen.say(f"  {line}")


def lines_of(differences: Sequence[Row], say: Speaker, names: Names) -> Iterator[str]:
    """Each difference in a line: the record, what was and what is decided, and why."""
    for row in differences:
        before, after = (_decision(row["kind"], row[when], say) for when in ("before", "after"))
        yield f"{names(row['kind'], row['id'])}: {before} → {after} · {cause_of(row['cause'], say, names)}"


def _decision(kind: str, taken: Row | None, say: Speaker) -> str:
    if taken is None:
        return "–"
    if kind == "investment":
        if taken["start"] is None:
            return label(say, "investment", "no")
        return say.t("Invest on {day}", day=say.day(taken["start"]))
    kinds = {"opportunity": "decision", "account": "course", "project": "mode"}
    told = label(say, kinds[kind], taken["decision"])
    return f"{told} ({taken['option']})" if taken["option"] else told


def cause_of(cause: Row, say: Speaker, names: Names) -> str:
    """Why something is decided otherwise."""
    kind = cause["kind"]
    tellers: Mapping[str, Callable[[Any], str]] = {
        "chance": say.chance,
        "price": say.money,
        "hours": say.money,
        "capacity": say.hours,
        "risk": "{:.3g}".format,
    }
    tell = tellers.get(kind, str)
    told = {name: "–" if cause[name] in (None, "") else tell(cause[name]) for name in ("before", "after")}
    others = ", ".join(names(other["kind"], other["id"]) for other in cause["others"])
    return say.t(CAUSES[kind], resource=names.resource(cause["resource"]), others=others, **told)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], screen: Screen) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n, head in enumerate(heads):
        table.add_column(Text(printable(head)), justify="right" if n > 0 else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    screen.out.print(table)
