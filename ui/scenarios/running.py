"""A job that takes long: how far it is, and a button that stops it and keeps what there is."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from planner.words import _
from ui.jobs import Job, Runner
from ui.widgets import label, text_button

_STEPS = 1000


class Running(QFrame):
    """Runs one job at a time and shows how far it is; hidden while there is none."""

    progressed = Signal(object)
    """What the job reported."""
    ended = Signal(object)
    """What the job returned."""
    failed = Signal(object)
    """The exception that it raised."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._job: Job | None = None
        self.setProperty("banner", "info")
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName(_("Progress"))
        self.phase = label("", wraps=True)
        self.stop_button = text_button(_("Stop"), "square")
        self.stop_button.setToolTip(_("Stop and keep what has been found"))
        self.stop_button.clicked.connect(self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 12, 7)
        row.setSpacing(14)
        row.addWidget(self.bar)
        row.addWidget(self.phase, stretch=1)
        row.addWidget(self.stop_button)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    def start(self, work: Callable[[Job], object], text: str) -> None:
        """Run something, with a text to begin with; nothing happens while a job runs."""
        if self._job is not None:
            return
        self.bar.setValue(0)
        self.phase.setText(text)
        self.stop_button.setEnabled(True)
        self.show()
        self._job = Job(work)
        self._job.progressed.connect(self._report)
        self._job.done.connect(self._end)
        self._job.failed.connect(self._fail)
        self._runner.start(self._job)

    def tell(self, share: float, text: str) -> None:
        """Show how far the job is, from 0 to 1, and what it does."""
        self.bar.setValue(int(_STEPS * min(1.0, share)))
        if self.stop_button.isEnabled():
            self.phase.setText(text)

    @Slot()
    def stop(self) -> None:
        """Ask the job to end with what it has."""
        if self._job is not None:
            self._job.stop()
            self.stop_button.setEnabled(False)
            self.phase.setText(_("Stopping; what has been found is kept"))

    def forget(self) -> None:
        """Ask the job to end, and hear nothing more of it."""
        if self._job is not None:
            self._job.stop()
        self._job = None
        self.hide()

    @Slot(object)
    def _report(self, told: object) -> None:
        if self.sender() is self._job:
            self.progressed.emit(told)

    @Slot(object)
    def _end(self, result: object) -> None:
        if self.sender() is self._job:
            self._job = None
            self.hide()
            self.ended.emit(result)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if self.sender() is self._job:
            self._job = None
            self.hide()
            self.failed.emit(error)
