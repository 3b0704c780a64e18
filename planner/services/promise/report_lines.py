"""The duties of a week as they are reported: what each was, and what was said of it until now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from planner import clock
from planner.domain.duties import Duty, DutyKind, Moment
from planner.domain.ids import DutyId
from planner.domain.promised import asked_duties
from planner.domain.promises import (
    CoveredBy,
    Delivery,
    MeasureKind,
    PlannedDuty,
    PromisedDuty,
)
from planner.domain.spans import Span, day_span
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.promise.earlier_planned import keep_earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A duty that can be reported; nobody's name is in it.

    Parameters
    ----------
    place, title
        Id and name of the school, hotspot, walk or session.
    span
        When it was planned; where nobody was, when it could have been. Of a duty that was promised
        and that bells and windows do not ask for any more, the whole day.
    is_timed
        Whether ``span`` is the duty's own and not the whole day.
    is_promised
        Whether a signed promise asks for it.
    covered_by
        Who was to do it when it was first published; nothing before.
    is_over
        Whether it has ended, so that it can be reported.
    """

    duty: DutyId
    week: IsoWeek
    day: date
    kind: DutyKind
    place: str
    title: str
    moment: Moment | None
    span: Span
    is_timed: bool = True
    is_promised: bool
    covered_by: CoveredBy | None
    delivery: Delivery | None
    is_over: bool

    @property
    def can_be_as_planned(self) -> bool:
        """Tell whether somebody was to do it, it has ended, and nothing was reported of it."""
        was_planned = self.covered_by in {CoveredBy.ROSTER, CoveredBy.OWN_STAFF}
        return was_planned and self.is_over and self.delivery is None


def report_lines(open_plan: OpenPlan, week: IsoWeek) -> tuple[ReportLine, ...]:
    """Return every duty of a week that was published, promised, or is asked for, by time and place.

    Raises
    ------
    StorageError
        ``publication-broken``
    """
    keep_earlier(open_plan)
    return lines_of(open_plan, week)


def lines_of(open_plan: OpenPlan, week: IsoWeek) -> tuple[ReportLine, ...]:
    """Return the same as :func:`report_lines` inside a transaction, which writes nothing."""
    plan, store = open_plan.plan, open_plan.store
    signed = {one.id for one in plan.promises if one.signed_on is not None}
    kinds = {one.id: one.kind for one in plan.measures if one.promise in signed}
    maker = _LineMaker(
        open_plan,
        {one.duty: one for one in store.deliveries(week, week)},
        {one.duty: one for one in store.promised_duties(kinds, week)},
    )
    lines: dict[DutyId, ReportLine] = {}
    for planned in store.planned_duties(week, week):
        lines[planned.duty] = maker.of_planned(planned)
    for duty in asked_duties(plan, week):
        if duty.id not in lines:
            lines[duty.id] = maker.of_asked(duty, week)
    for promised in maker.promised.values():
        if promised.duty not in lines:
            lines[promised.duty] = maker.of_promised(promised, kinds[promised.measure])
    return tuple(sorted(lines.values(), key=_in_order))


def lines_by_duty(open_plan: OpenPlan, weeks: Iterable[IsoWeek]) -> dict[DutyId, ReportLine]:
    """Return the lines of some weeks by duty."""
    return {line.duty: line for week in sorted(set(weeks)) for line in lines_of(open_plan, week)}


def _in_order(line: ReportLine) -> tuple[object, ...]:
    return line.day, line.span.start, line.title, line.duty


class _LineMaker:
    def __init__(
        self,
        open_plan: OpenPlan,
        deliveries: Mapping[DutyId, Delivery],
        promised: dict[DutyId, PromisedDuty],
    ) -> None:
        self._zone = open_plan.plan.zone
        self._now = clock.now()
        self._deliveries = deliveries
        self.promised = promised

    def of_planned(self, one: PlannedDuty) -> ReportLine:
        return ReportLine(
            duty=one.duty,
            week=one.week,
            day=one.day,
            kind=one.kind,
            place=one.place,
            title=one.title,
            moment=one.moment,
            span=one.span,
            is_promised=one.duty in self.promised,
            covered_by=one.covered_by,
            delivery=self._deliveries.get(one.duty),
            is_over=one.end <= self._now,
        )

    def of_asked(self, one: Duty, week: IsoWeek) -> ReportLine:
        return ReportLine(
            duty=one.id,
            week=week,
            day=one.day,
            kind=one.kind,
            place=one.source,
            title=one.title,
            moment=one.moment,
            span=one.span,
            is_promised=one.id in self.promised,
            covered_by=None,
            delivery=self._deliveries.get(one.id),
            is_over=one.span.end <= self._now,
        )

    def of_promised(self, one: PromisedDuty, kind: MeasureKind) -> ReportLine:
        day = day_span(one.day, self._zone)
        is_school = kind is MeasureKind.CONTACT_PERSONS
        return ReportLine(
            duty=one.duty,
            week=one.week,
            day=one.day,
            kind=DutyKind.SCHOOL if is_school else DutyKind.PRESENCE,
            place=one.place,
            title=one.title,
            moment=next(_moments(one.duty), None) if is_school else None,
            span=day,
            is_timed=False,
            is_promised=True,
            covered_by=None,
            delivery=self._deliveries.get(one.duty),
            is_over=day.end <= self._now,
        )


def _moments(duty: DutyId) -> Iterator[Moment]:
    """Yield the side of the school day that a window's id tells."""
    ordinal = duty.rsplit("/", 1)[-1]
    for moment in Moment:
        if ordinal.startswith(f"{moment}-"):
            yield moment
