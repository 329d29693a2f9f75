"""Opportunities as items: decline, defer, or pursue with one of the offers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from pursuit.domain import Account, Company, Offer, Opportunity, PaymentMilestone, Segment, Work
from pursuit.planning.model.assumptions import (
    BREACH_SHARE,
    DEFER_LOSS,
    GOODWILL_CAP,
    GOODWILL_PER_WEEK,
    HOLD_SHARE,
    LATE_WEEKS,
    TRUSTED,
)
from pursuit.planning.model.cash import CashCalendar
from pursuit.planning.model.ledger import Ledger, OptionFacts
from pursuit.planning.model.situation import Situation
from pursuit.planning.model.work import WorkTerms
from pursuit.selection.problem import Bools, Floats


@dataclass(frozen=True)
class Stakes:
    """What hangs on one opportunity beside its price."""

    account: Account | None
    segment: Segment | None
    default: Bools  # (S,)
    loss_given_default: float
    lifetime: float  # gained by winning, if the account lives
    reference: float
    trust: float  # lost by declining or failing


def add_opportunities(s: Situation, ledger: Ledger, cash: CashCalendar) -> None:
    """Write every open opportunity into the ledger."""
    wins = Counter(opp.account for opp in s.company.closed_opportunities if opp.outcome == "won")
    wins.update(opp.account for opp in s.company.open_opportunities)
    for row, opp in enumerate(s.company.open_opportunities):
        stakes = stakes_of(s, opp, wins[opp.account] - 1)
        ledger.begin(opp.id)
        _decline(ledger, cash, opp, stakes)
        _defer(s, ledger, cash, opp, stakes, row)
        for offer in s.offers[opp.id]:
            _pursue(s, ledger, cash, opp, offer, stakes, row)
        ledger.end()


def stakes_of(s: Situation, opp: Opportunity, wins: int) -> Stakes:
    """Lifetime, reference, trust and default that hang on an opportunity.

    One win carries the share ``1 / (2 + wins)`` of the account's lifetime value, ``wins`` counting orders so far and
    the other deals open with it: the first order decides half of the relationship, the tenth little. An assumption
    until histories of kept and lost accounts are fitted.
    """
    company: Company = s.company
    account = company.account_by_id.get(opp.account)
    segment = company.segment_by_id.get(company.segment_of(opp))
    belief = s.beliefs.accounts.get(opp.account)
    index = s.account_index.get(opp.account)
    default = s.futures.default[index] if index is not None else np.zeros(s.futures.size, bool)
    trusted = account is not None and (account.relationship or 0.0) >= TRUSTED
    trusted = trusted and not s.beliefs.opportunities[opp.id].stale  # nobody waits for an answer any more
    trust = company.home(segment.trust_value) if segment and segment.trust_value and trusted else 0
    return Stakes(
        account=account,
        segment=segment,
        default=default,
        loss_given_default=belief.loss_given_default if belief else 0.6,
        lifetime=belief.lifetime_value * belief.retention / (2 + wins) if belief else 0.0,
        reference=float(company.home(segment.reference_value))
        if segment and segment.reference_value
        else 0.0,
        trust=trust * (account.relationship or 0.0) if account else 0.0,
    )


def at_risk_share(payments: tuple[PaymentMilestone, ...]) -> float:
    """Share of the price that is paid only after the work is done."""
    return sum(m.share for m in payments if m.event != "order") if payments else 1.0


def _pinned(opp: Opportunity, word: str) -> bool:
    return not opp.pinned or opp.pinned == word


def _decline(ledger: Ledger, cash: CashCalendar, opp: Opportunity, stakes: Stakes) -> None:
    facts = OptionFacts("opportunity", opp.id, "decline", chance=0.0, parts={"reference": -stakes.trust})
    lost = np.full(ledger.futures, -stakes.trust)
    ledger.option(facts, lost, flow=cash.empty(), allowed=_pinned(opp, "decline"))


@dataclass(frozen=True)
class Gain:
    """(S,) each: what an offer brings if won, before it is known whether it is."""

    margin: Floats
    lifetime: Floats
    reference: Floats

    @property
    def total(self) -> Floats:
        """Everything together."""
        return self.margin + self.lifetime + self.reference


@dataclass(frozen=True)
class Outcome:
    """Whether a deal is won, future by future, at exactly its chance.

    S futures can show a chance only to 1 / S, and a search would pick the deals that were rounded up. So what a win
    brings is counted with the weight that makes its mean right; where no future has a win, it is spread over all.
    """

    won: Bools
    chance: float

    @property
    def share(self) -> Floats:
        """(S,) weights with mean ``chance``."""
        rate = float(self.won.mean())
        if rate == 0.0:
            return np.full(len(self.won), self.chance)
        return np.asarray(self.won * (self.chance / rate), dtype=np.float64)


def _gain(
    s: Situation, ledger: Ledger, offer: Offer, stakes: Stakes, payments: tuple[PaymentMilestone, ...]
) -> Gain:
    loss = stakes.loss_given_default * offer.price * at_risk_share(payments)
    margin: Floats = float(offer.price - offer.material_cost) - np.where(stakes.default, loss, 0.0)
    for piece in offer.work:
        margin = margin - ledger.hours_money(s.resource_index[piece.resource], piece.hours)
    alive = ~stakes.default
    return Gain(margin, np.where(alive, stakes.lifetime, 0.0), np.full(ledger.futures, stakes.reference))


def _pursue(
    s: Situation, ledger: Ledger, cash: CashCalendar, opp: Opportunity, offer: Offer, stakes: Stakes, row: int
) -> None:
    chance = s.beliefs.opportunities[opp.id].by_option[offer.id]
    outcome = Outcome(s.futures.luck[row] < chance, chance)
    won, share = outcome.won, outcome.share
    gain = _gain(s, ledger, offer, stakes, opp.payments)
    effort = sum(
        (ledger.hours_money(s.resource_index[r], h) for r, h in offer.effort.items()),
        np.zeros(ledger.futures),
    )
    spent = offer.pursuit_cost + effort
    start, due = s.decision_week(opp), s.due_week(opp, offer)
    facts = OptionFacts(
        "opportunity", opp.id, "pursue", offer, chance,
        {
            "margin": float((share * gain.margin).mean()),
            "pursuit_cost": -float(spent.mean()),
            "lifetime": float((share * gain.lifetime).mean()),
            "reference": float((share * gain.reference).mean()),
        },
        exposure=offer.price * at_risk_share(opp.payments),
        start=start,
        due=due,
    )  # fmt: skip
    flow = cash.of_offer(opp, offer, stakes.account, start, due, share, stakes.default)
    option = ledger.option(
        facts, share * gain.total - spent, won=won, flow=flow, allowed=_pinned(opp, offer.id)
    )
    _effort_work(s, ledger, option, offer, start, chance * (offer.price + stakes.lifetime + stakes.reference))
    total = sum(piece.hours for piece in offer.work) or 1.0
    for piece, usual in windows(offer.work, start, due, s.weeks):
        window = s.learned_window(opp.id, piece.step, usual)
        r = s.resource_index[piece.resource]
        saved = float(ledger.hours_money(r, piece.hours).mean())
        breach = offer.price * (1 + BREACH_SHARE) - offer.material_cost + stakes.trust - saved
        rate = piece.max_hours_per_week or piece.hours / piece.weeks
        terms = order_terms(opp, offer, piece.hours / total, breach)
        ledger.work(option, r, piece.hours, window, rate, terms, if_won=True)
    for technology in _missing(s.company, offer.technologies):
        latest = due - sum({piece.step: piece.weeks for piece in offer.work}.values()) + 1
        ledger.needs.append((option, technology, latest))


def _missing(company: Company, technologies: tuple[str, ...]) -> list[str]:
    held = {technology.id for technology in company.technologies if technology.held}
    return [technology for technology in technologies if technology not in held]


def order_terms(opp: Opportunity, offer: Offer, part: float, breach: float) -> WorkTerms:
    """Terms of a piece that is ``part`` of an order's hours: it bears so much of the agreed penalty, or of goodwill."""
    agreed = opp.late_penalty
    weekly = agreed.rate_per_day * 7 if agreed and agreed.rate_per_day else GOODWILL_PER_WEEK
    cap = agreed.cap if agreed and agreed.cap else GOODWILL_CAP
    return WorkTerms(weekly * offer.price * part, cap * offer.price * part, True, breach)


def windows(
    work: tuple[Work, ...], start: int, due: int, weeks: int
) -> list[tuple[Work, tuple[int, int, int]]]:
    """(first, last, due) week of each piece: steps follow one another, overlapping by at most a week.

    What would end behind the last week is moved forward as a whole, so that far orders do not look free of load.
    """
    steps = sorted({piece.step: max(p.weeks for p in work if p.step == piece.step) for piece in work}.items())
    lead = (
        dict(zip([step for step, _ in steps], np.cumsum([0] + [w - 1 for _, w in steps[:-1]]), strict=True))
        if steps
        else {}
    )
    total = sum(w - 1 for _, w in steps)
    shift = min(due, weeks - 1) - due
    start, due = max(start + shift, 0), due + shift
    placed = []
    for piece in work:
        ahead = int(lead[piece.step])
        behind = total - ahead - (dict(steps)[piece.step] - 1)
        first = min(start + ahead, weeks - 1)
        last_due = max(due - behind, first)
        placed.append((piece, (first, min(last_due + LATE_WEEKS, weeks - 1), last_due)))
    return placed


def _effort_work(s: Situation, ledger: Ledger, option: int, offer: Offer, start: int, stake: float) -> None:
    """Presales hours, spent before the customer decides whether or not the deal is won.

    Hours that nobody has time for lose their share of ``stake``, which is more than the deal is expected to bring.
    """
    needed = {resource: hours for resource, hours in offer.effort.items() if hours > 0}
    total = sum(needed.values())
    for resource, hours in needed.items():
        last = (
            min(max(start, offer.effort_weeks) - 1, s.weeks - 1) if max(start, offer.effort_weeks) > 0 else 0
        )
        terms = WorkTerms(breach_cost=stake * hours / total)
        ledger.work(option, s.resource_index[resource], hours, (0, last, last), hours / 2, terms)


def _defer(
    s: Situation, ledger: Ledger, cash: CashCalendar, opp: Opportunity, stakes: Stakes, row: int
) -> None:
    """Decide again on the decision date: loaded at its chance, and dropped in futures where it does not pay.

    Whether it will be won is not seen when it is dropped: dropping gives up its *expected* worth. The swing of its
    own outcome stays in the value, so that waiting does not look free of risk.
    """
    belief = s.beliefs.opportunities[opp.id]
    if (
        opp.decide_by is None
        or s.axis.index(opp.decide_by) < 1
        or s.axis.index(opp.decide_by) >= s.axis.weeks
        or belief.stale
    ):
        return
    offer = s.offers[opp.id][0]
    if _missing(s.company, offer.technologies):
        return
    again = s.week(opp.decide_by)
    chance = belief.by_option[offer.id] * (1 - DEFER_LOSS)
    outcome = Outcome(s.futures.luck[row] < chance, chance)
    won, share = outcome.won, outcome.share
    gain = _gain(s, ledger, offer, stakes, opp.payments)
    effort = sum(
        (ledger.hours_money(s.resource_index[r], h) for r, h in offer.effort.items()),
        np.zeros(ledger.futures),
    )
    spent = offer.pursuit_cost + effort
    start = max(s.decision_week(opp), min(again + 1, s.weeks - 1))
    due = max(s.due_week(opp, offer), min(start, s.weeks - 1))
    expected = float((chance * gain.total - spent).mean())
    facts = OptionFacts(
        "opportunity", opp.id, "defer", offer, chance,
        {
            "margin": float((share * gain.margin).mean()),
            "pursuit_cost": -float(spent.mean()),
            "lifetime": float((share * gain.lifetime).mean()),
            "reference": float((share * gain.reference).mean()),
        },
        start=again,
        due=due,
    )  # fmt: skip
    flow = cash.of_offer(opp, offer, stakes.account, start, due, share, stakes.default)
    option = ledger.option(
        facts, share * gain.total - spent, won=won, flow=flow, allowed=_pinned(opp, "defer")
    )
    pieces = [
        (piece, window, piece.hours * chance) for piece, window in windows(offer.work, start, due, s.weeks)
    ]
    capacity = s.capacity.mean(axis=1) + 1e-9
    strain = {id(piece): hours / capacity[s.resource_index[piece.resource]] for piece, _, hours in pieces}
    total = sum(strain.values()) or 1.0
    for piece, window, hours in pieces:
        r = s.resource_index[piece.resource]
        worth = max(expected, 0.0) * strain[id(piece)] / total
        rate = (piece.max_hours_per_week or piece.hours / piece.weeks) * chance
        ledger.work(option, r, hours, window, rate, WorkTerms(subcontract=True, breach_cost=worth))
    presales = {resource: hours for resource, hours in offer.effort.items() if hours > 0}
    for resource, hours in presales.items():
        r, last = s.resource_index[resource], max(start - 1, again)
        lost = chance * offer.price / sum(presales.values())
        keep = HOLD_SHARE * hours
        ledger.work(option, r, keep, (0, again, again), keep / 2, WorkTerms(breach_cost=lost * keep))
        rest = hours - keep
        worth = max(expected, 0.0) / sum(presales.values())
        terms = WorkTerms(breach_cost=max(lost, worth) * rest)
        ledger.work(option, r, rest, (again, last, last), rest / 2, terms)
