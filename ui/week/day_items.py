"""What can be chosen in the timeline of a day: shifts, duties, bound time and absences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from planner.domain.spans import Span
from planner.services.week.day_views import DayRow, DayShift, DayView, DutyBlock
from planner.words import _, ngettext
from ui.week import day_words, words
from ui.week.narrowing import Narrowing

_ROOT = QModelIndex()
_SHOWN = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}


class ItemKind(StrEnum):
    """What an item is."""

    SHIFT = "shift"
    DUTY = "duty"
    BOUND = "bound"
    STANDBY = "standby"
    ABSENCE = "absence"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One block of a row; ``shift`` is also the one that a duty lies in."""

    row: int
    kind: ItemKind
    spans: tuple[Span, ...]
    shift: DayShift | None = None
    duty: DutyBlock | None = None
    title: str = ""

    @property
    def span(self) -> Span:
        """From the first start to the last end."""
        return Span(self.spans[0].start, self.spans[-1].end)

    @property
    def middle(self) -> datetime:
        """Halfway between start and end."""
        return self.span.start + (self.span.end - self.span.start) / 2


class DayModel(QAbstractListModel):
    """All blocks of the people shown, row by row, each row from left to right."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: DayView | None = None
        self.zone = ZoneInfo("UTC")
        self.rows: tuple[DayRow, ...] = ()
        self.items: tuple[Item, ...] = ()
        self.of_row: tuple[range, ...] = ()
        self._narrowing = Narrowing()
        self._is_free_shown = False

    def show(self, view: DayView) -> None:
        """Show another day, or another state of it."""
        self.view, self.zone = view, ZoneInfo(view.zone)
        self._fill()

    def narrow(self, narrowing: Narrowing) -> None:
        """Show only some of the people."""
        self._narrowing = narrowing
        self._fill()

    def show_free(self, *, is_shown: bool) -> None:
        """Show or hide people for whom nothing is planned."""
        self._is_free_shown = is_shown
        self._fill()

    def identity(self, number: int) -> tuple[object, ...]:
        """Return what tells an item apart from others, whatever day or state is shown."""
        item = self.items[number]
        shift = item.shift.shift if item.shift else None
        duty = item.duty.duty if item.duty else None
        begun = None if shift else item.span
        return item.kind, self.rows[item.row].staff, shift, duty, begun

    def number_of(self, identity: tuple[object, ...]) -> int:
        """Return the number of the item with this identity; -1 when it is not shown."""
        numbers = range(len(self.items))
        return next((number for number in numbers if self.identity(number) == identity), -1)

    def beside(self, number: int, n_rows: int) -> int:
        """Return the item so many rows below that is nearest in time; of the same kind if it can.

        Below the last row and above the first the nearest row counts.
        """
        item = self.items[number]
        row = min(max(item.row + n_rows, 0), len(self.rows) - 1)
        if row == item.row:
            return number

        def distance(other: int) -> tuple[bool, float]:
            near = self.items[other]
            is_other = ItemKind.DUTY in {near.kind, item.kind} and near.kind is not item.kind
            return is_other, abs((near.middle - item.middle).total_seconds())

        return min(self.of_row[row], key=distance, default=number)

    def lines(self, number: int) -> list[str]:
        """Return everything about an item, a line each; its person first."""
        item = self.items[number]
        row = self.rows[item.row]
        lines = [row.name]
        if item.duty is not None:
            lines += day_words.duty_lines(item.duty, self.zone)
        elif item.shift is not None:
            lines += day_words.shift_lines(item.shift, self.zone)
        elif item.kind is ItemKind.BOUND:
            lines.append(day_words.bound_line(item.title, item.span, self.zone))
        elif item.kind is ItemKind.STANDBY:
            lines.append(words.standby_text(item.span, self.zone))
        elif item.kind is ItemKind.ABSENCE:
            lines.append(day_words.absence_line(item.span, self.zone))
        else:
            lines.append(_("Free"))
        if row.n_findings and item.kind is not ItemKind.DUTY:
            lines.append(ngettext("{n} finding", "{n} findings", row.n_findings))
        return lines

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    @override
    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role in _SHOWN:
            return ", ".join(self.lines(index.row()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(self.lines(index.row()))
        return None

    def _fill(self) -> None:
        self.beginResetModel()
        view = self.view
        self.rows = tuple(filter(self._is_shown, view.rows)) if view else ()
        items: list[Item] = []
        of_row = []
        for number, row in enumerate(self.rows):
            begins = len(items)
            items += sorted(_items_of(number, row, view.span) if view else (), key=_order)
            of_row.append(range(begins, len(items)))
        self.items, self.of_row = tuple(items), tuple(of_row)
        self.endResetModel()

    def _is_shown(self, row: DayRow) -> bool:
        titles = (duty.title for shift in row.shifts for duty in shift.duties)
        return (self._is_free_shown or not row.is_free) and self._narrowing.shows(row, titles)


def _items_of(number: int, row: DayRow, whole: Span) -> Iterator[Item]:
    for shift in row.shifts:
        yield Item(row=number, kind=ItemKind.SHIFT, spans=shift.parts, shift=shift)
        for duty in shift.duties:
            if duty.span.overlaps(whole):
                spans = (duty.span,)
                yield Item(row=number, kind=ItemKind.DUTY, spans=spans, shift=shift, duty=duty)
    for title, span in row.bound:
        yield Item(row=number, kind=ItemKind.BOUND, spans=(span,), title=title)
    for span in row.standby:
        yield Item(row=number, kind=ItemKind.STANDBY, spans=(span,))
    for span in row.absences:
        yield Item(row=number, kind=ItemKind.ABSENCE, spans=(span,))
    if row.is_free:
        yield Item(row=number, kind=ItemKind.FREE, spans=(whole,))


def _order(item: Item) -> tuple[object, bool]:
    return item.span.start, item.kind is ItemKind.DUTY
