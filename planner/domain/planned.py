"""How a week's duties stood when they were published."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from planner.domain.coverage_counts import Coverage
from planner.domain.demand import school_duties
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.promises import MEASURE_OF, CoveredBy, MeasureKind, PlannedDuty
from planner.domain.roster import Roster
from planner.domain.schools import Staffing
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek


def planned_duties(
    plan: Plan,
    roster: Roster,
    duties: Iterable[Duty],
    decided: Mapping[DutyId, CoveredBy],
    *,
    publication: int,
    is_first: bool,
) -> Iterator[PlannedDuty]:
    """Yield every duty of a week as it is published, and the windows of schools' own staff.

    Parameters
    ----------
    decided
        Of school windows that nobody in the roster covers.
    publication, is_first
        As :class:`PlannedDuty` has them.
    """
    placed = defaultdict[DutyId, list[Span]](list)
    for done in roster.assignments:
        placed[done.duty].append(done.span)
    own = {duty.id: duty for duty in own_windows(plan, roster.week)}
    for duty in (*duties, *own.values()):
        spans = placed[duty.id]
        if duty.id in own:
            by = CoveredBy.OWN_STAFF
        elif len(spans) >= duty.heads:
            by = CoveredBy.ROSTER
        else:
            by = decided.get(duty.id, CoveredBy.NOBODY)
        yield PlannedDuty(
            duty=duty.id,
            publication=publication,
            is_first=is_first,
            week=roster.week,
            day=duty.day,
            kind=duty.kind,
            place=duty.source,
            title=duty.title,
            moment=duty.moment,
            start=min((span.start for span in spans), default=duty.span.start),
            end=max((span.end for span in spans), default=duty.span.end),
            n_heads=duty.heads,
            n_planned=len(spans),
            covered_by=by,
        )


def planned_coverage(
    planned: Iterable[PlannedDuty],
) -> tuple[tuple[MeasureKind, Coverage], ...]:
    """Return how much was planned of each measure; the parts of a walk's meeting count as one."""
    events = defaultdict[MeasureKind, dict[str, list[CoveredBy]]](lambda: defaultdict(list))
    for one in planned:
        is_walk = one.kind is DutyKind.WALK
        event = one.duty.rsplit("/", 1)[0] if is_walk else one.duty
        events[MEASURE_OF[one.kind]][event].append(one.covered_by)
    return tuple(
        (measure, _coverage(events[measure].values()))
        for measure in MeasureKind
        if measure in events
    )


def _coverage(events: Collection[list[CoveredBy]]) -> Coverage:
    decided = Counter(of_event[0] for of_event in events)
    return Coverage(
        n_promised=len(events),
        n_planned=sum(set(of_event) == {CoveredBy.ROSTER} for of_event in events),
        n_own_staff=decided[CoveredBy.OWN_STAFF],
        n_cancelled=decided[CoveredBy.CANCELLED],
    )


def own_windows(plan: Plan, week: IsoWeek) -> Iterator[Duty]:
    """Yield the windows of a week at schools that have staff of their own for them."""
    for school in plan.schools:
        if school.staffing is Staffing.OWN:
            for day in week.days:
                yield from school_duties(plan, school, day)
