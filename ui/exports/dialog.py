"""Offers what can be taken out of the program, says who may see it, and writes it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.weeks import IsoWeek
from planner.errors import PlannerError
from planner.messages import sentence
from planner.services.exports.exporting import export_plan, export_week
from planner.services.plans import OpenPlan
from planner.words import _, ngettext
from ui.exports.offers import OFFERS, Offer
from ui.jobs import Job, Runner
from ui.widgets import MessageBar, divider, label, primary_button, text_button
from ui.widgets.notes import Note, NoteList

_SIZE = QSize(860, 600)
_LIST_PX = 300


class ExportDialog(QDialog):
    """Writes nothing before somebody has seen what it is, who may see it and where it goes."""

    failed = Signal(object)
    """The exception of a fault of the program."""
    ended = Signal()
    """An export has ended, and what became of it is shown."""

    def __init__(
        self, open_plan: OpenPlan, week: IsoWeek, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Export"))
        self._open_plan, self._week, self._runner = open_plan, week, runner
        self._job: Job | None = None
        self._folder = Path(_documents())
        self._goal: Path | None = None
        self._replaceable: Path | None = None
        self.bar = MessageBar()
        self.bar.accepted.connect(self._do_offered)
        self.offers = NoteList(_("What to export"))
        self.offers.setFixedWidth(_LIST_PX)
        self.offers.fill(_note(offer, week) for offer in OFFERS)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.offers)
        middle.addLayout(self._make_page(), stretch=1)
        heading = label(_("Export"), "heading")
        heading.setContentsMargins(16, 14, 16, 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heading)
        layout.addWidget(self.bar)
        layout.addWidget(divider())
        layout.addLayout(middle, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(self._make_foot())
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self.offers.currentRowChanged.connect(self._show_offer)
        self.offers.setCurrentRow(0)
        self.offers.setFocus()
        self._show_busy()

    @property
    def offer(self) -> Offer:
        """What is chosen."""
        return OFFERS[self.offers.currentRow()]

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being exported."""
        return self._job is not None

    @override
    def done(self, result: int) -> None:
        self.stop()
        super().done(result)

    @Slot()
    def stop(self) -> None:
        """Write nothing of what is being made, and wait for it no longer."""
        if self._job is not None:
            self._job.stop()
            self._job = None
            self.bar.say(_("Stopped; nothing is written."))
            self._show_busy()
            self.ended.emit()

    @Slot()
    def export(self) -> None:
        """Write what is chosen to where it shall go."""
        if self._job is not None or not self.target.text().strip():
            return
        offer, target = self.offer, self._chosen()
        self._goal = target if offer.is_folder or target.is_dir() else target.parent
        if not offer.is_folder and target.is_file() and target != self._replaceable:
            self._goal, self._replaceable = None, target
            said = _("There is a file {name} already.", name=target.name)
            self.bar.say(said, "warning", offer=_("Replace it"))
            return
        self._job = Job(self._work(offer, target))
        self._job.progressed.connect(self._show_progress)
        self._job.done.connect(self._take_files)
        self._job.failed.connect(self._take_failure)
        self.bar.hide()
        self.progress.setRange(0, 0)
        self._runner.start(self._job)
        self._show_busy()
        self.cancel_button.setFocus()

    def _chosen(self) -> Path:
        """Return where to write; a name alone is in the folder that was offered."""
        return self._folder / Path(self.target.text().strip()).expanduser()

    def _work(self, offer: Offer, target: Path) -> Callable[[Job], object]:
        open_plan, week = self._open_plan, self._week
        has_identities = offer.can_have_identities and self.identities.isChecked()
        if offer.is_whole:
            return lambda job: export_plan(
                open_plan,
                offer.kind,
                target,
                has_identities=has_identities,
                should_stop=job.should_stop,
            )
        return lambda job: export_week(
            open_plan,
            week,
            offer.kind,
            target,
            on_progress=lambda done, n: job.report((done, n)),
            should_stop=job.should_stop,
        )

    @Slot(object)
    def _show_progress(self, progress: tuple[int, int]) -> None:
        if self.sender() is not self._job:
            return
        done, n = progress
        self.progress.setRange(0, n)
        self.progress.setValue(done)

    @Slot(object)
    def _take_files(self, paths: tuple[Path, ...]) -> None:
        if self.sender() is not self._job:
            return
        self._job = None
        self._folder = self._chosen().parent
        text = ngettext(
            "{n} file is written to {folder}.",
            "{n} files are written to {folder}.",
            len(paths),
            folder=self._goal,
        )
        self.bar.say(text, "success", offer=_("Open folder"))
        self._show_busy()
        self.close_button.setFocus()
        self.ended.emit()

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        if self.sender() is not self._job:
            return
        self._job = None
        self._show_busy()
        self.offers.setFocus()
        if isinstance(error, PlannerError):
            self.bar.say(sentence(error), "danger")
        else:
            self.failed.emit(error)
        self.ended.emit()

    @Slot()
    def _do_offered(self) -> None:
        if self._goal is None:
            self.export()
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._goal)))

    @Slot()
    def _show_offer(self) -> None:
        offer = self.offer
        self.bar.hide()
        self.title.setText(_(offer.title))
        self.purpose.setText(_(offer.purpose))
        self.readers.setText(_(offer.readers))
        self.files.setText(_(offer.result))
        self.identities.setChecked(False)
        self.identities.setVisible(offer.can_have_identities)
        self.about_target.setText(_("Folder") if offer.is_folder else _("File"))
        self.target.setAccessibleName(self.about_target.text())
        self.target.setText(str(self._folder / offer.proposed(self._week)))

    @Slot()
    def _choose(self) -> None:
        offer, proposed = self.offer, self.target.text()
        if offer.is_folder:
            path = QFileDialog.getExistingDirectory(self, _("Choose folder"), str(self._folder))
        else:
            kinds = f"{offer.kind.upper()} (*.{offer.kind})"
            path, _kind = QFileDialog.getSaveFileName(self, _("Export to"), proposed, kinds)
        if path:
            self.target.setText(path)
            self._replaceable = Path(path)  # asked by the dialog of files

    def _make_page(self) -> QVBoxLayout:
        self.title, self.purpose = label("", "title", wraps=True), label("", wraps=True)
        self.readers, self.files = label("", wraps=True), label("", wraps=True)
        self.identities = QCheckBox(_("With real names, addresses at work and who reported"))
        self.identities.setToolTip(_("Keep what is written as safe as the plan itself"))
        self.about_target = label("", "section")
        self.target = QLineEdit()
        self.target.textChanged.connect(self._show_busy)
        self.choose_button = text_button(_("Choose …"), "folder-open")
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self._choose)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.target, stretch=1)
        where.addWidget(self.choose_button)
        page = QVBoxLayout()
        page.setContentsMargins(24, 18, 24, 18)
        page.setSpacing(6)
        page.addWidget(self.title)
        for heading, text in (
            (_("What it is for"), self.purpose),
            (_("Who may see it"), self.readers),
            (_("What is written"), self.files),
        ):
            page.addSpacing(10)
            page.addWidget(label(heading, "section"))
            page.addWidget(text)
        page.addSpacing(10)
        page.addWidget(self.identities)
        page.addStretch()
        page.addWidget(self.about_target)
        page.addLayout(where)
        return page

    def _make_foot(self) -> QHBoxLayout:
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(180)
        self.progress.setAccessibleName(_("How far the export is"))
        self.cancel_button = text_button(_("Cancel"))
        self.cancel_button.clicked.connect(self.stop)
        self.close_button = text_button(_("Close"))
        self.close_button.clicked.connect(self.reject)
        self.export_button = primary_button(_("Export"), "download")
        self.export_button.clicked.connect(self.export)
        self.export_button.setToolTip("Ctrl+Enter")
        QShortcut(QKeySequence("Ctrl+Return"), self, self.export)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(8)
        row.addWidget(self.progress)
        row.addStretch()
        for button in (self.cancel_button, self.close_button, self.export_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    @Slot()
    def _show_busy(self) -> None:
        """Let be done what is possible now."""
        for shown in (self.progress, self.cancel_button):
            shown.setVisible(self.is_busy)
        for free in (self.offers, self.target, self.choose_button, self.identities):
            free.setEnabled(not self.is_busy)
        self.export_button.setEnabled(not self.is_busy and bool(self.target.text().strip()))


def _note(offer: Offer, week: IsoWeek) -> Note:
    about = _("The whole plan") if offer.is_whole else _("Week {week}", week=week)
    return Note(lines=(_(offer.title), about), tone="accent", symbol=offer.symbol)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
