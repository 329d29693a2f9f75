"""A user's own rule, loaded by its name: ``module:attribute`` or ``file.py:attribute``.

The attribute is a rule (a function of the books and a deal: the larger, the sooner), a class of policies, a function
that makes one, or a policy, of which every replay gets a copy.
"""

from __future__ import annotations

import copy
import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from pursuit.backtest.decisions import Policy
from pursuit.backtest.policies.guarded import told
from pursuit.backtest.policies.rules import Sorted
from pursuit.errors import InputError
from pursuit.words import Words


@dataclass(frozen=True)
class Own:
    """Makes a user's policy anew for every replay, in whatever process that runs.

    Parameters
    ----------
    spec
        ``module:attribute`` or ``path/to/file.py:attribute``.
    lang
        Language of faults.
    """

    spec: str
    lang: str = "en"

    def __call__(self) -> Policy:
        """A policy.

        Raises
        ------
        InputError
            When nothing of that name can be loaded, or what is found is no policy; it says what to mend.
        """
        say, found = Words(self.lang), self.find()
        try:
            made = _made(found, self.spec)
        except Exception as error:  # whatever a stranger's code does
            raise InputError(
                say("{spec} cannot be made: {fault}", spec=self.spec, fault=told(error))
            ) from error
        if made is None or not callable(getattr(made, "decide", None)):
            raise InputError(
                say(
                    "{spec} is no policy. It must be a rule of (company, opportunity), or a class with "
                    "decide(self, company).",
                    spec=self.spec,
                )
            )
        if not isinstance(getattr(made, "name", None), str):
            made.name = self.spec
        policy: Policy = made
        return policy

    def find(self) -> Any:
        """What the spec names."""
        say = Words(self.lang)
        where, _, attribute = self.spec.rpartition(":")
        if not where or not attribute:
            raise InputError(
                say("'{spec}' names no policy. Write module:attribute or file.py:attribute.", spec=self.spec)
            )
        if where.endswith(".py") and not Path(where).is_file():
            raise InputError(say("There is no file {file} to load a policy from.", file=where))
        try:
            module = _module(where)
        except (Exception, SystemExit) as error:  # importing runs a stranger's code
            raise InputError(
                say("{module} cannot be loaded: {fault}", module=where, fault=told(error))
            ) from error
        try:
            return getattr(module, attribute)
        except AttributeError:
            names = [n for n, v in vars(module).items() if callable(v) and not n.startswith("_")]
            raise InputError(
                say(
                    "{module} has no '{attribute}'. It has: {names}",
                    module=where,
                    attribute=attribute,
                    names=", ".join(names) or "–",
                )
            ) from None


def _module(where: str) -> ModuleType:
    if not where.endswith(".py"):
        if "" not in sys.path and str(Path.cwd()) not in sys.path:
            sys.path.insert(0, str(Path.cwd()))  # as ``python -m`` does: a user's module lies where they are
        return importlib.import_module(where)
    path = Path(where).absolute()
    name = f"pursuit_own_{path.stem}"
    known = sys.modules.get(name)
    if known is not None and known.__file__ == str(path):
        return known
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:  # never for a name that ends in .py
        raise ImportError(where)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module  # only once it is whole
    return module


def _made(found: Any, spec: str) -> Any:
    if isinstance(found, type):
        return found()
    if hasattr(found, "decide"):
        return copy.deepcopy(found)
    if not callable(found):
        return None
    needed = [
        p for p in inspect.signature(found).parameters.values()
        if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]  # fmt: skip
    if len(needed) == 2:
        rule: Callable[..., float] = found
        return Sorted(spec, rule)
    return found() if not needed else None
