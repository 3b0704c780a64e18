"""Keeps what is reported of duties, by hand or from a file."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from planner.domain.ids import DutyId
from planner.domain.promises import DeliveryState, NotDoneReason
from planner.domain.weeks import IsoWeek
from planner.services.promise.deliveries import Reported, report, report_as_planned, take_back
from planner.services.promise.delivery_import import (
    DeliveryPreview,
    import_deliveries,
    preview_deliveries,
    write_deliveries,
)
from planner.words import _, ngettext
from ui.promise import words
from ui.promise.commands import Commands


class Reporting(Commands):
    """Reports duties, and reads and writes lists of them."""

    @Slot(object, object, object)
    def report(
        self, duties: list[DutyId], state: DeliveryState, reason: NotDoneReason | None
    ) -> None:
        """Keep that duties were done, or not and why."""
        open_plan = self._open_plan
        self.start(lambda: report(open_plan, duties, state, reason), self._tell)

    @Slot(object)
    def report_as_planned(self, duties: list[DutyId]) -> None:
        """Keep as done what of them was planned, is over and has no report."""
        open_plan = self._open_plan
        self.start(lambda: report_as_planned(open_plan, duties), self._tell)

    @Slot(object)
    def take_back(self, duties: list[DutyId]) -> None:
        """Make duties not reported again."""
        open_plan = self._open_plan
        self.start(lambda: take_back(open_plan, duties), self._tell)

    @Slot()
    def ask_file(self) -> None:
        """Let the user choose a file of reports."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._page, _("Read reports"), "", _("CSV files (*.csv)")
        )
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Show what a file of reports would change, and keep it when the user says so."""
        open_plan = self._open_plan
        self.start(lambda: preview_deliveries(open_plan, path), self._ask_import)

    def ask_list(self, week: IsoWeek) -> None:
        """Let the user choose where the duties of a week are written."""
        name = _("reports {week}", week=week) + ".csv"
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, _("Write a list to fill in"), name, _("CSV files (*.csv)")
        )
        if chosen:
            self.write_list(Path(chosen), week)

    def write_list(self, path: Path, week: IsoWeek) -> None:
        """Write the duties of a week, to be filled in and read again."""
        open_plan, days = self._open_plan, week.days
        self.start(lambda: write_deliveries(open_plan, days[0], days[-1], path), self._tell_written)

    @Slot(object)
    def _tell(self, reported: Reported) -> None:
        self.end()
        said = ngettext(
            "The report of {n} duty was kept.",
            "The reports of {n} duties were kept.",
            reported.n_reported,
        )
        if reported.n_left:
            left = ngettext("{n} stays as it was.", "{n} stay as they were.", reported.n_left)
            said = f"{said} {left}"
        self.told.emit(said, "success")
        if reported.n_reported:
            self.kept.emit()

    @Slot(object)
    def _tell_written(self, n_duties: int) -> None:
        self.end()
        said = ngettext("{n} duty was written.", "{n} duties were written.", n_duties)
        self.told.emit(said, "success")

    @Slot(object)
    def _ask_import(self, shown: DeliveryPreview) -> None:
        self.end()
        if shown.problems:
            self.told.emit(words.problems_text(shown), "danger")
        elif self.is_sure(_("Keep the reports"), words.preview_text(shown)):
            open_plan = self._open_plan
            self.start(lambda: import_deliveries(open_plan, shown), self._tell)
