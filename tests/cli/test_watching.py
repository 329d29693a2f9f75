"""Progress on a terminal."""

from __future__ import annotations

import io
import signal

from rich.console import Console

from pursuit.cli.screen import Screen, printable
from pursuit.cli.watching import PHASES, Watch
from pursuit.selection.result import Progress
from pursuit.words import Words


def terminal() -> tuple[Screen, io.StringIO]:
    screen, shown = Screen(), io.StringIO()
    screen.err = Console(file=shown, force_terminal=True, width=120, highlight=False)
    return screen, shown


def test_line_on_a_terminal() -> None:
    """Phase, best value, limit and gap are drawn; Ctrl-C changes the line and the answer."""
    screen, shown = terminal()
    before = signal.getsignal(signal.SIGINT)
    with Watch(Words("ko"), "KRW", screen) as watch:
        assert watch(Progress("exchange", 3, 9, 90_000_000.0, 100_000_000.0))
        watch._bar.refresh()
        drawn = shown.getvalue()
        signal.raise_signal(signal.SIGINT)
        assert not watch(Progress("exchange", 4, 9, 90_000_000.0, 100_000_000.0))
        watch._bar.refresh()
    for words in ("수주 선택 개선", "최선 9,000만원", "상한 1억원", "격차 10.0%"):
        assert words in drawn
    assert "Ctrl-C" in shown.getvalue().removeprefix(drawn)
    assert signal.getsignal(signal.SIGINT) is before


def test_phases_have_names() -> None:
    """Every phase the planner reports has words in both languages."""
    assert set(PHASES) == {
        "believe", "bound", "load", "exchange", "pairs", "kicks", "floor", "effects", "fresh", "promise", "replay",
        "cases", "frontier",
    }  # fmt: skip
    assert all(Words("ko")(text) != text for text in PHASES.values())


def test_printable() -> None:
    """One line stays one line, Hangul stays Hangul."""
    assert printable("가\n나\x1b[31m\u202e다") == "가 나 [31m 다"
