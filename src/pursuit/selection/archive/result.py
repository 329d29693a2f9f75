"""The result of a solve as a file, for anyone to check against its problem."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pursuit.errors import Fault, InputError
from pursuit.selection.archive.checked import FORMAT, parts_of, read_arrays
from pursuit.selection.archive.forms import RESULT
from pursuit.selection.archive.keys import TYPES
from pursuit.selection.archive.problem import problem_hash
from pursuit.selection.archive.zipped import write
from pursuit.selection.loaded import UNDONE, Loading
from pursuit.selection.problem import Floats, Ints, SelectionProblem
from pursuit.words import Words

if TYPE_CHECKING:
    from pursuit.selection.result import Solution


@dataclass(frozen=True)
class SavedPrices:
    """Prices behind the bound.

    Attributes
    ----------
    hour
        (S, R, T) money per hour if that scenario comes true.
    weight
        (S,) of the scenarios, summing to one.
    row, need
        (C,) money per unit of a limit, (K,) money per need.
    cash
        (S, M) money per unit of cash short.
    """

    hour: Floats
    weight: Floats
    row: Floats
    need: Floats
    cash: Floats


@dataclass(frozen=True)
class SavedResult:
    """What a solve handed back.

    Attributes
    ----------
    problem_hash, risk_aversion, seed
        What was solved, and how.
    item_ids, choice, choice_ids
        (I,) items, the option each takes (its number among all options), and that option's name.
    value, bound, row_cost
        What was reached, what nobody can exceed, and what broken soft rows cost in ``value``.
    values
        (S,) worth in each scenario, soft rows left out.
    status, work, fallbacks
        How the solve ended, its units of work, what had to be done otherwise.
    prices, loading
        See :class:`SavedPrices` and :class:`~pursuit.selection.loaded.Loading`.
    """

    problem_hash: str
    risk_aversion: float
    seed: int
    work: int
    status: str
    value: float
    bound: float
    row_cost: float
    values: Floats
    item_ids: tuple[str, ...]
    choice: Ints
    choice_ids: tuple[str, ...]
    fallbacks: tuple[str, ...]
    prices: SavedPrices
    loading: Loading

    @property
    def gap(self) -> float:
        """``(bound - value) / |bound|``, never negative."""
        return max(self.bound - self.value, 0.0) / max(abs(self.bound), 1e-12)


def save_result(solution: Solution, problem: SelectionProblem, path: str | Path, *, seed: int = 0) -> None:
    """Write what a solve of ``problem`` handed back as a ``.npz``; ``seed`` is the one it was given."""
    prices, loading = solution.prices, solution.loading
    values: dict[str, Any] = {
        "problem_hash": problem_hash(problem),
        "risk_aversion": problem.risk_aversion,
        "seed": seed,
        "work": solution.work,
        "status": solution.status,
        "value": solution.objective,
        "bound": solution.bound,
        "row_cost": solution.row_cost,
        "values": solution.values,
        "item_ids": list(problem.item_ids),
        "choice": solution.choice,
        "choice_ids": [problem.option_ids[o] for o in solution.choice],
        "fallbacks": list(solution.fallbacks),
        **{f"prices_{name}": getattr(prices, name) for name in ("hour", "weight", "row", "need", "cash")},
        **{
            f"loading_{name}": getattr(loading, name)
            for name in ("scenario_start", "package", "week", "share")
        },
    }
    arrays: dict[str, NDArray[Any]] = {FORMAT: np.array(RESULT.name)}
    for key in RESULT.keys:
        array = np.asarray(values[key.name], dtype=np.str_ if key.kind == "text" else TYPES[key.kind])
        arrays[key.name] = np.ascontiguousarray(array).reshape(array.shape)
    write(Path(path), arrays)


def load_result(path: str | Path, problem: SelectionProblem | None = None, lang: str = "en") -> SavedResult:
    """The result in a ``.npz`` file; where ``problem`` is given, it must be the one that was solved.

    Raises
    ------
    InputError
        With every fault of the file, or when it belongs to another problem.
    """
    arrays = read_arrays(path, RESULT, lang)
    parts = parts_of(RESULT, arrays, ("prices", "loading"))
    prices, loading = SavedPrices(**parts["prices"]), Loading(**parts["loading"])
    result = SavedResult(prices=prices, loading=loading, **parts[""])
    _check(result, problem, str(path), Words(lang))
    return result


def _check(result: SavedResult, problem: SelectionProblem | None, file: str, words: Words) -> None:
    """Refuse a loading whose entries do not belong to its scenarios, and a result of another problem."""
    faults = []
    loading = result.loading
    start, end = loading.scenario_start, len(loading.package)
    if start[0] != 0 or start[-1] != end or np.any(np.diff(start) < 0):
        problem_told = words("Its entries must rise from 0 to {end}.", end=end)
        faults.append(
            Fault(file, "", 0, "loading_scenario_start", "", problem_told, words("Write the file anew."))
        )
    if np.any(loading.week < UNDONE) or np.any(loading.package < 0) or np.any(result.choice < 0):
        problem_told = words("A number points at something that does not exist.")
        faults.append(Fault(file, "", 0, "", "", problem_told, words("Write the file anew.")))
    if problem is not None and result.problem_hash != problem_hash(problem):
        problem_told, mend = (
            words("This is the result of another problem."),
            words("Solve this problem anew."),
        )
        faults.append(Fault(file, "", 0, "problem_hash", result.problem_hash[:12], problem_told, mend))
    if faults:
        raise InputError(faults)
