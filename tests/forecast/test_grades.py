"""A firm's own grades: where nothing is closed the prior stands, with closed deals their own truth comes out."""

from __future__ import annotations

import numpy as np
import pytest

from pursuit.domain import Grade
from pursuit.forecast.grades import PRIOR_DEALS
from pursuit.forecast.win import forecast_wins

TRUTH = {"S": 0.55, "A": 0.45, "B": 0.2, "C": 0.05}


def graded(deal, stage=""):
    return [deal(f"O-{grade}", age=0, likelihood=grade, stage=stage) for grade in TRUTH]


def means(found):
    return {name[2:]: belief.win.mean for name, belief in found.beliefs.items()}


def test_without_closed_deals_the_prior_stands(deal, firm):
    """Nothing is closed: assumed probabilities, wide intervals, and both reason and fallback say so."""
    found = forecast_wins(firm(*graded(deal)))
    assert means(found) == pytest.approx({"S": 0.9, "A": 0.7, "B": 0.5, "C": 0.3})
    chance = found.beliefs["O-A"].win
    assert chance.basis == "grade"
    assert chance.high - chance.low > 0.35
    assert "an assumed {prior}" in chance.reasons[0].message
    assert any("declare your own" in reason.message for reason in found.fallbacks)


def test_the_firms_own_prior_goes_first(deal, firm):
    """A probability declared for a grade is where it stands until deals are closed."""
    found = forecast_wins(firm(*graded(deal), grades=(Grade("S등급", 0.8), Grade("A", 0.6))))
    assert means(found) == pytest.approx({"S": 0.8, "A": 0.6, "B": 0.5, "C": 0.3})
    said = [found.beliefs[f"O-{grade}"].win.reasons[0].message for grade in "SB"]
    assert "your own {prior}" in said[0]
    assert "an assumed {prior}" in said[1]
    assert [
        reason.values["count"] for reason in found.fallbacks if "no deal is closed" in reason.message
    ] == [2, 2]


def test_a_band_stands_at_its_middle(deal, firm):
    """50~70 % is 60 % until deals so graded are closed, and the reason says that it is the middle."""
    found = forecast_wins(firm(deal("O", age=0, likelihood="50~70%"), grades=(Grade("S", 0.8),)))
    chance = found.beliefs["O"].win
    assert chance.mean == pytest.approx(0.6)
    assert "middle of the band" in chance.reasons[0].message


def test_closed_deals_bring_out_what_a_grade_is_worth(deal, firm, history):
    """With 30, 300 and 3,000 closed deals the forecast moves from the priors to the truth, ever closer."""
    errors = []
    for count in (30, 300, 3000):
        words = [list(TRUTH)[n % 4] for n in range(count)]
        closed = history([TRUTH[word] for word in words], seed=3, likelihood=words)
        found = means(forecast_wins(firm(*closed, *graded(deal))))
        errors.append(max(abs(found[word] - TRUTH[word]) for word in TRUTH))
    assert errors[0] > errors[1] > errors[2]
    assert errors[2] < 0.04


def test_the_weight_of_the_prior_is_the_one_stated(deal, firm, history):
    """Ten closed deals of a grade and its prior count alike: the forecast is half way between them."""
    closed = history([0.0] * 10, likelihood=["A"] * 10)
    chance = forecast_wins(firm(*closed, deal("O", age=0, likelihood="A"))).beliefs["O"].win
    decided = chance.mean / (0.7 * PRIOR_DEALS / (PRIOR_DEALS + 10))
    assert 0.9 < decided <= 1
    assert chance.reasons[0].values | {"prior": "70%"} == {
        "grade": "A",
        "won": 0,
        "closed": 10,
        "prior": "70%",
        "deals": "10",
    }


def test_intervals_cover_the_truth(deal, firm, history):
    """Over 300 firms whose grade has a rate of its own near its prior, the 90 % interval holds it in at least 86 %."""
    rng = np.random.default_rng(11)
    covered = 0
    for seed in range(300):
        truth = float(rng.beta(PRIOR_DEALS * 0.5, PRIOR_DEALS * 0.5))
        closed = history([truth] * 30, 1000 + seed, likelihood=["B"] * 30)
        chance = forecast_wins(firm(*closed, deal("O", age=0, likelihood="B"))).beliefs["O"].win
        covered += chance.low <= truth <= chance.high
    assert covered / 300 >= 0.86


def test_a_stage_changes_what_a_grade_says_as_far_as_deals_show(deal, firm):
    """Where graded deals that reached negotiation are won far more often, a graded deal there stands higher."""
    closed = [
        deal(
            f"C-{n}", "won" if n % 10 < 9 * (n % 2) else "lost", days=20 + n % 2, likelihood="B", stage=stage
        )
        for n, stage in enumerate(["견적", "협상"] * 200)
    ]
    early = deal("O-1", age=0, likelihood="B", stage="견적")
    late = deal("O-2", age=0, likelihood="B", stage="협상")
    found = forecast_wins(firm(*closed, early, late)).beliefs
    assert found["O-1"].win.mean < 0.45 < 0.7 < found["O-2"].win.mean


def test_an_ungraded_deal_is_as_before(deal, firm, history):
    """Grades of other deals leave a deal without one alone; its own declared probability goes before any grade."""
    words = ["S", "C"] * 60
    plain = deal("O", age=3)
    with_grades = forecast_wins(firm(*history([0.4] * 120, likelihood=words), plain)).beliefs["O"]
    assert with_grades == forecast_wins(firm(*history([0.4] * 120), plain)).beliefs["O"]
    both = deal("O", age=3, likelihood="S", win_probability=0.2)
    assert forecast_wins(firm(*history([0.4] * 120), both)).beliefs["O"].win.mean == 0.2


def test_the_card_shows_counts_and_limits(deal, firm, history):
    """The model card carries won, closed and prior of each grade, and what could flatter it; none without grades."""
    closed = history([1.0] * 5, likelihood=["a"] * 5)
    card = forecast_wins(firm(*closed, *graded(deal))).card
    assert card["grades"] == {"a": "5/5, 0.7", "b": "0/0, 0.5", "c": "0/0, 0.3", "s": "0/0, 0.9"}
    assert "flatter" in str(card["grade_limits"])
    assert "grades" not in forecast_wins(firm(deal("O"))).card


def test_grades_that_tell_the_outcome_teach_nothing(deal, firm, history):
    """Twelve deals of grade S all won and twelve of grade C all lost were graded afterwards; one exception suffices."""
    words, chances = ["S"] * 12 + ["C"] * 12, [1.0] * 12 + [0.0] * 12
    found = forecast_wins(firm(*history(chances, likelihood=words), *graded(deal)))
    told = [reason for reason in found.fallbacks if "without a single exception" in reason.message]
    assert [reason.values["count"] for reason in told] == [24]
    assert 0.8 < means(found)["S"] / means(found)["C"] / 3 < 1.2
    chances[0] = 0.0
    found = forecast_wins(firm(*history(chances, likelihood=words), *graded(deal)))
    assert not any("without a single exception" in reason.message for reason in found.fallbacks)
    assert "11 of 12" in found.beliefs["O-S"].win.reasons[0].message.format(
        **found.beliefs["O-S"].win.reasons[0].values
    )
