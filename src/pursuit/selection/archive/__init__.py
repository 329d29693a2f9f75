"""Problems and results as files anyone can write and read: NumPy's ``.npz``, every key documented and checked."""

from pursuit.selection.archive.problem import load_problem, problem_hash, save_problem
from pursuit.selection.archive.result import SavedPrices, SavedResult, load_result, save_result

__all__ = [
    "SavedPrices",
    "SavedResult",
    "load_problem",
    "load_result",
    "problem_hash",
    "save_problem",
    "save_result",
]
