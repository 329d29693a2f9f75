"""What is unsound about a problem, told of the keys of its file in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pursuit.errors import Fault, SolveError
from pursuit.selection.archive.checked import N
from pursuit.words import Words

SENTENCES = (
    N("value and capacity must have two axes, item_start and packages.first one"),
    N("there is nothing to decide on, or no scenario to judge it in"),
    N("{name} must rise from 0 to {end}"),
    N("an item has no option"),
    N("an item has no allowed option"),
    N("{name} holds a number that is not finite"),
    N("capacity, overtime and their cost cannot be negative"),
    N("hours_factor must be above 0"),
    N("a row holds a number that is not finite"),
    N("the penalty of a row cannot be negative"),
    N("cash holds a number that is not finite"),
    N("the penalty of cash must be finite and not negative"),
    N("risk_aversion lies between 0 and 1"),
    N("a package has an empty window or one outside the weeks"),
    N("a package uses no resource"),
    N("a package lies outside the resources"),
    N("a package has endless hours, none, or no rate (leave out work that takes no hours)"),
    N("a package has a least share under 0, above its rate, or more than a whole by its due week"),
    N("a package has a negative late cost, or a breach cost that is negative or endless"),
    N("a package has a negative subcontract cost, or a share outside 0 to 1"),
    N("packages.before must point at an earlier package or be -1"),
    N("packages.before points into another bundle"),
    N("a package cannot both follow another one and have a least share"),
    N("{name} points at an option that does not exist"),
    N("{name} points at a bundle that does not exist"),
    N("base_scenario points at a scenario that does not exist"),
    N("gain_option names an option twice"),
    N("a bundle belongs to two items, or comes twice"),
    N("an option brings the same bundle twice"),
    N("options could together take more hours away than there are"),
)
"""What :mod:`pursuit.selection.faults` says."""


def faults_told(error: SolveError, file: str, words: Words) -> Iterator[Fault]:
    """Every fault that an unsound problem was refused for."""
    mend = words("Mend the array; the page selection-problem tells what each key holds.")
    for text in str(error).partition(": ")[2].split("; "):
        spoken = re.sub(r"\b(packages|rows|cash)\.(\w)", r"\1_\2", in_words(text, words))
        yield Fault(file, "", 0, "", "", f"{spoken}." if words.lang == "en" else spoken, mend)


def in_words(text: str, words: Words) -> str:
    """A sentence with its names and numbers in the reader's language; as it is where it is not known."""
    for sentence in SENTENCES:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[\\w.]+)", re.escape(sentence))
        if match := re.fullmatch(pattern, text):
            return words(sentence, **match.groupdict())
    return text
