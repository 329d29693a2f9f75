"""Planning as the user sees it: how far it is, the bound closing in, and Ctrl-C to stop with the best so far."""

from __future__ import annotations

import math
import os
import signal
import threading
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from pursuit.cli.screen import Screen
from pursuit.words import Words, format_money, format_percent

if TYPE_CHECKING:
    from pursuit.selection.result import Progress


def N(message: str) -> str:  # noqa: N802
    """Mark a message that is translated later."""
    return message


PHASES = {
    "believe": N("Forecasting"),
    "bound": N("Proving the limit"),
    "load": N("Placing the work"),
    "exchange": N("Improving the choice"),
    "pairs": N("Trying exchanges in pairs"),
    "kicks": N("Forcing options in"),
    "floor": N("Trying the schedule"),
    "effects": N("Effect of each opportunity"),
    "fresh": N("Valuing on fresh futures"),
    "promise": N("Promise dates"),
    "replay": N("Replaying week by week"),
    "cases": N("Choosing for each case"),
    "frontier": N("Choosing at each risk aversion"),
}
STOPPING = N("Finishing with the best plan so far; press Ctrl-C again to abort.")


class Watch:
    """Receives progress: ``with Watch(...) as watch: make_plan(company, settings, watch)``.

    On a terminal it draws one moving line, elsewhere it prints a line per phase. The first Ctrl-C makes the next
    report answer False, which ends planning with the best plan so far; the second one aborts.
    """

    def __init__(self, words: Words, currency: str, screen: Screen, stopping: str = STOPPING) -> None:
        self.words = words
        self.last_words = words(stopping)
        self.currency = currency
        self.screen = screen
        self.stopping = False
        self.live = screen.err.is_terminal
        self._phase = ""
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=16),
            TextColumn("{task.fields[standing]}", markup=False),
            TimeElapsedColumn(),
            console=screen.err,
            transient=True,
            disable=not self.live,
        )
        self._task = self._bar.add_task("", total=None, standing="")
        self._before: Any = None

    def __enter__(self) -> Watch:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupt)
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def __call__(self, progress: Progress) -> bool:
        """Show ``progress``; False once the user wants to stop."""
        phase = self.words(PHASES[progress.phase]) if progress.phase in PHASES else progress.phase
        standing = self._standing(progress)
        if self.live:
            text = self.last_words if self.stopping else phase
            total = progress.steps or None
            self._bar.update(
                self._task, description=text, completed=progress.step, total=total, standing=standing
            )
        elif phase != self._phase:
            self.screen.tell(f"{phase} · {standing}" if standing else phase)
        self._phase = phase
        return not self.stopping

    def _standing(self, progress: Progress) -> str:
        """Value of the best plan so far, proven limit and what lies between; how many steps are done."""
        if progress.phase in ("replay", "cases", "frontier"):
            return f"{progress.step:,}/{progress.steps:,}"
        value, bound = (
            figure if figure is not None and math.isfinite(figure) else None
            for figure in (progress.value, progress.bound)
        )
        parts = []
        if value is not None:
            parts.append(self.words("best {value}", value=self._money(value)))
        if bound is not None:
            parts.append(self.words("limit {bound}", bound=self._money(bound)))
        if value is not None and bound:
            gap = max(bound - value, 0.0) / abs(bound)
            parts.append(self.words("gap {gap}", gap=format_percent(gap, self.words.lang, 1)))
        return " · ".join(parts)

    def _money(self, amount: float) -> str:
        return format_money(amount, self.words.lang, self.currency)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.stopping:
            raise KeyboardInterrupt
        self.stopping = True
        if self.live:
            self._bar.update(self._task, description=self.last_words)
        else:  # a handler may run in the middle of a print, so it writes past the buffers
            os.write(2, f"{self.last_words}\n".encode())
