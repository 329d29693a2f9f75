"""The whole choice, and the second stage of a given one, as sparse programmes for HiGHS; no code of the solver.

The extensive form is written as tightly as it can be without cuts: shares are tied to the options that bring their
package, week by week, and cut by what a resource could ever give.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from benchmarks.sparse import IMPOSSIBLE, Program
from benchmarks.work import Coming, Money, Shares, carry_out, keep_room, packages_coming
from pursuit.selection.loaded import OUTSIDE, UNDONE, Loading
from pursuit.selection.problem import TAIL, Floats, Ints, SelectionProblem

GAP = 1e-9
"""Relative gap at which HiGHS may stop."""


@dataclass(frozen=True)
class Answer:
    """What HiGHS found.

    Attributes
    ----------
    value, choice
        Objective and option by item (I,) of the best choice; None while it has none, or where only the relaxation was
        asked for (then ``value`` is the relaxation's).
    bound
        What no choice can exceed; infinite while HiGHS has proved nothing.
    history
        (CPU seconds since the build began, value) of each better choice.
    seconds
        CPU seconds in all.
    status
        HiGHS's own word for how it ended.
    """

    value: float | None
    bound: float
    choice: Ints | None
    history: tuple[tuple[float, float], ...]
    seconds: float
    status: str


def extensive(p: SelectionProblem, seconds: float = 60.0, relax: bool = False) -> Answer:
    """Best choice found within the time; with ``relax`` the linear relaxation, whose value is its bound.

    Parameters
    ----------
    seconds
        CPU seconds, building included; HiGHS is asked to stop then, and made to after twice as long by the clock.
    """
    began = time.process_time()
    unit = _unit(p)
    program = Program()
    x = program.columns(p.options, 0.0, p.allowed.astype(float))
    _first_stage(program, p, x, unit)
    S, risk = p.scenarios, p.risk_aversion
    worth = program.columns(S, -np.inf, np.inf, -(1 - risk) / S)
    money = Money()
    coming = packages_coming(p, p.allowed, np.arange(S), fixed=False)
    shares = carry_out(program, p, coming, money)
    keep_room(program, p, coming, shares, money, p.capacity, x)
    _cash(program, p, x, money, unit)
    rows = program.rows(p.base_value / unit, p.base_value / unit)
    program.add(rows, worth, 1.0)
    program.add(np.repeat(rows, p.options), np.tile(x, S), -p.value.T.ravel() / unit)
    for scenario, column, amount in zip(money.scenario, money.column, money.amount, strict=True):
        program.add(rows[scenario], column, amount / unit)
    if risk > 0:
        level = program.columns(1, -np.inf, np.inf, -risk)
        short = program.columns(S, 0.0, np.inf, risk / (TAIL * S))
        rows = program.rows(np.zeros(S), np.inf)
        program.add(rows, short, 1.0)
        program.add(rows, worth, 1.0)
        program.add(rows, np.repeat(level, S), -1.0)
    return _solved(program, p, began, seconds, relax, unit)


def second_stage(p: SelectionProblem, choice: Ints, s: int) -> float:
    """Least cost of carrying out the work of ``choice`` (I,) in scenario ``s``."""
    return float(carried_out(p, choice, [s])[0][0])


def carried_out(
    p: SelectionProblem, choice: Ints, scenarios: Sequence[int] | None = None
) -> tuple[Floats, Loading]:
    """Least cost (n,) of the work of ``choice`` (I,) in the scenarios asked for (all), and a loading that costs it.

    The loading has all S scenarios; those not asked for are empty.
    """
    which = np.arange(p.scenarios) if scenarios is None else np.array(scenarios, dtype=np.int64)
    taken = np.zeros(p.options, dtype=bool)
    taken[choice] = True
    regular = p.capacity + p.capacity_gain[taken[p.gain_option]].sum(axis=0)
    program, money = Program(), Money()
    coming = packages_coming(p, taken, which, fixed=True)
    shares = carry_out(program, p, coming, money)
    keep_room(program, p, coming, shares, money, np.maximum(regular, 0.0), None)
    scenario, column = np.concatenate(money.scenario), np.concatenate(money.column)
    amount = np.concatenate(money.amount)
    unit = max(float(np.abs(amount).max(initial=0.0)), 1e-12) / 1e3
    program.price(column, amount / unit)
    solution = np.zeros(0)
    if len(coming.package):
        highs = program.run(program.highs())
        assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal, highs.getModelStatus()
        solution = np.asarray(highs.getSolution().col_value)
    costs = np.bincount(scenario, weights=amount * solution[column], minlength=p.scenarios)[which]
    return costs, _loading(p, coming, shares, solution)


def _unit(p: SelectionProblem) -> float:
    """Money that HiGHS shall count as one, so that its absolute tolerances mean something."""
    k = p.packages
    sizes = [np.abs(p.value).max(), np.abs(p.base_value).max(), k.breach_cost.max(initial=0.0)]
    return float(max(*sizes, 1e-9)) / 1e4


def _first_stage(program: Program, p: SelectionProblem, x: Ints, unit: float) -> None:
    """One option per item, needs, rows."""
    rows = program.rows(np.ones(p.items), 1.0)
    program.add(rows[p.item_of], x, 1.0)
    needs = program.rows(np.full(len(p.need_option), -np.inf), 0.0)
    program.add(needs, x[p.need_option], 1.0)
    program.add(np.repeat(needs, np.diff(p.need_start)), x[p.need_provider], -1.0)
    soft = np.flatnonzero(np.isfinite(p.rows.penalty))
    scale = np.full(len(p.rows), 1e-9)
    np.maximum.at(scale, p.rows.row_of, np.abs(p.rows.coefficient))
    rows = program.rows(np.full(len(p.rows), -np.inf), p.rows.limit / scale)
    program.add(rows[p.rows.row_of], x[p.rows.option], p.rows.coefficient / scale[p.rows.row_of])
    excess = program.columns(len(soft), 0.0, np.inf, p.rows.penalty[soft] * scale[soft] / unit)
    program.add(rows[soft], excess, -1.0)


def _cash(program: Program, p: SelectionProblem, x: Ints, money: Money, unit: float) -> None:
    """Money short of the floor, by month and scenario."""
    S, M = p.scenarios, p.cash.months
    if not M:
        return
    flow = np.einsum("om,os->som", p.cash.won, p.won) + p.cash.fixed[None]
    np.add.at(flow, (slice(None), p.cash.exact_option), p.cash.exact.transpose(2, 0, 1))
    short = program.columns(S * M, 0.0, np.inf)
    money.add(np.repeat(np.arange(S), M), short, np.full(S * M, p.cash.penalty * unit))
    rows = program.rows(((p.cash.floor - p.cash.base) / unit).ravel(), np.inf)
    program.add(rows, short, 1.0)
    s, o, m = np.nonzero(flow)
    program.add(rows[s * M + m], x[o], flow[s, o, m] / unit)


def _solved(
    program: Program, p: SelectionProblem, began: float, seconds: float, relax: bool, unit: float
) -> Answer:
    highs = program.highs(0 if relax else p.options)
    highs.setOptionValue("mip_rel_gap", GAP)
    highs.setOptionValue("mip_abs_gap", GAP)
    history: list[tuple[float, float]] = []

    def better(event: highspy.highs.HighsCallbackEvent) -> None:
        history.append((time.process_time() - began, -event.data_out.objective_function_value * unit))

    def tired(event: highspy.highs.HighsCallbackEvent) -> None:
        if time.process_time() - began > seconds:
            event.data_in.user_interrupt = True

    highs.setOptionValue("time_limit", 2.0 * max(seconds - (time.process_time() - began), 0.1))
    highs.cbMipImprovingSolution.subscribe(better)
    highs.cbMipInterrupt.subscribe(tired)
    highs.cbSimplexInterrupt.subscribe(tired)
    program.run(highs)
    status, info = highs.getModelStatus(), highs.getInfo()
    spent, word = time.process_time() - began, highs.modelStatusToString(status)
    if relax:
        done = status == highspy.HighsModelStatus.kOptimal
        value = -info.objective_function_value * unit if done else None
        return Answer(value, np.inf if value is None else value, None, (), spent, word)
    if status in IMPOSSIBLE:
        return Answer(None, -np.inf, None, (), spent, word)
    bound = -info.mip_dual_bound * unit
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Answer(None, bound, None, tuple(history), spent, word)
    taken = np.asarray(highs.getSolution().col_value)[: p.options]
    choice = np.array([max(p.options_of(i), key=lambda o: taken[o]) for i in range(p.items)], dtype=np.int64)
    return Answer(-info.objective_function_value * unit, bound, choice, tuple(history), spent, word)


def _loading(p: SelectionProblem, c: Coming, shares: Shares, solution: Floats) -> Loading:
    """The shares of a solution, scenario by scenario; what is under a billionth is left out."""
    rows = np.concatenate([shares.row, shares.outside_row, np.arange(len(c.package))])
    week = np.concatenate(
        [shares.week, np.full(len(shares.outside), OUTSIDE), np.full(len(shares.undone), UNDONE)]
    )
    share = solution[np.concatenate([shares.worked, shares.outside, shares.undone])]
    kept = np.flatnonzero(share > 1e-9)
    kept = kept[np.lexsort((week[kept], rows[kept]))]
    scenario = c.scenario[rows[kept]]
    return Loading(
        scenario_start=np.searchsorted(scenario, np.arange(p.scenarios + 1)).astype(np.int64),
        package=c.package[rows[kept]],
        week=week[kept],
        share=share[kept],
    )
