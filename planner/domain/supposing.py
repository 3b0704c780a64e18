"""What suppositions come to: changes of records, and the plan as it would be."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from planner.domain.changes import Change, difference
from planner.domain.counting import is_absent
from planner.domain.ids import (
    EmployerId,
    HotspotId,
    RuleBookId,
    SchoolId,
    SkillId,
    SquadId,
    StaffId,
)
from planner.domain.places import Hotspot, PresenceKind, PresenceWindow
from planner.domain.plan import Plan
from planner.domain.records import record_key
from planner.domain.rules import Rule
from planner.domain.scenarios import (
    FewerPeople,
    MorePeople,
    MorePresence,
    OneSchoolMore,
    OtherBells,
    OtherRule,
    Supposition,
    WithoutHotspot,
    WithoutSchool,
)
from planner.domain.schools import BellTime
from planner.domain.staff import Contract, ShiftSource, StaffMember, StaffSkill
from planner.errors import NotFoundError

_FOR_EVER = date(1970, 1, 1)
"""First day of what is supposed to hold at all times."""

_OF_EMPLOYED = (
    "contracts",
    "absences",
    "bound_times",
    "standbys",
    "unavailabilities",
    "wishes",
)
"""Record sets that say something of people who are employed."""


def supposed(plan: Plan, suppositions: Iterable[Supposition], day: date) -> Plan:
    """Return the plan as it would be; the one given stays as it is.

    Parameters
    ----------
    day
        On which people are employed and have skills, for those who are not there.

    Raises
    ------
    NotFoundError
        ``supposition-gone`` when something that is named is not in the plan any more;
        ``too-few-people`` when the group has fewer people than are supposed to be missing.
    """
    for one in suppositions:
        plan = changed_plan(plan, changes_of(plan, one, day))
    return plan


def changes_of(plan: Plan, supposition: Supposition, day: date) -> tuple[Change, ...]:
    """Return what a supposition comes to as changes of the plan's records; raises as ``supposed``.

    Parameters
    ----------
    day
        As for :func:`supposed`.
    """
    make: Mapping[type, Callable[[Plan, Any, date], Iterable[Change]]] = {
        FewerPeople: _fewer_people,
        MorePeople: _more_people,
        OneSchoolMore: _one_school_more,
        WithoutSchool: _without_school,
        OtherBells: _other_bells,
        MorePresence: _more_presence,
        WithoutHotspot: _without_hotspot,
        OtherRule: _other_rule,
    }
    return tuple(make[type(supposition)](plan, supposition, day))


def changed_plan(plan: Plan, changes: Iterable[Change]) -> Plan:
    """Return the plan after changes of its records; its settings stay."""
    by_set: dict[str, dict[Any, Any]] = {}
    for change in changes:
        if change.set_name not in by_set:
            records = getattr(plan, change.set_name)
            by_set[change.set_name] = {record_key(change.set_name, one): one for one in records}
        by_set[change.set_name].pop(change.key, None)
        if change.after is not None:
            by_set[change.set_name][change.key] = change.after
    sets: dict[str, Any] = {name: tuple(records.values()) for name, records in by_set.items()}
    return replace(plan, **sets) if sets else plan


def group_members(
    plan: Plan, employer: EmployerId, skill: SkillId | None, day: date
) -> tuple[StaffId, ...]:
    """Return who of an employer's people is employed and has a skill on a day."""
    return tuple(
        member.id
        for member in plan.staff
        if member.employer == employer
        and plan.contract_of(member.id, day) is not None
        and (skill is None or skill in plan.skills_of(member.id, day))
    )


def _fewer_people(plan: Plan, wanted: FewerPeople, day: date) -> Iterator[Change]:
    """Let go those with the fewest skills, present ones first; then a digest of the id decides."""
    members = group_members(plan, wanted.employer, wanted.skill, day)
    if len(members) < wanted.n:
        raise NotFoundError("too-few-people", n=wanted.n, n_there=len(members))

    def rank(staff: StaffId) -> tuple[bool, int, str]:
        digest = hashlib.sha256(staff.encode()).hexdigest()
        return (is_absent(plan, staff, day), len(plan.skills_of(staff, day)), digest)

    gone = set(sorted(members, key=rank)[: wanted.n])
    for set_name in _OF_EMPLOYED:
        for record in getattr(plan, set_name):
            if record.staff in gone:
                yield Change(set_name=set_name, before=record, after=None)


def _more_people(plan: Plan, wanted: MorePeople, day: date) -> Iterator[Change]:
    _known(plan.employers, wanted.employer)
    _known(plan.skills, wanted.skill)
    peers = group_members(plan, wanted.employer, wanted.skill, day) or group_members(
        plan, wanted.employer, None, day
    )
    contracts = [plan.contract_of(staff, day) for staff in peers]
    books = [contract.rule_book for contract in contracts if contract is not None]
    if not books:
        raise NotFoundError("supposition-gone", name=wanted.employer)
    book = max(sorted(set(books)), key=books.count)
    sizes = {squad.id: 0 for squad in plan.squads if squad.employer == wanted.employer}
    for member in plan.staff:
        if member.squad in sizes:
            sizes[member.squad] += 1
    names = _free_names("extra", {member.id for member in plan.staff})
    for _ in range(wanted.n):
        staff = StaffId(next(names))
        squad = min(sizes, key=lambda one: (sizes[one], one), default=None)
        if squad is not None:
            sizes[squad] += 1
        yield from _newcomer(staff, wanted, book, squad)


def _newcomer(
    staff: StaffId, wanted: MorePeople, book: RuleBookId, squad: SquadId | None
) -> Iterator[Change]:
    made: tuple[tuple[str, object], ...] = (
        (
            "staff",
            StaffMember(
                id=staff, name=staff, display_name=staff, employer=wanted.employer, squad=squad
            ),
        ),
        ("staff_skills", StaffSkill(staff=staff, skill=wanted.skill)),
        (
            "contracts",
            Contract(
                staff=staff, first_day=_FOR_EVER, rule_book=book, shift_source=ShiftSource.PLANNED
            ),
        ),
    )
    for set_name, record in made:
        yield Change(set_name=set_name, before=None, after=record)


def _one_school_more(plan: Plan, wanted: OneSchoolMore, _day: date) -> Iterator[Change]:
    like = _known(plan.schools, wanted.like)
    if wanted.site is not None:
        _known(plan.sites, wanted.site)
    school = SchoolId(next(_free_names("extra-school", {one.id for one in plan.schools})))
    made = replace(like, id=school, name=wanted.name, site=wanted.site or like.site, email="")
    yield Change(set_name="schools", before=None, after=made)
    for bell in plan.bell_times:
        if bell.school == like.id:
            own = replace(bell, school=school, site=None, meeting_place="")
            yield Change(set_name="bell_times", before=None, after=own)


def _without_school(plan: Plan, wanted: WithoutSchool, _day: date) -> Iterator[Change]:
    _known(plan.schools, wanted.school)
    for bell in plan.bell_times:
        if bell.school == wanted.school:
            yield Change(set_name="bell_times", before=bell, after=None)


def _other_bells(plan: Plan, wanted: OtherBells, _day: date) -> Iterator[Change]:
    if wanted.school is not None:
        _known(plan.schools, wanted.school)
    for bell in plan.bell_times:
        if wanted.school in {None, bell.school}:
            after = _rung(bell, wanted)
            if after != bell:
                yield Change(set_name="bell_times", before=bell, after=after)


def _rung(bell: BellTime, wanted: OtherBells) -> BellTime:
    """Return bells moved inside their day; the last never before the first."""
    first = _later(bell.first_bell, wanted.first_min)
    last = max(first, _later(bell.last_bell, wanted.last_min))
    return replace(bell, first_bell=first, last_bell=last)


def _later(at: time, minutes: int) -> time:
    moved = at.hour * 60 + at.minute + minutes
    return time(*divmod(min(max(moved, 0), 24 * 60 - 1), 60))


def _more_presence(plan: Plan, wanted: MorePresence, _day: date) -> Iterator[Change]:
    hotspot = wanted.hotspot
    if hotspot is None:
        if wanted.site is None:
            raise NotFoundError("supposition-gone", name=wanted.name)
        _known(plan.sites, wanted.site)
        taken = {one.id for one in plan.hotspots}
        hotspot = HotspotId(next(_free_names("extra-place", taken)))
        made = Hotspot(id=hotspot, name=wanted.name, site=wanted.site, priority=wanted.priority)
        yield Change(set_name="hotspots", before=None, after=made)
    else:
        _known(plan.hotspots, hotspot)
    names = _free_names("extra-window", {one.id for one in plan.presence_windows})
    for weekday in wanted.weekdays:
        window = PresenceWindow(
            id=next(names),
            hotspot=hotspot,
            weekday=int(weekday),
            start=wanted.start,
            end=wanted.end,
            kind=PresenceKind.DOSAGE if wanted.n_visits else PresenceKind.CONTINUOUS,
            n_visits=wanted.n_visits,
        )
        yield Change(set_name="presence_windows", before=None, after=window)


def _without_hotspot(plan: Plan, wanted: WithoutHotspot, _day: date) -> Iterator[Change]:
    _known(plan.hotspots, wanted.hotspot)
    for window in plan.presence_windows:
        if window.hotspot == wanted.hotspot:
            yield Change(set_name="presence_windows", before=window, after=None)


def _other_rule(plan: Plan, wanted: OtherRule, _day: date) -> Iterable[Change]:
    _known(plan.rule_books, wanted.rule_book)
    after = [
        replace(rule, value=wanted.value) if _is_about(rule, wanted) else rule
        for rule in plan.rules
    ]
    if not any(_is_about(rule, wanted) for rule in plan.rules):
        after.append(
            Rule(
                rule_book=wanted.rule_book,
                key=wanted.key,
                value=wanted.value,
                source="",
                first_day=_FOR_EVER,
            )
        )
    return difference("rules", plan.rules, after)


def _is_about(rule: Rule, wanted: OtherRule) -> bool:
    return rule.rule_book == wanted.rule_book and rule.key == wanted.key


def _known(records: Iterable[Any], id_: str) -> Any:
    """Return the record with an id."""
    for one in records:
        if one.id == id_:
            return one
    raise NotFoundError("supposition-gone", name=id_)


def _free_names(first: str, taken: Iterable[str]) -> Iterator[str]:
    """Yield names that no record has: ``extra-1``, ``extra-2`` and so on."""
    known, n = set(taken), 0
    while True:
        n += 1
        if f"{first}-{n}" not in known:
            yield f"{first}-{n}"
