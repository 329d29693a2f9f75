"""The two kinds of file: a problem, and the result of a solve. docs/selection-problem.md has a row for every key."""

from __future__ import annotations

import numpy as np

from pursuit.selection.archive.keys import Form, Key, all_to_one, counted, fill, one_each

_P, _R, _C = "packages_breach_cost", "rows_limit", "cash_floor"

PROBLEM = Form(
    name="pursuit-problem/1",
    keys=(
        Key("risk_aversion", "number", (), fill(0.0)),
        Key("item_start", "whole", ("I+1",)),
        Key("item_ids", "text", ("I",), counted("item", "I")),
        Key("option_ids", "text", ("O",), counted("option", "O")),
        Key("allowed", "truth", ("O",), fill(True)),
        Key("value", "number", ("O", "S")),
        Key("won", "truth", ("O", "S"), fill(False)),
        Key("base_value", "number", ("S",), fill(0.0)),
        Key("packages_bundle_start", "whole", ("B+1",), one_each("P", "P"), _P),
        Key("packages_first", "whole", ("P",), fill(0), _P),
        Key("packages_last", "whole", ("P",), lambda sizes, _: np.array(sizes["T"] - 1), _P),
        Key("packages_due", "whole", ("P",), lambda _, arrays: arrays["packages_last"], _P),
        Key("packages_rate", "number", ("P",), fill(1.0), _P),
        Key("packages_least", "number", ("P",), fill(0.0), _P),
        Key("packages_before", "whole", ("P",), fill(-1), _P),
        Key("packages_late_cost", "number", ("P",), fill(0.0), _P),
        Key("packages_late_cap", "number", ("P",), fill(float("inf")), _P),
        Key("packages_subcontract_cost", "number", ("P",), fill(float("inf")), _P),
        Key("packages_subcontract_share", "number", ("P",), fill(1.0), _P),
        Key("packages_breach_cost", "number", ("P",), fill(0.0)),
        Key("packages_use_start", "whole", ("P+1",), one_each("P", "U"), _P),
        Key("packages_use_resource", "whole", ("U",), None, _P),
        Key("packages_use_hours", "number", ("U",), None, _P),
        Key("sure", "whole", ("O",), fill(-1)),
        Key("if_won", "whole", ("O",), fill(-1)),
        Key("base_bundle", "whole", ("A",), fill(0)),
        Key("base_scenario", "whole", ("A",), fill(-1), "base_bundle"),
        Key("hours_factor", "number", ("R", "S"), fill(1.0)),
        Key("capacity", "number", ("R", "T")),
        Key("overtime", "number", ("R", "T"), fill(0.0)),
        Key("overtime_cost", "number", ("R",), fill(0.0)),
        Key("gain_option", "whole", ("G",), fill(0)),
        Key("capacity_gain", "number", ("G", "R", "T"), None, "gain_option"),
        Key("need_option", "whole", ("K",), fill(0)),
        Key("need_start", "whole", ("K+1",), one_each("K", "Q"), "need_option"),
        Key("need_provider", "whole", ("Q",), None, "need_option"),
        Key("rows_limit", "number", ("C",), fill(0.0)),
        Key("rows_penalty", "number", ("C",), fill(float("inf")), _R),
        Key("rows_names", "text", ("C",), counted("row", "C"), _R),
        Key("rows_start", "whole", ("C+1",), all_to_one("C", "N"), _R),
        Key("rows_option", "whole", ("N",), None, _R),
        Key("rows_coefficient", "number", ("N",), fill(1.0), _R),
        Key("cash_floor", "number", ("M",), fill(0.0)),
        Key("cash_penalty", "number", (), None, _C),
        Key("cash_base", "number", ("S", "M"), None, _C),
        Key("cash_fixed", "number", ("O", "M"), fill(0.0), _C),
        Key("cash_won", "number", ("O", "M"), fill(0.0), _C),
        Key("cash_exact_option", "whole", ("E",), fill(0), _C),
        Key("cash_exact", "number", ("E", "M", "S"), None, "cash_exact_option"),
    ),
    sources={
        "I": ("item_start", 0),
        "O": ("value", 0),
        "S": ("value", 1),
        "R": ("capacity", 0),
        "T": ("capacity", 1),
        "B": ("packages_bundle_start", 0),
        "P": ("packages_breach_cost", 0),
        "U": ("packages_use_hours", 0),
        "A": ("base_bundle", 0),
        "G": ("gain_option", 0),
        "K": ("need_option", 0),
        "Q": ("need_provider", 0),
        "C": ("rows_limit", 0),
        "N": ("rows_option", 0),
        "M": ("cash_floor", 0),
        "E": ("cash_exact_option", 0),
    },
    alike={"B": "P"},
)

GROUPS = ("packages", "rows", "cash")
"""Parts of a problem whose keys begin with their name."""

ASKED = (
    ("won", ("if_won", "cash_won")),
    ("sure, if_won, base_bundle", ("packages_breach_cost",)),
)
"""One of these keys must be there as soon as one of those is."""

RESULT = Form(
    name="pursuit-result/1",
    keys=(
        Key("problem_hash", "text"),
        Key("risk_aversion", "number"),
        Key("seed", "whole"),
        Key("work", "whole"),
        Key("status", "text"),
        Key("value", "number"),
        Key("bound", "number"),
        Key("row_cost", "number"),
        Key("values", "number", ("S",)),
        Key("item_ids", "text", ("I",)),
        Key("choice", "whole", ("I",)),
        Key("choice_ids", "text", ("I",)),
        Key("fallbacks", "text", ("F",)),
        Key("prices_hour", "number", ("S", "R", "T")),
        Key("prices_weight", "number", ("S",)),
        Key("prices_row", "number", ("C",)),
        Key("prices_need", "number", ("K",)),
        Key("prices_cash", "number", ("S", "M")),
        Key("loading_scenario_start", "whole", ("S+1",)),
        Key("loading_package", "whole", ("N",)),
        Key("loading_week", "whole", ("N",)),
        Key("loading_share", "number", ("N",)),
    ),
    sources={
        "S": ("values", 0),
        "I": ("choice", 0),
        "F": ("fallbacks", 0),
        "R": ("prices_hour", 1),
        "T": ("prices_hour", 2),
        "C": ("prices_row", 0),
        "K": ("prices_need", 0),
        "M": ("prices_cash", 1),
        "N": ("loading_package", 0),
    },
)
