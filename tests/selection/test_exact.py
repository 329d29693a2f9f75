"""The judges agree with one another: two ways to write the second stage, enumeration, the extensive form."""

from dataclasses import replace

import numpy as np
import pytest

from pursuit.selection.checker import worth_before_work
from tests.selection.exact import best_by_programmes, exact, extensive, keeps_limits, second_stage
from tests.selection.linear import loading_cost
from tests.selection.problems import pinned, random_choice, random_problem, rows_of


@pytest.mark.parametrize("seed", range(25))
def test_two_ways_to_write_the_second_stage_agree(seed):
    """Row by row and from sparse arrays: the same least cost in every scenario."""
    p = random_problem(seed)
    choice = random_choice(p, np.random.default_rng(seed))
    for s in range(p.scenarios):
        assert second_stage(p, choice, s) == pytest.approx(loading_cost(p, choice, s), rel=1e-7, abs=1e-6)


def test_second_stage_of_hundreds_of_packages():
    """The same with some two hundred packages at once."""
    p = random_problem(1, opportunities=90, resources=4, weeks=14, scenarios=2)
    choice = p.item_start[1:] - 1
    assert len(p.packages) > 200
    assert second_stage(p, choice, 1) == pytest.approx(loading_cost(p, choice, 1), rel=1e-7)


@pytest.mark.parametrize("seed", range(30))
def test_extensive_form_of_one_choice_is_its_worth(seed):
    """With every item pinned, the mixed-integer programme says what the choice is worth, cash and risk included."""
    p = random_problem(seed)
    choice = random_choice(p, np.random.default_rng(seed))
    there = keeps_limits(p, choice)
    answer = extensive(pinned(p, *choice))
    if not there:
        assert answer.value is None
        return
    assert answer.value == pytest.approx(exact(p, choice).value, rel=1e-6, abs=1e-7 * np.abs(p.value).max())
    assert (answer.choice == choice).all()


@pytest.mark.parametrize("seed", range(8))
def test_enumeration_and_extensive_form_name_the_same_optimum(seed):
    """Every choice carried out by linear programme, and one programme for all of them."""
    p = random_problem(100 + seed, opportunities=3, investments=seed % 2, projects=0, scenarios=3)
    best, choice = best_by_programmes(p)
    answer = extensive(p)
    assert answer.value == pytest.approx(best, rel=1e-6, abs=1e-7 * np.abs(p.value).max())
    assert exact(p, answer.choice).value == pytest.approx(exact(p, choice).value, rel=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_relaxation_lies_above_the_optimum_and_history_ends_in_it(seed):
    """No choice beats the relaxed programme; incumbents only get better, and the last one is the value."""
    p = random_problem(seed)
    answer, relaxed = extensive(p), extensive(p, relax=True)
    scale = np.abs(p.value).max()
    assert answer.value <= answer.bound + 1e-6 * scale
    assert answer.value <= relaxed.bound + 1e-6 * scale
    assert relaxed.choice is None
    found = [value for _, value in answer.history]
    assert found == sorted(found)
    assert found[-1] == pytest.approx(answer.value, rel=1e-6)


def test_no_time_and_no_choice_are_told():
    """Stopped before it has anything, it claims nothing; where limits leave no choice, there is no value."""
    p = random_problem(3, opportunities=12, weeks=12, scenarios=30)
    hurried = extensive(p, seconds=0.0)
    assert hurried.value is None or hurried.value <= hurried.bound
    at_least = rows_of([(p.item_start[:-1], -np.ones(p.items), -p.items - 1.0, np.inf, "more than all")])
    assert extensive(replace(p, rows=at_least)).value is None


def test_cash_counts_what_is_won_and_what_is_told():
    """The balance of the chosen options month by month, written as a sum over options."""
    for seed in range(10):
        p = random_problem(seed)
        choice = random_choice(p, np.random.default_rng(seed))
        costs = worth_before_work(p, choice)[1]
        for s in range(p.scenarios):
            short = 0.0
            for m in range(p.cash.months):
                balance = p.cash.base[s, m]
                for o in choice:
                    balance += p.cash.fixed[o, m] + (p.cash.won[o, m] if p.won[o, s] else 0.0)
                    balance += sum(p.cash.exact[e, m, s] for e in np.flatnonzero(p.cash.exact_option == o))
                short += max(p.cash.floor[m] - balance, 0.0)
            assert costs[s] == pytest.approx(p.cash.penalty * short, rel=1e-9, abs=1e-9)
