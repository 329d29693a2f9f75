"""What two choices decide otherwise, record by record, and what each difference comes from.

What is true of the record itself comes first: it is new, closed, pinned, priced or judged otherwise. Else the hours
tell: the resource whose dearer (or cheaper) hours weigh most on the option, whether its capacity changed, and who takes
its hours now (or left them). What neither explains is the whole choice in a new balance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from pursuit.planning.basis import Record, Solved
from pursuit.planning.model import OptionFacts
from pursuit.planning.warm import Taken, all_taken, taken
from pursuit.selection.problem import Floats

MOVED = 0.005
"""Share by which a price, an amount or a capacity must change to be called a cause."""
NAMED = 3
"""Most others named beside one difference."""


@dataclass(frozen=True)
class Cause:
    """Why something is decided otherwise: a word of the code, figures, and the records concerned.

    ``kind`` is ``new``, ``won``, ``lost``, ``gone``, ``option_gone``, ``pinned``, ``chance``, ``price``, ``date``,
    ``investment``, ``deals``, ``capacity``, ``displaced``, ``room``, ``hours``, ``risk`` or ``balance``.
    """

    kind: str
    resource: str = ""
    before: float | str | None = None
    after: float | str | None = None
    others: tuple[Record, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One record that is decided otherwise; None where it is not in that plan."""

    record: Record
    before: Taken | None
    after: Taken | None
    cause: Cause


@dataclass(frozen=True)
class Known:
    """An earlier plan as far as it is known, by record and by resource.

    Attributes
    ----------
    taken
        What each record took.
    chance, amount
        Of the option taken, or of the first that goes for it.
    due
        Date asked for (ISO).
    hours
        Mean hours of the option taken, by resource.
    regular
        Regular hours by resource and Monday (ISO).
    price
        What an hour was worth, by resource; empty where nobody knows.
    risk_aversion
        Weight of the worst tenth, None where nobody knows.
    """

    taken: Mapping[Record, Taken]
    chance: Mapping[Record, float] = field(default_factory=dict)
    amount: Mapping[Record, float] = field(default_factory=dict)
    due: Mapping[Record, str] = field(default_factory=dict)
    hours: Mapping[Record, Mapping[str, float]] = field(default_factory=dict)
    regular: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    price: Mapping[str, float] = field(default_factory=dict)
    risk_aversion: float | None = None


def known_of(plan: Solved) -> Known:
    """A choice at hand as an earlier plan."""
    chance: dict[Record, float] = {}
    amount: dict[Record, float] = {}
    hours: dict[Record, Mapping[str, float]] = {}
    names = [resource.id for resource in plan.basis.company.resources]
    for option in plan.solution.choice:
        facts = plan.model.facts[int(option)]
        record = (facts.kind, facts.ref)
        hours[record] = dict(zip(names, plan.hours[option].tolist(), strict=True))
        shown = _shown(plan, record, facts)
        if shown.offer is not None:
            chance[record], amount[record] = shown.chance, float(shown.offer.price)
    return Known(
        taken=all_taken(plan),
        chance=chance,
        amount=amount,
        due=_asked(plan),
        hours=hours,
        regular=_regular(plan),
        price=dict(zip(names, plan.hour_price.tolist(), strict=True)),
        risk_aversion=plan.basis.settings.risk_aversion,
    )


def _regular(plan: Solved) -> dict[str, dict[str, float]]:
    axis = plan.basis.axis
    mondays = [axis.monday(week).isoformat() for week in range(axis.weeks)]
    hours = plan.solution.firm.regular[:, : axis.weeks].tolist()
    resources = plan.basis.company.resources
    return {r.id: dict(zip(mondays, row, strict=True)) for r, row in zip(resources, hours, strict=True)}


def _asked(plan: Solved) -> dict[Record, str]:
    deals = plan.basis.company.open_opportunities
    return {("opportunity", opp.id): str(opp.requested_date or "") for opp in deals}


def _shown(plan: Solved, record: Record, facts: OptionFacts) -> OptionFacts:
    """The option whose chance and price stand for a record: the one taken, or the first that goes for it."""
    options = [plan.model.facts[o] for o in plan.options[record]]
    return facts if facts.word == "pursue" else next((f for f in options if f.word == "pursue"), facts)


def differences(old: Known, new: Solved) -> list[Difference]:
    """Every record that ``new`` decides otherwise than ``old``, in the order of the new plan, closed ones last."""
    now = all_taken(new)
    changed = [record for record in now if old.taken.get(record) != now[record]]
    gone = [record for record in old.taken if record not in now]
    seen = _Seen(old, new, now, (*changed, *gone))
    return [
        Difference(record, old.taken.get(record), now.get(record), seen.cause(record))
        for record in seen.changed
    ]


@dataclass(frozen=True)
class _Seen:
    """Two plans side by side."""

    old: Known
    new: Solved
    now: Mapping[Record, Taken]
    changed: tuple[Record, ...]

    def cause(self, record: Record) -> Cause:
        """Why a record is decided otherwise."""
        if record not in self.now:
            return self._gone(record)
        if record not in self.old.taken:
            return Cause("new")
        return next(self._own(record), None) or next(self._hours(record), None) or self._rest()

    def _gone(self, record: Record) -> Cause:
        outcome = {o.id: o.outcome for o in self.new.basis.company.opportunities}.get(record[1], "")
        running = any(project.id == record[1] for project in self.new.basis.situation.running)
        won = record[0] == "opportunity" and (outcome == "won" or running)
        return Cause("won" if won else "lost" if outcome == "lost" else "gone")

    def _own(self, record: Record) -> Iterator[Cause]:
        """What changed in the record itself."""
        before = self.old.taken[record]
        options = [self.new.model.facts[o] for o in self.new.options[record]]
        offered = [taken(facts, self.new.basis) for facts in options]
        if record[0] != "investment" and before not in offered:
            yield Cause("option_gone", before=before.offer or before.word)
        if self._pinned(record):
            yield Cause("pinned")
        facts = next(
            (f for f, it in zip(options, offered, strict=True) if it == before and it.word == "pursue"), None
        )
        facts = facts or next((f for f in options if f.word == "pursue"), None)
        if facts is not None and facts.offer is not None:
            chance, amount = self.old.chance.get(record), self.old.amount.get(record)
            if chance is not None and abs(facts.chance - chance) > MOVED:
                yield Cause("chance", before=chance, after=facts.chance)
            if amount is not None and abs(facts.offer.price - amount) > MOVED * abs(amount):
                yield Cause("price", before=amount, after=float(facts.offer.price))
        asked = _asked(self.new).get(record, "")
        if self.old.due.get(record, asked) != asked:
            yield Cause("date", before=self.old.due[record], after=asked)
        if resting := self._resting(record):
            yield Cause("deals" if record[0] == "investment" else "investment", others=resting)

    def _pinned(self, record: Record) -> bool:
        p, span = self.new.model.problem, self.new.options[record]
        return len(span) > 1 and int(p.allowed[span.start : span.stop].sum()) == 1

    def _resting(self, record: Record) -> tuple[Record, ...]:
        """What is decided otherwise too and needed by this record, or, for an investment, needs it."""
        p, facts = self.new.model.problem, self.new.model.facts
        mine, found = set(self.new.options[record]), set()
        for k, option in enumerate(p.need_option):
            providers = [int(q) for q in p.need_provider[p.need_start[k] : p.need_start[k + 1]]]
            if int(option) in mine:
                found |= {(facts[q].kind, facts[q].ref) for q in providers}
            if mine.intersection(providers):
                found.add((facts[int(option)].kind, facts[int(option)].ref))
        return tuple(other for other in self.changed if other in found and other != record)[:NAMED]

    def _hours(self, record: Record) -> Iterator[Cause]:
        """Which resource's hours tell, and who has to do with them."""
        resources = [resource.id for resource in self.new.basis.company.resources]
        more, price = self._more(record), self.new.hour_price
        leaving = float(more @ price) < 0 if np.any(more * price) else float(more.sum()) < 0
        before = np.array([self.old.price.get(name, 0.0) for name in resources])
        moved = -more * (price - before) if self.old.price else np.abs(more) * (1 + price)
        if not len(moved) or moved.max() <= 0:
            return
        r = int(np.argmax(moved))
        name = resources[r]
        was, now = self._both_hours(name)
        if leaving == (now < was) and abs(now - was) > MOVED * max(was, 1e-9):
            yield Cause("capacity", name, was, now)
        others = self._others(record, r, -1.0 if leaving else 1.0)
        if others:
            yield Cause("displaced" if leaving else "room", name, others=others)
        if self.old.price:
            yield Cause("hours", name, float(before[r]), float(price[r]))

    def _both_hours(self, resource: str) -> tuple[float, float]:
        """Regular hours of a resource in the weeks that both plans have, before and now."""
        before, now = self.old.regular.get(resource, {}), _regular(self.new)[resource]
        both = before.keys() & now.keys()
        return sum(before[week] for week in both), sum(now[week] for week in both)

    def _more(self, record: Record) -> Floats:
        """(R,) mean hours that a record takes more now than before; 1 of each for what is gone and not known."""
        names = [resource.id for resource in self.new.basis.company.resources]
        known = self.old.hours.get(record)
        before = self._use(record, self.old.taken.get(record))
        if before is None and record in self.old.taken:
            gone = dict.fromkeys(names, 1.0) if known is None else known
            before = np.array([gone.get(name, 0.0) for name in names])
        after = self._use(record, self.now.get(record))
        none = np.zeros(len(names))
        return (none if after is None else after) - (none if before is None else before)

    def _use(self, record: Record, wanted: Taken | None) -> Floats | None:
        """(R,) mean hours of an option of the new problem; None if it is not there."""
        for option in self.new.options.get(record, range(0)):
            if taken(self.new.model.facts[option], self.new.basis) == wanted:
                return np.asarray(self.new.hours[option])
        return None

    def _others(self, record: Record, resource: int, sign: float) -> tuple[Record, ...]:
        """Others whose hours on a resource moved the other way; most hours first."""
        moved = [
            (sign * float(self._more(other)[resource]), other) for other in self.changed if other != record
        ]
        return tuple(other for hours, other in sorted(moved) if hours < -1e-9)[:NAMED]

    def _rest(self) -> Cause:
        before, after = self.old.risk_aversion, self.new.basis.settings.risk_aversion
        if before is not None and before != after:
            return Cause("risk", before=before, after=after)
        return Cause("balance")
