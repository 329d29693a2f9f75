"""Plain lines on the terminal: results on the standard output, everything else on the standard error."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from pursuit.errors import Fault
from pursuit.words import Words


class Screen:
    """Where a command speaks: ``out`` for what was asked for, ``err`` for progress and faults."""

    def __init__(self) -> None:
        self.out = Console(highlight=False)
        self.err = Console(stderr=True, highlight=False)

    def say(self, line: str, style: str = "") -> None:
        """A line of the result."""
        _line(self.out, line, style)

    def tell(self, line: str, style: str = "") -> None:
        """A line beside the result."""
        _line(self.err, line, style)


def _line(console: Console, line: str, style: str) -> None:
    console.print(Text(printable(line), style), soft_wrap=True)


def printable(text: str) -> str:
    """``text`` in one line, with nothing in it that could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def fault_lines(fault: Fault, words: Words) -> list[str]:
    """A fault in lines: where and what stands there, then what is wrong and how to mend it; else just the latter."""
    place = fault.place
    value = f"'{fault.value}'" if fault.value else ""
    kind = words("Warning") if fault.severity == "warning" else words("Error")
    text = f"{fault.problem} {fault.mend}".rstrip()
    if not place and not value:
        return [f"{kind}: {text}"]
    return ["  ".join(part for part in (kind, place, value) if part), f"    {text}"]


def show_faults(faults: Iterable[Fault], words: Words, screen: Screen, *, result: bool = False) -> None:
    """Every fault, on the standard output if it is what was asked for."""
    write = screen.say if result else screen.tell
    for fault in faults:
        head, *rest = fault_lines(fault, words)
        write(head, "yellow" if fault.severity == "warning" else "bold red")
        for line in rest:
            write(line)
