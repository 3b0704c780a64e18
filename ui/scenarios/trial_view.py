"""What the views of the page have in common: a form beside what was found, and one job."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.services.plans import OpenPlan
from ui.jobs import Runner
from ui.scenarios.running import Running
from ui.widgets import MessageBar


class TrialView(QWidget):
    """Tries something and shows what is found, as it comes; nothing of the plan is changed.

    Attributes
    ----------
    running
        Runs it, and shows how far it is.
    outdated
        Says when what is shown is not of the week as it is now.
    states
        What was found, or why nothing was.
    """

    failed = Signal(object)
    """The exception that a service raised."""

    def __init__(self, open_plan: OpenPlan, runner: Runner) -> None:
        super().__init__()
        self._open_plan, self._runner = open_plan, runner
        self.running = Running(runner)
        self.running.progressed.connect(self._take_progress)
        self.running.ended.connect(self._end)
        self.running.failed.connect(self._fail)
        self.outdated = MessageBar()
        self.states = QStackedWidget()

    def _stand(self, side: QWidget) -> None:
        """Lay it out: the progress, a notice, and what is asked beside what was found."""
        split = QSplitter()
        split.addWidget(side)
        split.addWidget(self.states)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.running)
        layout.addWidget(self.outdated)
        layout.addWidget(split, stretch=1)

    @Slot(object)
    def _take_progress(self, told: Any) -> None:
        """Show how far the job is, or what it has found so far."""
        raise NotImplementedError

    @Slot(object)
    def _end(self, found: Any) -> None:
        """Show all that was found."""
        raise NotImplementedError

    @Slot()
    def _judge(self) -> None:
        """Let only that be pressed which can be done now."""
        raise NotImplementedError

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._judge()
        self.failed.emit(error)


def side_of(form: QWidget, button: QPushButton, width_px: int) -> QWidget:
    """Return a form that scrolls, above the button that begins."""
    form.setProperty("plain", True)  # noqa: FBT003 - Qt's signature
    scroller = QScrollArea()
    scroller.setWidgetResizable(True)
    scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroller.setWidget(form)
    side = QWidget()
    left = QVBoxLayout(side)
    left.setContentsMargins(14, 12, 12, 12)
    left.addWidget(scroller, stretch=1)
    left.addWidget(button)
    side.setMinimumWidth(width_px)
    return side
