"""What quotes, grades and contracts leave open in their cells: a validity in days, a grade that is a percentage."""

from __future__ import annotations

from pursuit.domain import Grade, grade_prior
from pursuit.intake.cells.likelihood import plain_percent
from pursuit.intake.cells.quoting import Span
from pursuit.intake.findings import Findings
from pursuit.intake.records.rows import Tables

MONTH_DAYS = 365.25 / 12


def settle_quotes(tables: Tables, findings: Findings) -> None:
    """Reckon the last day of quotes that hold for a time from the day they were sent."""
    for row in tables["quotes"]:
        span = row["valid_until"]
        if isinstance(span, Span):
            row.values["valid_until"] = day = span.after(row["sent"])
            problem = "How long the quote holds was counted from the day it was sent; it lapses on {day}."
            findings.warn(
                row.place("valid_until"), span.count, problem, "Nothing, if that is right.", day=day
            )


def settle_likelihood(tables: Tables, findings: Findings) -> None:
    """Take a plain percentage as the declared win probability; refuse grades that nothing gives a probability."""
    declared = [Grade(row["word"], row["probability"]) for row in tables["grades"]]
    for row in tables["opportunities"]:
        word = row["likelihood"]
        if not word or grade_prior(word, declared) is not None:
            continue
        place, percent = row.place("likelihood"), plain_percent(word)
        if percent is None:
            problem = "Nothing says which probability this grade means."
            mend = "Add the grade with its probability to the sheet grades."
            findings.error(place, word, problem, mend)
        elif row["win_probability"] not in (None, percent):
            problem = "The win probability says {percent}, the grade another percentage."
            shown = f"{row['win_probability'] * 100:g}%"
            findings.error(place, word, problem, "Correct one of them.", percent=shown)
        else:
            row.values["win_probability"], row.values["likelihood"] = percent, None
            problem = "A percentage is no grade; it was read as the win probability you declare."
            findings.warn(place, word, problem, "Nothing, if that is right.")


def settle_contracts(tables: Tables, findings: Findings) -> None:
    """Reckon the whole quantity of contracts that state a monthly one."""
    for row in tables["contracts"]:
        place, monthly = row.place("per_month"), row["per_month"]
        if row["quantity"] is None and monthly is not None:
            months = max((row["ends"] - row["starts"]).days + 1, 0) / MONTH_DAYS
            row.values["quantity"] = round(monthly * months, 3)
            problem = "Only a monthly quantity is stated; over the time of the contract it makes {quantity}."
            findings.warn(
                place, monthly, problem, "Nothing, if that is right.", quantity=f"{monthly * months:,.0f}"
            )
        elif row["quantity"] is None:
            row.values["quantity"] = 0.0
            if not (findings.at(row.place("quantity")) or findings.at(place)):
                problem, mend = "Nothing says how many units are expected.", "Fill in quantity or per_month."
                findings.error(row.place("quantity"), row["id"], problem, mend)
