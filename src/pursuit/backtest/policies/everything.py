"""Go for everything: the firm that never says no."""

from __future__ import annotations

from pursuit.backtest.decisions import Decisions
from pursuit.backtest.policies.rules import standard_offers
from pursuit.domain import Company


class Everything:
    """Pursues every deal with its first offer that the firm has the technology for."""

    name = "everything"

    def decide(self, company: Company) -> Decisions:
        """Pursue all."""
        return Decisions(pursue={name: offer.id for name, offer in standard_offers(company).items()})
