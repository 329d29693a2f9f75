"""Decisions against the company, the pins, the sums or plain sense."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pursuit.domain import offers_of
from tests.planning.spoiling.draft import UNKNOWN, Draft, change, kind, put, shift


@kind
def pursued_without_option(d: Draft) -> bool:
    return put(d.decided("pursue"), "option", None)


@kind
def pursued_with_unknown_option(d: Draft) -> bool:
    return put(d.decided("pursue"), "option", UNKNOWN)


@kind
def option_without_pursuit(d: Draft) -> bool:
    return put(d.decided("defer", "decline"), "option", "standard")


@kind
def declined_with_option(d: Draft) -> bool:
    return put(d.decided("pursue"), "decision", d.pick(["decline", "defer"]))


@kind
def wrong_amount(d: Draft) -> bool:
    return change(d.row("decisions"), "amount", d.pick([1, -1, 10_000]))


@kind
def pin_hidden(d: Draft) -> bool:
    row = d.row("decisions")
    return put(row, "pinned", not row["pinned"])


@kind
def pin_disobeyed(d: Draft) -> bool:
    row = d.pick([row for row in d.plan["decisions"] if row["pinned"]])
    if row is None:
        return False
    row.update(decision="decline" if row["decision"] != "decline" else "defer", option=None, option_name=None)
    opportunity = next(opp for opp in d.company.open_opportunities if opp.id == row["opportunity"])
    options = [offer.id for offer in offers_of(d.company, opportunity)]
    return opportunity.pinned in ("decline", "defer", *options)


@kind
def needed_technology_missing(d: Draft) -> bool:
    held = {technology.id for technology in d.company.technologies if technology.held}
    brings = {investment.id: investment.technology for investment in d.company.investments}
    taken = [row for row in d.plan["investments"] if row["decision"] != "no"]
    suppliers = Counter(brings[row["investment"]] for row in taken)
    needed = {technology for offer in d.chosen().values() for technology in offer.technologies} - held
    row = d.pick(
        [r for r in taken if brings[r["investment"]] in needed and suppliers[brings[r["investment"]]] == 1]
    )
    if row is None:
        return False
    row.update(decision="no", start=None, unlocks=[])
    return True


@kind
def unlocks_what_is_not_pursued(d: Draft) -> bool:
    row, other = d.row("investments"), d.decided("decline", "defer")
    return row is not None and other is not None and not row["unlocks"].append(other["opportunity"])


@kind
def effect_off(d: Draft) -> bool:
    return change(d.row("decisions"), "effect", d.pick([1, -1, 1_000]))


@kind
def effect_part_off(d: Draft) -> bool:
    parts = d.row("decisions")["effect_parts"]
    return change(parts, d.pick(sorted(parts)), d.pick([1, -1, 1_000]))


@kind
def interval_misses_mean(d: Draft) -> bool:
    chance = d.row("decisions")["win_probability"]
    return put(chance, "low", chance["mean"] + 0.01) or put(chance, "high", chance["mean"] - 0.01)


@kind
def impossible_chance(d: Draft) -> bool:
    return put(d.row("decisions")["win_probability"], "high", 1.5)


def _promised(d: Draft) -> Any:
    row = d.pick([row for row in d.plan["decisions"] if row["promise"]])
    return row["promise"] if row else None


@kind
def promise_on_another_day(d: Draft) -> bool:
    promise = _promised(d)
    return promise is not None and put(promise, "p50", shift(promise["p50"], -d.pick([1, 2, 3])))


@kind
def surer_promise_earlier(d: Draft) -> bool:
    promise = _promised(d)
    return promise is not None and put(promise, "p50", shift(promise["p80"], 7 * d.pick([1, 2])))


@kind
def promise_in_the_past(d: Draft) -> bool:
    promise = _promised(d)
    return promise is not None and put(promise, "p50", shift(promise["p50"], -7 * 520))


def _displace(d: Draft, target: str | None, value: int) -> bool:
    row = d.row("decisions")
    target = row["opportunity"] if target is None else target
    entry = {"opportunity": target, "name": "x", "value": value, "how": "delayed"}
    return not row["displaces"].append(entry)


@kind
def displaces_itself(d: Draft) -> bool:
    return _displace(d, None, 5)


@kind
def displaces_a_stranger(d: Draft) -> bool:
    return _displace(d, UNKNOWN, 5)


@kind
def displaces_for_nothing(d: Draft) -> bool:
    return _displace(d, d.pick(d.company.open_opportunities).id, d.pick([0, -5]))


@kind
def displaces_twice(d: Draft) -> bool:
    row = d.pick([row for row in d.plan["decisions"] if row["displaces"]])
    return row is not None and not row["displaces"].append(dict(row["displaces"][0]))


@kind
def empty_reason(d: Draft) -> bool:
    return not d.row("decisions")["reasons"].append(" ")


@kind
def one_reason_for_all(d: Draft) -> bool:
    if len(d.plan["decisions"]) < 10:
        return False
    sentence = d.pick(d.row("decisions")["reasons"])
    for row in d.plan["decisions"][:: d.pick([1, 2])]:
        row["reasons"].append(sentence)
    return True


@kind
def bottleneck_without_figure(d: Draft) -> bool:
    row = d.row("decisions")
    key = "contribution_per_bottleneck_hour"
    return put(row, key, 5 if row[key] is None else None)


@kind
def bottleneck_that_is_none(d: Draft) -> bool:
    row = d.row("decisions")
    row.update(bottleneck=UNKNOWN, contribution_per_bottleneck_hour=5)
    return True


@kind
def other_request(d: Draft) -> bool:
    asked = {opp.id for opp in d.company.open_opportunities if opp.requested_date}
    row = d.pick([row for row in d.plan["decisions"] if row["opportunity"] in asked])
    return row is not None and put(row, "requested_date", shift(row["requested_date"], 7))


@kind
def other_account(d: Draft) -> bool:
    row, account = d.row("decisions"), d.pick([account.id for account in d.company.accounts])
    return account is not None and put(row, "account", account)


@kind
def other_last_day(d: Draft) -> bool:
    known = {opp.id for opp in d.company.open_opportunities if opp.decide_by}
    rows = [row for row in d.plan["decisions"] if row["opportunity"] in known and row["decision"] != "defer"]
    row = d.pick(rows)
    return row is not None and put(row, "decide_by", shift(row["decide_by"], d.pick([1, 7])))
