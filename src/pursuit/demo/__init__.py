"""Believable firms made from a seed, with the truth behind them kept apart."""

from pursuit.demo.firm import DemoFirm, make_firm
from pursuit.demo.truth import Truth

__all__ = ["DemoFirm", "Truth", "make_firm"]
