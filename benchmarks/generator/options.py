"""The options of all items in the order in which a problem holds them, and the work each brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.generator.deals import Deals
from benchmarks.generator.orders import Hours, Offers, presales_uses
from benchmarks.generator.sheet import Floats, Ints, Sheet, merged, sheet
from benchmarks.generator.sizes import Size

KINDS = ("decline", "normal", "heavy", "other", "defer")
"""Options of an opportunity; the last two only some have."""
WAITING = 0.95
"""What is left of the chance if the customer is made to wait."""


@dataclass(frozen=True)
class DealOptions:
    """Options (O,) of opportunities: which deal and kind, and what they bring."""

    deal: Ints
    kind: Ints
    offer: Ints  # -1: declined
    chance: Floats
    gain: Floats
    cost: Floats  # won or not
    price: Floats
    start: Ints
    due: Ints

    def where(self, kind: str) -> Ints:
        """Options of a kind, by deal."""
        return np.flatnonzero(self.kind == KINDS.index(kind))


def deal_options(rng: np.random.Generator, size: Size, d: Deals, offers: Offers) -> DealOptions:
    """Everything about the options of opportunities but their work."""
    N = size.opportunities
    has = np.column_stack([np.ones((N, 3), bool), d.other, d.defers])
    deal, kind = np.nonzero(has)
    offer = np.where(kind == 0, -1, deal)
    offer[kind == 3] = N + np.arange(d.other.sum())
    taken = np.maximum(offer, 0)
    chance = offers.chance[taken] * np.array([0, 1, 0, 1, WAITING])[kind]
    heavy = kind == 2
    chance[heavy] = d.heavy_chance
    spent = 0.01 * offers.price[:N] * rng.uniform(0.5, 1.5, N)
    trust = np.where(rng.random(N) < 0.25, rng.uniform(0, 0.05, N) * offers.margin[:N], 0.0)
    times = rng.uniform(2.0, 3.0, N)
    cost = spent[deal] * np.where(heavy, times[deal], 1.0)
    cost[kind == 0] = trust
    chosen = offer >= 0
    return DealOptions(
        deal, kind, offer, np.where(chosen, chance, 0.0), np.where(chosen, offers.gain[taken], 0.0), cost,
        np.where(chosen, offers.price[taken], 0.0), offers.start[taken], offers.due[taken],
    )  # fmt: skip


def presales_sheets(
    rng: np.random.Generator, size: Size, d: Deals, h: Hours, offers: Offers, options: DealOptions
) -> tuple[Sheet, Sheet]:
    """Presales of every opportunity with normal and with heavy effort, in the weeks before the decision."""
    N = size.opportunities
    lead, times = rng.integers(2, 7, N), rng.uniform(1.8, 2.5, N)
    last = d.start - 1
    first = np.maximum(last - lead + 1, 0)
    made = []
    for kind, factor in (("normal", np.ones(N)), ("heavy", times)):
        place, hours = presales_uses(size.resources, d, d.presales * factor)
        uses = place >= 0
        deal = np.nonzero(uses)[0]
        resource = np.column_stack([place[uses], np.full(len(deal), -1)])
        room = (last - first + 1)[deal]
        asked = h.held(resource, np.column_stack([hours[uses], np.zeros(len(deal))]), room)
        part = hours[uses] / hours.sum(axis=1)[deal]
        at = options.where(kind)
        lost = options.chance[at] * options.gain[at]
        if kind == "normal":  # the alternative offer is prepared by the same work
            other = options.where("other")
            np.maximum.at(lost, options.deal[other], options.chance[other] * options.gain[other])
        made.append(sheet(
            N, deal, first[deal], last[deal], resource, asked,
            h.rate(resource, asked, np.minimum(2, room)), part * lost[deal],
        ))  # fmt: skip
    return made[0], made[1]


def defer_sheet(
    size: Size, d: Deals, h: Hours, offers: Offers, presales: Sheet, options: DealOptions
) -> Sheet:
    """All work of the deals that are deferred, at their probability; what is dropped gives up its expected worth."""
    at = options.where("defer")
    bundle = np.full(size.opportunities, -1)
    bundle[options.deal[at]] = np.arange(len(at))
    wait, parts = 2, []
    for work, odds in ((offers.work, options.chance[at]), (presales, np.ones(len(at)))):
        mine = np.flatnonzero(work.bundle < size.opportunities)
        mine = mine[bundle[work.bundle[mine]] >= 0]
        b = bundle[work.bundle[mine]]
        first, due = work.first[mine], work.due[mine]
        if work is offers.work:
            first = np.minimum(first + wait, np.maximum(due - 3, first))
        hours = h.held(work.resource[mine], work.hours[mine], due - first + 1) * odds[b][:, None]
        least = np.maximum((due - first + 1) // 2, 1)
        rate = h.rate(work.resource[mine], hours, np.minimum(least, 3))
        parts.append(sheet(len(at), b, first, due, work.resource[mine], hours, rate, np.zeros(len(b))))
    whole = merged(parts)
    room = np.where(whole.resource >= 0, h.week[whole.resource], np.inf)
    strain = (whole.hours / room).sum(axis=1)
    strain = strain / np.bincount(whole.bundle, weights=strain)[whole.bundle] if len(at) else strain
    worth = np.maximum(options.chance[at] * options.gain[at] - options.cost[at], 0.0)
    whole.breach_cost[:] = strain * worth[whole.bundle]
    return whole


@dataclass
class Board:
    """Options of all items, item by item, while they are put down."""

    item_ids: list[str] = field(default_factory=list)
    option_ids: list[str] = field(default_factory=list)
    counts: list[Ints] = field(default_factory=list)
    sure: list[Ints] = field(default_factory=list)
    if_won: list[Ints] = field(default_factory=list)
    options: int = 0

    def put(
        self, prefix: str, counts: Ints, words: Sequence[str], sure: Ints, if_won: Ints | None = None
    ) -> Ints:
        """Add items with ``counts`` options, the words and bundles being given option by option; their numbers."""
        names = [f"{prefix}{i}" for i in range(len(counts))]
        self.item_ids += names
        owner = np.repeat(np.arange(len(counts)), counts)
        self.option_ids += [f"{names[i]}.{word}" for i, word in zip(owner.tolist(), words, strict=True)]
        self.counts.append(counts)
        self.sure.append(sure)
        self.if_won.append(np.full(len(sure), -1) if if_won is None else if_won)
        first = self.options
        self.options += len(sure)
        return np.arange(first, self.options)
