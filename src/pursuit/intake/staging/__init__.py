"""New files against what a firm published before: staged and reported first, then published at once or not at all."""

from pursuit.intake.staging.stage import stage, stage_version
from pursuit.intake.staging.staged import Staged

__all__ = ["Staged", "stage", "stage_version"]
