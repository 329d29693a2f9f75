"""Files to a :class:`~pursuit.domain.Company` and back, with a report of every fault."""

from pursuit.intake.reading import Intake, check, read_company

__all__ = ["Intake", "check", "read_company"]
