"""One choice carried over to another problem: decisions by record, prices by resource and week, limit and month."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from pursuit.planning.basis import Basis, Record, Solved
from pursuit.planning.model import Model, OptionFacts
from pursuit.selection.bound import Prices
from pursuit.selection.problem import Floats, Ints


@dataclass(frozen=True)
class Taken:
    """An option by what it is, whatever its number: its word, its offer, and the Monday an investment begins."""

    word: str
    offer: str = ""
    begins: date | None = None


def taken(facts: OptionFacts, basis: Basis) -> Taken:
    """What an option is."""
    if facts.kind == "investment" and facts.word != "no":
        return Taken("invest", begins=basis.axis.monday(facts.start))
    pursued = facts.word == "pursue" and facts.offer is not None
    return Taken(facts.word, facts.offer.id if pursued and facts.offer else "")


def all_taken(plan: Solved) -> dict[Record, Taken]:
    """What every item of a choice takes."""
    return {record: taken(facts, plan.basis) for record, facts in plan.chosen.items()}


def start_from(known: Mapping[Record, Taken], model: Model, basis: Basis) -> Ints:
    """(I,) the options of ``model`` nearest to what was taken before.

    The very option where it is still there; an investment at the nearest week; else what happens when nothing is
    decided.
    """
    p, choice = model.problem, []
    for i in range(p.items):
        span = [o for o in p.options_of(i) if p.allowed[o]]
        first = model.facts[p.options_of(i)[0]]
        before = known.get((first.kind, first.ref))
        choice.append(_nearest(before, span, model, basis) if before else span[0])
    return np.array(choice, dtype=np.int64)


def _nearest(before: Taken, span: list[int], model: Model, basis: Basis) -> int:
    now = {option: taken(model.facts[option], basis) for option in span}
    for option, it in now.items():
        if it == before:
            return option
    if before.begins is not None:
        dated = [(abs((it.begins - before.begins).days), o) for o, it in now.items() if it.begins is not None]
        if dated:
            return min(dated)[1]
    return span[0]


def prices_from(known: Basis, old: Model, was: Prices, model: Model, basis: Basis) -> Prices:
    """Prices ``was`` of an old problem as a beginning for a new one; any prices prove a bound, so none can do harm.

    Resources are matched by id, weeks by their Monday (weeks beyond the old ones take its last), limits and months by
    name, needs by the option that has them. Futures are matched by number: with the same seed each deal has the same
    luck in both.
    """
    p = model.problem
    futures = np.arange(p.scenarios) % len(was.weight)
    shift = (basis.axis.start - known.axis.start).days // 7
    week = np.clip(np.arange(p.capacity.shape[1]) + shift, 0, was.hour.shape[2] - 1)
    hour = np.zeros((p.scenarios, *p.capacity.shape))
    index = known.situation.resource_index
    for r, resource in enumerate(basis.company.resources):
        if resource.id in index:
            hour[:, r, :] = was.hour[futures][:, index[resource.id], week]
    weight = was.weight[futures]
    return Prices(
        hour,
        weight / weight.sum(),
        _by_name(p.rows.names, old.problem.rows.names, was.row),
        _by_name(_needs(model, basis), _needs(old, known), was.need),
        _by_name(model.months, old.months, was.cash.T).T[futures],
    )


def _needs(model: Model, basis: Basis) -> list[tuple[str, str, Taken, int]]:
    """A name for each need: the option that has it, and which of its needs it is."""
    facts = [model.facts[int(option)] for option in model.problem.need_option]
    keys = [(f.kind, f.ref, taken(f, basis)) for f in facts]
    return [(*key, keys[:n].count(key)) for n, key in enumerate(keys)]


def _by_name(names: Sequence[Hashable], known: Sequence[Hashable], values: Floats) -> Floats:
    """``values`` of things ``known`` for things named ``names``; 0 for what is not among them."""
    found = np.zeros((len(names), *values.shape[1:]))
    at = {name: n for n, name in enumerate(known)}
    for n, name in enumerate(names):
        if name in at:
            found[n] = values[at[name]]
    return found
