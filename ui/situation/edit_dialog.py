"""A proposed window changed by hand before it is accepted."""

from dataclasses import replace
from datetime import time

from PySide6.QtCore import QTime, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from planner.services.situation.proposals import Proposal
from planner.words import _
from ui.situation import words
from ui.widgets import airy, label


class EditDialog(QDialog):
    """Asks for name, day, hours and dose."""

    def __init__(self, proposal: Proposal, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Edit a proposed window"))
        self._proposal = proposal
        self.name = QLineEdit(proposal.name)
        self.name.setEnabled(proposal.hotspot is None)
        self.name.textChanged.connect(self._judge)
        self.weekday = QComboBox()
        for number in range(1, 8):
            self.weekday.addItem(words.weekday(number, is_short=False), number)
        self.weekday.setCurrentIndex(proposal.weekday - 1)
        self.start, self.end = _time_edit(proposal.start), _time_edit(proposal.end)
        self.visits = airy(QSpinBox())
        self.visits.setRange(1, 20)
        self.visits.setValue(proposal.n_visits)
        form = QFormLayout()
        form.setSpacing(10)
        for text, field in (
            (_("Name of the place"), self.name),
            (_("Weekday"), self.weekday),
            (_("Starts"), self.start),
            (_("Ends"), self.end),
            (_("Visits of 10–16 minutes"), self.visits),
        ):
            field.setAccessibleName(text)
            form.addRow(text, field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = buttons.addButton(_("Accept"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        hint = (
            _("The window belongs to the selected place of that name.")
            if proposal.hotspot
            else _("The place becomes a selected place of the plan under this name.")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(label(hint, "muted", wraps=True))
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)
        self._judge()

    def edited(self) -> Proposal:
        """Return the proposal as it was edited."""
        return replace(
            self._proposal,
            name=self.name.text().strip(),
            weekday=self.weekday.currentData(),
            start=_time(self.start),
            end=_time(self.end),
            n_visits=self.visits.value(),
        )

    @Slot()
    def _judge(self) -> None:
        self.button.setEnabled(bool(self.name.text().strip()))


def _time_edit(at: time) -> QTimeEdit:
    edit = airy(QTimeEdit(QTime(at.hour, at.minute)))
    edit.setDisplayFormat("HH:mm")
    edit.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)
    return edit


def _time(edit: QTimeEdit) -> time:
    at = edit.time()
    return time(at.hour(), at.minute())
