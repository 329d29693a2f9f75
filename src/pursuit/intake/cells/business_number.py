"""Business registration numbers of Korea (사업자등록번호): ten digits of which the last proves the others."""

from __future__ import annotations

import re
import unicodedata

from pursuit.intake.cells.cell_error import CellError, Note

WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_SEPARATORS = re.compile(r"[\s\-‐-―.]+")


def is_valid(digits: str) -> bool:
    """Whether the last of ten digits fits the others.

    The weighted sum of the first nine, plus the tens of the ninth's product, plus the last is a multiple of ten.
    Source: the National Tax Service's rule as python-stdnum 1.20 (module kr.brn) holds it. Ranges of tax offices,
    which change, are not judged; ten zeros are no number.
    """
    if digits == "0" * 10:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False))
    return (total + WEIGHTS[8] * int(digits[8]) // 10 + int(digits[9])) % 10 == 0


def plain_number(text: str) -> str:
    """A number as numbers are compared: 123-45-67891 whichever way its digits are parted, else the text itself."""
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if re.fullmatch(r"\d{10}", digits):
        return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
    return text.strip()


def read_business_number(raw: object) -> tuple[str, Note | None] | None:
    """The number in a cell, parted 3-2-5; None for what is no text and no number.

    Raises
    ------
    CellError
        When it has another length, or its last digit does not fit the others.
    """
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        return None
    text = plain_number(str(raw))
    digits = text.replace("-", "")
    if re.search(r"[^\W\d_]", text):
        return text, Note(
            "This is no Korean business number; it was taken as it stands, unchecked.", "Nothing."
        )
    if re.fullmatch(r"\d{6}-?\d{7}", text):
        problem = "Thirteen digits are a corporate registration number (법인등록번호)."
        raise CellError(problem, "Write the business number of ten digits, like 123-45-67891.")
    if not re.fullmatch(r"\d{3}-\d{2}-\d{5}", text):
        raise CellError("A business number has ten digits.", "Write it like 123-45-67891.")
    if not is_valid(digits):
        mend = "Correct it, or leave the cell empty."
        raise CellError("The last digit of the business number does not fit the others.", mend)
    return text, None
