"""The command line: new, check, map, import, plan, verify, explain, demo, replay, solve, what-if, frontier, replan."""

from pursuit.cli import trying as trying  # its commands join the others
from pursuit.cli.app import app, main

__all__ = ["app", "main"]
