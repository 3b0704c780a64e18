"""Asks what becomes of each school window that nobody covers, before a week is published."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.domain.duties import Moment
from planner.domain.ids import DutyId
from planner.domain.weeks import IsoWeek
from planner.services.views import Decision, UncoveredWindow
from planner.words import N_, _, clock_span, ngettext, short_date
from ui.widgets import label, text_button

_DECISIONS = {
    Decision.OWN_STAFF: N_("Own staff: the principal has agreed"),
    Decision.CANCELLED: N_("Cancelled: the principal has been called"),
}
_MOMENTS = {Moment.BEFORE: N_("before school"), Moment.AFTER: N_("after school")}
_ROW_PX = 46


class PublishDialog(QDialog):
    """Publishes nothing itself; ``decisions`` is what the user decided.

    Parameters
    ----------
    n_gaps
        Heads that lack anywhere, said before publishing.
    n_violations
        Broken rules that nobody has overridden, said too.
    """

    def __init__(
        self,
        week: IsoWeek,
        windows: tuple[UncoveredWindow, ...],
        zone: ZoneInfo,
        *,
        n_gaps: int,
        n_violations: int = 0,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Publish {week}", week=week))
        self._windows = windows
        self.choices: dict[DutyId, QComboBox] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(_("Publish {week}", week=week), "heading"))
        layout.addWidget(label(_summary(n_gaps, len(windows)), "muted", wraps=True))
        if n_violations:
            broken = ngettext("{n} broken rule.", "{n} broken rules.", n_violations)
            layout.addWidget(label(broken, wraps=True))
        if windows:
            layout.addLayout(self._make_for_all())
            layout.addWidget(self._make_table(zone), stretch=1)
        self._left = label("", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.publish_button = buttons.addButton(
            _("Publish"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.publish_button.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        below = QHBoxLayout()
        below.addWidget(self._left, stretch=1)
        below.addWidget(buttons)
        layout.addLayout(below)
        rows = _ROW_PX * (len(windows) + bool(n_violations))
        height = min(640, 270 + rows) if windows else 180
        self.resize(780 if windows else 480, height)
        self._count()

    def decisions(self) -> dict[DutyId, Decision]:
        """Return what was decided for each window decided so far."""
        return {
            duty: Decision(box.currentData())
            for duty, box in self.choices.items()
            if box.currentData()
        }

    def _make_for_all(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(_("For all"), "section"))
        for decision, slot in (
            (Decision.OWN_STAFF, self._give_all_to_schools),
            (Decision.CANCELLED, self._cancel_all),
        ):
            button = text_button(_(_DECISIONS[decision]))
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch()
        return row

    def _make_table(self, zone: ZoneInfo) -> QTableWidget:
        table = QTableWidget(len(self._windows), 3)
        table.setAccessibleName(_("School windows without anybody"))
        table.setHorizontalHeaderLabels([_("School"), _("Time"), _("Decision")])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        table.setShowGrid(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        across = table.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(2, QHeaderView.ResizeMode.Fixed)
        across.resizeSection(2, 300)
        for number, window in enumerate(self._windows):
            day = short_date(window.span.start.astimezone(zone).date())
            time = clock_span(window.span.start, window.span.end, zone)
            when = f"{day} {time}, {_(_MOMENTS[window.moment])}"
            table.setItem(number, 0, QTableWidgetItem(window.school))
            table.setItem(number, 1, QTableWidgetItem(when))
            box = QComboBox()
            box.setAccessibleName(f"{_('Decision')}: {window.school}, {when}")
            box.addItem(_("Choose …"), "")
            for decision, text in _DECISIONS.items():
                box.addItem(_(text), decision.value)
            box.currentIndexChanged.connect(self._count)
            self.choices[window.duty] = box
            table.setCellWidget(number, 2, _inset(box))
        return table

    @Slot()
    def _give_all_to_schools(self) -> None:
        self._decide_all(Decision.OWN_STAFF)

    @Slot()
    def _cancel_all(self) -> None:
        self._decide_all(Decision.CANCELLED)

    def _decide_all(self, decision: Decision) -> None:
        for box in self.choices.values():
            box.setCurrentIndex(box.findData(decision.value))

    @Slot()
    def _count(self) -> None:
        n_left = len(self._windows) - len(self.decisions())
        self.publish_button.setEnabled(n_left == 0)
        text = ngettext("{n} window left to decide", "{n} windows left to decide", n_left)
        self._left.setText(text if n_left else "")


def _inset(box: QComboBox) -> QWidget:
    """Return a cell that keeps its rows' boxes apart."""
    cell = QWidget()
    layout = QHBoxLayout(cell)
    layout.setContentsMargins(4, 6, 8, 6)
    layout.addWidget(box)
    return cell


def _summary(n_gaps: int, n_windows: int) -> str:
    parts = []
    if n_gaps:
        parts.append(
            ngettext(
                "{n} person is missing in the week; the gaps are listed beside the grid.",
                "{n} people are missing in the week; the gaps are listed beside the grid.",
                n_gaps,
            )
        )
    if n_windows:
        parts.append(
            ngettext(
                "{n} school window has nobody. A school's sheet is never blank, so decide.",
                "{n} school windows have nobody. A school's sheet is never blank, so decide each.",
                n_windows,
            )
        )
    if not parts:
        parts.append(_("Nothing is missing. The week gets a number and cannot be changed after."))
    return " ".join(parts)
