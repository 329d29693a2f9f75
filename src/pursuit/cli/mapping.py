"""``pursuit map``: propose a mapping for files nobody recognises, show it, ask what is open, remember it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from pursuit.cli.asking import ask_all
from pursuit.cli.files import staged
from pursuit.cli.known import tell_known
from pursuit.cli.screen import printable
from pursuit.cli.session import Session
from pursuit.errors import Fault, InputError
from pursuit.words import Words, format_percent


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for."""

    path: Path
    out: Path | None = None
    currency: str = ""
    yes: bool = False
    force: bool = False


def run_map(wish: Wish, it: Session) -> None:
    """Read, propose, show, ask, write; then say what to do next.

    Raises
    ------
    InputError
        When the files cannot be read, nothing in them is recognised, or a mapping is there already.
    """
    from pursuit.intake.exports.memory import mapping_path
    from pursuit.intake.exports.propose.answering import answer_currency
    from pursuit.intake.exports.propose.proposing import propose
    from pursuit.intake.exports.propose.writing import write_mapping
    from pursuit.intake.sheets.catalogue import find_sheet

    target = wish.out or mapping_path(wish.path)
    if target.exists() and not wish.force:
        mend = it.words("Change it by hand, or add --force to propose anew.")
        raise _refused(target, it.words("There is a mapping already."), mend)
    raws, foreign, own = _read(wish.path, it)
    staffed = any(sheet.name == "resources" for grid in own if (sheet := find_sheet(grid.title)))
    if not wish.force and tell_known(wish.path, wish.currency, foreign, staffed, it):
        return
    proposal = propose(foreign, it.words.lang, wish.path.stem, date.today())  # noqa: DTZ011  the user's own day
    if wish.currency:
        proposal = answer_currency(proposal, wish.currency.upper())
    _show(proposal, it)
    if not proposal.known:
        mend = it.words("Save the list of deals as a table with a header, or write a mapping by hand.")
        raise _refused(wish.path, it.words("Nothing in these files is recognised."), mend)
    if _may_ask(wish, it):
        proposal = ask_all(proposal, it)
    workbook = None if staffed else _starter(wish, proposal)
    beside = dict.fromkeys([*(grid.file for grid in own), *([workbook.name] if workbook else [])])
    with staged(target) as part:
        write_mapping(proposal, part, list(beside))
    if workbook and not workbook.exists():
        day = _write_starter(workbook, target, raws, proposal, it)
        if day:
            told = it.words(
                "Day of the data: {day}, the latest one in it. Another: --as-of, or as_of.", day=day
            )
            it.screen.say(told)
    _say_next(wish, target, workbook, proposal, it)


def _may_ask(wish: Wish, it: Session) -> bool:
    """Whether somebody sits before the screen and wants to be asked."""
    return not wish.yes and sys.stdin.isatty() and it.screen.out.is_terminal


def _refused(path: Path, problem: str, mend: str) -> InputError:
    return InputError([Fault(str(path), "", 0, "", "", problem, mend)])


def _read(path: Path, it: Session) -> tuple[Any, list[Any], list[Any]]:
    """Raw tables, tables of foreign files, and tables of files in our own form.

    Raises
    ------
    InputError
        With every fault found while reading.
    """
    from pursuit.intake.exports.known import is_export_header
    from pursuit.intake.exports.own import is_ours
    from pursuit.intake.exports.propose.vocabulary import is_name
    from pursuit.intake.files.reading import read_files
    from pursuit.intake.findings import Findings
    from pursuit.intake.layout.laying import lay_out

    if not path.exists():
        raise _refused(path, it.words("There is no such file or folder."), it.words("Check the path."))
    findings = Findings(it.words.lang)
    raws, _ = read_files(path, findings)
    if findings.errors:
        raise InputError(sorted(findings.errors))
    grids = [
        grid
        for raw in raws
        for grid in lay_out(raw, findings, lambda text: is_name(text) or is_export_header(text))
    ]
    ours = {grid.file for grid in grids} - {grid.file for grid in grids if not is_ours(grid)}
    foreign = [grid for grid in grids if grid.file not in ours]
    return raws, foreign, [grid for grid in grids if grid.file in ours]


def _show(proposal: Any, it: Session) -> None:
    """A table per file: their column, ours, how sure, why, and the first values."""
    from pursuit.intake.sheets.catalogue import SHEET_BY_NAME

    words = it.words
    for table in proposal.tables:
        name = f"{table.grid.file} · {table.grid.title}"
        if not table.sheet:
            it.screen.say(words("{name}: nothing in it is recognised; it is left out.", name=name))
            continue
        title = printable(f"{name} → {SHEET_BY_NAME[table.sheet].title(words.lang)}")
        shown = Table(title=Text(title), title_justify="left", title_style="bold")
        heads = (words("Their column"), words("Ours"), words("Sure"), words("Why"), words("First values"))
        for head in heads:
            shown.add_column(head, overflow="fold")
        for column in table.columns:
            style = "yellow" if column.open else "" if column.target else "dim"
            values = " | ".join(column.samples)
            cells = (column.header, _ours(column, words.lang), _sure(column, words), column.reason, values)
            shown.add_row(*(Text(printable(cell)) for cell in cells), style=style)
        it.screen.out.print(shown)


def _ours(column: Any, lang: str) -> str:
    from pursuit.intake.exports.propose.reasons import spoken

    if column.target is None:
        return "-"
    targets = (column.target, *(rival.target for rival in column.rivals))
    return " / ".join(dict.fromkeys(spoken(target, lang) for target in targets))


def _sure(column: Any, words: Words) -> str:
    if column.target is None:
        return ""
    return words("to ask") if column.open else format_percent(column.confidence)


def _starter(wish: Wish, proposal: Any) -> Path | None:
    """Where the workbook for what the export lacks is put; None where it has deals of nobody."""
    from pursuit.intake.exports.propose.starter import starter_path

    return starter_path(wish.path) if proposal.feeding("opportunities") else None


def _write_starter(workbook: Path, mapping: Path, raws: Any, proposal: Any, it: Session) -> date | None:
    """Write the workbook, and give the day of the data where the mapping finds one."""
    from pursuit.intake.exports.mapping import map_tables
    from pursuit.intake.exports.propose.starter import write_starter
    from pursuit.intake.exports.spec import load_mapping
    from pursuit.intake.findings import Findings
    from pursuit.intake.records.rows import read_tables

    findings = Findings(it.words.lang)  # faults in the cells are told by pursuit check, not here
    spec = load_mapping(mapping, findings)
    grids = map_tables(raws, spec, mapping.name, findings) if spec else []
    tables = read_tables(grids, findings)
    with staged(workbook) as part:
        company = {"name": proposal.name, "currency": proposal.currency}
        write_starter(tables, part, it.words.lang, company)
    return next((row["as_of"] for row in tables["company"]), None)


def _say_next(wish: Wish, target: Path, workbook: Path | None, proposal: Any, it: Session) -> None:
    words, say = it.words, it.screen.say
    if proposal.currency:
        told = {"currency": proposal.currency, "why": proposal.currency_reason}
        say(words("Currency: {currency}. {why}", **told))
    say(words("Saved: {file}", file=target))
    questions = sum(len(table.questions) for table in proposal.known)
    unknown = [word for table in proposal.known for word in table.unknown_words]
    if questions:
        say(words("Columns left open: {count}. They stand in it as questions.", count=questions), "yellow")
    if unknown:
        say(words("Words whose meaning is not known: {words}", words=", ".join(unknown[:10])), "yellow")
    for table in proposal.feeding("opportunities"):
        if table.outcome and not table.unknown_words and "open" not in table.words.values():
            say(
                words("Every deal here is won or lost. To decide on something, export the open ones too."),
                "yellow",
            )
    for table in proposal.feeding("opportunities"):
        if not any(_holds_worth(column) for column in table.columns):
            say(
                words("No column says what a deal is worth; write a line amount = ... into the mapping."),
                "yellow",
            )
    for table in proposal.known:
        for example in table.unclear.values():
            say(
                words("Can be read in two ways: {example}. Say in the mapping which.", example=example),
                "yellow",
            )
    if not proposal.currency:
        say(words("The currency is not known. Add --currency, or fill it in on the sheet company."), "yellow")
    if workbook:
        say(words("For what the export does not hold, correct a few numbers in: {file}", file=workbook))
    say(words("Then: pursuit check {file}", file=wish.path))
    say(words("and: pursuit plan {file} -o plan", file=wish.path))


def _holds_worth(column: Any) -> bool:
    """Whether a column may hold what a deal is worth, or a price of its product."""
    targets = [column.target, *(rival.target for rival in column.rivals)]
    worth = {("opportunities", "amount"), ("opportunities", "gross_amount"), ("products", "list_price")}
    return any(target in worth for target in targets)
