"""Where there is no choice, the smallest set of pins, needs and limits that conflict is named."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.selection import conflicts
from pursuit.selection.conflicts import smallest_conflict, words_of
from pursuit.selection.problem import Cash, Packages, Rows, SelectionProblem

NONE = np.zeros(0, np.int64)


def bare(counts, *, allowed=None, needs=(), rows=()) -> SelectionProblem:
    """Items with ``counts`` options and nothing to do; ``needs`` (option, providers), ``rows`` (options, coefficients,
    limit, penalty)."""
    start = np.concatenate([[0], np.cumsum(counts)])
    O = int(start[-1])
    empty = np.zeros(0)
    packages = dict.fromkeys(Packages.__dataclass_fields__, NONE)
    packages |= {"bundle_start": np.array([0]), "use_start": np.array([0])}
    return SelectionProblem(
        item_ids=tuple(f"item{i}" for i in range(len(counts))),
        option_ids=tuple(f"option{o}" for o in range(O)),
        item_start=start,
        allowed=np.ones(O, bool) if allowed is None else np.asarray(allowed, bool),
        value=np.zeros((O, 1)),
        won=np.zeros((O, 1), bool),
        base_value=np.zeros(1),
        packages=Packages(**packages),
        sure=np.full(O, -1),
        if_won=np.full(O, -1),
        base_bundle=NONE,
        base_scenario=NONE,
        hours_factor=np.ones((1, 1)),
        capacity=np.ones((1, 1)),
        overtime=np.zeros((1, 1)),
        overtime_cost=np.zeros(1),
        gain_option=NONE,
        capacity_gain=np.zeros((0, 1, 1)),
        need_option=np.array([option for option, _ in needs], np.int64),
        need_start=np.cumsum([0, *(len(providers) for _, providers in needs)]),
        need_provider=np.array([p for _, providers in needs for p in providers], np.int64),
        rows=Rows(
            start=np.cumsum([0, *(len(row[0]) for row in rows)]),
            option=np.array([o for row in rows for o in row[0]], np.int64),
            coefficient=np.array([c for row in rows for c in row[1]], float),
            limit=np.array([row[2] for row in rows], float),
            penalty=np.array([row[3] for row in rows], float),
            names=tuple(f"limit{c}" for c in range(len(rows))),
        ),
        cash=Cash(
            np.zeros((1, 0)), np.zeros((O, 0)), np.zeros((O, 0)), NONE, np.zeros((0, 0, 1)), empty, 0.0
        ),
        risk_aversion=0.0,
    )


def pinned(counts, *options):
    """(O,) only these options allowed in their items."""
    item_of = np.repeat(np.arange(len(counts)), counts)
    return [o in options or item_of[o] not in {item_of[p] for p in options} for o in range(len(item_of))]


def held(p, choice) -> set[tuple[str, int]]:
    """Demands that a choice meets, by plain counting."""
    taken = set(choice)
    pins = {("pin", i) for i in range(p.items) if p.allowed[choice[i]]}
    needs = set()
    for k in range(len(p.need_option)):
        providers = p.need_provider[p.need_start[k] : p.need_start[k + 1]]
        if p.need_option[k] not in taken or taken & set(providers.tolist()):
            needs.add(("need", k))
    rows = set()
    for c in range(len(p.rows)):
        entries = range(p.rows.start[c], p.rows.start[c + 1])
        use = sum(p.rows.coefficient[n] for n in entries if p.rows.option[n] in taken)
        if use <= p.rows.limit[c] + 1e-9 * max(abs(p.rows.limit[c]), 1.0):
            rows.add(("row", c))
    return pins | needs | rows


def possible(p, demands) -> bool:
    """Whether some choice meets all ``demands``, by trying every one."""
    choices = product(*(p.options_of(i) for i in range(p.items)))
    return any(set(demands) <= held(p, choice) for choice in choices)


def demands_of(p):
    """Every demand there is."""
    pins = [("pin", i) for i in range(p.items) if not p.allowed[list(p.options_of(i))].all()]
    rows = [("row", c) for c in range(len(p.rows)) if np.isinf(p.rows.penalty[c])]
    return pins + rows + [("need", k) for k in range(len(p.need_option))]


@st.composite
def problems(draw):
    """Small choices with pins, needs and limits drawn so that about half have no answer."""
    counts = draw(st.lists(st.integers(1, 3), min_size=1, max_size=5))
    O = sum(counts)
    option = st.integers(0, O - 1)
    allowed = np.ones(O, bool)
    start = np.cumsum([0, *counts])
    for i in draw(st.lists(st.integers(0, len(counts) - 1), max_size=4)):
        allowed[start[i] : start[i + 1]] = False
        allowed[start[i] + draw(st.integers(0, counts[i] - 1))] = True
    needs = draw(st.lists(st.tuples(option, st.lists(option, max_size=2)), max_size=4))
    row = st.lists(option, min_size=1, max_size=4, unique=True).flatmap(
        lambda options: st.tuples(
            st.just(options),
            st.lists(st.integers(-3, 5), min_size=len(options), max_size=len(options)),
            st.integers(-4, 6),
            st.sampled_from([np.inf, np.inf, 5.0]),
        )
    )
    scale = draw(st.sampled_from([1.0, 1e12, 1e-2]))
    rows = [
        (o, [scale * c for c in cs], scale * limit, pen)
        for o, cs, limit, pen in draw(st.lists(row, max_size=4))
    ]
    return bare(counts, allowed=allowed, needs=needs, rows=rows)


@settings(max_examples=80, deadline=None)
@given(problems())
def test_the_conflict_is_one_and_no_smaller_one_exists(p):
    """None where a choice is possible; else what is named conflicts, needs each member, and none is smaller."""
    conflict = smallest_conflict(p)
    every = demands_of(p)
    assert (conflict is None) == possible(p, every)
    if conflict is None:
        return
    named = [(member.kind, member.index) for member in conflict.members]
    assert set(named) <= set(every)
    assert not possible(p, named)
    assert all(possible(p, [d for d in named if d != left]) for left in named)
    assert conflict.minimal
    assert conflict.smallest
    assert all(possible(p, fewer) for fewer in combinations(every, len(named) - 1))
    assert conflict == smallest_conflict(p)


def three_ways():
    """A pinned deal needs a machine, which a budget that is nearly spent does not leave room for."""
    counts = [2, 2, 2, 2]
    budget = ([1, 3, 5], [10.0, 80.0, 10.0], 85.0, np.inf)
    return bare(
        counts, allowed=pinned(counts, 1, 6), needs=[(1, [3])], rows=[budget, ([7], [1.0], 0.0, np.inf)]
    )


def test_pin_limit_and_need_are_named():
    """All three kinds in one sentence, and nothing that has no part in it."""
    conflict = smallest_conflict(three_ways())
    assert [(m.kind, m.name) for m in conflict.members] == [
        ("pin", "item0"),
        ("row", "limit0"),
        ("need", "option1"),
    ]
    assert words_of(conflict) == (
        "The pin of item0, the limit limit0 and the need of option1 cannot hold together. Release one of them."
    )
    korean = words_of(conflict, "ko")
    assert re.search("[가-힣]", korean)
    assert all(name in korean for name in ("item0", "limit0", "option1"))


def test_a_demand_that_no_choice_meets_stands_alone():
    """A limit under what any choice uses is a conflict of one."""
    p = bare([2, 1], rows=[([2], [3.0], 2.0, np.inf)])
    conflict = smallest_conflict(p)
    assert words_of(conflict) == "The limit limit0 cannot hold with any choice. Release it."
    assert words_of(conflict, "ko").startswith("어떤 선택으로도")


def test_soft_limits_never_conflict():
    """A limit that may be broken at a price is no reason for there to be no choice."""
    assert smallest_conflict(bare([1], rows=[([0], [3.0], 2.0, 1.0)])) is None


def test_many_pins_against_a_limit():
    """Of thirty pins just so many are named as the limit cannot bear, the rest of them counted."""
    counts = [2] * 30
    pins = pinned(counts, *range(1, 60, 2))
    rows = [(list(range(1, 60, 2)), [1.0] * 30, 13.0, np.inf)]
    conflict = smallest_conflict(bare(counts, allowed=pins, rows=rows))
    kinds = [member.kind for member in conflict.members]
    assert kinds.count("row") == 1
    assert kinds.count("pin") == 14
    assert conflict.minimal
    assert "and 5 more cannot hold together" in words_of(conflict)


def test_money_of_two_currencies_in_one_choice():
    """A limit of hundreds is not lost beside one of millions of millions."""
    counts = [2, 2]
    large, small = ([1, 3], [1e12, 2e12], 3e12, np.inf), ([1, 3], [60.0, 50.0], 100.0, np.inf)
    conflict = smallest_conflict(bare(counts, allowed=pinned(counts, 1, 3), rows=[large, small]))
    assert [m.name for m in conflict.members] == ["item0", "item1", "limit1"]
    small = ([1, 3], [60.0, 40.0], 100.0, np.inf)
    assert smallest_conflict(bare(counts, allowed=pinned(counts, 1, 3), rows=[large, small])) is None


def test_undecided_questions_are_not_passed_off_as_proofs(monkeypatch):
    """Where the solver gives up on smaller sets, the conflict found still conflicts and says it may not be smallest."""
    p = three_ways()
    monkeypatch.setattr(conflicts, "ROUNDS", 0)
    conflict = smallest_conflict(p)
    assert not conflict.smallest
    assert conflict.minimal
    assert not possible(p, [(m.kind, m.index) for m in conflict.members])
    solve = conflicts._Demands.possible
    whole = len(conflicts._Demands(p))
    monkeypatch.setattr(
        conflicts._Demands, "possible", lambda d, kept: solve(d, kept) if len(kept) == whole else None
    )
    conflict = smallest_conflict(p)
    assert not conflict.minimal
    assert not possible(p, [(m.kind, m.index) for m in conflict.members])
    monkeypatch.setattr(conflicts._Demands, "possible", lambda d, kept: None)
    assert smallest_conflict(p) is None


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_releasing_what_is_named_helps(lang):
    """Taking the advice, whichever member is released, leaves a choice."""
    p = three_ways()
    assert words_of(smallest_conflict(p), lang)
    free = replace(p, allowed=np.ones(p.options, bool))
    roomy = replace(p, rows=replace(p.rows, limit=p.rows.limit + np.array([10.0, 0.0])))
    unneeded = replace(p, need_option=NONE, need_start=np.array([0]), need_provider=NONE)
    assert [smallest_conflict(q) for q in (free, roomy, unneeded)] == [None, None, None]
