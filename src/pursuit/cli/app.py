"""The commands. Rooms that load solvers or tables are imported inside them, so that ``--help`` stays quick."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pursuit import __version__
from pursuit.cli.files import load_plan, save_faults, staged
from pursuit.cli.language import VARIABLE, Dates, Decimals, Lang, language_of
from pursuit.cli.natures import FirmType
from pursuit.cli.running import Source, run_plan
from pursuit.cli.screen import show_faults
from pursuit.cli.session import session
from pursuit.errors import Fault, InputError, PlanError
from pursuit.words import Words


class SpokenGroup(TyperGroup):
    """A group whose help is in the reader's language."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> Any:
        """Translate all help texts, then run."""
        words = Words(language_of(sys.argv[1:] if args is None else args))
        for command in (self, *self.commands.values()):
            command.help = words(" ".join((command.help or "").split()))
            for parameter in command.params:
                if text := getattr(parameter, "help", None):
                    parameter.help = words(text)  # type: ignore[attr-defined]
        return super().main(args, *rest, **more)


app = typer.Typer(
    name="pursuit",
    cls=SpokenGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

Spoken = Annotated[Lang | None, typer.Option("--lang", help="Language: ko or en.", show_default=False)]
Input = Annotated[
    Path, typer.Argument(metavar="INPUT", help="Workbook (.xlsx), folder of CSV files, or foreign export.")
]
Mapped = Annotated[
    Path | None, typer.Option("--mapping", metavar="TOML", help="How to read another program's export.")
]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        metavar="YYYY-MM-DD",
        help="The day the data describes; goes before what the files say.",
    ),
]
Order = Annotated[
    Dates | None,
    typer.Option(
        "--dates", help="Order of day and month where columns can be read in two ways: ymd, dmy or mdy."
    ),
]
Mark = Annotated[
    Decimals | None,
    typer.Option("--decimals", help="Decimal mark where figures can be read in two ways: point or comma."),
]
Weeks = Annotated[int, typer.Option("--weeks", min=1, max=260, help="Weeks planned.")]
Work = Annotated[
    int | None,
    typer.Option("--work-limit", min=1, help="Solver steps at most; the same plan on every machine."),
]
Seconds = Annotated[
    float | None, typer.Option("--seconds", min=0.1, help="Seconds at most for each search; a second fence.")
]
Aversion = Annotated[
    float,
    typer.Option("--risk-aversion", min=0, max=1, help="Weight of the worst tenth; 0 counts only the mean."),
]
Scenarios = Annotated[
    int, typer.Option("--scenarios", min=10, max=4096, help="Futures the plan is chosen on.")
]

Replays = Annotated[
    int, typer.Option("--replays", min=0, help="Worlds the plan is lived in week by week; 0 for none.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pursuit {__version__}")
        raise typer.Exit


@app.callback()
def start(
    ctx: typer.Context,
    lang: Annotated[
        Lang | None, typer.Option("--lang", envvar=VARIABLE, help="Language of everything said: ko or en.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Which customers and opportunities to go for, and what to commit to them."""
    ctx.obj = lang


@app.command()
def new(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="PATH.xlsx", help="The workbook to write.")],
    lang: Spoken = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
) -> None:
    """Write an empty workbook to fill in."""
    with session(ctx, lang) as it:
        from pursuit.intake import write_template

        if path.suffix.lower() != ".xlsx":
            problem, mend = it.words("The workbook's name must end in .xlsx."), it.words("Name it so.")
            raise InputError([Fault(str(path), "", 0, "", "", problem, mend)])
        if path.exists() and not force:
            problem, mend = (
                it.words("This file is there already."),
                it.words("Choose another name, or add --force."),
            )
            raise InputError([Fault(str(path), "", 0, "", "", problem, mend)])
        path.parent.mkdir(parents=True, exist_ok=True)
        write_template(path, it.words.lang)
        it.screen.say(it.words("Written: {file}", file=path))
        it.screen.say(it.words("Fill it in, then: pursuit check {file}", file=path))


@app.command()
def check(
    ctx: typer.Context,
    path: Input,
    mapping: Mapped = None,
    as_of: Day = None,
    dates: Order = None,
    decimals: Mark = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Save the list as a CSV file.")
    ] = None,
    marked: Annotated[
        Path | None,
        typer.Option(
            "--marked",
            metavar="FILE.xlsx",
            help="Save the input as a workbook with the faulty cells marked.",
        ),
    ] = None,
    lang: Spoken = None,
) -> None:
    """List every error and warning in an input."""
    with session(ctx, lang) as it:
        from pursuit.cli.checking import find_faults

        faults = find_faults(Source(path, mapping, _day(as_of), dates or "", decimals or ""), marked, it)
        if csv is not None:
            save_faults(faults, csv)
        show_faults(faults, it.words, it.screen, result=True)
        errors = sum(fault.severity == "error" for fault in faults)
        told = {"errors": f"{errors:,}", "warnings": f"{len(faults) - errors:,}"}
        it.screen.say(it.words("Errors: {errors}, warnings: {warnings}.", **told), "bold")
        for file in filter(None, (csv, marked)):
            it.screen.say(it.words("Written: {file}", file=file))
        if errors:
            raise typer.Exit(1)


@app.command("map")
def map_files(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="INPUT", help="File or folder that nobody recognises.")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="TOML", help="Where to save it; beside the file if left out."),
    ] = None,
    currency: Annotated[
        str, typer.Option("--currency", metavar="CODE", help="Currency the firm counts in, like KRW or USD.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Take what is sure and ask nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
    lang: Spoken = None,
) -> None:
    """Propose which column is which, show it beside sample rows, and remember it."""
    with session(ctx, lang) as it:
        from pursuit.cli.mapping import Wish, run_map

        run_map(Wish(path, out, currency, yes, force), it)


@app.command("import")
def import_files(
    ctx: typer.Context,
    into: Annotated[
        Path,
        typer.Option("--into", metavar="FIRM", help="The firm's binder: the folder that keeps its files."),
    ],
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Files, or folders of files.")
    ] = None,
    mapping: Mapped = None,
    as_of: Day = None,
    dates: Order = None,
    decimals: Mark = None,
    replaces: Annotated[
        list[str] | None,
        typer.Option("--replaces", metavar="[NEW:]OLD", help="The file in the binder whose place it takes."),
    ] = None,
    beside: Annotated[
        bool, typer.Option("--beside", help="Files with the columns of an earlier one stand beside it.")
    ] = False,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="NAME", help="A file in the binder to leave out from now on."),
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", "--yes", help="Publish without asking, if there is no error.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Show every record that changes.")] = False,
    history: Annotated[
        bool, typer.Option("--history", help="List what was published, the newest first.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Bring back the version before.")] = False,
    restore: Annotated[
        int, typer.Option("--restore", min=0, metavar="N", help="Bring back version N; nothing is lost.")
    ] = 0,
    lang: Spoken = None,
) -> None:
    """Show what new files would change, then publish them to a firm's binder, all at once or not at all."""
    with session(ctx, lang) as it:
        from pursuit.cli.importing import Request, run_import, show_history

        if history:
            show_history(into, it)
            return
        request = Request(
            files=tuple(files or ()),
            into=into,
            mapping=mapping,
            as_of=_day(as_of),
            dates=dates.value if dates else "",
            decimals=decimals.value if decimals else "",
            replaces=tuple(replaces or ()),
            beside=beside,
            drop=tuple(drop or ()),
            undo=undo,
            restore=restore,
            publish=publish,
            every=every,
        )
        run_import(request, it)


@app.command()
def plan(
    ctx: typer.Context,
    path: Input,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="DIR", help="Folder for plan.json and plan.html.")
    ],
    mapping: Mapped = None,
    as_of: Day = None,
    dates: Order = None,
    decimals: Mark = None,
    weeks: Weeks = 26,
    risk_aversion: Aversion = 0.3,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="Of all chance; the same seed, the same plan.")
    ] = 1,
    scenarios: Scenarios = 64,
    work_limit: Work = None,
    seconds: Seconds = None,
    replays: Replays = 10,
    lang: Spoken = None,
) -> None:
    """Choose and schedule: write a plan and its report. Ctrl-C keeps the best plan so far."""
    with session(ctx, lang) as it:
        wishes = {
            "weeks": weeks,
            "risk_aversion": risk_aversion,
            "seed": seed,
            "scenarios": scenarios,
            "work_limit": work_limit,
            "seconds": seconds,
        }
        run_plan(Source(path, mapping, _day(as_of), dates or "", decimals or ""), out, wishes, it, replays)


@app.command()
def verify(
    ctx: typer.Context,
    plan_path: Annotated[
        Path, typer.Argument(metavar="PLAN", help="A plan.json, or the folder that holds it.")
    ],
    path: Input,
    mapping: Mapped = None,
    as_of: Day = None,
    dates: Order = None,
    decimals: Mark = None,
    lang: Spoken = None,
) -> None:
    """Check a plan against the input it was made from."""
    with session(ctx, lang) as it:
        from pursuit.planning import verify_plan

        document = load_plan(plan_path, it.words)
        company = Source(path, mapping, _day(as_of), dates or "", decimals or "").read(it.words.lang).company
        verify_plan(document, company)
        count = f"{len(document['decisions']):,}"
        it.screen.say(it.words("The plan is sound; decisions checked: {count}.", count=count))


@app.command()
def explain(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that holds a plan.json, or the file.")
    ],
    opportunity: Annotated[str, typer.Argument(help="Id or exact name of an opportunity.")],
    lang: Spoken = None,
) -> None:
    """Tell one opportunity's story, in the plan's language."""
    with session(ctx, lang) as it:
        from pursuit.cli.story import find_decision, tell_story
        from pursuit.planning.checks.structure import plan_schema, structure_problems

        document = load_plan(folder, it.words)
        if problems := list(structure_problems(document, plan_schema())):
            raise PlanError(problems)
        for line in tell_story(document, find_decision(document, opportunity, it.words)):
            it.screen.say(line)


@app.command()
def demo(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Folder for all files.")] = Path(
        "out"
    ),
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the made-up firm.")] = 7,
    weeks: Weeks = 26,
    work_limit: Work = None,
    seconds: Seconds = None,
    replays: Replays = 10,
    lang: Spoken = None,
) -> None:
    """Make up a Korean machine-parts maker, write it as a workbook and plan it."""
    with session(ctx, lang, fallback="ko") as it:
        from pursuit.demo import make_firm
        from pursuit.intake import write_workbook

        out.mkdir(parents=True, exist_ok=True)
        it.folder = out
        it.screen.tell(it.words("Making up a firm (seed {seed})", seed=seed))
        workbook = out / "company.xlsx"
        with staged(workbook) as part:
            write_workbook(make_firm(seed).company, part, it.words.lang)
        wishes = {"weeks": weeks, "work_limit": work_limit, "seconds": seconds}
        run_plan(Source(workbook), out, wishes, it, replays)
        it.screen.say(it.words("The firm as a workbook: {file}", file=workbook))
        it.screen.say(
            it.words("Open the report in a browser: {file}", file=(out / "plan.html").absolute().as_uri())
        )


@app.command()
def replay(
    ctx: typer.Context,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="DIR", help="Folder for replay.json and replay.html.")
    ],
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[INPUT]", help="Workbook (.xlsx), folder of CSV files, or foreign export."),
    ] = None,
    firm: Annotated[
        FirmType | None, typer.Option("--firm", help="A made-up firm in place of an input.")
    ] = None,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "--policy",
            metavar="NAME",
            help="A way to decide; may be told again. Your own as module:attribute; all if left out.",
        ),
    ] = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="Worlds, the same for every policy.")] = 30,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=260, help="Weeks lived.")] = 52,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Processes; as many as there are processors if left out."),
    ] = None,
    firm_seed: Annotated[int, typer.Option("--firm-seed", min=0, help="Of the made-up firm.")] = 7,
    books: Annotated[
        bool, typer.Option("--books", help="Keep the books that a policy failed on, as a workbook.")
    ] = False,
    mapping: Mapped = None,
    as_of: Day = None,
    dates: Order = None,
    decimals: Mark = None,
    lang: Spoken = None,
) -> None:
    """Live a firm week by week under different ways to decide and race them. Ctrl-C keeps the seeds run."""
    with session(ctx, lang) as it:
        from pursuit.cli.replaying import Request, run_replay

        source = Source(path, mapping, _day(as_of), dates or "", decimals or "") if path else None
        names = tuple(dict.fromkeys(policy or ()))
        kind = firm.value if firm else ""
        run_replay(Request(source, kind, firm_seed, names, seeds, weeks, workers, out, books), it)


@app.command()
def solve(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="PROBLEM.npz", help="A problem as arrays.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="RESULT.npz", help="The result to write.")],
    work_limit: Annotated[
        int | None,
        typer.Option("--work-limit", min=1, help="Solver steps at most; the same choice on every machine."),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="Of all chance; the same seed, the same choice.")
    ] = 0,
    seconds: Annotated[
        float | None, typer.Option("--seconds", min=0.1, help="Seconds at most; a second fence.")
    ] = None,
    risk_aversion: Annotated[
        float | None,
        typer.Option(
            "--risk-aversion",
            min=0,
            max=1,
            help="Weight of the worst tenth, in place of what the problem says.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
    lang: Spoken = None,
) -> None:
    """Choose for a problem given as arrays, and prove how good the choice is. Ctrl-C keeps the best so far."""
    with session(ctx, lang) as it:
        from pursuit.cli.solving import Task, run_solve

        run_solve(Task(path, out, work_limit, seed, seconds, risk_aversion, force), it)


def _day(moment: datetime | None) -> Any:
    return moment.date() if moment else None


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            with suppress(OSError):
                stream.reconfigure(errors="replace")  # a console that lacks Hangul shows ? and does not fail
    app(prog_name="pursuit")
