"""Judges a plan document against its company; imports nothing of what makes plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pursuit.domain import Company
from pursuit.errors import PlanError
from pursuit.planning.checks.capacity import allocation_problems, resource_problems
from pursuit.planning.checks.case import Case
from pursuit.planning.checks.commitments import (
    goal_problems,
    investment_problems,
    project_problems,
    spending_problems,
)
from pursuit.planning.checks.contracts import contract_problems
from pursuit.planning.checks.customers import (
    account_problems,
    limit_problems,
    rank_problems,
    segment_problems,
)
from pursuit.planning.checks.decisions import (
    chance_problems,
    coverage_problems,
    displacement_problems,
    option_problems,
    reason_problems,
    record_problems,
    technology_problems,
)
from pursuit.planning.checks.heading import heading_problems, horizon_problems
from pursuit.planning.checks.money import (
    cash_problems,
    effect_problems,
    outcome_problems,
    replay_problems,
    round_problems,
    value_problems,
)
from pursuit.planning.checks.records import (
    account_record_problems,
    label_problems,
    member_problems,
    mode_problems,
    opportunity_problems,
    resource_record_problems,
)
from pursuit.planning.checks.schedule import load_problems, row_problems, step_problems, work_problems
from pursuit.planning.checks.structure import plan_schema, structure_problems

RULES: tuple[Callable[[Case], Iterator[str]], ...] = (
    heading_problems,
    coverage_problems,
    option_problems,
    technology_problems,
    record_problems,
    label_problems,
    opportunity_problems,
    account_record_problems,
    resource_record_problems,
    member_problems,
    mode_problems,
    chance_problems,
    displacement_problems,
    reason_problems,
    effect_problems,
    value_problems,
    outcome_problems,
    replay_problems,
    cash_problems,
    round_problems,
    account_problems,
    segment_problems,
    rank_problems,
    limit_problems,
    investment_problems,
    project_problems,
    contract_problems,
    goal_problems,
    spending_problems,
    resource_problems,
    allocation_problems,
    row_problems,
    load_problems,
    work_problems,
    step_problems,
)


def check_plan(plan: Mapping[str, Any], company: Company) -> tuple[str, ...]:
    """Every rule that ``plan`` breaks, each a sentence that names the record; empty when it is sound.

    A document without the right shape, or with a horizon that is no row of weeks, is not judged any further.

    Parameters
    ----------
    plan
        A document of the format ``pursuit-plan/1``, as read from JSON.
    company
        The snapshot it is said to be made from.
    """
    problems = tuple(structure_problems(plan, plan_schema()))
    if problems:
        return problems
    case = Case(plan, company)
    problems = tuple(horizon_problems(case))
    return problems or tuple(problem for rule in RULES for problem in rule(case))


def verify_plan(plan: Mapping[str, Any], company: Company) -> None:
    """Accept a sound plan.

    Raises
    ------
    PlanError
        With every problem that :func:`check_plan` finds.
    """
    problems = check_plan(plan, company)
    if problems:
        raise PlanError(problems)
