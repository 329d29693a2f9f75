"""Projects under way: orders won and not yet delivered, and the ways to carry on with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from numpy.random import Generator

from pursuit.demo.figures import dollars, stream, won
from pursuit.demo.history import Past
from pursuit.demo.rates import rate_on
from pursuit.demo.terms import late_penalty, payments
from pursuit.demo.work import full_work
from pursuit.domain import ExchangeRate, Project, ProjectMode, Work
from pursuit.units import Money


def make_projects(
    seed: int, as_of: date, past: Sequence[Past], rates: Sequence[ExchangeRate]
) -> tuple[Project, ...]:
    """The orders of ``past`` that were won and wait for delivery, soonest first."""
    rng = stream(seed, "running")
    waiting = [entry for entry in past if entry.won and entry.delivered is None and entry.promised]
    waiting.sort(key=lambda entry: (entry.promised or as_of, entry.id))
    return tuple(_project(rng, as_of, entry, number, rates) for number, entry in enumerate(waiting, start=1))


def _project(rng: Generator, as_of: date, entry: Past, number: int, rates: Sequence[ExchangeRate]) -> Project:
    if entry.promised is None:
        raise ValueError(f"{entry.id} has no promised date")
    done = (as_of - entry.closed).days / max(1, (entry.promised - entry.closed).days)
    amount = entry.deal.amount
    paid_in = dollars(amount, rate_on(rates, entry.closed)) if entry.customer.abroad else won(amount)
    return Project(
        id=f"PJ-{number:02d}",
        name=entry.deal.name,
        account=entry.customer.id,
        due=entry.promised,
        amount=paid_in,
        work=_left(full_work(entry.deal.article, entry.deal.quantity), done * float(rng.uniform(0.88, 1.03))),
        late_penalty=late_penalty(entry.customer, amount),
        payments=payments(entry.customer, amount),
        modes=_modes(rng, amount),
    )


def _left(work: tuple[Work, ...], done: float) -> tuple[Work, ...]:
    """What remains when a share ``done`` of all weeks has passed: first steps finished, one half done."""
    passed = done * sum(piece.weeks for piece in work)
    left: list[Work] = []
    for piece in work:
        gone = min(1.0, max(0.0, passed / piece.weeks))
        passed -= piece.weeks
        if gone < 0.95:
            weeks = max(1, round(piece.weeks * (1 - gone)))
            left.append(
                replace(piece, hours=round(piece.hours * (1 - gone), 1), weeks=weeks, step=len(left) + 1)
            )
    return tuple(left) or (replace(work[-1], step=1),)


def _modes(rng: Generator, amount: int) -> tuple[ProjectMode, ...]:
    """As planned or slower; three in four could also be paused or give people away, at a price."""

    def cost(low: float, high: float) -> Money:
        return won(amount * float(rng.uniform(low, high)))

    modes = [
        ProjectMode("as_planned"),
        ProjectMode("slower", int(rng.integers(2, 4)), 1.03, cost(0.004, 0.01), "고객과 분할 납품 협의"),
    ]
    if rng.random() < 0.75:
        modes.append(
            ProjectMode("paused", int(rng.integers(5, 9)), 1.08, cost(0.02, 0.04), "재착수 셋업과 재공 보관")
        )
        modes.append(
            ProjectMode(
                "stripped", int(rng.integers(2, 5)), 0.85, cost(0.03, 0.05), "두 명을 빼고 일부를 외부에 맡김"
            )
        )
    return tuple(modes)
