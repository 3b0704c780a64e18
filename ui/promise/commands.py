"""What the promise page does to the plan: one thing at a time, in a job, and told in the bar."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from planner import messages
from planner.errors import PlannerError
from planner.services.plans import OpenPlan
from planner.words import _
from ui.jobs import Job, Runner


class Commands(QObject):
    """Runs what is asked for; a second wish while one is being kept is dropped."""

    told = Signal(str, str)
    """A sentence, and its tone; an empty one when the last is outdated."""
    kept = Signal()
    """The plan was changed."""
    refused = Signal()
    """Nothing was changed, and what is shown may be outdated."""
    failed = Signal(object)
    """An exception that is no person's doing."""

    def __init__(self, open_plan: OpenPlan, runner: Runner, page: QWidget) -> None:
        super().__init__(page)
        self._open_plan, self._runner, self._page = open_plan, runner, page
        self._is_writing = False

    def show_plan(self, open_plan: OpenPlan) -> None:
        """Belong to another plan."""
        self._open_plan = open_plan

    def is_sure(self, title: str, question: str) -> bool:
        """Ask whether something is to be done; ``title`` is what its button says."""
        box = QMessageBox(QMessageBox.Icon.Question, title, question, parent=self._page)
        yes = box.addButton(title, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        is_sure = box.clickedButton() is yes
        box.deleteLater()
        return is_sure

    def start(self, work: Callable[[], object], receive: Callable[..., None]) -> None:
        """Do something in a job after what is being written; ``receive`` calls ``end``."""
        if self._is_writing:
            return
        self._is_writing = True
        self.told.emit("", "info")
        job = Job(lambda _job: work())
        job.done.connect(receive)
        job.failed.connect(self._take_refusal)
        self._runner.line_up(job)

    def end(self) -> None:
        """Be ready for the next wish."""
        self._is_writing = False

    @Slot(object)
    def _take_refusal(self, error: Exception) -> None:
        self.end()
        if isinstance(error, PlannerError):
            self.told.emit("\n".join(messages.sentences(error)), "danger")
            self.refused.emit()
        else:
            self.failed.emit(error)
