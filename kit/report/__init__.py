"""The report: one HTML file that holds everything, for readers without Python and without a network."""

from kit.report.page import write_report

__all__ = ["write_report"]
