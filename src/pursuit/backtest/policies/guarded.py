"""A policy whose faults are told with its name and the Monday, whoever wrote it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pursuit.backtest.decisions import Decisions, Policy
from pursuit.domain import Company
from pursuit.errors import PolicyError


class Guarded:
    """Asks a policy, and judges whether its answer is one.

    Parameters
    ----------
    name
        As the user knows the policy.
    make
        Makes it.
    seed
        Of the replay, told with a fault.

    Raises
    ------
    PolicyError
        From here and from :meth:`decide`; it carries the books of that Monday.
    """

    def __init__(self, name: str, make: Callable[[], Policy], seed: int) -> None:
        self.name, self.seed = name, seed
        try:
            self.policy = make()
        except PolicyError:
            raise
        except Exception as error:
            raise PolicyError(name, told(error)) from error

    def decide(self, company: Company) -> Decisions:
        """The policy's decisions, if they are decisions."""
        try:
            answer = self.policy.decide(company)
        except Exception as error:
            raise self._error(told(error), company) from error
        if problem := next(problems_of(answer), ""):
            raise self._error(problem, company)
        return answer

    def _error(self, problem: str, company: Company) -> PolicyError:
        error = PolicyError(self.name, problem, company.as_of.isoformat(), self.seed)
        error.books = company
        return error


def problems_of(answer: Any) -> Iterator[str]:
    """What keeps an answer from being carried out; ids that nobody knows are the world's to refuse."""
    if not isinstance(answer, Decisions):
        yield f"it answered {type(answer).__name__}, not Decisions"
        return
    for name, kind in (("pursue", str), ("promise", date), ("courses", str), ("modes", str)):
        table = getattr(answer, name)
        if not isinstance(table, Mapping):
            yield f"{name} is {type(table).__name__}, not a dict"
        elif wrong := [
            key for key, value in table.items() if type(key) is not str or type(value) is not kind
        ]:
            yield f"{name} of {wrong[0]!r:.60} is {table[wrong[0]]!r:.60}, not a {kind.__name__}"
    for name in ("decline", "invest"):
        ids = getattr(answer, name)
        if isinstance(ids, str) or not isinstance(ids, Collection) or not all(type(i) is str for i in ids):
            yield f"{name} is {ids!r:.60}, not a set of ids"


def told(error: BaseException) -> str:
    """An error with the place it comes from."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(last.filename).name}, line {last.lineno})"
