"""Up to three plans side by side, and how far the engine is with them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.domain.plan import Plan
from planner.services.repair.repairs import RepairProgress
from planner.services.repair.values import RepairPlan
from planner.words import _
from ui.repair import words
from ui.repair.plan_column import PlanColumn
from ui.widgets import EmptyState, label, text_button

_STEPS = 1000


class PlansPage(QWidget):
    """Shows plans as they come."""

    stop_asked = Signal()
    again_asked = Signal()
    taken = Signal(object, object)
    """The ``RepairPlan``, and the ids of those for whom it is taken over."""

    def __init__(self, records: Plan) -> None:
        super().__init__()
        self._records = records
        self.columns: list[PlanColumn] = []
        self.panel = self._make_panel()
        self._inside = QWidget()
        self._inside.setProperty("plain", True)  # noqa: FBT003 - Qt's signature
        self._side_by_side = QHBoxLayout(self._inside)
        self._side_by_side.setContentsMargins(14, 14, 14, 14)
        self._side_by_side.setSpacing(12)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(self._inside)
        self.waiting = EmptyState(
            "clock",
            _("Looking for plans"),
            _("What has begun stays. The first plan is shown as soon as it is there."),
        )
        self.none = EmptyState(
            "circle-alert",
            _("There is no plan"),
            _("Nothing was found. Plan again, or change the week by hand."),
        )
        self.pages = QStackedWidget()
        for page in (self.waiting, self.none, scroller):
            self.pages.addWidget(page)
        self._shown = scroller
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.panel)
        layout.addWidget(self.pages, stretch=1)

    def _make_panel(self) -> QFrame:
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName(_("Progress"))
        self.phase = label("", wraps=True)
        self.stop_button = text_button(_("Stop"), "square")
        self.stop_button.setToolTip(_("Stop and keep the plans so far"))
        self.stop_button.clicked.connect(self.stop_asked)
        self.again_button = text_button(_("Plan again"), "play")
        self.again_button.clicked.connect(self.again_asked)
        panel = QFrame()
        panel.setProperty("banner", "info")
        row = QHBoxLayout(panel)
        row.setContentsMargins(16, 7, 12, 7)
        row.setSpacing(14)
        row.addWidget(self.bar)
        row.addWidget(self.phase, stretch=1)
        for button in (self.stop_button, self.again_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        return panel

    def begin(self) -> None:
        """Show that plans are being looked for."""
        self.show_plans(())
        self.bar.setValue(0)
        self.bar.show()
        self.phase.setText(_("Reading the week"))
        self.stop_button.setEnabled(True)
        self.stop_button.show()
        self.again_button.hide()
        self.pages.setCurrentWidget(self.waiting)

    def show_progress(self, progress: RepairProgress) -> None:
        """Show by which aim the engine searches."""
        share = min(1.0, progress.seconds / progress.most_seconds)
        self.bar.setValue(int(_STEPS * (progress.n_done + share) / progress.n_aims))
        if self.stop_button.isEnabled():
            self.phase.setText(_(words.SEARCHES[progress.aim]))

    def show_stopping(self) -> None:
        """Show that the engine was asked to stop."""
        self.stop_button.setEnabled(False)
        self.phase.setText(_("Stopping; the plans so far are kept"))

    def show_plans(self, plans: tuple[RepairPlan, ...]) -> None:
        """Show plans in place of those before."""
        for column in self.columns:
            self._side_by_side.removeWidget(column)
            column.hide()
            column.deleteLater()
        self.columns = [PlanColumn(plan, self._records) for plan in plans]
        for column in self.columns:
            column.taken.connect(self.taken)
            self._side_by_side.addWidget(column, stretch=1)
        if plans:
            self.pages.setCurrentWidget(self._shown)

    def end(self, text: str = "") -> None:
        """Show that the engine has ended."""
        self.bar.hide()
        self.stop_button.hide()
        self.again_button.show()
        self.phase.setText(text)
        if self.columns:
            self.columns[0].people.setFocus()
        else:
            self.pages.setCurrentWidget(self.none)
