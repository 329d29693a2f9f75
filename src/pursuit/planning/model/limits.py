"""Goals and exposure limits as rows over the options."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from pursuit.domain import Company, Goal, Opportunity
from pursuit.planning.model.ledger import Ledger, OptionFacts
from pursuit.selection.problem import Rows

Offered = tuple[int, OptionFacts, Opportunity]
"""An option, what it means, and the deal it belongs to."""


def in_scope(company: Company, scope: str, opp: Opportunity) -> bool:
    """Whether an opportunity falls under ``segment:``, ``sector:``, ``product:``, ``family:``, ``account:`` or any."""
    if not scope:
        return True
    what, _, name = scope.partition(":")
    account = company.account_by_id.get(opp.account)
    product = company.product_by_id.get(opp.product)
    found = {
        "segment": company.segment_of(opp),
        "sector": account.sector if account else "",
        "product": opp.product,
        "family": product.family if product else "",
        "account": opp.account,
    }
    return found.get(what) == name


def outstanding(company: Company, accounts: set[str]) -> int:
    """Open invoices of some accounts, in minor units of the firm's currency."""
    return sum(
        company.home(i.net_amount) for i in company.invoices if i.paid is None and i.account in accounts
    )


def contribution(goal: Goal, facts: OptionFacts, opp: Opportunity) -> float:
    """What one pursued option is expected to bring towards a goal."""
    if facts.offer is None or facts.word == "decline":
        return 0.0
    measures = {
        "revenue": facts.chance * facts.offer.price,
        "margin": facts.parts.get("margin", 0.0),
        "wins": facts.chance,
        "strategic": facts.chance * opp.strategic.get(goal.id, 0.0),
    }
    return measures[goal.measure]


def build_rows(company: Company, ledger: Ledger) -> Rows:
    """All rows, named ``goal:ID``, ``limit:ID`` or ``credit:ACCOUNT``; hard ones that nothing touches are left out."""
    opps = {opp.id: opp for opp in company.open_opportunities}
    offered = [(o, f, opps[f.ref]) for o, f in enumerate(ledger.facts) if f.kind == "opportunity"]
    of_account: dict[str, list[Offered]] = defaultdict(list)
    for entry in offered:
        of_account[entry[2].account].append(entry)
    rows = _Growing()
    for goal in company.goals:
        towards = {
            o: -contribution(goal, f, opp) for o, f, opp in offered if in_scope(company, goal.scope, opp)
        }
        rows.add(f"goal:{goal.id}", towards, -goal.target, goal.weight)
    for limit in company.limits:
        scope = limit.scope
        inside = {opp.account for opp in company.opportunities if in_scope(company, scope, opp)}
        used = outstanding(company, inside) if scope.startswith(("account:", "sector:")) else 0
        exposed = {o: f.chance * f.exposure for o, f, opp in offered if in_scope(company, scope, opp)}
        rows.add(f"limit:{limit.id}", exposed, float(company.home(limit.exposure) - used))
    for account in company.accounts:
        if account.credit_limit is not None:
            room = company.home(account.credit_limit) - outstanding(company, {account.id})
            owed = {o: f.chance * f.exposure for o, f, _ in of_account[account.id]}
            rows.add(f"credit:{account.id}", owed, float(room))
    return rows.built()


@dataclass
class _Growing:
    """Rows as they are found."""

    names: list[str] = field(default_factory=list)
    entries: list[list[tuple[int, float]]] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    penalties: list[float] = field(default_factory=list)

    def add(self, name: str, coefficient: Mapping[int, float], limit: float, penalty: float = np.inf) -> None:
        """Add a row unless it is hard and empty; without a penalty it is hard and its limit at least 0."""
        entries = [(option, value) for option, value in coefficient.items() if value]
        hard = penalty == np.inf
        if entries or not hard:
            self.names.append(name)
            self.entries.append(entries)
            self.limits.append(max(limit, 0.0) if hard else limit)
            self.penalties.append(penalty)

    def built(self) -> Rows:
        """The rows as arrays."""
        return Rows(
            start=np.cumsum([0, *(len(entries) for entries in self.entries)], dtype=np.int64),
            option=np.array([o for entries in self.entries for o, _ in entries], dtype=np.int64),
            coefficient=np.array([value for entries in self.entries for _, value in entries], dtype=float),
            limit=np.array(self.limits, dtype=float),
            penalty=np.array(self.penalties, dtype=float),
            names=tuple(self.names),
        )
