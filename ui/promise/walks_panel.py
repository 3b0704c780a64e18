"""Safety walks: three linked meetings each, and what a walk found to mend."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from planner.domain.follow_up import PromiseFollowUp
from planner.domain.followed_events import FollowedMeeting, FollowedWalk, MeetingState
from planner.domain.promises import WalkAction
from planner.promise_words import MEETING_STATES, MEETINGS, REASONS, REPORTED
from planner.words import _, full_date, short_date
from ui.theme import tokens
from ui.widgets import label, text_button
from ui.widgets.tones import ToneDelegate

_WHAT, _WHEN, _STATE = range(3)
_ROW_PX = 28
_SPOT = Qt.ItemDataRole.UserRole
_TONES = {
    MeetingState.HELD: "success",
    MeetingState.NOT_HELD: "danger",
    MeetingState.NOT_REPORTED: "warning",
    MeetingState.OUTSIDE: "warning",
}


class WalksPanel(QWidget):
    """Shows how far each walk has come; a double click or Enter on a meeting shows its day."""

    spot_asked = Signal(str, object)
    """Id of a walk and the ``date`` of one of its meetings."""
    record_asked = Signal(str, str)
    """Set and id of a record that is to be edited."""

    def __init__(self) -> None:
        super().__init__()
        self.said = label("", "muted", wraps=True)
        self.tree = QTreeWidget()
        self.tree.setItemDelegate(ToneDelegate(self.tree))
        self.tree.setAccessibleName(_("Safety walks with their meetings and actions"))
        self.tree.setHeaderLabels([_("Walk, meeting or action"), _("When, or by whom"), _("State")])
        self.tree.header().setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        self.tree.setColumnWidth(_WHEN, 260)
        self.tree.setColumnWidth(_STATE, 320)
        self.tree.header().setStretchLastSection(False)
        self.tree.itemActivated.connect(self._open)
        self._edit = text_button(_("Edit the walk …"))
        self._edit.clicked.connect(self._ask_record)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(self.said)
        layout.addWidget(self.tree, stretch=1)
        layout.addWidget(self._edit, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_follow_up(self, found: PromiseFollowUp) -> None:
        """Show the walks of a promise."""
        walks = {walk.walk: walk for one in found.measures for walk in one.walks}
        self.tree.clear()
        for walk in walks.values():
            self.tree.addTopLevelItem(_walk_item(walk, found.now.date()))
        self.tree.expandAll()
        self._edit.setEnabled(bool(walks))
        self.said.setText(
            _(
                "A walk counts when all three meetings were held in the period, each reported "
                "done by everybody whom it asked for."
            )
            if walks
            else _("No walk has a meeting in the period; add walks and their meetings in the data.")
        )

    @Slot(QTreeWidgetItem)
    def _open(self, item: QTreeWidgetItem) -> None:
        spot = item.data(_WHAT, _SPOT)
        if spot is not None and spot[1] is not None:
            self.spot_asked.emit(*spot)

    @Slot()
    def _ask_record(self) -> None:
        item = self.tree.currentItem() or self.tree.topLevelItem(0)
        while item is not None and item.parent() is not None:
            item = item.parent()
        if item is not None:
            self.record_asked.emit("safety_walks", item.data(_WHAT, _SPOT)[0])


def _item(*texts: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem(list(texts))
    item.setSizeHint(_WHAT, QSize(0, _ROW_PX))
    for column, text in enumerate(texts):
        item.setToolTip(column, text)
    return item


def _walk_item(walk: FollowedWalk, today: object) -> QTreeWidgetItem:
    state = _(REPORTED[walk.reported])
    if not walk.counts:
        state = _("does not count: a meeting is outside the period")
    item = _item(walk.name, "", state)
    item.setData(_WHAT, _SPOT, (walk.walk, None))
    font = item.font(_WHAT)
    font.setBold(True)
    item.setFont(_WHAT, font)
    for meeting in walk.meetings:
        item.addChild(_meeting_item(walk, meeting))
    item.addChildren(list(_action_items(walk.actions, today)))
    return item


def _meeting_item(walk: FollowedWalk, meeting: FollowedMeeting) -> QTreeWidgetItem:
    state = _(MEETING_STATES[meeting.state])
    if meeting.reason is not None:
        state = _("{state}: {reason}", state=state, reason=_(REASONS[meeting.reason]))
    day = full_date(meeting.day) if meeting.day else "–"
    item = _item(_(MEETINGS[meeting.kind]), day, state)
    item.setData(_WHAT, _SPOT, (walk.walk, meeting.day))
    tone = _TONES.get(meeting.state)
    if tone is not None:
        item.setForeground(_STATE, QColor(getattr(tokens(), tone)))
    return item


def _action_items(actions: Iterable[WalkAction], today: object) -> Iterable[QTreeWidgetItem]:
    for action in actions:
        if action.done_day is not None:
            state = _("mended {day}", day=short_date(action.done_day))
        elif action.due_day is not None and str(action.due_day) < str(today):
            state = _("late, was due {day}", day=short_date(action.due_day))
        elif action.due_day is not None:
            state = _("due {day}", day=short_date(action.due_day))
        else:
            state = _("no day is set")
        text = _("Action: {text}", text=action.text)
        item = _item(text, action.responsible, state)
        item.setData(_WHAT, _SPOT, (action.walk, None))
        yield item
