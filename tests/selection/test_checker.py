"""The checker accepts what is sound and catches what is not: rule by rule by hand, and a thousand spoilt answers."""

import json
import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from pursuit.selection.checker import check, main, objective
from pursuit.selection.loaded import OUTSIDE, UNDONE, Loading
from pursuit.selection.problem import Packages, SelectionProblem
from tests.selection.exact import exact, extensive, keeps_limits
from tests.selection.mutations import MUTATIONS, spoilt
from tests.selection.problems import no_cash, no_rows, pinned, random_choice, random_problem, rows_of

MONEY_OF_ALL = {
    "late_cost": 3.0,
    "late_cap": 4.0,
    "subcontract_cost": 10.0,
    "subcontract_share": 0.5,
    "breach_cost": 50.0,
}


def tiny(**changed) -> SelectionProblem:
    """One deal of two packages, the second after the first; ten hours a week of one machine, five of overtime."""
    columns = {
        "first": [0, 0], "last": [3, 3], "due": [1, 1], "rate": [0.5, 0.5], "least": [0.0, 0.0], "before": [-1, 0],
        **{name: [number] * 2 for name, number in MONEY_OF_ALL.items()},
    }  # fmt: skip
    columns = {name: np.array(column) for name, column in (columns | changed).items()}
    packages = Packages(
        bundle_start=np.array([0, 2]),
        use_start=np.array([0, 1, 2]),
        use_resource=np.array([0, 0]),
        use_hours=np.array([20.0, 10.0]),
        **columns,
    )
    none = np.zeros(0, np.int64)
    return SelectionProblem(
        item_ids=("deal",),
        option_ids=("no", "yes"),
        item_start=np.array([0, 2]),
        allowed=np.ones(2, bool),
        value=np.array([[0.0, 0.0], [100.0, -5.0]]),
        won=np.array([[False, False], [True, False]]),
        base_value=np.array([7.0, 8.0]),
        packages=packages,
        sure=np.array([-1, -1]),
        if_won=np.array([-1, 0]),
        base_bundle=none,
        base_scenario=none,
        hours_factor=np.array([[1.0, 2.0]]),
        capacity=np.full((1, 4), 10.0),
        overtime=np.full((1, 4), 5.0),
        overtime_cost=np.array([2.0]),
        gain_option=none,
        capacity_gain=np.zeros((0, 1, 4)),
        need_option=none,
        need_start=np.zeros(1, np.int64),
        need_provider=none,
        rows=no_rows(),
        cash=no_cash(2, 2),
        risk_aversion=0.5,
    )


def loaded(*entries, scenarios=2) -> Loading:
    """Entries (package, week, share), all in the first scenario."""
    package, week, share = (np.array(column) for column in zip(*entries, strict=True))
    return Loading(np.array([0] + [len(package)] * scenarios), package, week, share.astype(float))


SOUND = ((0, 0, 0.5), (0, 1, 0.5), (1, 1, 0.5), (1, 2, 0.5))
YES = np.array([1])


def test_a_sound_answer_by_hand():
    """Week 1 needs five hours of overtime, week 2 is one late: 100 + 7 - 10 - 1.5; the other scenario is lost."""
    values = np.array([107.0 - 5 * 2.0 - 0.5 * 3.0, 3.0])
    value = 0.5 * values.mean() + 0.5 * 3.0
    claims = {"value": value, "values": values, "row_cost": 0.0, "bound": value}
    assert check(tiny(), YES, loaded(*SOUND), **claims) == []


WRONG = [
    ([(0, 0, 0.5), (0, 1, 0.5), (1, 1, 0.5), (1, 2, 0.4)], {}, "shares of package 1 do not sum to one"),
    ([(0, 0, 0.6), (0, 1, 0.4), (1, 1, 0.5), (1, 2, 0.5)], {}, "package 0 is worked faster than its rate"),
    (
        [(0, 0, 0.5), (0, 1, 0.5), (1, 0, 0.1), (1, 1, 0.4), (1, 2, 0.5)],
        {},
        "package 1 is ahead of the package before",
    ),
    (
        [(0, 0, 0.5), (0, 1, 0.5), (1, 2, 0.5), (1, 3, 0.5)],
        {"last": [3, 2]},
        "package 1 is worked outside its window",
    ),
    ([(0, OUTSIDE, 0.6), (0, 1, 0.4), (1, 1, 0.5), (1, 2, 0.5)], {}, "more of package 0 is given outside"),
    (
        [(0, 1, 0.5), (0, 2, 0.5), (1, 3, 0.5), (1, UNDONE, 0.5)],
        {"rate": [1, 1], "least": [0.5, 0]},
        "least share",
    ),
    (
        [(0, 0, 1.0), (1, 1, 0.5), (1, 2, 0.5)],
        {"rate": [1.0, 0.5]},
        "resource 0 works 20 hours where there are 15 in",
    ),
    ([(0, 0, 0.7), (0, 0, -0.2), (0, 1, 0.5), (1, 1, 0.5), (1, 2, 0.5)], {}, "a share is negative"),
    ([(0, 0, np.inf), (1, 1, 0.5), (1, 2, 0.5)], {}, "not a number"),
    ([(2, 0, 0.5)], {}, "package that does not exist"),
    ([(0, 4, 0.5)], {}, "week that does not exist"),
    ([(0, -3, 0.5)], {}, "week that does not exist"),
]


@pytest.mark.parametrize(("entries", "changed", "complaint"), WRONG)
def test_every_rule_of_the_loading(entries, changed, complaint):
    """Each rule has an answer that breaks it alone, and the complaint names it."""
    found = check(tiny(**changed), YES, loaded(*entries))
    assert len(found) == 1
    assert complaint in found[0]


def test_least_shares_may_be_lost_but_not_made_up_for():
    """Half a share asked for in two weeks: done on time, or the week's half given outside; never worked later."""
    p = tiny(rate=[1.0, 1.0], least=[0.5, 0.0])
    assert check(p, YES, loaded(*SOUND)) == []
    assert check(p, YES, loaded((0, OUTSIDE, 0.5), (0, 1, 0.5), (1, 1, 0.5), (1, 2, 0.5))) == []
    late = loaded((0, 1, 0.5), (0, 2, 0.5), (1, 2, 0.5), (1, 3, 0.5))
    assert any("least share" in fault for fault in check(p, YES, late))


def test_what_is_given_outside_or_not_done_frees_what_follows():
    """Half outside counts as done from the start: half of the next package may be worked in the first week."""
    entries = [(0, OUTSIDE, 0.5), (0, UNDONE, 0.5), (1, 0, 0.5), (1, 1, 0.5)]
    assert check(tiny(), YES, loaded(*entries)) == []
    entries = [(0, OUTSIDE, 0.4), (0, 1, 0.5), (0, 2, 0.1), (1, 0, 0.5), (1, 1, 0.5)]
    assert any("ahead" in fault for fault in check(tiny(), YES, loaded(*entries)))


def test_work_that_does_not_come_is_not_carried_out():
    """The deal is lost in the second scenario and declined by the first option."""
    assert any("does not come" in f for f in check(tiny(), np.array([0]), loaded(*SOUND)))
    both = replace(loaded(*SOUND), scenario_start=np.array([0, 0, 4]))
    assert any("scenario 1: package 0, package 1 is carried out" in f for f in check(tiny(), YES, both))


def test_choice_must_be_one_allowed_option_each():
    """A choice of the wrong length or type, of another item's option, of one that pins forbid."""
    p = tiny()
    for choice in (np.array([1, 0]), np.array([0.5]), np.array([2]), np.array([-1])):
        assert check(p, choice, loaded(*SOUND))
    found = check(pinned(p, 0), YES, loaded(*SOUND))
    assert found == ["yes: taken although not allowed"]


def test_needs_and_hard_rows():
    """A need without its provider, and a hard limit broken; a soft one costs its price."""
    p = tiny()
    needy = replace(
        p, need_option=np.array([1]), need_start=np.array([0, 0]), need_provider=np.zeros(0, np.int64)
    )
    assert any("need 0" in f for f in check(needy, YES, loaded(*SOUND)))
    hard = replace(p, rows=rows_of([([1], [2.0], 1.0, np.inf, "exposure")]))
    assert check(hard, YES, loaded(*SOUND)) == ["limit exposure: 2 where 1 is the most"]
    soft = replace(p, rows=rows_of([([1], [2.0], 1.0, 4.0, "exposure")]))
    assert check(soft, YES, loaded(*SOUND), row_cost=4.0) == []
    assert check(soft, YES, loaded(*SOUND), row_cost=0.0) == ["broken limits cost 4, not 0"]


def test_a_loading_of_the_wrong_shape_is_told():
    """Starts that do not divide the entries, columns of different length."""
    good = loaded(*SOUND)
    for bad in (
        replace(good, scenario_start=np.array([0, 4])),
        replace(good, scenario_start=np.array([0, 5, 4])),
        replace(good, week=good.week[:-1]),
    ):
        assert len(check(tiny(), YES, bad)) == 1


def test_worst_tenth_by_hand():
    """25 values: the worst two and half of the third."""
    values = np.random.default_rng(0).permutation(np.arange(25.0) ** 2)
    p = replace(tiny(), risk_aversion=1.0)
    assert objective(p, values, 0.5) == pytest.approx((0 + 1 + 0.5 * 4) / 2.5 - 0.5)


def answer(seed):
    """A random choice that keeps its limits, carried out at least cost."""
    p, rng = random_problem(seed), np.random.default_rng(seed)
    for _ in range(50):
        choice = random_choice(p, rng)
        if keeps_limits(p, choice):
            return p, exact(p, choice)
    choice = extensive(p).choice
    return p, exact(p, choice)


@pytest.mark.parametrize("seed", range(40))
def test_exact_answers_are_accepted(seed):
    """What a linear programme carries out passes, in won and in dollars."""
    p, a = answer(seed)
    assert a.faults(p) == []


def test_a_thousand_spoilt_answers_are_caught():
    """Every way to spoil an answer is tried many times; none passes, and every way was tried."""
    passed, tried = [], dict.fromkeys((way.__name__ for way in MUTATIONS), 0)
    for seed in range(50):
        p, a = answer(seed)
        rng = np.random.default_rng(seed)
        for _ in range(20):
            name, bad = spoilt(p, a, rng)
            tried[name] += 1
            if not bad.faults(p):
                passed.append((seed, name))
    assert passed == []
    assert sum(tried.values()) == 1000
    assert min(tried.values()) > 0, json.dumps(tried)


def saved(folder: Path, p: SelectionProblem, a) -> tuple[Path, Path]:
    """Problem and result as plain arrays, as anyone could write them."""
    parts = ("packages", "rows", "cash")
    arrays = {f.name: getattr(p, f.name) for f in fields(p) if f.name not in parts}
    for part in parts:
        of = getattr(p, part)
        arrays |= {f"{part}_{f.name}": getattr(of, f.name) for f in fields(of)}
    arrays = {
        name: np.array(list(x), dtype=np.str_) if isinstance(x, tuple) else x for name, x in arrays.items()
    }
    result = {name: getattr(a, name) for name in ("choice", "value", "values", "bound", "row_cost")}
    result |= {f"loading_{f.name}": getattr(a.loading, f.name) for f in fields(Loading)}
    np.savez(folder / "problem.npz", **arrays)
    np.savez(folder / "result.npz", **result)
    return folder / "problem.npz", folder / "result.npz"


def test_files_are_judged(tmp_path, capsys):
    """A sound result ends with 0 and says so, a spoilt one with 1 and the fault, a mix-up of files with 2."""
    p, a = answer(3)
    problem, result = map(str, saved(tmp_path, p, a))
    assert main([problem, result]) == 0
    assert "sound" in capsys.readouterr().out
    saved(tmp_path, p, replace(a, value=2 * a.value + 1e9))
    assert main([problem, result]) == 1
    assert "the objective is" in capsys.readouterr().out
    assert main([result, problem]) == 2
    assert "lacks an array" in capsys.readouterr().err
    assert main([problem]) == 2
    assert "Name two files" in capsys.readouterr().err
    (tmp_path / "result.npz").write_bytes(b"PK\x03\x04 nothing more")
    assert main([problem, result]) == 2
    assert main([problem, str(tmp_path / "nowhere.npz")]) == 2
    assert "cannot be judged" in capsys.readouterr().err


def test_bound_of_a_file_is_proved_again(tmp_path, capsys):
    """Where the prices are there, a bound under what they prove is a fault, and so are prices that prove nothing."""
    p = replace(tiny(), risk_aversion=0.0)
    a = exact(p, YES)
    prices = {
        "hour": np.zeros((2, 1, 4)), "weight": np.full(2, 0.5), "row": np.zeros(0), "need": np.zeros(0),
        "cash": np.zeros((2, 0)),
    }  # fmt: skip
    for bound, weight, said in (
        (55.0, 0.5, "sound"),
        (54.9, 0.5, "the prices prove 55"),
        (55.0, 0.4, "outside what"),
    ):
        problem, result = saved(tmp_path, p, replace(a, bound=bound))
        told = dict(np.load(result)) | {f"prices_{name}": array for name, array in prices.items()}
        np.savez(result, **told | {"prices_weight": np.full(2, weight)})
        assert main([str(problem), str(result)]) == (said != "sound")
        assert said in capsys.readouterr().out


def test_result_says_its_own_risk_aversion(tmp_path):
    """A result of another risk aversion than the file's is judged by its own."""
    careful = replace(tiny(), risk_aversion=1.0)
    problem, result = saved(tmp_path, tiny(), exact(careful, YES))
    assert main([str(problem), str(result)]) == 1
    np.savez(result, **dict(np.load(result)) | {"risk_aversion": np.array(1.0)})
    assert main([str(problem), str(result)]) == 0


def test_command_loads_nothing_of_the_solver(tmp_path):
    """Run as a command, the checker knows of ``selection`` only what a problem and an answer are."""
    p, a = answer(5)
    problem, result = saved(tmp_path, p, a)
    code = (
        "import sys; from pursuit.selection.checker import main; "
        f"assert main([{str(problem)!r}, {str(result)!r}]) == 0; print(*sys.modules, sep='\\n')"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    loaded_modules = set(run.stdout.split())
    ours = {name.rpartition(".")[2] for name in loaded_modules if name.startswith("pursuit.selection.")}
    assert ours == {"checker", "faults", "loaded", "problem", "proof"}
    assert {name.split(".")[0] for name in loaded_modules} & {"numba", "scipy", "highspy"} == set()
