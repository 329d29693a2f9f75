"""Why there is no choice: the smallest set of pins, needs and hard limits that cannot hold together, in words.

One conflict in which every member is needed comes from QuickXplain (Junker 2004). Whether a smaller one exists is asked
by implicit hitting sets: a conflict must share a member with whatever each relaxed choice breaks (Ignatiev, Previti,
Liffiton & Marques-Silva 2015).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from pursuit.selection.problem import Bools, Floats, Ints, SelectionProblem
from pursuit.words import Words

NODES = 20_000
"""Most branches looked at in one question; a count, not a clock, so that the answer does not depend on the machine."""
ROUNDS = 60
"""Most smaller sets asked about before the one found is handed back unproven to be the smallest."""
WORK = 100_000
"""Fewer rounds where options and demands times rounds exceed this: an answer soon is worth more than the smallest."""
SHOWN = 10
"""Members a message names."""
INFEASIBLE = 2
"""How the 0-1 solver says that there is no answer."""


@dataclass(frozen=True, slots=True)
class Member:
    """One demand on the choice: the pin of an item, a need or a hard row, with its number and its name."""

    kind: Literal["pin", "need", "row"]
    index: int
    name: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that cannot hold together.

    Attributes
    ----------
    members
        Pins first, then limits, then needs.
    minimal
        Whether it is proven that leaving any one out makes a choice possible.
    smallest
        Whether it is proven that no conflict has fewer members.
    """

    members: tuple[Member, ...]
    minimal: bool
    smallest: bool


def smallest_conflict(problem: SelectionProblem) -> Conflict | None:
    """The smallest set of pins, needs and hard rows that leaves no choice; None where a choice is possible.

    None also stands for 'not decided' where the 0-1 programme is too hard for ``NODES`` branches.
    """
    demands = _Demands(problem)
    everything = list(range(len(demands)))
    if demands.possible(everything) is not False:
        return None
    rounds = min(ROUNDS, WORK // (problem.options + len(demands)))
    orders = (everything, everything[::-1])[: 2 if rounds > 1 else 1]
    found = min((_explained(demands, order) for order in orders), key=len)
    found, minimal = _thinned(demands, found)
    found, smallest = _smaller(demands, found, rounds)
    return Conflict(demands.members(found), minimal or smallest, smallest)


def words_of(conflict: Conflict, lang: str = "en") -> str:
    """The conflict in a sentence, with what to do about it."""
    words = Words(lang)
    told = [_named(member, words) for member in conflict.members[:SHOWN]]
    if len(conflict.members) > SHOWN:
        told.append(words("{count} more", count=len(conflict.members) - SHOWN))
    if len(told) == 1:
        text = words("{member} cannot hold with any choice. Release it.", member=told[0])
    else:
        members = words("{list} and {last}", list=", ".join(told[:-1]), last=told[-1])
        text = words("{members} cannot hold together. Release one of them.", members=members)
    return text[0].upper() + text[1:]


def _named(member: Member, words: Words) -> str:
    if member.kind == "pin":
        return words("the pin of {name}", name=member.name)
    if member.kind == "row":
        return words("the limit {name}", name=member.name)
    return words("the need of {name}", name=member.name)


class _Demands:
    """All that is asked of the choice beside one option for every item: hard rows, then needs, then pins."""

    def __init__(self, problem: SelectionProblem) -> None:
        p = self.p = problem
        self.hard = np.flatnonzero(~np.isfinite(p.rows.penalty))
        open_ones = np.add.reduceat(p.allowed.astype(np.int64), p.item_start[:-1])
        self.pinned = np.flatnonzero(open_ones < np.diff(p.item_start))
        self.one_each, self.left = self._matrices()
        high = [p.rows.limit[self.hard] / self.scale, np.zeros(len(p.need_option) + len(self.pinned))]
        self.high = np.concatenate(high)

    def __len__(self) -> int:
        return len(self.high)

    def _matrices(self) -> tuple[Any, Any]:
        """Sparse rows over the options: items, and demands, each of which must not exceed ``high``."""
        from scipy.sparse import csr_array, vstack  # slow to import, seldom needed

        p = self.p
        O, K, H, L = p.options, len(p.need_option), len(self.hard), len(self.pinned)
        rank = np.full(len(p.rows), -1)
        rank[self.hard] = np.arange(H)
        row = rank[p.rows.row_of]
        own = row >= 0
        self.scale = np.maximum(np.abs(p.rows.limit[self.hard]), 1e-12)
        np.maximum.at(self.scale, row[own], np.abs(p.rows.coefficient[own]))
        limits = csr_array(
            (p.rows.coefficient[own] / self.scale[row[own]], (row[own], p.rows.option[own])), shape=(H, O)
        )
        need = np.repeat(np.arange(K), np.diff(p.need_start))
        asked = csr_array((np.ones(K), (np.arange(K), p.need_option)), shape=(K, O))
        provided = csr_array((np.ones(len(need)), (need, p.need_provider)), shape=(K, O))
        provided.data[:] = np.minimum(provided.data, 1.0)
        place = np.full(p.items, -1)
        place[self.pinned] = np.arange(L)
        barred = np.flatnonzero(~p.allowed)
        pins = csr_array((np.ones(len(barred)), (place[p.item_of[barred]], barred)), shape=(L, O))
        one_each = csr_array((np.ones(O), (p.item_of, np.arange(O))), shape=(p.items, O))
        return one_each, csr_array(vstack([limits, asked - provided, pins]))

    def possible(self, kept: Iterable[int]) -> bool | None:
        """Whether some choice meets the demands ``kept``; None where that was not decided."""
        rows = np.array(sorted(kept), dtype=np.int64)
        x, status = self._solve(np.zeros(self.p.options), self.left[rows], self.high[rows])
        if x is not None and not self.broken(x)[rows].any():
            return True
        return False if status == INFEASIBLE else None

    def least_broken(self, kept: Iterable[int]) -> Ints | None:
        """Demands broken by a choice that meets those ``kept`` and breaks as few others as possible; None: unknown."""
        from scipy.sparse import csr_array, hstack

        O, N = self.p.options, len(self)
        most = np.maximum(self.left.maximum(0).sum(axis=1) - self.high, 0.0)
        slack = csr_array((-most, (np.arange(N), np.arange(N))), shape=(N, N))
        free = np.ones(N)
        free[list(kept)] = 0.0
        cost = np.concatenate([np.zeros(O), np.ones(N)])
        x, _ = self._solve(cost, hstack([self.left, slack]), self.high, np.concatenate([np.ones(O), free]))
        if x is None:
            return None
        broken = self.broken(x[:O])
        return None if broken[list(kept)].any() else np.flatnonzero(broken)

    def broken(self, x: Floats) -> Bools:
        """(N,) which demands a choice breaks, by the rule that judges any choice."""
        p = self.p
        choice = np.lexsort((x, p.item_of))[p.item_start[1:] - 1]  # the largest of every item
        taken = np.zeros(p.options, dtype=bool)
        taken[choice] = True
        limit = p.rows.limit[self.hard]
        use = p.rows.use(choice, p.options)[self.hard]
        need = np.repeat(np.arange(len(p.need_option)), np.diff(p.need_start))
        provided = np.bincount(need, weights=taken[p.need_provider], minlength=len(p.need_option)) > 0
        return np.concatenate(
            [
                use > limit + 1e-9 * np.maximum(np.abs(limit), 1.0),
                taken[p.need_option] & ~provided,
                ~p.allowed[choice[self.pinned]],
            ]
        )

    def _solve(
        self, cost: Floats, left: Any, high: Floats, most: Floats | None = None
    ) -> tuple[Floats | None, int]:
        """A 0-1 programme with one option for every item: its answer, if any, and how the solver ended."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array, vstack

        n, I = len(cost), self.p.items
        one_each = self.one_each.copy()
        one_each.resize((I, n))
        rows = csr_array(vstack([one_each, left]))
        low = np.concatenate([np.ones(I), np.full(len(high), -np.inf)])
        result = milp(
            cost,
            integrality=np.ones(n, np.int64),
            bounds=Bounds(0, np.ones(n) if most is None else most),
            constraints=LinearConstraint(rows, low, np.concatenate([np.ones(I), high])),
            options={"node_limit": NODES},
        )
        return result.x, int(result.status)

    def members(self, found: Iterable[int]) -> tuple[Member, ...]:
        """Demands by name."""
        p, H, K = self.p, len(self.hard), len(self.p.need_option)
        named: list[Member] = []
        for d in found:
            if d < H:
                named.append(Member("row", int(self.hard[d]), p.rows.names[self.hard[d]]))
            elif d < H + K:
                named.append(Member("need", d - H, p.option_ids[p.need_option[d - H]]))
            else:
                item = int(self.pinned[d - H - K])
                named.append(Member("pin", item, p.item_ids[item]))
        return tuple(
            sorted(named, key=lambda member: (("pin", "row", "need").index(member.kind), member.index))
        )


def _explained(demands: _Demands, order: Sequence[int]) -> list[int]:
    """A conflict among demands that conflict, with as few of the later ones as can be (QuickXplain)."""

    def explain(background: list[int], changed: bool, rest: Sequence[int]) -> list[int]:
        if changed and demands.possible(background) is False:
            return []
        if len(rest) == 1:
            return list(rest)
        half = len(rest) // 2
        first, second = list(rest[:half]), rest[half:]
        later = explain(background + first, True, second)
        return explain(background + later, bool(later), first) + later

    return sorted(explain([], False, order))


def _thinned(demands: _Demands, found: list[int]) -> tuple[list[int], bool]:
    """The conflict without what it can do without, and whether each that is left is proven to be needed."""
    minimal = True
    for demand in list(found):
        rest = [d for d in found if d != demand]
        possible = demands.possible(rest)
        if possible is False:
            found = rest
        minimal = minimal and possible is not None
    return found, minimal


def _smaller(demands: _Demands, found: list[int], rounds: int) -> tuple[list[int], bool]:
    """The smallest conflict, and whether that is proven; ``found`` where no smaller one turns up."""
    broken_sets: list[Ints] = []
    for _ in range(rounds):
        tried = _hitting(broken_sets, len(demands))
        if tried is None:
            return found, False
        if len(tried) >= len(found):
            return found, True
        possible = demands.possible(tried)
        if possible is False:
            return tried, True
        broken = demands.least_broken(tried) if possible else None
        if broken is None or not len(broken):
            return found, False
        broken_sets.append(broken)
    return found, False


def _hitting(sets: list[Ints], count: int) -> list[int] | None:
    """The fewest of ``count`` things that share one with every set; None where that was not decided."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    if not sets:
        return []
    of = np.repeat(np.arange(len(sets)), [len(s) for s in sets])
    rows = csr_array((np.ones(len(of)), (of, np.concatenate(sets))), shape=(len(sets), count))
    result = milp(
        np.ones(count),
        integrality=np.ones(count, np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows, 1, np.inf),
        options={"node_limit": NODES},
    )
    return np.flatnonzero(result.x > 0.5).tolist() if result.status == 0 else None
