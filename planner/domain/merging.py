"""A proposal taken over beside what was edited while it was made."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.duties import day_of
from planner.domain.ids import CrewId, DutyId, StaffId
from planner.domain.roster import Assignment, Roster, Shift

Cell = tuple[StaffId, date]
"""A day of a person: the shift that begins on it, and what is done in that shift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The cells that a proposal changes.

    Parameters
    ----------
    taken
        Those that become as it says.
    kept
        Those that stay as they were edited since it was begun.
    """

    taken: frozenset[Cell]
    kept: frozenset[Cell]


def merged(
    base: Roster,
    current: Roster,
    proposal: Roster,
    *,
    heads: Mapping[DutyId, int],
    people: Collection[StaffId] | None = None,
) -> Roster:
    """Return the current roster with what a proposal makes of it; edits made meanwhile win.

    A crew of which one half is not taken is none, and what it was to do together is not done. A
    duty that somebody does already gets no more people than it wants.

    Parameters
    ----------
    base
        The roster that the proposal was made from.
    current
        The roster as it is now.
    heads
        People whom each duty wants.
    people
        Whose part of the proposal is taken; everybody's unless given.
    """
    found = parts(base, current, proposal, people)
    if not found.taken:
        return current
    if found.taken == _differing(base, proposal) and not _differing(base, current):
        return replace(proposal, overrides=current.overrides, notes=current.notes)
    old, new = Cells(current), Cells(proposal)
    shifts = [shift for shift in current.shifts if _cell(shift) not in found.taken]
    shifts += [shift for shift in proposal.shifts if _cell(shift) in found.taken]
    stay = [done for done in current.assignments if old.of(done) not in found.taken]
    more = [done for done in proposal.assignments if new.of(done) in found.taken]
    return replace(
        current,
        shifts=_with_whole_crews(shifts, old, new, found.taken),
        assignments=_together(stay, _wanted(stay, more, heads), new),
        levels=proposal.levels,
        gaps=proposal.gaps,
        generated_at=proposal.generated_at,
    )


def parts(
    base: Roster, current: Roster, proposal: Roster, people: Collection[StaffId] | None = None
) -> Parts:
    """Return which of the cells that a proposal changes are taken over, and which stay.

    A cell stays too where its new shift would overlap one that stays.
    """
    changed = _differing(base, proposal)
    if people is not None:
        changed = frozenset(cell for cell in changed if cell[0] in people)
    kept = changed & _differing(base, current)
    while more := frozenset(_overlapping(current, proposal, changed - kept)):
        kept |= more
    return Parts(taken=changed - kept, kept=kept)


class Cells:
    """The cells of a roster, and who works in crews on its days."""

    def __init__(self, roster: Roster) -> None:
        self._shifts: dict[StaffId, list[Shift]] = defaultdict(list)
        self._crews: dict[tuple[date, CrewId], set[StaffId]] = defaultdict(set)
        for shift in roster.shifts:
            self._shifts[shift.staff].append(shift)
            if shift.crew is not None:
                self._crews[shift.day, shift.crew].add(shift.staff)
        self._doing = {(done.duty, done.staff): done.span for done in roster.assignments}

    def of(self, done: Assignment) -> Cell:
        """Return the cell of an assignment: of its shift, else of the duty's own day."""
        shift = self._shift_of(done)
        return (done.staff, shift.day if shift else day_of(done.duty))

    def crew_of(self, shift: Shift) -> frozenset[StaffId]:
        """Return who is in the crew of a shift; nobody without one."""
        if shift.crew is None:
            return frozenset()
        return frozenset(self._crews[shift.day, shift.crew])

    def mates(self, done: Assignment) -> frozenset[StaffId]:
        """Return with whom, of the same crew, an assignment is done."""
        shift = self._shift_of(done)
        crew = self.crew_of(shift) if shift else frozenset()
        return frozenset(
            mate for mate in crew - {done.staff} if self._doing.get((done.duty, mate)) == done.span
        )

    def _shift_of(self, done: Assignment) -> Shift | None:
        mine = self._shifts.get(done.staff, ())
        return next((shift for shift in mine if shift.span.contains(done.span)), None)


def _cell(shift: Shift) -> Cell:
    return (shift.staff, shift.day)


def _differing(one: Roster, other: Roster) -> frozenset[Cell]:
    """Return the cells that two rosters do not say the same of."""
    shifts = {_cell(shift) for shift in {*one.shifts} ^ {*other.shifts}}
    only = (
        (here, {*here.assignments} - {*there.assignments})
        for here, there in ((one, other), (other, one))
    )
    duties: set[Cell] = set()
    for roster, differing in only:
        cells = Cells(roster)
        duties |= {cells.of(done) for done in differing}
    return frozenset(shifts | duties)


def _overlapping(current: Roster, proposal: Roster, taken: frozenset[Cell]) -> Iterable[Cell]:
    """Yield the cells whose proposed shift overlaps one that stays."""
    stay: dict[StaffId, list[Shift]] = defaultdict(list)
    for shift in current.shifts:
        if _cell(shift) not in taken:
            stay[shift.staff].append(shift)
    for shift in proposal.shifts:
        mine = stay.get(shift.staff, ()) if _cell(shift) in taken else ()
        if any(shift.span.overlaps(other.span) for other in mine):
            yield _cell(shift)


def _with_whole_crews(
    shifts: Iterable[Shift], old: Cells, new: Cells, taken: Collection[Cell]
) -> tuple[Shift, ...]:
    """Return shifts in order, in a crew only where all are that were in it."""
    crew_of = {shift: (new if _cell(shift) in taken else old).crew_of(shift) for shift in shifts}
    n_there = Counter((shift.day, shift.crew, crew) for shift, crew in crew_of.items())
    whole = {key for key, n in n_there.items() if key[1] is not None and n == len(key[2])}
    names: dict[tuple[date, CrewId | None, frozenset[StaffId]], CrewId | None] = {}
    for key in sorted(whole, key=lambda key: (key[0], str(key[1]), sorted(key[2]))):
        name, number = key[1], 1
        while (key[0], name) in {(other[0], given) for other, given in names.items()}:
            number += 1
            name = CrewId(f"{key[1]}-{number}")
        names[key] = name
    return tuple(
        sorted(
            (
                replace(shift, crew=names.get((shift.day, shift.crew, crew)))
                for shift, crew in crew_of.items()
            ),
            key=lambda shift: (shift.staff, shift.span),
        )
    )


def _wanted(
    stay: list[Assignment], more: list[Assignment], heads: Mapping[DutyId, int]
) -> list[Assignment]:
    """Return the new assignments of duties that nobody does, or that want more people then."""
    starts = {done.duty: done.start for done in stay}
    doing = Counter(done.duty for done in stay)
    by_whom = {(done.duty, done.staff) for done in stay}
    found = []
    for done in more:
        if (done.duty, done.staff) in by_whom:
            continue
        if done.duty in starts:
            if done.start != starts[done.duty] or doing[done.duty] >= heads.get(done.duty, 0):
                continue
            doing[done.duty] += 1
        found.append(done)
    return found


def _together(stay: list[Assignment], more: list[Assignment], new: Cells) -> tuple[Assignment, ...]:
    """Return assignments in order, without what is new of crews that do not do it together."""
    there = {(done.duty, done.staff, done.start) for done in (*stay, *more)}
    found = [
        done
        for done in more
        if all((done.duty, mate, done.start) in there for mate in new.mates(done))
    ]
    return tuple(sorted((*stay, *found), key=lambda done: (done.start, done.duty, done.staff)))
