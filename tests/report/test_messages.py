"""The report's words: each English sentence has its Korean, and nothing is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from pursuit.report.labels import LABELS
from pursuit.report.messages import all_messages, python_messages, script_messages, template_messages


def korean() -> dict[str, str]:
    found = {}
    for entry in files("pursuit.words").joinpath("locale").iterdir():
        if entry.name.startswith("report") and entry.name.endswith(".ko.po"):
            with entry.open("rb") as stream:
                found |= {str(m.id): str(m.string) for m in read_po(stream, locale="ko") if m.id}
    return found


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_message_has_its_korean_and_back() -> None:
    """No message of a template, script or module lacks Korean, and no Korean is unused."""
    assert all_messages() == set(korean())


def test_placeholders_agree() -> None:
    """A translation fills in exactly the values that the English sentence does."""
    uneven = {english for english, text in korean().items() if placeholders(english) != placeholders(text)}
    assert not uneven


def test_korean_is_korean() -> None:
    """Every translation holds Hangul; none sets a particle that hangs on the word straight after a value."""
    plain = {"Pursuit", "JavaScript", "SHA-256", "Apache", "ECharts"}
    for english, text in korean().items():
        assert re.search(r"[가-힣]", text) or not re.search(
            r"[A-Za-z]{3}", re.sub("|".join([r"\{\w+\}", *plain]), "", text)
        ), english
        assert not re.search(r"\}(은|는|이|가|을|를|과|와|으로|로)(\s|$|[.,])", text), text


def test_all_labels_are_spoken() -> None:
    """Every code of the plan format that a reader sees has a word."""
    assert {text for table in LABELS.values() for text in table.values()} <= all_messages()


@pytest.mark.parametrize(
    ("reader", "source"),
    [
        (script_messages, 'T("Say \\"this\\"", { x })'),
        (template_messages, '{{ t("Say \\"this\\"", x=1) }}'),
        (python_messages, 'say.t("Say \\"this\\"", x=1)'),
    ],
    ids=["script", "template", "python"],
)
def test_readers_find_messages(reader: object, source: str) -> None:
    """The finders themselves work: a sentence with quotes inside is found whole."""
    assert callable(reader)
    assert reader(source) == {'Say "this"'}


def _codes(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if "enum" in node:
            yield from (code for code in node["enum"] if code)
        for item in node.values():
            yield from _codes(item)


def test_labels_cover_the_schema(schema: dict[str, object]) -> None:
    """Every choice the schema allows for a decision, course, time, pace or state has its label."""
    properties = schema["properties"]
    assert isinstance(properties, dict)

    def allowed(table: str, field: str) -> set[str]:
        return set(_codes(properties[table]["items"]["properties"][field]))

    assert allowed("decisions", "decision") == set(LABELS["decision"])
    assert allowed("accounts", "course") == set(LABELS["course"])
    assert allowed("accounts", "when") == set(LABELS["when"])
    assert allowed("accounts", "patience") == set(LABELS["patience"])
    assert allowed("investments", "decision") == set(LABELS["investment"])
    assert allowed("projects", "mode") == set(LABELS["mode"])
    assert set(_codes(properties["status"])) == set(LABELS["status"])
    parts = properties["decisions"]["items"]["properties"]["effect_parts"]["properties"]
    assert set(parts) == set(LABELS["part"])
