"""Goals and exposure limits as rows over the options."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pursuit.domain import Company, Goal, Opportunity
from pursuit.planning.model.ledger import Ledger, OptionFacts
from pursuit.selection.problem import Floats, Rows


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


def build_rows(company: Company, ledger: Ledger) -> tuple[Rows, tuple[str, ...]]:
    """All rows, and a name for each: ``goal:ID``, ``limit:ID`` or ``credit:ACCOUNT``."""
    opps = {opp.id: opp for opp in company.open_opportunities}
    facts = [(o, f, opps[f.ref]) for o, f in enumerate(ledger.facts) if f.kind == "opportunity"]
    names: list[str] = []
    coefficients: list[Floats] = []
    limits: list[float] = []
    penalties: list[float] = []

    def add(
        name: str, weigh: Callable[[OptionFacts, Opportunity], float], limit: float, penalty: float
    ) -> None:
        names.append(name)
        coefficients.append(ledger.chance_row({o: weigh(f, opp) for o, f, opp in facts}))
        limits.append(limit)
        penalties.append(penalty)

    for goal in company.goals:

        def towards(f: OptionFacts, opp: Opportunity, goal: Goal = goal) -> float:
            return -contribution(goal, f, opp) if in_scope(company, goal.scope, opp) else 0.0

        add(f"goal:{goal.id}", towards, -goal.target, goal.weight)
    for limit in company.limits:
        scope = limit.scope
        inside = {opp.account for opp in company.opportunities if in_scope(company, scope, opp)}
        used = outstanding(company, inside) if scope.startswith(("account:", "sector:")) else 0

        def exposed(f: OptionFacts, opp: Opportunity, scope: str = scope) -> float:
            return f.chance * f.exposure if in_scope(company, scope, opp) else 0.0

        add(f"limit:{limit.id}", exposed, max(float(company.home(limit.exposure) - used), 0.0), np.inf)
    for account in company.accounts:
        if account.credit_limit is not None:
            room = company.home(account.credit_limit) - outstanding(company, {account.id})

            def owed(f: OptionFacts, opp: Opportunity, account_id: str = account.id) -> float:
                return f.chance * f.exposure if opp.account == account_id else 0.0

            add(f"credit:{account.id}", owed, max(float(room), 0.0), np.inf)
    table = np.array(coefficients).reshape(len(names), len(ledger.facts))
    busy = [n for n in range(len(names)) if np.any(table[n]) or np.isfinite(penalties[n])]
    rows = Rows(table[busy], np.array(limits)[busy], np.array(penalties)[busy])
    return rows, tuple(names[n] for n in busy)
