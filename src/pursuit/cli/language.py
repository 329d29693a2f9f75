"""Which language to speak: as told, else as the environment says."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

VARIABLE = "PURSUIT_LANG"


class Lang(StrEnum):
    """Languages of the product."""

    ko = "ko"
    en = "en"


class Dates(StrEnum):
    """Orders of year, month and day."""

    ymd = "ymd"
    dmy = "dmy"
    mdy = "mdy"


class Decimals(StrEnum):
    """Signs before decimals."""

    point = "point"
    comma = "comma"


def system_language() -> str:
    """Korean where the machine is set to Korean, else English."""
    told = next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")
    return "ko" if (told or locale.getlocale()[0] or "").lower().startswith("ko") else "en"


def language_of(arguments: Sequence[str]) -> str:
    """Language of the help text, which is shown before the arguments are understood."""
    told = [word.removeprefix("--lang=") for word in arguments if word.startswith("--lang=")]
    told += [word for option, word in pairwise(arguments) if option == "--lang"]
    told += [os.environ.get(VARIABLE, "")]
    return next((word for word in told if word in list(Lang)), system_language())
