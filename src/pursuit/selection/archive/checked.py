"""From the arrays of a file to those a problem or a result is made of: every fault of every key told at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pursuit.errors import Fault, InputError
from pursuit.selection.archive.keys import TYPES, Form, Key, Kind
from pursuit.selection.archive.zipped import LARGEST, Member, Reader
from pursuit.words import Words

FORMAT = "format"
LARGEST_WHOLE = 2**53
"""Whole numbers up to here are exact as floats and leave room to add in."""


def N(message: str) -> str:  # noqa: N802
    """Mark a message that is translated later."""
    return message


KINDS: dict[Kind, tuple[str, str]] = {
    "text": (N("text"), N("Write it as an array of str, like np.array(['a', 'b']).")),
    "whole": (N("whole numbers"), N("Write it as whole numbers: np.asarray(..., dtype=np.int64).")),
    "number": (N("numbers"), N("Write it as numbers: np.asarray(..., dtype=np.float64).")),
    "truth": (N("true or false"), N("Write it as true or false: np.asarray(..., dtype=bool).")),
}
"""What a message calls a kind, and how to make it one."""

Asked = Collection[tuple[str, Collection[str]]]


class Gate:
    """Checks the arrays of one file against the form it should have.

    Attributes
    ----------
    faults
        All found so far.
    sizes
        Length of each axis by its letter.
    """

    def __init__(self, reader: Reader, form: Form, words: Words) -> None:
        self.reader, self.form, self.words = reader, form, words
        self.faults = reader.faults
        self.sizes: dict[str, int] = {}

    def add(self, key: str, found: str, problem: str, mend: str) -> None:
        """Take down a fault."""
        self.faults.append(self.reader.fault(key, found, problem, mend))

    def arrays(self, asked: Asked = ()) -> dict[str, NDArray[Any]]:
        """All arrays of the form, in the types and shapes it asks for; left out ones filled in.

        Raises
        ------
        InputError
            With every fault; what the headers tell is told before any array is unpacked.
        """
        self._format()
        self._names(asked)
        self._measure()
        for key in self.form.keys:
            if key.name in self.reader.members:
                self._claims(key, self.reader.members[key.name])
        self.stop_if_faulty()
        self._complete()
        found: dict[str, NDArray[Any]] = {}
        for key in self.form.keys:
            if key.name in self.reader.members:
                array = self.reader.read(key.name)
                if array is not None:
                    found[key.name] = self._as_kind(key, array)
        self.stop_if_faulty()
        return self._filled_in(found)

    def stop_if_faulty(self) -> None:
        """Raise what has been found, if anything."""
        if self.faults:
            raise InputError(self.faults)

    def _format(self) -> None:
        """Refuse a file that says it is something else, and say nothing more of it."""
        words, member = self.words, self.reader.members.get(FORMAT)
        said = ""
        if (
            member is not None
            and member.dtype.kind == "U"
            and member.shape == ()
            and member.dtype.itemsize < 1024
        ):
            array = self.reader.read(FORMAT)
            said = _texts(array)[0] if array is not None else ""
        if said != self.form.name:
            problem = words("This is not the kind of file that is asked for, or it does not say so.")
            mend = words("Its key 'format' must hold the text '{form}'.", form=self.form.name)
            self.faults = [self.reader.fault(FORMAT, said, problem, mend)]
            self.stop_if_faulty()

    def _names(self, asked: Asked) -> None:
        """Keys that nobody knows, and those that are missing."""
        words, there = self.words, self.reader.members
        known = {FORMAT, *(key.name for key in self.form.keys)}
        for name in there:
            if name not in known:
                near = get_close_matches(name, known, 1)
                mend = words("Did you mean '{near}'?", near=near[0]) if near else words("Leave it out.")
                self.add(name, "", words("There is no such key."), mend)
        for key in self.form.keys:
            if key.name in there and key.leader and key.leader not in there:
                self._missing(key.leader, key.name)
            elif key.name not in there and key.default is None and (not key.leader or key.leader in there):
                self._missing(key.name, key.leader)
        for names, reasons in asked:
            reason = next((r for r in reasons if r in there), "")
            if reason and not any(name in there for name in names.split(", ")):
                self._missing(names, reason)

    def _missing(self, name: str, reason: str) -> None:
        words = self.words
        if any(fault.column == name for fault in self.faults):
            return
        problem = words("This key is missing.")
        mend = (
            words("Add it: '{reason}' is there and asks for it.", reason=reason)
            if reason
            else words("Add it.")
        )
        self.add(name, "", problem, mend)

    def _measure(self) -> None:
        """Lengths of all axes, from the headers of the keys that tell them."""
        for letter, (name, axis) in self.form.sources.items():
            key, member = self.form.key(name), self.reader.members.get(name)
            if member is not None and len(member.shape) == len(key.axes):
                self.sizes[letter] = max(member.shape[axis] - key.axes[axis].endswith("+1"), 0)

    def _complete(self) -> None:
        """Lengths that no key of the file tells, and whether all arrays together can be held."""
        for letter in self.form.sources:
            other = self.form.alike.get(letter, "")
            self.sizes.setdefault(letter, self.sizes.get(other, 0))
        size = 0
        for key in self.form.keys:
            member = self.reader.members.get(key.name)
            each = max(TYPES[key.kind].itemsize, member.dtype.itemsize if member else 0, 1)
            size += each * prod(self._shape(key))
        if size > LARGEST:
            problem = self.words("The file would unpack to {size} MB.", size=f"{size >> 20:,}")
            mend = self.words("{size} MB are the most; take fewer scenarios.", size=f"{LARGEST >> 20:,}")
            self.add("", "", problem, mend)
            self.stop_if_faulty()

    def _shape(self, key: Key) -> tuple[int, ...]:
        return tuple(self.sizes[axis.removesuffix("+1")] + axis.endswith("+1") for axis in key.axes)

    def _claims(self, key: Key, member: Member) -> None:
        """Whether what the header of an array says is what its key asks for."""
        words, (name, mend) = self.words, KINDS[key.kind]
        if not _fits(key.kind, member):
            problem = words("It should hold {kind}.", kind=words(name))
            self.add(key.name, _spoken(member.dtype, words), problem, words(mend))
        shape = "x".join(str(n) for n in member.shape)
        if len(member.shape) != len(key.axes):
            axes = ", ".join(key.axes) or words("none, a single value")
            problem = words("It has {count} axes; expected are: {axes}.", count=len(member.shape), axes=axes)
            self.add(key.name, shape, problem, words("Bring it into this shape with reshape."))
            return
        for axis, letter in enumerate(key.axes):
            base = letter.removesuffix("+1")
            if base in self.sizes and member.shape[axis] != self.sizes[base] + (letter != base):
                told = {"axis": axis, "letter": letter, "expected": self.sizes[base] + (letter != base)}
                problem = words(
                    "Axis {axis} (counted from 0) must have length {expected} ({letter}).", **told
                )
                source = self.form.sources[base][0]
                mend = words("Make it agree with '{source}'.", source=source)
                self.add(
                    key.name, shape, problem, mend if source != key.name else words("Add what is missing.")
                )
                return

    def _as_kind(self, key: Key, array: NDArray[Any]) -> NDArray[Any]:
        """The array in the type its key is kept in; values that would change on the way are a fault."""
        words, mend = self.words, self.words(KINDS[key.kind][1])
        if key.kind == "text":
            try:
                _texts(array)
            except ValueError:
                self.add(key.name, "", words("It holds characters that do not exist."), mend)
            return array
        if key.kind == "truth":
            if array.size and array.view(np.uint8).max() > 1:
                self.add(key.name, "", words("It should hold {kind}.", kind=words(KINDS["truth"][0])), mend)
            return array.astype(TYPES["truth"])
        most = LARGEST_WHOLE if array.ndim or key.kind == "number" else 2**63 - 1
        if array.dtype.kind in "iu" and array.size:
            large = max(int(array.max()), -int(array.min()))
            if large > most:
                problem = words("The number is too large; {most} is the most.", most=f"{most:,}")
                self.add(key.name, f"{large:,}", problem, mend)
                return np.zeros(array.shape, TYPES[key.kind])
        return array.astype(TYPES[key.kind])

    def _filled_in(self, found: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """All arrays, what was left out standing at its default."""
        for key in self.form.keys:
            if key.name in found:
                continue
            shape = self._shape(key)
            made = key.default(self.sizes, found) if key.default else np.zeros(())
            if made is None:
                self._missing(key.name, key.leader)
                continue
            kept = made if key.kind == "text" else made.astype(TYPES[key.kind])
            found[key.name] = (
                kept if kept.shape == shape else np.ascontiguousarray(np.broadcast_to(kept, shape))
            )
        self.stop_if_faulty()
        return found


def read_arrays(path: str | Path, form: Form, lang: str, asked: Asked = ()) -> dict[str, NDArray[Any]]:
    """The arrays of a file of this form.

    Raises
    ------
    InputError
        With every fault found.
    """
    words = Words(lang)
    with Reader(Path(path), words) as reader:
        return Gate(reader, form, words).arrays(asked)


def parts_of(
    form: Form, arrays: Mapping[str, NDArray[Any]], groups: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Values by part ('' for none) and name there: texts as tuples, single values as Python's, all else as arrays."""
    parts: dict[str, dict[str, Any]] = {group: {} for group in ("", *groups)}
    for key in form.keys:
        group, name = split(key.name, groups)
        array = arrays[key.name]
        if key.axes:
            parts[group][name] = tuple(_texts(array)) if key.kind == "text" else array
        else:
            parts[group][name] = array.item()
    return parts


def split(key: str, groups: Collection[str]) -> tuple[str, str]:
    """The part that a key belongs to ('' for none), and its name there."""
    group, _, name = key.partition("_")
    return (group, name) if group in groups else ("", key)


def as_text(texts: Collection[str], fault: Callable[[str], Fault]) -> NDArray[Any]:
    """Texts as an array; NumPy drops zero characters at their end, so such are refused."""
    bad = [fault(text) for text in texts if text.endswith("\0")]
    if bad:
        raise InputError(bad)
    return np.array(list(texts), dtype=np.str_)


def _texts(array: NDArray[Any]) -> list[str]:
    return [str(text) for text in np.atleast_1d(array).tolist()]


def _fits(kind: Kind, member: Member) -> bool:
    """Whether an array of this type can be taken for the kind without guessing; one without entries is of any kind."""
    dtype = member.dtype
    if dtype.hasobject or dtype.names is not None or dtype.subdtype is not None:
        return False
    if 0 in member.shape and dtype.kind in "biufU":
        return True
    if kind == "number":
        return dtype.kind in "iu" or (dtype.kind == "f" and dtype.itemsize <= 8)
    return dtype.kind in {"text": "U", "whole": "iu", "truth": "b"}[kind]


def _spoken(dtype: np.dtype[Any], words: Words) -> str:
    """What a person calls a type."""
    if dtype.hasobject:
        return words("Python objects")
    return str(dtype)
