"""Where and when presence is missing in a week: what the coverage page shows."""

from dataclasses import dataclass, replace
from functools import cached_property

from planner import messages
from planner.domain.dusk import LoneDuty, lone_duties
from planner.domain.duties import Duty
from planner.domain.evenings import (
    Moved,
    evening_min,
    moved,
    promised_evening_min,
)
from planner.domain.harm import harm_of
from planner.domain.ids import DutyId
from planner.domain.promises import MEASURE_OF, MeasureKind
from planner.domain.roster import Gap, Shift
from planner.domain.rotation import roll_out
from planner.domain.weeks import IsoWeek
from planner.exchange.week_json import roster_from_json
from planner.services.coverage.evenings import evening_hours
from planner.services.coverage.fairness import fairness
from planner.services.coverage.views import (
    CoverageView,
    EveningPresence,
    Fairness,
    MapCell,
    MapRow,
    RankedGap,
)
from planner.services.plans import OpenPlan
from planner.services.prints.coverage_counting import CoverageCounter, PlaceDuties
from planner.services.prints.printable import PrintableWeek
from planner.services.publish.publishing import snapshot_of
from planner.services.roster.views import Decision, WeekState, WeekView
from planner.services.week.working_week import WorkingWeek, load_working_week


def coverage_view(open_plan: OpenPlan, week: IsoWeek) -> CoverageView:
    """Return what managers see of ``week`` as it is planned now.

    Raises
    ------
    StorageError
        ``publication-broken``
    """
    working = load_working_week(open_plan, week)
    if working.view.state is WeekState.EMPTY:
        return _empty_view(working.view)
    decisions = {
        one.duty: Decision(one.decision) for one in open_plan.store.decisions(week) if one.decision
    }
    publications = open_plan.store.publications(week)
    first = roster_from_json(snapshot_of(publications[0])["week"]).shifts if publications else None
    maker = _ViewMaker(working=working, decisions=decisions, first_published=first)
    return maker.view(fairness(open_plan, week))


def _empty_view(view: WeekView) -> CoverageView:
    """Return what is shown of a week without a roster."""
    return CoverageView(
        week=view.week,
        state=view.state,
        version=view.version,
        published_at=view.published_at,
        zone=view.zone,
        days=view.days,
        fairness=Fairness(first=view.week, last=view.week),
    )


@dataclass(frozen=True, kw_only=True)
class _ViewMaker:
    """Makes the page of one week.

    Parameters
    ----------
    first_published
        The shifts as they were first made known; nothing when they never were.
    """

    working: WorkingWeek
    decisions: dict[DutyId, Decision]
    first_published: tuple[Shift, ...] | None

    def view(self, spread: Fairness) -> CoverageView:
        counter, view = self._counter, self.working.view
        return replace(
            _empty_view(view),
            measures=tuple(counter.measures()),
            schools=tuple(self._row(row) for row in counter.schools()),
            hours=counter.hours,
            hotspots=tuple(self._row(row) for row in counter.hotspots()),
            need=view.need,
            gaps=tuple(map(self._ranked, counter.open_gaps(view.gaps))),
            evening=self._evening(),
            lone=self._lone,
            fairness=spread,
        )

    @cached_property
    def _counter(self) -> CoverageCounter:
        working = self.working
        return CoverageCounter(
            printed=PrintableWeek(
                plan=working.plan,
                roster=working.roster,
                duties=working.duties,
                decisions=self.decisions,
                around=working.around,
            )
        )

    @cached_property
    def _lone(self) -> tuple[LoneDuty, ...]:
        working = self.working
        return tuple(lone_duties(working.plan, working.duties, working.roster.assignments))

    @cached_property
    def _lone_ids(self) -> frozenset[DutyId]:
        return frozenset(lone.duty.id for lone in self._lone)

    def _row(self, row: PlaceDuties) -> MapRow:
        return MapRow(
            source=row.source, name=row.name, cells=tuple(self._cell(cell) for cell in row.cells)
        )

    def _cell(self, duties: tuple[Duty, ...]) -> MapCell:
        counter = self._counter
        return MapCell(
            coverage=counter.coverage(duties),
            by_day=tuple(
                (day, counter.coverage(duty for duty in duties if duty.day == day))
                for day in sorted({duty.day for duty in duties})
            ),
            is_lone=any(duty.id in self._lone_ids for duty in duties),
        )

    def _ranked(self, gap: Gap) -> RankedGap:
        plan, counter = self.working.plan, self._counter
        duty = counter.duty_of(gap)
        return RankedGap(
            gap=gap,
            title=messages.gap_title(plan, gap),
            moment=duty.moment if duty else None,
            measure=MEASURE_OF[duty.kind] if duty else None,
            source=duty.source if duty else "",
            day=duty.day if duty else gap.span.start.astimezone(plan.zone).date(),
            harm=harm_of(plan, gap, duty),
        )

    def _evening(self) -> EveningPresence:
        plan, roster = self.working.plan, self.working.roster
        presence = [
            duty for duty in self.working.duties if MEASURE_OF[duty.kind] is MeasureKind.PRESENCE
        ]
        wanted = [(duty, promised_evening_min(plan, duty)) for duty in presence]
        return EveningPresence(
            promised_min=sum(minutes for _duty, minutes in wanted),
            planned_min=sum(min(minutes, self._evening_of(duty)) for duty, minutes in wanted),
            hours=evening_hours(plan, self.working.view.need),
            since_published=None
            if self.first_published is None
            else moved(plan, self.first_published, roster.shifts),
            since_base=self._since_base(),
        )

    def _evening_of(self, duty: Duty) -> int:
        """Return the people's minutes that are planned of a duty in the evening."""
        done = self._counter.facts.done(duty)
        return sum(evening_min(self.working.plan, one.span) for one in done)

    def _since_base(self) -> Moved | None:
        plan, roster = self.working.plan, self.working.roster
        patrol = plan.settings.patrol_skill
        rolled = [
            shift
            for shift in roll_out(plan, self.working.week)
            if patrol in plan.skills_of(shift.staff, shift.day)
        ]
        return moved(plan, rolled, roster.shifts, only_known=True) if rolled else None
