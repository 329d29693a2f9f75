"""``pursuit replay``: policies raced over many seeds, shown as a page and kept as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pursuit.cli.files import staged
from pursuit.cli.natures import Drawn, Made
from pursuit.cli.running import Source
from pursuit.cli.session import ABORTED, Session
from pursuit.cli.watching import N, Watch
from pursuit.cli.workers import usable_cpus, workers
from pursuit.errors import InputError, PolicyError

if TYPE_CHECKING:
    from pursuit.backtest.decisions import Policy
    from pursuit.domain import Company

DATA = "replay.json"
PAGE = "replay.html"
STOPPING = N("Stopping with the seeds run so far; press Ctrl-C again to abort.")


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be replayed: a ``source`` or a made-up ``firm``, and how."""

    source: Source | None
    firm: str
    firm_seed: int
    policies: tuple[str, ...]
    seeds: int
    weeks: int
    workers: int | None
    out: Path
    keep_books: bool


def run_replay(request: Request, it: Session) -> None:
    """Race, write ``replay.json`` and ``replay.html``, and say what came of it.

    Raises
    ------
    InputError
        When neither or both of input and firm are told, or a policy cannot be loaded.
    """
    if (request.source is None) == (not request.firm):
        raise InputError(it.words("Name either an input or a made-up firm with --firm."))
    policies = named_policies(request.policies, it)
    nature: Drawn | Made = (
        _read(request.source, it) if request.source else Made(request.firm, request.firm_seed)
    )
    company = nature(0).company
    request.out.mkdir(parents=True, exist_ok=True)
    it.folder = request.out
    document = _race(request, nature, company, policies, it)
    save_replay(document, request.out, it.words.lang)
    _sum_up(document, request.out, it)


def named_policies(names: Sequence[str], it: Session) -> dict[str, Callable[[], Policy]]:
    """Policies by name, all of the house's where none is told; a user's own are tried at once."""
    from pursuit.backtest.policies import POLICIES
    from pursuit.backtest.policies.own import Own

    found: dict[str, Callable[[], Policy]] = {}
    for name in names or tuple(POLICIES):
        if name in POLICIES:
            found[name] = POLICIES[name]
        elif ":" in name:
            found[name] = Own(name, it.words.lang)
            found[name]()
        else:
            told = {"name": name, "names": ", ".join(POLICIES)}
            raise InputError(
                it.words("There is no policy '{name}'. It is one of {names}, or module:attribute.", **told)
            )
    return found


def _read(source: Source, it: Session) -> Drawn:
    from pursuit.backtest.fitted import believed

    it.screen.tell(it.words("Reading {name}", name=source.path))
    company: Company = source.read(it.words.lang).company
    return Drawn(company, believed(company))


def _race(
    request: Request, nature: Any, company: Company, policies: Mapping[str, Any], it: Session
) -> dict[str, Any]:
    """The document of the race; what went wrong is said plainly."""
    from pursuit.backtest.document import race_document
    from pursuit.backtest.race import race
    from pursuit.selection.result import Progress

    seeds = range(1, request.seeds + 1)
    count = min(request.workers or usable_cpus(), len(seeds) * len(policies))
    try:
        with Watch(it.words, company.currency, it.screen, STOPPING) as watch, workers(count) as pool:
            watch(Progress("replay", 0, len(seeds) * len(policies), None, None))
            lived = race(
                nature,
                policies,
                seeds,
                weeks=request.weeks,
                executor=pool,
                report=lambda done, total: watch(Progress("replay", done, total, None, None)),
            )
    except PolicyError as error:
        _tell_fault(error, request, it)
        raise typer.Exit(1) from None
    except BrokenExecutor:
        it.screen.tell(
            it.words("A worker was ended from outside, perhaps for lack of memory; try fewer --workers."),
            "bold red",
        )
        raise typer.Exit(1) from None
    if not any(lived.runs.values()):
        it.screen.tell(it.words("Stopped before every policy had run a seed; nothing is written."))
        raise typer.Exit(ABORTED)
    return race_document(lived, company, weeks=request.weeks, seeds=seeds, firm=request.firm)


def _tell_fault(error: PolicyError, request: Request, it: Session) -> None:
    """Which policy, which Monday, what; and the books it saw, if they are to be kept."""
    told = {"policy": error.policy, "problem": error.problem}
    if not error.monday:
        it.screen.tell(it.words("The policy {policy} cannot be made: {problem}", **told), "bold red")
        return
    it.screen.tell(
        it.words(
            "The policy {policy} failed on Monday {monday} (seed {seed}): {problem}",
            monday=error.monday,
            seed=error.seed,
            **told,
        ),
        "bold red",
    )
    if not request.keep_books:
        it.screen.tell(it.words("To keep the books it saw that Monday, add --books."))
        return
    from pursuit.intake import write_workbook

    file = request.out / f"books-{error.monday}.xlsx"
    with staged(file) as part:
        write_workbook(error.books, part, it.words.lang)  # type: ignore[arg-type]
    it.screen.tell(it.words("The books it saw: {file}", file=file))


def save_replay(document: Mapping[str, Any], folder: Path, lang: str) -> None:
    """Write ``replay.json`` and ``replay.html``, both or none."""
    from pursuit.report.race import write_race

    with staged(folder / DATA) as data, staged(folder / PAGE) as page:
        data.write_text(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8")
        write_race(document, page, lang)


def _sum_up(document: Mapping[str, Any], out: Path, it: Session) -> None:
    from pursuit.report.race import policy_lines
    from pursuit.report.speaker import Speaker

    for line in policy_lines(document, Speaker(it.words.lang, document["company"]["currency"])):
        it.screen.say(line)
    it.screen.say(it.words("Page: {file}", file=out / PAGE))
    it.screen.say(it.words("Data: {file}", file=out / DATA))
