"""The sheet as it was understood: what was read is marked, what was not is not there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from planner.domain.grids import Grid, GridDecisions, GridEntry, Mark, colors_of, is_left_out
from planner.words import _
from ui.imports.grids.meanings import tone_of
from ui.theme import Tokens, font, theme, tokens

_ROW_PX = 26
_LEAST_PX, _MOST_PX = 34, 190
_NAMED = frozenset({Mark.NAME, Mark.SQUAD})
"""What a row is called by while the sheet is scrolled."""
_ASIDE = _NAMED | {Mark.HEADING, Mark.UNREAD}
_ABSENT = "×"
_SPACE_PX = 28
_LIGHT = 140
"""Brightness of a fill, 0 to 255, from which black is read better on it than white."""
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Dress:
    """Fill and ink of a cell, as names of colours."""

    fill: str
    ink: str = "text"


DRESSES: Mapping[str, Dress] = {
    "shift": Dress("selection"),
    "absent": Dress("warning_fill", "warning"),
    "free": Dress("success_fill", "success"),
    "bound": Dress("neutral_fill"),
    "open": Dress("danger_fill", "danger"),
    "ignore": Dress("surface", "disabled"),
}
"""By what a cell came to."""
_MARKS: Mapping[Mark, Dress] = {
    Mark.DATE: Dress("raised"),
    Mark.HEADING: Dress("raised", "muted"),
    Mark.NAME: Dress("surface"),
    Mark.SQUAD: Dress("raised"),
    Mark.TIMES: Dress("surface"),
    Mark.CODE: Dress("surface"),
}


class PictureModel(QAbstractTableModel):
    """A sheet with what each cell came to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid: Grid | None = None
        self._decisions = GridDecisions()
        self._entry_at: dict[tuple[int, int], GridEntry] = {}
        self._colors: frozenset[str] = frozenset()
        self._name_of: dict[int, str] = {}
        self._squads: frozenset[str] = frozenset()
        self._code = ""
        theme().changed.connect(self.redraw)

    def show_grid(self, grid: Grid, decisions: GridDecisions) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self._grid = grid
        self._entry_at = {(entry.row - 1, entry.column - 1): entry for entry in grid.entries}
        self._colors = frozenset(colors_of(grid))
        self._name_of = {
            row: next((cell.text for cell in cells if cell.mark in _NAMED and cell.text), "")
            for row, cells in enumerate(grid.picture if not grid.is_transposed else ())
        }
        self._squads = frozenset(
            cell.text for row in grid.picture for cell in row if cell.mark is Mark.SQUAD
        )
        self._decisions = decisions
        self.endResetModel()

    def show_decisions(self, decisions: GridDecisions) -> None:
        """Show what cells come to now."""
        self._decisions = decisions
        self.redraw()

    def point_at(self, code: str) -> None:
        """Bring out the cells with a code or a colour; none when it is empty."""
        self._code = code
        self.redraw()

    def place_of(self, code: str) -> QModelIndex:
        """Return the first cell with a code or a colour."""
        for (row, column), entry in self._entry_at.items():
            if code in {entry.code, entry.color}:
                return self.index(row, column)
        return QModelIndex()

    def place_of_person(self, key: str) -> QModelIndex:
        """Return the first cell of somebody."""
        for (row, column), entry in self._entry_at.items():
            if entry.person == key:
                return self.index(row, column)
        return QModelIndex()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() or self._grid is None else len(self._grid.picture)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        if parent.isValid() or self._grid is None or not self._grid.picture:
            return 0
        return len(self._grid.picture[0])

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_row = orientation is Qt.Orientation.Vertical
        name = self._name_of.get(section, "") if is_row else ""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                number = str(section + 1) if is_row else letters(section)
                return f"{number}   {name}" if name else number
            case Qt.ItemDataRole.FontRole if name in self._squads:
                return font(weight=QFont.Weight.DemiBold)
            case Qt.ItemDataRole.TextAlignmentRole if is_row:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def is_name_column(self, column: int) -> bool:
        """Tell whether a column holds nothing but what its rows are called by."""
        marks = {row[column].mark for row in self._grid.picture} if self._grid else set()
        return bool(self._name_of) and Mark.NAME in marks and marks <= _ASIDE

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self._grid is None:
            return None
        at = (index.row(), index.column())
        cell, entry = self._grid.picture[at[0]][at[1]], self._entry_at.get(at)
        tone = (
            tone_of(self._decisions, entry)
            if entry and not is_left_out(entry, self._decisions)
            else ""
        )
        found: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found = _ABSENT if cell.mark is Mark.ABSENT else cell.text
            case Qt.ItemDataRole.ToolTipRole:
                found = _("absent") if cell.mark is Mark.ABSENT else cell.text
            case Qt.ItemDataRole.BackgroundRole:
                found = self._fill(tone, cell.mark, tokens())
                if self._is_colored(entry):
                    found = QColor(f"#{cell.color}")
            case Qt.ItemDataRole.ForegroundRole:
                dress = DRESSES.get(tone) or _MARKS.get(cell.mark) or Dress("", "disabled")
                found = QColor(tokens().as_map()[dress.ink])
                if self._is_colored(entry):
                    found = QColor("black" if luma(cell.color) > _LIGHT else "white")
            case Qt.ItemDataRole.FontRole if self._is_pointed(entry) or cell.mark is Mark.SQUAD:
                found = font(weight=QFont.Weight.DemiBold)
            case Qt.ItemDataRole.TextAlignmentRole if not self._is_left(at):
                found = _CENTRE
        return found

    def _fill(self, tone: str, mark: Mark, colors: Tokens) -> QColor | None:
        if tone in DRESSES:
            return QColor(colors.as_map()[DRESSES[tone].fill])
        return QColor(colors.as_map()[_MARKS[mark].fill]) if mark in _MARKS else None

    def _is_left(self, at: tuple[int, int]) -> bool:
        """Tell whether a cell's text begins at its left: a name, or what goes over several."""
        cells = self._grid.picture[at[0]] if self._grid else ()
        is_first = at[1] + 1 < len(cells) and cells[at[1] + 1].is_joined
        return is_first or cells[at[1]].mark in _NAMED

    def _is_colored(self, entry: GridEntry | None) -> bool:
        """Tell whether a cell shows its own fill, about which nothing was decided."""
        return (
            entry is not None
            and entry.color in self._colors
            and entry.color not in self._decisions.colors
        )

    def _is_pointed(self, entry: GridEntry | None) -> bool:
        return entry is not None and bool(self._code) and self._code in {entry.code, entry.color}

    @Slot()
    def redraw(self) -> None:
        """Paint every cell anew."""
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class Picture(QTableView):
    """Shows the sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = PictureModel(self)
        self.setModel(self.sheet)
        self.setAccessibleName(_("The sheet as it was understood"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setStyleSheet("QHeaderView::section { padding: 0 8px; }")

    def show_grid(self, grid: Grid, decisions: GridDecisions) -> None:
        """Show a sheet from its beginning."""
        self.sheet.show_grid(grid, decisions)
        metrics = QFontMetrics(font(weight=QFont.Weight.DemiBold))
        joined = set(self._join(grid))
        for column, cells in enumerate(zip(*grid.picture, strict=True)):
            texts = (cell.text for row, cell in enumerate(cells) if (row, column) not in joined)
            width = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            self.setColumnWidth(column, min(max(width + _SPACE_PX, _LEAST_PX), _MOST_PX))
            self.setColumnHidden(column, self.sheet.is_name_column(column))

    def _join(self, grid: Grid) -> Iterator[tuple[int, int]]:
        """Join the cells of a stretch; yield where each begins."""
        self.clearSpans()
        for row, cells in enumerate(grid.picture):
            start = 0
            for column in range(1, len(cells) + 1):
                if column < len(cells) and cells[column].is_joined:
                    continue
                if column - start > 1:
                    self.setSpan(row, start, 1, column - start)
                    yield row, start
                start = column

    def point_at(self, code: str) -> None:
        """Bring out a code or a colour, and go to its first cell."""
        self.sheet.point_at(code)
        self._go_to(self.sheet.place_of(code))

    def go_to_person(self, key: str) -> None:
        """Go to the row of somebody."""
        self._go_to(self.sheet.place_of_person(key), stays=True)

    def _go_to(self, place: QModelIndex, *, stays: bool = False) -> None:
        across = self.horizontalScrollBar().value()
        if place.isValid():
            self.scrollTo(place)
        if stays:
            self.horizontalScrollBar().setValue(across)


def letters(column: int) -> str:
    """Return what spreadsheets call a column: A to Z, AA …."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def luma(color: str) -> float:
    """Return how bright a colour ``rrggbb`` is, 0 to 255."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue
