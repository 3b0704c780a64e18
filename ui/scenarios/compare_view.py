"""The week solved under several scenarios, in one table."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.roster.generating import Proposal
from planner.services.what_if.scenario_results import ScenarioResult
from planner.services.what_if.scenarios import (
    CompareProgress,
    Comparison,
    Effort,
    as_proposal,
    compare,
)
from planner.words import _
from ui.jobs import Job, Runner
from ui.scenarios import words
from ui.scenarios.compare_rows import ASPECTS, cells, certainty, heading
from ui.scenarios.scenario_list import ScenarioList
from ui.scenarios.table import Cell, ValueTable
from ui.scenarios.trial_view import TrialView
from ui.widgets import EmptyState, airy, label, primary_button, text_button
from ui.widgets.notes import Note, NoteList

_ASPECT_PX, _COLUMN_PX, _LINES_PX = 180, 180, 78
_MOST_LINES = 200


class CompareView(TrialView):
    """Solves the week under the scenarios that are ticked, and compares them with the plan.

    Attributes
    ----------
    scenarios
        Where they are made and ticked.
    """

    proposed = Signal(object)
    """A ``Proposal`` for the week's draft."""
    compared = Signal(object)
    """The ``Comparison``, when all of it is there."""

    def __init__(self, open_plan: OpenPlan, runner: Runner) -> None:
        super().__init__(open_plan, runner)
        self._week: IsoWeek | None = None
        self._comparison: Comparison | None = None
        self.scenarios = ScenarioList(open_plan, runner)
        self.scenarios.failed.connect(self.failed)
        self.scenarios.listed.connect(self._show_state)
        self.scenarios.ticks_changed.connect(self._judge)
        self.outdated.accepted.connect(self.compare)
        self.table = ValueTable(_("Comparison of scenarios"))
        self.table.stand_upright()
        self.table.currentCellChanged.connect(self._show_lines)
        self.lines = NoteList(_("What of the promise breaks"))
        self.compare_button = primary_button(_("Compare"), "play")
        self.compare_button.clicked.connect(self.compare)
        self.seconds = airy(QSpinBox())
        self.seconds.setRange(1, 600)
        self.seconds.setValue(int(Effort().seconds))
        self.seconds.setSuffix(_(" s each"))
        self.seconds.setAccessibleName(_("Seconds for each"))
        self.seconds.setToolTip(_("The plan as it is and each scenario have the same time"))
        self.said = label("", "muted", wraps=True)
        self.take_button = text_button(_("Look at it as a proposal"), "eye")
        self.take_button.clicked.connect(self.propose)
        self._lay_out()
        self._judge()

    @property
    def comparison(self) -> Comparison | None:
        """What is shown."""
        return self._comparison

    def show_plan(self, open_plan: OpenPlan) -> None:
        """Belong to another plan."""
        self._open_plan, self._week = open_plan, None
        self.running.forget()
        self.scenarios.show_plan(open_plan)
        self._forget()

    def show_week(self, week: IsoWeek) -> None:
        """Belong to a week; a comparison of another one is not shown any more."""
        if week != self._week:
            self._week = week
            self.running.forget()
            self._forget()
        self.scenarios.read()

    def tell_revision(self, revision: int) -> None:
        """Say so when the draft is another one than the one that was compared with."""
        if self._comparison is not None and self._comparison.draft_revision != revision:
            self.outdated.say(
                _("The week was changed since it was compared."),
                "warning",
                offer=_("Compare again"),
            )

    def _lay_out(self) -> None:
        go = QHBoxLayout()
        go.addWidget(self.seconds)
        go.addWidget(self.compare_button, stretch=1)
        side = QWidget()
        left = QVBoxLayout(side)
        left.setContentsMargins(14, 12, 12, 12)
        left.setSpacing(10)
        left.addWidget(self.scenarios, stretch=1)
        left.addLayout(go)
        self._make_states()
        self._stand(side)

    def _make_states(self) -> None:
        self.first_button = primary_button(_("New scenario"), "plus")
        self.first_button.clicked.connect(self.scenarios.make)
        self.none = EmptyState(
            "eye",
            _("What if one officer were missing?"),
            _(
                "A scenario supposes something: fewer people, a school more, other bells, a new "
                "place, another rule. The week is solved with it, beside the plan, and compared "
                "with the plan as it is."
            ),
            self.first_button,
        )
        self.waiting = EmptyState(
            "play",
            _("Nothing is compared yet"),
            _("Tick scenarios and compare them with the plan as it is. Nothing is stored."),
        )
        self.found = QWidget()
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 0, 14, 0)
        foot.addWidget(self.said, stretch=1)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self.found)
        column.setContentsMargins(0, 8, 0, 8)
        column.addWidget(self.table, stretch=3)
        column.addLayout(foot)
        column.addWidget(self.lines, stretch=2)
        for page in (self.none, self.waiting, self.found):
            self.states.addWidget(page)

    @Slot()
    def compare(self) -> None:
        """Solve the week as it is and under each ticked scenario."""
        open_plan, week, scenarios = self._open_plan, self._week, self.scenarios.ticked()
        if week is None or not scenarios:
            return
        effort = Effort(seconds=float(self.seconds.value()))
        self._forget()
        self.running.start(
            lambda job: compare(
                open_plan,
                week,
                scenarios,
                effort=effort,
                on_result=job.report,
                on_progress=job.report,
                should_stop=job.should_stop,
            ),
            _("Reading the week"),
        )
        self._judge()

    @override
    @Slot(object)
    def _take_progress(self, told: CompareProgress | Comparison) -> None:
        if isinstance(told, Comparison):
            self._show(told)
            return
        name = told.scenario.name if told.scenario else _("The plan as it is")
        share = min(1.0, told.seconds / self.seconds.value())
        self.running.tell((told.n_done + share) / told.n_all, name)

    @override
    @Slot(object)
    def _end(self, found: Comparison) -> None:
        self._show(found)
        broken = [n for n, one in enumerate(found.results, 2) if one.first_broken(found.base)]
        self.table.setCurrentCell(0, min(broken, default=self.table.columnCount() - 1))
        self._judge()
        self.compared.emit(found)

    def _show(self, found: Comparison) -> None:
        self._comparison = found
        results = (found.base, *found.results)
        names = [heading(result) for result in results]
        self.table.head(["", *names], [_ASPECT_PX, *(_COLUMN_PX for _name in names)])
        columns = [tuple(cells(result, found.base)) for result in results]
        self.table.fill(
            (text, (Cell(text=_(text), tone="muted"), *row))
            for text, row in zip(ASPECTS, zip(*columns, strict=True), strict=True)
        )
        self.table.setRowHeight(len(ASPECTS) - 1, _LINES_PX)
        if self.table.currentColumn() < 1:
            self.table.setCurrentCell(0, len(results))
        self._show_state()
        self._show_lines()

    def _forget(self) -> None:
        self._comparison = None
        self.outdated.hide()
        self.table.fill(())
        self.lines.fill(())
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        if self._comparison is not None:
            self.states.setCurrentWidget(self.found)
        else:
            self.states.setCurrentWidget(self.waiting if self.scenarios.scenarios else self.none)

    def _result(self) -> ScenarioResult | None:
        """Return the result in the chosen column."""
        found, number = self._comparison, self.table.currentColumn() - 1
        if found is None or number < 0:
            return None
        results = (found.base, *found.results)
        return results[number] if number < len(results) else None

    @Slot()
    def _show_lines(self) -> None:
        result, found = self._result(), self._comparison
        self._judge()
        if result is None or found is None:
            return
        first = None if result is found.base else result.first_broken(found.base)
        notes = [
            Note(
                lines=(
                    words.line_text(line),
                    *((_("the first that held before"),) if line == first else ()),
                ),
                tone="danger" if line.priority == 1 else "warning",
            )
            for line in result.lines[:_MOST_LINES]
        ]
        self.lines.fill(
            notes or [Note(lines=(_("Nothing of the promise breaks"),), tone="success")]
        )
        self.said.setText(certainty(result))

    @Slot()
    def propose(self) -> None:
        """Look at the chosen result as a proposal for the draft."""
        result, open_plan = self._result(), self._open_plan
        if result is not None:
            job = Job(lambda _job: as_proposal(open_plan, result))
            job.done.connect(self._take_proposal)
            job.failed.connect(self._fail)
            self._runner.line_up(job)

    @Slot(object)
    def _take_proposal(self, proposal: Proposal) -> None:
        self.proposed.emit(proposal)

    @override
    @Slot()
    def _judge(self) -> None:
        is_idle = not self.running.is_running
        is_ready = self._week is not None and bool(self.scenarios.ticked())
        self.compare_button.setEnabled(is_idle and is_ready)
        self.take_button.setEnabled(is_idle and self._result() is not None)
