"""Records edited inside another's form: a line or a small form each."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.plan import Plan
from planner.services.records.bundles import Bundle
from planner.words import _
from ui.records.editors import Editor
from ui.records.fields import Fields
from ui.records.inner_hosts import Cards, InnerHost, Lines
from ui.records.offers import blank_record
from ui.records.problem_label import ProblemLabel
from ui.records.specs import InnerSpec, Kind, Layout
from ui.widgets import icon_button, text_button


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
        self._host = self._make_host()
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
        self._host = self._make_host()
        self._outer.replaceWidget(old, self._host)
        old.hide()
        old.deleteLater()
        self._host.setVisible(bool(self.rows))

    def _make_host(self) -> InnerHost:
        kind = Lines if self.spec.layout is Layout.ROWS else Cards
        n_removable = len(self.rows) if self.spec.fixed is None else 0
        return kind(self.spec, self.rows, [self._remover(n) for n in range(n_removable)])

    def _remover(self, number: int) -> QWidget:
        """Return the button that takes a record away."""
        name = _("Remove {what} {n}", what=_(self.spec.title), n=number + 1)
        button = icon_button("x", name)
        button.setProperty("row", number)
        button.clicked.connect(self._remove)
        return button
