"""The assistant's buttons, and what it is doing."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from planner.words import _
from ui.imports.steps import Step
from ui.widgets import label, primary_button, text_button


class Footer(QWidget):
    """Offers what can be done in a step; what it may do now is told by :meth:`show_work`."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(_("Progress"))
        self._doing = label("", "muted")
        self.stop_button = text_button(_("Stop"), "square")
        self.close_button = text_button(_("Cancel"))
        self.back_button = text_button(_("Another source"), "chevron-left")
        self.again_button = text_button(_("Read again"))
        self.import_button = primary_button(_("Import"), "check")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 14)
        row.setSpacing(8)
        for part in (self._bar, self._doing, self.stop_button):
            row.addWidget(part)
        row.addStretch()
        for button in (self.close_button, self.back_button, self.again_button, self.import_button):
            button.setAutoDefault(False)
            row.addWidget(button)

    def show_step(self, step: Step) -> None:
        """Offer the buttons of a step."""
        for button in (self.back_button, self.again_button, self.import_button):
            button.setVisible(step is Step.PREVIEW)
        self.close_button.setText(_("Close") if step is Step.RESULT else _("Cancel"))

    def show_work(self, doing: str, *, is_writing: bool, can_write: bool) -> None:
        """Let the planner do what is possible now; ``doing`` is empty at rest."""
        is_busy = bool(doing)
        self._bar.setVisible(is_busy)
        self._doing.setVisible(is_busy)
        self._doing.setText(doing)
        self.stop_button.setVisible(is_busy and not is_writing)
        self.close_button.setEnabled(not is_writing)
        self.back_button.setEnabled(not is_busy)
        self.again_button.setEnabled(not is_busy)
        self.import_button.setEnabled(can_write and not is_busy)

    def say(self, doing: str) -> None:
        """Say how far what is being done has come."""
        self._doing.setText(doing)

    def text(self) -> str:
        """Return what was said last."""
        return self._doing.text()
