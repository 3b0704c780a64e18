"""Can we keep this? A promise tested week by week before anyone signs."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.scenarios import Scenario
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.what_if.keepable import KeepProgress, can_we_keep
from planner.services.what_if.keepable_results import Keepable, WeekAnswer, worst
from planner.services.what_if.scenarios import Effort
from planner.words import _
from ui.jobs import Runner
from ui.scenarios import words
from ui.scenarios.keep_form import KeepForm
from ui.scenarios.keep_rows import (
    ANSWERS,
    TONES,
    VERDICT_SHARES,
    VERDICTS,
    said,
    so_far,
    verdict_cells,
    week_cells,
)
from ui.scenarios.table import ValueTable
from ui.scenarios.trial_view import TrialView, side_of
from ui.widgets import Chip, EmptyState, label, primary_button, text_button
from ui.widgets.notes import Note, NoteList

_SIDE_PX = 330
_MOST_LINES = 200


class KeepView(TrialView):
    """Asks what is to be tested, and shows answers as they come."""

    week_asked = Signal(object)
    """An ``IsoWeek`` to look at."""
    tested = Signal(object)
    """The ``Keepable``, when the test has ended."""

    def __init__(self, open_plan: OpenPlan, runner: Runner) -> None:
        super().__init__(open_plan, runner)
        self._found: Keepable | None = None
        self.form = KeepForm()
        self.form.changed.connect(self._judge)
        self.button = primary_button(_("Test it"), "play")
        self.button.clicked.connect(self.test)
        self.answer = Chip()
        self.said = label("", "muted", wraps=True)
        self.verdicts = ValueTable(_("Measures over the whole period"))
        self.verdicts.head([_(text) for text in VERDICTS], VERDICT_SHARES, is_squeezed=True)
        self.weeks = ValueTable(_("Week by week"))
        self.weeks.currentCellChanged.connect(self._show_lines)
        self.weeks.itemDoubleClicked.connect(self._ask_week)
        self.lines = NoteList(_("What lacks in the week"))
        self.week_button = text_button(_("Go to the week"), "calendar")
        self.week_button.clicked.connect(self._ask_week)
        self._lay_out()
        self._judge()

    @property
    def found(self) -> Keepable | None:
        """What is shown."""
        return self._found

    def show_plan(self, open_plan: OpenPlan) -> None:
        """Belong to another plan; nothing of the last one is shown any more."""
        self._open_plan = open_plan
        self.running.forget()
        self._found = None
        self.form.promise.clear()
        self.states.setCurrentWidget(self.none)

    def show_week(self, week: IsoWeek) -> None:
        """Begin a new promise with a week."""
        self.form.show_plan(self._open_plan.plan, week)
        self._judge()

    @Slot(object)
    def offer(self, scenarios: tuple[Scenario, ...]) -> None:
        """Offer scenarios under which it may be tested."""
        self.form.offer(scenarios)

    def _lay_out(self) -> None:
        self.none = EmptyState(
            "shield",
            _("Can we keep this?"),
            _(
                "A promise is tested over its whole period against the staff there is, with "
                "contracts, absences, breaks of the school year and every rule, before anyone "
                "signs."
            ),
        )
        self.shown = self._make_result()
        self.states.addWidget(self.none)
        self.states.addWidget(self.shown)
        self._stand(side_of(self.form, self.button, _SIDE_PX))

    def _make_result(self) -> QWidget:
        made = QWidget()
        top = QHBoxLayout()
        top.setContentsMargins(14, 4, 14, 0)
        top.addWidget(self.answer)
        top.addWidget(self.said, stretch=1)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 0, 14, 0)
        foot.addWidget(label(_("What lacks in the week"), "section"), stretch=1)
        foot.addWidget(self.week_button)
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.addLayout(top)
        layout.addWidget(self.verdicts, stretch=3)
        layout.addWidget(self.weeks, stretch=5)
        layout.addLayout(foot)
        layout.addWidget(self.lines, stretch=3)
        return made

    @Slot()
    def test(self) -> None:
        """Test what is asked for."""
        asked, open_plan = self.form.asked(), self._open_plan
        if asked is None:
            return
        self._found = None
        self.running.start(
            lambda job: can_we_keep(
                open_plan,
                asked.promise,
                asked.measures,
                scenario=asked.scenario,
                effort=Effort(seconds=float(asked.seconds)),
                on_result=job.report,
                on_progress=job.report,
                should_stop=job.should_stop,
            ),
            _("Reading the weeks"),
        )
        self._judge()

    @override
    @Slot(object)
    def _take_progress(self, told: KeepProgress | Keepable) -> None:
        if isinstance(told, Keepable):
            self._show(told)
        elif told.week is None:
            self.running.tell(
                0.0, _("Reading week {n} of {all}", n=told.n_done + 1, all=told.n_all)
            )
        else:
            share = min(1.0, told.seconds / self.form.seconds.value())
            self.running.tell(
                (told.n_done + share) / told.n_all,
                _(
                    "Solving {week}; kind {n} of {all}",
                    week=words.week_text(told.week),
                    n=told.n_done + 1,
                    all=told.n_all,
                ),
            )

    @override
    @Slot(object)
    def _end(self, found: Keepable) -> None:
        self._show(found)
        self._judge()
        self.tested.emit(found)

    def _show(self, found: Keepable) -> None:
        self._found = found
        kept = found.kept
        is_whole = found.n_solved == found.n_kinds
        self.answer.show_state(_(ANSWERS[kept]), TONES.get(kept, "neutral"))
        self.said.setText(said(found) if is_whole else so_far(found))
        self.verdicts.fill((one.measure.id, tuple(verdict_cells(one))) for one in found.verdicts)
        names = [one.name for one in found.measures]
        self.weeks.head([_("Week"), *names, _("Solved")], [110, *(150 for _name in names), 240])
        self.weeks.fill((one.week, tuple(week_cells(one))) for one in found.weeks)
        if self.weeks.currentRow() < 0:
            least = worst(one.kept for one in found.weeks)
            self.weeks.choose(next(one.week for one in found.weeks if one.kept is least))
        self.states.setCurrentWidget(self.shown)
        self._show_lines()

    def _chosen(self) -> WeekAnswer | None:
        week = self.weeks.chosen()
        weeks = self._found.weeks if self._found is not None else ()
        return next((one for one in weeks if one.week == week), None)

    @Slot()
    def _show_lines(self) -> None:
        chosen = self._chosen()
        self.week_button.setEnabled(chosen is not None)
        lines = [line for one in chosen.measures for line in one.lines] if chosen else []
        notes = [
            Note(lines=(words.line_text(line),), tone="danger" if line.priority == 1 else "warning")
            for line in sorted(lines, key=lambda one: one.day)[:_MOST_LINES]
        ]
        nothing = Note(lines=(_("Nothing that is known"),), tone="muted")
        self.lines.fill(notes or [nothing])

    @Slot()
    def _ask_week(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.week_asked.emit(chosen.week)

    @override
    @Slot()
    def _judge(self) -> None:
        is_ready = self.form.promise.count() > 0 and self.form.asked() is not None
        self.button.setEnabled(is_ready and not self.running.is_running)
