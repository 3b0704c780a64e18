"""The palette: a line to type in over the window, and below it what that finds."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QPoint, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from planner.words import _
from ui.palette.matching import Choice, ranked
from ui.palette.rows import CHOICE_ROLE, MATCH_ROLE, RowDelegate
from ui.palette.targets import Target
from ui.preferences import Preferences
from ui.widgets import label

_WIDTH_PX = 640
_MARGIN_PX = 24
_N_ROWS = 8
_MOST_FOUND = 60
_LIST_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_TAB_KEYS = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_OWN_KEYS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)
_SHADE = QColor(0, 0, 0, 70)
_ENTER_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CommandPalette(QWidget):
    """Gives a command, or goes to a person, place or week, by a few typed letters.

    Parameters
    ----------
    actions
        Every command of the window; an action is remembered by its object name.
    targets
        What can be gone to, asked for with what is typed, once something is; they are narrowed and
        ranked here.
    preferences
        Where the commands used lately are kept.
    """

    def __init__(
        self,
        parent: QWidget,
        actions: Callable[[], Iterable[QAction]],
        targets: Callable[[str], Iterable[Target]],
        preferences: Preferences,
    ) -> None:
        # Inside the window: a popup of its own cannot have the keyboard everywhere.
        super().__init__(parent.window())
        self._window = parent.window()
        self._actions = actions
        self._targets = targets
        self._preferences = preferences
        self._focus_before: QWidget | None = None
        self.setAccessibleName(_("Command palette"))
        self.hide()
        self._window.installEventFilter(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Command, person, place or week"))
        self.search.setAccessibleName(_("Search commands, people, places and weeks"))
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.found = QListWidget()
        self.found.setAccessibleName(_("Found"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setUniformItemSizes(True)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setMouseTracking(True)
        self._rows = RowDelegate(self.found)
        self.found.setItemDelegate(self._rows)
        self.found.itemClicked.connect(self._choose)
        self.found.currentItemChanged.connect(self._read_aloud)
        self.nothing = label("", "muted", wraps=True)
        self.nothing.setContentsMargins(14, 12, 14, 12)
        self._lay_out()

    def open(self) -> None:
        """Show the palette over its window, empty, with what was used lately first."""
        self._focus_before = QApplication.focusWidget()
        self.search.clear()
        self._find()
        self._cover()
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # the window's shortcuts wait until the palette is closed
                return True
            if event.type() is QEvent.Type.KeyPress:
                return self._take_key(event)
        elif event.type() is QEvent.Type.Resize and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self._close()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), _SHADE)

    def _take_key(self, event: QKeyEvent) -> bool:
        is_palette_key = event.keyCombination() == _OWN_KEYS
        if event.key() in _LIST_KEYS:
            QApplication.sendEvent(self.found, event)
        elif event.key() in _ENTER_KEYS:
            self._choose(self.found.currentItem())
        elif event.key() == Qt.Key.Key_Escape or is_palette_key:
            self._close()
        else:
            return event.key() in _TAB_KEYS  # there is nowhere else to go
        return True

    def _cover(self) -> None:
        """Lie over the whole window, the card in its upper middle."""
        window = self._window
        self.setGeometry(window.rect())
        self.card.setFixedWidth(min(_WIDTH_PX, window.width() - 2 * _MARGIN_PX))
        top = max(window.height() // 9, _MARGIN_PX)
        self.card.move(QPoint((window.width() - self.card.width()) // 2, top))

    def _close(self) -> None:
        self.hide()
        if self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _lay_out(self) -> None:
        top = QWidget()
        above = QVBoxLayout(top)
        above.setContentsMargins(10, 10, 10, 8)
        above.addWidget(self.search)
        keys = label(_("↑ ↓ choose · Enter do it · Esc close"), "small")
        keys.setContentsMargins(14, 6, 14, 7)
        self.card = QFrame(self)
        self.card.setProperty("card", True)  # noqa: FBT003 - Qt's signature
        layout = QVBoxLayout(self.card)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(self.found)
        layout.addWidget(self.nothing)
        layout.addWidget(keys)

    @Slot()
    def _find(self) -> None:
        typed = self.search.text()
        hits = ranked(typed, self._choices(typed), self._preferences.recent_commands)
        self.found.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.found.clear()
        for choice, match in hits[:_MOST_FOUND]:
            item = QListWidgetItem(choice.text)
            item.setData(CHOICE_ROLE, choice)
            item.setData(MATCH_ROLE, match)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(choice))
            self.found.addItem(item)
        self.found.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.found.setCurrentRow(0)
        self.found.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        self.nothing.setText(_("Nothing is called “{typed}”. Try fewer letters.", typed=typed))
        self.found.setFixedHeight(min(len(hits), _N_ROWS) * self._rows.height())
        self.card.adjustSize()

    def _choices(self, typed: str) -> list[Choice[QAction | Target]]:
        choices: list[Choice[QAction | Target]] = [
            _of_action(action)
            for action in self._actions()
            if action.text() and action.isVisible() and not action.isSeparator()
        ]
        if typed.strip():
            choices += [
                Choice(value=target, text=target.text, hint=target.hint)
                for target in self._targets(typed)
            ]
        return choices

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        choice: Choice[QAction | Target] | None = item.data(CHOICE_ROLE) if item else None
        if choice is None or not choice.is_possible:
            return
        self._close()  # first: what is done may need what had the keyboard before
        if isinstance(choice.value, Target):
            choice.value.go()
        else:
            self._preferences.remember_command(choice.name)
            choice.value.trigger()

    @Slot(QListWidgetItem)
    def _read_aloud(self, item: QListWidgetItem | None) -> None:
        # The keyboard stays in the line, so a screen reader would not hear of the list.
        if item is not None and QAccessible.isActive():
            spoken = item.data(Qt.ItemDataRole.AccessibleTextRole)
            event = QAccessibleAnnouncementEvent(self.search, spoken)
            QAccessible.updateAccessibility(event)


def _of_action(action: QAction) -> Choice[QAction | Target]:
    text = _without_key_letter(action.text())
    tip = action.toolTip()
    return Choice(
        value=action,
        text=text,
        hint="" if tip in {text, text.rstrip(" …")} else tip,
        keys=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
        name=action.objectName() or text,
        is_possible=action.isEnabled(),
    )


def _without_key_letter(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _spoken(choice: Choice[QAction | Target]) -> str:
    state = choice.keys if choice.is_possible else _("not now")
    return ", ".join(part for part in (choice.text, choice.hint, state) if part)
