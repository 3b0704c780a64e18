"""Bell times of a school: grade groups down, weekdays across."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.plan import Plan
from planner.domain.schools import BellTime
from planner.errors import InputError
from planner.services.records.bundles import Bundle
from planner.services.records.saving import field_text, read_field
from planner.words import _
from ui.records.choices import weekday
from ui.records.fields import Fields, heading_of
from ui.records.inner_table import InnerEditor
from ui.records.line_edit import PlainEdit, mark
from ui.records.offers import blank_record
from ui.records.problem_label import ProblemLabel
from ui.records.sentences import fault_text
from ui.records.specs import InnerSpec
from ui.widgets import icon_button, label, text_button

_SET = "bell_times"
_COMMON = ("meeting_place", "site")
"""Fields that may differ by weekday and are edited for all of a group at once."""
_SCHOOL_WEEK, _WEEK = 5, 7


@dataclass(slots=True)
class _Group:
    """One grade group: its common fields and a cell a weekday."""

    fields: Fields
    days: dict[int, BellTime]
    problem: ProblemLabel
    cells: dict[int, PlainEdit] = field(default_factory=dict)
    common: tuple[object, ...] = ()


class BellsGrid(InnerEditor):
    """A card a grade group, with first and last bell of each weekday in a line."""

    def __init__(self, spec: InnerSpec) -> None:
        super().__init__(spec)
        self.groups: list[_Group] = []
        self._host = QWidget()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(8)
        self._outer.addWidget(self._host)
        self.add_button = text_button(_(spec.add), "plus")
        self.add_button.clicked.connect(self._add)
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch()
        self._outer.addLayout(below)

    @override
    def show_plan(self, plan: Plan) -> None:
        super().show_plan(plan)
        for group in self.groups:
            group.fields.show_plan(plan)

    @override
    def show_bundle(self, bundle: Bundle) -> None:
        by_group: dict[str, dict[int, BellTime]] = {}
        for bell in bundle.inside.get(_SET, ()):
            by_group.setdefault(bell.grade_group, {})[bell.weekday] = bell
        is_whole_week = any(day > _SCHOOL_WEEK for days in by_group.values() for day in days)
        self._n_days = _WEEK if is_whole_week else _SCHOOL_WEEK
        self.groups = [self._make_group(name, days) for name, days in by_group.items()]
        self._lay_out()

    @override
    def read(self) -> tuple[Any, ...] | None:
        found: list[BellTime] = []
        is_whole = True
        for group in self.groups:
            group.problem.say("")
            head = group.fields.read()
            for day in group.cells:
                mark(group.cells[day], is_wrong=False)
                try:
                    bell = self._bell(group, head, day)
                except InputError as error:
                    self._say(group, day, fault_text(error.code, error.values))
                    is_whole = False
                else:
                    found += [bell] if bell is not None else []
            is_whole = is_whole and head is not None
        return tuple(found) if is_whole else None

    @override
    def peek(self) -> tuple[Any, ...] | None:
        try:
            found = [
                self._bell(group, group.fields.peek(), day)
                for group in self.groups
                for day in group.cells
            ]
        except InputError:
            return None
        return tuple(bell for bell in found if bell is not None)

    @override
    def show_problem(self, number: int, field: str, text: str) -> None:
        cells = [
            (group, day)
            for group in self.groups
            for day, cell in group.cells.items()
            if cell.text().strip()
        ]
        group, day = cells[number]
        if field in group.fields.editors:
            if not group.fields.problems[field].has_problem():
                group.fields.show_problem(field, text)
        else:
            self._say(group, day, text)

    @override
    def first_wrong(self) -> QWidget | None:
        for group in self.groups:
            wrong = group.fields.first_wrong()
            if wrong is not None:
                return wrong
            for cell in group.cells.values():
                if cell.styleSheet():
                    return cell
        return None

    @override
    def state(self) -> object:
        return tuple(
            (group.fields.state(), *(cell.text().strip() for cell in group.cells.values()))
            for group in self.groups
        )

    @Slot()
    def _add(self) -> None:
        self.groups.append(self._make_group("", {}))
        self._lay_out()
        self.groups[-1].fields.editors["grade_group"].setFocus()
        self.changed.emit()

    @Slot()
    def _remove(self) -> None:
        at = self.sender().property("row")
        if isinstance(at, int):
            del self.groups[at]
            self._lay_out()
            self.add_button.setFocus()
            self.changed.emit()

    def _make_group(self, name: str, days: dict[int, BellTime]) -> _Group:
        head = replace(blank_record(self._plan, _SET), grade_group=name)
        for common in _COMMON:
            values = {getattr(bell, common) for bell in days.values()}
            if len(values) == 1:
                head = replace(head, **{common: values.pop()})
        fields = Fields(_SET, self.spec.fields)
        fields.show_plan(self._plan)
        fields.show_record(head)
        fields.changed.connect(self.changed)
        common_now = tuple(getattr(head, name) for name in _COMMON)
        group = _Group(fields=fields, days=days, problem=ProblemLabel(), common=common_now)
        for day in range(1, self._n_days + 1):
            cell = PlainEdit()
            cell.setMinimumWidth(64)
            cell.setText(_bells_text(days.get(day), self._plan))
            cell.setCursorPosition(0)
            cell.setAccessibleName(f"{weekday(day)}, {name}")
            cell.textChanged.connect(self.changed)
            group.cells[day] = cell
        return group

    def _bell(self, group: _Group, head: BellTime | None, day: int) -> BellTime | None:
        """Return the bell that a cell means; an empty one is none."""
        text = group.cells[day].text().strip()
        if not text:
            return None
        parts = re.split(r"\s*[–—-]\s*", text)
        if len(parts) != 2:
            raise InputError("bells-wrong", value=text)
        try:
            first, last = (read_field(_SET, "first_bell", part, self._plan.zone) for part in parts)
        except InputError:
            raise InputError("bells-wrong", value=text) from None
        if first is None or last is None:
            raise InputError("bells-wrong", value=text)
        record = group.days.get(day) or group.fields.record
        record = replace(record, weekday=day, first_bell=first, last_bell=last)
        if head is None:
            return record
        record = replace(record, grade_group=head.grade_group)
        for name, was in zip(_COMMON, group.common, strict=True):
            if day not in group.days or getattr(head, name) != was:
                record = replace(record, **{name: getattr(head, name)})
        return record

    def _say(self, group: _Group, day: int, text: str) -> None:
        mark(group.cells[day], is_wrong=True)
        said = f"{weekday(day)}: {text}"
        group.problem.say(" ".join(part for part in (group.problem.text(), said) if part))

    def _lay_out(self) -> None:
        old = self._host
        self._host = QWidget()
        layout = QVBoxLayout(self._host)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for number, group in enumerate(self.groups):
            layout.addWidget(self._card(number, group))
        self._outer.replaceWidget(old, self._host)
        old.deleteLater()
        self._host.setVisible(bool(self.groups))

    def _card(self, number: int, group: _Group) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)  # noqa: FBT003 - Qt's signature
        above = QGridLayout()
        above.setHorizontalSpacing(10)
        above.setVerticalSpacing(2)
        for column, spec in enumerate(self.spec.fields):
            above.addWidget(heading_of(spec), 0, column)
            above.addWidget(group.fields.editors[spec.name], 1, column)
            above.addWidget(group.fields.problems[spec.name], 2, column)
            above.setColumnStretch(column, 1)
        remove = icon_button("x", _("Remove grade group {n}", n=number + 1))
        remove.setProperty("row", number)
        remove.clicked.connect(self._remove)
        above.addWidget(remove, 1, len(self.spec.fields))
        below = QGridLayout()
        below.setHorizontalSpacing(4)
        below.setVerticalSpacing(2)
        for day, cell in group.cells.items():
            below.addWidget(label(weekday(day, is_short=True), "small"), 0, day)
            below.addWidget(cell, 1, day)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 8, 10, 10)
        layout.setSpacing(6)
        layout.addLayout(above)
        layout.addLayout(below)
        layout.addWidget(group.problem)
        return card


def _bells_text(bell: BellTime | None, plan: Plan) -> str:
    if bell is None:
        return ""
    first, last = (field_text(at, plan.zone) for at in (bell.first_bell, bell.last_bell))
    return f"{first}–{last}"
