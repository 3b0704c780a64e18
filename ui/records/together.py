"""Several records at once: one field gets the same value in all of them."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.plan import Plan
from planner.errors import InputError
from planner.words import _, ngettext
from ui.records.editors import Editor, make_editor
from ui.records.line_edit import CalmCombo
from ui.records.problem_label import ProblemLabel
from ui.records.sentences import fault_text
from ui.records.specs import SetSpec
from ui.widgets import label, primary_button, text_button

_OWN = {"name", "display_name", "code"}
"""Fields that tell records apart, and are not given to several."""


class TogetherPanel(QWidget):
    """Chooses a field and its value for all marked records."""

    change_asked = Signal(str, object)
    """Field and value."""
    removal_asked = Signal()

    def __init__(self, spec: SetSpec) -> None:
        super().__init__()
        self._spec = spec
        specs = [one for one in spec.fields if one.name not in _OWN]
        self._title = label("", "heading", wraps=True)
        self.field = CalmCombo()
        self.field.setAccessibleName(_("Field"))
        self.values = QStackedWidget()
        self.editors: list[Editor] = []
        for one in specs:
            editor = make_editor(spec.set_name, one)
            editor.changed.connect(self._clear)
            self.field.addItem(_(one.label), one.name)
            self.values.addWidget(editor)
            self.editors.append(editor)
        self.values.setMaximumHeight(40)
        self.field.currentIndexChanged.connect(self._choose)
        self.problem = ProblemLabel()
        self.button = primary_button(_("Change all"), "check")
        self.button.clicked.connect(self._tell)
        remove = text_button(_("Remove …"), "x")
        remove.clicked.connect(self.removal_asked)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch()
        row.addWidget(remove)
        can_change = bool(specs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 20)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        for part in (
            label(_("Give one field the same value in all of them."), "muted", wraps=True),
            label(_("Field"), "small"),
            self.field,
            label(_("Value"), "small"),
            self.values,
            self.problem,
        ):
            layout.addWidget(part)
            if not can_change:
                part.hide()
        if not can_change:
            self.button.hide()
        layout.addLayout(row)
        layout.addStretch()
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_plan(self, plan: Plan) -> None:
        """Offer what a plan holds."""
        for editor in self.editors:
            editor.show_plan(plan)

    def show_count(self, n_records: int) -> None:
        """Say how many are marked."""
        self._title.setText(ngettext("{n} record is marked", "{n} records are marked", n_records))
        self.problem.say("")

    @Slot()
    def _choose(self) -> None:
        self.values.setCurrentIndex(self.field.currentIndex())
        self._clear()

    @Slot()
    def _clear(self) -> None:
        self.problem.say("")

    @Slot()
    def _tell(self) -> None:
        editor = self.editors[self.field.currentIndex()]
        try:
            value = editor.value()
        except InputError as error:
            self.problem.say(fault_text(error.code, error.values))
            editor.setFocus()
        else:
            self.change_asked.emit(editor.spec.name, value)
