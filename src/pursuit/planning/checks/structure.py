"""The shape of the document: a small reader of the JSON Schema words that the plan's schema uses."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, Mapping),
    "array": lambda value: isinstance(value, list | tuple),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "null": lambda value: value is None,
}
_DAY = r"^\d{4}-\d{2}-\d{2}$"
_WORDS = {
    "$schema", "title", "description", "format", "type", "properties", "required", "additionalProperties",
    "items", "enum", "const", "minimum", "maximum", "pattern", "anyOf", "minItems",
}  # fmt: skip


@cache
def plan_schema() -> Mapping[str, Any]:
    """The JSON Schema of ``pursuit-plan/1``."""
    text = files("pursuit.planning").joinpath("plan.schema.json").read_bytes()
    schema: Mapping[str, Any] = json.loads(text)
    return schema


def structure_problems(value: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    """Every place where the document ``value`` departs from ``schema``.

    Raises
    ------
    ValueError
        When the schema uses a word that is not understood here, rather than passing over it.
    """
    unknown = _words(schema) - _WORDS
    if unknown:
        raise ValueError(f"the checker cannot read {', '.join(sorted(unknown))} in the plan's schema")
    yield from _problems(value, schema, "plan")


def _words(schema: Mapping[str, Any]) -> set[str]:
    """All words of JSON Schema used in a schema and the schemas inside it."""
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    inner += [
        schema[word] for word in ("items", "additionalProperties") if isinstance(schema.get(word), Mapping)
    ]
    return set(schema).union(*(_words(part) for part in inner))


def _problems(value: Any, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    if "anyOf" in schema:
        tries = [list(_problems(value, option, place)) for option in schema["anyOf"]]
        if all(tries):
            yield from min(tries, key=len)
        return
    kinds = schema.get("type", ())
    kinds = (kinds,) if isinstance(kinds, str) else kinds
    if kinds and not any(_TYPES[kind](value) for kind in kinds):
        yield f"{place} is not of the type {' or '.join(kinds)}: {value!r:.60}."
        return
    if "const" in schema and value != schema["const"]:
        yield f"{place} must be {schema['const']!r}, not {value!r:.60}."
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place} must be one of {schema['enum']}, not {value!r:.60}."
    if isinstance(value, Mapping):
        yield from _object(value, schema, place)
    elif isinstance(value, list | tuple):
        yield from _array(value, schema, place)
    elif isinstance(value, str):
        yield from _text(value, schema, place)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _number(value, schema, place)


def _object(value: Mapping[str, Any], schema: Mapping[str, Any], place: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    rest = schema.get("additionalProperties", True)
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{place} lacks {name}."
    for name, item in value.items():
        if name in properties:
            yield from _problems(item, properties[name], f"{place}.{name}")
        elif rest is False:
            yield f"{place} holds {name}, which the format does not know."
        elif isinstance(rest, Mapping):
            yield from _problems(item, rest, f"{place}.{name}")


def _array(value: list[Any] | tuple[Any, ...], schema: Mapping[str, Any], place: str) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield f"{place} has {len(value)} entries where at least {schema['minItems']} are needed."
    if "items" in schema:
        for index, item in enumerate(value):
            yield from _problems(item, schema["items"], f"{place}[{index}]")


def _text(value: str, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    pattern = schema.get("pattern")
    if pattern and not re.search(pattern, value):
        yield f"{place} does not look as it should: {value!r:.60}."
    elif pattern == _DAY:
        try:
            date.fromisoformat(value)
        except ValueError:
            yield f"{place} is no day of the calendar: {value!r:.60}."


def _number(value: float, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    if not math.isfinite(value):
        yield f"{place} is not a finite number."
    elif value < schema.get("minimum", -math.inf) or value > schema.get("maximum", math.inf):
        yield f"{place} lies outside its limits: {value!r}."
