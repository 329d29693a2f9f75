"""Every reason and fallback of the forecasts exists in Korean."""

import ast
import re
from pathlib import Path

import pursuit.forecast
from pursuit.forecast.win_reasons import GROUP_REASONS, MEASURE_REASONS
from pursuit.words import Words

ROOM = Path(pursuit.forecast.__file__).parent


def _messages():
    found = {*GROUP_REASONS.values(), *MEASURE_REASONS.values()}
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            reason = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason"
            if reason and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return sorted(found)


def test_every_sentence_is_spoken_in_korean_with_the_same_figures():
    """No reason or fallback lacks its Korean, and none loses a figure on the way."""
    korean = Words("ko")
    assert len(_messages()) > 30
    for message in _messages():
        places = set(re.findall(r"{(\w+)}", message))
        spoken = korean(message)
        assert spoken != message, message
        assert set(re.findall(r"{(\w+)}", spoken)) == places, message
        assert re.search("[가-힣]", spoken)


def test_no_particle_stands_right_after_a_figure():
    """이/가, 을/를, 은/는 after a placeholder would be wrong for half the figures."""
    korean = Words("ko")
    for message in _messages():
        assert not re.search(r"}(이|가|을|를|은|는|과|와|로|으로) ", korean(message)), korean(message)
