"""The rules a plan must keep, one idea per file; none of them imports what made the plan."""
