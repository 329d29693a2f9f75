"""New files against what a firm published before: staged and reported first, then published at once or not at all."""

from pursuit.intake.staging.stage import Staged, stage, stage_version

__all__ = ["Staged", "stage", "stage_version"]
