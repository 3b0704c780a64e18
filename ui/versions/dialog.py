"""Lists the versions of a week and compares any two of them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.domain.changed import WeekDifferences
from planner.domain.weeks import IsoWeek
from planner.services.files import write_file
from planner.services.plans import OpenPlan
from planner.services.publish.key_in import KeyIn, changes_to_key_in
from planner.services.publish.versions import DRAFT, Version, VersionInfo, compare, versions
from planner.words import _, ngettext
from ui.jobs import Job, Runner
from ui.versions import words
from ui.versions.comparison import Comparison
from ui.widgets import EmptyState, divider, label, text_button
from ui.widgets.notes import NoteList

_SIZE = QSize(1040, 720)


class VersionsDialog(QDialog):
    """Shows what a version changed; says what to do when there is none."""

    failed = Signal(object)
    """The exception that a service raised."""

    def __init__(
        self, open_plan: OpenPlan, week: IsoWeek, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = _("Versions of {week}", week=week)
        self.setWindowTitle(title)
        self._open_plan, self._week, self._runner = open_plan, week, runner
        self._versions: tuple[VersionInfo, ...] = ()
        self._comparing: Job | None = None
        self.versions = NoteList(_("Versions"))
        self.versions.currentRowChanged.connect(self._offer_others)
        self.comparison = Comparison(open_plan.plan.zone)
        self.comparison.other_chosen.connect(self._compare)
        self.waiting = EmptyState("clock", _("Reading the versions"), "")
        self.none = EmptyState(
            "send",
            _("This week has no version yet"),
            _("Generate a roster, and publish it. Each publication is kept here."),
        )
        self.single = EmptyState(
            "check",
            _("There is one version only"),
            _("As soon as the draft is changed, what differs is shown here."),
        )
        self.pages = QStackedWidget()
        for page in (self.waiting, self.none, self.single, self.comparison):
            self.pages.addWidget(page)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.versions)
        halves.addWidget(self.pages)
        halves.setStretchFactor(1, 1)
        halves.setSizes([240, 800])
        halves.setChildrenCollapsible(False)
        self.versions.setMinimumWidth(170)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        heading = label(title, "heading")
        heading.setContentsMargins(16, 14, 16, 12)
        layout.addWidget(heading)
        layout.addWidget(divider())
        layout.addWidget(halves, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(self._make_foot())
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self._run(Job(lambda _job: versions(open_plan, week)), self._take_versions)

    def chosen(self) -> tuple[Version, Version] | None:
        """Return the two versions that are compared, the earlier first."""
        row = self.versions.currentRow()
        other = self.comparison.other.currentData()
        if row < 0 or other is None:
            return None
        order = [info.version for info in self._versions]
        later, earlier = sorted((order[row], other), key=order.index)
        return earlier, later

    def save_to(self, path: Path) -> None:
        """Write the changes to key in to a file, or leave what was there if that fails."""
        pair = self.chosen()
        if pair is not None:
            open_plan, week = self._open_plan, self._week

            def save(_job: Job) -> KeyIn:
                found = changes_to_key_in(open_plan, week, *pair)
                write_file(path, found.csv)
                return found

            self._run(Job(save), self._take_saved)

    def _make_foot(self) -> QHBoxLayout:
        self.message = label("", "muted", wraps=True)
        self.key_in = text_button(_("Changes to key in"), "download")
        self.key_in.setToolTip(
            _("The shifts that differ, for whoever keys them into the employer's own system")
        )
        menu = QMenu(self.key_in)
        self.copy_action = menu.addAction(_("&Copy as text"))
        self.copy_action.triggered.connect(self._copy)
        self.save_action = menu.addAction(_("&Save as CSV, with real names …"))
        self.save_action.triggered.connect(self._save)
        self.key_in.setMenu(menu)
        self.key_in.setEnabled(False)
        close = text_button(_("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(8)
        row.addWidget(self.message, stretch=1)
        for button in (self.key_in, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _run(self, job: Job, receive: Callable[..., None]) -> Job:
        job.done.connect(receive)
        job.failed.connect(self.failed)
        self._runner.start(job)
        return job

    @Slot(object)
    def _take_versions(self, found: tuple[VersionInfo, ...]) -> None:
        self._versions = found
        zone = self._open_plan.plan.zone
        self.versions.fill(words.version_note(info, zone) for info in found)
        if not found:
            self.pages.setCurrentWidget(self.none)
            return
        self.pages.setCurrentWidget(self.comparison if len(found) > 1 else self.single)
        self.versions.setCurrentRow(0)
        self.versions.setFocus()

    @Slot(int)
    def _offer_others(self, row: int) -> None:
        if len(self._versions) > 1 and row >= 0:
            info = self._versions[row]
            others = tuple(one.version for one in self._versions if one is not info)
            self.comparison.offer(others, info.replaces)
            self._compare()

    @Slot()
    def _compare(self) -> None:
        pair = self.chosen()
        if pair is None:
            return
        open_plan, week = self._open_plan, self._week
        self.message.setText("")
        self.key_in.setEnabled(False)
        self.comparison.wait()
        self._comparing = self._run(
            Job(lambda _job: (compare(open_plan, week, *pair), *pair)), self._take_differences
        )

    @Slot(object)
    def _take_differences(self, found: tuple[WeekDifferences, Version, Version]) -> None:
        if self.sender() is self._comparing:
            self.comparison.show_differences(*found)
            self.key_in.setEnabled(bool(found[0].shifts))

    @Slot()
    def _copy(self) -> None:
        pair = self.chosen()
        if pair is not None:
            open_plan, week = self._open_plan, self._week
            self._run(
                Job(lambda _job: changes_to_key_in(open_plan, week, *pair)), self._take_copied
            )

    @Slot(object)
    def _take_copied(self, found: KeyIn) -> None:
        QGuiApplication.clipboard().setText(found.text)
        self.message.setText(ngettext("{n} change copied.", "{n} changes copied.", found.n_changes))

    @Slot()
    def _save(self) -> None:
        pair = self.chosen()
        if pair is None:
            return
        parts = [str(self._week), *(_("draft") if one == DRAFT else str(one) for one in pair)]
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Save changes to key in"), f"{' '.join(parts)}.csv", _("CSV files (*.csv)")
        )
        if path:
            self.save_to(Path(path))

    @Slot(object)
    def _take_saved(self, found: KeyIn) -> None:
        self.message.setText(ngettext("{n} change saved.", "{n} changes saved.", found.n_changes))
