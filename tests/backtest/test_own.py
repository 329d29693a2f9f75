"""A user's own rule is loaded by its name, and whatever is wrong with it is said in a line."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from pursuit.backtest.policies.own import Own
from pursuit.backtest.replay import replay
from pursuit.errors import InputError
from tests.backtest.small import SmallNature

RULES = '''
"""Rules."""
from pursuit.backtest.decisions import Decisions

calls = []


def newest(company, opportunity):
    return opportunity.created.toordinal() if opportunity.created else 0


class Nothing:
    name = "nothing"

    def decide(self, company):
        return Decisions()


class Unnamed:
    def decide(self, company):
        return Decisions()


def made():
    return Nothing()


class Counting:
    def __init__(self):
        self.weeks = 0

    def decide(self, company):
        self.weeks += 1
        return Decisions()


one = Counting()
number = 3


def broken():
    raise ValueError("no")


def wanting(a, b, c):
    return 1
'''


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "my_rules.py"
    file.write_text(RULES, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["newest", "Nothing", "Unnamed", "made", "one"])
def test_every_kind_of_policy(rules: Path, name: str) -> None:
    """A rule, a class, a function that makes one and an instance can all be replayed, and have a name."""
    make = pickle.loads(pickle.dumps(Own(f"{rules}:{name}")))
    policy = make()
    assert policy.name
    assert replay(SmallNature(), policy, seed=1, weeks=5).weeks == 5
    assert make() is not policy


def test_an_instance_is_new_for_every_replay(rules: Path) -> None:
    """What a policy remembers of one replay is unknown in the next."""
    make = Own(f"{rules}:one")
    for _ in range(2):
        policy = make()
        replay(SmallNature(), policy, seed=1, weeks=4)
        assert policy.weeks == 4  # type: ignore[attr-defined]


def test_a_module_is_found_from_where_the_user_is(
    rules: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """``module:attribute`` reads a module of the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert Own("my_rules:made")().name == "nothing"


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("{file}:missing", "has no 'missing'. It has: "),
        ("{file}:number", "is no policy"),
        ("{file}:wanting", "is no policy"),
        ("{file}:broken", "cannot be made: ValueError: no"),
        ("{folder}/none.py:x", "There is no file"),
        ("no_such_module:x", "cannot be loaded: ModuleNotFoundError"),
        ("{folder}/half.py:x", "cannot be loaded: SyntaxError"),
        ("{folder}/leaves.py:x", "cannot be loaded: SystemExit"),
        ("{file}:", "names no policy"),
        (":x", "names no policy"),
    ],
)
def test_what_cannot_be_loaded(rules: Path, spec: str, words: str) -> None:
    """Each fault is one clear message in both languages, never a traceback."""
    (rules.parent / "half.py").write_text("def x(:\n", encoding="utf-8")
    (rules.parent / "leaves.py").write_text("raise SystemExit(0)\n", encoding="utf-8")
    told = spec.format(file=rules, folder=rules.parent)
    with pytest.raises(InputError) as error:
        Own(told)()
    assert words in str(error.value)
    with pytest.raises(InputError) as korean:
        Own(told, "ko")()
    assert words not in str(korean.value) or "Error" in words
