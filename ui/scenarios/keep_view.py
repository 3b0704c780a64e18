"""Can we keep this? A promise tested week by week before anyone signs."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.domain.scenarios import Scenario
from planner.domain.weeks import IsoWeek
from planner.services.keepable import KeepProgress, can_we_keep
from planner.services.keepable_results import (
    Keepable,
    Kept,
    MeasureVerdict,
    MeasureWeek,
    WeekAnswer,
)
from planner.services.plans import OpenPlan
from planner.services.scenarios import Effort
from planner.words import N_, _, ngettext
from ui.jobs import Runner
from ui.scenarios import words
from ui.scenarios.keep_form import KeepForm
from ui.scenarios.running import Running
from ui.scenarios.table import Cell, ValueTable
from ui.widgets import Chip, EmptyState, label, primary_button, text_button
from ui.widgets.notes import Note, NoteList

_SIDE_PX = 330
_MOST_LINES = 200
_VERDICTS = (N_("Measure"), N_("Answer"), N_("Can be done"), N_("Target"), N_("Lacks first"))
_VERDICT_SHARES = (200, 150, 190, 76, 290)

_ANSWERS = {
    Kept.KEPT: N_("It can be kept"),
    Kept.NOT_KEPT: N_("It cannot be kept"),
    Kept.OPEN: N_("Not settled in time"),
    Kept.NOT_TRIED: N_("Not all weeks were tried"),
    Kept.NOTHING: N_("Nothing is asked for"),
}
_TONES = {Kept.KEPT: "success", Kept.NOT_KEPT: "danger", Kept.OPEN: "warning"}


class KeepView(QWidget):
    """Asks what is to be tested, and shows answers as they come."""

    failed = Signal(object)
    """The exception that a service raised."""
    week_asked = Signal(object)
    """An ``IsoWeek`` to look at."""
    tested = Signal(object)
    """The ``Keepable``, when the test has ended."""

    def __init__(self, open_plan: OpenPlan, runner: Runner) -> None:
        super().__init__()
        self._open_plan = open_plan
        self._found: Keepable | None = None
        self.running = Running(runner)
        self.running.progressed.connect(self._take_progress)
        self.running.ended.connect(self._end)
        self.running.failed.connect(self._fail)
        self.form = KeepForm()
        self.form.changed.connect(self._judge)
        self.button = primary_button(_("Test it"), "play")
        self.button.clicked.connect(self.test)
        self.answer = Chip()
        self.said = label("", "muted", wraps=True)
        self.verdicts = ValueTable(_("Measures over the whole period"))
        self.verdicts.head([_(text) for text in _VERDICTS], _VERDICT_SHARES)
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
        side = QWidget()
        left = QVBoxLayout(side)
        left.setContentsMargins(14, 12, 12, 12)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        self.form.setProperty("plain", True)  # noqa: FBT003 - Qt's signature
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setWidget(self.form)
        left.addWidget(scroller, stretch=1)
        left.addWidget(self.button)
        side.setMinimumWidth(_SIDE_PX)
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
        self.states = QStackedWidget()
        self.states.addWidget(self.none)
        self.states.addWidget(self.shown)
        split = QSplitter()
        split.addWidget(side)
        split.addWidget(self.states)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.running)
        layout.addWidget(split, stretch=1)

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

    @Slot(object)
    def _end(self, found: Keepable) -> None:
        self._show(found)
        self._judge()
        self.tested.emit(found)

    def _show(self, found: Keepable) -> None:
        self._found = found
        kept = found.kept
        is_whole = found.n_solved == found.n_kinds
        self.answer.show_state(_(_ANSWERS[kept]), _TONES.get(kept, "neutral"))
        self.said.setText(_said(found) if is_whole else _so_far(found))
        self.verdicts.fill((one.measure.id, tuple(_verdict(one))) for one in found.verdicts)
        names = [one.name for one in found.measures]
        self.weeks.head([_("Week"), *names, _("Solved")], [110, *(150 for _name in names), 240])
        self.weeks.fill((one.week, tuple(_week(one))) for one in found.weeks)
        if self.weeks.currentRow() < 0:
            worst = next((one.week for one in found.weeks if one.kept is kept), None)
            self.weeks.choose(worst)
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

    @Slot()
    def _judge(self) -> None:
        is_ready = self.form.promise.count() > 0 and self.form.asked() is not None
        self.button.setEnabled(is_ready and not self.running.is_running)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._judge()
        self.failed.emit(error)


def _said(found: Keepable) -> str:
    n_weeks = len(found.weeks)
    return ngettext(
        "{n} week; {kinds} of them solved, for weeks that are the same but for their dates share "
        "an answer.",
        "{n} weeks; {kinds} of them solved, for weeks that are the same but for their dates share "
        "an answer.",
        n_weeks,
        kinds=found.n_kinds,
    )


def _so_far(found: Keepable) -> str:
    return _("So far: {n} of {all} kinds of week.", n=found.n_solved, all=found.n_kinds)


def _verdict(verdict: MeasureVerdict) -> Iterator[Cell]:
    measure = verdict.measure
    text, tone, symbol = words.KEPT[verdict.kept]
    yield Cell(text=measure.name, is_strong=True)
    yield Cell(text=_(text), tone=tone, symbol=symbol)
    counted = _("{n} of {all}", n=verdict.n_covered, all=verdict.n_wanted)
    if measure.is_share:
        yield Cell(text=f"{words.percent(verdict.percent)} ({counted})", is_number=True)
        yield Cell(text=_("{n} %", n=measure.target), is_number=True)
    else:
        yield Cell(text=counted, is_number=True)
        yield Cell(text=str(measure.target), is_number=True)
    line = verdict.first_line
    if line is not None:
        yield Cell(text=words.place_text(line), tone=tone)
    elif not measure.is_share and verdict.n_wanted < measure.target:
        yield Cell(text=_("only {n} in the plan", n=verdict.n_wanted), tone="danger")
    else:
        yield Cell(text="–", tone="muted")


def _week(answer: WeekAnswer) -> Iterator[Cell]:
    yield Cell(text=str(answer.week), is_strong=True)
    for one in answer.measures:
        yield _measure(one)
    if answer.same_as is not None:
        text = _("as {week}: the same but for the dates", week=answer.same_as)
        yield Cell(text=text, tone="muted")
    else:
        is_tried = answer.kept is not Kept.NOT_TRIED
        yield Cell(text=_("by itself") if is_tried else "", tone="muted")


def _measure(one: MeasureWeek) -> Cell:
    text, tone, symbol = words.KEPT[one.kept]
    if one.kept in {Kept.NOTHING, Kept.NOT_TRIED}:
        return Cell(text=_(text), tone=tone, symbol=symbol)
    counted = _("{n} of {all}", n=one.n_covered, all=one.n_wanted)
    return Cell(text=f"{_(text)}: {counted}", tone=tone, symbol=symbol)
