"""One record: its name, its form, and the buttons that save or revert it."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from planner.domain.faults import Fault
from planner.domain.plan import Plan
from planner.services.records.bundles import Bundle
from planner.services.records.names import record_name
from planner.words import _
from ui.records.form import RecordForm
from ui.records.specs import SetSpec
from ui.widgets import (
    Chip,
    MessageBar,
    divider,
    label,
    primary_button,
    text_button,
)


class RecordPanel(QWidget):
    """Shows a bundle in its form; keeps what it was made of until it is saved."""

    edited = Signal()
    save_asked = Signal()
    revert_asked = Signal()
    copy_asked = Signal()
    removal_asked = Signal()

    def __init__(self, spec: SetSpec) -> None:
        super().__init__()
        self.spec = spec
        self.before: Bundle | None = None
        self._is_new, self._is_copy = False, False
        self._focused: QWidget | None = None
        above, below = self._make_heading(), self._make_buttons()
        self.bar = MessageBar()
        self.form = RecordForm(spec)
        self.form.edited.connect(self._take_edit)
        self.form.leads_to(before=self.remove_button, after=(self.revert_button, self.save_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.bar)
        layout.addWidget(self.form, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(below)
        has_many = spec.set_name != "settings"
        self.copy_button.setVisible(has_many)
        self.remove_button.setVisible(has_many)
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _make_heading(self) -> QHBoxLayout:
        self._title = label("", "heading", wraps=True)
        self._id = label("", "small")
        self.copy_button = text_button(_("Duplicate"))
        self.copy_button.setToolTip(_("Duplicate (Ctrl+D)"))
        self.copy_button.clicked.connect(self.copy_asked)
        self.remove_button = text_button(_("Remove …"))
        self.remove_button.setToolTip(_("Remove … (Del in the list)"))
        self.remove_button.clicked.connect(self.removal_asked)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._id)
        above = QHBoxLayout()
        above.setContentsMargins(20, 12, 12, 6)
        above.setSpacing(8)
        above.addLayout(names, stretch=1)
        above.addWidget(self.copy_button)
        above.addWidget(self.remove_button)
        return above

    def _make_buttons(self) -> QHBoxLayout:
        self.chip = Chip()
        self.revert_button = text_button(_("Revert"), "undo-2")
        self.revert_button.setToolTip(_("Take back what is written (Esc)"))
        self.revert_button.clicked.connect(self.revert_asked)
        self.save_button = primary_button(_("Save"), "check")
        self.save_button.setToolTip(_("Save (Ctrl+S)"))
        self.save_button.clicked.connect(self.save_asked)
        below = QHBoxLayout()
        below.setContentsMargins(20, 8, 20, 10)
        below.setSpacing(8)
        below.addWidget(self.chip)
        below.addStretch()
        below.addWidget(self.revert_button)
        below.addWidget(self.save_button)
        return below

    def show_bundle(
        self, plan: Plan, bundle: Bundle, *, is_new: bool = False, is_copy: bool = False
    ) -> None:
        """Show a record; a new one has nothing before it, and a copy is worth saving at once."""
        self.before = None if is_new else bundle
        self._is_new, self._is_copy = is_new, is_copy
        name = "" if is_new else record_name(plan, bundle.set_name, bundle.record)
        self._title.setText(name or _(self.spec.one))
        id_ = getattr(bundle.record, "id", "")
        self._id.setText(_("Id {id}", id=id_) if id_ else _("The id is made when it is saved."))
        self._id.setVisible(hasattr(bundle.record, "id"))
        self.copy_button.setEnabled(not is_new)
        self.remove_button.setEnabled(not is_new)
        self.bar.hide()
        self.form.show_bundle(plan, bundle)
        self._take_edit()

    def name(self) -> str:
        """Return what the record is called."""
        return self._title.text()

    def record(self) -> Any:
        """Return the record as it is in the plan; nothing while it is new."""
        return self.before.record if self.before is not None else None

    def is_unsaved(self) -> bool:
        """Tell whether something would be lost."""
        return self._is_copy or self.form.is_changed()

    def can_save(self) -> bool:
        """Tell whether there is something to save."""
        return self._is_new or self.is_unsaved()

    def show_faults(self, faults: tuple[Fault, ...], judged: Bundle) -> None:
        """Say what is wrong beside the fields, and above them what has no field here."""
        elsewhere = self.form.show_faults(faults, judged)
        self.bar.say(
            " ".join((_("Nothing was saved; mend what is marked and save again."), *elsewhere)),
            "danger",
        )

    def set_busy(self, *, is_busy: bool) -> None:
        """Keep the form as it is while it is being saved; the keyboard comes back to it."""
        if is_busy:
            focused = QApplication.focusWidget()
            is_inside = focused is not None and self.form.isAncestorOf(focused)
            self._focused = focused if is_inside else None
            self.form.setUpdatesEnabled(False)  # grey for a moment would only flicker
            self.form.setEnabled(False)
        else:
            self.form.setEnabled(True)
            self.form.setUpdatesEnabled(True)
            if self._focused is not None:
                self._focused.setFocus()
            self._focused = None
        self.save_button.setEnabled(not is_busy and self.can_save())
        self.revert_button.setEnabled(not is_busy and self.can_save())

    def say_saved(self) -> None:
        """Say that what is shown is saved."""
        self.chip.show_state(_("Saved"), "success")
        self.chip.show()

    def _take_edit(self) -> None:
        is_changed = self.can_save()
        self.save_button.setEnabled(is_changed)
        self.revert_button.setEnabled(is_changed)
        text = _("Not saved yet") if self._is_new else _("Unsaved changes")
        self.chip.show_state(text if is_changed else "", "warning")
        self.chip.setVisible(is_changed)
        self.edited.emit()
