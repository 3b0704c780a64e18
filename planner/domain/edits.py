"""Edits of a roster by hand: each returns the roster as it is afterwards.

An edit does what the planner asks, whatever rule it breaks; the checks say so at once. Duties of a
shift that moves or goes away go with it where they can, and are uncovered where they cannot.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from planner.domain.duties import Duty
from planner.domain.ids import DutyId, ShiftId, ShiftTypeId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Finding, Note, Override, Roster, Shift
from planner.domain.rotation import shift_id, shift_parts
from planner.domain.spans import DAY, MINUTE, Span

_STEP = 5 * MINUTE
"""Breaks begin on whole five minutes."""


# Shifts ------------------------------------------------------------------------------------------


def put_shift(
    plan: Plan, roster: Roster, staff: StaffId, day: date, shift_type: ShiftTypeId
) -> Roster:
    """Return the roster with a person working a shift type on a day, in place of what was there.

    Duties that still fit into the new shift stay.
    """
    before = [shift for shift in roster.shifts if (shift.staff, shift.day) == (staff, day)]
    parts = shift_parts(plan, shift_type, day)
    shift = Shift(
        id=shift_id(staff, day, shift_type),
        staff=staff,
        day=day,
        shift_type=shift_type,
        parts=parts,
    )
    kept = [done for done in duties_of(roster, before) if _holds(shift, done.span)]
    cleared = remove_shifts(roster, [one.id for one in before])
    placed = replace(shift, breaks=place_break(plan, shift, kept))
    return _with(cleared, shifts=[placed], assignments=kept)


def remove_shifts(roster: Roster, shifts: Collection[ShiftId]) -> Roster:
    """Return the roster without some shifts, the duties in them, and their crews."""
    gone = [shift for shift in roster.shifts if shift.id in shifts]
    lost = set(duties_of(roster, gone))
    crews = {(shift.crew, shift.day) for shift in gone if shift.crew is not None}
    return replace(
        roster,
        shifts=tuple(
            replace(shift, crew=None) if (shift.crew, shift.day) in crews else shift
            for shift in roster.shifts
            if shift.id not in shifts
        ),
        assignments=tuple(done for done in roster.assignments if done not in lost),
    )


def move_shift(plan: Plan, roster: Roster, shift: Shift, staff: StaffId, day: date) -> Roster:
    """Return the roster with a shift of another person, or on another day.

    To another person on the same day its duties go along. To another day a shift keeps its local
    times, and its duties are uncovered. What the person had on that day is given in exchange to
    whom the shift came from, if that is the same day; else both are there.
    """
    if (staff, day) == (shift.staff, shift.day):
        return roster
    if day != shift.day:
        cleared = remove_shifts(roster, [shift.id])
        return _with(cleared, shifts=[_on(plan, cleared, shift, staff, day)])
    theirs = [other for other in roster.shifts if (other.staff, other.day) == (staff, day)]
    mine = duties_of(roster, [shift])
    others = duties_of(roster, theirs)
    cleared = remove_shifts(roster, [shift.id, *(other.id for other in theirs)])
    cleared = _with_crews_of(cleared, roster)
    swapped = _with(cleared, shifts=[_given_to(cleared, shift, staff)])
    for other in theirs:
        swapped = _with(swapped, shifts=[_given_to(swapped, other, shift.staff)])
    return _with(
        swapped,
        assignments=[
            *(replace(done, staff=staff) for done in mine),
            *(replace(done, staff=shift.staff) for done in others),
        ],
    )


def retime_shift(plan: Plan, roster: Roster, shift: Shift, span: Span) -> Roster:
    """Return the roster with a shift that begins and ends at other times.

    The first part begins and the last one ends anew; duties outside are uncovered, the break moves
    if it has to.
    """
    parts = (Span(span.start, shift.parts[0].end), *shift.parts[1:])
    parts = (*parts[:-1], Span(parts[-1].start, span.end))
    parts = tuple(part for part in parts if part.start < part.end)
    if not parts:
        return roster
    timed = replace(shift, parts=parts)
    mine = duties_of(roster, [shift])
    kept = [done for done in mine if _holds(timed, done.span)]
    if not all(_holds(timed, pause) for pause in shift.breaks) or not shift.breaks:
        timed = replace(timed, breaks=place_break(plan, timed, kept))
    lost = set(mine) - set(kept)
    return replace(
        roster,
        shifts=tuple(timed if one.id == shift.id else one for one in roster.shifts),
        assignments=tuple(done for done in roster.assignments if done not in lost),
    )


def shift_later(plan: Plan, roster: Roster, shift: Shift, later: timedelta) -> Roster:
    """Return the roster with a shift that begins, and ends, later (or earlier).

    Duties that are outside then are uncovered; the break moves along, unless a duty is there.
    """
    moved = replace(shift, parts=tuple(_later(part, later) for part in shift.parts))
    kept = [done for done in duties_of(roster, [shift]) if _holds(moved, done.span)]
    breaks = tuple(_later(pause, later) for pause in shift.breaks)
    if any(pause.overlaps(done.span) for pause in breaks for done in kept):
        breaks = place_break(plan, moved, kept)
    lost = set(duties_of(roster, [shift])) - set(kept)
    return replace(
        roster,
        shifts=tuple(
            replace(moved, breaks=breaks) if one.id == shift.id else one for one in roster.shifts
        ),
        assignments=tuple(done for done in roster.assignments if done not in lost),
    )


def copy_shifts(
    plan: Plan, roster: Roster, shifts: Iterable[Shift], *, staff: StaffId | None, days: int
) -> Roster:
    """Return the roster with copies of shifts some days later, for their people or for one.

    Days on which the person has a shift already are left as they are.
    """
    for shift in shifts:
        person, day = staff or shift.staff, shift.day + days * DAY
        is_taken = any((one.staff, one.day) == (person, day) for one in roster.shifts)
        if day in roster.week.days and not is_taken:
            roster = _with(roster, shifts=[_on(plan, roster, shift, person, day)])
    return roster


def copy_week(plan: Plan, roster: Roster, last: Roster, people: Collection[StaffId]) -> Roster:
    """Return the roster with what some people worked another week, where their days are free."""
    days = (roster.week.monday - last.week.monday).days
    mine = [shift for shift in last.shifts if shift.staff in people]
    return copy_shifts(plan, roster, mine, staff=None, days=days)


def lock(
    roster: Roster,
    shifts: Collection[ShiftId],
    assignments: Collection[tuple[DutyId, StaffId]],
    *,
    is_locked: bool,
) -> Roster:
    """Return the roster with shifts and assignments locked, or free again."""
    return replace(
        roster,
        shifts=tuple(
            replace(shift, is_locked=is_locked) if shift.id in shifts else shift
            for shift in roster.shifts
        ),
        assignments=tuple(
            replace(done, is_locked=is_locked) if (done.duty, done.staff) in assignments else done
            for done in roster.assignments
        ),
    )


# Duties ------------------------------------------------------------------------------------------


def assign(roster: Roster, duty: Duty, staff: StaffId, start: datetime | None = None) -> Roster:
    """Return the roster with a duty done by a person, and a crew's duty by the person's crew.

    Parameters
    ----------
    start
        When it begins; where others do it already, with them; else as early as it may.
    """
    doing = [done for done in roster.assignments if done.duty == duty.id]
    begin = start or (doing[0].start if doing else duty.earliest_start)
    span = Span(begin, begin + timedelta(minutes=duty.duration_min))
    people = _crew_at(roster, staff, span) if duty.is_crew else (staff,)
    new = [
        Assignment(duty=duty.id, staff=one, start=span.start, end=span.end)
        for one in people
        if not any(done.staff == one for done in doing)
    ]
    return _with(roster, assignments=new)


def unassign(roster: Roster, duty: Duty, staff: StaffId) -> Roster:
    """Return the roster with a duty that a person, or the person's crew, does not do any more."""
    gone = {
        (done.duty, person)
        for done in roster.assignments
        if (done.duty, done.staff) == (duty.id, staff)
        for person in (_crew_at(roster, staff, done.span) if duty.is_crew else (staff,))
    }
    return replace(
        roster,
        assignments=tuple(d for d in roster.assignments if (d.duty, d.staff) not in gone),
    )


def hand_over(
    roster: Roster, duty: Duty, giver: StaffId, taker: StaffId, start: datetime | None = None
) -> Roster:
    """Return the roster with a duty done by another person, or by the same one at another time.

    All who do it begin together.
    """
    now = next(d.start for d in roster.assignments if (d.duty, d.staff) == (duty.id, giver))
    begin = start or now
    roster = assign(unassign(roster, duty, giver), duty, taker, begin)
    end = begin + timedelta(minutes=duty.duration_min)
    return replace(
        roster,
        assignments=_sorted(
            replace(done, start=begin, end=end) if done.duty == duty.id else done
            for done in roster.assignments
        ),
    )


def duties_of(roster: Roster, shifts: Sequence[Shift]) -> tuple[Assignment, ...]:
    """Return what is done during some shifts, by those who work them."""
    return tuple(
        done
        for done in roster.assignments
        if any(shift.staff == done.staff and shift.span.overlaps(done.span) for shift in shifts)
    )


# What a planner writes ---------------------------------------------------------------------------


def override(roster: Roster, finding: Finding, *, reason: str, author: str, at: datetime) -> Roster:
    """Return the roster with a broken rule that stands for a reason.

    The shifts that break it are locked: from then on they are a fact.
    """
    rule, staff, start, values = finding.breach
    made = Override(
        id=f"{roster.week}/{rule}/{staff or ''}/{start.isoformat() if start else ''}/{values}",
        week=roster.week,
        rule=rule,
        staff=staff,
        start=start,
        values=values,
        reason=reason,
        author=author,
        at=at,
    )
    others = tuple(one for one in roster.overrides if one.id != made.id)
    span = finding.span
    held = {
        shift.id
        for shift in roster.shifts
        if shift.staff == staff and span is not None and shift.span.overlaps(span)
    }
    locked = lock(roster, held, (), is_locked=True)
    return replace(locked, overrides=(*others, made))


def withdraw(roster: Roster, gone: Override) -> Roster:
    """Return the roster without an override; what it locked stays locked."""
    return replace(roster, overrides=tuple(one for one in roster.overrides if one.id != gone.id))


def write_note(
    roster: Roster, day: date, shift: ShiftId | None, *, text: str, author: str, at: datetime
) -> Roster:
    """Return the roster with a note on a day or a shift, in place of the one there; empty: none."""
    id_ = f"{day.isoformat()}/{shift or ''}"
    others = tuple(note for note in roster.notes if note.id != id_)
    if not text.strip():
        return replace(roster, notes=others)
    note = Note(
        id=id_, week=roster.week, day=day, shift=shift, text=text.strip(), author=author, at=at
    )
    return replace(roster, notes=(*others, note))


# Breaks ------------------------------------------------------------------------------------------


def place_break(plan: Plan, shift: Shift, duties: Iterable[Assignment]) -> tuple[Span, ...]:
    """Return the break of a shift as its type asks for: in the longest part, nearest to its middle.

    Beside the duties where there is room, else in the middle.
    """
    kind = plan.shift_type_by_id.get(shift.shift_type or ShiftTypeId(""))
    longest = max(shift.parts, key=lambda part: part.minutes)
    if kind is None or not 0 < kind.break_min < longest.minutes:
        return ()
    length = timedelta(minutes=kind.break_min)
    middle = longest.start + (longest.end - longest.start - length) / 2
    busy = [done.span for done in duties]
    starts = list(_starts(longest, length))
    free = [s for s in starts if not any(Span(s, s + length).overlaps(one) for one in busy)]
    start = min(free or starts, key=lambda at: (abs(at - middle), at))
    return (Span(start, start + length),)


def _starts(room: Span, length: timedelta) -> Iterable[datetime]:
    start = room.start
    while start + length <= room.end:
        yield start
        start += _STEP


# Parts of edits ----------------------------------------------------------------------------------


def _with(
    roster: Roster, shifts: Iterable[Shift] = (), assignments: Iterable[Assignment] = ()
) -> Roster:
    return replace(
        roster,
        shifts=tuple(
            sorted((*roster.shifts, *shifts), key=lambda shift: (shift.staff, shift.span))
        ),
        # Whoever is given what they do already does it once.
        assignments=_sorted(
            {(d.duty, d.staff): d for d in (*assignments, *roster.assignments)}.values()
        ),
    )


def _sorted(assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    return tuple(sorted(assignments, key=lambda done: (done.start, done.duty, done.staff)))


def _holds(shift: Shift, span: Span) -> bool:
    return any(part.contains(span) for part in shift.parts)


def _later(span: Span, later: timedelta) -> Span:
    return Span(span.start + later, span.end + later)


def _on(plan: Plan, roster: Roster, shift: Shift, staff: StaffId, day: date) -> Shift:
    """Return a planned shift of the same local times on another day, in no crew."""
    later = (day - shift.day).days

    def moved(at: datetime) -> datetime:
        local = at.astimezone(plan.zone)
        there = datetime.combine(local.date() + later * DAY, local.time(), plan.zone)
        return there.astimezone(at.tzinfo)

    parts = tuple(Span(moved(part.start), moved(part.end)) for part in shift.parts)
    if shift.shift_type is not None and _parts_of_type(plan, shift) == shift.parts:
        parts = shift_parts(plan, shift.shift_type, day)
    new = Shift(
        id=_free_id(roster, staff, day, shift.shift_type),
        staff=staff,
        day=day,
        shift_type=shift.shift_type,
        parts=parts,
    )
    return replace(new, breaks=place_break(plan, new, ()))


def _parts_of_type(plan: Plan, shift: Shift) -> tuple[Span, ...]:
    """Return the parts that a shift of its type has on its day."""
    return shift_parts(plan, shift.shift_type, shift.day) if shift.shift_type else ()


def _given_to(roster: Roster, shift: Shift, staff: StaffId) -> Shift:
    """Return a shift as another person's; whoever takes it takes the place in the crew too."""
    return replace(shift, id=_free_id(roster, staff, shift.day, shift.shift_type), staff=staff)


def _free_id(roster: Roster, staff: StaffId, day: date, kind: ShiftTypeId | None) -> ShiftId:
    taken = {shift.id for shift in roster.shifts}
    first = shift_id(staff, day, kind or ShiftTypeId(""))
    found, n = first, 1
    while found in taken:
        n += 1
        found = ShiftId(f"{first}-{n}")
    return found


def _with_crews_of(roster: Roster, before: Roster) -> Roster:
    """Return the roster with the crews that its shifts had before."""
    crews = {shift.id: shift.crew for shift in before.shifts}
    return replace(
        roster, shifts=tuple(replace(shift, crew=crews[shift.id]) for shift in roster.shifts)
    )


def _crew_at(roster: Roster, staff: StaffId, span: Span) -> tuple[StaffId, ...]:
    """Return a person and who is in the same crew then."""
    crew = next((s.crew for s in roster.shifts if s.staff == staff and s.span.contains(span)), None)
    if crew is None:
        return (staff,)
    return tuple(
        shift.staff for shift in roster.shifts if shift.crew == crew and shift.span.overlaps(span)
    )
