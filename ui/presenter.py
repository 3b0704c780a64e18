"""Between window and services: asks off the window's thread, and tells what came back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from planner.domain.ids import DutyId, SquadId, StaffId
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek
from planner.errors import StorageError
from planner.services import plans
from planner.services.plans import OpenPlan
from planner.services.promise.retention import forget_daily
from planner.services.publish import publishing
from planner.services.publish.publishing import PublicationInfo
from planner.services.repair import absences
from planner.services.roster import generating
from planner.services.roster.generating import Proposal, Selection
from planner.services.roster.views import Decision
from planner.services.week import weeks
from planner.services.week.editing import News, news_since
from planner.services.week.kept_weeks import KeptWeeks
from planner.services.week.publish_check import before_publishing
from planner.services.week.working_week import WorkingWeek
from ui.jobs import Job, Runner

if TYPE_CHECKING:
    from planner.services.imports.importing import ImportReport

_WATCH_MS = 3000
"""How often the plan is looked at for what others did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A plan that was just opened, and the first week to show of it."""

    open_plan: OpenPlan
    week: IsoWeek
    last_entry: int


class Presenter(QObject):
    """Holds the open plan and the week shown; every answer is a signal."""

    plan_opened = Signal(object)
    """The ``OpenPlan``."""
    week_asked = Signal(object)
    """The ``IsoWeek`` that is being fetched."""
    week_fetched = Signal(object)
    """The ``WorkingWeek`` to show and edit."""
    four_weeks_fetched = Signal(object)
    """A ``FourWeeksView``."""
    last_roster_fetched = Signal(object)
    """The ``Roster`` of the week before the one shown."""
    found_again = Signal()
    """The plan, which could not be reached, can be reached again."""
    changed_by_others = Signal(object)
    """Tuple of ``JournalEntry``: what others did to the plan meanwhile."""
    generating_began = Signal(int)
    """Seconds it takes at most."""
    progressed = Signal(object)
    """A ``GenerateProgress``."""
    stopping = Signal()
    generated = Signal(object)
    """The ``Proposal``, not yet taken over."""
    generating_ended = Signal()
    imported = Signal(object)
    """An ``ImportReport``."""
    away_reported = Signal()
    """Somebody's absence is in the plan."""
    publish_checked = Signal(object)
    """The ``PublishCheck``: what to see, and to decide, before publishing."""
    published = Signal(object)
    """A ``PublicationInfo``."""
    failed = Signal(object)
    """The exception that a service raised."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.open_plan: OpenPlan | None = None
        self._kept: KeptWeeks | None = None
        self.week: IsoWeek | None = None
        self._fetching: Job | None = None
        self._generating: Job | None = None
        self._seen = 0
        self._looking: Job | None = None
        self._is_out_of_sight = False
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self._look_for_others)

    @property
    def is_generating(self) -> bool:
        """Tell whether the engine is at work."""
        return self._generating is not None

    def open(self, target: str) -> None:
        """Open a plan and show its current week."""
        self._start(lambda _job: _opened(plans.open_plan(target)), self._take_plan)

    def create(self, target: str, *, example: str = "") -> None:
        """Make a plan, from an example if one is named, and open it."""

        def make(_job: Job) -> Opened:
            if example:
                from planner.services.examples import making

                making.create_example(target, example, week=making.example_week(example))
            else:
                plans.create_plan(target)
            return _opened(plans.open_plan(target))

        self._start(make, self._take_plan)

    def show_week(self, week: IsoWeek) -> None:
        """Fetch a week; an answer to an earlier question is dropped."""
        self._fetch(week, anew=False)

    def _fetch(self, week: IsoWeek, *, anew: bool) -> None:
        kept = self._kept
        if kept is None:
            return
        self.week = week
        self.week_asked.emit(week)
        self._fetching = Job(lambda _job: kept.week(week, anew=anew))
        self._fetching.done.connect(self._take_week)
        self._fetching.failed.connect(self._lose_week)
        self._run(self._fetching, in_line=True)  # after the edits that are being kept

    def show_current_week(self) -> None:
        """Fetch the week that today is in."""
        if self.open_plan is not None:
            self.show_week(weeks.current_week(self.open_plan))

    def refresh(self) -> None:
        """Read the week shown once more."""
        if self.week is not None:
            self._fetch(self.week, anew=True)

    def fetch_four_weeks(self, first: IsoWeek) -> None:
        """Fetch four weeks for their overview."""
        kept = self._kept
        if kept is not None:
            job = Job(lambda _job: kept.four_weeks(first))
            job.done.connect(self.four_weeks_fetched)
            self._run(job, in_line=True)

    def fetch_last_roster(self) -> None:
        """Fetch the roster of the week before the one shown."""
        open_plan, week = self.open_plan, self.week
        if open_plan is not None and week is not None:
            job = Job(lambda _job: open_plan.store.load_roster(week.shifted(-1)))
            job.done.connect(self.last_roster_fetched)
            self._run(job, in_line=True)

    def generate(
        self, *, seconds: int, duties_only: bool, selection: Selection | None = None
    ) -> None:
        """Generate the week shown; the result is a proposal."""
        open_plan, week = self.open_plan, self.week
        if open_plan is None or week is None or self._generating is not None:
            return

        def work(job: Job) -> Proposal:
            return generating.generate(
                open_plan,
                week,
                seconds=seconds,
                duties_only=duties_only,
                selection=selection,
                on_progress=job.report,
                should_stop=job.should_stop,
            )

        job = Job(work)
        job.progressed.connect(self.progressed)
        job.done.connect(self._take_proposal)
        job.failed.connect(self._end_generating)
        self._generating = job
        self.generating_began.emit(seconds)
        self._run(job)

    def stop(self) -> None:
        """Ask the engine to end; the best roster so far is kept."""
        if self._generating is not None:
            self._generating.stop()
            self.stopping.emit()

    def report_away(self, who: StaffId | SquadId, span: Span, *, is_squad: bool) -> None:
        """Put down that a person, or a squad, is away."""
        open_plan = self.open_plan
        if open_plan is None:
            return

        def report(_job: Job) -> None:
            if is_squad:
                absences.squad_away(open_plan, SquadId(who), span.start, span.end)
            else:
                absences.report_absence(open_plan, StaffId(who), span.start, span.end)

        job = Job(report)
        job.done.connect(self._take_report)
        self._run(job, in_line=True)

    def check_publishing(self) -> None:
        """Find out what is to be seen before the week is published."""
        open_plan, week = self.open_plan, self.week
        if open_plan is not None and week is not None:
            job = Job(lambda _job: before_publishing(open_plan, week))
            job.done.connect(self.publish_checked)
            self._run(job, in_line=True)

    def publish(self, week: IsoWeek, decisions: Mapping[DutyId, Decision]) -> None:
        """Publish a week with what was decided."""
        open_plan = self.open_plan
        if open_plan is not None:
            self._start(
                lambda _job: publishing.publish(open_plan, week, decisions), self._take_publication
            )

    def close(self) -> None:
        """Stop all work, wait for it, and close the plan."""
        self._watch.stop()
        self._runner.close()
        if self.open_plan is not None:
            self.open_plan.close()
            self.open_plan = self._kept = None

    def _start(self, work: Callable[[Job], object], receive: Callable[..., None]) -> Job:
        job = Job(work)
        job.done.connect(receive)
        return self._run(job)

    def _run(self, job: Job, *, in_line: bool = False) -> Job:
        job.failed.connect(self.failed)
        if in_line:
            self._runner.line_up(job)
        else:
            self._runner.start(job)
        return job

    @Slot(object)
    def _take_plan(self, opened: Opened) -> None:
        if self.open_plan is not None:
            self.open_plan.close()
        self.open_plan = opened.open_plan
        self._kept = KeptWeeks(opened.open_plan)
        self._seen = opened.last_entry
        self._looking, self._is_out_of_sight = None, False
        self._watch.start()
        self.plan_opened.emit(opened.open_plan)
        self.show_week(opened.week)

    @Slot(object)
    def take_import(self, report: "ImportReport") -> None:
        """Tell of records that were imported, and show the week anew."""
        self.imported.emit(report)
        self.refresh()

    @Slot(object)
    def _take_week(self, working: WorkingWeek) -> None:
        if self.sender() is self._fetching:
            self.week_fetched.emit(working)

    @Slot(object)
    def _lose_week(self, error: Exception) -> None:
        """Fetch the week once more when the plan can be reached again."""
        is_away = isinstance(error, StorageError) and error.code != "plan-broken"
        if is_away and self.sender() is self._fetching:
            self._is_out_of_sight = True

    @Slot()
    def _look_for_others(self) -> None:
        open_plan, seen = self.open_plan, self._seen
        if open_plan is None or self._looking is not None:  # a slow share: one look at a time
            return

        def look(_job: Job) -> News:
            news = news_since(open_plan, seen)
            if news.of_others:
                open_plan.refresh()
            return news

        job = Job(look)
        job.done.connect(self._take_news)
        job.failed.connect(self._lose_sight)
        self._looking = job
        self._runner.line_up(job)

    @Slot(object)
    def _take_news(self, news: News) -> None:
        if self.sender() is not self._looking:  # of the plan that was open before
            return
        was_out_of_sight = self._is_out_of_sight
        self._looking, self._is_out_of_sight = None, False
        self._seen = max(self._seen, news.last)
        if was_out_of_sight:
            self.found_again.emit()
        if news.of_others:
            self.changed_by_others.emit(news.of_others)
        if was_out_of_sight or news.of_others:
            self.refresh()

    @Slot(object)
    def _lose_sight(self, error: Exception) -> None:
        """Say once that the plan cannot be reached, and go on looking for it."""
        if self.sender() is not self._looking:
            return
        self._looking = None
        if not self._is_out_of_sight:
            self._is_out_of_sight = True
            self.failed.emit(error)

    @Slot(object)
    def _take_proposal(self, proposal: Proposal) -> None:
        self._end_generating()
        self.generated.emit(proposal)

    @Slot()
    def _end_generating(self) -> None:
        self._generating = None
        self.generating_ended.emit()

    @Slot(object)
    def _take_report(self, _nothing: object) -> None:
        self.refresh()
        self.away_reported.emit()

    @Slot(object)
    def _take_publication(self, info: PublicationInfo) -> None:
        self.published.emit(info)
        self.refresh()


def _opened(open_plan: OpenPlan) -> Opened:
    forget_daily(open_plan)
    return Opened(
        open_plan=open_plan,
        week=weeks.week_to_plan(open_plan),
        last_entry=news_since(open_plan, 0).last,
    )
