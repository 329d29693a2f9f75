"""A small sound firm as CSV texts, written to a folder a test may spoil first."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

SOUND = {
    "company": "name,currency,as_of,vat_rate\n시험정밀,KRW,2026-03-31,10%\n",
    "resources": (
        "id,name,kind,hours per week,hourly cost\nMC,가공,work_center,160,18000\nSALES,영업,인력,80,0\n"
    ),
    "accounts": "고객사 코드,고객사명,업종\nA1,가나산업,기계\nA2,다라전자,전자\n",
    "products": "id,name,list_price,routing\nP1,하우징,3000000,R1\n",
    "routings": "id,work_center,hours_per_unit\nR1,MC,4.5\n",
    "opportunities": (
        "id,account,product,quantity,amount,outcome,created,closed\n"
        'O1,A1,P1,10,"30,000,000",open,2026-01-05,\n'
        "O2,A2,P1,5,1500만,수주,2025.9.1,2025.12.1\n"
    ),
    "options": "opportunity,id,effort\nO1,standard,SALES: 12\n",
}


@pytest.fixture
def sound() -> dict[str, str]:
    """Sheets of a firm that reads without a single fault or warning."""
    return dict(SOUND)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes sheets as CSV files of an encoding and gives the folder."""

    def write(sheets: dict[str, str], encoding: str = "utf-8") -> Path:
        target = tmp_path / "firm"
        target.mkdir(exist_ok=True)
        for name, text in sheets.items():
            (target / f"{name}.csv").write_bytes(text.encode(encoding))
        return target

    return write


@pytest.fixture(scope="session")
def maven() -> Path:
    """The Maven export; the test is skipped where it is missing."""
    root = Path(__file__).parents[2]
    data = Path(os.environ.get("PURSUIT_DATA", root / "../shared/data"))
    path = data / "deals" / "maven_crm"
    if not path.is_dir():
        pytest.skip("the Maven export is not on this machine (set PURSUIT_DATA)")
    return path
