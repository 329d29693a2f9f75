"""The whole problem, put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pursuit.errors import SolveError
from pursuit.planning.model.arrivals import add_arrivals
from pursuit.planning.model.cash import CashCalendar
from pursuit.planning.model.commitments import add_accounts, add_investments, add_projects
from pursuit.planning.model.flows import gather
from pursuit.planning.model.ledger import Ledger, OptionFacts
from pursuit.planning.model.limits import build_rows
from pursuit.planning.model.opportunities import add_opportunities
from pursuit.planning.model.situation import Situation
from pursuit.selection.problem import Bools, Ints, Rows, SelectionProblem


@dataclass(frozen=True)
class Model:
    """A selection problem and what its options stand for.

    ``facts`` has one entry per option, ``impossible`` the options (with the technology) that no investment makes
    possible in time, ``raised`` the limits that gave way to pins.
    """

    problem: SelectionProblem
    facts: tuple[OptionFacts, ...]
    months: tuple[str, ...]
    impossible: tuple[tuple[int, str], ...]
    raised: tuple[str, ...]


def build_model(s: Situation, risk_aversion: float) -> Model:
    """Write a company and its futures down as a selection problem."""
    resources = s.company.resources
    ledger = Ledger(
        s.futures.size,
        s.hourly_cost,
        s.subcontract_cost,
        np.array([r.subcontract_share for r in resources]),
        s.futures.hours_factor,
    )
    cash = CashCalendar(s)
    base, arriving = add_arrivals(s, ledger, cash)
    add_opportunities(s, ledger, cash)
    add_accounts(s, ledger, cash)
    add_projects(s, ledger, cash)
    add_investments(s, ledger, cash)
    allowed = np.array(ledger.allowed)
    needs, impossible = [], []
    for option, technology, by in ledger.needs:
        providers = ledger.providers(technology, by)
        if providers:
            needs.append((option, providers))
        else:
            allowed[option] = False
            impossible.append((option, technology))
    _refuse_dead_ends(ledger, allowed, impossible)
    item_start = np.array(ledger.item_start)
    rows, raised = _give_way_to_pins(build_rows(s.company, ledger), allowed, item_start)
    work = ledger.book.bundles(ledger.item_start)
    finance = s.company.finance
    floor = float(s.company.home(finance.floor)) if finance else 0.0
    gains = sorted(ledger.gains.items())
    problem = SelectionProblem(
        item_ids=tuple(ledger.item_ids),
        option_ids=tuple(f"{n}:{f.ref}:{f.word}" for n, f in enumerate(ledger.facts)),
        item_start=item_start,
        allowed=allowed,
        value=np.array(ledger.value),
        won=np.array(ledger.won),
        base_value=base,
        packages=work.packages,
        sure=work.sure,
        if_won=work.if_won,
        base_bundle=work.base_bundle,
        base_scenario=work.base_scenario,
        hours_factor=s.futures.hours_factor,
        capacity=s.capacity,
        overtime=s.overtime,
        overtime_cost=s.overtime_cost,
        gain_option=np.array([option for option, _ in gains], dtype=np.int64),
        capacity_gain=np.array([gain for _, gain in gains]).reshape(len(gains), *s.capacity.shape),
        need_option=np.array([option for option, _ in needs], dtype=np.int64),
        need_start=np.cumsum([0, *(len(group) for _, group in needs)]).astype(np.int64),
        need_provider=np.array([o for _, group in needs for o in group], dtype=np.int64),
        rows=rows,
        cash=gather(ledger.flow, cash.base(arriving), floor, finance.shortfall_rate / 12 if finance else 0.0),
        risk_aversion=risk_aversion,
    )
    return Model(problem, tuple(ledger.facts), tuple(cash.months), tuple(impossible), raised)


def _refuse_dead_ends(ledger: Ledger, allowed: Bools, impossible: list[tuple[int, str]]) -> None:
    """Say which pins leave nothing to choose, and why."""
    technology = dict(impossible)
    faults = []
    for item, (start, end) in zip(ledger.item_ids, pairwise(ledger.item_start), strict=True):
        if not allowed[start:end].any():
            missing = sorted({technology[o] for o in range(start, end) if o in technology})
            why = (
                f" needs the technology {', '.join(missing)}, which cannot be had in time"
                if missing
                else " names no option"
            )
            faults.append(f"The pin of {item}{why}. Release the pin.")
    if faults:
        raise SolveError(" ".join(faults))


def _give_way_to_pins(rows: Rows, allowed: Bools, item_start: Ints) -> tuple[Rows, tuple[str, ...]]:
    """Limits raised to what pins use anyway: the decider's word goes before a limit, and the plan says so."""
    limit, raised = rows.limit.copy(), []
    for n in np.flatnonzero(~np.isfinite(rows.penalty)):
        entries = slice(rows.start[n], rows.start[n + 1])
        use = np.zeros(len(allowed))
        use[rows.option[entries]] = rows.coefficient[entries]
        least = np.minimum.reduceat(np.where(allowed, use, np.inf), item_start[:-1]).sum()
        if least > limit[n]:
            limit[n] = least * (1 + 1e-9)
            raised.append(rows.names[n])
    return replace(rows, limit=limit), tuple(raised)
