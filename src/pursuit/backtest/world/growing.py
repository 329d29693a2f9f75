"""Investments arrive, once their time has passed and our own people have done their part."""

from __future__ import annotations

from pursuit.backtest.world.state import State


def grow(state: State) -> None:
    """Pay for what has arrived, and let arrive what is due."""
    for name, building in state.buildings.items():
        investment = building.investment
        if building.ready >= 0:
            if investment.weekly_cost is not None:
                state.move("investment", name, -state.base.home(investment.weekly_cost))
        elif state.week + 1 >= building.begun + investment.lead_weeks and sum(building.effort.values()) < 0.5:
            building.ready = state.week + 1
            if investment.technology:
                state.held.add(investment.technology)
            state.tell("ready", name)
