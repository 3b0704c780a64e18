"""What a grid probably means: who is who, and what codes stand for. The planner decides."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import time

from planner.domain.grids import (
    CodeChoice,
    Grid,
    GridDecisions,
    GridPerson,
    Group,
    Meaning,
    PersonChoice,
    PersonKind,
    Times,
    codes_of,
    colors_of,
    is_decided,
    is_left_out,
)
from planner.domain.ids import EmployerId, StaffId
from planner.domain.plan import Plan
from planner.domain.staff import StaffMember
from planner.exchange.grids.cells import read_times

_FREE = {
    "ledig", "l", "fp", "fv", "fri", "f-dag", "fridag", "fridygn", "off", "free", "-", "–", "x",
}  # fmt: skip
_BOUND = re.compile(
    r"utb|kurs|rätt|tingsrätt|domstol|apt|möte|konf|studiedag|planering|court|course|meeting|övn",
    re.IGNORECASE,
)
_OFFICE_HOURS = ((time(8), time(16, 30)),)
"""What bound time is guessed to be."""
_ALIKE = 0.82
"""Likeness of two names from which one may be the other, misspelt."""
_MOST_OFFERED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Somebody of the plan who may be a person of the grid.

    Parameters
    ----------
    is_certain
        Whether the names are the same but for order, case and titles, and nobody else's.
    """

    staff: StaffId
    name: str
    is_certain: bool


def suggestions(plan: Plan, grid: Grid, remembered: GridDecisions | None = None) -> GridDecisions:
    """Return what a grid probably means; what was decided last time beats what names suggest."""
    known = remembered or GridDecisions()
    people = {person.key: _person(plan, person) for person in grid.people}
    people |= {
        key: choice
        for key, choice in known.people.items()
        if key in people and (choice.staff is None or choice.staff in plan.staff_by_id)
    }
    people = _once(people, known.people)
    group, employer = _group(plan, grid, people)
    if remembered is not None:
        group = known.group
        if known.employer in plan.employer_by_id:
            employer = known.employer
    guessed = {
        code: choice for code in codes_of(grid) if (choice := _code(plan, grid, code, employer))
    }
    kept = {code: choice for code, choice in known.codes.items() if _exists(plan, choice)}
    colors = colors_of(grid)
    return replace(
        known,
        codes={code: (guessed | kept)[code] for code in codes_of(grid) if code in guessed | kept},
        colors={color: choice for color, choice in known.colors.items() if color in colors},
        people=people,
        group=group,
        employer=employer,
    )


def parse_times(text: str) -> Times:
    """Return stretches such as ``07.15-11.30/13-16``; nothing when the text is anything else."""
    return read_times(text)


def times_text(times: Times) -> str:
    """Return such as ``07:15–11:30, 13:00–16:00``."""
    return ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in times)


def undecided(grid: Grid, decisions: GridDecisions) -> tuple[str, ...]:
    """Return the codes of people who are not left out that nothing was decided about."""
    waiting = {
        entry.code
        for entry in grid.entries
        if not is_left_out(entry, decisions) and not is_decided(entry, decisions)
    }
    return tuple(code for code in codes_of(grid) if code in waiting)


def has_times(grid: Grid, code: str) -> bool:
    """Tell whether times stand in every cell with a code."""
    return all(entry.times for entry in grid.entries if entry.code == code)


def alike(plan: Plan, name: str) -> tuple[Likeness, ...]:
    """Return who of the plan may be meant by a name, the most likely first."""
    wanted = words_of(name)
    rated = []
    for member in plan.staff:
        rating = max(_rating(wanted, words_of(own)) for own in (member.name, member.display_name))
        if rating >= _ALIKE:
            rated.append((rating, member))
    rated.sort(key=lambda one: (-one[0], one[1].display_name))
    n_same = sum(rating >= 1.0 for rating, _ in rated)
    return tuple(
        Likeness(
            staff=member.id,
            name=member.display_name,
            is_certain=rating >= 1.0 and n_same == 1,
        )
        for rating, member in rated[:_MOST_OFFERED]
    )


def words_of(name: str) -> tuple[str, ...]:
    """Return the parts of a name in an order of their own, in small letters."""
    return tuple(sorted(re.findall(r"[^\W\d_]+\d*|\d+", name.casefold())))


def _rating(wanted: tuple[str, ...], own: tuple[str, ...]) -> float:
    """Return 1 for the same name, and less for one that may be a slip or is shortened."""
    if wanted == own:
        return 1.0
    if not wanted or not own:
        return 0.0
    long, short = (wanted, own) if len(wanted) >= len(own) else (own, wanted)
    if len(short) >= 2 and set(short) <= set(long):
        return 0.95  # one of two surnames, or a second first name
    if len(long) == len(short) and _is_initialled(long, short):
        return 0.9
    return difflib.SequenceMatcher(None, " ".join(wanted), " ".join(own)).ratio()


def _is_initialled(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names differ only by initials: ``A Berg`` and ``Anna Berg``."""
    left = [word for word in one if word not in other]
    right = [word for word in other if word not in one]
    if len(left) == len(one):
        return False
    pairs = zip(sorted(left), sorted(right), strict=True)
    return all(a[0] == b[0] and 1 in {len(a), len(b)} for a, b in pairs)


def _person(plan: Plan, person: GridPerson) -> PersonChoice:
    found = alike(plan, person.key) or alike(plan, person.name)
    if found and (found[0].is_certain or len(found) == 1):
        return PersonChoice(kind=PersonKind.KNOWN, staff=found[0].staff)
    return PersonChoice(kind=PersonKind.NEW)


def _once(
    people: Mapping[str, PersonChoice], settled: Mapping[str, PersonChoice]
) -> dict[str, PersonChoice]:
    """Return the choices with nobody of the plan twice; who was settled before keeps the place."""
    taken: set[StaffId] = set()
    found: dict[str, PersonChoice] = {}
    for key in sorted(people, key=lambda key: key not in settled):
        choice = people[key]
        if choice.staff is not None and choice.staff in taken:
            choice = PersonChoice(kind=PersonKind.NEW)
        if choice.staff is not None:
            taken.add(choice.staff)
        found[key] = choice
    return {key: found[key] for key in people}


def _group(
    plan: Plan, grid: Grid, people: Mapping[str, PersonChoice]
) -> tuple[Group, EmployerId | None]:
    """Return what the new people probably do, and for whom: as those of the grid who are known."""
    known = [
        plan.staff_by_id[choice.staff] for choice in people.values() if choice.staff is not None
    ]
    if known:
        employer = Counter(member.employer for member in known).most_common(1)[0][0]
        return _group_of(plan, known), employer
    squads = any(person.squad for person in grid.people)
    group = Group.OFFICERS if squads or grid.kind.value == "cross" else Group.CONTACTS
    return group, employer_of(plan, group)


def _group_of(plan: Plan, members: Iterable[StaffMember]) -> Group:
    skills = {held.staff: held.skill for held in plan.staff_skills}
    n_contacts = sum(skills.get(member.id) == plan.settings.contact_skill for member in members)
    return Group.CONTACTS if 2 * n_contacts > len(tuple(members)) else Group.OFFICERS


def employer_of(plan: Plan, group: Group) -> EmployerId | None:
    """Return the employer of most people who do the same, else none."""
    wanted = plan.settings.contact_skill if group is Group.CONTACTS else plan.settings.patrol_skill
    skilled = {held.staff for held in plan.staff_skills if held.skill == wanted}
    counts = Counter(member.employer for member in plan.staff if member.id in skilled)
    if counts:
        return counts.most_common(1)[0][0]
    return plan.employers[0].id if len(plan.employers) == 1 else None


def _code(plan: Plan, grid: Grid, code: str, employer: EmployerId | None) -> CodeChoice | None:
    wanted = code.casefold()
    kinds = [
        kind
        for kind in plan.shift_types
        if wanted in {kind.code.casefold(), kind.name.casefold(), kind.id.casefold()}
    ]
    own = [kind for kind in kinds if employer is None or kind.employer == employer]
    if len(own) == 1:
        return CodeChoice(meaning=Meaning.SHIFT, shift_type=own[0].id)
    found: CodeChoice | None = None
    if wanted in _FREE:
        found = CodeChoice(meaning=Meaning.FREE)
    elif _BOUND.match(wanted):
        found = CodeChoice(meaning=Meaning.BOUND, times=_OFFICE_HOURS)
    elif has_times(grid, code):
        found = CodeChoice(meaning=Meaning.SHIFT)
    return found


def _exists(plan: Plan, choice: CodeChoice) -> bool:
    return choice.shift_type is None or choice.shift_type in plan.shift_type_by_id
