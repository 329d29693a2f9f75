"""Files to a :class:`~pursuit.domain.Company` and back, with a report of every fault."""

from pursuit.intake.reading import Intake, check, read_company
from pursuit.intake.writing.company import write_folder, write_workbook
from pursuit.intake.writing.template import write_template

__all__ = ["Intake", "check", "read_company", "write_folder", "write_template", "write_workbook"]
