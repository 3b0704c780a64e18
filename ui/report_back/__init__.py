"""The report-back on a promise: look, follow its numbers, save."""

from ui.report_back.dialog import ReportBackDialog

__all__ = ["ReportBackDialog"]
