"""Records inside a form, a line or a card each, with as many fields in a line as there is room."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.words import _
from ui.records.fields import Fields, heading_of
from ui.records.specs import FieldSpec, InnerSpec, Kind
from ui.widgets import label

_CARD_COLUMNS = 3
_GAP_PX, _CARD_GAP_PX = 8, 10
_CARD_LEFT_PX, _CARD_RIGHT_PX = 12, 8
_APART_PX = 6
"""Between records of several lines, beside what is between lines."""
_NARROW_PX = 84
_NARROW = {Kind.NUMBER, Kind.TIME, Kind.NOTE}
_LEFT = Qt.AlignmentFlag.AlignLeft
_WORDY = {Kind.TEXT, Kind.CHOICE, Kind.REFERENCE}
_READABLE_PX = 130
"""What holds words is not put where it would have less room."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a field stands."""

    spec: FieldSpec
    line: int
    column: int
    n_columns: int = 1


class InnerHost(QWidget):
    """Shows records; folds them into more lines when it becomes narrower.

    Parameters
    ----------
    most
        Fields beside each other where there is room for all.
    removers
        A button for each record; none where none can be removed.
    """

    def __init__(
        self, spec: InnerSpec, rows: Sequence[Fields], removers: Sequence[QWidget], most: int
    ) -> None:
        super().__init__()
        self._spec, self._rows, self._removers = spec, rows, removers
        self._most = most
        self._n_beside = 0

    def fold(self) -> None:
        """Put the fields where there is room for them."""
        fitting = (n for n in range(self._most, 1, -1) if self._least_px(n) <= self.width())
        n_beside = next(fitting, 1)
        if n_beside != self._n_beside:
            self._n_beside = n_beside
            self._place(n_beside)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._least_px(1), super().minimumSizeHint().height())

    def _least_px(self, n_beside: int) -> int:
        """Return the least width with so many fields beside each other."""
        raise NotImplementedError

    def _place(self, n_beside: int) -> None:
        """Put at most so many fields beside each other."""
        raise NotImplementedError

    def _field_px(self, spec: FieldSpec) -> int:
        """Return the least width of a field in which it can be read."""
        cells = [_widget(row, spec) for row in self._rows]
        for cell in cells:
            cell.ensurePolished()
        least = max((cell.minimumSizeHint().width() for cell in cells), default=0)
        return max(least, _READABLE_PX) if spec.kind in _WORDY else least

    def _remover_px(self, gap_px: int) -> int:
        return max((one.sizeHint().width() + gap_px for one in self._removers), default=0)


class Lines(InnerHost):
    """A line each under common headings; in a narrow form two or more."""

    def __init__(
        self, spec: InnerSpec, rows: Sequence[Fields], removers: Sequence[QWidget]
    ) -> None:
        super().__init__(spec, rows, removers, len(spec.fields))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP_PX)
        self._grid.setVerticalSpacing(4)
        self._headings = {one.name: heading_of(one) for one in spec.fields}
        for row in rows:
            for one in spec.fields:
                _fit_into_line(row, one)
        self.fold()

    @override
    def _least_px(self, n_beside: int) -> int:
        def width_px(spec: FieldSpec) -> int:
            heading = self._headings[spec.name]
            heading.ensurePolished()
            return max(self._field_px(spec), heading.minimumSizeHint().width())

        places = _in_lines(self._spec.fields, n_beside)
        return _width_px(places, width_px, _GAP_PX) + self._remover_px(_GAP_PX)

    @override
    def _place(self, n_beside: int) -> None:
        grid, places = self._grid, _in_lines(self._spec.fields, n_beside)
        n_lines = places[-1].line + 1
        for number in range(grid.rowCount()):
            grid.setRowMinimumHeight(number, 0)
        for column in range(max(grid.columnCount(), len(self._spec.fields) + 2)):
            grid.setColumnStretch(column, 0)
        for place in places:
            heading = self._headings[place.spec.name]
            grid.addWidget(heading, place.line, place.column, 1, place.n_columns)
            last = place.column + place.n_columns - 1
            grid.setColumnStretch(last, max(grid.columnStretch(last), _share(place.spec)))
        if not any(_share(spec) for spec in self._spec.fields):
            grid.setColumnStretch(n_beside + 1, 1)
        for number, row in enumerate(self._rows):
            top = n_lines + number * (n_lines + 1)
            for place in places:
                cell, line = _widget(row, place.spec), top + place.line
                # What is never wider than its text would stand in the middle of a wide column.
                at = _LEFT if place.spec.kind is Kind.DATE else Qt.AlignmentFlag(0)
                under = 1 if self._removers and place.n_columns > 1 else 0
                grid.addWidget(cell, line, place.column, 1, place.n_columns + under, at)
            if self._removers:
                grid.addWidget(self._removers[number], top, n_beside)
            problem = next(iter(row.problems.values()))
            grid.addWidget(problem, top + n_lines, 0, 1, n_beside)
            if n_lines > 1:
                grid.setRowMinimumHeight(top + n_lines, _APART_PX)


class Cards(InnerHost):
    """A small form each."""

    def __init__(
        self, spec: InnerSpec, rows: Sequence[Fields], removers: Sequence[QWidget]
    ) -> None:
        super().__init__(spec, rows, removers, _CARD_COLUMNS)
        fixed = spec.fixed[0] if spec.fixed is not None else ""
        self._fields = tuple(one for one in spec.fields if one.name != fixed)
        self._cards: list[tuple[QGridLayout, dict[str, QLabel]]] = []
        self._titles: list[QLabel] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for row in rows:
            card = QFrame()
            card.setProperty("card", True)  # noqa: FBT003 - Qt's signature
            grid = QGridLayout(card)
            grid.setContentsMargins(_CARD_LEFT_PX, 8, _CARD_RIGHT_PX, 10)
            grid.setHorizontalSpacing(_CARD_GAP_PX)
            grid.setVerticalSpacing(2)
            self._cards.append((grid, {one.name: heading_of(one) for one in self._fields}))
            layout.addWidget(card)
            for one in self._fields:
                _fit(row, one)
            if fixed:
                choices = next(one.choices for one in spec.fields if one.name == fixed)
                self._titles.append(label(_(choices[getattr(row.record, fixed)]), "section"))
        self.fold()

    @override
    def _least_px(self, n_beside: int) -> int:
        places = _in_card(self._fields, n_beside)
        inside = _width_px(places, self._field_px, _CARD_GAP_PX)
        return inside + self._remover_px(_CARD_GAP_PX) + _CARD_LEFT_PX + _CARD_RIGHT_PX

    @override
    def _place(self, n_beside: int) -> None:
        places, below = _in_card(self._fields, n_beside), 1 if self._titles else 0
        for number, (row, (grid, headings)) in enumerate(zip(self._rows, self._cards, strict=True)):
            if self._titles:
                grid.addWidget(self._titles[number], 0, 0, 1, n_beside)
            for place in places:
                name, top = place.spec.name, below + 3 * place.line
                inside = (headings[name], _widget(row, place.spec), row.problems[name])
                for step, part in enumerate(inside):
                    grid.addWidget(part, top + step, place.column, 1, place.n_columns)
            for column in range(_CARD_COLUMNS + 1):
                grid.setColumnStretch(column, 1 if column < n_beside else 0)
            if self._removers:
                at_top = Qt.AlignmentFlag.AlignTop
                grid.addWidget(self._removers[number], 0, n_beside, 2, 1, at_top)


def _in_lines(specs: Sequence[FieldSpec], n_beside: int) -> tuple[_Place, ...]:
    """Return places in lines one after the other; the last of a further line gets its rest."""
    places = []
    for number, spec in enumerate(specs):
        line, column = divmod(number, n_beside)
        is_last = line > 0 and number == len(specs) - 1
        places.append(_Place(spec, line, column, n_beside - column if is_last else 1))
    return tuple(places)


def _in_card(specs: Iterable[FieldSpec], n_beside: int) -> tuple[_Place, ...]:
    """Return places in lines one after the other; a wide field has one of its own."""
    places, line, column = [], 0, 0
    for spec in specs:
        n_columns = n_beside if spec.is_wide else 1
        if column + n_columns > n_beside:
            line, column = line + 1, 0
        places.append(_Place(spec, line, column, n_columns))
        column += n_columns
    return tuple(places)


def _width_px(places: Iterable[_Place], width_px: Callable[[FieldSpec], int], gap_px: int) -> int:
    """Return the least width of a grid of fields with these widths."""
    columns: dict[int, int] = defaultdict(int)
    spanning = []
    for place in places:
        if place.n_columns == 1:
            columns[place.column] = max(columns[place.column], width_px(place.spec))
        else:
            spanning.append(place)
    whole = sum(columns.values()) + gap_px * max(len(columns) - 1, 0)
    for place in spanning:
        before = sum(columns[column] + gap_px for column in range(place.column))
        whole = max(whole, before + width_px(place.spec))
    return whole


def _share(spec: FieldSpec) -> int:
    """Return how much of a line's spare width a field gets."""
    if spec.kind in _NARROW or spec.kind is Kind.DATE:
        return 0
    return 2 if spec.is_wide else 1


def _widget(row: Fields, spec: FieldSpec) -> QWidget:
    return row.notes[spec.name][0] if spec.name in row.notes else row.editors[spec.name]


def _fit(row: Fields, spec: FieldSpec) -> None:
    """Let a field be as wide as there is room, and no higher than it has to be."""
    if spec.name in row.editors:
        policy = QSizePolicy.Policy
        row.editors[spec.name].setSizePolicy(policy.Preferred, policy.Fixed)


def _fit_into_line(row: Fields, spec: FieldSpec) -> None:
    """Let a field be as narrow as what it holds."""
    _fit(row, spec)
    if spec.name not in row.editors:
        return
    field = row.editors[spec.name].field
    if spec.kind in _NARROW:
        field.setMaximumWidth(_NARROW_PX)
    if spec.kind is Kind.CHOICE and isinstance(field, QComboBox):
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        field.setMinimumContentsLength(0)
    if spec.kind is Kind.DATE:
        field.setMaximumWidth(field.minimumWidth())
