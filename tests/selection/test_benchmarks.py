"""The measuring side is sound: the same firm with other luck, rules that keep to what they say, one line per choice."""

import json

import numpy as np

from benchmarks.generator import SIZES, make_vendor
from benchmarks.rules import RULES
from benchmarks.selection import main, measure
from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm


def test_redrawn_futures_belong_to_the_same_firm():
    """Capacity, deals and limits stay; luck changes; each win probability is met to one future."""
    vendor = make_vendor(SIZES["XS"], 1, 2.0)
    one, other = vendor.draw(1), vendor.draw(2, 200)
    assert (one.capacity == other.capacity).all()
    assert (one.rows.coefficients == other.rows.coefficients).all()
    assert other.scenarios == 200
    deals = slice(0, vendor.deals)
    assert np.abs(other.won[deals].mean(axis=1) - vendor.chance[deals]).max() <= 1 / 200
    assert (vendor.draw(1).value == one.value).all()


def test_rules_keep_hard_limits_and_need_nothing():
    """What people do is judged as a choice that could be carried out."""
    c = compile_problem(make_vendor(SIZES["XS"], 3, 2.0).draw(3))
    taken = {name: rule(c) for name, rule in RULES.items()}
    assert all(Firm(c, choice).worth().feasible for choice in taken.values())
    counts = {name: int((choice != c.problem.item_start[:-1]).sum()) for name, choice in taken.items()}
    assert counts["all"] > counts["sort"] > 0


def test_one_line_holds_what_was_measured(tmp_path, capsys):
    """The command prints one line of JSON and appends the same to a file; the value is not above the bound."""
    out = tmp_path / "results.jsonl"
    main(["--size", "XS", "--seed", "2", "--work-limit", "60", "--out", str(out)])
    row = json.loads(out.read_text(encoding="utf-8"))
    assert row == json.loads(capsys.readouterr().out)
    assert row["peer"] is None
    assert row["value"] <= row["bound"]
    assert row["gap"] >= 0
    fresh = measure("XS", 2, 2.0, "sort", 0, 0.0)
    assert fresh["fresh_expected"] < row["fresh_expected"]
