"""The form of a record: made of its set's table, with what is edited inside it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.faults import Fault
from planner.domain.plan import Plan
from planner.services.records.bundles import Bundle
from planner.words import _
from ui.records.bells_grid import BellsGrid
from ui.records.fields import Fields, heading_of
from ui.records.inner_table import InnerEditor, InnerTable
from ui.records.rota_grid import RotaGrid
from ui.records.sentences import fault_text
from ui.records.specs import FieldSpec, InnerSpec, Kind, Layout, SetSpec
from ui.widgets import divider, label

_HALVES = 2
_WIDEST_PX = 880
_LINE_PX = 12
"""Fields whose middles are nearer than this, up and down, are on one line."""
_WIDE = {Kind.WEEKDAYS}


class RecordForm(QScrollArea):
    """Shows a record with what belongs to it, and reads it back."""

    edited = Signal()
    """Something is written in a field."""

    def __init__(self, spec: SetSpec) -> None:
        super().__init__()
        self.spec = spec
        self._bundle: Bundle | None = None
        self._loaded: object = None
        self._before: QWidget | None = None
        self._after: tuple[QWidget, ...] = ()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.fields = Fields(spec.set_name, spec.fields)
        self.fields.changed.connect(self._take_edit)
        self.inner: dict[str, InnerEditor] = {}
        whole = self._whole = QWidget()
        whole.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole.setMaximumWidth(_WIDEST_PX)
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(20, 8, 20, 20)
        layout.setSpacing(8)
        for heading, specs in _groups(spec.fields):
            if heading:
                layout.addSpacing(6)
                layout.addWidget(divider())
                layout.addWidget(label(_(heading), "section", wraps=True))
            layout.addLayout(self._grid(specs))
        for inner in spec.inner:
            layout.addSpacing(6)
            layout.addWidget(divider())
            layout.addWidget(label(_(inner.title), "section"))
            if inner.help:
                layout.addWidget(_help(_(inner.help)))
            editor = _inner_editor(inner)
            editor.follow(self.fields.editors)
            editor.changed.connect(self._take_edit)
            self.inner[inner.set_name] = editor
            layout.addWidget(editor)
        layout.addStretch(1)
        self.setWidget(whole)

    def show_bundle(self, plan: Plan, bundle: Bundle) -> None:
        """Show a record of a plan; nothing is written yet."""
        self._bundle = bundle
        self.fields.show_plan(plan)
        self.fields.show_record(bundle.record)
        for editor in self.inner.values():
            editor.show_plan(plan)
            editor.show_bundle(bundle)
        self._loaded = self.state()
        self._show_previews()
        self.verticalScrollBar().setValue(0)

    def state(self) -> object:
        """Return all that is written, to tell whether it was changed."""
        return self.fields.state(), tuple(editor.state() for editor in self.inner.values())

    def is_changed(self) -> bool:
        """Tell whether something is written that was not there."""
        return self._bundle is not None and self.state() != self._loaded

    def read(self) -> Bundle | None:
        """Return the record as it is written; nothing, and why shown, if it cannot be read."""
        if self._bundle is None:
            return None
        record = self.fields.read()
        inside = {name: editor.read() for name, editor in self.inner.items()}
        if record is None or any(records is None for records in inside.values()):
            self._go_to_wrong()
            return None
        return Bundle(
            set_name=self.spec.set_name,
            record=record,
            inside={name: records or () for name, records in inside.items()},
        )

    def show_faults(self, faults: Iterable[Fault], bundle: Bundle) -> tuple[str, ...]:
        """Say what is wrong beside its field; return what has no place in the form.

        Parameters
        ----------
        bundle
            What was judged: the faults are about its very records.
        """
        elsewhere = []
        for fault in faults:
            text = fault_text(fault.code, fault.values)
            if fault.set_name == self.spec.set_name and fault.record == bundle.record:
                self.fields.show_problem(fault.field, text)
            elif fault.set_name in self.inner and fault.record in bundle.inside[fault.set_name]:
                number = _number(bundle.inside[fault.set_name], fault.record)
                self.inner[fault.set_name].show_problem(number, fault.field, text)
            else:
                elsewhere.append(text)
        self._go_to_wrong()
        return tuple(elsewhere)

    def leads_to(self, *, before: QWidget, after: tuple[QWidget, ...]) -> None:
        """Say where Tab goes from the form's first and last fields."""
        self._before, self._after = before, after

    @override
    def focusNextPrevChild(self, next_: bool) -> bool:
        # Rows come and go, so Tab follows what is read and not the order in which it was made.
        stops = self._stops()
        now = self.focusWidget()
        at = [n for n, one in enumerate(stops) if one is now or one.isAncestorOf(now)]
        if not at:
            return super().focusNextPrevChild(next_)
        goal = at[0] + (1 if next_ else -1)
        if 0 <= goal < len(stops):
            found: QWidget | None = stops[goal]
        else:
            outside = self._after if next_ else (self._before,)
            found = next((one for one in outside if one is not None and one.isEnabled()), None)
        if found is None:
            return super().focusNextPrevChild(next_)
        reason = Qt.FocusReason.TabFocusReason if next_ else Qt.FocusReason.BacktabFocusReason
        found.setFocus(reason)
        if 0 <= goal < len(stops):
            self.ensureWidgetVisible(found, 20, 60)
        return True

    def _stops(self) -> list[QWidget]:
        """Return what Tab stops at, as it is read."""
        whole = self._whole
        stops = [
            one
            for one in whole.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            and one.focusProxy() is None
            and one.isVisibleTo(whole)
            and one.isEnabled()
            and not isinstance(one.parent(), QComboBox)
        ]
        return _in_reading_order(stops, whole)

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        next(iter(self.fields.editors.values())).setFocus()

    def _go_to_wrong(self) -> None:
        """Put the keyboard where the first thing is wrong, in sight."""
        found: QWidget | None = self.fields.first_wrong()
        for editor in self.inner.values():
            found = found or editor.first_wrong()
        if found is not None:
            found.setFocus()
            self.ensureWidgetVisible(found, 20, 60)

    @Slot()
    def _take_edit(self) -> None:
        self._show_previews()
        self.edited.emit()

    def _show_previews(self) -> None:
        if not any(editor.spec.layout is Layout.ROTA for editor in self.inner.values()):
            return
        record = self.fields.peek()
        inside = {name: editor.peek() for name, editor in self.inner.items()}
        is_whole = record is not None and None not in inside.values()
        bundle = (
            Bundle(
                set_name=self.spec.set_name,
                record=record,
                inside={name: records or () for name, records in inside.items()},
            )
            if is_whole
            else None
        )
        for editor in self.inner.values():
            editor.preview(bundle)

    def _grid(self, specs: tuple[FieldSpec, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        at, column = 0, 0
        for spec in specs:
            is_wide = spec.is_wide or spec.kind in _WIDE
            if is_wide and column:
                at, column = at + 1, 0
            n_halves = _HALVES if is_wide else 1
            grid.addLayout(self._field(spec), at, column, 1, n_halves, Qt.AlignmentFlag.AlignTop)
            column += _HALVES if is_wide else 1
            if column >= _HALVES:
                at, column = at + 1, 0
        for half in range(_HALVES):
            grid.setColumnStretch(half, 1)
        return grid

    def _field(self, spec: FieldSpec) -> QVBoxLayout:
        editor = self.fields.editors[spec.name]
        editor.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout()
        column.setSpacing(3)
        heading = heading_of(spec)
        if spec.kind is Kind.FLAG:
            heading.setText("")
        column.addWidget(heading)
        column.addWidget(editor)
        if spec.help:
            editor.field.setAccessibleDescription(_(spec.help))
            column.addWidget(_help(_(spec.help)))
        column.addWidget(self.fields.problems[spec.name])
        return column


def _in_reading_order(widgets: list[QWidget], whole: QWidget) -> list[QWidget]:
    """Return widgets line by line; those whose middles are about as high are on one line."""
    middles = {one: one.mapTo(whole, one.rect().center()) for one in widgets}
    lines: list[list[QWidget]] = []
    for one in sorted(widgets, key=lambda one: middles[one].y()):
        if lines and middles[one].y() - middles[lines[-1][0]].y() < _LINE_PX:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [one for line in lines for one in sorted(line, key=lambda one: middles[one].x())]


def _groups(specs: tuple[FieldSpec, ...]) -> list[tuple[str, tuple[FieldSpec, ...]]]:
    groups: list[tuple[str, tuple[FieldSpec, ...]]] = []
    for spec in specs:
        if spec.group or not groups:
            groups.append((spec.group, (spec,)))
        else:
            heading, there = groups[-1]
            groups[-1] = (heading, (*there, spec))
    return groups


def _inner_editor(spec: InnerSpec) -> InnerEditor:
    match spec.layout:
        case Layout.BELLS:
            return BellsGrid(spec)
        case Layout.ROTA:
            return RotaGrid(spec)
        case _:
            return InnerTable(spec)


def _number(records: tuple[object, ...], wanted: object) -> int:
    """Return where a record is: the very one, or the last that is equal to it."""
    same = [number for number, record in enumerate(records) if record is wanted]
    return same[0] if same else max(n for n, record in enumerate(records) if record == wanted)


def _help(text: str) -> QLabel:
    made = label(text, "small", wraps=True)
    made.setMinimumWidth(60)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made
