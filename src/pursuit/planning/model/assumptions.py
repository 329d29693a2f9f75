"""Numbers the model needs where the data are silent; each is named on the plan when it is used."""

TAIL_WEEKS = 13
"""Weeks after the horizon in which work sold inside it may still be done, so that late weeks do not look empty."""

LATE_WEEKS = 8
"""Weeks after its due week in which late work may still be done before it counts as not carried out."""

GOODWILL_PER_WEEK = 0.005
"""Goodwill lost per week of lateness, as a share of the price, where no late penalty is agreed."""

GOODWILL_CAP = 0.10
"""Most goodwill lost by lateness, as a share of the price."""

BREACH_SHARE = 0.10
"""Penalty for won work not carried out, as a share of the price, beside the lost contribution and trust."""

DEFER_LOSS = 0.10
"""Share of the win probability lost by taking up an opportunity only on its decision date."""

CYCLE_WEEKS = 6
"""Weeks until a customer decides where neither the deal nor history says."""

TRUSTED = 0.5
"""Relationship from which a refusal disappoints: below it, declining costs no trust."""

ARRIVAL_RESOURCES = 4
"""Resources on which a deal not yet known is loaded: those it needs most of, measured by their capacity."""

HOLD_SHARE = 0.25
"""Share of the presales hours that keeping a deferred opportunity warm costs before its decision date."""
