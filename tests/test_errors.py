"""The exception tree: what a caller can catch, and what its messages say."""

from __future__ import annotations

import pickle

import pytest

from pursuit import errors
from pursuit.errors import (
    CompanyError,
    Fault,
    InputError,
    MissingError,
    PlanError,
    PolicyError,
    PursuitError,
    SolveError,
)


def test_the_tree_is_as_drawn() -> None:
    """Every error of the module is a PursuitError and is drawn on top of it."""
    classes = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, Exception)]
    plain = {InputError, PlanError, SolveError, PolicyError, MissingError}
    assert set(classes) == {PursuitError, CompanyError, *plain}
    assert errors.__doc__ is not None
    assert all(c.__name__ in errors.__doc__ for c in classes)
    assert issubclass(CompanyError, InputError)
    assert all(c.__base__ is PursuitError for c in plain)


def test_input_errors_keep_every_fault() -> None:
    """All faults are kept in order and told line by line."""
    faults = [
        Fault("a.xlsx", "Deals", row, "amount", "x", "Not a number.", "Write digits.") for row in (3, 2)
    ]
    error = InputError(iter(faults))
    assert error.faults == tuple(faults)
    assert str(error).splitlines() == [str(fault) for fault in faults]


def test_a_fault_names_its_place() -> None:
    """File, sheet, row and column lead; the value, the problem and the mend follow."""
    fault = Fault("a.xlsx", "Deals", 3, "amount", "x", "Not a number.", "Write digits.")
    assert str(fault) == "a.xlsx · Deals · row 3 · amount 'x': Not a number. Write digits."
    assert fault.severity == "error"


def test_a_fault_leaves_out_what_it_does_not_know() -> None:
    """No row, no value, no mend: nothing is said in their place."""
    assert str(Fault("", "Deals", 0, "", "", "Empty.", "")) == "Deals: Empty."


def test_a_text_is_a_fault_of_its_own() -> None:
    """A plain message becomes the only fault."""
    (fault,) = InputError("No such file.").faults
    assert fault.problem == "No such file."


def test_plan_errors_list_the_rules_broken() -> None:
    """Each problem is kept and told on a line of its own."""
    error = PlanError(["One.", "Two."])
    assert error.problems == ("One.", "Two.")
    assert str(error) == "One.\nTwo."


def test_policy_errors_survive_a_process() -> None:
    """Policy, Monday, seed, problem and books come through pickling, as they must from a worker."""
    error = PolicyError("mine", "KeyError: 'x'", "2026-03-02", 3)
    error.books = ("books",)
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == "The policy mine failed on Monday 2026-03-02 (seed 3): KeyError: 'x'"
    assert again.books == ("books",)
    assert str(PolicyError("mine", "no such module")) == "The policy mine failed: no such module"


@pytest.mark.parametrize("kind", [SolveError, MissingError])
def test_plain_errors_say_their_message(kind: type[PursuitError]) -> None:
    """The message is what the user reads."""
    assert str(kind("Raise a limit.")) == "Raise a limit."
