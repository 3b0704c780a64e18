"""The call list: whom to call, what to ask, and what they said."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.calls import CallEntry, CallState
from planner.services.repair.calls import Call
from planner.words import N_, _, ngettext
from ui.repair import words
from ui.widgets import EmptyState, label, text_button
from ui.widgets.notes import NoteList

_ANSWERS = (
    (CallState.ASKED, N_("Asked"), "clock", "1"),
    (CallState.ACCEPTED, N_("Accepted"), "check", "2"),
    (CallState.DECLINED, N_("Declined"), "x", "3"),
)


class CallPage(QWidget):
    """Lists calls; the keys 1, 2 and 3 say what came of the one that is chosen."""

    answered = Signal(object, object)
    """The ``CallEntry`` and its new ``CallState``."""
    again_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._calls: tuple[Call, ...] = ()
        self.calls = NoteList(_("Call list"))
        self.calls.currentRowChanged.connect(self._judge)
        self.none = EmptyState(
            "circle-check",
            _("Nobody has to be called"),
            _("Who gets new working time by a plan that you take over is listed here."),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.none)
        self.pages.addWidget(self.calls)
        self.said = label("", "muted", wraps=True)
        self.buttons = {}
        self.shortcuts = {}
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 10, 14, 10)
        foot.setSpacing(8)
        foot.addWidget(self.said, stretch=1)
        self.again_button = text_button(_("Plan again"), "play")
        self.again_button.setToolTip(_("Look for somebody else for what was declined"))
        self.again_button.clicked.connect(self.again_asked)
        self.again_button.setAutoDefault(False)
        foot.addWidget(self.again_button)
        for state, text, symbol, key in _ANSWERS:
            button = text_button(f"{key}  {_(text)}", symbol)
            button.setAccessibleName(_(text))
            button.setToolTip(_("{what} (key {key})", what=_(text), key=key))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, state=state: self.answer(state))
            foot.addWidget(button)
            self.buttons[state] = button
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(button.click)
            self.shortcuts[state] = shortcut
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pages, stretch=1)
        layout.addLayout(foot)
        self._judge()

    def show_calls(self, calls: tuple[Call, ...], zone: ZoneInfo) -> None:
        """Show a list, and choose the first who has not answered."""
        self._calls = calls
        self.calls.fill(words.call_note(call, zone) for call in calls)
        self.pages.setCurrentWidget(self.calls if calls else self.none)
        open_rows = [row for row, call in enumerate(calls) if call.entry.state.is_open]
        if calls:
            self.calls.setCurrentRow(open_rows[0] if open_rows else 0)
        n_declined = sum(call.entry.state is CallState.DECLINED for call in calls)
        self.again_button.setVisible(n_declined > 0)
        self.said.setText(self._summary(len(open_rows), n_declined))
        self._judge()

    def chosen(self) -> CallEntry | None:
        """Return the entry that is chosen."""
        row = self.calls.currentRow()
        return self._calls[row].entry if 0 <= row < len(self._calls) else None

    def answer(self, state: CallState) -> None:
        """Say what came of the call that is chosen."""
        entry = self.chosen()
        if entry is not None and self.buttons[state].isEnabled():
            for button in self.buttons.values():
                button.setEnabled(False)
            self.answered.emit(entry, state)

    def _summary(self, n_open: int, n_declined: int) -> str:
        if not self._calls:
            return ""
        said = [
            ngettext("{n} has not answered", "{n} have not answered", n_open)
            if n_open
            else _("Everybody has answered")
        ]
        if n_declined:
            said.append(
                ngettext("{n} declined: the gap stays", "{n} declined: the gaps stay", n_declined)
            )
        return " · ".join(said)

    @Slot()
    def _judge(self) -> None:
        entry = self.chosen()
        for state, button in self.buttons.items():
            button.setEnabled(entry is not None and entry.state.is_open and entry.state != state)
