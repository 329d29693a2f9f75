"""One week, step after step, always in this order."""

from __future__ import annotations

from pursuit.backtest.decisions import Decisions
from pursuit.backtest.world.billing import bill_progress, collect
from pursuit.backtest.world.customers import live
from pursuit.backtest.world.deciding import carry_out
from pursuit.backtest.world.delivering import deliver
from pursuit.backtest.world.growing import grow
from pursuit.backtest.world.selling import decide, take_in
from pursuit.backtest.world.state import State
from pursuit.backtest.world.working import work

WEEKS_A_MONTH = 52 / 12


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
    state.journal.cash.append(state.cash)
    state.journal.under_way.append(sum(round(order.price * order.share) for order in state.orders.values()))
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
