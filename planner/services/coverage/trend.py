"""How much of the promise was and will be planned, week by week."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from planner.domain.demand import make_duties
from planner.domain.evenings import moved
from planner.domain.ids import DutyId
from planner.domain.planned import own_windows, planned_coverage
from planner.domain.publication import Publication
from planner.domain.weeks import IsoWeek
from planner.exchange.week_json import (
    duties_from_json,
    plan_from_json,
    roster_from_json,
    shifts_around_from_json,
)
from planner.services.coverage.evenings import evening_hours, need_points
from planner.services.coverage.views import TrendWeek
from planner.services.plans import OpenPlan
from planner.services.prints.coverage_counting import CoverageCounter
from planner.services.prints.printable import PrintableWeek
from planner.services.publish.publishing import snapshot_of
from planner.services.roster.generating import shifts_around
from planner.services.roster.views import Decision, WeekState

N_WEEKS_BEFORE, N_WEEKS_AFTER = 8, 3


@dataclass(frozen=True)
class CoverageTrend:
    """Reads weeks around another; a publication, which never changes, is read once.

    One thread at a time may ask.
    """

    open_plan: OpenPlan
    _published: dict[tuple[IsoWeek, int], TrendWeek] = field(default_factory=dict)

    def around(
        self,
        week: IsoWeek,
        *,
        on_progress: Callable[[tuple[int, int]], None] = lambda _progress: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> tuple[TrendWeek, ...]:
        """Return the weeks from eight before ``week`` to three after; fewer when it is stopped.

        Each as it was published last, else as its draft is. Of a week that has neither any more,
        the duties that it was first published with are counted where they are kept.

        Parameters
        ----------
        on_progress
            Told how many weeks of how many are read.

        Raises
        ------
        StorageError
            ``publication-broken``
        """
        weeks = [week.shifted(n) for n in range(-N_WEEKS_BEFORE, N_WEEKS_AFTER + 1)]
        found = []
        for number, one in enumerate(weeks):
            if should_stop():
                break
            on_progress((number, len(weeks)))
            found.append(self._week(one))
        return tuple(found)

    def _week(self, week: IsoWeek) -> TrendWeek:
        publications = self.open_plan.store.publications(week)
        if not publications:
            return self._drafted(week)
        last = publications[-1]
        key = (week, last.number)
        if key not in self._published:
            printed = _published(last)
            counted = _counted(printed, WeekState.PUBLISHED)
            first = printed if last is publications[0] else _published(publications[0])
            since = moved(printed.plan, first.roster.shifts, printed.roster.shifts)
            self._published[key] = replace(counted, moved_min=since.moved_min)
        return self._published[key]

    def _drafted(self, week: IsoWeek) -> TrendWeek:
        store, plan = self.open_plan.store, self.open_plan.plan
        if not store.draft_revision(week):
            return self._first_planned(week)
        decided = {one.duty: Decision(one.decision) for one in store.decisions(week)}
        drafted = PrintableWeek(
            plan=plan,
            roster=store.load_roster(week),
            duties=make_duties(plan, week),
            decisions=decided,
            around=shifts_around(self.open_plan, week),
        )
        return _counted(drafted, WeekState.DRAFT)

    def _first_planned(self, week: IsoWeek) -> TrendWeek:
        """Return a week of which only what it was first published as is kept, if that is."""
        store, plan = self.open_plan.store, self.open_plan.plan
        own = {duty.id for duty in own_windows(plan, week)}
        first = [one for one in store.planned_duties(week, week) if one.is_first]
        measures = planned_coverage(one for one in first if one.duty not in own)
        if not measures:
            return TrendWeek(week=week, state=WeekState.EMPTY)
        return TrendWeek(
            week=week, state=WeekState.PUBLISHED, measures=measures, has_only_counts=True
        )


def _published(publication: Publication) -> PrintableWeek:
    """Return of a publication what is counted; its sheets and own weeks are not read."""
    data = snapshot_of(publication)
    document = data["week"]
    return PrintableWeek(
        plan=plan_from_json(document),
        roster=roster_from_json(document),
        duties=duties_from_json(document),
        number=publication.number,
        decisions=dict(_decisions(data["decisions"])),
        around=shifts_around_from_json(document),
    )


def _decisions(kept: Mapping[str, str]) -> Iterator[tuple[DutyId, Decision]]:
    for duty, decision in kept.items():
        yield DutyId(duty), Decision(decision)


def _counted(printed: PrintableWeek, state: WeekState) -> TrendWeek:
    return TrendWeek(
        week=printed.week,
        state=state,
        number=printed.number,
        measures=tuple(CoverageCounter(printed=printed).measures()),
        evening=evening_hours(
            printed.plan, need_points(printed.plan, printed.roster, printed.around)
        ),
    )
