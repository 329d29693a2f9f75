"""Words and numbers as people write them, in Korean and English."""

from pursuit.words.catalogue import LANGUAGES, Words
from pursuit.words.numbers import format_hours, format_money, format_percent

__all__ = ["LANGUAGES", "Words", "format_hours", "format_money", "format_percent"]
