"""What the firm's own grade of a deal (수주확도) is worth: its prior, moved by closed deals so graded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pursuit.domain import ASSUMED_PRIORS, Company, Opportunity, grade_key, grade_prior
from pursuit.forecast.beliefs import Reason
from pursuit.forecast.stages import Funnel
from pursuit.words import format_percent

PRIOR_DEALS = 10.0
"""Closed deals of a grade as many as which its prior counts: after ten of one's own, both weigh the same."""
STAGE_DEALS = 20.0
"""Closed deals of a grade that reached a stage as many as which the grade's rate over all stages counts there."""
ENOUGH_TO_DOUBT = 10
"""Closed deals of a grade from which on all won or all lost is too good to be a judgement made beforehand."""


@dataclass(frozen=True)
class Rate:
    """One grade: its prior and whose it is (declared, band, assumed), and how many of its closed deals were won."""

    prior: float
    source: str
    won: int = 0
    closed: int = 0

    @property
    def beta(self) -> tuple[float, float]:
        """Parameters of the beta distribution of its win rate."""
        lost = self.closed - self.won
        return PRIOR_DEALS * self.prior + self.won, PRIOR_DEALS * (1 - self.prior) + lost


@dataclass(frozen=True)
class Grades:
    """Win rates by grade, and counts by grade and last stage reached.

    ``doubted`` counts closed deals left out because their grades were changed after the outcome.

    The rate of a grade is drawn to its prior with the weight of ``PRIOR_DEALS``; that of a grade at a stage is drawn to
    the grade's with the weight of ``STAGE_DEALS`` (a beta prior whose mean is the level above: Gelman et al., Bayesian
    Data Analysis, chapter 5, with the strengths fixed). So a stage changes what a grade says only as far as deals show.
    """

    rates: Mapping[str, Rate]
    at_stage: Mapping[tuple[str, str], tuple[int, int]]
    doubted: int = 0

    def posterior(self, deal: Opportunity) -> tuple[float, float] | None:
        """Parameters of the beta distribution of the win rate of deals graded like this; None without a grade."""
        rate = self.rates.get(grade_key(deal.likelihood)) if deal.likelihood else None
        if rate is None:
            return None
        a, b = rate.beta
        won, closed = self.at_stage.get((grade_key(deal.likelihood), deal.stage), (0, 0))
        if not closed:
            return a, b
        own = min(STAGE_DEALS, a + b) / (a + b)  # the grade's rate is no surer than the deals it rests on
        return own * a + won, own * b + closed - won

    def reason(self, deal: Opportunity) -> Reason | None:
        """The grade with its counts, or the prior that stands in."""
        rate = self.rates.get(grade_key(deal.likelihood)) if deal.likelihood else None
        if rate is None:
            return None
        shown = {"grade": deal.likelihood, "prior": format_percent(rate.prior)}
        if rate.closed:
            counts = {"won": rate.won, "closed": rate.closed, "deals": f"{PRIOR_DEALS:g}"}
            return Reason(
                "Graded {grade}: {won} of {closed} closed deals so graded were won, weighed against {prior} as {deals} "
                "deals.",
                shown | counts,
            )
        if rate.source == "declared":
            return Reason(
                "Graded {grade}: no deal so graded is closed yet; your own {prior} stands in.", shown
            )
        if rate.source == "band":
            return Reason(
                "Graded {grade}: no deal so graded is closed yet; the middle of the band, {prior}, stands in.",
                shown,
            )
        return Reason(
            "Graded {grade}: no deal so graded is closed yet; an assumed {prior} stands in (sheet grades).",
            shown,
        )


def fit_grades(company: Company, funnel: Funnel) -> Grades:
    """Win rates of every grade that open or closed deals carry."""
    tally: dict[str, list[bool]] = defaultdict(list)
    reached: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for deal in company.closed_opportunities:
        if deal.likelihood:
            key, won = grade_key(deal.likelihood), deal.outcome == "won"
            tally[key].append(won)
            for stage in funnel.order[: funnel.reached(deal) + 1]:
                reached[key, stage].append(won)
    doubted = sum(map(len, tally.values())) if _written_after(tally) else 0
    if doubted:
        tally.clear()
        reached.clear()
    words = {grade_key(deal.likelihood): deal.likelihood for deal in company.opportunities if deal.likelihood}
    declared = {grade_key(grade.word) for grade in company.grades}
    rates = {}
    for key, word in words.items():
        prior = grade_prior(word, company.grades)
        if prior is not None:
            source = "declared" if key in declared else "assumed" if key in ASSUMED_PRIORS else "band"
            rates[key] = Rate(prior, source, sum(tally[key]), len(tally[key]))
    return Grades(rates, {key: (sum(won), len(won)) for key, won in reached.items()}, doubted)


def _written_after(tally: Mapping[str, list[bool]]) -> bool:
    """Whether grades tell the outcome itself: of those with many closed deals some are all won, the others all lost."""
    shares = {sum(won) / len(won) for won in tally.values() if len(won) >= ENOUGH_TO_DOUBT}
    return shares == {0.0, 1.0}


def grade_fallbacks(grades: Grades, deals: Sequence[Opportunity]) -> tuple[Reason, ...]:
    """How many open deals rest on a grade's prior alone."""
    bare = Counter(
        grades.rates[grade_key(deal.likelihood)].source
        for deal in deals
        if deal.likelihood and deal.win_probability is None
        if not grades.rates[grade_key(deal.likelihood)].closed
    )
    said = {
        "declared": Reason(
            "{count} open deals carry a grade of which no deal is closed: the probability you declared for it "
            "stands in.",
            {"count": bare["declared"]},
        ),
        "band": Reason(
            "{count} open deals carry a band of which no deal is closed: the middle of the band stands in.",
            {"count": bare["band"]},
        ),
        "assumed": Reason(
            "{count} open deals carry a grade of which no deal is closed: an assumed probability stands in; "
            "declare your own on the sheet grades.",
            {"count": bare["assumed"]},
        ),
    }
    told = tuple(reason for source, reason in said.items() if bare[source])
    if not grades.doubted:
        return told
    doubt = Reason(
        "The grades of {count} closed deals tell their outcome without a single exception: they were changed "
        "afterwards, and nothing is learned from them.",
        {"count": grades.doubted},
    )
    return (doubt, *told)


def grade_card(grades: Grades) -> Mapping[str, object]:
    """What the model card says of grades; empty where no deal carries one."""
    if not grades.rates:
        return {}
    return {
        "grades": {key: f"{r.won}/{r.closed}, {r.prior:g}" for key, r in sorted(grades.rates.items())},
        "grade_prior_deals": PRIOR_DEALS,
        "grade_limits": "Taken as graded before the outcome: a grade changed afterwards would flatter itself.",
    }
