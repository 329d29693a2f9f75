"""How far deals came before they were won or lost: win rates by stage, the stages' order learned."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pursuit.domain import Opportunity
from pursuit.forecast.rates import prior_strength

PRIOR_RATE = 0.46
"""Share of forecast deals that are won: CSO Insights, 2015 survey of sales organisations (45.8 %)."""
PRIOR_STRENGTH = 4.0
"""Closed deals the published rates count as: little, they are other firms' and other trades' deals."""
ENOUGH_TO_ORDER = 30
"""Closed deals with a stage from which on the order of the stages is learned."""
MOST_UNPLACED = 0.2
"""Share of lost deals without a stage above which the funnel cannot be read from them."""

OUTCOME_WORDS = re.compile(
    r"\b(won|lost|closed|dead|cancel\w*|drop\w*)\b|수주|실주|실패|성공|종결|취소|탈락", re.I
)
"""Names of stages that say how a deal ended, not how far it came."""

PUBLISHED_STAGES: tuple[tuple[float, tuple[str, ...]], ...] = (
    (0.10, ("prospect", "lead", "inquiry", "발굴", "잠재", "리드", "문의", "접촉")),
    (0.10, ("qualif", "engag", "검증", "자격", "상담")),
    (0.20, ("need", "discover", "요구", "니즈", "분석")),
    (0.50, ("value prop", "solution", "demo", "presentation", "sample", "솔루션", "시연", "샘플", "설명")),
    (0.60, ("decision maker", "의사결정")),
    (0.70, ("perception", "평가")),
    (0.75, ("proposal", "quot", "bid", "견적", "제안", "입찰")),
    (0.90, ("negotiat", "review", "contract", "협상", "네고", "계약")),
)
"""Win rates a new Salesforce organisation comes with for its standard stages; the words that tell a stage."""


@dataclass(frozen=True)
class Funnel:
    """Win rates by stage.

    ``order`` lists the stages from first to last (empty where closed deals do not say how far they came);
    ``won`` and ``closed`` count deals that reached a stage or a later one; ``posterior`` holds the two
    parameters of each stage's beta distribution, key "" for a deal of unknown stage.
    """

    order: tuple[str, ...]
    won: Mapping[str, int]
    closed: Mapping[str, int]
    posterior: Mapping[str, tuple[float, float]]
    learned_order: bool
    total_won: int
    total_closed: int

    def reached(self, deal: Opportunity) -> int:
        """Place in ``order`` of the last stage a closed deal reached: past the end if won elsewhere, else
        -1."""
        if deal.stage in self.order:
            return self.order.index(deal.stage)
        return len(self.order) if deal.outcome == "won" else -1


def published_rate(stage: str) -> float | None:
    """Default win rate of a stage by its name; None for a name no published list has."""
    name = stage.casefold()
    return next((rate for rate, words in PUBLISHED_STAGES if any(word in name for word in words)), None)


def fit_funnel(closed: Sequence[Opportunity], open_deals: Sequence[Opportunity]) -> Funnel:
    """Win rates of deals that reached each stage, shrunk to the overall rate and that to the published
    one."""
    won_total = sum(deal.outcome == "won" for deal in closed)
    overall = (
        PRIOR_RATE * PRIOR_STRENGTH + won_total,
        (1 - PRIOR_RATE) * PRIOR_STRENGTH + len(closed) - won_total,
    )
    open_stages = list(dict.fromkeys(deal.stage for deal in open_deals if deal.stage))
    order, learned = _order(closed, open_stages)
    rank = {stage: at for at, stage in enumerate(order)}
    reached = [
        (rank.get(deal.stage, len(order) if deal.outcome == "won" else -1), deal.outcome) for deal in closed
    ]
    won = {s: sum(r >= rank[s] and outcome == "won" for r, outcome in reached) for s in order}
    counts = {s: sum(r >= rank[s] for r, _ in reached) for s in order}
    mean = overall[0] / sum(overall)
    strength = min(prior_strength(list(won.values()), list(counts.values()), mean), 20.0)
    posterior = {"": overall}
    for stage in dict.fromkeys([*order, *open_stages]):
        rate = mean if closed else published_rate(stage)
        if stage in rank:
            a, b = strength * mean + won[stage], strength * (1 - mean) + counts[stage] - won[stage]
        elif rate is not None and not closed:
            a, b = PRIOR_STRENGTH * rate, PRIOR_STRENGTH * (1 - rate)
        else:
            a, b = overall
        posterior[stage] = (a, b)
    return Funnel(order, won, counts, posterior, learned, won_total, len(closed))


def _order(closed: Sequence[Opportunity], open_stages: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Stages from first to last, and whether that was learned; empty where closed deals do not tell."""
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    days: dict[str, list[int]] = defaultdict(list)
    for deal in closed:
        if deal.stage:
            outcomes[deal.stage][deal.outcome] += 1
            if deal.created and deal.closed:
                days[deal.stage].append((deal.closed - deal.created).days)
    lost = [deal for deal in closed if deal.outcome == "lost"]
    placed = [s for s in outcomes if s in open_stages or not _is_outcome(s, outcomes[s], len(lost))]
    unplaced = sum(deal.stage not in placed for deal in lost)
    if not set(placed) & set(open_stages) or unplaced > MOST_UNPLACED * len(lost):
        return (), False
    published = {stage: published_rate(stage) for stage in placed}
    if sum(outcomes[s].total() for s in placed) < ENOUGH_TO_ORDER and None not in published.values():
        return tuple(sorted(placed, key=lambda s: published[s] or 0.0)), False

    rate = {s: outcomes[s]["won"] / outcomes[s].total() for s in placed}
    taken = {s: sum(days[s]) / len(days[s]) if days[s] else 0.0 for s in placed}

    def progress(stage: str) -> tuple[int, float, float, str]:
        """Later stages win more of their last deals and come later in a deal's life: both ranks together."""
        ranks = sum(rate[s] < rate[stage] for s in placed) + sum(taken[s] < taken[stage] for s in placed)
        return ranks, taken[stage], rate[stage], stage

    return tuple(sorted(placed, key=progress)), True


def _is_outcome(stage: str, outcomes: Counter[str], lost: int) -> bool:
    """Whether a stage that no open deal has is another word for the outcome: by its name, or as all lost
    deals have it."""
    return len(outcomes) == 1 and (bool(OUTCOME_WORDS.search(stage)) or outcomes["lost"] > 0.9 * max(lost, 1))
