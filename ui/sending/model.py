"""The recipients as a table: who, where, which version, what became of it."""

from collections.abc import Iterable
from enum import IntEnum, auto
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor
from typing_extensions import override

from planner.services.send.send_list import Recipient, RecipientState
from planner.words import N_, _, short_date
from ui.sending import words
from ui.theme import pixmap, tokens
from ui.widgets.things_model import Index, Role, ThingsModel

_SYMBOL_PX = 16


class Column(IntEnum):
    """The columns, from the left."""

    NAME = 0
    ADDRESS = auto()
    VERSION = auto()
    STATE = auto()
    ANSWERED = auto()


_HEADINGS = (N_("Name"), N_("Address"), N_("Version"), N_("State"), N_("Answered"))


class Show(IntEnum):
    """Which recipients are shown."""

    ALL = 0
    TO_DO = auto()
    """Somebody is to get a message, or it is to be decided whether one was sent."""
    UNANSWERED = auto()


class RecipientModel(ThingsModel[Recipient]):
    """Whoever is shown; those who are marked are to get the message.

    At first those are marked who are to get something and have an address.
    """

    marks_changed = Signal()
    answered = Signal(object, bool)
    """A ``Recipient`` whose answer is ticked off, or is not any more."""

    def __init__(self, zone: ZoneInfo, parent: QObject | None = None) -> None:
        super().__init__(_HEADINGS, parent)
        self._zone = zone
        self._all: tuple[Recipient, ...] = ()
        self._marked: set[str] = set()

    def mark_due(self) -> None:
        """Mark those who are to get something and have an address, and nobody else."""
        self._marked = {one.id for one in self._all if one.is_due and one.address}
        self._tell_marks()

    def unmark_all(self) -> None:
        """Let nobody get the message, shown or not."""
        self._marked = set()
        self._tell_marks()

    def show_list(self, in_order: Iterable[Recipient]) -> None:
        """Show a list anew; the marks of those to whom nothing has happened stay."""
        before = {one.id: (one.state, one.last) for one in self._all}
        marked = self._marked
        self._all = tuple(in_order)
        self._marked = {
            one.id
            for one in self._all
            if one.address
            and (one.id in marked if before.get(one.id) == (one.state, one.last) else one.is_due)
        }
        self.narrow(Show.ALL, "")
        self.marks_changed.emit()

    def narrow(self, show: Show, text: str) -> None:
        """Show those only that a filter lets through and whose name or address holds a text."""
        typed = text.casefold().strip()
        self._fill(
            one
            for one in self._all
            if _passes(one, show) and typed in f"{one.name} {one.address}".casefold()
        )

    def count(self, show: Show) -> int:
        """Return how many a filter lets through."""
        return sum(_passes(one, show) for one in self._all)

    def everybody(self) -> tuple[Recipient, ...]:
        """Return all of them, shown or not."""
        return self._all

    def row_of(self, id_: str) -> int:
        """Return where somebody is shown; -1 for nowhere."""
        return next((row for row, one in enumerate(self._rows) if one.id == id_), -1)

    def marked(self) -> list[Recipient]:
        """Return who is to get the message, shown or not."""
        return [one for one in self._all if one.id in self._marked]

    def mark(self, rows: Iterable[int], *, is_marked: bool) -> None:
        """Say whether those in some rows are to get the message."""
        ids = {self._rows[row].id for row in rows if self._rows[row].address}
        self._marked = self._marked | ids if is_marked else self._marked - ids
        self._tell_marks()

    def _tell_marks(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, Column.NAME)
            self.dataChanged.emit(self.index(0, Column.NAME), last)
        self.marks_changed.emit()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        one = self._rows[index.row()]
        is_markable = index.column() == Column.NAME and one.address
        if is_markable or (index.column() == Column.ANSWERED and _is_held(one)):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        one, column = self._rows[index.row()], Column(index.column())
        match role:
            case Role.DisplayRole | Role.ToolTipRole:
                return self._text(one, column) or None
            case Role.CheckStateRole:
                return self._tick(one, column)
            case Role.DecorationRole if column is Column.STATE:
                symbol, tone = _look(one)
                return pixmap(symbol, tokens().as_map()[tone], _SYMBOL_PX)
            case Role.ForegroundRole if column in {Column.ADDRESS, Column.VERSION}:
                return QColor(tokens().muted)
            case Role.AccessibleTextRole:
                return self._spoken(one, column)
            case _:
                return None

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole:
            return False
        is_ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        if index.column() == Column.NAME:
            self.mark([index.row()], is_marked=is_ticked)
        else:
            self.answered.emit(self._rows[index.row()], is_ticked)
        return True

    def _text(self, one: Recipient, column: Column) -> str:
        match column:
            case Column.NAME:
                return one.name
            case Column.ADDRESS:
                return one.address
            case Column.VERSION:
                return str(words.held_version(one))
            case Column.STATE:
                return words.state_text(one, self._zone)
            case Column.ANSWERED:
                at = one.got.answered_at if one.is_answered and one.got else None
                return short_date(at.astimezone(self._zone).date()) if at else ""

    def _tick(self, one: Recipient, column: Column) -> Qt.CheckState | None:
        if column is Column.NAME and one.address:
            return _ticked(one.id in self._marked)
        if column is Column.ANSWERED and _is_held(one):
            return _ticked(one.is_answered)
        return None

    def _spoken(self, one: Recipient, column: Column) -> str | None:
        """Return what a screen reader says of a cell that a tick alone tells of."""
        if column is Column.NAME:
            is_marked = one.id in self._marked
            return _("{name}, is to get the message", name=one.name) if is_marked else one.name
        if column is Column.ANSWERED and _is_held(one):
            return _("Answered") if one.is_answered else _("Not answered")
        return None


def _passes(one: Recipient, show: Show) -> bool:
    match show:
        case Show.ALL:
            return True
        case Show.TO_DO:
            return one.is_due or one.state is RecipientState.UNCERTAIN
        case Show.UNANSWERED:
            return one.is_unanswered


def _is_held(one: Recipient) -> bool:
    return one.is_answered or one.is_unanswered


def _look(one: Recipient) -> tuple[str, str]:
    return words.NO_ADDRESS_LOOK if one.is_due and not one.address else words.LOOKS[one.state]


def _ticked(is_so: bool) -> Qt.CheckState:  # noqa: FBT001 - a conversion
    return Qt.CheckState.Checked if is_so else Qt.CheckState.Unchecked
