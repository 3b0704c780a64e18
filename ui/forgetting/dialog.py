"""Shows how much is older than the retention time, and drops it when the user says so."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from planner.services.plans import OpenPlan
from planner.services.promise.retention import Forgettable, forget, forgettable
from planner.words import N_, _, full_date
from ui.jobs import Job, Runner
from ui.widgets import label

_COUNTS = (
    ("n_weeks", N_("weeks that say who was to be where: {n}")),
    ("n_publications", N_("publications with names in them: {n}")),
    ("n_times", N_("absences, bound times, stand-bys and wishes: {n}")),
    ("n_reporters", N_("deliveries that say who reported them: {n}")),
    ("n_messages", N_("messages in the distribution log: {n}")),
    ("n_changes", N_("records kept for undoing: {n}")),
    ("n_actors", N_("entries of the journal that say whose they are: {n}")),
)


class ForgetDialog(QDialog):
    """Tells what goes and what stays before anything does; it cannot be undone."""

    forgotten = Signal()
    failed = Signal(object)
    """The exception that a service raised."""

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._open_plan, self._runner = open_plan, runner
        self.setWindowTitle(_("Forget old personal data"))
        self.setMinimumWidth(560)
        self.said = label(_("Counting …"), wraps=True)
        self.counts = label("", wraps=True)
        stays = label(
            _(
                "What was promised, planned and delivered stays, with its reasons. The weeks "
                "cannot be printed, compared or undone any more. This cannot be taken back, and "
                "does not reach copies of the plan’s file."
            ),
            "muted",
            wraps=True,
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = buttons.addButton(_("Forget"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        self.button.setEnabled(False)
        buttons.accepted.connect(self._forget)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for part in (self.said, self.counts, stays, buttons):
            layout.addWidget(part)
        self._start(lambda: forgettable(open_plan), self._show_counts)

    def _start(
        self, work: Callable[[], Forgettable], receive: Callable[[Forgettable], None]
    ) -> None:
        job = Job(lambda _job: work())
        job.done.connect(receive)
        job.failed.connect(self._fail)
        self._runner.line_up(job)

    @Slot(object)
    def _show_counts(self, found: Forgettable) -> None:
        day = full_date(found.before)
        if not found.n_all:
            self.said.setText(_("Nothing is older than {day}.", day=day))
            return
        self.said.setText(_("Older than {day}:", day=day))
        lines = ((getattr(found, name), text) for name, text in _COUNTS)
        self.counts.setText("\n".join("•  " + _(text, n=n) for n, text in lines if n))
        self.button.setEnabled(True)

    @Slot()
    def _forget(self) -> None:
        open_plan = self._open_plan
        self.button.setEnabled(False)
        self.said.setText(_("Forgetting …"))
        self._start(lambda: forget(open_plan), self._end)

    @Slot(object)
    def _end(self, _gone: Forgettable) -> None:
        self.forgotten.emit()
        self.accept()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)
        self.reject()
