"""What the firm should believe: who wins, who pays, who comes back, what will still arrive; and futures drawn
from it."""

from pursuit.forecast.beliefs import (
    AccountBelief,
    ArrivalStream,
    Beliefs,
    Chance,
    OpportunityBelief,
    Reason,
    ScenarioSet,
)
from pursuit.forecast.believe import believe
from pursuit.forecast.scenarios import draw_scenarios

__all__ = [
    "AccountBelief",
    "ArrivalStream",
    "Beliefs",
    "Chance",
    "OpportunityBelief",
    "Reason",
    "ScenarioSet",
    "believe",
    "draw_scenarios",
]
