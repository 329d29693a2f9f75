"""What a plan is made from, and time as the model counts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from pursuit.domain import Company, Offer, Opportunity, Project, Resource, offers_of, running_work
from pursuit.forecast import Beliefs, ScenarioSet
from pursuit.planning.model.assumptions import CYCLE_WEEKS, TAIL_WEEKS
from pursuit.selection.problem import Floats
from pursuit.units import Calendar, WeekAxis


@dataclass(frozen=True, slots=True)
class Settings:
    """How a plan is to be made.

    Parameters
    ----------
    weeks
        Horizon.
    risk_aversion
        Weight of the mean of the worst tenth, 0 (only the mean counts) to 1.
    seed
        Of all futures; the same seed gives the same plan.
    scenarios, fresh
        Futures the plan is chosen on, and others it is valued on afterwards.
    work_limit
        Solver steps: pricing every item once, or trying one exchange, is one step.
    seconds
        Second fence by the clock; None for none.
    lang
        Language of reasons and warnings.
    detailed
        Opportunities whose effect is found by choosing again around them; the others' is priced.
    """

    weeks: int = 26
    risk_aversion: float = 0.3
    seed: int = 1
    scenarios: int = 64
    fresh: int = 128
    work_limit: int = 600
    seconds: float | None = 600.0
    lang: str = "en"
    detailed: int = 30


@dataclass(frozen=True)
class Situation:
    """A company, what is believed of it, and the futures drawn.

    ``axis`` is the horizon, ``long_axis`` the horizon and the weeks behind it in which work is still done.
    """

    company: Company
    axis: WeekAxis
    beliefs: Beliefs
    futures: ScenarioSet
    cut: Floats | None = None  # (R, T) hours the shop floor showed it cannot give
    earliest: Mapping[tuple[str, int], int] = field(
        default_factory=dict
    )  # (order, step) -> first week it showed

    @staticmethod
    def long_axis_of(axis: WeekAxis) -> WeekAxis:
        """The horizon and the weeks behind it."""
        return WeekAxis(axis.start, axis.weeks + TAIL_WEEKS)

    @cached_property
    def long_axis(self) -> WeekAxis:
        """The horizon and the weeks behind it."""
        return self.long_axis_of(self.axis)

    @cached_property
    def weeks(self) -> int:
        """Weeks the model counts."""
        return self.long_axis.weeks

    @cached_property
    def resource_index(self) -> dict[str, int]:
        """Position of each resource."""
        return {resource.id: n for n, resource in enumerate(self.company.resources)}

    @cached_property
    def account_index(self) -> dict[str, int]:
        """Position of each account."""
        return {account.id: n for n, account in enumerate(self.company.accounts)}

    @cached_property
    def hourly_cost(self) -> Floats:
        """(R,) money a regular hour costs."""
        company = self.company
        return np.array(
            [company.home(r.hourly_cost) if r.hourly_cost else 0.0 for r in company.resources], float
        )

    @cached_property
    def shares(self) -> Floats:
        """(R, T) share of an ordinary week worked."""
        return np.array([self._week_shares(resource) for resource in self.company.resources])

    def _week_shares(self, resource: Resource) -> list[float]:
        calendar: Calendar | None = self.company.calendar_by_id.get(resource.calendar)
        if calendar is None:
            return [1.0] * self.weeks
        return [calendar.week_share(self.long_axis.monday(week)) for week in range(self.weeks)]

    @cached_property
    def capacity(self) -> Floats:
        """(R, T) regular hours, less what the floor showed it cannot give."""
        hours = np.array([r.hours_per_week for r in self.company.resources])[:, None] * self.shares
        return hours if self.cut is None else np.maximum(hours - self.cut, 0.0)

    @cached_property
    def overtime(self) -> Floats:
        """(R, T) overtime hours allowed."""
        hours = [r.overtime_hours if r.overtime_cost is not None else 0.0 for r in self.company.resources]
        return np.array(hours)[:, None] * self.shares

    @cached_property
    def overtime_cost(self) -> Floats:
        """(R,) extra money per overtime hour."""
        pay = [self.company.home(r.overtime_cost) if r.overtime_cost else 0.0 for r in self.company.resources]
        return np.maximum(np.array(pay, float) - self.hourly_cost, 0.0)

    @cached_property
    def subcontract_cost(self) -> Floats:
        """(R,) extra money per hour given outside; inf where that is impossible."""
        pay = [
            self.company.home(r.subcontract_cost) if r.subcontract_cost else np.inf
            for r in self.company.resources
        ]
        return np.maximum(np.array(pay, float) - self.hourly_cost, 0.0)

    @cached_property
    def offers(self) -> dict[str, tuple[Offer, ...]]:
        """Offers of each open opportunity."""
        return {opp.id: offers_of(self.company, opp) for opp in self.company.open_opportunities}

    @cached_property
    def running(self) -> tuple[Project, ...]:
        """Projects under way and the call-offs of contracts due within the horizon."""
        return running_work(self.company, self.axis.end)

    @cached_property
    def usual_cycle(self) -> float:
        """Median days from first contact to decision; the assumption where history does not say."""
        closed = self.company.closed_opportunities
        days = [(opp.closed - opp.created).days for opp in closed if opp.closed and opp.created]
        return float(np.median(days)) if len(days) >= 10 else CYCLE_WEEKS * 7.0

    def week(self, day: date) -> int:
        """Week of a day, past days falling into week 0 and far ones into the last week."""
        return min(max(self.axis.index(day), 0), self.weeks - 1)

    def learned_window(self, ref: str, step: int, window: tuple[int, int, int]) -> tuple[int, int, int]:
        """A step's (first, last, due) week with what the floor has shown about when it can begin."""
        first, last, due = window
        first = min(max(first, self.earliest.get((ref, step), 0)), self.weeks - 1)
        return first, max(first, last), due

    def decision_week(self, opp: Opportunity) -> int:
        """Week in which the customer is thought to decide."""
        if opp.expected_close is not None:
            return self.week(opp.expected_close)
        if opp.decide_by is not None:
            return self.week(opp.decide_by)
        day = self.company.as_of + timedelta(days=7)
        if opp.created is not None:
            day = max(day, opp.created + timedelta(days=round(self.usual_cycle)))
        return self.week(day)

    def due_week(self, opp: Opportunity, offer: Offer) -> int:
        """Week in which the offer promises delivery."""
        declared = next((o.lead_time_weeks for o in opp.options if o.id == offer.id), None)
        if declared is None and opp.requested_date is not None:
            return max(self.week(opp.requested_date), self.decision_week(opp))
        return min(self.decision_week(opp) + offer.lead_weeks, self.weeks - 1)
