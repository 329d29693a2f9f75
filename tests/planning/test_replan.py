"""Re-plans: promises stand, the rest is free, each difference has its cause, and little work is enough."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pursuit.domain import Quote
from pursuit.planning.basis import Basis, solved
from pursuit.planning.replan import known_from, replan
from pursuit.planning.rows import difference_row
from tests.planning.firms import MONDAY, won
from tests.planning.tight import SETTINGS, deal, tight_firm, tight_plan, without_deal


def by_id(again):
    return {d.record[1]: d for d in again.differences}


def document():
    """What a plan document says of the tight firm's plan, in the fields a re-plan reads."""
    plan = tight_plan()
    rows = []
    for (kind, ref), facts in plan.chosen.items():
        if kind == "opportunity":
            offer = facts.offer if facts.word == "pursue" else None
            first = plan.basis.situation.offers[ref][0]
            chance = facts.chance if offer else plan.basis.beliefs.opportunities[ref].win.mean
            opp = next(o for o in plan.basis.company.open_opportunities if o.id == ref)
            rows.append(
                {
                    "opportunity": ref, "decision": facts.word, "option": offer.id if offer else None,
                    "amount": (offer or first).price, "requested_date": opp.requested_date.isoformat(),
                    "win_probability": {"mean": chance},
                }
            )  # fmt: skip
    axis = plan.basis.axis
    return {
        "as_of": MONDAY.isoformat(), "decisions": rows, "accounts": [], "projects": [],
        "investments": [
            {"investment": "I-T", "start": axis.monday(0).isoformat()}, {"investment": "I-MC", "start": None},
        ],
        "allocation": [
            {"resource": r.id, "week": axis.monday(w).isoformat(), "capacity": float(plan.solution.firm.regular[n, w])}
            for n, r in enumerate(plan.basis.company.resources)
            for w in range(axis.weeks)
        ],
    }  # fmt: skip


def test_nothing_new_changes_nothing():
    """The same firm planned again decides the same, with next to no work, from a choice and from a document."""
    plan = tight_plan()
    for old in (plan, document()):
        again = replan(old, tight_firm(), SETTINGS)
        assert again.plan.solution.objective >= plan.solution.objective * (1 - 2e-3)
        assert again.plan.solution.work <= 1.2 * SETTINGS.work_limit / 2


def test_a_lost_deal_and_a_new_one_are_told():
    """What is lost is gone, what is new says so, and the new choice is nearly as good as one from nothing."""
    company = without_deal(tight_firm(), "O0", "lost")
    company = replace(company, opportunities=(*company.opportunities, deal(9, 80e6, 100, 0.8)))
    again = replan(tight_plan(), company, SETTINGS)
    told = by_id(again)
    assert told["O0"].cause.kind == "lost"
    assert told["O0"].after is None
    assert told["O9"].cause.kind == "new"
    assert told["O9"].before is None
    fresh = solved(Basis.of(company, SETTINGS))
    assert again.plan.solution.objective >= fresh.solution.objective * (1 - 0.01)
    assert difference_row(told["O9"])["before"] is None


def test_a_won_deal_is_told_as_won():
    """A deal that became an order leaves the plan as won, not as lost."""
    told = by_id(replan(tight_plan(), without_deal(tight_firm(), "O3", "won"), SETTINGS))
    assert told["O3"].cause.kind == "won"


def test_a_machine_that_slows_down_is_the_cause():
    """Half the machine's hours: what is given up names the machine or who took its hours."""
    company = tight_firm()
    resources = tuple(replace(r, hours_per_week=10.0) if r.id == "MC" else r for r in company.resources)
    again = replan(document(), replace(company, resources=resources), SETTINGS)
    dropped = [d for d in again.differences if d.after is not None and d.after.word == "decline"]
    assert dropped
    assert {d.cause.kind for d in dropped} <= {"capacity"}
    assert {d.cause.resource for d in dropped} == {"MC"}


def test_commitments_stand():
    """Quoted and named deals keep their decision when all others would drop; investments stay free."""
    company = tight_firm()
    resources = tuple(replace(r, hours_per_week=4.0) if r.id == "MC" else r for r in company.resources)
    sent = MONDAY + timedelta(days=3)
    quote = Quote("O4", 1, sent, None, won(1e6))
    company = replace(company, resources=resources, quotes=(quote,), as_of=MONDAY + timedelta(days=7))
    free = replan(tight_plan(), replace(company, quotes=()), SETTINGS)
    again = replan(tight_plan(), company, SETTINGS, committed=["O2"])
    assert set(again.held) == {"O2", "O4"}
    before = tight_plan().chosen
    for deal_id in again.held:
        now = again.plan.chosen["opportunity", deal_id]
        assert (now.word, now.offer.id) == ("pursue", before["opportunity", deal_id].offer.id)
    assert any(free.plan.chosen["opportunity", d].word == "decline" for d in again.held)
    assert free.held == ()


def test_an_option_that_is_gone_is_said():
    """A deal whose chosen offer is withdrawn is decided anew, even if it was promised."""
    plan, company = tight_plan(), tight_firm()
    ref, facts = next(
        (r, f) for (k, r), f in plan.chosen.items() if k == "opportunity" and f.word == "pursue"
    )
    deals = tuple(
        replace(o, options=tuple(x for x in o.options if x.id != facts.offer.id)) if o.id == ref else o
        for o in company.opportunities
    )
    again = replan(plan, replace(company, opportunities=deals), SETTINGS, committed=[ref])
    assert again.lost == (ref,)
    assert by_id(again)[ref].cause.kind == "option_gone"


def test_weeks_later_prices_and_decisions_move_along():
    """Four weeks on, the same deals are there: the choice is nearly that of a plan from nothing."""
    company = replace(tight_firm(), as_of=MONDAY + timedelta(days=28))
    again = replan(tight_plan(), company, SETTINGS, work_limit=40)
    fresh = solved(Basis.of(company, SETTINGS))
    assert again.plan.solution.objective >= fresh.solution.objective - 0.02 * abs(fresh.solution.objective)
    assert again.plan.solution.bound >= fresh.solution.objective - 1e-6 * abs(fresh.solution.objective)


def test_a_document_is_read_into_decisions():
    """Decisions, dates, chances and capacity come from the document's rows."""
    known = known_from(document())
    assert known.taken["investment", "I-T"].begins == tight_plan().basis.axis.monday(0)
    assert known.taken["investment", "I-MC"].word == "no"
    assert set(known.regular) == {"MC", "ASM", "SAL"}
    assert known.chance["opportunity", "O0"] == pytest.approx(tight_plan().chosen["opportunity", "O0"].chance)
    assert not known.price
