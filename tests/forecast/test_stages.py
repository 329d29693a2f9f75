"""The order of stages and their rates are learned from closed deals."""

from pursuit.forecast.stages import PRIOR_RATE, fit_funnel, published_rate


def _closed(deal, *counts):
    """Deals closed at (stage, won, lost, days)."""
    made = []
    for stage, won, lost, days in counts:
        for n in range(won + lost):
            outcome = "won" if n < won else "lost"
            made.append(deal(f"{stage}-{n}", outcome, stage=stage, days=days))
    return made


def test_rates_count_deals_that_reached_a_stage_or_a_later_one(deal):
    """Win rates are by the furthest stage reached, checked by hand on 30 deals."""
    closed = _closed(deal, ("inquiry", 0, 10, 10), ("quote", 2, 6, 30), ("talks", 9, 3, 60))
    funnel = fit_funnel(closed, [deal("O", stage="quote")])
    assert funnel.order == ("inquiry", "quote", "talks")
    assert dict(funnel.won) == {"inquiry": 11, "quote": 11, "talks": 9}
    assert dict(funnel.closed) == {"inquiry": 30, "quote": 20, "talks": 12}


def test_the_order_of_stages_is_learned_whatever_their_names(deal):
    """Later stages win more and come later: neither the alphabet nor the order of input matters."""
    closed = _closed(deal, ("a", 20, 5, 80), ("z", 0, 20, 10), ("m", 4, 16, 40))
    for shuffled in (closed, closed[::-1]):
        funnel = fit_funnel(shuffled, [deal("O", stage="m")])
        assert funnel.order == ("z", "m", "a")
        assert funnel.learned_order


def test_rates_never_fall_from_stage_to_stage_in_a_plain_funnel(deal):
    """A deal that came further is at least as likely to be won."""
    closed = _closed(deal, ("inquiry", 0, 30, 10), ("quote", 5, 20, 30), ("talks", 15, 5, 60))
    funnel = fit_funnel(closed, [deal("O", stage="talks")])
    means = [a / (a + b) for a, b in (funnel.posterior[stage] for stage in funnel.order)]
    assert means == sorted(means)


def test_few_deals_are_drawn_to_the_overall_rate(deal):
    """Two wins of two at a stage are not believed to be certainty."""
    closed = _closed(deal, ("quote", 5, 15, 30), ("talks", 2, 0, 60))
    funnel = fit_funnel([*closed, deal("L", "lost", stage="talks", days=60)], [deal("O", stage="talks")])
    a, b = funnel.posterior["talks"]
    assert 7 / 23 < a / (a + b) < 2 / 3


def test_words_for_the_outcome_are_no_stages(deal):
    """Stages named Won and Lost say nothing of how far a deal came: no funnel, one overall rate."""
    closed = [deal(f"W{n}", "won", stage="Won") for n in range(20)]
    closed += [deal(f"L{n}", "lost", stage="Lost") for n in range(20)]
    funnel = fit_funnel(closed, [deal("O", stage="Engaging")])
    assert funnel.order == ()
    assert funnel.posterior["Engaging"] == funnel.posterior[""]


def test_without_history_published_rates_stand_in(deal):
    """No closed deal: CRM defaults by stage name in both languages, and the survey average elsewhere."""
    funnel = fit_funnel(
        [], [deal("O1", stage="협상"), deal("O2", stage="Prospecting"), deal("O3", stage="x")]
    )
    means = {stage: a / (a + b) for stage, (a, b) in funnel.posterior.items()}
    assert means["협상"] == published_rate("Negotiation/Review") == 0.9
    assert means["Prospecting"] == 0.1
    assert abs(means["x"] - PRIOR_RATE) < 1e-12
