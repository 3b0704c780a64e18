"""Under the preview: saves every print-out of the week into a folder."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QProgressBar, QWidget

from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.services.plans import OpenPlan
from planner.services.prints import printing
from planner.services.prints.print_outs import PrintSet
from planner.words import _, ngettext
from ui.jobs import Job, Runner
from ui.prints.kinds import READERS
from ui.widgets import label, text_button


class SaveAll(QWidget):
    """A button that offers the readers, and how far the writing is.

    The published week is what is written; the language is the one chosen beside.
    """

    refused = Signal(object)
    """The refusals of what was left out, one or more."""
    failed = Signal(object)
    """The exception that a service raised."""

    def __init__(self, open_plan: OpenPlan, week: IsoWeek, runner: Runner) -> None:
        super().__init__()
        self._open_plan, self._week, self._runner = open_plan, week, runner
        self._job: Job | None = None
        self._folder = Path()
        self.language = ""
        self.button = text_button(_("Save all to a folder"), "download")
        self.button.setAutoDefault(False)
        self.button.setToolTip(_("Save every print-out of the published week, a file for each"))
        self.menu = QMenu(self.button)
        for reader, name in READERS.items():
            self.menu.addAction(_(name)).setData((reader,))
        self.menu.addSeparator()
        self.menu.addAction(_("For all of them")).setData(tuple(READERS))
        self.menu.triggered.connect(lambda action: self._ask_folder(action.data()))
        self.button.setMenu(self.menu)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(150)
        self._bar.setAccessibleName(_("How far the saving is"))
        self.said = label("", "muted", wraps=True)
        self.cancel_button = text_button(_("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.button)
        layout.addWidget(self._bar)
        layout.addWidget(self.cancel_button)
        layout.addWidget(self.said, stretch=1)
        self._show_idle()

    def save_to(self, folder: Path, readers: tuple[PrintSet, ...]) -> None:
        """Begin to write every print-out for some readers into a folder."""
        open_plan, week, language = self._open_plan, self._week, self.language or None
        self._folder = folder

        refused: list[ConflictError] = []

        def work(job: Job) -> tuple[int, list[ConflictError]]:
            n_files = 0
            for reader in readers:
                n_files += len(
                    printing.print_week(
                        open_plan,
                        week,
                        folder,
                        reader,
                        language=language,
                        on_progress=lambda done, n: job.report((done, n)),
                        on_refused=refused.append,
                        should_stop=job.should_stop,
                    )
                )
                if job.should_stop():
                    break
            return n_files, refused

        self._job = Job(work)
        self._job.progressed.connect(self._show_progress)
        self._job.done.connect(self._take_done)
        self._job.failed.connect(self._take_failure)
        self.button.hide()
        self._bar.setRange(0, 0)
        self._bar.show()
        self.cancel_button.show()
        self.cancel_button.setFocus()
        self.said.setText("")
        self._runner.start(self._job)

    @Slot()
    def stop(self) -> None:
        """Write nothing more; files that are written stay."""
        if self._job is not None:
            self._job.stop()

    def tell(self, text: str) -> None:
        """Say something beside the button."""
        self.said.setText(text)
        self.said.setToolTip(text)

    def is_saving(self) -> bool:
        """Tell whether files are being written."""
        return self._job is not None

    def _ask_folder(self, readers: tuple[PrintSet, ...]) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Save all to a folder"))
        if folder:
            self.save_to(Path(folder), readers)

    @Slot(object)
    def _show_progress(self, progress: tuple[int, int]) -> None:
        done, n = progress
        self._bar.setRange(0, n)
        self._bar.setValue(done)
        self.said.setText(_("Printing {n_done} of {n_all}", n_done=done, n_all=n))

    @Slot(object)
    def _take_done(self, done: tuple[int, list[ConflictError]]) -> None:
        n_files, refused = done
        was_stopped = self._job is not None and self._job.should_stop()
        self._show_idle()
        written = ngettext(
            "{n} file is written to {folder}.",
            "{n} files are written to {folder}.",
            n_files,
            folder=self._folder,
        )
        self.tell(_("Stopped.") + f" {written}" if was_stopped else written)
        if refused:
            self.refused.emit(refused)

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        self._show_idle()
        self.failed.emit(error)

    def _show_idle(self) -> None:
        self._job = None
        had_focus = self.cancel_button.hasFocus()
        self._bar.hide()
        self.cancel_button.hide()
        self.tell("")
        self.button.show()
        if had_focus:
            self.button.setFocus()
