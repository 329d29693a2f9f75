"""A linear programme for HiGHS put together from arrays: columns, rows, and entries in blocks."""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array

from pursuit.selection.problem import Floats, Ints

IMPOSSIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


def ranges(start: Ints, count: Ints) -> Ints:
    """``start[0], start[0]+1, ... (count[0] of them), start[1], ...`` in one row."""
    total = np.concatenate([[0], np.cumsum(count)])
    return np.arange(total[-1]) - np.repeat(total[:-1] - start, count)


@dataclass
class Program:
    """Least ``cost @ x`` with ``low <= x <= high`` and rows within limits."""

    _cost: list[Floats] = field(default_factory=list)
    _low: list[Floats] = field(default_factory=list)
    _high: list[Floats] = field(default_factory=list)
    _least: list[Floats] = field(default_factory=list)
    _most: list[Floats] = field(default_factory=list)
    _row: list[Ints] = field(default_factory=list)
    _column: list[Ints] = field(default_factory=list)
    _number: list[Floats] = field(default_factory=list)
    _columns: int = 0
    _rows: int = 0

    def columns(self, count: int, low: ArrayLike, high: ArrayLike, cost: ArrayLike = 0.0) -> Ints:
        """New columns; their indices."""
        for where, what in ((self._low, low), (self._high, high), (self._cost, cost)):
            where.append(np.broadcast_to(np.asarray(what, dtype=float), (count,)))
        self._columns += count
        return np.arange(self._columns - count, self._columns)

    def rows(self, least: Floats, most: ArrayLike) -> Ints:
        """New rows between limits; their indices."""
        count = len(least)
        self._least.append(np.asarray(least, dtype=float))
        self._most.append(np.broadcast_to(np.asarray(most, dtype=float), (count,)))
        self._rows += count
        return np.arange(self._rows - count, self._rows)

    def add(self, row: Ints, column: Ints, number: ArrayLike) -> None:
        """Entries of the matrix; those of one place are added up."""
        self._row.append(np.asarray(row, dtype=np.int32))
        self._column.append(np.asarray(column, dtype=np.int32))
        self._number.append(np.broadcast_to(np.asarray(number, dtype=float), (len(row),)))

    def price(self, column: Ints, cost: Floats) -> None:
        """Costs of columns, on top of those they have."""
        whole = np.concatenate(self._cost)
        np.add.at(whole, column, cost)
        self._cost = [whole]

    def highs(self, integers: int = 0) -> highspy.Highs:
        """The programme handed to HiGHS on one thread, its first columns whole numbers."""
        places = np.concatenate(self._row), np.concatenate(self._column)
        matrix = coo_array((np.concatenate(self._number), places), shape=(self._rows, self._columns)).tocsc()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self._columns, self._rows
        lp.col_cost_ = np.concatenate(self._cost)
        lp.col_lower_, lp.col_upper_ = np.concatenate(self._low), np.concatenate(self._high)
        lp.row_lower_, lp.row_upper_ = np.concatenate(self._least), np.concatenate(self._most)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = matrix.indptr
        lp.a_matrix_.index_ = matrix.indices
        lp.a_matrix_.value_ = matrix.data
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        # its first relaxation takes a seventh of what the simplex method needs for it
        highs.setOptionValue("mip_lp_solver", "ipm")
        highs.passModel(lp)
        whole = np.arange(integers, dtype=np.int32)
        highs.changeColsIntegrality(integers, whole, np.array([highspy.HighsVarType.kInteger] * integers))
        return highs

    @staticmethod
    def run(highs: highspy.Highs) -> highspy.Highs:
        """Solve; what presolve calls impossible is asked again without it, since limits met to the last bit fool it."""
        highs.run()
        if highs.getModelStatus() in IMPOSSIBLE:
            highs.setOptionValue("presolve", "off")
            highs.run()
        return highs
