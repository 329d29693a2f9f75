"""Faults worth fearing, each a small change of the program and the test that must notice it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Planted:
    """One fault: in ``file`` (under src/pursuit) ``sound`` becomes ``faulty``, and ``test`` must fail."""

    name: str
    file: str
    sound: str
    faulty: str
    test: str


PLANTED = (
    Planted(
        "lateness is free in its first week",
        "selection/pricing.py",
        "money = cost * (week - due)",
        "money = cost * (week - due - 1)",
        "tests/selection/test_loading.py::test_loading_equals_linear_programme_after_random_moves",
    ),
    Planted(
        "the bound takes overtime off instead of adding it",
        "selection/bound.py",
        "return np.asarray(regular + extra)",
        "return np.asarray(regular - extra)",
        "tests/selection/test_bound.py::test_any_prices_prove_a_bound",
    ),
    Planted(
        "the worst tenth leaves out the future that counts in part",
        "selection/worth.py",
        "total += rest * float(ordered[whole])",
        "total += 0.0",
        "tests/selection/test_worth.py::test_equals_definition",
    ),
    Planted(
        "the judge of a choice lets work run ahead of the package before it",
        "selection/checker.py",
        "early = by[row[later], 1:] > free[:, None] + by[row[k.before[later]], :-1] + SHARE",
        "early = by[row[later], 1:] > free[:, None] + by[row[k.before[later]], 1:] + SHARE",
        "tests/selection/test_checker.py::test_every_rule_of_the_loading",
    ),
    Planted(
        "the judge of a choice forgets what a second resource is used for",
        "selection/checker.py",
        "hours = self.share[entry] * k.use_hours[use] * self.p.hours_factor[resource, self.s]",
        "hours = self.share[entry] * k.use_hours[use] * self.p.hours_factor[resource, self.s] * (resource == 0)",
        "tests/selection/test_checker.py::test_exact_answers_are_accepted",
    ),
    Planted(
        "the judge of a choice takes any value for true",
        "selection/checker.py",
        "if value is not None and not abs(value - total) <= MONEY * scale + 1e-9:",
        "if value is not None and np.isnan(value):",
        "tests/selection/test_checker.py::test_a_thousand_spoilt_answers_are_caught",
    ),
    Planted(
        "the bound proved again leaves out what investments add",
        "selection/proof.py",
        'worth = worth + np.einsum("srt,rt->s", hour, p.capacity_gain[g])',
        'worth = worth + 0 * np.einsum("srt,rt->s", hour, p.capacity_gain[g])',
        "tests/selection/test_bound.py::test_any_prices_prove_a_bound",
    ),
    Planted(
        "the bound proved again counts every week at the share of the due ones",
        "selection/proof.py",
        "spare = max(1.0 - k.least[package] * int(timely.sum()), 0.0)",
        "spare = 1.0",
        "tests/selection/test_bound.py::test_any_prices_prove_a_bound",
    ),
    Planted(
        "the checker lets illegal overtime pass",
        "planning/checks/capacity.py",
        'if row["overtime"] > overtime_allowed(case, known, week) + HOURS:',
        'if row["overtime"] > 168.0:',
        "tests/planning/test_checker.py::test_every_mutation_is_caught",
    ),
    Planted(
        "working capital counts ten times in the default score",
        "forecast/credit_tables.py",
        "first = 6.56 * ",
        "first = 65.6 * ",
        "tests/forecast/test_default.py::test_z_score_by_hand",
    ),
    Planted(
        "deals that went further do not count for a stage",
        "forecast/stages.py",
        "counts = {s: sum(r >= rank[s] for r, _ in reached) for s in order}",
        "counts = {s: sum(r == rank[s] for r, _ in reached) for s in order}",
        "tests/forecast/test_stages.py::test_rates_count_deals_that_reached_a_stage_or_a_later_one",
    ),
    Planted(
        "national holidays are worked",
        "units/calendars.py",
        "if day in self.closed or day in holiday_dates(self.country, day.year):",
        "if day in self.closed:",
        "tests/units/test_calendars.py::test_korean_holidays_are_free",
    ),
    Planted(
        "cents are cut off instead of rounded",
        "units/money.py",
        "return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))",
        "return int(scaled)",
        "tests/units/test_money.py::test_major_amounts_become_minor_units",
    ),
    Planted(
        "the material share is taken of the option's price",
        "domain/offers.py",
        "own = _price(company, opportunity, None)",
        "own = price",
        "tests/domain/test_offers.py::test_a_price_cut_does_not_make_material_cheaper",
    ),
    Planted(
        "the reader swaps day and month",
        "intake/cells/written.py",
        "return _day(match[1], int(match[2]), int(match[3]))",
        "return _day(match[1], int(match[3]), int(match[2]))",
        "tests/intake/cells/test_dates.py::test_ways_to_write_a_day",
    ),
    Planted(
        "a name can end the report's script",
        "report/page.py",
        "return Markup(text.translate(_UNSAFE))",
        "return Markup(text)",
        "tests/report/test_page.py::test_embedded_json_survives",
    ),
    Planted(
        "a promise is kept one future too rarely",
        "scheduling/promise.py",
        'method="inverted_cdf"',
        'method="lower"',
        "tests/scheduling/test_promise.py::test_quantiles_are_weeks_that_enough_futures_reach",
    ),
    Planted(
        "amounts choose their unit before they are rounded",
        "words/numbers.py",
        "rest = round(size / grain) * grain",
        "rest = int(size / grain) * grain",
        "tests/words/test_numbers.py::test_won_in_korean",
    ),
    Planted(
        "a business number's ninth digit is carried nowhere",
        "intake/cells/business_number.py",
        "total + WEIGHTS[8] * int(digits[8]) // 10 + int(digits[9])",
        "total + int(digits[9])",
        "tests/intake/cells/test_forms.py::test_one_wrong_digit_is_found",
    ),
    Planted(
        "an account of another legal form is taken for the one named",
        "intake/records/accounts.py",
        "if len(forms) < 2 else",
        "if forms else",
        "tests/intake/records/test_korean.py::test_names_that_are_asked",
    ),
    Planted(
        "a zero-rated sale loses VAT it never had",
        "intake/records/vat.py",
        'rate = Decimal(0) if row["tax"] in _UNTAXED else Decimal(str(frame.vat_rate))',
        "rate = Decimal(str(frame.vat_rate))",
        "tests/intake/records/test_korean.py::test_net_amounts",
    ),
    Planted(
        "closed deals never move a grade",
        "forecast/grades.py",
        "return PRIOR_DEALS * self.prior + self.won, PRIOR_DEALS * (1 - self.prior) + lost",
        "return PRIOR_DEALS * self.prior, PRIOR_DEALS * (1 - self.prior)",
        "tests/forecast/test_grades.py::test_closed_deals_bring_out_what_a_grade_is_worth",
    ),
    Planted(
        "call-offs begin anew with every plan",
        "domain/running.py",
        "units = contract.remaining / len(days)",
        "units = contract.quantity / len(days)",
        "tests/domain/test_running.py::test_what_remains_is_spread_over_the_days",
    ),
    Planted(
        "call-offs are made before they are called",
        "planning/floor.py",
        "release = released(s, project, mode)",
        "release = 0",
        "tests/planning/test_contracts.py::test_hours_fall_on_the_right_resource_and_weeks",
    ),
    Planted(
        "CP949 is tried before UTF-8",
        "intake/files/encodings.py",
        """            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            return data.decode("cp949"), "cp949\"""",
        """            return data.decode("cp949"), "cp949"
        except UnicodeDecodeError:
            return data.decode("utf-8"), "utf-8\"""",
        "tests/intake/files/test_encodings.py::test_utf8_goes_before_cp949",
    ),
    Planted(
        "figures counted in thousands are taken as they stand",
        "intake/records/measures.py",
        "return read_noted(self.column, value * scale, habits)[0], note",
        "return read_noted(self.column, value, habits)[0], note",
        "tests/intake/layout/test_whole_units.py::test_money",
    ),
    Planted(
        "a customer pays twice",
        "backtest/world/billing.py",
        'state.move("payment", bill.invoice.id, bill.amount)',
        'state.move("payment", bill.invoice.id, 2 * bill.amount)',
        "tests/backtest/test_world.py::test_laws_of_conservation",
    ),
    Planted(
        "the books show hours that nobody can know",
        "backtest/world/books.py",
        "round(piece.planned * (1 - piece.done), 4)",
        "round(piece.real * (1 - piece.done), 4)",
        "tests/backtest/test_world.py::test_hidden_truth_is_not_in_the_books",
    ),
    Planted(
        "luck depends on when it is asked for",
        "backtest/luck.py",
        'name = "\\x1f".join(map(str, (self.seed, *event))).encode()',
        'name = str((self.seed, event, __import__("time").perf_counter_ns())).encode()',
        "tests/backtest/test_luck.py::test_order_does_not_count",
    ),
)
