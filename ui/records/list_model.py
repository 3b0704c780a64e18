"""The records of a set as a table that is searched, narrowed and sorted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from planner.domain.ids import EmployerId, SquadId
from planner.domain.plan import Plan
from planner.domain.records import record_key, record_type, references
from planner.services.records.names import reference_name
from planner.services.records.saving import field_text
from planner.words import _
from ui.folding import folded
from ui.records.choices import weekday
from ui.records.narrowing import holds_on, is_of
from ui.records.specs import Column, FieldSpec, Kind, SetSpec
from ui.widgets import sorted_by_name


@dataclass(frozen=True, slots=True)
class Line:
    """A record and its cells; ``wanted`` is what a search looks in."""

    record: Any
    cells: tuple[str, ...]
    wanted: str


class ListModel(QAbstractTableModel):
    """Holds every record of a set and shows those that are wanted, in order."""

    def __init__(self, spec: SetSpec, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self._plan = Plan()
        self._lines: tuple[Line, ...] = ()
        self.shown: tuple[Line, ...] = ()
        self._column, self._is_descending = 0, False

    def show_plan(self, plan: Plan) -> None:
        """Hold the records of a plan; :meth:`narrow` shows them."""
        self._plan = plan
        cell_of = [_cell_of(self._spec, column) for column in self._spec.columns]
        lines = []
        for record in getattr(plan, self._spec.set_name):
            cells = tuple(text(plan, record) for text in cell_of)
            wanted = folded(" ".join((*cells, str(getattr(record, "id", ""))))).letters
            lines.append(Line(record, cells, wanted))
        self._lines = tuple(lines)

    def narrow(
        self,
        *,
        text: str = "",
        employer: EmployerId | None = None,
        squad: SquadId | None = None,
        day: date | None = None,
    ) -> None:
        """Show the records with all words of a text, of an employer and squad, on a day."""
        words = folded(text).letters.split()
        self.beginResetModel()
        self.shown = tuple(
            line
            for line in self._sorted()
            if all(word in line.wanted for word in words)
            and is_of(self._plan, line.record, employer=employer, squad=squad)
            and (day is None or holds_on(self._plan, self._spec.set_name, line.record, day))
        )
        self.endResetModel()

    def n_all(self) -> int:
        """Return how many records the set has."""
        return len(self._lines)

    def sort_by(self, column: int, order: Qt.SortOrder) -> None:
        """Sort by a column from the next :meth:`narrow` on."""
        self._column, self._is_descending = column, order is Qt.SortOrder.DescendingOrder

    def row_of(self, key: tuple[Any, ...]) -> int:
        """Return the row of the record with that key; -1 when it is not shown."""
        name = self._spec.set_name
        return next(
            (n for n, line in enumerate(self.shown) if record_key(name, line.record) == key), -1
        )

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.shown)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._spec.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            column = self._spec.columns[section]
            own = column if isinstance(column, Column) else self._spec.field(column)
            return _(own.label)
        return None

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.shown[index.row()].cells[index.column()]
        return None

    def _sorted(self) -> list[Line]:
        at = self._column
        column = self._spec.columns[at]
        if isinstance(column, str) and self._spec.field(column).kind in _BY_VALUE:
            lines = sorted(self._lines, key=lambda line: _rank(getattr(line.record, column)))
        else:
            lines = sorted_by_name(self._lines, lambda line: line.cells[at])
        return lines[::-1] if self._is_descending else lines


_BY_VALUE = {Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.INSTANT, Kind.WEEKDAY}


def _rank(value: Any) -> tuple[bool, Any]:
    """Put what is missing last; what is there can be compared."""
    return value is None, 0 if value is None else value


def _cell_of(spec: SetSpec, column: str | Column) -> Callable[[Plan, Any], str]:
    if isinstance(column, Column):
        return column.text
    field = spec.field(column)
    named = references(record_type(spec.set_name)).get(column)

    def cell(plan: Plan, record: Any) -> str:
        return shown_value(plan, field, getattr(record, column), named)

    return cell


def shown_value(plan: Plan, spec: FieldSpec, value: Any, named: str | None) -> str:
    """Return a field's value in words."""
    if value is None:
        return ""
    if named is not None:
        return reference_name(plan, named, value)
    match spec.kind:
        case Kind.CHOICE:
            return _(spec.choices[value]) if value in spec.choices else str(value)
        case Kind.WEEKDAY:
            return weekday(value)
        case Kind.FLAG:
            return _("Yes") if value else ""
        case _:
            text = field_text(value, plan.zone)
            return f"{text} {_(spec.unit)}" if spec.unit else text
