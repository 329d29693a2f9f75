"""``pursuit what-if``, ``frontier`` and ``replan``: read, try, show side by side, and save as data where asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pursuit.cli.comparing import (
    Names,
    tell_cases,
    tell_differences,
    tell_information,
    tell_paybacks,
    tell_points,
)
from pursuit.cli.files import load_plan, staged
from pursuit.cli.running import Source
from pursuit.cli.session import Session
from pursuit.cli.watching import N, Watch
from pursuit.errors import InputError, PlanError
from pursuit.report.speaker import Speaker

if TYPE_CHECKING:
    from pursuit.domain import Company
    from pursuit.planning import Settings
    from pursuit.planning.basis import Solved
    from pursuit.planning.what_if import WhatIf

STOPPING = N("Finishing with the best choice so far; press Ctrl-C again to abort.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: changes as lines, one more of what is scarce, deals to know of, investments."""

    changes: tuple[str, ...]
    more: bool
    know: tuple[str, ...]
    investments: bool


def run_what_if(
    source: Source, asked: Asked, wishes: Mapping[str, Any], workers: int, out: Path | None, it: Session
) -> None:
    """Compare a plan with what it would be under other assumptions.

    Raises
    ------
    InputError
        When nothing is asked, or something that is not there.
    """
    lang = it.words.lang
    if not (asked.changes or asked.more or asked.know or asked.investments):
        told = it.words(
            "Say what to try: --change capacity:RESOURCE=+10%, --more, --know ID or --investments."
        )
        raise InputError(told)
    company, settings = _read(source, wishes, it)

    from pursuit.planning.information import value_of_knowing
    from pursuit.planning.investing import paybacks
    from pursuit.planning.rows import comparison_document, information_rows, payback_rows
    from pursuit.planning.what_if import compare, one_more, parse_what_if

    what_ifs = [parse_what_if(text, lang) for text in asked.changes]
    unknown = [ref for ref in asked.know if ref not in {opp.id for opp in company.open_opportunities}]
    if unknown:
        raise InputError(it.words("There is no open opportunity '{name}'.", name=unknown[0]))
    with _watch(company, it) as watch, _side_by_side(workers) as executor:
        plan = _base(company, settings, watch, what_ifs)
        if asked.more:
            what_ifs += one_more(plan)
        compared = compare(plan, settings, what_ifs, executor=executor, report=partial(_tell, watch, "cases"))
        known = value_of_knowing(compared.plan, asked.know, executor=executor) if asked.know else []
        paid = paybacks(compared.plan, executor=executor) if asked.investments else []
    document = comparison_document(compared)
    document["information"], document["investments"] = information_rows(known), payback_rows(paid)
    say, names = Speaker(lang, company.currency), Names.of(company)
    if what_ifs:
        tell_cases(document, say, names, it.screen)
    if asked.know:
        tell_information(document["information"], say, names, it.screen)
    if asked.investments:
        tell_paybacks(document["investments"], say, names, it.screen)
    _save(document, out, it)


def run_frontier(
    source: Source, points: int, wishes: Mapping[str, Any], workers: int, out: Path | None, it: Session
) -> None:
    """Find the best choice at each risk aversion from 0 to 1."""
    company, settings = _read(source, wishes, it)

    from pursuit.planning.frontier import frontier_document, plan_frontier

    lambdas = [n / (points - 1) for n in range(points)]
    with _watch(company, it) as watch, _side_by_side(workers) as executor:
        tell = partial(_tell, watch, "frontier")
        plan = _base(company, settings, watch)
        found = plan_frontier(plan, lambdas, executor=executor, report=tell)
    document = frontier_document(plan, found)
    tell_points(document, Speaker(it.words.lang, company.currency), Names.of(company), it.screen)
    _save(document, out, it)


def run_replan(
    old: Path, source: Source, committed: Sequence[str], work_limit: int | None, out: Path | None, it: Session
) -> None:
    """Choose again from an old plan and tell what differs.

    Raises
    ------
    PlanError
        When the old plan is none.
    """
    from pursuit.planning.checks.structure import plan_schema, structure_problems

    before = load_plan(old, it.words)
    if problems := list(structure_problems(before, plan_schema())):
        raise PlanError(problems)
    unknown = [ref for ref in committed if ref not in {row["opportunity"] for row in before["decisions"]}]
    if unknown:
        raise InputError(it.words("The plan has no opportunity '{name}'.", name=unknown[0]))
    value = before["value"]
    wishes = {
        "weeks": before["horizon"]["weeks"], "risk_aversion": value["risk_aversion"], "seed": before["seed"],
        "scenarios": value["scenarios"],
    }  # fmt: skip
    company, settings = _read(source, wishes, it)

    from pursuit.planning.replan import replan, replan_document

    with _watch(company, it) as watch:
        again = replan(before, company, settings, committed=committed, work_limit=work_limit, report=watch)
    document = replan_document(again)
    names = Names.of(
        company, {("opportunity", row["opportunity"]): row["name"] for row in before["decisions"]}
    )
    tell_differences(document, before, Speaker(it.words.lang, company.currency), names, it.screen)
    _save(document, out, it)


def _read(source: Source, wishes: Mapping[str, Any], it: Session) -> tuple[Company, Settings]:
    it.screen.tell(it.words("Reading {name}", name=source.path))
    company = source.read(it.words.lang).company

    from pursuit.planning import Settings

    return company, Settings(**wishes, lang=it.words.lang)


def _base(company: Company, settings: Settings, watch: Watch, what_ifs: Sequence[WhatIf] = ()) -> Solved:
    """The plan that everything is compared with; what-ifs that cannot be are refused before it is chosen."""
    from pursuit.planning.basis import Basis, solved
    from pursuit.selection.result import Progress

    watch(Progress("believe", 0, 1, None, None))
    basis = Basis.of(company, settings)
    for what_if in what_ifs:
        what_if.on(basis, settings.lang)
    return solved(basis, report=watch)


def _watch(company: Company, it: Session) -> Watch:
    return Watch(it.words, company.currency, it.screen, STOPPING)


def _tell(watch: Callable[[Any], bool], phase: str, done: int, total: int) -> bool:
    from pursuit.selection.result import Progress

    return watch(Progress(phase, done, total, None, None))


@contextmanager
def _side_by_side(count: int) -> Iterator[Executor | None]:
    """Processes where more than one is asked for."""
    if count == 1:
        yield None
        return
    from pursuit.cli.workers import workers

    with workers(count) as executor:
        yield executor


def _save(document: Mapping[str, Any], out: Path | None, it: Session) -> None:
    if out is None:
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    with staged(out) as part:
        part.write_text(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8")
    it.screen.say(it.words("Written: {file}", file=out))
