"""A problem as a file, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pursuit.errors import Fault, InputError, SolveError
from pursuit.selection.archive.checked import FORMAT, as_text, parts_of, read_arrays, split
from pursuit.selection.archive.forms import ASKED, GROUPS, PROBLEM
from pursuit.selection.archive.keys import TYPES
from pursuit.selection.archive.telling import faults_told
from pursuit.selection.archive.zipped import write
from pursuit.selection.problem import Cash, Packages, Rows, SelectionProblem
from pursuit.words import Words

NOT_HASHED = ("risk_aversion",)
"""How much risk counts is no part of what is decided on: results at several risk aversions belong to one problem."""


def save_problem(problem: SelectionProblem, path: str | Path, lang: str = "en") -> None:
    """Write a problem as a ``.npz``; :func:`load_problem` gives it back to the bit.

    Raises
    ------
    InputError
        When a name ends in a zero character, which NumPy would drop.
    """
    form: NDArray[Any] = np.array(PROBLEM.name)
    write(Path(path), {FORMAT: form, **_arrays_of(problem, str(path), Words(lang))})


def load_problem(path: str | Path, lang: str = "en") -> SelectionProblem:
    """The problem in a ``.npz`` file, whoever wrote it; docs/selection-problem.md tells what each key holds.

    Raises
    ------
    InputError
        With every fault found: keys missing, unknown, of the wrong kind or shape, and numbers that mean nothing.
    """
    arrays = read_arrays(path, PROBLEM, lang, ASKED)
    parts = parts_of(PROBLEM, arrays, GROUPS)
    try:
        return SelectionProblem(
            packages=Packages(**parts["packages"]),
            rows=Rows(**parts["rows"]),
            cash=Cash(**parts["cash"]),
            **parts[""],
        )
    except SolveError as error:
        raise InputError(faults_told(error, str(path), Words(lang))) from None


def problem_hash(problem: SelectionProblem) -> str:
    """Fingerprint (SHA-256) of all a problem holds but its risk aversion; the same for the same content anywhere."""
    digest = hashlib.sha256()
    for name, array in _arrays_of(problem, "", Words("en")).items():
        if name in NOT_HASHED:
            continue
        digest.update(json.dumps([name, array.shape]).encode())
        if array.dtype.kind == "U":
            digest.update(json.dumps(array.tolist()).encode())
        else:
            digest.update(array.reshape(-1).view(np.uint8).data)
    return digest.hexdigest()


def _arrays_of(problem: SelectionProblem, file: str, words: Words) -> dict[str, NDArray[Any]]:
    """Key -> array in the type it is kept in, contiguous, in the order of the form."""

    def fault(text: str) -> Fault:
        problem, mend = words("A name ends in a zero character."), words("Take it off.")
        return Fault(file, "", 0, "", repr(text), problem, mend)

    arrays: dict[str, NDArray[Any]] = {}
    for key in PROBLEM.keys:
        group, name = split(key.name, GROUPS)
        value = getattr(getattr(problem, group) if group else problem, name)
        if key.kind == "text":
            arrays[key.name] = as_text(value, fault)
        else:
            array = np.asarray(value)
            arrays[key.name] = np.ascontiguousarray(array, TYPES[key.kind]).reshape(array.shape)
    return arrays
