"""A proposal's way into the week that is shown."""

from PySide6.QtCore import QObject, Slot

from planner.domain.weeks import IsoWeek
from planner.services.roster.generating import Proposal, outcome
from planner.services.roster.views import WeekState
from ui.dialogs import Dialogs
from ui.editor import Editor
from ui.presenter import Presenter
from ui.teller import Teller


class Proposals(QObject):
    """Takes a week's first whole roster over at once, and asks about any other.

    One for another week waits until that is shown; one that could not be kept is offered again
    when its week has been read anew.
    """

    def __init__(
        self, presenter: Presenter, editor: Editor, dialogs: Dialogs, teller: Teller
    ) -> None:
        super().__init__(editor)
        self._presenter, self._editor = presenter, editor
        self._dialogs, self._teller = dialogs, teller
        self._waiting: Proposal | None = None
        self._is_offered_again = False
        editor.not_taken_over.connect(self._keep)

    def offer_waiting(self, week: IsoWeek) -> None:
        """Offer what waits for a week that is shown now."""
        waiting = self._waiting
        if waiting is not None and waiting.week == week:
            self._waiting = None
            self.offer(waiting)

    @Slot(object)
    def offer(self, proposal: Proposal) -> None:
        """Take a proposal over, or ask about it; if its week is not shown, go there first."""
        working = self._editor.working
        if working is None or working.week != proposal.week:
            self._waiting = proposal
            self._presenter.show_week(proposal.week)
            return
        people = None
        is_first = working.view.state is WeekState.EMPTY and not self._is_offered_again
        self._is_offered_again = False
        if not is_first or proposal.trouble is not None:
            is_taken, people = self._dialogs.ask_proposal(
                working.plan,
                proposal,
                working.roster,
                working.duties,
                weigh=lambda roster: outcome(working.judged(roster)),
            )
            if not is_taken:
                return
        self._editor.take_over(proposal, people)
        self._teller.tell_proposal(proposal)

    @Slot(object)
    def _keep(self, proposal: Proposal) -> None:
        """Offer a proposal once more that could not be kept, when the week is there again."""
        self._waiting, self._is_offered_again = proposal, True
