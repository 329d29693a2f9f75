"""Fields that came later: left out of a firm's fingerprint while they hold nothing, so that old ones stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field
from typing import Any

QUIET: Mapping[str, bool] = {"quiet": True}
"""Metadata of a field that counts in the content hash only where it differs from its default."""


def is_silent(described: Field[Any], value: object) -> bool:
    """Whether a field is a quiet one that holds its default."""
    return "quiet" in described.metadata and value == described.default
