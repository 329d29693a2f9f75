"""Each known export, in the shape it was seen in, becomes the firm that our own sheets would say."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from pursuit.domain import Company
from pursuit.intake.exports.known import library
from tests.intake.exports.importing import FIXTURES, imported

CASES = sorted(path.name for path in FIXTURES.iterdir())
OURS = {"company.csv", "resources.csv", "자원.csv", "회사.csv"}


def expected(case: str) -> Company:
    company, findings = imported(FIXTURES / case / "expected")
    assert company is not None, findings.errors
    return company


def copied(case: str, target: Path, change: object) -> Path:
    """The export of a case, each foreign file changed as a table of texts."""
    for file in sorted((FIXTURES / case / "export").iterdir()):
        data = file.read_bytes()
        if file.name not in OURS:
            encoding = "cp949" if case.endswith("_ko") else "utf-8"
            rows = list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
            changed = io.StringIO(newline="")
            csv.writer(changed).writerows(change(rows))  # type: ignore[operator]
            data = changed.getvalue().encode(encoding)
        (target / file.name).write_bytes(data)
    return target


def same(company: Company | None, other: Company) -> bool:
    """Whether two firms hold the same, apart from the name of a firm that nothing names."""
    assert company is not None
    named = Company(**{f: getattr(company, f) for f in company.__dataclass_fields__} | {"name": other.name})
    return named.content_hash == other.content_hash


@pytest.mark.parametrize("case", CASES)
def test_the_export_says_what_our_sheets_say(case: str) -> None:
    """The export's firm and the one written in our own sheets have the same content."""
    company, findings = imported(FIXTURES / case / "export")
    assert findings.errors == []
    assert same(company, expected(case))


@pytest.mark.parametrize("case", CASES)
def test_order_case_and_extra_columns_do_not_matter(case: str, tmp_path: Path) -> None:
    """Columns shuffled, headers in capitals and spaced, and one unknown column more give the same firm."""
    shuffle = random.Random(case)

    def change(rows: list[list[str]]) -> list[list[str]]:
        width = len(rows[0])
        order = shuffle.sample(range(width), width)
        turned = [
            [row[at] for at in order if at < len(row)] + ["?"] if len(row) == width else row for row in rows
        ]
        turned[0] = [f" {name.upper()} " for name in turned[0][:-1]] + ["Something of ours"]
        return turned

    if case == "salesforce":  # footers hold one cell: the first column must stay where it is
        shuffle.sample = lambda them, k: list(them)  # type: ignore[method-assign, assignment]
    company, findings = imported(copied(case, tmp_path, change))
    assert findings.errors == []
    assert same(company, expected(case))
    assert any("Something of ours" in warning.problem for warning in findings.warnings)


def test_every_description_has_a_case() -> None:
    """No export is in the library without a fixture."""
    assert {case.split("_")[0] for case in CASES} == set(library())
