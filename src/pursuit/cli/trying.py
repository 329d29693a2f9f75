"""The commands that try things out: ``what-if``, ``frontier``, ``replan``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pursuit.cli.app import (
    Aversion,
    Day,
    Input,
    Mapped,
    Mark,
    Order,
    Scenarios,
    Spoken,
    Weeks,
    Work,
    _day,
    app,
)
from pursuit.cli.language import Dates, Decimals
from pursuit.cli.running import Source
from pursuit.cli.session import session

Seed = Annotated[int, typer.Option("--seed", min=0, help="Of all chance; the same seed, the same plan.")]
Kept = Annotated[
    Path | None, typer.Option("-o", "--out", metavar="FILE.json", help="Save the result as data.")
]
Workers = Annotated[
    int,
    typer.Option("--workers", min=1, help="Processes side by side; the result is the same with any number."),
]


@app.command("what-if")
def what_if(
    ctx: typer.Context,
    path: Input,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change",
            metavar="WHAT",
            help="A change such as capacity:RESOURCE=+10%; told again, a case of its own; with a comma, together.",
        ),
    ] = None,
    more: Annotated[
        bool, typer.Option("--more", help="What one more hour, head or machine of each bottleneck is worth.")
    ] = False,
    know: Annotated[
        list[str] | None,
        typer.Option("--know", metavar="ID", help="What it is worth to know how this opportunity ends."),
    ] = None,
    investments: Annotated[
        bool, typer.Option("--investments", help="Payback of each investment, and the deals that justify it.")
    ] = False,
    out: Kept = None,
    mapping: Mapped = None,
    as_of: Day = None,
    dates: Order = None,
    decimals: Mark = None,
    weeks: Weeks = 26,
    risk_aversion: Aversion = 0.3,
    seed: Seed = 1,
    scenarios: Scenarios = 64,
    work_limit: Work = None,
    workers: Workers = 1,
    lang: Spoken = None,
) -> None:
    """Choose again under other assumptions, on the same futures, and compare side by side."""
    with session(ctx, lang) as it:
        from pursuit.cli.exploring import Asked, run_what_if

        wishes = _wishes(weeks, risk_aversion, seed, scenarios, work_limit)
        asked = Asked(tuple(change or ()), more, tuple(know or ()), investments)
        run_what_if(_source(path, mapping, as_of, dates, decimals), asked, wishes, workers, out, it)


@app.command()
def frontier(
    ctx: typer.Context,
    path: Input,
    points: Annotated[
        int, typer.Option("--points", min=2, max=101, help="Points from risk aversion 0 to 1.")
    ] = 9,
    out: Kept = None,
    mapping: Mapped = None,
    as_of: Day = None,
    dates: Order = None,
    decimals: Mark = None,
    weeks: Weeks = 26,
    seed: Seed = 1,
    scenarios: Scenarios = 64,
    work_limit: Work = None,
    workers: Workers = 1,
    lang: Spoken = None,
) -> None:
    """Show what safety costs: the best choice from risk aversion 0 to 1."""
    with session(ctx, lang) as it:
        from pursuit.cli.exploring import run_frontier

        wishes = _wishes(weeks, None, seed, scenarios, work_limit)
        run_frontier(_source(path, mapping, as_of, dates, decimals), points, wishes, workers, out, it)


@app.command()
def replan(
    ctx: typer.Context,
    old: Annotated[
        Path, typer.Argument(metavar="OLD_PLAN", help="A plan.json, or the folder that holds it.")
    ],
    path: Input,
    commit: Annotated[
        list[str] | None,
        typer.Option("--commit", metavar="ID", help="An opportunity whose old decision must stand."),
    ] = None,
    out: Kept = None,
    mapping: Mapped = None,
    as_of: Day = None,
    dates: Order = None,
    decimals: Mark = None,
    work_limit: Work = None,
    lang: Spoken = None,
) -> None:
    """Choose again after the world has moved, from an old plan, and say why what is decided otherwise."""
    with session(ctx, lang) as it:
        from pursuit.cli.exploring import run_replan

        source = _source(path, mapping, as_of, dates, decimals)
        run_replan(old, source, tuple(commit or ()), work_limit, out, it)


def _source(
    path: Path, mapping: Path | None, as_of: Day, dates: Dates | None, decimals: Decimals | None
) -> Source:
    return Source(path, mapping, _day(as_of), dates or "", decimals or "")


def _wishes(
    weeks: int, risk_aversion: float | None, seed: int, scenarios: int, work_limit: int | None
) -> dict[str, float | int]:
    """Fields of :class:`~pursuit.planning.Settings`; what is None is left as it is."""
    told = {
        "weeks": weeks, "risk_aversion": risk_aversion, "seed": seed, "scenarios": scenarios, "work_limit": work_limit,
    }  # fmt: skip
    return {name: wish for name, wish in told.items() if wish is not None}
