"""Makes a scenario, or changes one: a name and what is supposed."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.domain.plan import Plan
from planner.domain.scenarios import Scenario, Supposition
from planner.words import _
from ui.scenarios import words
from ui.scenarios.forms import FORMS, SuppositionForm
from ui.widgets import label, text_button

_SIZE = QSize(620, 660)
_MOST_LETTERS = 80


class ScenarioDialog(QDialog):
    """Asks for a scenario; nothing is kept here.

    Parameters
    ----------
    scenario
        The one that is changed; nothing for a new one.
    """

    def __init__(
        self, plan: Plan, parent: QWidget | None = None, *, scenario: Scenario | None = None
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._supposed: list[Supposition] = list(scenario.suppositions) if scenario else []
        self.setWindowTitle(_("Change the scenario") if scenario else _("New scenario"))
        self.name = QLineEdit(scenario.name if scenario else "")
        self.name.setMaxLength(_MOST_LETTERS)
        self.name.setPlaceholderText(_("Made of what is supposed, if left empty"))
        self.name.setAccessibleName(_("Name"))
        self.supposed = QListWidget()
        self.supposed.setAccessibleName(_("What is supposed"))
        self.supposed.setWordWrap(True)
        self.remove = text_button(_("Take out"), "minus")
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(self._take_out)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind"))
        self.forms = QStackedWidget()
        for code, form in FORMS.items():
            self.kind.addItem(_(words.SUPPOSITIONS[code]), code)
            made: SuppositionForm = form(plan)
            made.changed.connect(self._judge)
            self.forms.addWidget(made)
        self.kind.currentIndexChanged.connect(self._show_form)
        self.add = text_button(_("Suppose this"), "plus")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._put_in)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.keep = self.buttons.addButton(
            _("Keep the scenario"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.keep.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self._fill()
        self._judge()

    def suppositions(self) -> tuple[Supposition, ...]:
        """Return what is supposed, in order."""
        return tuple(self._supposed)

    def scenario_name(self) -> str:
        """Return the name, made of what is supposed when none was written."""
        written = self.name.text().strip()
        if written:
            return written
        texts = [words.supposition_text(self._plan, one) for one in self._supposed]
        return "; ".join(texts)[:_MOST_LETTERS]

    def _lay_out(self) -> None:
        head = QFormLayout()
        head.addRow(_("Name"), self.name)
        card = QFrame()
        card.setProperty("card", True)  # noqa: FBT003 - Qt's signature
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.setSpacing(10)
        inside.addWidget(label(_("Suppose something"), "section"))
        inside.addWidget(self.kind)
        inside.addWidget(self.forms)
        inside.addWidget(self.add, alignment=Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(
            label(
                _("Nothing of the plan is changed. Who of a group is missing is not asked."),
                "muted",
                wraps=True,
            )
        )
        layout.addLayout(head)
        layout.addWidget(card)
        layout.addWidget(label(_("What is supposed"), "section"))
        layout.addWidget(self.supposed, stretch=1)
        layout.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.buttons)

    def _form(self) -> SuppositionForm:
        found = self.forms.currentWidget()
        assert isinstance(found, SuppositionForm)  # noqa: S101 - all of them are
        return found

    @Slot(int)
    def _show_form(self, number: int) -> None:
        self.forms.setCurrentIndex(number)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        self.add.setEnabled(self._form().supposition() is not None)
        self.keep.setEnabled(bool(self._supposed))
        self.remove.setEnabled(bool(self._supposed))

    @Slot()
    def _put_in(self) -> None:
        found = self._form().supposition()
        if found is not None:
            self._supposed.append(found)
            self._fill()
            self._judge()

    @Slot()
    def _take_out(self) -> None:
        row = self.supposed.currentRow()
        if 0 <= row < len(self._supposed):
            del self._supposed[row]
            self._fill()
            self._judge()

    def _fill(self) -> None:
        self.supposed.clear()
        for one in self._supposed:
            self.supposed.addItem(words.supposition_text(self._plan, one))
        self.supposed.setCurrentRow(len(self._supposed) - 1)
