"""Ways to decide: those people use today, ours, and a user's own rule."""

from collections.abc import Callable

from pursuit.backtest.decisions import Policy
from pursuit.backtest.policies.everything import Everything
from pursuit.backtest.policies.follow import Follow
from pursuit.backtest.policies.ours import Ours
from pursuit.backtest.policies.rules import by_amount, by_bottleneck, first_come

POLICIES: dict[str, Callable[[], Policy]] = {
    "ours": Ours,
    "amount": by_amount,
    "bottleneck": by_bottleneck,
    "first": first_come,
    "everything": Everything,
}
"""Policies by the name the command line knows; each is made anew for every replay."""

__all__ = ["POLICIES", "Everything", "Follow", "Ours", "by_amount", "by_bottleneck", "first_come"]
