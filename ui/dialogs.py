"""The dialogs that the window opens, each about the open plan and the week that is shown.

Each is imported when it is opened first, so that the window is on the screen without them.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from planner import clock
from planner.domain.duties import Duty
from planner.domain.ids import PromiseId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Gap, Roster, Shift
from planner.domain.spans import day_span
from planner.services.gaps.fix_values import Fix
from planner.services.plans import OpenPlan
from planner.services.roster.generating import Outcome, Proposal, Selection
from planner.services.week.publish_check import PublishCheck
from planner.services.week.working_week import WorkingWeek
from planner.words import _
from ui.jobs import Runner
from ui.preferences import Preferences
from ui.presenter import Presenter
from ui.week import GenerateDialog
from ui.widgets import ask_text

EXAMPLE = "vasteras"


class Dialogs(QObject):
    """Opens dialogs over the window, and hands what they end with to the presenter."""

    failed = Signal(object)
    """The exception that a dialog's work raised."""
    week_changed = Signal()
    """A dialog has changed the draft that is shown."""
    data_asked = Signal(str, str)
    """Name of the record set to go to, and the id of a record; empty for none."""

    def __init__(
        self, presenter: Presenter, runner: Runner, preferences: Preferences, window: QWidget
    ) -> None:
        super().__init__(window)
        self._presenter = presenter
        self._runner = runner
        self._preferences = preferences
        self._window = window
        self._for_roster = ""
        presenter.plan_opened.connect(self._begin_with_roster)

    @Slot()
    def make_plan(self) -> None:
        """Ask where an empty plan is to be, and make it."""
        path = self._ask_file_name(_("New plan"), _("plan"))
        if path:
            self._presenter.create(path)

    @Slot()
    def make_example(self) -> None:
        """Ask where the example is to be, and make it."""
        path = self._ask_file_name(_("Make a plan from the example"), EXAMPLE)
        if path:
            self._presenter.create(path, example=EXAMPLE)

    @Slot()
    def open_plan(self) -> None:
        """Ask for a plan file, and open it."""
        kinds = _("Plans (*.narvaro);;All files (*)")
        path, _filter = QFileDialog.getOpenFileName(self._window, _("Open plan"), "", kinds)
        if path:
            self._presenter.open(path)

    @Slot()
    def import_records(self) -> None:
        """Open the import assistant."""
        from ui.imports import ImportAssistant

        open_plan = self._presenter.open_plan
        if open_plan is None:
            return
        recent = self._preferences.import_source
        dialog = ImportAssistant(open_plan, self._runner, recent, self._window)
        dialog.source_read.connect(self._remember_source)
        dialog.imported.connect(self._presenter.take_import)
        dialog.failed.connect(self.failed)
        self._run(dialog)

    @Slot()
    def import_roster(self) -> None:
        """Open the assistant for a planner's own roster; without a plan, over a new one."""
        from ui.imports.grids import GridAssistant

        open_plan = self._presenter.open_plan
        if open_plan is None:
            path = self._ask_file_name(_("A plan for your roster"), _("plan"))
            if path:
                self._for_roster = path
                self._presenter.create(path)
            return
        recent = self._preferences.roster_source
        dialog = GridAssistant(open_plan, self._runner, recent, self._window)
        dialog.source_read.connect(self._remember_roster)
        dialog.imported.connect(self._presenter.take_import)
        dialog.failed.connect(self.failed)
        self._run(dialog)

    def generate(self, *, has_shifts: bool, selection: Selection) -> None:
        """Ask what to generate, and begin.

        Parameters
        ----------
        has_shifts
            Whether anybody works in the week already.
        selection
            The days of people that are selected.
        """
        week = self._presenter.week
        if week is None:
            return
        dialog = GenerateDialog(
            week, self._window, has_shifts=has_shifts, n_selected=len(selection)
        )
        if self._run(dialog):
            chosen = dialog.choices()
            self._presenter.generate(
                seconds=chosen.seconds,
                duties_only=chosen.duties_only,
                selection=selection if chosen.selection_only else None,
            )

    def ask_proposal(
        self,
        plan: Plan,
        proposal: Proposal,
        current: Roster,
        duties: Sequence[Duty],
        *,
        weigh: Callable[[Roster], Outcome],
    ) -> tuple[bool, frozenset[StaffId] | None]:
        """Ask whether a proposal is taken over, and for whom; nothing stands for everybody.

        Parameters
        ----------
        weigh
            Returns what a roster comes to.
        """
        from ui.proposal import ProposalDialog

        dialog = ProposalDialog(plan, proposal, current, duties, self._window, weigh=weigh)
        if dialog.is_empty:
            dialog.deleteLater()
            return True, None
        is_taken = self._run(dialog)
        return is_taken, dialog.chosen() if is_taken else None

    def report_absence(
        self, shifts: Iterable[Shift], chosen: tuple[StaffId, date] | None = None
    ) -> None:
        """Ask who is away and when, from now or else from the week's first day; plans follow.

        Parameters
        ----------
        chosen
            The person, and the day, that the user points at: offered to begin with.
        """
        from ui.repair import AbsenceDialog

        open_plan, week = self._presenter.open_plan, self._presenter.week
        if open_plan is None or week is None:
            return
        zone = open_plan.plan.zone
        days = day_span(chosen[1], zone) if chosen is not None else week.span(zone)
        begin = max(clock.now(), days.start)
        dialog = AbsenceDialog(open_plan.plan, shifts, begin, self._window)
        if chosen is not None:
            dialog.select(chosen[0])
        if self._run(dialog):
            away = dialog.away()
            if away is None:
                return
            if away.squad is not None:
                self._presenter.report_away(away.squad, away.span, is_squad=True)
            elif away.staff is not None:
                self._presenter.report_away(away.staff, away.span, is_squad=False)

    @Slot()
    def repair(self) -> None:
        """Make plans for the week from now on, to choose from."""
        self._open_repair(has_calls=False)

    @Slot()
    def call_people(self) -> None:
        """Open the call list of the week."""
        self._open_repair(has_calls=True)

    def _open_repair(self, *, has_calls: bool) -> None:
        from ui.repair import CALLS_TAB, PLANS_TAB, RepairDialog

        tab = CALLS_TAB if has_calls else PLANS_TAB
        open_plan, week = self._presenter.open_plan, self._presenter.week
        if open_plan is not None and week is not None:
            dialog = RepairDialog(open_plan, week, clock.now(), self._runner, self._window, tab=tab)
            dialog.changed.connect(self.week_changed)
            dialog.failed.connect(self.failed)
            self._run(dialog)

    @Slot()
    def decide_swaps(self) -> None:
        """Open the swap requests of the week."""
        from ui.repair import SwapsDialog

        open_plan, week = self._presenter.open_plan, self._presenter.week
        if open_plan is not None and week is not None:
            dialog = SwapsDialog(open_plan, week, self._runner, self._window)
            dialog.changed.connect(self.week_changed)
            dialog.failed.connect(self.failed)
            self._run(dialog)

    @Slot(object)
    def publish(self, check: PublishCheck) -> None:
        """Show what publishing changes and ask what is to be decided, and publish."""
        from ui.publish import PublishDialog

        open_plan = self._presenter.open_plan
        if open_plan is None:
            return
        dialog = PublishDialog(check, open_plan.plan, self._window)
        if self._run(dialog):
            self._presenter.publish(check.week, dialog.decisions())

    @Slot()
    def compare_versions(self) -> None:
        """Open the versions of the week."""
        from ui.versions import VersionsDialog

        open_plan, week = self._presenter.open_plan, self._presenter.week
        if open_plan is not None and week is not None:
            dialog = VersionsDialog(open_plan, week, self._runner, self._window)
            dialog.failed.connect(self.failed)
            self._run(dialog)

    @Slot()
    def print_out(self) -> None:
        """Open the print-outs of the week."""
        from ui.prints import PrintsDialog

        open_plan, week = self._presenter.open_plan, self._presenter.week
        if open_plan is not None and week is not None:
            dialog = PrintsDialog(
                open_plan, week, self._runner, self._window, preferences=self._preferences
            )
            dialog.failed.connect(self.failed)
            self._run(dialog)

    @Slot()
    def send(self) -> None:
        """Open what is sent of the week."""
        from ui.sending import SendDialog

        open_plan, week = self._presenter.open_plan, self._presenter.week
        if open_plan is not None and week is not None:
            dialog = SendDialog(open_plan, week, self._runner, self._window)
            dialog.failed.connect(self.failed)
            dialog.data_asked.connect(self.data_asked)
            self._run(dialog)

    @Slot()
    def report_back(self) -> None:
        """Open the report-back on a promise; a week whose numbers are pressed is shown after."""
        self.report_back_on("")

    @Slot(str)
    def report_back_on(self, promise: str) -> None:
        """Open the report-back on one promise, by its id; on the first signed one without."""
        from ui.report_back import ReportBackDialog

        open_plan = self._presenter.open_plan
        if open_plan is not None:
            wanted = PromiseId(promise) if promise else None
            dialog = ReportBackDialog(open_plan, self._runner, self._window, promise=wanted)
            dialog.failed.connect(self.failed)
            dialog.week_asked.connect(self._presenter.show_week)
            self._run(dialog)

    @Slot()
    def forget(self) -> None:
        """Open how much is older than the retention time; the week is read anew once it went."""
        from ui.forgetting import ForgetDialog

        open_plan = self._presenter.open_plan
        if open_plan is not None:
            dialog = ForgetDialog(open_plan, self._runner, self._window)
            dialog.failed.connect(self.failed)
            dialog.forgotten.connect(self._presenter.refresh)
            self._run(dialog)

    @Slot()
    def export(self) -> None:
        """Open what the week and the whole plan can be written as."""
        from ui.exports import ExportDialog

        open_plan, week = self._presenter.open_plan, self._presenter.week
        if open_plan is not None and week is not None:
            dialog = ExportDialog(open_plan, week, self._runner, self._window)
            dialog.failed.connect(self.failed)
            self._run(dialog)

    def explain_gap(
        self, working: WorkingWeek, apply: Callable[[Fix, str], bool], gap: Gap | None = None
    ) -> None:
        """Open why the week's gaps are there and what would close them.

        Parameters
        ----------
        working
            The week as it is shown.
        apply
            Puts a fix into its draft, with a reason; says whether anything changed.
        gap
            The one that is shown first.
        """
        from ui.reasons import GapsDialog

        dialog = GapsDialog(working, self._runner, apply, self._window, gap=gap)
        dialog.failed.connect(self.failed)
        self._run(dialog)

    @Slot()
    def tell_about(self) -> None:
        """Say which program this is."""
        from ui.about import AboutDialog

        self._run(AboutDialog(self._window))

    def ask_reason(self) -> str | None:
        """Ask why a given shift is changed; nothing when it is not."""
        return ask_text(
            _("Change a given shift"),
            _(
                "The shift comes from a base roster or an import. Write why it is changed; the "
                "reason is kept with your name and listed before publishing."
            ),
            _("Change it"),
            self._window,
        )

    @staticmethod
    def _run(dialog: QDialog) -> bool:
        is_accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return is_accepted

    def _ask_file_name(self, title: str, name: str) -> str:
        kinds = _("Plans (*.narvaro)")
        path, _filter = QFileDialog.getSaveFileName(self._window, title, f"{name}.narvaro", kinds)
        return path if not path or Path(path).suffix else f"{path}.narvaro"

    @Slot(str)
    def _remember_source(self, path: str) -> None:
        self._preferences.import_source = path

    @Slot(object)
    def _begin_with_roster(self, open_plan: OpenPlan) -> None:
        if str(open_plan.target) == self._for_roster:
            QTimer.singleShot(0, self, self.import_roster)  # when the new plan is on the screen
        self._for_roster = ""

    @Slot(str)
    def _remember_roster(self, path: str) -> None:
        self._preferences.roster_source = path
