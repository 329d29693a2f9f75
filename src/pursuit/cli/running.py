"""From files to a plan in a folder: the one path that ``plan`` and ``demo`` take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pursuit.cli.files import PLAN, REPORT, save_plan
from pursuit.cli.session import LOG, Session
from pursuit.cli.watching import Watch

if TYPE_CHECKING:
    from pursuit.domain import Company


@dataclass(frozen=True, slots=True)
class Source:
    """Where a company is read from."""

    path: Path
    mapping: Path | None = None
    as_of: date | None = None
    dates: str = ""
    decimals: str = ""

    @property
    def how(self) -> dict[str, Any]:
        """What reading takes beside the path."""
        from pursuit.intake.cells.habits import Habits

        habits = Habits(dates=self.dates, decimals=self.decimals)  # type: ignore[arg-type]
        return {"mapping": self.mapping, "as_of": self.as_of, "habits": habits}

    def read(self, lang: str) -> Any:
        """The :class:`~pursuit.intake.Intake`.

        Raises
        ------
        InputError
            With every fault found.
        """
        from pursuit.intake import read_company

        return read_company(self.path, **self.how, lang=lang)


def run_plan(
    source: Source, out: Path, wishes: Mapping[str, Any], it: Session, replays: int = 0
) -> dict[str, Any]:
    """Read, plan, check, write, and say what came of it.

    Parameters
    ----------
    source
        The input.
    out
        Folder for ``plan.json`` and ``plan.html``; made if missing, written only if the plan passes its checker.
    wishes
        Fields of :class:`~pursuit.planning.Settings`; None leaves a field as it is.
    it
        The session.
    replays
        Worlds the plan is lived in week by week to see what it is worth there; 0 leaves that out.

    Returns
    -------
    dict
        The plan document.
    """
    lang = it.words.lang
    it.screen.tell(it.words("Reading {name}", name=source.path))
    company = source.read(lang).company
    out.mkdir(parents=True, exist_ok=True)
    it.folder = out

    from pursuit.planning import Settings, make_plan, verify_plan

    settings = Settings(**{name: wish for name, wish in wishes.items() if wish is not None}, lang=lang)
    with Watch(it.words, company.currency, it.screen) as watch:
        plan = make_plan(company, settings, watch)
        if replays and not watch.stopping:
            _replay(company, plan, replays, watch)
    verify_plan(plan, company)
    save_plan(plan, out, lang)
    (out / LOG).unlink(missing_ok=True)  # of an earlier run; beside a good plan it would mislead
    _sum_up(plan, out, it)
    return plan


def _replay(company: Company, plan: dict[str, Any], replays: int, watch: Watch) -> None:
    """Add ``value.replayed`` to a plan, of as many worlds as there was time for."""
    from pursuit.backtest.valuing import replay_plan
    from pursuit.selection.result import Progress

    def tell(done: int, total: int) -> bool:
        return watch(Progress("replay", done, total, None, None))

    tell(0, 2 * replays)
    replayed = replay_plan(company, plan, replays, report=tell)
    if replayed is not None:
        plan["value"]["replayed"] = replayed


def _sum_up(plan: Mapping[str, Any], out: Path, it: Session) -> None:
    """The plan in a few lines."""
    from pursuit.report.headline import headline
    from pursuit.report.replayed import replayed
    from pursuit.report.speaker import Speaker

    say = Speaker(it.words.lang, plan["company"]["currency"])
    top, lived = headline(plan, say), replayed(plan, say)
    it.screen.say(top["choice"], "bold")
    for row in top["figures"]:
        it.screen.say(f"  {row['name']}: {row['figure']} ({row['note']})")
    if lived is not None:
        it.screen.say(lived["lead"])
    it.screen.say(top["status"])
    warned = len(plan["warnings"]) + len(plan["fallbacks"])
    if warned:
        it.screen.say(
            it.words("Warnings and stand-ins for missing data: {count}; the report lists them.", count=warned)
        )
    it.screen.say(it.words("Report: {file}", file=out / REPORT))
    it.screen.say(it.words("Data: {file}", file=out / PLAN))
