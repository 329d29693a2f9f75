"""The command line: new, check, import, plan, verify, explain, demo."""

from pursuit.cli.app import app, main

__all__ = ["app", "main"]
