"""Take a promise and what became of it out of the plan, for the report-back to both parties."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from planner import clock
from planner.domain.follow_up import MeasureFollowUp, PromiseFollowUp
from planner.domain.followed_events import FollowedWalk
from planner.domain.ids import PromiseId
from planner.domain.outcome import outcome_series
from planner.domain.plan import Plan
from planner.domain.promises import Promise
from planner.domain.tallies import Reported
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, NotFoundError
from planner.reports.report_back import (
    ActionLine,
    MeasureReport,
    MeetingLine,
    PlaceFigures,
    ReportBack,
    RevisionLine,
    WalkLine,
    WeekFigures,
)
from planner.services.plans import OpenPlan
from planner.services.promise.follow_up import follow_up_of


def promise_to_report(plan: Plan, asked: str = "") -> Promise:
    """Return the promise that is asked for, or the only one that is signed.

    Parameters
    ----------
    asked
        Its id or its name; empty when it is not said.

    Raises
    ------
    NotFoundError
        ``report-no-promise``, ``report-promise-unknown``
    ConflictError
        ``report-promise-unclear``: several are signed.
    """
    if not plan.promises:
        raise NotFoundError("report-no-promise")
    if asked:
        for promise in plan.promises:
            if asked in {promise.id, promise.name}:
                return promise
        raise NotFoundError("report-promise-unknown", promise=asked, promises=_listed(plan))
    signed = [one for one in plan.promises if one.signed_on is not None]
    found = signed or plan.promises
    if len(found) > 1:
        raise ConflictError("report-promise-unclear", promises=_listed(plan))
    return found[0]


def report_back_of(
    open_plan: OpenPlan, promise_id: PromiseId, *, now: datetime | None = None
) -> ReportBack:
    """Return what a report-back on a promise says, as known at ``now``.

    Before the period is over it is an interim report.

    Parameters
    ----------
    now
        This moment when missing.

    Raises
    ------
    NotFoundError
        ``promise-gone``
    ConflictError
        ``promise-unsigned``; ``report-not-begun``: the period begins later; ``report-no-data``:
        nothing was published or reported in it.
    StorageError
        ``publication-broken``
    """
    return read_report_back(open_plan, promise_id, now=now)[0]


def read_report_back(
    open_plan: OpenPlan, promise_id: PromiseId, *, now: datetime | None = None
) -> tuple[ReportBack, PromiseFollowUp]:
    """Return the report-back and what it is counted from; raises as :func:`report_back_of`."""
    now = now or clock.now()
    found = follow_up_of(open_plan, promise_id, now=now)
    promise, plan = found.promise, open_plan.plan
    if promise.signed_on is None or not found.is_signed:
        raise ConflictError("promise-unsigned")
    today = now.astimezone(plan.zone).date()
    if today < promise.first_day:
        raise ConflictError("report-not-begun", day=promise.first_day)
    duties = [duty for measure in found.measures for duty in measure.duties]
    published = {duty.week for duty in duties if duty.span is not None}
    if not published and all(duty.reported in _UNTOLD for duty in duties):
        raise ConflictError("report-no-data", first=promise.first_day, last=promise.last_day)
    report = ReportBack(
        name=promise.name,
        city=promise.city,
        city_signatory=promise.city_signatory,
        police=promise.police,
        police_signatory=promise.police_signatory,
        first_day=promise.first_day,
        last_day=promise.last_day,
        signed_on=promise.signed_on,
        report_by=promise.report_by,
        as_of=today,
        is_over=found.is_over,
        notice=plan.settings.notice,
        measures=tuple(map(_measure, found.measures)),
        revisions=tuple(
            RevisionLine(
                made_on=one.at.astimezone(plan.zone).date(),
                first_day=one.first_day,
                reason=one.reason,
                n_before=one.n_before,
                n_after=one.n_after,
            )
            for one in found.revisions
        ),
        outcomes=outcome_series(plan.outcome_counts, promise.first_day, promise.last_day),
        unpublished=tuple(
            week
            for week in _promised_weeks(found)
            if week not in published and week.days[-1] < today
        ),
        retention_days=plan.settings.retention_days,
    )
    return report, found


_UNTOLD = {Reported.NOT_REPORTED, Reported.TO_COME}


def _listed(plan: Plan) -> str:
    return ", ".join(f"{one.id} ({one.name})" for one in plan.promises)


def _promised_weeks(found: PromiseFollowUp) -> Iterator[IsoWeek]:
    """Yield the weeks in which anything is promised, in order."""
    weeks = {one.week for measure in found.measures for one in measure.weeks if one.tally.promised}
    yield from sorted(weeks)


def _measure(found: MeasureFollowUp) -> MeasureReport:
    measure = found.measure
    of_place: dict[str, list[WeekFigures]] = defaultdict(list)
    for cell in found.cells:
        of_place[cell.place].append(WeekFigures(week=cell.week, tally=cell.tally))
    return MeasureReport(
        id=measure.id,
        name=measure.name,
        kind=measure.kind,
        party=measure.party,
        is_share=measure.is_share,
        target=measure.target,
        aim=found.aim,
        verdict=found.verdict,
        total=found.total,
        weeks=tuple(WeekFigures(week=one.week, tally=one.tally) for one in found.weeks),
        places=tuple(
            PlaceFigures(
                place=one.place, title=one.title, tally=one.tally, weeks=tuple(of_place[one.place])
            )
            for one in found.places
        ),
        walks=tuple(map(_walk, found.walks)),
        every_place=found.every_place,
    )


def _walk(walk: FollowedWalk) -> WalkLine:
    return WalkLine(
        name=walk.name,
        meetings=tuple(
            MeetingLine(kind=one.kind, day=one.day, state=one.state, reason=one.reason)
            for one in walk.meetings
        ),
        reported=walk.reported,
        counts=walk.counts,
        actions=tuple(
            ActionLine(
                text=one.text,
                responsible=one.responsible,
                due_day=one.due_day,
                done_day=one.done_day,
            )
            for one in walk.actions
        ),
    )
