"""Where the work of chosen options stands in the rows of the scenarios: regions given out and taken back."""

from __future__ import annotations

import numpy as np

from pursuit.selection.compiled import FIRST, LAST, Compiled
from pursuit.selection.problem import Floats, Ints
from pursuit.selection.tables import Book


class Shelves:
    """Rows of all scenarios with one region per package, and the list of what is loaded on each resource.

    What always comes has its place at the front of each row for good; a bundle gets one region in all rows while an
    option that brings it is chosen.
    """

    def __init__(self, c: Compiled, hint: Floats | None = None) -> None:
        self.c, w = c, c.work
        p = c.problem
        self.offset = np.full(len(p.packages), -1, dtype=np.int64)
        self.size = (w.when[:, LAST] - w.when[:, FIRST] + 3).astype(np.int64)
        self.length = self._base()
        self.rows: Floats = np.zeros((p.scenarios, int(self.length * 1.1) + 256))
        self.free: dict[int, list[int]] = {}
        self.there: dict[int, tuple[int, int]] = {}
        self.members = np.zeros((len(p.capacity), 16), np.int64)
        self.count = np.zeros(len(p.capacity), np.int64)
        self.window = np.zeros((p.scenarios, int((c.chain >= 0).sum()), 2), np.int64)
        none = np.zeros((p.scenarios, *p.capacity.shape))
        self.hint: Floats = none if hint is None else np.ascontiguousarray(hint)
        self._book: Book | None = None

    def _base(self) -> int:
        """Give what always comes its place; returns the length of the longest row of it."""
        c, S = self.c, self.c.problem.scenarios
        longest = 0
        for s in range(S):
            mine = c.base_package[c.base_start[s] : c.base_start[s + 1]]
            ends = np.cumsum(self.size[mine])
            self.offset[mine] = ends - self.size[mine]
            longest = max(longest, int(ends[-1]) if len(ends) else 0)
        w, R = c.work, len(c.problem.capacity)
        uses = np.diff(w.use_start)[c.base_package]
        package = np.repeat(c.base_package, uses)
        at = np.arange(len(package)) - np.repeat(np.cumsum(uses) - uses, uses)
        place = np.repeat(np.repeat(np.arange(S), np.diff(c.base_start)), uses) * R
        place = place + w.use_resource[w.use_start[package] + at]
        order = np.argsort(place, kind="stable")
        self._base_start = np.searchsorted(place[order], np.arange(S * R + 1)).astype(np.int64)
        self._base_of = package[order]
        return longest

    def add(self, bundle: int, *, scratch: bool = False) -> None:
        """Give a bundle a region; behind everything else when it is only tried out."""
        packages = self._packages(bundle)
        size = int(self.size[packages].sum())
        spare = self.free.get(size)
        if spare and not scratch:
            start = spare.pop()
        else:
            start, self.length = self.length, self.length + size
            self._grow()
        self.offset[packages] = start + np.cumsum(self.size[packages]) - self.size[packages]
        self.there[bundle] = (start, size)
        for p in packages:
            self._list(int(p), 1)
        self._book = None

    def remove(self, bundle: int) -> None:
        """Take a bundle's region back."""
        start, size = self.there.pop(bundle)
        self.free.setdefault(size, []).append(start)
        for p in self._packages(bundle):
            self._list(int(p), -1)
        self._book = None

    def mark(self) -> int:
        """Where the rows end now."""
        return self.length

    def back_to(self, mark: int, bundles: list[int]) -> None:
        """Take back the regions of bundles that were only tried out."""
        for bundle in reversed(bundles):
            self.there.pop(bundle)
            for p in self._packages(bundle)[::-1]:
                self._list(int(p), -1)
        self.length = mark
        self._book = None

    def loaded(self) -> Ints:
        """Packages of all bundles that have a region, ascending."""
        found = [self._packages(b) for b in sorted(self.there)]
        return np.concatenate([np.zeros(0, np.int64), *found])

    def book(self) -> Book:
        """The lists as the kernels read them."""
        if self._book is None:
            c = self.c
            self._book = Book(
                self.offset, c.kind, c.chain, self.window, self.members, self.count, self._base_start, self._base_of,
                c.problem.overtime, c.problem.overtime_cost, self.hint, c.tol,
            )  # fmt: skip
        return self._book

    def _packages(self, bundle: int) -> Ints:
        start = self.c.work.bundle_start
        return np.arange(start[bundle], start[bundle + 1], dtype=np.int64)

    def _list(self, p: int, step: int) -> None:
        """Put a package at the end of its resources' lists, or take it out of them."""
        w = self.c.work
        for r in w.use_resource[w.use_start[p] : w.use_start[p + 1]]:
            n = int(self.count[r])
            if step > 0:
                if n == self.members.shape[1]:
                    self.members = np.concatenate([self.members, np.zeros_like(self.members)], axis=1)
                self.members[r, n] = p
            else:
                at = n - 1 - int(np.argmax(self.members[r, :n][::-1] == p))
                self.members[r, at : n - 1] = self.members[r, at + 1 : n].copy()
            self.count[r] = n + step

    def _grow(self) -> None:
        if self.length > self.rows.shape[1]:
            wider = np.zeros((len(self.rows), int(self.length * 1.3) + 256))
            wider[:, : self.rows.shape[1]] = self.rows
            self.rows = wider
