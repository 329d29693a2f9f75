"""Ways of writing that belong to single columns, beyond what their kind knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pursuit.intake.cells.business_number import read_business_number
from pursuit.intake.cells.cell_error import Note
from pursuit.intake.cells.habits import Habits
from pursuit.intake.cells.likelihood import read_likelihood
from pursuit.intake.cells.penalty import read_day_rate
from pursuit.intake.cells.quoting import read_revision, read_validity
from pursuit.intake.cells.terms import read_terms
from pursuit.intake.cells.waiting import read_days

Form = Callable[[object, Habits], tuple[Any, Note | None] | None]

FORMS: Mapping[str, Form] = {
    "business_number": lambda raw, habits: read_business_number(raw),
    "day_rate": read_day_rate,
    "days": lambda raw, habits: read_days(raw),
    "likelihood": lambda raw, habits: read_likelihood(raw),
    "revision": lambda raw, habits: read_revision(raw),
    "terms": lambda raw, habits: read_terms(raw),
    "validity": lambda raw, habits: read_validity(raw),
}
"""By the form a column names: its reader, which returns None for what its kind is to read."""
