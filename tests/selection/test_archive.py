"""A problem and a result survive their file to the bit; whatever else a file holds is refused in plain words."""

from __future__ import annotations

import ast
import io
import os
import re
import struct
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

import pursuit.selection
from examples import pose
from pursuit.errors import InputError, SolveError
from pursuit.selection import faults
from pursuit.selection.archive import (
    load_problem,
    load_result,
    problem_hash,
    save_problem,
    save_result,
    zipped,
)
from pursuit.selection.archive.forms import GROUPS, PROBLEM, RESULT
from pursuit.selection.archive.telling import SENTENCES, faults_told, in_words
from pursuit.selection.loaded import Loading
from pursuit.selection.problem import Cash, Packages, Rows, SelectionProblem
from pursuit.words import Words
from tests.selection.exact import exact, keeps_limits
from tests.selection.problems import random_problem

LEAST = {
    "format": "pursuit-problem/1",
    "item_start": np.array([0, 2]),
    "value": np.array([[0.0, 0.0], [5.0, -1.0]]),
    "capacity": np.array([[10.0, 10.0, 10.0]]),
}
WORK = LEAST | {
    "sure": np.array([-1, 0]),
    "packages_breach_cost": np.array([7.0]),
    "packages_use_resource": np.array([0]),
    "packages_use_hours": np.array([12.0]),
}


def written(path: Path, **keys) -> Path:
    np.savez_compressed(path, **keys)
    return path


def refused(path, lang="en", load=load_problem):
    """Faults that a file is refused for, by key."""
    with pytest.raises(InputError) as told:
        load(path, lang=lang)
    assert all(fault.file == str(path) for fault in told.value.faults)
    assert all(fault.problem and fault.mend for fault in told.value.faults)
    return {fault.column: fault for fault in told.value.faults}


def assert_same(one, other):
    """Equal to the bit, types and shapes included."""
    for f in fields(one):
        a, b = getattr(one, f.name), getattr(other, f.name)
        if is_dataclass(a):
            assert_same(a, b)
        elif isinstance(a, np.ndarray):
            assert (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes()), f.name
        else:
            assert (type(a), a) == (type(b), b), f.name


@pytest.mark.parametrize("seed", range(12))
def test_a_problem_survives_its_file(tmp_path, seed):
    """Saved and loaded, a problem is the same to the bit, has the same fingerprint and makes the same file again."""
    p = random_problem(seed, rows=seed % 3 > 0, cash=seed % 4 > 0)
    save_problem(p, tmp_path / "p.npz")
    q = load_problem(tmp_path / "p.npz")
    assert_same(p, q)
    assert problem_hash(p) == problem_hash(q)
    save_problem(q, tmp_path / "q.npz")
    assert (tmp_path / "p.npz").read_bytes() == (tmp_path / "q.npz").read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["p.npz", "q.npz"]


def test_odd_numbers_and_names_survive(tmp_path):
    """Minus zero, the smallest numbers, Hangul, empty names and names of spaces stay what they are."""
    p = random_problem(1)
    value = p.value.copy()
    value.flat[:4] = [-0.0, 5e-324, 1e308, 0.1 + 0.2]
    p = replace(p, value=value, item_ids=("", " ", "하우징 1차", *p.item_ids[3:])[: p.items])
    save_problem(p, tmp_path / "p.npz")
    assert_same(p, load_problem(tmp_path / "p.npz"))
    with pytest.raises(InputError, match="zero character"):
        save_problem(replace(p, item_ids=("a\0", *p.item_ids[1:])), tmp_path / "p.npz")
    assert_same(p, load_problem(tmp_path / "p.npz"))  # the old file stands


def test_numpy_reads_what_is_saved(tmp_path):
    """The file is an ordinary .npz: numpy.load opens it, without pickles, key by key."""
    p = random_problem(2)
    save_problem(p, tmp_path / "p.npz")
    with np.load(tmp_path / "p.npz", allow_pickle=False) as file:
        assert set(file) == {"format", *(key.name for key in PROBLEM.keys)}
        assert str(file["format"]) == PROBLEM.name
        assert np.array_equal(file["packages_late_cap"], p.packages.late_cap)
        assert file["rows_names"].tolist() == list(p.rows.names)


def test_the_forms_hold_every_field():
    """No field of a problem lacks its key, and no key its field."""
    parts = {"packages": Packages, "rows": Rows, "cash": Cash}
    own = {f.name for f in fields(SelectionProblem)} - set(GROUPS)
    of_parts = {f"{part}_{f.name}" for part, kind in parts.items() for f in fields(kind)}
    assert {key.name for key in PROBLEM.keys} == own | of_parts


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_entry_counts_in_the_fingerprint(data):
    """Whatever single entry of a problem changes, its fingerprint does; how much risk counts is no part of it."""
    p = random_problem(data.draw(st.integers(0, 5)))
    assert problem_hash(replace(p, risk_aversion=1 - p.risk_aversion)) == problem_hash(p)
    key = data.draw(
        st.sampled_from([k for k in PROBLEM.keys if k.name not in ("risk_aversion", "cash_penalty")])
    )
    group, name = next(
        ((g, key.name[len(g) + 1 :]) for g in GROUPS if key.name.startswith(g + "_")), ("", key.name)
    )
    part = getattr(p, group) if group else p
    array = np.array(getattr(part, name))
    if not array.size:
        return
    at = data.draw(st.integers(0, array.size - 1))
    if key.kind == "number":
        array.flat[at] = np.nextafter(array.flat[at], 0.5 if array.flat[at] != 0.5 else 1.0)
    elif key.kind == "text":
        array = np.array([f"{text}x" if n == at else text for n, text in enumerate(array)])
    else:
        array.flat[at] = not array.flat[at] if key.kind == "truth" else array.flat[at] + 1
    new = tuple(array.tolist()) if key.kind == "text" else array
    shown = SimpleNamespace(**{f.name: getattr(p, f.name) for f in fields(p)})
    setattr(shown, group or name, replace(part, **{name: new}) if group else new)
    assert problem_hash(shown) != problem_hash(p)


def test_a_problem_by_hand_needs_three_arrays(tmp_path):
    """Everything else has its default: all allowed, nothing won, no work, no overtime, no limits, no months."""
    p = load_problem(written(tmp_path / "p.npz", **LEAST))
    assert (p.items, p.options, p.scenarios, p.risk_aversion) == (1, 2, 2, 0.0)
    assert p.item_ids == ("item 0",)
    assert p.option_ids == ("option 0", "option 1")
    assert p.allowed.all()
    assert not p.won.any()
    assert not p.base_value.any()
    assert (len(p.packages), p.packages.bundles, len(p.rows), p.cash.months) == (0, 0, 0, 0)
    assert (p.sure == -1).all()
    assert (p.if_won == -1).all()
    assert (p.hours_factor == 1).all()
    assert p.hours_factor.shape == (1, 2)
    assert not p.overtime.any()
    assert (len(p.gain_option), len(p.need_option), len(p.base_bundle)) == (0, 0, 0)


def test_work_by_hand(tmp_path):
    """A package needs a breach cost, a resource and hours; the rest has its default."""
    k = load_problem(written(tmp_path / "p.npz", **WORK)).packages
    assert k.bundle_start.tolist() == [0, 1]
    assert k.use_start.tolist() == [0, 1]
    whole = (k.first, k.last, k.due, k.before)
    assert [int(a[0]) for a in whole] == [0, 2, 2, -1]
    money = (k.rate, k.least, k.late_cost, k.late_cap, k.subcontract_cost, k.subcontract_share)
    assert [float(a[0]) for a in money] == [1.0, 0.0, 0.0, np.inf, np.inf, 1.0]
    k = load_problem(written(tmp_path / "p.npz", **WORK, packages_last=np.array([1]))).packages
    assert k.due.tolist() == [1]


def test_needs_limits_and_cash_by_hand(tmp_path):
    """One provider for each need and one limit need no starts; limits are hard and count ones; no month has flows."""
    more = {
        "item_start": np.array([0, 1, 2]),
        "need_option": np.array([1]), "need_provider": np.array([0]),
        "rows_limit": np.array([3.0]), "rows_option": np.array([0, 1]),
        "cash_floor": np.array([0.0]), "cash_penalty": 2, "cash_base": np.array([[1.0], [2.0]]),
    }  # fmt: skip
    p = load_problem(written(tmp_path / "p.npz", **(LEAST | more)))
    assert p.need_start.tolist() == [0, 1]
    assert p.rows.start.tolist() == [0, 2]
    assert p.rows.coefficient.tolist() == [1.0, 1.0]
    assert p.rows.penalty.tolist() == [np.inf]
    assert p.rows.names == ("row 0",)
    assert p.cash.penalty == 2.0
    assert p.cash.fixed.shape == p.cash.won.shape == (2, 1)
    assert not p.cash.fixed.any()
    assert p.cash.exact.shape == (0, 1, 2)


def test_like_types_are_taken(tmp_path):
    """Whole numbers of any width, numbers of less precision or another byte order, and columns first are no fault."""
    other = WORK | {
        "item_start": np.array([0, 2], np.uint8),
        "value": np.asfortranarray(WORK["value"].astype(">f4")),
        "capacity": np.array([[10, 10, 10]], np.int16),
        "packages_use_resource": np.array([0], ">i4"),
    }
    assert_same(
        load_problem(written(tmp_path / "a.npz", **WORK)), load_problem(written(tmp_path / "b.npz", **other))
    )
    empty = LEAST | {
        "gain_option": np.array([]),
        "capacity_gain": np.zeros((0, 1, 3)),
        "need_option": np.array([]),
    }
    empty |= {"need_provider": np.array([])}
    assert len(load_problem(written(tmp_path / "c.npz", **empty)).gain_option) == 0


BAD = [
    ({"item_start": np.array([0.0, 2.0])}, "item_start", "float64", "whole numbers"),
    ({"allowed": np.array([1, 1])}, "allowed", "int64", "true or false"),
    ({"value": np.array([["0", "0"], ["5", "1"]])}, "value", "<U1", "numbers"),
    ({"value": np.zeros((2, 2), complex)}, "value", "complex128", "numbers"),
    ({"capacity": np.zeros((1, 3), np.longdouble)}, "capacity", "float", "numbers"),
    ({"item_ids": np.array([b"a"])}, "item_ids", "|S1", "text"),
    ({"item_ids": np.array([1])}, "item_ids", "int64", "text"),
    ({"value": np.zeros((2, 2), [("a", float)])}, "value", "a", "numbers"),
    ({"value": np.zeros(2)}, "value", "2", "1 axes"),
    ({"risk_aversion": np.array([0.3])}, "risk_aversion", "1", "a single value"),
    ({"capacity": np.zeros((2, 3)), "overtime": np.zeros((1, 3))}, "overtime", "1x3", "length 2 (R)"),
    ({"won": np.zeros((2, 5), bool)}, "won", "2x5", "length 2 (S)"),
    ({"item_start": np.zeros(0, np.int64)}, "item_start", "0", "length 1 (I+1)"),
    ({"option_ids": np.array(["a"])}, "option_ids", "1", "length 2 (O)"),
    ({"vale": 1}, "vale", "", "no such key"),
    ({"need_provider": np.array([0])}, "need_option", "", "missing"),
    ({"need_option": np.array([0])}, "need_provider", "", "missing"),
    ({"gain_option": np.array([1])}, "capacity_gain", "", "missing"),
    ({"packages_first": np.array([1])}, "packages_breach_cost", "", "missing"),
    ({"cash_floor": np.array([0.0])}, "cash_base", "", "missing"),
    ({"rows_limit": np.array([1.0, 2.0]), "rows_option": np.array([0])}, "rows_start", "", "missing"),
    ({"if_won": np.array([-1, -1])}, "won", "", "missing"),
    ({"sure": np.array([-1, 2**60])}, "sure", f"{2**60:,}", "too large"),
    ({"value": np.full((2, 2), 2**60)}, "value", f"{2**60:,}", "too large"),
    ({"sure": np.array([0, 2**64 - 1], np.uint64)}, "sure", f"{2**64 - 1:,}", "too large"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "key", "found", "problem"), BAD)
def test_what_is_wrong_with_a_key_is_told(tmp_path, change, key, found, problem):
    """A message names the file, the key, what stands there, what is expected and what to do; in Korean as well."""
    path = written(tmp_path / "p.npz", **(LEAST | change))
    fault = refused(path)[key]
    assert found in fault.value
    assert problem in fault.problem
    korean = refused(path, "ko")[key]
    assert re.search("[가-힣]", korean.problem)
    assert re.search("[가-힣]", korean.mend)


@pytest.mark.parametrize("key", ["item_start", "value", "capacity"])
def test_what_must_be_there(tmp_path, key):
    """Three arrays have no default, and nothing that hangs on them is blamed in their place."""
    path = written(tmp_path / "p.npz", **{name: a for name, a in LEAST.items() if name != key})
    assert set(refused(path)) == {key}


def test_work_that_nobody_brings_is_told(tmp_path):
    """Packages that belong to no option are a mistake, not a default."""
    keys = {name: a for name, a in WORK.items() if name != "sure"}
    assert "sure, if_won, base_bundle" in refused(written(tmp_path / "p.npz", **keys))


def test_all_faults_at_once(tmp_path):
    """Kinds, shapes, missing and unknown keys are told together; a mistyped key is guessed."""
    change = {
        "item_start": np.array([0.5, 2.0]),
        "hours_factor": np.ones((3, 2)),
        "Allowed": True,
        "need_option": [1],
    }
    found = refused(written(tmp_path / "p.npz", **(LEAST | change)))
    assert set(found) == {"item_start", "hours_factor", "Allowed", "need_provider"}
    assert "'allowed'" in found["Allowed"].mend


def test_numbers_that_mean_nothing_are_told_together(tmp_path):
    """Faults of the problem itself come as one list too, each of the key as the file has it, in both languages."""
    change = {
        "value": np.full((2, 2), np.nan),
        "overtime": -LEAST["capacity"],
        "packages_rate": np.array([0.0]),
    }
    path = written(tmp_path / "p.npz", **(WORK | change))
    with pytest.raises(InputError) as told:
        load_problem(path)
    assert len(told.value.faults) == 3
    assert "value holds a number that is not finite." in str(told.value)
    with pytest.raises(InputError) as told:
        load_problem(path, "ko")
    assert all(re.search("[가-힣]", fault.problem) for fault in told.value.faults)


def sentences(tree: ast.Module) -> set[str]:
    """Texts of more than one word in a module's code, f-strings with their braces; no docstrings."""
    found, parts = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            values = [
                v.value if isinstance(v, ast.Constant) else f"{{{ast.unparse(v.value)}}}" for v in node.values
            ]
            found.add("".join(values))
        elif isinstance(node, ast.Expr):
            parts.add(id(node.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            found.add(node.value)
    return {text for text in found if " " in text}


def test_every_fault_of_a_problem_has_its_words():
    """Each sentence that refuses a problem is known to what tells it, and its names survive translation."""
    found = sentences(ast.parse(Path(faults.__file__).read_text("utf-8")))
    shapes = "{name} has shape {array.shape}, expected {expected}"  # told of the file's keys before there is a problem
    assert found - {shapes} == set(SENTENCES)
    assert not any("; " in sentence for sentence in SENTENCES)
    assert in_words("rows.option points at an option that does not exist", Words("ko")).startswith(
        "rows.option: "
    )
    assert in_words("item_start must rise from 0 to 7", Words("ko")).count("7") == 1
    assert in_words("something new", Words("ko")) == "something new"
    error = SolveError(
        "The selection problem is not sound: a row holds a number that is not finite; rows.start is odd"
    )
    assert [f.problem for f in faults_told(error, "p.npz", Words("en"))] == [
        "a row holds a number that is not finite.", "rows_start is odd.",
    ]  # fmt: skip


def test_other_kinds_of_file(tmp_path):
    """A file of another kind or a newer version is told as such, and nothing else of it."""
    for said in ("pursuit-problem/2", "pursuit-result/1", "", 1):
        found = refused(written(tmp_path / "p.npz", **(LEAST | {"format": said, "vale": 1})))
        assert set(found) == {"format"}
        assert "pursuit-problem/1" in found["format"].mend
    assert set(refused(written(tmp_path / "p.npz", value=LEAST["value"]))) == {"format"}


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x05\x06" + bytes(18), bytes(range(256)) * 9, b"PK\x03\x04" * 99]
)
def test_rubbish(tmp_path, data):
    """Bytes that are no .npz are refused in one line."""
    (tmp_path / "p.npz").write_bytes(data)
    assert set(refused(tmp_path / "p.npz")) <= {"", "format"}


def test_no_file(tmp_path):
    """A name that stands for no file, or for a folder, is refused in words."""
    assert "no file" in refused(tmp_path / "nowhere.npz")[""].problem
    assert "no file" in refused(tmp_path)[""].problem


class Payload:
    """Would make a file if it were ever unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def test_nothing_in_a_file_runs(tmp_path):
    """An array of Python objects is refused by its header, in any key, and never unpickled."""
    for key in ("value", "item_ids", "format"):
        array = np.array([Payload(tmp_path / "ran")], dtype=object)
        path = written(tmp_path / "p.npz", **(LEAST | {key: array}))
        assert refused(path)
        assert not (tmp_path / "ran").exists()


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_damaged_file_is_refused_or_unharmed(data, tmp_path_factory):
    """Cut anywhere or with bytes exchanged, a file is refused in words, or it still holds the very same problem."""
    folder = tmp_path_factory.mktemp("damaged", numbered=True)
    p = random_problem(3)
    save_problem(p, folder / "p.npz")
    whole = bytearray((folder / "p.npz").read_bytes())
    if data.draw(st.booleans()):
        whole = whole[: data.draw(st.integers(0, len(whole) - 1))]
    for _ in range(data.draw(st.integers(0, 3))):
        if whole:
            whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    (folder / "p.npz").write_bytes(whole)
    with suppress(InputError):
        assert_same(p, load_problem(folder / "p.npz"))


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_any_arrays_are_loaded_or_refused(data, tmp_path_factory):
    """Whatever numbers and shapes a key is given, there is a sound problem or a list of faults, never another error."""
    path = tmp_path_factory.mktemp("any", numbered=True) / "p.npz"
    p = random_problem(data.draw(st.integers(0, 3)))
    save_problem(p, path)
    with np.load(path) as file:
        keys = dict(file)
    for name in data.draw(st.lists(st.sampled_from(sorted(keys)), min_size=1, max_size=3)):
        array = keys[name]
        if array.size and array.dtype.kind in "if":
            odd = (
                [-1, 0, 1, 2**40, -(2**62)]
                if array.dtype.kind == "i"
                else [-1.0, 0.0, np.nan, np.inf, -np.inf, 1e308]
            )
            array = array.copy()
            array.flat[data.draw(st.integers(0, array.size - 1))] = data.draw(st.sampled_from(odd))
        how = data.draw(st.sampled_from(["value", "short", "axis", "gone"]))
        keys[name] = array[:-1] if how == "short" and array.ndim else array[None] if how == "axis" else array
        if how == "gone":
            del keys[name]
            break
    np.savez(path, **keys)
    with suppress(InputError):
        assert isinstance(load_problem(path), SelectionProblem)


def claims(path, shape, dtype="<f8", data=b"", **keys):
    """A file whose ``value`` claims a shape and holds ``data``."""
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": dtype, "fortran_order": False, "shape": shape})
    written(path, **{name: a for name, a in (LEAST | keys).items() if name != "value"})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("value.npy", header.getvalue() + data)
    return path


def test_claims_are_measured_before_anything_is_unpacked(tmp_path, monkeypatch):
    """More bytes claimed than there are, or more than may be, are refused by what the file's contents say."""
    read = zipped.Reader.read

    def only_format(self, key):
        assert key == "format", f"{key} was unpacked"
        return read(self, key)

    monkeypatch.setattr(zipped.Reader, "read", only_format)
    for shape in ((10**12, 2), (2, 10**15), (-1, 2), (2**62, 4)):
        assert "value" in refused(claims(tmp_path / "p.npz", shape))
    empty = refused(claims(tmp_path / "p.npz", (10**12, 0)))
    assert "MB" in empty[""].problem
    monkeypatch.setattr(zipped, "LARGEST", 2**20)
    bomb = claims(tmp_path / "p.npz", (2, 2**17), data=bytes(2**21))
    assert bomb.stat().st_size < 2**14
    assert "2 MB" in refused(bomb)[""].problem


def test_too_many_arrays(tmp_path, monkeypatch):
    """A table of contents too long to be a problem's is not even listed."""
    with zipfile.ZipFile(tmp_path / "p.npz", "w") as archive:
        for n in range(zipped.MOST_PARTS + 1):
            archive.writestr(f"{n}.npy", b"")
    monkeypatch.setattr(zipped.zipfile, "ZipFile", None)
    assert "too many" in refused(tmp_path / "p.npz")[""].problem
    data = (tmp_path / "p.npz").read_bytes()
    record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2**40, 2**40, 2**40, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(data) - 22, 1)
    (tmp_path / "p.npz").write_bytes(
        data[:-22] + record + locator + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, 9, 9, 0)
    )
    assert "too many" in refused(tmp_path / "p.npz")[""].problem


def test_one_name_twice(tmp_path):
    """Of two arrays of one name nobody could say which is meant."""
    path = written(tmp_path / "p.npz", **LEAST)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("value.npy", zipfile.ZipFile(path).read("value.npy"))
    assert "same name" in refused(path)["value"].problem


def solution(p, seed=0):
    """What a solver would hand back: made-up numbers in the right shapes."""
    rng = np.random.default_rng(seed)
    S, (R, T) = p.scenarios, p.capacity.shape
    prices = SimpleNamespace(
        hour=rng.random((S, R, T)), weight=np.full(S, 1 / S), row=rng.random(len(p.rows)),
        need=rng.random(len(p.need_option)), cash=rng.random((S, p.cash.months)),
    )  # fmt: skip
    loading = Loading(
        np.minimum(np.arange(S + 1), 2), np.array([0, 1]), np.array([3, -2]), np.array([0.25, 0.75])
    )
    return SimpleNamespace(
        choice=p.item_start[1:] - 1, values=rng.normal(size=S), objective=1.5, bound=2.0, row_cost=0.25,
        status="limit", work=17, fallbacks=("seed 3 was slow",), prices=prices,
        loading=loading,
    )  # fmt: skip


def test_a_result_survives_its_file(tmp_path):
    """Choice, worth, prices and loading come back as they were, beside what was solved and how."""
    p = random_problem(0)
    answer = solution(p)
    save_result(answer, p, tmp_path / "r.npz", seed=2**40 + 1)
    r = load_result(tmp_path / "r.npz", p)
    assert r.choice.tolist() == answer.choice.tolist()
    assert r.choice_ids == tuple(p.option_ids[o] for o in answer.choice)
    assert (r.item_ids, r.risk_aversion, r.problem_hash) == (p.item_ids, p.risk_aversion, problem_hash(p))
    assert (r.value, r.bound, r.row_cost, r.gap) == (1.5, 2.0, 0.25, 0.25)
    assert (r.status, r.work, r.seed, r.fallbacks) == ("limit", 17, 2**40 + 1, ("seed 3 was slow",))
    assert r.values.tobytes() == answer.values.tobytes()
    for name in ("hour", "weight", "row", "need", "cash"):
        assert np.array_equal(getattr(r.prices, name), getattr(answer.prices, name))
    assert_same(r.loading, answer.loading)
    save_result(answer, p, tmp_path / "s.npz", seed=2**40 + 1)
    assert (tmp_path / "r.npz").read_bytes() == (tmp_path / "s.npz").read_bytes()


def test_a_result_belongs_to_its_problem(tmp_path):
    """Beside another problem a result is refused; at another risk aversion it is the same problem."""
    p = random_problem(0)
    save_result(solution(p), p, tmp_path / "r.npz")
    load_result(tmp_path / "r.npz", replace(p, risk_aversion=1 - p.risk_aversion))
    with pytest.raises(InputError, match="another problem"):
        load_result(tmp_path / "r.npz", replace(p, capacity=2 * p.capacity))
    assert set(refused(tmp_path / "r.npz")) == {"format"}


def test_a_result_that_contradicts_itself(tmp_path):
    """Shapes that disagree, starts that fall, and numbers that point nowhere are told."""
    p = random_problem(0)
    save_result(solution(p), p, tmp_path / "r.npz")
    with np.load(tmp_path / "r.npz") as file:
        keys = dict(file)
    bad = keys | {"choice_ids": keys["choice_ids"][:-1], "loading_share": keys["loading_share"][:-1]}
    assert set(refused(written(tmp_path / "r.npz", **bad), load=load_result)) == {
        "choice_ids",
        "loading_share",
    }
    bad = keys | {"loading_scenario_start": keys["loading_scenario_start"][::-1].copy()}
    assert set(refused(written(tmp_path / "r.npz", **bad), load=load_result)) == {"loading_scenario_start"}
    bad = keys | {"loading_week": keys["loading_week"] - 9}
    assert "does not exist" in refused(written(tmp_path / "r.npz", **bad), load=load_result)[""].problem


def test_results_need_no_solver():
    """What reads a problem and a result loads nothing that solves, so that a checker may."""
    code = "import pursuit.selection.archive, sys; sys.exit(bool({'numba', 'scipy', 'highspy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def said(tree: ast.Module) -> set[str]:
    """Messages that a module says or marks."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    return {
        call.args[0].value
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in ("words", "N")
        and isinstance(call.args[0], ast.Constant)
    }


def test_every_message_of_the_room_has_its_korean_and_back():
    """No message of the choice lacks Korean, no Korean is unused, both fill in the same values."""
    room = Path(pursuit.selection.__file__).parent
    found = set().union(*(said(ast.parse(path.read_text("utf-8"))) for path in room.rglob("*.py")))
    with (room.parent / "words" / "locale" / "selection.ko.po").open("rb") as stream:
        korean = {str(m.id): str(m.string) for m in read_po(stream, locale="ko") if m.id}
    assert found == set(korean)
    for english, text in korean.items():
        bare = re.sub(r"\{\w+\}|\W", "", english)
        assert re.search("[가-힣]", text) or bare == "and", english
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", text)), english
        assert not re.search(r"\}'?(은|는|이|가|을|를|과|와|으로|로)(\s|$|[.,])", text), text


def test_every_default_has_its_key():
    """The forms name each axis by a key they have, and every leader is a key."""
    for form in (PROBLEM, RESULT):
        names = {key.name for key in form.keys}
        assert len(names) == len(form.keys)
        assert {name for name, _ in form.sources.values()} <= names
        assert {key.leader for key in form.keys} <= names | {""}
        assert {a.removesuffix("+1") for key in form.keys for a in key.axes} == set(form.sources)


DOCS = Path(__file__).parents[2] / "docs"
PAGES = {
    "selection-problem.md": {"text": "text", "whole": "whole", "number": "number", "truth": "truth"},
    "selection-problem.ko.md": {"text": "글자", "whole": "정수", "number": "숫자", "truth": "참·거짓"},
}


@pytest.mark.parametrize("page", PAGES)
def test_every_key_has_its_row_in_the_page(page):
    """The page tells each key of both files in order, with its axes and its kind, and no other."""
    text = (DOCS / page).read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\|([^|]*)\|", text, re.MULTILINE)
    told = [tuple(cell.strip() for cell in row) for row in rows]
    kinds = PAGES[page]
    expected = []
    for form in (PROBLEM, RESULT):
        expected.append(("format", "", kinds["text"]))
        expected += [(key.name, ", ".join(key.axes), kinds[key.kind]) for key in form.keys]
        assert f"`{form.name}`" in text
    assert told == expected


@pytest.mark.parametrize("page", PAGES)
def test_the_example_of_the_page_is_true(page, tmp_path):
    """Every number of the page's table follows from the example's arrays, carried out by an exact programme."""
    np.savez(tmp_path / "p.npz", **pose.PROBLEM)
    p = load_problem(tmp_path / "p.npz")
    text = (DOCS / page).read_text("utf-8").replace("−", "-")
    rows = re.findall(r"^\| ([a-z, ]+|없음) \| (-?\d+) \| (-?\d+) \| (\d) \| ([^|]+) \|$", text, re.MULTILINE)
    assert len(rows) == 8
    for names, first, second, missed, told in rows:
        choice = np.array([2 * i + (name in names.split(", ")) for i, name in enumerate(p.item_ids)])
        answer = exact(p, choice)
        assert answer.values == pytest.approx([float(first), float(second)])
        assert answer.row_cost == pytest.approx(5 * int(missed))
        if keeps_limits(p, choice):
            assert float(told) == pytest.approx(answer.value)
        else:
            assert ("불가" if ".ko." in page else "not allowed") in told
