"""One editor for each kind of field: shows a value, and reads it or says why it cannot."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from planner.domain.plan import Plan
from planner.domain.records import record_type, references
from planner.errors import InputError
from planner.services.records.saving import field_text, read_field, required_fields
from planner.words import _
from ui.records.choices import weekday
from ui.records.line_edit import CalmCombo, DateEdit, PlainEdit, SearchCombo, mark
from ui.records.offers import reference_options
from ui.records.specs import FieldSpec, Kind
from ui.theme import theme, tokens
from ui.widgets import label

_PLACEHOLDERS = {
    Kind.DATE: "2026-11-23",
    Kind.TIME: "07:15",
    Kind.INSTANT: "2026-11-23 07:15",
}


_DATE_PX, _INSTANT_PX = 118, 150


class Editor(QWidget):
    """Edits one field of a record."""

    changed = Signal()

    def __init__(self, set_name: str, spec: FieldSpec) -> None:
        super().__init__()
        self.spec = spec
        self.field: QWidget = self
        self._set_name = set_name
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)

    def show_plan(self, plan: Plan) -> None:
        """Take what is offered from a plan; the value stays."""

    def show_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def value(self) -> Any:
        """Return the value.

        Raises
        ------
        InputError
            What is written is none.
        """
        raise NotImplementedError

    def state(self) -> object:
        """Return what is written, to tell whether it was changed."""
        raise NotImplementedError

    def show_wrong(self, *, is_wrong: bool) -> None:
        """Draw the field as a wrong one, or as usual."""
        mark(self.field, is_wrong=is_wrong)

    def set_name(self, name: str) -> None:
        """Say what the field is to whoever cannot see where it stands."""
        self.field.setAccessibleName(name)

    def _hold(self, widget: QWidget, *, focus: QWidget | None = None) -> None:
        self._row.addWidget(widget, stretch=1)
        self.field = focus or widget
        self.setFocusProxy(self.field)


class TextEditor(Editor):
    """Texts, numbers, days and times, all written."""

    def __init__(self, set_name: str, spec: FieldSpec) -> None:
        super().__init__(set_name, spec)
        placeholder = _PLACEHOLDERS.get(spec.kind, "")
        if spec.kind in {Kind.DATE, Kind.INSTANT}:
            dated = DateEdit(_(spec.label), placeholder)
            self.edit = dated.edit
            self.edit.setMinimumWidth(_DATE_PX if spec.kind is Kind.DATE else _INSTANT_PX)
            self._hold(dated, focus=self.edit)
        else:
            self.edit = PlainEdit()
            self.edit.setPlaceholderText(placeholder)
            self._hold(self.edit)
        self.edit.textChanged.connect(self.changed)
        if spec.kind in {Kind.NUMBER, Kind.TIME}:
            self.edit.setMinimumWidth(56)
        if spec.unit:
            self._row.addWidget(label(_(spec.unit), "muted"))
        self._zone = Plan().zone

    @override
    def show_plan(self, plan: Plan) -> None:
        self._zone = plan.zone

    @override
    def show_value(self, value: Any) -> None:
        self.edit.setText(field_text(value, self._zone))
        self.edit.setCursorPosition(0)

    @override
    def value(self) -> Any:
        return read_field(self._set_name, self.spec.name, self.edit.text(), self._zone)

    @override
    def state(self) -> object:
        return self.edit.text().strip()


class ChoiceEditor(Editor):
    """One of a few values."""

    def __init__(self, set_name: str, spec: FieldSpec) -> None:
        super().__init__(set_name, spec)
        self.box = CalmCombo()
        offered: dict[Any, str] = {value: _(text) for value, text in spec.choices.items()}
        if spec.kind is Kind.WEEKDAY:
            offered = {number: weekday(number) for number in range(1, 8)}
        self._values: list[Any] = list(offered)
        self.box.addItems(list(offered.values()))
        self.box.setCurrentIndex(-1)
        self.box.currentIndexChanged.connect(self.changed)
        self._hold(self.box)

    @override
    def show_value(self, value: Any) -> None:
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    @override
    def value(self) -> Any:
        at = self.box.currentIndex()
        return self._values[at] if at >= 0 else None

    @override
    def state(self) -> object:
        return self.box.currentIndex()


class ReferenceEditor(Editor):
    """A record of another set, found by any part of its name."""

    def __init__(self, set_name: str, spec: FieldSpec) -> None:
        super().__init__(set_name, spec)
        self._named = spec.sets or (references(record_type(set_name))[spec.name],)
        self._nothing = "" if spec.sets else None
        self._is_required = spec.name in required_fields(set_name) or set_name == "settings"
        self._options: tuple[tuple[str, str], ...] = ()
        self.box = SearchCombo()
        self.box.currentTextChanged.connect(self.changed)
        self._hold(self.box)

    @override
    def show_plan(self, plan: Plan) -> None:
        options = reference_options(plan, *self._named)
        if options == self._options:
            return
        chosen = self._chosen_id() if self._options else None
        self._options = options
        self.box.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.box.clear()
        if not self._is_required:
            self.box.addItem("")
        self.box.addItems([name for _id, name in options])
        self.box.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._choose(chosen)

    @override
    def show_value(self, value: Any) -> None:
        self._choose(value)

    @override
    def value(self) -> Any:
        text = self.box.currentText().strip()
        if not text:
            return self._nothing
        chosen = self._chosen_id()
        if chosen is None:
            raise InputError("choice-unknown", value=text)
        return chosen

    @override
    def state(self) -> object:
        return self.box.currentText().strip()

    def _chosen_id(self) -> str | None:
        text = self.box.currentText().strip().casefold()
        return next((id_ for id_, name in self._options if name.casefold() == text), None)

    def _choose(self, id_: str | None) -> None:
        name = dict(self._options).get(id_ or "", id_ or "")
        self.box.setCurrentIndex(self.box.findText(name) if name else -1)
        self.box.setEditText(name)
        line = self.box.lineEdit()
        if line is not None:
            line.setCursorPosition(0)


class _DayButton(QToolButton):
    """A weekday that is ticked or not."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.setText(weekday(number, is_short=True)[:2])
        self.setToolTip(weekday(number))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(32)
        theme().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        ticked = f"background: {tokens().accent}; color: {tokens().on_accent};"
        self.setStyleSheet(
            "QToolButton { padding: 5px 2px; }"
            f"QToolButton:checked {{ {ticked} font-weight: 600; }}"
            f"QToolButton:focus {{ border: 2px solid {tokens().text}; padding: 4px 1px; }}"
        )


class WeekdaysEditor(Editor):
    """Any of the seven weekdays, as digits."""

    def __init__(self, set_name: str, spec: FieldSpec) -> None:
        super().__init__(set_name, spec)
        self.buttons: list[_DayButton] = []
        self._row.setSpacing(2)
        for number in range(1, 8):
            button = _DayButton(number)
            button.toggled.connect(self.changed)
            self._row.addWidget(button)
            self.buttons.append(button)
        self._row.addStretch()
        self.field = self.buttons[0]
        self.setFocusProxy(self.field)

    @override
    def show_value(self, value: Any) -> None:
        for number, button in enumerate(self.buttons, start=1):
            button.setChecked(str(number) in (value or ""))

    @override
    def value(self) -> Any:
        return "".join(
            str(number) for number, button in enumerate(self.buttons, start=1) if button.isChecked()
        )

    @override
    def state(self) -> object:
        return self.value()

    @override
    def show_wrong(self, *, is_wrong: bool) -> None:
        """Nothing that can be ticked is wrong."""

    @override
    def set_name(self, name: str) -> None:
        for number, button in enumerate(self.buttons, start=1):
            button.setAccessibleName(f"{name}: {weekday(number)}")


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, set_name: str, spec: FieldSpec) -> None:
        super().__init__(set_name, spec)
        self.box = QCheckBox(_(spec.label))
        self.box.toggled.connect(self.changed)
        self._hold(self.box)

    @override
    def show_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))

    @override
    def value(self) -> Any:
        return self.box.isChecked()

    @override
    def state(self) -> object:
        return self.value()

    @override
    def show_wrong(self, *, is_wrong: bool) -> None:
        """Nothing that can be ticked is wrong."""


def make_editor(set_name: str, spec: FieldSpec) -> Editor:
    """Return the editor of a field."""
    match spec.kind:
        case Kind.CHOICE | Kind.WEEKDAY:
            made: Editor = ChoiceEditor(set_name, spec)
        case Kind.REFERENCE:
            made = ReferenceEditor(set_name, spec)
        case Kind.WEEKDAYS:
            made = WeekdaysEditor(set_name, spec)
        case Kind.FLAG:
            made = FlagEditor(set_name, spec)
        case _:
            made = TextEditor(set_name, spec)
    made.set_name(_(spec.label))
    return made
