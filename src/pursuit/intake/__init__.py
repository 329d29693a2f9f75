"""Files to a :class:`~pursuit.domain.Company` and back, with a report of every fault."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pursuit.intake.reading import Intake, check, read_company
    from pursuit.intake.writing.company import write_folder, write_workbook
    from pursuit.intake.writing.template import write_template

__all__ = ["Intake", "check", "read_company", "write_folder", "write_template", "write_workbook"]
_HOMES = {
    **dict.fromkeys(("Intake", "check", "read_company"), "reading"),
    **dict.fromkeys(("write_folder", "write_workbook"), "writing.company"),
    "write_template": "writing.template",
}


def __getattr__(name: str) -> Any:  # late, so that the process that opens hostile files starts in a blink
    if name in _HOMES:
        return getattr(import_module(f"pursuit.intake.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
