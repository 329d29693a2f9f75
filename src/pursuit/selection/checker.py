"""Judges an answer to a choice from the problem's arrays alone; shares no code with what made it.

As a command it judges files: ``python -m pursuit.selection.checker problem.npz result.npz``. Where the result holds the
prices behind its bound, the bound is proved again.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from pursuit.errors import SolveError
from pursuit.selection.loaded import OUTSIDE, UNDONE, Loading
from pursuit.selection.problem import TAIL, Bools, Cash, Floats, Ints, Packages, Rows, SelectionProblem
from pursuit.selection.proof import price_faults, proven_bound

SHARE = 1e-6
"""Share of a package, and of the hours of a week, forgiven to rounding."""

MONEY = 1e-6
"""Share of the money that moves in a scenario, forgiven to rounding."""

PROOF = 1e-9
"""Share of the bound forgiven to rounding."""

TOLD = 3
"""Places named in one complaint; the rest is counted."""


def check(
    problem: SelectionProblem,
    choice: Ints,
    loading: Loading,
    *,
    value: float | None = None,
    values: Floats | None = None,
    row_cost: float | None = None,
    bound: float | None = None,
) -> list[str]:
    """Everything that is wrong with an answer, as sentences; empty when it is sound.

    Parameters
    ----------
    problem
        The problem, which has been validated when it was made.
    choice
        (I,) option taken by each item.
    loading
        How the work is carried out in every scenario.
    value, values, row_cost, bound
        What is claimed: the objective, the worth in each scenario (S,), what broken soft rows cost, and what no choice
        can exceed. What is not given is not compared.
    """
    choice = np.asarray(choice)
    faults = list(_choice_shape(problem, choice)) + list(_loading_shape(problem, loading))
    if faults:
        return faults
    faults += _limits(problem, choice)
    spent = np.zeros(problem.scenarios)
    for s in range(problem.scenarios):
        work = _Scenario(problem, choice, loading, s)
        faults += [f"scenario {s}: {fault}" for fault in work.faults()]
        spent[s] = work.cost()
    before, cash = worth_before_work(problem, choice)
    real = before - cash - spent
    size = np.abs(problem.base_value) + np.abs(problem.value[choice]).sum(axis=0) + cash + spent
    return faults + list(_claims(problem, choice, real, size, value, values, row_cost, bound))


def check_bound(problem: SelectionProblem, bound: float, prices: Mapping[str, Floats]) -> list[str]:
    """Why ``bound`` does not follow from prices (by name, as in :mod:`pursuit.selection.proof`); empty if it does."""
    faults = price_faults(problem, **prices)
    if not faults:
        proven = proven_bound(problem, **prices)
        if not bound >= proven - PROOF * max(abs(proven), float(np.abs(problem.value).max())):
            faults.append(f"the prices prove {proven:.10g}, not {bound:.10g}")
    return faults


def worth_before_work(p: SelectionProblem, choice: Ints) -> tuple[Floats, Floats]:
    """Worth (S,) of a choice apart from its work, and what a balance under the floor costs (S,)."""
    c = p.cash
    balance = c.base + c.fixed[choice].sum(axis=0)
    for option in choice:
        balance = balance + np.where(p.won[option][:, None], c.won[option], 0.0)
    for e in np.flatnonzero(np.isin(c.exact_option, choice)):
        balance = balance + c.exact[e].T
    short = np.maximum(c.floor - balance, 0.0).sum(axis=1)
    return p.base_value + p.value[choice].sum(axis=0), c.penalty * short


def objective(p: SelectionProblem, values: Floats, row_cost: float) -> float:
    """``(1 - risk aversion) * mean + risk aversion * mean of the worst tenth - cost of broken soft rows``.

    The tenth is met exactly: where it is no whole number of scenarios, the last of them counts in part.
    """
    mass = TAIL * len(values)
    weight = np.clip(mass - np.arange(len(values)), 0.0, 1.0)
    worst = float(np.sort(values) @ weight) / mass
    return (1 - p.risk_aversion) * float(values.mean()) + p.risk_aversion * worst - row_cost


def soft_cost(p: SelectionProblem, choice: Ints) -> float:
    """What the limits cost that may be broken at a price."""
    excess = np.maximum(p.rows.use(choice, p.options) - p.rows.limit, 0.0)
    soft = np.isfinite(p.rows.penalty)
    return float((excess[soft] * p.rows.penalty[soft]).sum())


def _choice_shape(p: SelectionProblem, choice: Ints) -> Iterator[str]:
    if choice.shape != (p.items,) or not np.issubdtype(choice.dtype, np.integer):
        yield f"the choice must name one option for each of {p.items} items"
        return
    wrong = np.flatnonzero((choice < p.item_start[:-1]) | (choice >= p.item_start[1:]))
    if len(wrong):
        yield f"{_some(wrong, p.item_ids)}: the option taken belongs to another item"


def _loading_shape(p: SelectionProblem, loading: Loading) -> Iterator[str]:
    start, n = loading.scenario_start, len(loading.package)
    if start.shape != (p.scenarios + 1,) or start[0] != 0 or start[-1] != n or np.any(np.diff(start) < 0):
        yield "the loading's scenario_start does not divide its entries among the scenarios"
    elif loading.week.shape != (n,) or loading.share.shape != (n,):
        yield "the loading's package, week and share differ in length"
    elif np.any(loading.package < 0) or np.any(loading.package >= len(p.packages)):
        yield "the loading names a package that does not exist"
    elif np.any(loading.week < UNDONE) or np.any(loading.week >= p.capacity.shape[1]):
        yield "the loading names a week that does not exist"
    elif not np.all(np.isfinite(loading.share)):
        yield "the loading holds a share that is not a number"


def _limits(p: SelectionProblem, choice: Ints) -> list[str]:
    """Pins, needs and hard rows that the choice breaks."""
    faults = []
    forbidden = choice[~p.allowed[choice]]
    if len(forbidden):
        faults.append(f"{_some(forbidden, p.option_ids)}: taken although not allowed")
    taken = np.isin(np.arange(p.options), choice)
    for k, option in enumerate(p.need_option):
        providers = p.need_provider[p.need_start[k] : p.need_start[k + 1]]
        if taken[option] and not taken[providers].any():
            faults.append(f"{p.option_ids[option]}: taken without anything that need {k} asks for")
    use = p.rows.use(choice, p.options)
    size = np.abs(p.rows.limit)
    np.maximum.at(size, p.rows.row_of, np.abs(p.rows.coefficient))
    for row in np.flatnonzero(~np.isfinite(p.rows.penalty) & (use > p.rows.limit + 1e-9 * size)):
        faults.append(f"limit {p.rows.names[row]}: {use[row]:.6g} where {p.rows.limit[row]:.6g} is the most")
    return faults


class _Scenario:
    """The loading of one scenario: what of each package was worked when, given outside and not done."""

    def __init__(self, p: SelectionProblem, choice: Ints, loading: Loading, s: int) -> None:
        self.p, self.k, self.s = p, p.packages, s
        self.coming = self._coming(choice)
        here = slice(int(loading.scenario_start[s]), int(loading.scenario_start[s + 1]))
        T = p.capacity.shape[1]
        place = loading.package[here].astype(np.int64) * (T + 2) + loading.week[here] + 2
        places, entry = np.unique(place, return_inverse=True)
        share = np.bincount(entry, weights=loading.share[here], minlength=len(places))
        package, week = places // (T + 2), places % (T + 2) - 2
        self.package, self.week, self.share = (a[week >= 0] for a in (package, week, share))
        self.outside, self.undone = (
            np.bincount(package[week == way], weights=share[week == way], minlength=len(self.k))
            for way in (OUTSIDE, UNDONE)
        )
        self.least_share = loading.share[here].min(initial=0.0)
        gains = np.isin(p.gain_option, choice)
        self.regular = np.maximum(p.capacity + p.capacity_gain[gains].sum(axis=0), 0.0)
        self.used = self._hours()

    def _coming(self, choice: Ints) -> Bools:
        """(P,) packages that come with the choice in this scenario."""
        p, s = self.p, self.s
        bundle = np.zeros(self.k.bundles + 1, dtype=bool)  # one place more, where -1 points
        bundle[p.base_bundle[(p.base_scenario == s) | (p.base_scenario == -1)]] = True
        bundle[p.sure[choice]] = True
        bundle[p.if_won[choice[p.won[choice, s]]]] = True
        return np.repeat(bundle[:-1], np.diff(self.k.bundle_start))

    def _hours(self) -> Floats:
        """(R, T) hours taken, overrun included."""
        k, (R, T) = self.k, self.p.capacity.shape
        count = k.use_start[self.package + 1] - k.use_start[self.package]
        entry = np.repeat(np.arange(len(count)), count)
        use = (
            k.use_start[self.package[entry]]
            + np.arange(len(entry))
            - np.repeat(np.cumsum(count) - count, count)
        )
        resource = k.use_resource[use]
        hours = self.share[entry] * k.use_hours[use] * self.p.hours_factor[resource, self.s]
        used = np.zeros((R, T))
        np.add.at(used, (resource, self.week[entry]), hours)
        return used

    def cost(self) -> float:
        """Money that late work, overtime, work outside and work not done cost."""
        k, late = self.k, np.maximum(self.week - self.k.due[self.package], 0)
        per_share = np.minimum(k.late_cost[self.package] * late, k.late_cap[self.package])
        overtime = np.maximum(self.used - self.regular, 0.0).sum(axis=1)
        given = np.flatnonzero(self.outside > 0)
        outside = np.where(np.isfinite(k.subcontract_cost[given]), k.subcontract_cost[given], 0.0)
        return float(
            per_share @ self.share
            + overtime @ self.p.overtime_cost
            + outside @ self.outside[given]
            + k.breach_cost @ self.undone
        )

    def faults(self) -> Iterator[str]:
        """What of the loading cannot be."""
        k = self.k
        worked = np.bincount(self.package, weights=self.share, minlength=len(k))
        total = worked + self.outside + self.undone
        if self.least_share < -SHARE:
            yield "a share is negative"
        yield from _told("shares of {} do not sum to one", self.coming & (np.abs(total - 1) > SHARE))
        yield from _told(
            "{} is carried out although it does not come", ~self.coming & (np.abs(total) > SHARE)
        )
        there = np.abs(self.share) > SHARE
        off = (self.week < k.first[self.package]) | (self.week > k.last[self.package])
        yield from _told("{} is worked outside its window", self._packages(off & there))
        yield from _told(
            "{} is worked faster than its rate", self._packages(self.share > k.rate[self.package] + SHARE)
        )
        most = np.where(np.isfinite(k.subcontract_cost), k.subcontract_share, 0.0)
        yield from _told("more of {} is given outside than may be", self.outside > most + SHARE)
        yield from self._least()
        yield from self._before()
        most_hours = self.regular + self.p.overtime
        over = self.used > most_hours + SHARE * (1 + most_hours)
        for r, t in np.argwhere(over)[:TOLD]:
            hours = f"{self.used[r, t]:.6g} hours where there are {most_hours[r, t]:.6g}"
            yield f"resource {r} works {hours} in week {t}"

    def _packages(self, entries: Bools) -> Bools:
        """(P,) packages of the worked shares picked out."""
        return np.bincount(self.package[entries], minlength=len(self.k)) > 0

    def _least(self) -> Iterator[str]:
        """A week's least share that was not worked is lost: other weeks cannot make up for it."""
        k = self.k
        weeks = np.maximum(np.minimum(k.due, k.last) - k.first + 1, 0)
        free = np.maximum(1.0 - k.least * weeks, 0.0)
        asked = np.where(self.week <= k.due[self.package], k.least[self.package], 0.0)
        extra = np.bincount(self.package, weights=np.maximum(self.share - asked, 0.0), minlength=len(k))
        late = self.coming & (k.least > 0) & (extra > free + SHARE)
        yield from _told("{} makes up in one week for the least share of another", late)

    def _before(self) -> Iterator[str]:
        """No larger share worked by the end of a week than the one before had done by the end of the week before."""
        k, T = self.k, self.p.capacity.shape[1]
        later = np.flatnonzero(self.coming & (k.before >= 0))
        involved = np.union1d(later, k.before[later])
        row = np.full(len(k), -1)
        row[involved] = np.arange(len(involved))
        kept = row[self.package] >= 0
        worked = np.zeros((len(involved), T + 1))  # one week ahead of the first: nothing worked yet
        worked[row[self.package[kept]], self.week[kept] + 1] = self.share[kept]
        by = worked.cumsum(axis=1)
        free = (self.outside + self.undone)[k.before[later]]
        early = by[row[later], 1:] > free[:, None] + by[row[k.before[later]], :-1] + SHARE
        wrong = np.zeros(len(k), dtype=bool)
        wrong[later[early.any(axis=1)]] = True
        yield from _told("{} is ahead of the package before it", wrong)


def _claims(
    p: SelectionProblem,
    choice: Ints,
    real: Floats,
    size: Floats,
    value: float | None,
    values: Floats | None,
    row_cost: float | None,
    bound: float | None,
) -> Iterator[str]:
    """Where what is claimed is not what was found; ``size`` (S,) is the money that moves in each scenario."""
    rows = soft_cost(p, choice)
    total = objective(p, real, rows)
    scale = float(size.max()) + rows
    if values is not None:
        if np.shape(values) != real.shape:
            yield f"{real.size} scenarios, but {np.size(values)} values"
        else:
            for s in np.flatnonzero(~(np.abs(values - real) <= MONEY * size + 1e-9))[:TOLD]:
                yield f"scenario {s}: worth {real[s]:.10g}, not {values[s]:.10g}"
    if row_cost is not None and not abs(row_cost - rows) <= MONEY * abs(rows) + 1e-9:
        yield f"broken limits cost {rows:.10g}, not {row_cost:.10g}"
    if value is not None and not abs(value - total) <= MONEY * scale + 1e-9:
        yield f"the objective is {total:.10g}, not {value:.10g}"
    if bound is not None and not bound >= total - MONEY * scale - 1e-9:
        yield f"the bound {bound:.10g} lies under the objective {total:.10g}"


def _some(which: Ints | Sequence[int], names: Sequence[str]) -> str:
    rest = len(which) - TOLD
    return ", ".join(names[i] for i in which[:TOLD]) + (f" and {rest} more" if rest > 0 else "")


def _told(sentence: str, wrong: Bools) -> Iterator[str]:
    """The sentence about the packages that are wrong, if any."""
    packages = np.flatnonzero(wrong)
    if len(packages):
        rest = len(packages) - TOLD
        named = ", ".join(f"package {p}" for p in packages[:TOLD]) + (f" and {rest} more" if rest > 0 else "")
        yield sentence.format(named)


def _part(data: Mapping[str, Any], kind: type, prefix: str) -> dict[str, Any]:
    """Fields of one part of a problem, whose keys carry its name in front."""
    return {f.name: _plain(data[prefix + f.name], f.name) for f in fields(kind)}


def _plain(array: Any, name: str) -> Any:
    """Names as a tuple of text, single numbers as such, arrays as they are."""
    if name in ("item_ids", "option_ids", "names"):
        return tuple(str(text) for text in array)
    return array.item() if array.ndim == 0 else array


def read_problem(path: Path) -> SelectionProblem:
    """The problem of a file, by NumPy alone."""
    with np.load(path, allow_pickle=False) as data:
        own = {f.name for f in fields(SelectionProblem)} - {"packages", "rows", "cash"}
        return SelectionProblem(
            **{name: _plain(data[name], name) for name in own},
            packages=Packages(**_part(data, Packages, "packages_")),
            rows=Rows(**_part(data, Rows, "rows_")),
            cash=Cash(**_part(data, Cash, "cash_")),
        )


def check_files(problem_path: Path, result_path: Path) -> list[str]:
    """What is wrong with the result of one file as an answer to the problem of another."""
    problem = read_problem(problem_path)
    with np.load(result_path, allow_pickle=False) as data:
        loading, bound = Loading(**_part(data, Loading, "loading_")), float(data["bound"])
        if "risk_aversion" in data:  # a solve may be asked for another one than the problem's
            problem = replace(problem, risk_aversion=float(data["risk_aversion"]))
        faults = check(
            problem,
            data["choice"],
            loading,
            value=float(data["value"]),
            values=data["values"],
            row_cost=float(data["row_cost"]),
            bound=bound,
        )
        if "prices_hour" in data:
            names = ("hour", "weight", "row", "need", "cash")
            faults += check_bound(problem, bound, {name: data[f"prices_{name}"] for name in names})
        return faults


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the two files named; 0 if the answer is sound, 1 if not, 2 if they cannot be read."""
    paths = [Path(a) for a in (sys.argv[1:] if arguments is None else arguments)]
    if len(paths) != 2:
        print("Name two files: python -m pursuit.selection.checker problem.npz result.npz", file=sys.stderr)
        return 2
    try:
        faults = check_files(*paths)
    except KeyError as fault:
        print(f"A file lacks an array: {fault.args[0]} Save it again with pursuit solve.", file=sys.stderr)
        return 2
    except (OSError, ValueError, TypeError, zipfile.BadZipFile, SolveError) as fault:
        print(f"{paths[0]} and {paths[1]} cannot be judged: {fault}", file=sys.stderr)
        return 2
    for fault_found in faults:
        print(fault_found)
    print("The answer is sound." if not faults else f"{len(faults)} faults.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
