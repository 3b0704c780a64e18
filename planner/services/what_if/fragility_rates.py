"""How often people are away, by group: estimated from the plan's absences, never by person."""

from collections import Counter
from collections.abc import Iterable

from planner.domain.counting import is_absent
from planner.domain.ids import EmployerId, SkillId, StaffId
from planner.domain.plan import Plan
from planner.domain.weeks import IsoWeek
from planner.services.what_if.fragility_results import AbsenceRate

ASSUMED_PERCENT = 5.0
"""Where the plan knows of no absence; an assumption to be replaced, not a statistic."""

ASSUMED_DAYS = 3.0
"""How long an absence lasts where the plan does not tell; as above."""

N_WEEKS = 8
"""Weeks that are looked at, the one that is tried the last of them."""

GroupKey = tuple[EmployerId, SkillId | None]


def groups(plan: Plan, week: IsoWeek) -> dict[StaffId, GroupKey]:
    """Return the group of everybody who is employed in a week.

    A person's group is that of the skill which most of the employer's people have.
    """
    day = week.monday
    skills = {member.id: plan.skills_of(member.id, day) for member in plan.staff}
    usual: dict[EmployerId, Counter[SkillId]] = {}
    for member in plan.staff:
        usual.setdefault(member.employer, Counter()).update(skills[member.id])
    found: dict[StaffId, GroupKey] = {}
    for member in plan.staff:
        if any(plan.contract_of(member.id, one) for one in week.days):
            counts = usual[member.employer]
            skill = max(skills[member.id], key=lambda one: (counts[one], one), default=None)
            found[member.id] = (member.employer, skill)
    return found


def estimated_rates(plan: Plan, week: IsoWeek) -> tuple[AbsenceRate, ...]:
    """Return a rate for each group, from the absences of the last weeks up to ``week``.

    Days from Monday to Friday are counted, on which whoever is away through midday is away. Where
    no absence is known of a group, rate and length are assumed.
    """
    members: dict[GroupKey, list[StaffId]] = {}
    for staff, group in groups(plan, week).items():
        members.setdefault(group, []).append(staff)
    return tuple(
        _rate(plan, week, group, members[group])
        for group in sorted(members, key=lambda one: (one[0], one[1] or ""))
    )


def _rate(plan: Plan, week: IsoWeek, group: GroupKey, members: Iterable[StaffId]) -> AbsenceRate:
    people = tuple(members)
    weeks = [week.shifted(-n) for n in reversed(range(N_WEEKS))]
    days = [day for one in weeks for day in one.days[:5]]
    absent = {absence.staff for absence in plan.absences}
    n_away = n_spells = 0
    n_employed = sum(plan.contract_of(staff, day) is not None for staff in people for day in days)
    for staff in people:
        was_away = False
        for day in days if staff in absent else ():
            is_away = is_absent(plan, staff, day)
            n_away += is_away
            n_spells += is_away and not was_away
            was_away = is_away
    known = n_away > 0 and n_employed > 0
    return AbsenceRate(
        employer=group[0],
        skill=group[1],
        n_people=len(people),
        percent=min(99.0, round(100 * n_away / n_employed, 1)) if known else ASSUMED_PERCENT,
        mean_days=round(n_away / n_spells, 1) if known else ASSUMED_DAYS,
        n_days_seen=n_away,
    )
