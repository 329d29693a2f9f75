"""The five types are believable firms: sound, repeatable, tight where they should be, and worth running well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from pursuit.demo.types import KINDS, TypeFirm, make_type
from pursuit.demo.types.tightness import Chance, capacity, tightness, year_ahead
from pursuit.intake import read_company, write_folder
from pursuit.planning import Settings, make_plan, verify_plan

FirmOf = Callable[[str], TypeFirm]
BAND = (1.15, 1.7)
"""Load over hours of the bottleneck, as docs/firm-types.md says."""
OVERTIME = 1.08
"""Hours a sensible firm has with moderate overtime, against the regular ones."""


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_firm(kind: str, firm_of: FirmOf) -> None:
    """Firms of one seed are equal to the last won, and those of two seeds differ in their customers."""
    assert make_type(kind, 3).company.content_hash == firm_of(kind).company.content_hash
    names = {a.name for a in firm_of(kind).company.accounts}
    other = {a.name for a in make_type(kind, 4).company.accounts}
    assert len(names & other) < len(names) / 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_firm_survives_its_files(kind: str, tmp_path: Path) -> None:
    """What is written to a folder and read again is the same firm, and nothing in it is a fault."""
    company = make_type(kind, 5, 60).company
    write_folder(company, tmp_path)
    assert read_company(tmp_path).company.content_hash == company.content_hash


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_can_be_made_and_stands_its_check(kind: str) -> None:
    """The planner takes each type, and the independent checker finds nothing wrong with the plan."""
    company = make_type(kind, 3, 60).company
    plan = make_plan(company, Settings(weeks=13, scenarios=12, fresh=12, work_limit=20, detailed=1))
    verify_plan(plan, company)
    assert {row["decision"] for row in plan["decisions"]} & {"pursue", "defer"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_capacity_binds_on_the_bottleneck(kind: str, seed: int) -> None:
    """If all is gone for and won by its probability, the bottleneck is loaded to 1.15 to 1.7 of its hours."""
    firm = make_type(kind, seed)
    loads = [tightness(firm, luck) for luck in (7, 8)]
    mean = {name: np.mean([load[name] for load in loads]) for name in capacity(firm)}
    assert BAND[0] <= mean[firm.nature.blueprint.bottleneck] <= BAND[1]
    assert max(mean.values()) <= BAND[1]
    assert sum(load > 1 for load in mean.values()) >= 1
    assert min(mean.values()) > 0.4, "nobody sits idle"


def selected(firm: TypeFirm, year: list[Chance]) -> float:
    """Contribution of the best selection of a year's inquiries within the hours there are (a linear program)."""
    room = {name: hours * OVERTIME for name, hours in capacity(firm).items()}
    call = np.array([chance.opportunity.outcome == "won" for chance in year])
    hours = np.array([[c.weight * c.hours.get(name, 0.0) for c in year] for name in room])
    gain = np.array([c.weight * c.contribution for c in year])
    limit = np.maximum(list(room.values()), hours[:, call].sum(axis=1))
    bounds = [(1, 1) if called else (0, 1) for called in call]
    return -float(linprog(-gain, A_ub=hours, b_ub=limit, bounds=bounds).fun)


def taken(firm: TypeFirm, year: list[Chance], worth: Callable[[Chance], float]) -> float:
    """Contribution when inquiries are taken by their worth until the first resource is full for them."""
    room = {name: hours * OVERTIME for name, hours in capacity(firm).items()}
    gain = 0.0
    for chance in sorted(year, key=lambda c: (c.opportunity.outcome != "won", -worth(c))):
        need = {name: chance.weight * hours for name, hours in chance.hours.items()}
        if chance.opportunity.outcome == "won" or all(h <= max(room[n], 0.0) for n, h in need.items()):
            gain += chance.weight * chance.contribution
            for name, hours in need.items():
                room[name] -= hours
    return gain


@pytest.mark.parametrize("kind", KINDS)
def test_a_sensible_firm_lives_and_selection_matters(kind: str, firm_of: FirmOf) -> None:
    """Choosing well earns the fixed cost and some percent of sales more; sorting by amount x probability earns less."""
    firm = firm_of(kind)
    year = list(year_ahead(firm, 5))
    assert firm.company.finance is not None
    fixed = 12 * firm.company.finance.fixed_cost.amount
    sales = sum(c.weight * c.win * c.offer.price for c in year)
    best = selected(firm, year) - fixed
    naive = taken(firm, year, lambda c: c.win * c.offer.price) - fixed
    assert 0.01 < best / sales < 0.14
    assert naive < best - 0.01 * sales


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_happens_out_of_time(kind: str, firm_of: FirmOf) -> None:
    """Deals close after they came in and before today, what is open lies ahead, bills and deliveries are past."""
    c = firm_of(kind).company
    for deal in c.closed_opportunities:
        assert deal.created is not None
        assert deal.closed is not None
        assert deal.created <= deal.closed < c.as_of
    for deal in c.open_opportunities:
        assert deal.created is not None
        assert deal.decide_by is not None
        assert deal.expected_close is not None
        assert deal.requested_date is not None
        assert deal.created < c.as_of < deal.decide_by <= deal.expected_close < deal.requested_date
    assert all(i.issued < c.as_of and (i.paid is None or i.paid < c.as_of) for i in c.invoices)
    assert all(d.delivered < c.as_of for d in c.deliveries)
    assert all(p.due > c.as_of and p.amount.amount > 0 for p in c.projects)
    assert all(a.last_contact and a.last_contact < c.as_of for a in c.accounts)
    first = min(d.closed for d in c.closed_opportunities if d.closed)
    assert 690 < (c.as_of - first).days <= 728, "two years of closed deals"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_promised_can_be_kept(kind: str, firm_of: FirmOf) -> None:
    """Projects under way leave no resource more work than it has hours until they are due."""
    c = firm_of(kind).company
    load = dict.fromkeys((r.id for r in c.resources), 0.0)
    for project in sorted(c.projects, key=lambda p: p.due):
        for piece in project.work:
            load[piece.resource] += piece.hours
            weeks = max((project.due - c.as_of).days / 7, 4.0)
            assert load[piece.resource] <= 0.76 * weeks * c.resource_by_id[piece.resource].hours_per_week + 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_order_swallows_a_work_centre(kind: str, firm_of: FirmOf) -> None:
    """No step of an offer needs more than six tenths of a resource's week, and lead times have room for all steps."""
    c = firm_of(kind).company
    for deal in c.open_opportunities:
        for option in deal.options:
            for piece in option.work:
                assert piece.hours / piece.weeks <= 0.6 * c.resource_by_id[piece.resource].hours_per_week
            assert option.lead_time_weeks is not None
            assert option.lead_time_weeks >= sum(piece.weeks for piece in option.work)


def test_a_smaller_firm_is_as_tight() -> None:
    """With a third of the inquiries the firm has a third of the hours, people and cash."""
    small, usual = make_type("machine_builder", 2, 100), make_type("machine_builder", 2)
    hours = {r.id: r.hours_per_week for r in usual.company.resources}
    assert all(abs(r.hours_per_week * 3 / hours[r.id] - 1) < 0.05 for r in small.company.resources)
    assert all(r.overtime_hours <= 12 * (r.headcount or 0) for r in small.company.resources)
    assert len(small.company.closed_opportunities) < len(usual.company.closed_opportunities) / 2
    loads = [tightness(small, luck)["CTL"] for luck in range(6)]
    assert 1.0 < np.mean(loads) < 2.0


def test_a_firm_that_cannot_be_is_refused() -> None:
    """An unknown kind, too few inquiries and a Tuesday are refused with what would do."""
    with pytest.raises(ValueError, match="job_shop"):
        make_type("bakery", 1)
    with pytest.raises(ValueError, match="60"):
        make_type("job_shop", 1, 10)
    with pytest.raises(ValueError, match="Monday"):
        make_type("job_shop", 1, as_of=date(2026, 3, 3))
