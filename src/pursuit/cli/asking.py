"""Questions about a proposed mapping, one after the other; Enter keeps what is proposed."""

from __future__ import annotations

from typing import Any, Literal, cast

import typer

from pursuit.cli.screen import printable
from pursuit.cli.session import Session

OUTCOMES: tuple[Literal["open", "won", "lost"], ...] = ("open", "won", "lost")


def ask_all(proposal: Any, it: Session) -> Any:
    """The proposal with every open question asked: currency, columns, words, days and decimals."""
    from pursuit.intake.exports.propose.answering import answer_currency

    if not proposal.currency:
        code = _ask(
            it.words("In which currency does the firm count (KRW, USD ...)? Enter leaves it open."), ""
        )
        proposal = answer_currency(proposal, code.upper()) if len(code) == 3 else proposal
    for at, table in enumerate(proposal.tables):
        if table.sheet:
            proposal = _columns(proposal, at, it)
            proposal = _words(proposal, at, it)
            proposal = _habits(proposal, at, it)
    return proposal


def _ask(question: str, default: str) -> str:
    return cast(str, typer.prompt(printable(question), default=default, show_default=bool(default))).strip()


def _pick(question: str, choices: list[str], it: Session) -> int:
    """The number of the choice, 0 for none of them."""
    it.screen.say(question, "yellow")
    for number, choice in enumerate(choices, start=1):
        it.screen.say(f"  {number}  {choice}")
    it.screen.say(f"  0  {it.words('none of them')}")
    while True:
        told = _ask(it.words("Number"), "1")
        if told.isdecimal() and int(told) <= len(choices):
            return int(told)


def _columns(proposal: Any, at: int, it: Session) -> Any:
    from pursuit.intake.exports.propose.answering import answer_column
    from pursuit.intake.exports.propose.reasons import spoken

    for header in [column.header for column in proposal.tables[at].questions]:
        column = next(c for c in proposal.tables[at].columns if c.header == header)
        if not column.open:  # an answer before has settled it
            continue
        targets = list(dict.fromkeys([column.target, *(rival.target for rival in column.rivals)]))
        names = [spoken(target, it.words.lang) for target in targets]
        told = {"column": header, "values": ", ".join(column.samples)}
        chosen = _pick(it.words("What is '{column}' ({values})?", **told), names, it)
        proposal = answer_column(proposal, at, header, targets[chosen - 1] if chosen else None)
    return proposal


def _words(proposal: Any, at: int, it: Session) -> Any:
    from pursuit.intake.exports.propose.answering import answer_word

    for word in proposal.tables[at].unknown_words:
        names = [it.words("open"), it.words("won"), it.words("lost")]
        chosen = _pick(it.words("What does the word '{word}' mean?", word=word), names, it)
        if chosen:
            proposal = answer_word(proposal, at, word, OUTCOMES[chosen - 1])
    return proposal


def _habits(proposal: Any, at: int, it: Session) -> Any:
    from pursuit.intake.exports.propose.answering import answer_habit

    unclear = proposal.tables[at].unclear
    if "dates" in unclear:
        names = [it.words("day first"), it.words("month first"), it.words("year first")]
        chosen = _pick(it.words("How is {text} to be read?", text=unclear["dates"]), names, it)
        if chosen:
            proposal = answer_habit(proposal, at, dates=("dmy", "mdy", "ymd")[chosen - 1])
    if "decimals" in unclear:
        names = [it.words("a point before decimals"), it.words("a comma before decimals")]
        chosen = _pick(it.words("How is {text} to be read?", text=unclear["decimals"]), names, it)
        if chosen:
            proposal = answer_habit(proposal, at, decimals=("point", "comma")[chosen - 1])
    return proposal
