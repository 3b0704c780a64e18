"""Records edited inside another's form: a line or a small form each."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.plan import Plan
from planner.services.records.bundles import Bundle
from planner.words import _
from ui.records.editors import Editor
from ui.records.fields import Fields, heading_of
from ui.records.offers import blank_record
from ui.records.problem_label import ProblemLabel
from ui.records.specs import FieldSpec, InnerSpec, Kind, Layout
from ui.widgets import icon_button, label, text_button

_CARD_COLUMNS = 3
_NARROW_PX = 84
_NARROW = {Kind.NUMBER, Kind.TIME, Kind.NOTE}


class InnerEditor(QWidget):
    """Edits the records of a set that belong to the record of the form."""

    changed = Signal()

    def __init__(self, spec: InnerSpec) -> None:
        super().__init__()
        self.spec = spec
        self._plan = Plan()

    def follow(self, editors: dict[str, Editor]) -> None:
        """Look at fields of the form's record that matter here."""

    def show_plan(self, plan: Plan) -> None:
        """Offer what a plan holds."""
        self._plan = plan

    def show_bundle(self, bundle: Bundle) -> None:
        """Show the records of the spec's set."""
        raise NotImplementedError

    def read(self) -> tuple[Any, ...] | None:
        """Return the records as they are written; nothing, and why shown, if they cannot be."""
        raise NotImplementedError

    def peek(self) -> tuple[Any, ...] | None:
        """Return the records as they are written, or nothing if they cannot be read."""
        raise NotImplementedError

    def show_problem(self, number: int, field: str, text: str) -> None:
        """Say what is wrong with the record of that number."""
        raise NotImplementedError

    def first_wrong(self) -> QWidget | None:
        """Return the first widget that something is wrong with."""
        raise NotImplementedError

    def state(self) -> object:
        """Return what is written, to tell whether it was changed."""
        raise NotImplementedError

    def preview(self, bundle: Bundle | None) -> None:
        """Show what the whole form comes to, as far as it can be read."""


class InnerTable(InnerEditor):
    """Lines, or cards for records with many fields."""

    def __init__(self, spec: InnerSpec) -> None:
        super().__init__(spec)
        self.rows: list[Fields] = []
        self._host: _ByRows | _ByCards = _ByRows()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(8)
        self._outer.addWidget(self._host)
        self.add_button = text_button(_(spec.add), "plus")
        self.add_button.clicked.connect(self._add)
        if not spec.add:
            self.add_button.hide()
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch()
        self._outer.addLayout(below)

    @override
    def show_plan(self, plan: Plan) -> None:
        super().show_plan(plan)
        for row in self.rows:
            row.show_plan(plan)

    @override
    def show_bundle(self, bundle: Bundle) -> None:
        records: tuple[Any, ...] = bundle.inside.get(self.spec.set_name, ())
        if self.spec.fixed is not None:
            field, values = self.spec.fixed
            there = {getattr(record, field): record for record in records}
            blank = blank_record(self._plan, self.spec.set_name)
            records = tuple(
                there.get(value) or replace(blank, **{field: value}) for value in values
            )
        self._fill(records)

    @override
    def read(self) -> tuple[Any, ...] | None:
        found = [row.read() for row in self.rows if not self._is_absent(row)]
        return None if any(record is None for record in found) else tuple(found)

    @override
    def peek(self) -> tuple[Any, ...] | None:
        found = [row.peek() for row in self.rows if not self._is_absent(row)]
        return None if any(record is None for record in found) else tuple(found)

    @override
    def show_problem(self, number: int, field: str, text: str) -> None:
        present = [row for row in self.rows if not self._is_absent(row)]
        present[number].show_problem(field, text)

    @override
    def first_wrong(self) -> QWidget | None:
        return next((wrong for row in self.rows if (wrong := row.first_wrong())), None)

    @override
    def state(self) -> object:
        return tuple(row.state() for row in self.rows)

    def _is_absent(self, row: Fields) -> bool:
        """Tell whether a record that is always offered is not wanted: nothing is filled in."""
        if self.spec.fixed is None:
            return False
        return all(
            not editor.state()
            for editor in row.editors.values()
            if editor.spec.kind in {Kind.INSTANT, Kind.DATE, Kind.TIME}
        )

    @Slot()
    def _add(self) -> None:
        self._make_row(blank_record(self._plan, self.spec.set_name))
        self._lay_out()
        first = next(iter(self.rows[-1].editors.values()))
        first.setFocus()
        self.changed.emit()

    @Slot()
    def _remove(self) -> None:
        at = self.sender().property("row")
        if isinstance(at, int):
            del self.rows[at]
            self._lay_out()
            self.add_button.setFocus()
            self.changed.emit()

    def _fill(self, records: tuple[Any, ...]) -> None:
        if len(records) == len(self.rows):
            for row, record in zip(self.rows, records, strict=True):
                row.show_record(record)
            return
        self.rows = []
        for record in records:
            self._make_row(record)
        self._lay_out()

    def _make_row(self, record: Any) -> None:
        if self.spec.layout is Layout.ROWS:
            shared = ProblemLabel()
            row = Fields(self.spec.set_name, self.spec.fields, lambda: shared)
        else:
            row = Fields(self.spec.set_name, self.spec.fields)
        row.show_plan(self._plan)
        row.show_record(record)
        row.changed.connect(self.changed)
        self.rows.append(row)

    def _lay_out(self) -> None:
        old = self._host
        self._host = _ByRows() if self.spec.layout is Layout.ROWS else _ByCards()
        self._host.lay_out(self)
        self._outer.replaceWidget(old, self._host)
        old.deleteLater()
        self._host.setVisible(bool(self.rows))

    def remove_button(self, number: int) -> QWidget:
        """Return the button that takes a record away."""
        name = _("Remove {what} {n}", what=_(self.spec.title), n=number + 1)
        button = icon_button("x", name)
        button.setProperty("row", number)
        button.clicked.connect(self._remove)
        return button


class _ByRows(QWidget):
    def lay_out(self, table: InnerTable) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        specs = table.spec.fields
        for column, spec in enumerate(specs):
            grid.addWidget(heading_of(spec), 0, column)
            grid.setColumnStretch(column, _share(spec))
        if not any(_share(spec) for spec in specs):
            grid.setColumnStretch(len(specs) + 1, 1)
        for number, row in enumerate(table.rows):
            at = 2 * number + 1
            for column, spec in enumerate(specs):
                grid.addWidget(_cell(row, spec, is_in_row=True), at, column)
            grid.addWidget(table.remove_button(number), at, len(specs))
            problem = next(iter(row.problems.values()))
            grid.addWidget(problem, at + 1, 0, 1, len(specs))


class _ByCards(QWidget):
    def lay_out(self, table: InnerTable) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for number, row in enumerate(table.rows):
            card = QFrame()
            card.setProperty("card", True)  # noqa: FBT003 - Qt's signature
            grid = QGridLayout(card)
            grid.setContentsMargins(12, 8, 8, 10)
            grid.setHorizontalSpacing(10)
            grid.setVerticalSpacing(2)
            at, column = 0, 0
            for spec in table.spec.fields:
                is_fixed = table.spec.fixed is not None and table.spec.fixed[0] == spec.name
                if is_fixed:
                    grid.addWidget(
                        label(_(spec.choices[getattr(row.record, spec.name)]), "section"),
                        0,
                        0,
                        1,
                        _CARD_COLUMNS,
                    )
                    at, column = 3, 0
                    continue
                if column + (_CARD_COLUMNS if spec.is_wide else 1) > _CARD_COLUMNS:
                    at, column = at + 3, 0
                n_columns = _CARD_COLUMNS if spec.is_wide else 1
                grid.addWidget(heading_of(spec), at, column, 1, n_columns)
                grid.addWidget(_cell(row, spec, is_in_row=False), at + 1, column, 1, n_columns)
                grid.addWidget(row.problems[spec.name], at + 2, column, 1, n_columns)
                column += n_columns
            for column in range(_CARD_COLUMNS):
                grid.setColumnStretch(column, 1)
            if table.spec.fixed is None:
                grid.addWidget(
                    table.remove_button(number), 0, _CARD_COLUMNS, 2, 1, Qt.AlignmentFlag.AlignTop
                )
            layout.addWidget(card)


def _share(spec: FieldSpec) -> int:
    """Return how much of a line's spare width a field gets."""
    if spec.kind in _NARROW or spec.kind is Kind.DATE:
        return 0
    return 2 if spec.is_wide else 1


def _cell(row: Fields, spec: FieldSpec, *, is_in_row: bool) -> QWidget:
    if spec.name in row.notes:
        return row.notes[spec.name][0]
    editor = row.editors[spec.name]
    policy = QSizePolicy.Policy
    editor.setSizePolicy(policy.Preferred, policy.Fixed)
    if is_in_row and spec.kind in _NARROW:
        editor.field.setMaximumWidth(_NARROW_PX)
    if is_in_row and spec.kind is Kind.CHOICE and isinstance(editor.field, QComboBox):
        editor.field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        editor.field.setMinimumContentsLength(0)
    if is_in_row and spec.kind is Kind.DATE:
        editor.field.setMaximumWidth(editor.field.minimumWidth())
    return editor
