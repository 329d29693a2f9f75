"""Seeded small problems with every part of the model in them, and ways to change one."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from itertools import product

import numpy as np

from pursuit.selection.problem import Cash, Packages, Rows, SelectionProblem

MARGIN = 100.0
"""What a deal is worth, before the unit of money."""


@dataclass
class _Work:
    """Bundles being written down; columns as in ``Packages``."""

    rng: np.random.Generator
    resources: int
    weeks: int
    stiff: bool
    start: list[int] = field(default_factory=lambda: [0])
    rows: list[tuple] = field(default_factory=list)
    uses: list[list[tuple[int, float]]] = field(default_factory=list)

    def bundle(self, worth: float, whole: bool = False) -> int:
        """One to three packages: side by side, in a chain, on two resources, with a least share."""
        rng = self.rng
        count = int(rng.integers(1, 4)) if self.stiff else 1
        chain = self.stiff and rng.random() < 0.5
        first = int(rng.integers(0, max(self.weeks - 2, 1)))
        for n in range(count):
            before = len(self.rows) - 1 if chain and n else -1
            wait = n if chain and rng.random() < 0.7 else 0
            begin = min(first + wait, self.weeks - 1)
            least = 0.0
            last = int(rng.integers(begin, self.weeks))
            due = last if whole else int(rng.integers(begin, last + 1))
            rate = 1.0 / float(rng.choice([1.0, 1.5, 2.0, 3.0]))
            if self.stiff and before < 0 and rng.random() < 0.3:
                least = min(rate, 1.0 / (due - begin + 1)) * float(rng.choice([0.3, 0.7, 1.0]))
            late = float(rng.uniform(0.02, 0.3)) * worth
            cap = np.inf if rng.random() < 0.2 else 3 * late
            outside = float(rng.uniform(0.1, 0.8)) * worth if rng.random() < 0.5 else np.inf
            share = float(rng.choice([0.3, 0.6, 1.0]))
            breach = float(rng.uniform(0.5, 2.0)) * worth
            self.rows.append((begin, last, due, rate, least, before, late, cap, outside, share, breach))
            places = rng.permutation(self.resources)[: 2 if self.stiff and rng.random() < 0.4 else 1]
            self.uses.append([(int(r), float(rng.uniform(5, 30))) for r in places])
        self.start.append(len(self.rows))
        return len(self.start) - 2

    def hours(self, bundle: int) -> float:
        """Planned hours of a bundle on all resources."""
        return sum(h for p in range(self.start[bundle], self.start[bundle + 1]) for _, h in self.uses[p])

    def packages(self) -> Packages:
        columns = list(zip(*self.rows, strict=True)) or [()] * 11
        types = [np.int64] * 3 + [float] * 2 + [np.int64] + [float] * 5
        arrays = [np.array(c, dtype=t) for c, t in zip(columns, types, strict=True)]
        flat = [use for uses in self.uses for use in uses]
        return Packages(
            np.array(self.start),
            *arrays,
            use_start=np.cumsum([0, *map(len, self.uses)]),
            use_resource=np.array([r for r, _ in flat], dtype=np.int64),
            use_hours=np.array([h for _, h in flat], dtype=float),
        )


@dataclass
class _Options:
    """Options being written down, item by item."""

    starts: list[int] = field(default_factory=lambda: [0])
    items: list[str] = field(default_factory=list)
    chance: list[float] = field(default_factory=list)
    margin: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    sure: list[int] = field(default_factory=list)
    if_won: list[int] = field(default_factory=list)

    def add(self, chance=1.0, margin=0.0, cost=0.0, sure=-1, if_won=-1) -> int:
        for name, what in (("chance", chance), ("margin", margin), ("cost", cost)):
            getattr(self, name).append(float(what))
        self.sure.append(sure)
        self.if_won.append(if_won)
        return len(self.chance) - 1

    def close(self, name: str) -> None:
        self.items.append(name)
        self.starts.append(len(self.chance))


def random_problem(
    seed,
    *,
    opportunities=None,
    investments=None,
    projects=None,
    resources=None,
    weeks=None,
    scenarios=None,
    arrivals=0.7,
    tightness=None,
    risk_aversion=None,
    rows=True,
    cash=True,
    stiff=True,
    money=None,
) -> SelectionProblem:
    """A made-up vendor's choice; what is not given is drawn from the seed.

    ``tightness`` is the work of everything over regular hours, ``money`` the worth of one unit of money (won or
    dollars), ``stiff=False`` leaves work that flows freely: one package a bundle, on one resource.
    """
    rng = np.random.default_rng([seed, 5])
    drawn = {
        "opportunities": rng.integers(2, 6), "investments": rng.integers(0, 3), "projects": rng.integers(0, 2),
        "resources": rng.integers(1, 4), "weeks": rng.integers(4, 9),
        "scenarios": rng.choice([2, 3, 4, 5, 6, 8, 12]),
        "tightness": rng.choice([0.7, 1.2, 2.0, 4.0]), "risk_aversion": rng.choice([0.0, 0.3, 1.0]),
        "money": rng.choice([1.0, 1e7]),
    }  # fmt: skip
    given = locals()
    v = {name: value if given[name] is None else given[name] for name, value in drawn.items()}
    S, R, T = int(v["scenarios"]), int(v["resources"]), int(v["weeks"])
    work = _Work(rng, R, T, stiff)
    o = _Options()
    for i in range(int(v["opportunities"])):
        _opportunity(rng, o, work, i)
    deals = len(o.chance)
    for i in range(int(v["projects"])):
        _project(rng, o, work, i)
    buys = _invest(rng, o, int(v["investments"]))
    base = [work.bundle(0.3 * MARGIN) for _ in range(int(rng.integers(0, 2)))]
    base_scenario = [-1] * len(base)
    for s in range(S):
        for _ in range(int(rng.poisson(arrivals))):
            base.append(work.bundle(0.3 * MARGIN, whole=True))
            base_scenario.append(s)
    packages = _in_money(work.packages(), float(v["money"]))
    load = sum(work.hours(b) for b, s in zip(base, base_scenario, strict=True) if s < 0)
    load += sum(
        work.hours(b) * c
        for b, c in {b: c for b, c in zip(o.if_won + o.sure, o.chance * 2, strict=True) if b >= 0}.items()
    )
    capacity = (
        load
        / float(v["tightness"])
        / R
        / T
        * rng.choice([0.0, 0.6, 1.0, 1.4], (R, T), p=[0.05, 0.25, 0.4, 0.3])
    )
    return _problem(rng, o, packages, base, base_scenario, capacity, buys, deals, v, rows, cash)


def _opportunity(rng, o: _Options, work: _Work, i: int) -> None:
    """Decline; pursue; perhaps at heavy effort for the same work; perhaps with another offer of its own."""
    margin, chance = MARGIN * float(rng.lognormal(0, 0.6)), float(rng.uniform(0.2, 0.95))
    order = work.bundle(margin)
    o.add()
    presales = work.bundle(0.2 * margin) if rng.random() < 0.4 else -1
    o.add(chance, margin, 5.0, sure=presales, if_won=order)
    if rng.random() < 0.5:
        o.add(min(chance + 0.2, 1.0), margin, 12.0, sure=presales, if_won=order)
    if rng.random() < 0.3:
        o.add(chance * 0.8, 1.3 * margin, 6.0, if_won=work.bundle(1.3 * margin))
    o.close(f"deal{i}")


def _project(rng, o: _Options, work: _Work, i: int) -> None:
    """As planned, or another way that costs and is easier to carry out."""
    worth = 0.8 * MARGIN
    o.add(1.0, worth, 0.0, sure=work.bundle(worth))
    o.add(1.0, worth, 15.0, sure=work.bundle(worth))
    o.close(f"project{i}")


def _invest(rng, o: _Options, count: int) -> list[int]:
    """Not at all, now, later; the last one moves hours from one resource to another."""
    buys = []
    for i in range(count):
        o.add()
        buys.append(o.add(cost=rng.uniform(5, 60)))
        if rng.random() < 0.5:
            buys.append(o.add(cost=rng.uniform(3, 40)))
        o.close(f"invest{i}")
    return buys


def _gains(rng, capacity, buys, items) -> np.ndarray:
    gains = np.zeros((len(buys), *capacity.shape))
    mean, R = capacity.mean(), len(capacity)
    for g in range(len(buys)):
        r, start = int(rng.integers(R)), int(rng.integers(0, capacity.shape[1]))
        gains[g, r, start:] = rng.uniform(0.2, 0.6) * mean
        if rng.random() < 0.4:
            other = int(rng.integers(R))
            gains[g, other] = np.minimum(gains[g, other], 0) - rng.uniform(0.1, 0.4) * capacity[other]
    return gains


def _problem(rng, o, packages, base, base_scenario, capacity, buys, deals, v, rows, cash) -> SelectionProblem:
    S, R, money = int(v["scenarios"]), len(capacity), float(v["money"])
    O, chance = len(o.chance), np.array(o.chance)
    start = np.array(o.starts)
    item_of = np.repeat(np.arange(len(o.items)), np.diff(start))
    mood = 0.6 * rng.normal(size=S) + rng.normal(size=(len(o.items), S))
    luck = (np.argsort(np.argsort(mood, axis=1), axis=1) + rng.random((len(o.items), 1))) / S
    won = luck[item_of] < chance[:, None]
    cost, margin = np.array(o.cost), np.array(o.margin)
    value = won * margin[:, None] * rng.uniform(0.8, 1.2, (O, S)) - cost[:, None]
    needs = _needs(rng, start, buys, deals)
    return SelectionProblem(
        item_ids=tuple(o.items),
        option_ids=tuple(f"option{n}" for n in range(O)),
        item_start=start,
        allowed=np.ones(O, bool),
        value=money * value,
        won=won,
        base_value=money * rng.uniform(0, 2 * MARGIN, S),
        packages=packages,
        sure=np.array(o.sure),
        if_won=np.array(o.if_won),
        base_bundle=np.array(base, dtype=np.int64),
        base_scenario=np.array(base_scenario, dtype=np.int64),
        hours_factor=rng.lognormal(0, 0.15, (R, S)),
        capacity=capacity,
        overtime=float(rng.choice([0.0, 0.2])) * capacity,
        overtime_cost=money * rng.uniform(0.2, 2.0, R),
        gain_option=np.array(buys, dtype=np.int64),
        capacity_gain=_gains(rng, capacity, buys, item_of),
        need_option=np.array([n for n, _ in needs], dtype=np.int64),
        need_start=np.cumsum([0, *(len(q) for _, q in needs)]),
        need_provider=np.array([q for _, qs in needs for q in qs], dtype=np.int64),
        rows=_rows(rng, chance, money * margin, start, deals) if rows else no_rows(),
        cash=_cash(rng, money * cost, money * margin, deals, S, len(o.items), money)
        if cash
        else no_cash(O, S),
        risk_aversion=float(v["risk_aversion"]),
    )


def _needs(rng, start, buys, deals) -> list[tuple[int, list[int]]]:
    """Some deals need one of the investments, some any of two; two deals now and then need each other."""
    needs: list[tuple[int, list[int]]] = []
    heads = [int(s) for s in start[:-1] if s < deals]
    for n, head in enumerate(heads[:: 3 if len(heads) > 6 else 2] if buys else []):
        providers = [int(buys[n % len(buys)])]
        if rng.random() < 0.4:
            providers.append(int(buys[int(rng.integers(len(buys)))]))
        needs.append((head + 1, sorted(set(providers))))
    if len(heads) > 2 and rng.random() < 0.4:
        one, other = heads[-1] + 1, heads[-2] + 1
        needs += [(one, [other]), (other, [one])]
    return needs


def _rows(rng, chance, margin, start, deals) -> Rows:
    """Exposure (hard), a goal (soft), a budget of effort (soft or hard), two deals that exclude each other."""
    options = np.flatnonzero(margin[:deals] > 0)
    exposure = chance[options] * margin[options] * rng.uniform(1, 3, len(options))
    found = [
        (options, exposure, 0.7 * exposure.sum(), np.inf, "exposure"),
        (options, -(chance * margin)[options], -0.5 * (chance * margin).sum(), 0.3, "goal"),
        (options, np.ones(len(options)), 0.5 * len(options), rng.choice([4.0 * margin.mean(), np.inf]), "effort"),
    ]  # fmt: skip
    if len(start) > 3 and rng.random() < 0.6:
        pair = np.array([start[0] + 1, start[1] + 1])
        found.append((pair, np.ones(2), 1.0, np.inf, "either"))
    return rows_of(found)


def rows_of(found) -> Rows:
    """Rows from (options, coefficients, limit, penalty, name)."""
    return Rows(
        start=np.cumsum([0, *(len(f[0]) for f in found)]),
        option=np.concatenate([np.zeros(0, np.int64), *(np.asarray(f[0], np.int64) for f in found)]),
        coefficient=np.concatenate([np.zeros(0), *(np.asarray(f[1], float) for f in found)]),
        limit=np.array([float(f[2]) for f in found]),
        penalty=np.array([float(f[3]) for f in found]),
        names=tuple(str(f[4]) for f in found),
    )


def no_rows() -> Rows:
    """No limits on the choice."""
    return rows_of([])


def no_cash(options: int, scenarios: int) -> Cash:
    """No months to watch."""
    flow = np.zeros((options, 0))
    return Cash(
        np.zeros((scenarios, 0)),
        flow,
        flow,
        np.zeros(0, np.int64),
        np.zeros((0, 0, scenarios)),
        np.zeros(0),
        0.0,
    )


def _cash(rng, cost, margin, deals, S, items, money) -> Cash:
    """Three months: costs first, what is won later, and one option told scenario by scenario."""
    share = np.array([0.0, 0.5, 1.0])
    exact = np.array([int(rng.integers(deals))])
    return Cash(
        base=money * rng.uniform(-10.0, 6.0 * items, (S, 3)),
        fixed=np.repeat(-cost[:, None], 3, axis=1),
        won=(0.6 * margin)[:, None] * share - 0.2 * margin[:, None] * (1 - share),
        exact_option=exact,
        exact=money * rng.normal(0, 20, (1, 3, S)),
        floor=np.zeros(3),
        penalty=0.4,
    )


def _in_money(packages: Packages, money: float) -> Packages:
    names = ("late_cost", "late_cap", "subcontract_cost", "breach_cost")
    return replace(packages, **{name: money * getattr(packages, name) for name in names})


def pinned(p: SelectionProblem, *options: int) -> SelectionProblem:
    """The same choice with these options decided already."""
    allowed = p.allowed.copy()
    for option in options:
        allowed[list(p.options_of(int(p.item_of[option])))] = False
        allowed[option] = True
    return replace(p, allowed=allowed)


def without(p: SelectionProblem, option: int) -> SelectionProblem:
    """The same choice with one option forbidden."""
    allowed = p.allowed.copy()
    allowed[option] = False
    return replace(p, allowed=allowed)


def roomier(p: SelectionProblem, factor: float) -> SelectionProblem:
    """The same choice with ``factor`` times the regular hours."""
    gain = p.capacity_gain if factor >= 1 else p.capacity_gain * factor
    return replace(p, capacity=p.capacity * factor, capacity_gain=gain)


def without_work(p: SelectionProblem) -> SelectionProblem:
    """The same choice where nothing has to be carried out."""
    none = np.full(p.options, -1)
    nothing = {f.name: getattr(p.packages, f.name)[:0] for f in fields(Packages)}
    for name in ("bundle_start", "use_start"):
        nothing[name] = np.zeros(1, np.int64)
    empty = np.zeros(0, np.int64)
    return replace(
        p, packages=Packages(**nothing), sure=none, if_won=none, base_bundle=empty, base_scenario=empty
    )


def random_choice(p: SelectionProblem, rng) -> np.ndarray:
    """One option per item, whatever it breaks."""
    return np.array([rng.choice(p.options_of(i)) for i in range(p.items)])


def choices(p: SelectionProblem):
    """Every choice that the pins leave."""
    ways = [[o for o in p.options_of(i) if p.allowed[o]] for i in range(p.items)]
    return (np.array(choice) for choice in product(*ways))


def best_by_enumeration(p: SelectionProblem):
    """Objective and choice of the best of all choices as the firm values them, or (-inf, None)."""
    from pursuit.selection.compiled import compile_problem
    from pursuit.selection.firm import Firm

    best, best_choice, firm = -np.inf, None, None
    for choice in choices(p):
        if firm is None:
            firm = Firm(compile_problem(p), choice)
        moved = [i for i in range(p.items) if firm.choice[i] != choice[i]]
        firm.take([int(firm.choice[i]) for i in moved], [int(choice[i]) for i in moved])
        worth = firm.worth()
        if worth.feasible and worth.objective > best:
            best, best_choice = worth.objective, choice
    return best, best_choice
