"""An information session agreed anew with its school, for a time at which somebody can hold it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from planner import clock
from planner.domain import edits
from planner.domain.changes import Change
from planner.domain.coverage import QUARTER
from planner.domain.demand import session_duty
from planner.domain.differences import week_differences
from planner.domain.duties import Duty, DutyKind
from planner.domain.places import InformationSession
from planner.domain.plan import Plan
from planner.domain.roster import Gap, Roster
from planner.domain.school_hours import school_hours
from planner.domain.spans import MINUTE, Span
from planner.planning.travel import travel_matrix
from planner.services.candidates.board import Board
from planner.services.gaps.fix_costs import fix_costs, helps_promise, levels_added
from planner.services.gaps.fix_values import Fix, FixKind
from planner.services.gaps.reasons import GapWeek
from planner.services.records.saving import changed_plan
from planner.services.week.editing import effect

_MOST_JUDGED: Final = 12
_MOST_TOLD: Final = 2


class SessionMoves:
    """Finds them for one gap; each was judged with the session as it would be agreed.

    A session may move to any time of the week, from now on, at which classes are at its school.
    Who holds it is at work then and leaves nothing for it.
    """

    def __init__(self, week: GapWeek, gap: Gap) -> None:
        self._week, self._gap = week, gap
        draft = week.draft
        heads = [done for done in draft.assignments if done.duty == gap.duty]
        self._is_locked = any(done.is_locked for done in heads)
        self._without = replace(
            draft, assignments=tuple(done for done in draft.assignments if done not in heads)
        )

    def fixes(self) -> Iterator[Fix]:
        """Yield what closes the gap, breaks no rule and uncovers nothing, by how far it moves.

        One a day at most.
        """
        session = self._session()
        if session is None or self._is_locked:
            return
        told: set[date] = set()
        for n_judged, (duty, roster) in enumerate(self._held(session)):
            if n_judged >= _MOST_JUDGED or len(told) >= _MOST_TOLD:
                return
            fix = None if duty.day in told else self._judged(session, duty, roster)
            if fix is not None:
                told.add(duty.day)
                yield fix

    def _session(self) -> InformationSession | None:
        duty = self._week.duty_by_id[self._gap.duty] if self._gap.duty else None
        if duty is None or duty.kind is not DutyKind.SESSION:
            return None
        return next(one for one in self._week.plan.information_sessions if one.id == duty.source)

    def _held(self, session: InformationSession) -> Iterator[tuple[Duty, Roster]]:
        """Yield what the moved session asks for, and drafts in which somebody at work holds it.

        Those whom the school knows come first.
        """
        board, contacts = self._board(), self._week.plan.school_contacts
        known = {one.staff for one in contacts if one.school == session.school}
        seen: set[object] = set()
        for duty in sorted(self._elsewhere(session), key=lambda one: self._distance(session, one)):
            for staff in sorted(board.free(duty), key=lambda one: (one not in known, one)):
                crew = frozenset(board.together(staff, duty.span) if duty.is_crew else (staff,))
                if (duty.day, crew) not in seen:
                    seen.add((duty.day, crew))
                    yield duty, edits.assign(self._without, duty, staff)

    def _board(self) -> Board:
        plan, duties = self._week.plan, self._week.duty_by_id
        sites = {duty.site for duty in duties.values()}
        modes = sorted({member.travel_mode for member in plan.staff})
        return Board(plan, duties, self._without, travel_matrix(plan, sites, modes))

    def _elsewhere(self, session: InformationSession) -> Iterator[Duty]:
        """Yield what it would ask for at each start that it may not have as it stands."""
        plan = self._week.plan
        school = plan.school_by_id.get(session.school) if session.school else None
        if school is None:
            return  # nobody's hours are known, nor who would have to agree
        now, stands = clock.now(), session_duty(plan, session)
        for day in self._week.draft.week.days:
            hours = school_hours(plan, school, day)
            for start in _quarters(hours, stands.duration_min) if hours else ():
                if start >= now and not stands.earliest_start <= start <= stands.latest_start:
                    yield session_duty(plan, _moved(plan, session, start))

    def _distance(self, session: InformationSession, duty: Duty) -> tuple[int, int, datetime]:
        """Return how far off a duty is: in days, then by the clock."""
        at = duty.earliest_start.astimezone(self._week.plan.zone).time()
        before = _minute(session.earliest_start) - _minute(at)
        after = _minute(at) - _minute(session.latest_start)
        return abs((duty.day - session.day).days), max(before, after, 0), duty.earliest_start

    def _judged(self, session: InformationSession, duty: Duty, roster: Roster) -> Fix | None:
        """Return a draft as a fix; nothing unless the checks say that it is one."""
        week, plan = self._week, self._week.plan
        moved = _moved(plan, session, duty.earliest_start)
        record = Change(set_name="information_sessions", before=session, after=moved)
        then = GapWeek(plan=changed_plan(plan, [record]), draft=roster, around=week.around)
        done = effect(week.judgement, then.judgement)
        levels = levels_added(week.judgement, then.judgement)
        is_open = any(gap.duty == duty.id for gap in then.gaps)
        if done.broken or done.opened or is_open or not helps_promise(levels):
            return None
        duties = {**week.duty_by_id, **then.duty_by_id}.values()
        return Fix(
            kind=FixKind.SESSION,
            gap=self._gap,
            people=tuple(sorted(one.staff for one in roster.assignments if one.duty == duty.id)),
            base=week.draft,
            roster=roster,
            differences=week_differences(plan, week.draft, roster, duties),
            broken=(),
            costs=fix_costs(week, roster, opened=(), levels=levels),
            closed_heads=self._gap.missing,
            record=record,
        )


def _moved(plan: Plan, session: InformationSession, start: datetime) -> InformationSession:
    """Return a session as it would be agreed: at that start and no other."""
    at = start.astimezone(plan.zone)
    return replace(session, day=at.date(), earliest_start=at.time(), latest_start=at.time())


def _quarters(hours: Span, duration_min: int) -> Iterator[datetime]:
    """Yield the whole quarters of an hour at which something so long fits into some hours."""
    start = hours.start + (hours.start.replace(minute=0) - hours.start) % QUARTER
    while start + duration_min * MINUTE <= hours.end:
        yield start
        start += QUARTER


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
