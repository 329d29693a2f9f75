"""The schedule checker lets nothing wrong through."""

from __future__ import annotations

import numpy as np
import pytest

from pursuit.scheduling import FloorSchedule, carry_out, check_schedule
from tests.scheduling.floors import floor, random_floor, random_scale

KINDS = ("drop", "double", "negative", "early", "rate", "finish", "late", "overtime", "swap", "clear")


def parts(schedule):
    """Writable copies of a schedule's arrays."""
    return {name: np.array(getattr(schedule, name)) for name in ("hours", "overtime", "finish", "late")}


def spoil(problem, schedule, rng):
    """One wrong schedule made of a right one, and what was done to it; None where it cannot be done here."""
    arrays = parts(schedule)
    hours = arrays["hours"]
    busy = np.argwhere(hours > 0.5)
    if not len(busy):
        return None
    op, week = busy[rng.integers(len(busy))]
    order = problem.op_order[op]
    kind = rng.choice(KINDS)
    if kind == "drop":
        if schedule.finish[order] == problem.weeks:
            return None
        hours[op, week] -= 0.3
    elif kind == "double":
        hours[op, week] *= 2
    elif kind == "negative":
        hours[op, week] = -hours[op, week]
    elif kind == "early":
        if problem.release[order] == 0 or hours[op, problem.release[order] - 1] != 0:
            return None
        hours[op, problem.release[order] - 1], hours[op, week] = hours[op, week], 0.0
    elif kind == "rate":
        if hours[op].sum() <= problem.op_rate[op] * 1.01:
            return None
        hours[op, week], hours[op] = hours[op].sum(), 0.0
        hours[op, week] = problem.op_rate[op] * 1.01
    elif kind == "finish":
        arrays["finish"][order] += rng.choice([-1, 1])
    elif kind == "late":
        arrays["late"][order] += 1
    elif kind == "overtime":
        arrays["overtime"][problem.op_resource[op], week] += 0.5
    elif kind == "swap":
        later = min(week + 1, problem.weeks - 1)
        if hours[op, later] > 0 or later == week or schedule.finish[order] == problem.weeks:
            return None
        if (hours[problem.first_op[order] : problem.first_op[order + 1], later:] > 0).any():
            return None
        hours[op, later], hours[op, week] = hours[op, week], 0.0
    else:
        if schedule.finish[order] == problem.weeks:
            return None
        hours[problem.first_op[order] : problem.first_op[order + 1]] = 0.0
    return str(kind), FloorSchedule(**arrays, rule="spoilt")


def test_200_spoilt_schedules_are_caught():
    """Of 200 and more schedules with one planted fault each, of ten kinds, every one is caught."""
    kinds: dict[str, int] = {}
    for seed in range(400):
        problem = random_floor(seed)
        scale = random_scale(problem, seed)
        schedule = carry_out(problem, scale)
        assert check_schedule(problem, schedule, scale) == ()
        spoilt = spoil(problem, schedule, np.random.default_rng(seed))
        if spoilt:
            kind, wrong = spoilt
            kinds[kind] = kinds.get(kind, 0) + 1
            assert check_schedule(problem, wrong, scale), f"{kind} passed at seed {seed}"
    assert sum(kinds.values()) >= 200
    assert set(kinds) == set(KINDS)


@pytest.mark.parametrize(
    ("name", "at", "value", "words"),
    [
        ("hours", (0, 0), 41.0, "possible"),
        ("hours", (1, 5), 5.0, "needed"),
        ("hours", (0, 0), 30.0, "hours say 6"),
        ("hours", (0, 0), -1.0, "negative"),
        ("overtime", (0, 0), 5.0, "allowed"),
        ("finish", 0, 2, "said to finish"),
        ("late", 0, 1, "weeks late"),
    ],
)
def test_sentences_name_the_fault(name, at, value, words):
    """Each kind of fault is told in a sentence of its own."""
    arrays = parts(carry_out(floor(), np.ones(2)))
    arrays[name][at] = value
    assert any(words in problem for problem in check_schedule(floor(), FloorSchedule(**arrays, rule="")))


def test_overtime_before_regular_hours_is_told():
    """Overtime in a week whose regular hours are not used up is a fault."""
    problem = floor(overtime=np.full((1, 6), 10.0))
    arrays = parts(carry_out(problem, np.ones(2)))
    arrays["overtime"][0, 2] = 5.0
    assert any("although" in text for text in check_schedule(problem, FloorSchedule(**arrays, rule="")))


def test_wrong_shape_is_told():
    """A schedule of another floor is refused before anything is reckoned."""
    arrays = parts(carry_out(floor(), np.ones(2)))
    arrays["hours"] = arrays["hours"][:1]
    assert check_schedule(floor(), FloorSchedule(**arrays, rule="")) == (
        "The table hours has the wrong shape.",
    )
    arrays = parts(carry_out(floor(), np.ones(2)))
    arrays["hours"][0, 0] = np.nan
    assert check_schedule(floor(), FloorSchedule(**arrays, rule="")) == (
        "Some hours are not finite numbers.",
    )
