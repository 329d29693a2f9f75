"""Why a column is taken for one of ours, in words."""

from __future__ import annotations

from pursuit.intake.exports.propose.choosing import Candidate
from pursuit.intake.exports.propose.vocabulary import Target
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME
from pursuit.words import Words


def reason(candidate: Candidate, words: Words) -> str:
    """Name and values, each in a sentence."""
    return " ".join(filter(None, (_by_name(candidate, words), _by_values(candidate, words))))


def _by_name(candidate: Candidate, words: Words) -> str:
    match = candidate.match
    if match is None:
        return ""
    if match.doubt:
        return words("The name can mean several things.")
    match match.way:
        case "exact":
            return words("The name says so.")
        case "stripped":
            return words("The name says so, but for words beside it.")
        case "part":
            return words("A part of the name says so: {synonym}.", synonym=match.synonym)
    return words("The name is nearly {synonym}.", synonym=match.synonym)


def _by_values(candidate: Candidate, words: Words) -> str:
    match candidate.fit, candidate.target[1]:
        case "tells", "outcome":
            return words("Its words say won and lost.")
        case "tells", "stage":
            return words("Its words are steps of a sale.")
        case "tells", "id":
            return words("Every row has its own.")
        case "tells", "name":
            return words("Texts of which hardly any stands twice.")
        case "tells", "business_number":
            return words("The numbers are Korean business numbers.")
        case "tells", "currency":
            return words("The words are codes of currencies.")
        case "tells", _:
            return words("Only such a column has values like these.")
        case "suits", _:
            return words("The values suit it.")
        case "contradicts", _:
            return words("The values do not suit it.")
    return words("There are too few values to tell.")


def spoken(target: Target, lang: str) -> str:
    """A column of ours as the user's workbook heads it: ``영업기회 · 등록일``."""
    sheet = SHEET_BY_NAME[target[0]]
    return f"{sheet.title(lang)} · {sheet.column(target[1]).header(lang)}"
