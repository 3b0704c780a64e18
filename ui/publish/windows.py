"""A decision for each school window that nobody covers."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.duties import Moment
from planner.domain.ids import DutyId
from planner.services.roster.views import Decision, UncoveredWindow
from planner.words import N_, _, clock_span, short_date
from ui.widgets import label, text_button

_DECISIONS = {
    Decision.OWN_STAFF: N_("Own staff: the principal has agreed"),
    Decision.CANCELLED: N_("Cancelled: the principal has been called"),
}
_FOR_ALL = {
    Decision.OWN_STAFF: N_("Own staff for all"),
    Decision.CANCELLED: N_("Cancelled for all"),
}
_MOMENTS = {Moment.BEFORE: N_("before school"), Moment.AFTER: N_("after school")}


class WindowDecisions(QWidget):
    """Asks for each window; what was decided of it for an earlier publication is chosen already."""

    changed = Signal()

    def __init__(
        self,
        windows: tuple[UncoveredWindow, ...],
        decided: Mapping[DutyId, Decision],
        zone: ZoneInfo,
    ) -> None:
        super().__init__()
        self.choices: dict[DutyId, QComboBox] = {}
        grid = QGridLayout()
        grid.setContentsMargins(14, 4, 14, 14)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        decision_name = _("Decision")
        for row, window in enumerate(windows):
            when = _when(window, zone)
            box = _ChoiceBox()
            box.setAccessibleName(f"{decision_name}: {window.school}, {when}")
            box.addItem(_("Choose …"), "")
            for decision, text in _DECISIONS.items():
                box.addItem(_(text), decision.value)
            if window.duty in decided:
                box.setCurrentIndex(box.findData(decided[window.duty].value))
            box.currentIndexChanged.connect(self.changed)
            self.choices[window.duty] = box
            what = QVBoxLayout()
            what.setSpacing(1)
            what.addWidget(label(window.school, "section", wraps=True))
            what.addWidget(label(when, "muted", wraps=True))
            grid.addLayout(what, row, 0)
            grid.addWidget(box, row, 1, Qt.AlignmentFlag.AlignVCenter)
        inside = QWidget()
        inside.setProperty("plain", True)  # noqa: FBT003 - Qt's signature
        below = QVBoxLayout(inside)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(grid)
        below.addStretch()
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        if len(windows) > 1:
            layout.addLayout(self._make_for_all())
        layout.addWidget(scroller, stretch=1)

    @property
    def n_left(self) -> int:
        """Windows without a decision."""
        return len(self.choices) - len(self.decisions())

    def decisions(self) -> dict[DutyId, Decision]:
        """Return what is decided for each window decided so far."""
        return {
            duty: Decision(box.currentData())
            for duty, box in self.choices.items()
            if box.currentData()
        }

    def decide_all(self, decision: Decision) -> None:
        """Decide the same for every window."""
        for box in self.choices.values():
            box.setCurrentIndex(box.findData(decision.value))

    def _make_for_all(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addStretch()
        for decision, text in _FOR_ALL.items():
            button = text_button(_(text))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked, chosen=decision: self.decide_all(chosen))
            row.addWidget(button)
        return row


class _ChoiceBox(QComboBox):
    """Does not change while somebody scrolls past it."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _when(window: UncoveredWindow, zone: ZoneInfo) -> str:
    day = short_date(window.span.start.astimezone(zone).date())
    time = clock_span(window.span.start, window.span.end, zone)
    return f"{day} {time}, {_(_MOMENTS[window.moment])}"
