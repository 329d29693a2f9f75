"""What an answer promises whatever stopped it: judged by the checker, closing in, the same on any number of threads."""

import os
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.generator import SIZES, make_vendor
from pursuit.selection.solve import solve
from tests.selection.exact import Exact
from tests.selection.problems import pinned, random_problem


def judged(p, found):
    """What the checker says of an answer."""
    answer = Exact(found.choice, found.loading, found.values, found.objective, found.row_cost, found.bound)
    return answer.faults(p)


@pytest.mark.parametrize("seed", range(3))
def test_stopped_anywhere_the_answer_is_sound(seed):
    """Told to stop at the first report, the fifth, the twentieth, it hands back a choice that can be carried out."""
    p = random_problem(seed, opportunities=12, scenarios=10)
    for stop in (1, 5, 20):
        seen = []

        def going(progress, seen=seen, stop=stop):
            seen.append(progress)
            return len(seen) < stop

        found = solve(p, report=going, work_limit=300)
        assert found.status == "cancelled"
        assert len(seen) <= stop + 2
        assert judged(p, found) == []


@pytest.mark.parametrize("seed", range(3))
def test_value_rises_and_bound_falls(seed):
    """In every report and in the history: no step back, and the end is what is handed back."""
    p = random_problem(seed, opportunities=12, scenarios=10)
    seen = []
    found = solve(p, report=lambda progress: seen.append(progress) is None, work_limit=200)
    bounds = [progress.bound for progress in seen if progress.bound is not None]
    values = [progress.value for progress in seen if progress.value is not None]
    assert all(a >= b for a, b in pairwise(bounds))
    assert all(a <= b for a, b in pairwise(values))
    assert found.bound <= bounds[-1] or found.bound == found.objective
    assert found.objective >= values[-1]
    told = [(moment.value, moment.bound) for moment in found.history]
    assert all(a[1] >= b[1] for a, b in pairwise(told))


def test_more_work_is_no_worse():
    """A larger work limit neither lowers the value nor lifts the bound."""
    p = random_problem(4, opportunities=10, scenarios=10)
    answers = [solve(p, work_limit=limit) for limit in (20, 60, 200)]
    assert all(judged(p, found) == [] for found in answers)
    assert answers[-1].objective >= answers[0].objective
    assert answers[-1].bound <= answers[0].bound


def test_pins_and_the_seed_are_kept():
    """What is decided stays decided; the same seed gives the same answer to the bit."""
    p = random_problem(5, opportunities=9, scenarios=8)
    option = int(p.item_start[1]) - 1
    once, again = (solve(pinned(p, option), work_limit=80, seed=7) for _ in range(2))
    assert option in once.choice
    assert judged(pinned(p, option), once) == []
    assert (once.choice == again.choice).all()
    assert (once.values == again.values).all()
    assert (once.objective, once.bound, once.work) == (again.objective, again.bound, again.work)


def test_threads_do_not_change_a_bit_of_the_answer():
    """Processes with one and with two threads everywhere print the same digest of choice, values, bound, shares."""
    code = (
        "from tests.selection.problems import random_problem as r; from pursuit.selection.solve import solve\\n"
        "import hashlib as h; s = solve(r(3, opportunities=30, resources=3, weeks=8, scenarios=40), work_limit=30)\\n"
        "l = s.loading\\n"
        "parts = (s.choice, s.values, s.prices.hour, s.prices.weight, l.package, l.week, l.share)\\n"
        "print(h.sha256(b''.join(part.tobytes() for part in parts)).hexdigest(), s.objective, s.bound)"
    ).replace("\\n", "\n")
    seen = set()
    for threads in "12":
        names = ("NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
        env = {**os.environ, **dict.fromkeys(names, threads), "OMP_WAIT_POLICY": "PASSIVE"}
        run = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        )
        seen.add(run.stdout)
    assert len(seen) == 1


def test_amounts_in_won_and_in_dollars_give_the_same_choice():
    """A problem counted in another unit of money is the same problem: equal choice, values in proportion."""
    dollars, won = (random_problem(8, opportunities=9, money=unit) for unit in (1.0, 1e7))
    few, many = solve(dollars, work_limit=150), solve(won, work_limit=150)
    assert many.objective == pytest.approx(1e7 * few.objective, rel=1e-2)
    assert many.bound == pytest.approx(1e7 * few.bound, rel=1e-2)
    assert np.mean(few.choice == many.choice) > 0.8


@pytest.mark.parametrize("phase", ["bound", "load", "exchange"])
def test_stopped_anywhere_it_hands_back_a_sound_answer(phase):
    """Stopped while prices are sought, work is placed or exchanges are tried: what there is can be carried out."""
    p = make_vendor(SIZES["XS"], 1, 2.0).draw(1)
    seen = []

    def going(progress):
        seen.append(progress.phase)
        return seen.count(phase) < 3

    found = solve(p, report=going, work_limit=200)
    assert found.status == "cancelled"
    assert judged(p, found) == []
