"""The measuring side is sound: the same firm with other luck, peers that keep to what they say, one line per choice."""

import json
from dataclasses import replace

import numpy as np
import pytest

from benchmarks import __main__ as bench
from benchmarks.expected import expected_problem
from benchmarks.generator import SIZES, Size, make_vendor
from benchmarks.generator.orders import OVERRUN, load_of
from benchmarks.rules import RULES, Rule, bundle_hours, filled, mean_hours
from benchmarks.selection import cases
from benchmarks.selection.__main__ import main
from benchmarks.selection.again import measure_frontier, measure_replan
from benchmarks.selection.cases import Case
from benchmarks.selection.effects import measure_effects
from benchmarks.selection.measure import RESTRICTIONS, fresh_values, judged, restricted
from benchmarks.selection.peers import Found
from benchmarks.selection.tables import gains, gap_at, tables, time_to
from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm

XS = SIZES["XS"]
SMALL = Size(120, 8, 26, 20)


def kinds(p):
    """Last word of every option's name."""
    return np.array([name.rpartition(".")[2] for name in p.option_ids])


def test_redrawn_futures_belong_to_the_same_firm():
    """Capacity, options, their work and limits stay; luck and arrivals change; the same seed draws the same."""
    vendor = make_vendor(XS, 1, 2.0)
    one, other = vendor.draw(1), vendor.draw(2, 200)
    assert (one.capacity == other.capacity).all()
    assert one.option_ids == other.option_ids
    assert (one.rows.coefficient == other.rows.coefficient).all()
    known = int(one.packages.bundle_start[one.base_bundle[0]])
    assert (one.packages.breach_cost[:known] == other.packages.breach_cost[:known]).all()
    assert (one.if_won == other.if_won).all()
    assert other.scenarios == 200
    assert (vendor.draw(1).value == one.value).all()
    assert (one.won != vendor.draw(3).won).any()


def test_chances_and_mean_values_are_met():
    """Each chance to one future, each mean value of a deal exactly, however many futures there are."""
    vendor = make_vendor(XS, 1, 2.0)
    expected = vendor.chance * vendor.gain - vendor.cost[: vendor.deals]
    for futures in (16, 50, 200):
        p = vendor.draw(5, futures)
        assert np.abs(p.won[: vendor.deals].mean(axis=1) - vendor.chance).max() <= 1 / futures
        assert np.allclose(p.value[: vendor.deals].mean(axis=1), expected)


def test_more_effort_wins_more_of_the_same_order():
    """Heavy effort is won wherever normal effort is, brings the same bundle, and costs more."""
    p = make_vendor(SMALL, 4, 2.0).draw(4)
    normal, heavy = (np.flatnonzero(kinds(p) == word) for word in ("normal", "heavy"))
    assert (p.won[heavy] >= p.won[normal]).all()
    assert p.won[heavy].sum() > p.won[normal].sum()
    assert (p.if_won[heavy] == p.if_won[normal]).all()
    hours = bundle_hours(p).sum(axis=1)
    assert (hours[p.sure[heavy]] > hours[p.sure[normal]]).all()


def test_a_sector_has_its_good_years_together():
    """Wins of one account go together more than wins of two sectors."""
    vendor = make_vendor(Size(400, 10, 26, 50), 2, 2.0)
    p = vendor.draw(2, 400)
    won = p.won[kinds(p) == "normal"]
    same = np.corrcoef(won.astype(float))
    account = vendor.luck.account
    sector = vendor.luck.account_sector[account]
    apart = ~np.eye(len(account), dtype=bool)
    alike = same[(account[:, None] == account) & apart].mean()
    strangers = same[sector[:, None] != sector].mean()
    assert alike > 0.15
    assert 0 < strangers < 0.6 * alike


@pytest.mark.parametrize("tightness", [1.2, 2.0])
def test_tightness_is_the_load_over_the_capacity(tightness):
    """All at normal effort, orders by their chance, and what is committed: over regular hours exactly that."""
    vendor = make_vendor(SMALL, 3, tightness)
    p, s = vendor.draw(3), vendor.sheets
    orders, presales = s[0], s[1]
    chance = np.zeros(orders.bundles)
    chance[: SMALL.opportunities] = vendor.chance[kinds(p)[: vendor.deals] == "normal"]
    load = load_of(8, orders.resource, orders.hours * chance[orders.bundle][:, None])
    for sheet in (presales, s[4], s[7]):  # care as it is, projects as planned
        load += load_of(8, sheet.resource, sheet.hours)
    assert load.sum() / p.capacity.sum() == pytest.approx(tightness, rel=0.01)


def test_no_package_is_a_lump_unless_asked_for():
    """At its largest rate no package takes half a week of a resource, and its window is long enough for it."""
    for lumpy in (False, True):
        vendor = make_vendor(SMALL, 6, 2.0, lumpy=lumpy)
        k = vendor.draw(6).packages
        rate = np.repeat(k.rate, np.diff(k.use_start))
        share = rate * k.use_hours * OVERRUN / vendor.hours.week[k.use_resource]
        assert bool(share.max() > 0.5) == lumpy
        known = slice(0, int(k.bundle_start[len(vendor.sheets[0].hours)]))
        assert (k.rate * (k.due - k.first + 1))[known].min() >= 1


def test_a_deferred_deal_gives_up_its_expected_worth_and_no_more():
    """Dropping all of a deferred deal's optional work costs what it is expected to bring, seen before its outcome."""
    vendor = make_vendor(SMALL, 5, 2.0)
    p = vendor.draw(5)
    deferred = np.flatnonzero(kinds(p) == "defer")
    assert len(deferred)
    assert (p.if_won[deferred] == -1).all()
    for option in deferred:
        given_up = p.packages.breach_cost[p.packages.of(int(p.sure[option]))].sum()
        assert given_up == pytest.approx(max(p.value[option].mean(), 0.0))


def test_orders_have_every_part_of_the_model():
    """Chains with staggered windows, packages on two resources, least shares, work outside, needs, gains, pairs."""
    p = make_vendor(SMALL, 7, 1.2).draw(7)
    k = p.packages
    chained = np.flatnonzero(k.before >= 0)
    assert len(chained)
    assert (k.first[chained] > k.first[k.before[chained]]).mean() > 0.9
    assert (np.diff(k.use_start) == 2).any()
    assert (k.least > 0).any()
    assert np.isfinite(k.subcontract_cost).any()
    assert len(p.need_option)
    assert p.capacity_gain.any()
    assert np.isinf(p.rows.penalty).any()
    assert np.isfinite(p.rows.penalty).any()


@pytest.mark.parametrize("size", [Size(), Size(1, 1, 4, 2), Size(3, 1, 4, 4), Size(12, 3, 6, 10)])
def test_tiny_vendors_are_sound_too(size):
    """A problem checks itself when it is made, at sizes where quarters, pairs and leads shrink to nothing."""
    for seed in range(30):
        assert make_vendor(size, seed, 1.5, lumpy=bool(seed % 2)).draw(seed).items >= size.opportunities


def test_the_mean_future_keeps_every_mean():
    """Hours and value of each option, hours and worth of what arrives, and cash are those of the futures' mean."""
    p = make_vendor(XS, 2, 2.0).draw(2)
    e = expected_problem(p)
    assert e.scenarios == 1
    assert np.allclose(e.value[:, 0], p.value.mean(axis=1))
    assert np.allclose(mean_hours(e), mean_hours(p), rtol=1e-5)
    arriving = bundle_hours(p)[p.base_bundle].sum(axis=0) / p.scenarios
    assert np.allclose(bundle_hours(e)[e.base_bundle].sum(axis=0), arriving)
    worth = sum(p.packages.breach_cost[p.packages.of(int(b))].sum() for b in p.base_bundle) / p.scenarios
    assert e.packages.breach_cost[e.packages.of(int(e.base_bundle[-1]))].sum() == pytest.approx(worth)
    assert len(e.packages.of(int(e.base_bundle[-1]))) < sum(len(p.packages.of(int(b))) for b in p.base_bundle)
    flow = p.cash.won[:, None, :] * p.won[:, :, None]
    assert np.allclose(e.cash.won, flow.mean(axis=1))


def test_rules_keep_hard_limits_needs_and_hours():
    """What people do is judged as a choice that could be carried out, and fills no more than it is told."""
    p = make_vendor(SMALL, 3, 2.0).draw(3)
    c = compile_problem(p)
    taken = {name: rule(p) for name, rule in RULES.items()}
    assert all(Firm(c, choice).worth().feasible for choice in taken.values())
    deals = {
        name: int((choice != p.item_start[:-1])[: SMALL.opportunities].sum())
        for name, choice in taken.items()
    }
    assert deals["all"] > deals["sort"] > 0
    half = filled(p, Rule(by_hour=True, effort="any", fill=0.5, payback=np.inf))
    load = mean_hours(p)
    deal = np.arange(p.items) < SMALL.opportunities
    busy = load[half[deal]].sum(axis=0)
    assert busy.sum() > 0
    assert (busy <= 0.5 * p.capacity.sum(axis=1) + 1e-6).all()


def test_the_tuned_rule_beats_each_of_its_settings():
    """On the futures it is tuned on, the tuned rule is at least as good as the plain one at any fill it tries."""
    p = make_vendor(XS, 3, 2.0).draw(3)
    c = compile_problem(p)
    tuned = Firm(c, RULES["greedy"](p)).worth().objective
    for fill in (0.8, 1.0, 1.2):
        plain = filled(p, Rule(by_hour=True, effort="any", fill=fill, payback=2.0))
        assert tuned >= Firm(c, plain).worth().objective


def test_a_rule_takes_what_a_deal_needs_or_leaves_it():
    """Deals that are only done together are taken together; what needs a technology waits for it to be bought."""
    p = make_vendor(SMALL, 8, 1.2).draw(8)
    choice = filled(p, Rule(by_hour=True, effort="any", fill=5.0, payback=1.0))
    taken = set(choice.tolist())
    needs = {int(o): [] for o in p.need_option}
    for k, option in enumerate(p.need_option):
        needs[int(option)].append(set(p.need_provider[p.need_start[k] : p.need_start[k + 1]].tolist()))
    met = [bool(providers & taken) for option in taken & set(needs) for providers in needs[option]]
    assert met
    assert all(met)


def test_restrictions_only_take_options_away():
    """Every item keeps its first option, the named kind is gone, nothing else is."""
    p = make_vendor(XS, 1, 2.0).draw(1)
    for word, gone in RESTRICTIONS.items():
        less = restricted(p, word)
        assert less.allowed[p.item_start[:-1]].all()
        assert set(kinds(p)[~less.allowed]) == set(gone) & set(kinds(p))
    assert replace(less, allowed=p.allowed).allowed.all()


def test_every_choice_is_judged_on_the_same_fresh_futures():
    """Fresh futures depend on the firm and the seed, not on who chose; doing nothing is worth the same twice."""
    vendor = make_vendor(XS, 1, 2.0)
    p = vendor.draw(1)
    idle = p.item_start[:-1].copy()
    again = [fresh_values(vendor, 1, idle, 40) for _ in range(2)]
    assert (again[0] == again[1]).all()
    row = judged(p, vendor, Case("XS", 1, 2.0, fresh=40), Found(idle, "idle"))
    assert row["worst_tenth"] < row["expected"]
    assert row["fresh_expected"] == pytest.approx(again[0].mean())
    assert abs(row["loading_gap"]) < 0.01


def test_one_line_holds_what_was_measured(tmp_path, capsys):
    """The command prints one line of JSON and appends the same to a file; the value is not above the bound."""
    out = tmp_path / "results.jsonl"
    main(["--size", "XS", "--seed", "2", "--work-limit", "60", "--fresh", "20", "--out", str(out)])
    row = json.loads(out.read_text(encoding="utf-8"))
    assert row == json.loads(capsys.readouterr().out)
    assert row["peer"] is None
    assert row["value"] <= row["bound"]
    assert row["gap"] >= 0
    assert row["curve"]


def line(**changes):
    """A measured row as ``tables`` reads it."""
    row = {
        "size": "S", "seed": 1, "tightness": 2.0, "lumpy": False, "peer": None, "restrict": None, "status": "limit",
        "value": 90.0, "bound": 100.0, "gap": 0.1, "cpu_seconds": 20.0, "wall_seconds": 20.0, "peak_mb": 100.0,
        "expected": 110.0, "worst_tenth": 60.0, "fresh": 10, "fresh_expected": 100.0, "fresh_worst_tenth": 50.0,
        "loading_gap": 0.0, "commit": "abc",
        "curve": [[1.0, None, 300.0], [2.0, 60.0, 200.0], [3.0, 80.0, 120.0], [20.0, 90.0, 100.0]],
    }  # fmt: skip
    return row | changes


def test_tables_say_what_the_rows_say():
    """Gain is (ours - other) / |ours| seed by seed, the curve is read at its time, a value looked up in it."""
    rows = [
        line(), line(seed=2, fresh_expected=-100.0), line(peer="sort", fresh_expected=80.0),
        line(peer="sort", seed=2, fresh_expected=-90.0), line(peer="highs", value=75.0, curve=[[200.0, 75.0, None]]),
        line(restrict="normal", fresh_expected=95.0),
    ]  # fmt: skip
    assert gains(rows, "sort", "fresh_expected") == pytest.approx([0.2, -0.1])
    assert gap_at(rows[0], 0.5) is None
    assert gap_at(rows[0], 2.5) == pytest.approx((200 - 60) / 200)
    assert time_to(rows[0], 75.0) == 3.0
    assert time_to(rows[0], 95.0) is None
    made = {table.title["en"].split()[0]: table for table in tables(rows)}
    assert made["Ours"].rows[0][:7] == ("S", "2.0", "sort", "2", "5.0", "−10.0", "1")
    assert made["HiGHS"].rows[0][-2:] == ("3.00", "67")
    assert made["Where"].rows[0][-2:] == ("5.0", "0.0")
    assert all(len(row) == len(table.columns) for table in made.values() for row in table.rows)


def test_known_rows_are_taken_from_the_file_only_at_their_commit(tmp_path, monkeypatch):
    """A long run is taken up where it stopped; what was measured at another commit is measured again."""
    kept, made = tmp_path / "rows.jsonl", []
    monkeypatch.setattr(cases, "commit", lambda: "abc")

    def process(case):
        made.append(case)
        asked = {"size": case.size, "seed": case.seed, "tightness": case.tightness, "peer": case.peer}
        return line(**asked, fresh=case.futures, work_limit=None, seconds=case.seconds)

    monkeypatch.setattr(cases, "fresh_process", process)
    wanted = [Case("S", 1, 2.0), Case("S", 1, 2.0, "sort")]
    first = list(cases.measured(wanted, kept))
    assert list(cases.measured(wanted, kept)) == first
    assert made == wanted
    monkeypatch.setattr(cases, "commit", lambda: "def")
    list(cases.measured(wanted, kept))
    assert len(made) == 4


def test_figures_go_between_the_marks_of_both_pages(tmp_path, monkeypatch):
    """What stands before and after the marks stays, and both languages get every table."""
    (tmp_path / "docs").mkdir()
    pages = [tmp_path / "docs" / name for name in ("benchmarks.md", "benchmarks.ko.md")]
    for page in pages:
        page.write_text(f"before\n{bench.MARKS[0]}\nold\n{bench.MARKS[1]}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    bench.into_docs([line()])
    for page in pages:
        text = page.read_text("utf-8")
        assert text.startswith("before\n")
        assert text.endswith("after\n")
        assert "old" not in text
        assert text.count("| size |") == 2


def test_effects_are_held_against_plans_made_again():
    """Signs and errors of each way of finding them, and what the list costs; most signs are right."""
    row = measure_effects(Case("XS", 1, 2.0, work_limit=100), 9)
    assert row["asked"] == sum(row[basis]["count"] for basis in ("resolved", "flipped", "priced")) >= 6
    assert row["all"]["signs"] >= 0.7
    assert row["times_cheaper"] > 100


def test_choosing_again_after_news_and_at_nine_risk_aversions():
    """Little is lost from an old plan; safety costs expectation, point by point."""
    assert abs(measure_replan(Case("XS", 1, 2.0, work_limit=100))["loss"]) < 0.1
    row = measure_frontier(Case("XS", 1, 2.0, work_limit=60))
    assert row["points"] == len(row["gaps"]) == 9
    assert row["expected"] == sorted(row["expected"], reverse=True)
    assert row["worst_tenth"] == sorted(row["worst_tenth"])
