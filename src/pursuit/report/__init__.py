"""A plan as one HTML file that opens offline, in Korean or English."""

from pursuit.report.page import write_report

__all__ = ["write_report"]
