"""Finite capacity: which operation in which week, promise weeks, and a checker of its own."""

from pursuit.scheduling.checker import check_schedule
from pursuit.scheduling.floor import carry_out
from pursuit.scheduling.problem import FloorProblem, FloorSchedule
from pursuit.scheduling.promise import promise_quantiles, promise_weeks
from pursuit.scheduling.rows import OperationRow, rows_of
from pursuit.scheduling.sequence import RULES, sequence_by

__all__ = [
    "RULES",
    "FloorProblem",
    "FloorSchedule",
    "OperationRow",
    "carry_out",
    "check_schedule",
    "promise_quantiles",
    "promise_weeks",
    "rows_of",
    "sequence_by",
]
