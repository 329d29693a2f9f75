"""Pursuit: which opportunities a B2B vendor goes for, and what it commits to them, as one plan."""

__version__ = "0.1.0"
