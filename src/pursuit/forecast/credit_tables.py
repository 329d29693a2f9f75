"""Published figures behind the default forecast; every number here is somebody's study or a named
assumption."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import numpy as np

from pursuit.domain import Statement

FLOOR = 0.0003
"""Least default rate a year of any firm: Basel II, paragraph 285."""

ONE_YEAR_DEFAULT: Mapping[str, float] = {
    "AAA": FLOOR,
    "AA": FLOOR,
    "A": 0.0005,
    "BBB": 0.0014,
    "BB": 0.0056,
    "B": 0.0293,
    "CCC": 0.2612,
}
"""Global corporate average cumulative default rates after one year, 1981 to 2024: S&P Global Ratings, Default,
Transition, and Recovery: 2024 Annual Global Corporate Default And Rating Transition Study, 27 March 2025, table 24.
There AAA is 0.00 % and AA 0.02 %; both stand at the floor. Used for Z'', whose letters are those of S&P."""

KOREAN_DEFAULT: Mapping[str, float] = {
    "AAA": FLOOR,
    "AA": FLOOR,
    "A": 0.0009,
    "BBB": 0.0060,
    "BB": 0.0317,
    "B": 0.0864,
    "CCC": 0.2612,
}
"""Share of issuers that defaulted within a year by the grade they began it with, 1998 to 2023: NICE Investors Service,
table of rating changes (신용등급변동표, 1년), which gives AAA 0.00, AA 0.00, A 0.09, BBB 0.60, BB 3.17 and B or below
8.64 %. The last stands for B; CCC and below take the rate of S&P's CCC/C, as the Korean table does not part them.
These are issuers of bonds. NICE and KED (한국평가데이터) grade small firms from AAA to D too, but no table of their
default rates by grade could be found, so that using this one for them is an assumption."""

BID_GRADES = ("AAA", "AA", "A", "BBB", "BB", "B", "CCC", "CC", "C", "D")
"""What e-1 to e-10 stand for, grades for public bids by NICE D&B: ten of them, e-1 being AAA (Newspim, 13 April 2018);
the other nine are matched by their order, an assumption."""

Z_MIDDLES: Mapping[str, float] = {
    "AAA": 8.2,
    "AA": 7.3,
    "A": 6.65,
    "BBB": 5.95,
    "BB": 5.0,
    "B": 4.15,
    "CCC": 2.5,
}
"""Middle Z'' of each letter: bond rating equivalents of Altman (2005), table 1."""

GRADE_AS_LETTER: Mapping[str, str] = {"CC": "CCC", "C": "CCC"}
GRADE_D = 0.9
"""Grade D says that payments have stopped already."""
WORST = 0.5
"""No statement alone is read as more than even odds of failing within a year."""
PRIOR_DEFAULT = 0.02
"""Yearly default where nothing is known: an assumption between S&P's BB (0.6 %) and B (2.9 %), where unrated firms
mostly lie."""
LOSS_GIVEN_DEFAULT = 0.6
"""Between 45 % (senior unsecured) and 75 % (subordinated) of the foundation approach of Basel II (paragraphs
287-288): trade claims are unsecured, and paid after the banks that hold the securities."""
LATE_LOG_ODDS_PER_DAY = 1 / 60
"""Mean days late over the last year raise the log-odds of default by this each: an assumption, 60 days e-fold
the odds."""
LATE_MOST = 1.5
"""Largest rise of the log-odds by lateness (odds times 4.5), reached at 90 days, which Basel II calls
default."""

STATEMENT_SPREAD, GRADE_SPREAD, PRIOR_SPREAD = 0.7, 0.5, 1.0
"""Standard deviations of the log-odds of default around a score, a grade, a sector: assumptions for the
interval."""


def z_score(statement: Statement) -> float | None:
    """Altman's Z'' for private and emerging-market firms; None where an item is missing or assets are not
    positive.

    Z'' = 3.25 + 6.56 X1 + 3.26 X2 + 6.72 X3 + 1.05 X4 (Altman, 2005, equation 1), where X1 is working
    capital, X2 retained earnings and X3 EBIT, each over total assets, and X4 book equity over total
    liabilities.
    """
    assets, liabilities = statement.total_assets, statement.total_liabilities
    equity = statement.equity
    if equity is None and assets is not None and liabilities is not None:
        equity = assets - liabilities
    if liabilities is None and assets is not None and equity is not None:
        liabilities = assets - equity
    items = (
        statement.current_assets,
        statement.current_liabilities,
        statement.retained_earnings,
        statement.ebit,
    )
    if assets is None or assets <= 0 or liabilities is None or equity is None or None in items:
        return None
    current, owed, retained, ebit = (float(item or 0.0) for item in items)
    leverage = min(max(equity / liabilities, -2.0), 10.0) if liabilities > 0 else 10.0
    ratios = [(current - owed) / assets, retained / assets, ebit / assets]
    first = 6.56 * ratios[0] + 3.26 * ratios[1] + 6.72 * ratios[2]
    return 3.25 + first + 1.05 * leverage


def z_letter(score: float) -> str:
    """The letter whose middle is nearest to a Z''."""
    return min(Z_MIDDLES, key=lambda letter: abs(Z_MIDDLES[letter] - score))


def z_default(score: float) -> float:
    """One-year default probability of a Z'': the letters' rates, log-linear between their middles and below
    the last."""
    worst_first = list(Z_MIDDLES)[::-1]
    scores = np.array([Z_MIDDLES[letter] for letter in worst_first])
    rates = np.log([ONE_YEAR_DEFAULT[letter] for letter in worst_first])
    if score < scores[0]:
        slope = (rates[1] - rates[0]) / (scores[1] - scores[0])
        return min(WORST, math.exp(rates[0] + slope * (score - scores[0])))
    return math.exp(float(np.interp(score, scores, rates)))


_GRADE = re.compile(r"(AAA|AA|A|BBB|BB|B|CCC|CC|C|D)[+\-0°]?")
_BID_GRADE = re.compile(r"E-?(10|[1-9])")


def grade_default(grade: str) -> tuple[str, float] | None:
    """Letter and one-year default probability of a NICE or KED grade (``BB+``, ``b-``, ``CCC``, ``e-3``).

    None if it is none. Signs do not move the rate, as the published table has whole letters only.
    """
    written = grade.strip().upper()
    if bid := _BID_GRADE.fullmatch(written):
        letter = BID_GRADES[int(bid[1]) - 1]
    elif found := _GRADE.fullmatch(written):
        letter = found[1]
    else:
        return None
    return letter, GRADE_D if letter == "D" else KOREAN_DEFAULT[GRADE_AS_LETTER.get(letter, letter)]
