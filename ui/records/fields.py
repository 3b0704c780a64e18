"""The fields of one record: shown, read, and told what is wrong with them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLabel

from planner.domain.plan import Plan
from planner.errors import InputError
from planner.services.records.unprintable import warning
from planner.words import _
from ui.records.editors import Editor, make_editor
from ui.records.problem_label import ProblemLabel
from ui.records.sentences import fault_text
from ui.records.specs import FieldSpec, Kind
from ui.widgets import label


class Fields(QObject):
    """Editors of a record's fields; whoever makes it lays them out.

    Fields of the record that have no editor stay as they are.

    Parameters
    ----------
    problem_of
        Which label says what is wrong with a field; one of its own for each when left out.
    """

    changed = Signal()

    def __init__(
        self,
        set_name: str,
        specs: Iterable[FieldSpec],
        problem_of: Callable[[], ProblemLabel] = ProblemLabel,
    ) -> None:
        super().__init__()
        self.set_name = set_name
        self.record: Any = None
        self._wrong: set[str] = set()
        self.editors: dict[str, Editor] = {}
        self.problems: dict[str, ProblemLabel] = {}
        self.notes: dict[str, tuple[QLabel, FieldSpec]] = {}
        for spec in specs:
            if spec.kind is Kind.NOTE:
                self.notes[spec.name] = (label("", "muted"), spec)
                continue
            editor = make_editor(set_name, spec)
            editor.changed.connect(self._take_change)
            self.editors[spec.name] = editor
            self.problems[spec.name] = problem_of()
        self._is_shared = len(self.problems) > len(set(self.problems.values()))

    def show_plan(self, plan: Plan) -> None:
        """Offer what a plan holds."""
        for editor in self.editors.values():
            editor.show_plan(plan)

    def show_record(self, record: Any) -> None:
        """Show a record; nothing is wrong with it yet."""
        self.record = record
        for name, editor in self.editors.items():
            editor.blockSignals(True)  # noqa: FBT003 - Qt's signature
            editor.show_value(getattr(record, name))
            editor.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.clear_problems()
        self._show_notes()

    def read(self) -> Any | None:
        """Return the record as it is written; nothing, and what is wrong shown, if it cannot be."""
        values: dict[str, Any] = {}
        self.clear_problems()
        for name, editor in self.editors.items():
            try:
                values[name] = editor.value()
            except InputError as error:
                self.show_problem(name, fault_text(error.code, error.values))
        return replace(self.record, **values) if len(values) == len(self.editors) else None

    def peek(self) -> Any | None:
        """Return the record as it is written, or nothing if it cannot be read."""
        try:
            return replace(
                self.record, **{name: editor.value() for name, editor in self.editors.items()}
            )
        except InputError:
            return None

    def show_problem(self, field: str, text: str) -> None:
        """Say what is wrong with a field, or with the whole when there is no such field."""
        name = field if field in self.editors else next(iter(self.editors))
        self.editors[name].show_wrong(is_wrong=True)
        self._wrong.add(name)
        shown = self.problems[name]
        if self._is_shared and field in self.editors:
            text = f"{_(self.editors[name].spec.label)}: {text}"
        before = "" if shown.is_warning else shown.text()
        shown.say(" ".join(part for part in (before, text) if part))

    def clear_problems(self) -> None:
        """Take what was wrong as mended."""
        for name in self.editors:
            self._clear(name)

    def _clear(self, name: str) -> None:
        if name in self._wrong:
            self._wrong.discard(name)
            self.editors[name].show_wrong(is_wrong=False)
        self._warn(name)

    def _warn(self, name: str) -> None:
        """Say what print-outs cannot show, beside a field with which nothing is wrong."""
        shown, texts = self.problems[name], []
        for one in self.editors if self._is_shared else (name,):
            spec, written = self.editors[one].spec, self.editors[one].state()
            if spec.kind is Kind.TEXT and self.problems[one] is shown:
                text = warning(self.set_name, one, str(written))
                texts.append(f"{_(spec.label)}: {text}" if text and self._is_shared else text)
        shown.say(" ".join(text for text in texts if text), is_warning=True)

    def first_wrong(self) -> Editor | None:
        """Return the first editor that something is wrong with."""
        return next((one for name, one in self.editors.items() if name in self._wrong), None)

    def state(self) -> tuple[object, ...]:
        """Return what is written, to tell whether it was changed."""
        return tuple(editor.state() for editor in self.editors.values())

    @Slot()
    def _take_change(self) -> None:
        editor = self.sender()
        for name, mine in self.editors.items():
            if mine is editor:
                self.clear_problems() if self._is_shared else self._clear(name)
        self._show_notes()
        self.changed.emit()

    def _show_notes(self) -> None:
        record = self.peek() if self.notes else None
        for shown, spec in self.notes.values():
            if spec.note is not None:
                shown.setText(spec.note(record) if record is not None else "")


def heading_of(spec: FieldSpec) -> QLabel:
    """Return the label that stands above a field."""
    return label(_(spec.label), "small")
