"""What the firm makes and with what: products, routings, resources, work under way, investments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pursuit.domain.opportunity import LatePenalty, PaymentMilestone, Work
from pursuit.domain.quiet import QUIET
from pursuit.units import Money

RESOURCE_KINDS = ("work_center", "people")
INVESTMENT_KINDS = ("technology", "machine", "hire", "shift", "solution")
PROJECT_MODES = ("as_planned", "slower", "paused", "stripped")


@dataclass(frozen=True, slots=True)
class Technology:
    """A skill, process or certificate the firm holds or could acquire."""

    id: str
    name: str
    held: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a routing on a work centre; hours = setup + quantity x hours per unit.

    ``bought_in`` is the price per unit of what is done outside in this step (외주 공정), whatever hours remain here.
    """

    work_center: str
    name: str = ""
    setup_hours: float = 0.0
    hours_per_unit: float = 0.0
    weeks: int = 1
    bought_in: Money | None = field(default=None, metadata=QUIET)


@dataclass(frozen=True, slots=True)
class Routing:
    """The operations a product passes, in order."""

    id: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Something the firm sells.

    ``material_share`` is the share of the price spent on materials and bought-in parts; hours come on top.
    ``effort`` is the usual presales effort, hours by resource. ``bought_in`` is the price of what is bought or
    done outside for one unit (외주 단가), on top of the material share.
    """

    id: str
    name: str
    family: str = ""
    list_price: Money | None = None
    material_share: float | None = None
    routing: str = ""
    lead_time_weeks: int | None = None
    technologies: tuple[str, ...] = ()
    effort: Mapping[str, float] = field(default_factory=dict)
    effort_weeks: int = 4
    bought_in: Money | None = field(default=None, metadata=QUIET)


@dataclass(frozen=True, slots=True)
class Resource:
    """A work centre or a group of people whose hours are limited.

    Parameters
    ----------
    hours_per_week
        Regular hours of an ordinary week, all machines or heads together.
    hourly_cost
        What a regular hour costs in cash only if it is used; fixed wages belong to ``Finance.fixed_cost``.
    overtime_hours
        Most overtime hours per week, all together (Korean law: 12 per head).
    overtime_cost
        Cost of an overtime hour; None forbids overtime.
    subcontract_cost
        Price of an hour bought outside; None where work cannot be given outside.
    subcontract_share
        Largest share of a piece of work that may be given outside.
    """

    id: str
    name: str
    kind: str = "work_center"
    hours_per_week: float = 40.0
    headcount: float | None = None
    hourly_cost: Money | None = None
    overtime_hours: float = 0.0
    overtime_cost: Money | None = None
    subcontract_cost: Money | None = None
    subcontract_share: float = 1.0
    calendar: str = ""
    hours_known: bool = True


@dataclass(frozen=True, slots=True)
class ProjectMode:
    """A way to carry on with a project: its pace and what that costs."""

    kind: str
    delay_weeks: int = 0
    hours_factor: float = 1.0
    cost: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """Work already sold, running; ``work`` is what remains and ``due`` when it is promised.

    Before ``release`` nothing can be done for it (None: at once); ``material_cost`` is what still leaves the firm for
    it besides hours.
    """

    id: str
    name: str
    account: str
    due: date
    amount: Money
    work: tuple[Work, ...] = ()
    late_penalty: LatePenalty | None = None
    payments: tuple[PaymentMilestone, ...] = ()
    modes: tuple[ProjectMode, ...] = ()
    pinned: str = ""
    release: date | None = field(default=None, metadata=QUIET)
    material_cost: Money | None = field(default=None, metadata=QUIET)


@dataclass(frozen=True, slots=True)
class Investment:
    """Something the firm could add: a technology, machine, hire, shift, or solution for a segment.

    ``lead_weeks`` pass between the choice and the first hour; ``ramp_weeks`` more until full ``capacity``
    (hours per week by resource). ``cost`` is paid at the choice, ``weekly_cost`` from arrival on;
    ``residual_share`` of the cost is still worth it at the horizon. ``starts`` are the weeks in which it can be chosen.
    """

    id: str
    name: str
    kind: str
    cost: Money
    weekly_cost: Money | None = None
    lead_weeks: int = 0
    ramp_weeks: int = 0
    capacity: Mapping[str, float] = field(default_factory=dict)
    technology: str = ""
    effort: Mapping[str, float] = field(default_factory=dict)
    effort_weeks: int = 4
    residual_share: float = 0.0
    starts: tuple[int, ...] = (0,)
    pinned: str = ""
