"""What each kind of change does to a firm, its beliefs or its settings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pursuit.domain import Offer, Opportunity, Option, Resource, offers_of
from pursuit.errors import InputError
from pursuit.planning.basis import Basis
from pursuit.planning.changes import Change
from pursuit.planning.model.limits import in_scope
from pursuit.units import Money
from pursuit.words import Words

SHIFT_HOURS = 40.0
"""Weekly hours of one more machine where nobody says how many there are: one shift."""


def _nothing(words: Words, change: Change, known: Iterable[str]) -> InputError:
    some = ", ".join(sorted(known)[:8]) or "-"
    told = words("There is no '{name}' to change ({what}).", name=change.target, what=change.what)
    return InputError(told + " " + words("There is: {known}", known=some))


def _resource(change: Change, basis: Basis, words: Words) -> Resource:
    found = basis.company.resource_by_id.get(change.target)
    if found is None:
        raise _nothing(words, change, basis.company.resource_by_id)
    return found


def _with_resource(basis: Basis, new: Resource) -> Basis:
    resources = tuple(new if r.id == new.id else r for r in basis.company.resources)
    return replace(basis, company=replace(basis.company, resources=resources))


def unit_hours(resource: Resource) -> float:
    """Weekly hours of one of the heads or machines of a resource; a shift's where their number is not known."""
    return resource.hours_per_week / resource.headcount if resource.headcount else SHIFT_HOURS


def _capacity(change: Change, basis: Basis, words: Words) -> Basis:
    """Regular and overtime hours together."""
    resource = _resource(change, basis, words)
    if change.weeks is not None:
        share = 1 - change.moved(1.0)
        return _cut(basis, resource, share, change.weeks)
    hours = max(change.moved(resource.hours_per_week), 0.0)
    factor = hours / resource.hours_per_week if resource.hours_per_week else 1.0
    heads = None if resource.headcount is None else resource.headcount * factor
    overtime = resource.overtime_hours * factor
    return _with_resource(
        basis, replace(resource, hours_per_week=hours, overtime_hours=overtime, headcount=heads)
    )


def _hour(change: Change, basis: Basis, words: Words) -> Basis:
    """Regular hours a week alone."""
    resource = _resource(change, basis, words)
    return _with_resource(
        basis, replace(resource, hours_per_week=max(change.moved(resource.hours_per_week), 0.0))
    )


def _unit(change: Change, basis: Basis, words: Words) -> Basis:
    """Heads of people, or machines, with their overtime."""
    resource = _resource(change, basis, words)
    before = resource.headcount or max(resource.hours_per_week / SHIFT_HOURS, 1e-9)
    after = max(change.moved(before), 0.0)
    hours = max(resource.hours_per_week + (after - before) * unit_hours(resource), 0.0)
    overtime = resource.overtime_hours * after / before
    heads = after if resource.headcount else None
    return _with_resource(
        basis, replace(resource, hours_per_week=hours, overtime_hours=overtime, headcount=heads)
    )


def _speed(change: Change, basis: Basis, words: Words) -> Basis:
    """A resource at part of its speed for some weeks, the whole horizon if none are told."""
    resource = _resource(change, basis, words)
    return _cut(basis, resource, 1 - change.moved(1.0), change.weeks or (0, basis.axis.weeks - 1))


def _cut(basis: Basis, resource: Resource, share: float, weeks: tuple[int, int]) -> Basis:
    situation = replace(basis.situation, cut=None)
    cut = np.zeros_like(situation.capacity) if basis.cut is None else basis.cut.copy()
    r, span = situation.resource_index[resource.id], slice(weeks[0], weeks[1] + 1)
    cut[r, span] += share * situation.capacity[r, span]
    return replace(basis, cut=cut)


def deals_in(target: str, basis: Basis) -> list[Opportunity]:
    """Open opportunities of one id, or of a scope such as ``segment:S1`` or ``product:P``; ``all`` for every one."""
    company = basis.company
    own = [opp for opp in company.open_opportunities if opp.id == target]
    if own or not (target == "all" or ":" in target):
        return own
    scope = "" if target == "all" else target
    return [opp for opp in company.open_opportunities if in_scope(company, scope, opp)]


def _deals(change: Change, basis: Basis, words: Words) -> list[Opportunity]:
    found = deals_in(change.target, basis)
    if not found:
        raise _nothing(words, change, (opp.id for opp in basis.company.open_opportunities))
    return found


def _price(change: Change, basis: Basis, words: Words) -> Basis:
    """Prices of all offers of some deals; what they cost and how likely they are won stays as it is."""
    company = basis.company
    new = {
        opp.id: replace(opp, options=_repriced(change, basis, opp)) for opp in _deals(change, basis, words)
    }
    deals = tuple(new.get(opp.id, opp) for opp in company.opportunities)
    return replace(basis, company=replace(company, opportunities=deals))


def _repriced(change: Change, basis: Basis, opp: Opportunity) -> tuple[Option, ...]:
    home = basis.company.currency
    declared = {option.id: option for option in opp.options}

    def priced(offer: Offer) -> Option:
        price = Money(round(change.moved(float(offer.price))), home)
        option = declared.get(offer.id, Option(id=offer.id))
        return replace(option, price=price, material_cost=Money(offer.material_cost, home))

    return tuple(priced(offer) for offer in offers_of(basis.company, opp))


def _win(change: Change, basis: Basis, words: Words) -> Basis:
    """Win probabilities: set for the standard option, the others moved by the same log-odds; or multiplied."""
    known = dict(basis.beliefs.opportunities)
    for opp in _deals(change, basis, words):
        belief = known[opp.id]
        mean = min(max(change.moved(belief.win.mean), 0.0), 1.0)
        moved = _moved_chance(change, belief.win.mean, mean)
        by_option = {name: moved(chance) for name, chance in belief.by_option.items()}
        win = replace(belief.win, mean=mean, low=min(belief.win.low, mean), high=max(belief.win.high, mean))
        known[opp.id] = replace(belief, win=win, by_option=by_option)
    return replace(basis, beliefs=replace(basis.beliefs, opportunities=known))


def _moved_chance(change: Change, before: float, after: float) -> Callable[[float], float]:
    if change.how != "set":
        return lambda chance: min(max(change.moved(chance), 0.0), 1.0)
    if after in (0.0, 1.0):
        return lambda chance: after
    shift = _log_odds(after) - _log_odds(before)
    return lambda chance: 1 / (1 + math.exp(-(_log_odds(chance) + shift)))


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-9), 1 - 1e-9)
    return math.log(chance / (1 - chance))


def _finance(change: Change, basis: Basis, words: Words) -> Basis:
    """The firm's cash at the beginning, or the balance it wants never to go below; money in the firm's main unit."""
    company, finance = basis.company, basis.company.finance
    if finance is None:
        raise InputError(words("The input has no finances: fill in the finance sheet to change cash."))
    floor = change.what == "floor"
    before = finance.floor if floor else finance.opening_cash
    money = Money.of(change.moved(float(before.major)), company.currency)
    finance = replace(finance, floor=money) if floor else replace(finance, opening_cash=money)
    return replace(basis, company=replace(company, finance=finance))


def _goal(change: Change, basis: Basis, words: Words) -> Basis:
    """The weight of a goal, or of all of them."""
    goals = basis.company.goals
    if not any(change.target in (goal.id, "all") for goal in goals):
        raise _nothing(words, change, (goal.id for goal in goals))
    new = tuple(
        replace(goal, weight=max(change.moved(goal.weight), 0.0))
        if change.target in (goal.id, "all")
        else goal
        for goal in goals
    )
    return replace(basis, company=replace(basis.company, goals=new))


def _limit(change: Change, basis: Basis, words: Words) -> Basis:
    """The most money at risk that a limit allows; money in the firm's main unit."""
    company = basis.company
    if not any(limit.id == change.target for limit in company.limits):
        raise _nothing(words, change, (limit.id for limit in company.limits))
    new = tuple(
        replace(x, exposure=Money.of(max(change.moved(float(x.exposure.major)), 0.0), x.exposure.currency))
        if x.id == change.target
        else x
        for x in company.limits
    )
    return replace(basis, company=replace(company, limits=new))


def _risk(change: Change, basis: Basis, words: Words) -> Basis:
    aversion = change.moved(basis.settings.risk_aversion)
    if not 0 <= aversion <= 1:
        raise InputError(words("Risk aversion lies between 0 and 1, not at {value}.", value=f"{aversion:g}"))
    return replace(basis, settings=replace(basis.settings, risk_aversion=aversion))


def _pin(change: Change, basis: Basis, words: Words) -> Basis:
    """An opportunity, project or investment decided by hand; ``pursue`` stands for the first offer."""
    company, target = basis.company, change.target
    for opp in company.open_opportunities:
        if opp.id == target:
            offers = [offer.id for offer in offers_of(company, opp)]
            word = offers[0] if change.word == "pursue" else change.word
            _known(change, word, ("decline", "defer", *offers), words)
            deals = tuple(replace(o, pinned=word) if o is opp else o for o in company.opportunities)
            return replace(basis, company=replace(company, opportunities=deals))
    for investment in company.investments:
        if investment.id == target:
            starts = [str(start) for start in investment.starts]
            _known(change, change.word, ("no", "now", "later", *starts), words)
            new = tuple(replace(i, pinned=change.word) if i is investment else i for i in company.investments)
            return replace(basis, company=replace(company, investments=new))
    for project in company.projects:
        if project.id == target:
            _known(change, change.word, ("as_planned", *(mode.kind for mode in project.modes)), words)
            others = tuple(replace(p, pinned=change.word) if p is project else p for p in company.projects)
            return replace(basis, company=replace(company, projects=others))
    raise _nothing(words, change, (opp.id for opp in company.open_opportunities))


def _known(change: Change, word: str, possible: Sequence[str], words: Words) -> None:
    if word not in possible:
        raise InputError(
            words("'{name}' cannot be pinned to '{word}'; possible: {known}.", name=change.target, word=word,
                  known=", ".join(possible))
        )  # fmt: skip


CHANGES: Mapping[str, Callable[[Change, Basis, Words], Basis]] = {
    "capacity": _capacity,
    "hour": _hour,
    "unit": _unit,
    "speed": _speed,
    "price": _price,
    "win": _win,
    "floor": _finance,
    "cash": _finance,
    "goal": _goal,
    "limit": _limit,
    "risk": _risk,
    "pin": _pin,
}
