"""Generating: what to ask for, and how far it is."""

from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from planner.domain.weeks import IsoWeek
from planner.messages import PHASES
from planner.services.roster.views import GenerateProgress
from planner.words import _, ngettext
from ui.widgets import airy, label, text_button

DEFAULT_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateChoices:
    """What the user asks of the engine."""

    seconds: int
    duties_only: bool
    selection_only: bool


class GenerateDialog(QDialog):
    """Asks what to generate and for how long."""

    def __init__(
        self, week: IsoWeek, parent: QWidget | None, *, has_shifts: bool, n_selected: int = 0
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Generate {week}", week=week))
        self._all = QRadioButton(_("Shifts and duties"))
        self._all.setChecked(True)
        self._duties = QRadioButton(_("Only the duties; every shift stays"))
        self._duties.setEnabled(has_shifts)
        self.selection = QRadioButton(
            ngettext("Only the selected day", "Only the {n} selected days", max(1, n_selected))
        )
        self.selection.setEnabled(has_shifts and n_selected > 1)
        self.selection.setToolTip(_("Crews of which only one half is selected stay."))
        self._seconds = airy(QSpinBox())
        self._seconds.setRange(5, 3600)
        self._seconds.setSingleStep(15)
        self._seconds.setValue(DEFAULT_SECONDS)
        self._seconds.setSuffix(" " + _("seconds"))
        self._seconds.setAccessibleName(_("At most"))
        self._seconds.setMinimumWidth(150)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        start = buttons.addButton(_("Generate"), QDialogButtonBox.ButtonRole.AcceptRole)
        start.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        form.addRow(_("What"), self._all)
        form.addRow("", self._duties)
        form.addRow("", self.selection)
        form.addRow(_("At most"), self._seconds)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        hint = _("Given and locked shifts stay as they are. You can go on working meanwhile.")
        layout.addWidget(label(hint, "muted", wraps=True))
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)

    def choices(self) -> GenerateChoices:
        """Return what was chosen."""
        return GenerateChoices(
            seconds=self._seconds.value(),
            duties_only=self._duties.isChecked(),
            selection_only=self.selection.isChecked(),
        )


class GeneratePanel(QFrame):
    """Shows how far the engine is; *Stop* keeps the best roster so far."""

    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", "info")
        self._told: list[str] = []
        self._told_s = 0.0
        self._since_told = QElapsedTimer()
        self.second = QTimer(self)
        self.second.setInterval(1000)
        self.second.timeout.connect(self._show_time)
        self._phase = label("", "section")
        self._facts = label("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self._bar.setAccessibleName(_("Progress"))
        self.stop_button = text_button(_("Stop"), "square")
        self.stop_button.setToolTip(_("Stop and keep the best roster so far"))
        self.stop_button.clicked.connect(self.stop_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 7, 12, 7)
        layout.setSpacing(14)
        layout.addWidget(self._bar)
        layout.addWidget(self._phase)
        layout.addWidget(self._facts, stretch=1)
        layout.addWidget(self.stop_button)
        self.hide()

    def begin(self, seconds: int) -> None:
        """Show that generating has begun and takes ``seconds`` at most."""
        self._bar.setRange(0, seconds * 10)
        self._told, self._told_s = [], 0.0
        self._since_told.start()
        self.second.start()
        self._phase.setText(_("Reading the week"))
        self.stop_button.setEnabled(True)
        self.show()
        self._show_time()

    def show_progress(self, progress: GenerateProgress) -> None:
        """Show the engine's latest word; the time goes on until it says the next."""
        phase = _(PHASES[progress.phase])
        self._phase.setText(f"{progress.week}: {phase}")
        facts = []
        if progress.n_gaps is not None:
            facts.append(ngettext("{n} person missing", "{n} people missing", progress.n_gaps))
        if progress.value is not None:
            facts.append(_("value {value}", value=progress.value))
        if progress.bound is not None:
            facts.append(_("bound {bound}", bound=progress.bound))
        self._told, self._told_s = facts, progress.seconds
        self._since_told.start()
        self._show_time()

    def show_stopping(self) -> None:
        """Show that the engine was asked to stop."""
        self.stop_button.setEnabled(False)
        self._phase.setText(_("Stopping; the best roster so far is kept"))

    @Slot()
    def _show_time(self) -> None:
        if self.isHidden():
            self.second.stop()
        seconds = self._told_s + self._since_told.elapsed() / 1000
        self._bar.setValue(min(int(seconds * 10), self._bar.maximum()))
        self._facts.setText(" · ".join((*self._told, _("{n} s", n=int(seconds)))))
