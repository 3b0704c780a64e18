"""The buttons below the steps, and what is being done."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from planner.words import _
from ui.imports.grids.steps import GridStep
from ui.widgets import label, primary_button, text_button


class GridFooter(QWidget):
    """Offers what can be done in a step; what it may do now is told by :meth:`show_work`."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(_("Progress"))
        self._doing = label("", "muted")
        self.judge_button = text_button(_("Judge without importing …"), "eye")
        self.judge_button.setToolTip(
            _("See what the rules say of this roster, and what it covers. Nothing is written.")
        )
        self.close_button = text_button(_("Cancel"))
        self.back_button = text_button(_("Back"), "chevron-left")
        self.next_button = primary_button(_("Look at what changes"), "eye")
        self.import_button = primary_button(_("Import"), "check")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 14)
        row.setSpacing(8)
        row.addWidget(self.judge_button)
        row.addWidget(self._bar)
        row.addWidget(self._doing)
        row.addStretch()
        for button in (self.close_button, self.back_button, self.next_button, self.import_button):
            row.addWidget(button)
        for button in (self.judge_button, self.close_button, self.back_button):
            button.setAutoDefault(False)

    def show_step(self, step: GridStep) -> None:
        """Offer the buttons of a step."""
        self.judge_button.setVisible(step in {GridStep.MEANING, GridStep.PREVIEW})
        self.back_button.setVisible(step in {GridStep.MEANING, GridStep.PREVIEW})
        self.next_button.setVisible(step is GridStep.MEANING)
        self.import_button.setVisible(step is GridStep.PREVIEW)
        self.close_button.setText(_("Close") if step is GridStep.RESULT else _("Cancel"))

    def show_work(self, doing: str, *, can_go_on: bool, can_write: bool) -> None:
        """Let the planner do what is possible now; ``doing`` is empty at rest."""
        is_busy = bool(doing)
        self._bar.setVisible(is_busy)
        self._doing.setVisible(is_busy)
        self._doing.setText(doing)
        for button in (self.judge_button, self.back_button):
            button.setEnabled(not is_busy)
        self.next_button.setEnabled(can_go_on and not is_busy)
        self.import_button.setEnabled(can_write and not is_busy)
