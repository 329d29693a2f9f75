"""``pursuit check``: every fault of an input, and the input with them marked."""

from __future__ import annotations

from pathlib import Path

from pursuit.cli.files import staged
from pursuit.cli.running import Source
from pursuit.cli.session import Session
from pursuit.errors import Fault, InputError


def find_faults(source: Source, marked: Path | None, it: Session) -> tuple[Fault, ...]:
    """Every error and warning in an input; where ``marked`` names a file, that gets the sheets with them marked.

    Raises
    ------
    InputError
        When the marked workbook cannot be called so, or cannot be written.
    """
    from pursuit.intake import check

    if marked is None:
        return check(source.path, **source.how, lang=it.words.lang)
    if marked.suffix.lower() != ".xlsx":
        problem, mend = it.words("The workbook's name must end in .xlsx."), it.words("Name it so.")
        raise InputError([Fault(str(marked), "", 0, "", "", problem, mend)])
    if marked.resolve() == source.path.resolve():
        problem, mend = it.words("This file is there already."), it.words("Choose another name.")
        raise InputError([Fault(str(marked), "", 0, "", "", problem, mend)])
    from pursuit.intake.staging.marking import check_marked

    marked.parent.mkdir(parents=True, exist_ok=True)
    with staged(marked) as part:
        return check_marked(source.path, part, **source.how, lang=it.words.lang)
