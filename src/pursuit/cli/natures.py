"""The firms a replay can be played on: made-up ones with their own truth, and a user's with one that is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pursuit.backtest.nature import Nature
    from pursuit.domain import Company
    from pursuit.forecast import Beliefs


class FirmType(StrEnum):
    """Made-up firms."""

    demo = "demo"
    job_shop = "job-shop"
    project_engineering = "project-engineering"
    it_services = "it-services"
    assembly_distributor = "assembly-distributor"
    machine_builder = "machine-builder"


@dataclass(frozen=True)
class Made:
    """Nature of a made-up firm: one firm, whose luck differs from seed to seed."""

    kind: str
    seed: int

    def __call__(self, seed: int) -> Nature:
        """The nature, whatever the seed of the luck."""
        return _made(self.kind, self.seed)


@lru_cache(maxsize=2)
def _made(kind: str, seed: int) -> Nature:
    if kind == FirmType.demo:
        from pursuit.demo import make_firm
        from pursuit.demo.nature import demo_nature

        return demo_nature(make_firm(seed), seed)
    from pursuit.demo.types import make_type

    return make_type(kind.replace("-", "_"), seed).nature


@dataclass(frozen=True)
class Drawn:
    """Nature of a user's firm: for each seed another truth that its books allow.

    ``beliefs`` are those of :func:`pursuit.backtest.fitted.believed`.
    """

    company: Company
    beliefs: Beliefs

    def __call__(self, seed: int) -> Nature:
        """The truth of a seed."""
        from pursuit.backtest.fitted import fitted_nature

        return fitted_nature(self.company, seed, self.beliefs)
