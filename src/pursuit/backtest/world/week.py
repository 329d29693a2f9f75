"""One week, step after step, always in this order."""

from __future__ import annotations

from pursuit.backtest.decisions import Decisions
from pursuit.backtest.world.billing import bill_progress, collect
from pursuit.backtest.world.customers import live
from pursuit.backtest.world.deciding import carry_out
from pursuit.backtest.world.delivering import deliver
from pursuit.backtest.world.growing import grow
from pursuit.backtest.world.selling import close, decide, take_in
from pursuit.backtest.world.state import State
from pursuit.backtest.world.working import work

WEEKS_A_MONTH = 52 / 12
WORK_OFF_WEEKS = 104
"""Most weeks in which what was sold is carried out after the last Monday; customers cancel long before."""


def live_week(state: State, decisions: Decisions) -> None:
    """Carry out a Monday's decisions and let the week pass; afterwards it is the next Monday."""
    carry_out(state, decisions)
    work(state)
    deliver(state)
    bill_progress(state)
    decide(state)
    live(state)
    collect(state)
    grow(state)
    take_in(state)
    _run(state)
    _end(state)


def work_off(state: State, most: int = WORK_OFF_WEEKS) -> None:
    """After the last Monday: nothing new is begun, what was sold is carried out, at no fixed cost."""
    for deal in list(state.deals.values()):
        close(state, deal, "lost")
    for customer in state.customers.values():
        customer.course = ""
    last = state.week + most
    while state.orders and state.week < last:
        work(state)
        deliver(state)
        bill_progress(state)
        live(state, cared_for=False)
        collect(state)
        _end(state)


def _end(state: State) -> None:
    """The week is over."""
    state.journal.cash.append(state.cash)
    state.journal.under_way.append(sum(order.stock for order in state.orders.values()))
    state.week += 1


def _run(state: State) -> None:
    """What the firm costs whether it works or not, and what cash below its floor costs."""
    finance = state.base.finance
    if finance is None:
        return
    state.move("fixed", "", -round(state.base.home(finance.fixed_cost) / WEEKS_A_MONTH))
    short = finance.floor.amount - state.cash
    if short > 0:
        state.move("interest", "", -round(short * finance.shortfall_rate / 52))
