"""Lets windows be proposed and tried, and does what the planner makes of them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog

from planner import messages
from planner.errors import PlannerError
from planner.services.plans import OpenPlan
from planner.services.situation.picture import SituationFilter
from planner.services.situation.proposals import (
    Proposal,
    Proposals,
    WindowTerms,
    accept,
    decline,
    marked_anew,
    propose,
    take_back,
)
from planner.words import _, ngettext
from ui.jobs import Job, Runner
from ui.situation.edit_dialog import EditDialog
from ui.situation.proposals_panel import ProposalsPanel
from ui.widgets import ask_text


class Proposing(QObject):
    """Connects the panel of the proposals with the services.

    Parameters
    ----------
    wanted
        Says which incidents are looked at.
    """

    shown = Signal(object)
    """The tuple of proposals that is shown now."""
    planned = Signal(str)
    """Windows were made of proposals; what to say of it."""
    refused = Signal(str)
    """Why something could not be done."""
    failed = Signal(object)
    """The exception of a fault of the program."""

    def __init__(
        self,
        panel: ProposalsPanel,
        open_plan: OpenPlan,
        runner: Runner,
        wanted: Callable[[], SituationFilter],
    ) -> None:
        super().__init__(panel)
        self._panel, self._open_plan, self._runner = panel, open_plan, runner
        self._wanted = wanted
        self._found: Proposals | None = None
        self._trying: Job | None = None
        self._writing: Job | None = None
        self._said = ""
        panel.asked.connect(self.propose)
        panel.stop_asked.connect(self._stop)
        panel.accept_asked.connect(self._accept)
        panel.edit_asked.connect(self._edit)
        panel.decline_asked.connect(self._decline)
        panel.taken_back.connect(self._take_back)

    def found(self) -> Proposals | None:
        """Return what is shown; nothing before anything was proposed."""
        return self._found

    def show_plan(self, open_plan: OpenPlan) -> None:
        """Belong to another plan."""
        self._open_plan = open_plan
        self.forget()

    def forget(self) -> None:
        """Show no proposals that were made from other incidents."""
        if self._trying is not None:
            self._trying.stop()
            self._trying = None
        self._found = None
        self._panel.clear()
        self.shown.emit(())

    @Slot(object)
    def propose(self, terms: WindowTerms) -> None:
        """Propose windows and try them."""
        open_plan, wanted = self._open_plan, self._wanted()
        self._panel.show_progress(None)

        def work(job: Job) -> Proposals:
            return propose(
                open_plan, wanted, terms, on_progress=job.report, should_stop=job.should_stop
            )

        self._trying = Job(work)
        self._trying.progressed.connect(self._take_progress)
        self._trying.done.connect(self._take)
        self._trying.failed.connect(self._fail_trying)
        self._runner.start(self._trying)

    @Slot()
    def _stop(self) -> None:
        if self._trying is not None:
            self._trying.stop()

    @Slot(object)
    def _take_progress(self, progress: object) -> None:
        if self.sender() is self._trying:
            self._panel.show_progress(progress)  # type: ignore[arg-type]

    @Slot(object)
    def _take(self, found: Proposals) -> None:
        if self.sender() is self._trying:
            self._trying = None
            self._show(found)

    def _show(self, found: Proposals) -> None:
        self._found = found
        self._panel.show_proposals(found)
        self.shown.emit(found.proposals)

    @Slot(object)
    def _fail_trying(self, error: Exception) -> None:
        if self.sender() is self._trying:
            self._trying = None
            self._panel.end()
            self._tell(error)

    @Slot(object)
    def _accept(self, wanted: tuple[Proposal, ...]) -> None:
        open_plan = self._open_plan
        if wanted:
            n = ngettext("{n} window is planned.", "{n} windows are planned.", len(wanted))
            said = f"{n} " + ngettext(
                "It begins next week; Edit, Undo takes it back.",
                "They begin next week; Edit, Undo takes them back.",
                len(wanted),
            )
            self._write(lambda: accept(open_plan, wanted), said)

    @Slot(object)
    def _edit(self, proposal: Proposal) -> None:
        dialog = EditDialog(proposal, self._panel)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._accept((dialog.edited(),))
        dialog.deleteLater()

    @Slot(object)
    def _decline(self, wanted: tuple[Proposal, ...]) -> None:
        open_plan = self._open_plan
        reason = ask_text(
            _("Decline"),
            _("Why? It is kept with the proposal, which is then shown as declined."),
            _("Decline"),
            self._panel,
            is_required=False,
        )
        if reason is None:
            return

        def write() -> None:
            for one in wanted:
                decline(open_plan, one, reason)

        self._write(write, "")

    @Slot(object)
    def _take_back(self, wanted: tuple[Proposal, ...]) -> None:
        open_plan = self._open_plan

        def write() -> None:
            for one in wanted:
                take_back(open_plan, one)

        self._write(write, "")

    def _write(self, write: Callable[[], object], said: str) -> None:
        """Write something, then look what has become of the proposals; one thing at a time."""
        open_plan, found = self._open_plan, self._found
        if self._writing is not None or found is None:
            return

        def work(_job: Job) -> Proposals:
            write()
            return marked_anew(open_plan, found)

        self._said = said
        self._writing = Job(work)
        self._writing.done.connect(self._end_writing)
        self._writing.failed.connect(self._fail_writing)
        self._runner.line_up(self._writing)

    @Slot(object)
    def _end_writing(self, found: Proposals) -> None:
        self._writing = None
        if self._found is not None:
            self._show(found)
        if self._said:
            self.planned.emit(self._said)

    @Slot(object)
    def _fail_writing(self, error: Exception) -> None:
        self._writing = None
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, PlannerError):
            self.refused.emit(" ".join(messages.sentences(error)))
        else:
            self.failed.emit(error)
