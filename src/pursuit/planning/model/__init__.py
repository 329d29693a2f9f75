"""From a company and its futures to a selection problem: one file per kind of thing the firm can commit to."""

from pursuit.planning.model.build import Model, build_model
from pursuit.planning.model.ledger import Kind, OptionFacts
from pursuit.planning.model.situation import Settings, Situation

__all__ = ["Kind", "Model", "OptionFacts", "Settings", "Situation", "build_model"]
