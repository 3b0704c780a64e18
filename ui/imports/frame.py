"""What every assistant of an import has: steps, pages, a footer, and one thing done at a time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from planner import messages
from planner.errors import PlannerError
from planner.services.imports.importing import ImportReport
from planner.services.imports.previews import ImportPreview
from planner.services.imports.rows import RowKind
from planner.services.plans import OpenPlan
from ui.imports.result_page import ResultPage
from ui.imports.steps import StepLine
from ui.jobs import Job, Runner
from ui.widgets import MessageBar, divider


class AssistantFrame(QDialog):
    """Shows one page after the other, and does one thing at a time beside the window.

    A subclass builds the pages, says what is possible in :meth:`show_work`, and hands over what is
    to be done with :meth:`start`.
    """

    imported = Signal(object)
    """The ``ImportReport`` of what was written."""
    source_read = Signal(str)
    """Path of what could be read, for next time."""
    failed = Signal(object)
    """The exception of a fault of the program."""

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.open_plan, self.runner = open_plan, runner
        self.job: Job | None = None
        """What is being done."""
        self.is_writing = False
        """Whether that changes the plan, so that it cannot be given up."""
        self._receive: Callable[..., None] = lambda _: None
        self.bar = MessageBar()
        self.pages = QStackedWidget()
        self.result_page = ResultPage()

    def lay_out(
        self, title: str, size: QSize, steps: StepLine, pages: Sequence[QWidget], footer: QWidget
    ) -> None:
        """Put the parts together; the pages in the order of the steps."""
        self.setWindowTitle(title)
        for page in pages:
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(steps)
        layout.addWidget(self.pages, stretch=1)
        layout.addWidget(divider())
        layout.addWidget(footer)
        self.resize(size)

    def show_work(self, doing: str = "") -> None:
        """Let the planner do what is possible now; ``doing`` is empty at rest."""
        raise NotImplementedError

    def start(
        self,
        work: Callable[[Job], object],
        receive: Callable[..., None],
        doing: str,
        *,
        on_progress: Callable[..., None] | None = None,
        is_writing: bool = False,
    ) -> None:
        """Do something and hand its result to ``receive``; nothing while something is being done.

        Parameters
        ----------
        doing
            What is said meanwhile.
        on_progress
            A slot that takes what the job reports.
        """
        if self.job is not None:
            return
        self.bar.hide()
        job = Job(work)
        if on_progress is not None:
            job.progressed.connect(on_progress)
        job.done.connect(self._take_result)
        job.failed.connect(self._take_failure)
        self.job, self._receive, self.is_writing = job, receive, is_writing
        self.show_work(doing)
        self.runner.start(job)

    @Slot(object)
    def _take_result(self, result: object) -> None:
        if self._has_ended():
            self._receive(result)

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        if self._has_ended():
            self.take_failure(error)

    def take_failure(self, error: Exception) -> None:
        """Take what went wrong in place of a result."""
        self.say_error(error)

    def _has_ended(self) -> bool:
        """Be at rest when what was waited for has ended; tell whether it has."""
        if self.sender() is not self.job:
            return False
        self.job, self.is_writing = None, False
        self.show_work()
        return True

    @Slot(object)
    def say_error(self, error: Exception) -> None:
        """Say what a person did wrong; hand on what the program did."""
        if isinstance(error, PlannerError):
            self.bar.say(" ".join(messages.sentences(error)), "danger")
        else:
            self.failed.emit(error)

    def show_imported(self, report: ImportReport, preview: ImportPreview) -> None:
        """Show on the last page what was written of a preview."""
        removed = [file.count(RowKind.DISAPPEARED) for file in preview.files if file.is_removing]
        self.result_page.show_report(report, sum(removed))

    @override
    def reject(self) -> None:
        """Close, unless the plan is being written; anything else is given up."""
        if self.is_writing:
            return
        if self.job is not None:
            self.job.stop()
            self.job = None
        super().reject()
