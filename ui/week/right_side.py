"""Right of the views: what needs attention, or who can take what was asked for."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from planner.domain import edits
from planner.domain.roster import Finding, Gap, Override
from planner.services.candidates.of_week import wanted_by
from planner.services.candidates.values import Candidate, Wanted
from planner.words import _
from ui.editor import Editor
from ui.week.candidates import CandidatePanel
from ui.week.side_panel import SidePanel
from ui.widgets import ask_text


class RightSide(QStackedWidget):
    """Shows the side panel, and in its place the candidates until they are closed."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self._editor = editor
        self.side = SidePanel()
        self.side.override_asked.connect(self._override)
        self.side.withdrawal_asked.connect(self._withdraw)
        self.side.candidates_asked.connect(self._ask_for_gap)
        self.candidates = CandidatePanel(editor.candidates, self._assign)
        self.candidates.closed.connect(self.show_side)
        self.addWidget(self.side)
        self.addWidget(self.candidates)

    def ask_for(self, wanted: Wanted) -> None:
        """Show who can take something."""
        if self._editor.plan is not None:
            self.setCurrentWidget(self.candidates)
            self.candidates.ask(self._editor.plan, wanted)

    @Slot()
    def show_side(self) -> None:
        """Show what needs attention again."""
        if self.currentWidget() is not self.side:
            self.candidates.clear()
            self.setCurrentWidget(self.side)

    @Slot(object)
    def _ask_for_gap(self, gap: Gap) -> None:
        self.ask_for(wanted_by(gap))

    def _assign(self, candidate: Candidate) -> None:
        reason = "" if candidate.is_legal else self._ask_reason()
        if reason is not None:
            self._editor.assign(candidate, reason)

    @Slot(object)
    def _override(self, finding: Finding) -> None:
        reason = self._ask_reason()
        if reason is not None:
            self._editor.override(finding, reason)

    @Slot(object)
    def _withdraw(self, override: Override) -> None:
        self._editor.edit("withdraw-override", lambda roster: edits.withdraw(roster, override))

    def _ask_reason(self) -> str | None:
        return ask_text(
            _("Let the broken rule stand"),
            _(
                "Write why. The reason is kept with your name and the time, and is listed before "
                "the week is published. What breaks the rule is locked."
            ),
            _("Let it stand"),
            self,
        )
