"""One run of a command: its language, its screen, and no traceback for anything a user does."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import typer

from pursuit import __version__
from pursuit.cli.language import Lang, system_language
from pursuit.cli.screen import Screen, show_faults
from pursuit.errors import InputError, PlanError, PursuitError
from pursuit.words import Words

LOG = "pursuit-error.log"
ABORTED = 130
"""Exit code after Ctrl-C, as shells have it."""


@dataclass
class Session:
    """What a command speaks with; ``folder`` is where the log of an unexpected fault goes."""

    words: Words
    folder: Path = Path()
    screen: Screen = field(default_factory=Screen)


@contextmanager
def session(ctx: typer.Context, lang: Lang | None, fallback: str | None = None) -> Iterator[Session]:
    """Run a command's body; every error ends as clear lines on the standard error and an exit code.

    Parameters
    ----------
    ctx
        Its ``obj`` is the language told before the command's name or by the environment, if any.
    lang
        The language told after the command's name; goes first.
    fallback
        The language if none is told; None asks the machine.
    """
    it = Session(Words(lang or ctx.obj or fallback or system_language()))
    try:
        yield it
    except (typer.Exit, typer.Abort, BrokenPipeError):
        raise
    except PursuitError as error:
        _explain(error, it)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        it.screen.tell(it.words("Aborted; no half-written file is left."))
        raise typer.Exit(ABORTED) from None
    except OSError as error:
        if error.filename is None:
            _unexpected(error, it)
        else:
            told = {"file": error.filename, "reason": error.strerror or error}
            it.screen.tell(it.words("{file} cannot be used: {reason}.", **told), "bold red")
        raise typer.Exit(1) from None
    except Exception as error:
        _unexpected(error, it)
        raise typer.Exit(1) from None


def _explain(error: PursuitError, it: Session) -> None:
    if isinstance(error, InputError):
        show_faults(error.faults, it.words, it.screen)
        if len(error.faults) > 1:
            it.screen.tell(it.words("Errors: {count}.", count=f"{len(error.faults):,}"))
    elif isinstance(error, PlanError):
        count = f"{len(error.problems):,}"
        it.screen.tell(
            it.words("The plan does not pass its checker; problems: {count}.", count=count), "bold red"
        )
        for problem in error.problems:
            it.screen.tell(f"  - {problem}")
    else:
        it.screen.tell(f"{it.words('Error')}: {error}", "bold red")


def _unexpected(error: BaseException, it: Session) -> None:
    """One line for the user; the traceback goes to a file."""
    log = _write_log(error, it.folder)
    kind = type(error).__name__
    message = it.words(
        "Unexpected fault ({kind}). Please report it with this file: {file}", kind=kind, file=log
    )
    it.screen.tell(message, "bold red")


def _write_log(error: BaseException, folder: Path) -> Path:
    lines = [
        f"pursuit {__version__}, Python {platform.python_version()}, {platform.platform()}",
        repr(sys.argv),
    ]
    text = "\n".join((*lines, "".join(traceback.format_exception(error))))
    for place in (folder, Path(), Path(tempfile.gettempdir())):
        with suppress(OSError):
            log = (place / LOG).absolute()
            log.write_text(text, encoding="utf-8", errors="replace")
            return log
    return Path(LOG)
