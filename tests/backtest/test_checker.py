"""The checker of a replay finds whatever is changed in a sound journal."""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import replace as change

import pytest

from pursuit.backtest.checker import check_replay
from pursuit.backtest.journal import Journal, Payment
from pursuit.backtest.policies import Everything
from pursuit.backtest.replay import Replay, replay
from tests.backtest.small import SmallNature


@pytest.fixture(scope="module")
def lived() -> Replay:
    return replay(SmallNature(3.0), Everything(), seed=11, weeks=52)


def _event(journal: Journal, kind: str, rng: random.Random) -> int:
    return rng.choice([n for n, event in enumerate(journal.events) if event.kind == kind])


def _money(journal: Journal, rng: random.Random) -> None:
    at = rng.randrange(len(journal.payments))
    journal.payments[at] = change(journal.payments[at], amount=journal.payments[at].amount * 2)


def _cash(journal: Journal, rng: random.Random) -> None:
    journal.cash[rng.randrange(len(journal.cash))] += 1


def _hours(journal: Journal, rng: random.Random) -> None:
    at = rng.choice([n for n, line in enumerate(journal.hours) if line.how == "regular"])
    journal.hours[at] = change(journal.hours[at], hours=journal.hours[at].hours + 500)


def _stranger(journal: Journal, rng: random.Random) -> None:
    at = rng.randrange(len(journal.hours))
    journal.hours[at] = change(journal.hours[at], resource="nobody")


def _twice(kind: str):
    def spoil(journal: Journal, rng: random.Random) -> None:
        journal.events.append(change(journal.events[_event(journal, kind, rng)], week=51))

    return spoil


def _vanish(kind: str):
    def spoil(journal: Journal, rng: random.Random) -> None:
        del journal.events[_event(journal, kind, rng)]

    return spoil


def _paid_otherwise(journal: Journal, rng: random.Random) -> None:
    at = _event(journal, "paid", rng)
    journal.events[at] = change(journal.events[at], amount=journal.events[at].amount + 1)


def _worked_after(journal: Journal, rng: random.Random) -> None:
    done = journal.events[_event(journal, "delivered", rng)]
    journal.hours.append(change(journal.hours[0], record=done.record, week=51, hours=0.0))


def _penalty_for_nothing(journal: Journal, rng: random.Random) -> None:
    at = rng.choice([n for n, e in enumerate(journal.events) if e.kind == "delivered" and e.late_days > 0])
    journal.events[at] = change(journal.events[at], late_days=0)


def _penalty_above_its_cap(journal: Journal, rng: random.Random) -> None:
    late = next(e for e in journal.events if e.kind == "delivered" and e.record == "J-1")
    at = journal.events.index(late)
    journal.events[at] = change(late, late_days=40)
    paid = round(20_000_000 * 0.1) + 50
    journal.payments.append(Payment(late.week, "penalty", "J-1", -paid))
    for week in range(late.week, len(journal.cash)):
        journal.cash[week] -= paid


SPOILS = {
    "penalty above its cap": _penalty_above_its_cap,
    "money": _money,
    "cash": _cash,
    "hours": _hours,
    "stranger": _stranger,
    "delivered twice": _twice("delivered"),
    "won twice": _twice("won"),
    "billed twice": _twice("invoiced"),
    "paid twice": _twice("paid"),
    "delivery lost": _vanish("delivered"),
    "win lost": _vanish("won"),
    "bill lost": _vanish("invoiced"),
    "arrival lost": _vanish("arrived"),
    "paid otherwise": _paid_otherwise,
    "worked after": _worked_after,
    "penalty for nothing": _penalty_for_nothing,
}


def test_sound(lived: Replay) -> None:
    """The journal itself breaks no law, so that what is found below was planted."""
    assert check_replay(SmallNature(3.0).company, lived.journal) == ()


@pytest.mark.parametrize("kind", SPOILS)
def test_spoilt(lived: Replay, kind: str) -> None:
    """Every kind of change is found, wherever it is made."""
    for seed in range(8):
        journal = deepcopy(lived.journal)
        SPOILS[kind](journal, random.Random(seed))
        assert check_replay(SmallNature(3.0).company, journal) != (), seed
