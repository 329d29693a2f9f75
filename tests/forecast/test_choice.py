"""Options of one deal differ by what was declared or, by named assumptions, by price, time and effort."""

import math

import numpy as np
import pytest

from pursuit.forecast.choice import choose, evidence
from pursuit.forecast.traits import Block


def _block(name, values):
    return Block(name, (name,), np.asarray(values, dtype=float)[:, None], 0.0, 1.0)


@pytest.fixture
def traits():
    """One trait that tells and nine that do not, with 400 outcomes."""
    rng = np.random.default_rng(0)
    telling = rng.standard_normal(400)
    hit = (rng.random(400) < 1 / (1 + np.exp(-telling))).astype(float)
    return [
        _block("telling", telling),
        *(_block(f"noise{n}", rng.standard_normal(400)) for n in range(9)),
    ], hit


def test_the_trait_that_tells_is_chosen_alone(traits):
    """Nine traits of pure noise stay out."""
    blocks, hit = traits
    chosen = choose(blocks, hit)
    assert [block.name for block, _ in chosen.blocks] == ["telling"]
    assert chosen.proven


def test_trying_more_traits_asks_for_more_proof(traits):
    """The log-odds are the evidence less log m for each trait used, m being the number tried."""
    blocks, hit = traits
    many, alone = choose(blocks, hit), choose(blocks[:1], hit)
    assert many.log_odds == pytest.approx(evidence(many, hit) - math.log(10))
    assert alone.log_odds == pytest.approx(many.log_odds + math.log(10))


def test_evidence_is_the_integral_of_the_likelihood(traits):
    """Laplace's approximation meets the integral over intercept and weight, done on a grid."""
    blocks, hit = traits
    chosen = choose(blocks[:1], hit)
    spread = chosen.spread[0]
    x = blocks[0].known[:, 0]
    a, w = (grid.ravel() for grid in np.meshgrid(np.linspace(-1, 1, 161), np.linspace(-0.5, 3, 281)))

    def log_mean(log_odds, weight):
        likelihood = (hit * log_odds - np.log1p(np.exp(log_odds))).sum(axis=1) + weight
        return likelihood.max() + math.log(np.exp(likelihood - likelihood.max()).sum())

    prior = -((w / spread) ** 2) / 2 - math.log(spread * math.sqrt(2 * math.pi))
    larger = log_mean(a[:, None] + w[:, None] * x, prior) + math.log(3.5 / 280)
    smaller = log_mean(np.linspace(-1, 1, 161)[:, None] + 0 * x, 0.0)
    assert evidence(chosen, hit) == pytest.approx(larger - smaller, abs=0.1)
