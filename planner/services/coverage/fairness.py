"""How evenings, nights, weekends and short rests are spread over the people of some weeks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from planner.domain.fairness import by_group, distributions
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.domain.rules import RuleKey, rule_values
from planner.domain.spans import DAY, MINUTE, Span, day_span
from planner.domain.staff import StaffMember
from planner.domain.weeks import IsoWeek
from planner.planning import tags
from planner.services.coverage.views import Burden, Fairness, Spread
from planner.services.plans import OpenPlan

N_WEEKS = 4
"""Looked at together: the averaging period of most rules (Arbetstidslagen 5 and 10 b §§)."""
SHORT_REST_MIN = 11 * 60
"""A short rest where the rule book names none (Directive 2003/88/EC, article 3)."""


def fairness(open_plan: OpenPlan, week: IsoWeek) -> Fairness:
    """Return how burdens are spread in the weeks up to ``week``, as they are planned now.

    Everybody counts who is employed in them, however much, and those without any of a burden too.
    """
    plan = open_plan.plan
    first = week.shifted(1 - N_WEEKS)
    # A rest goes back to the shift before the first of the weeks.
    whole = Span(
        day_span(first.monday - DAY, plan.zone).start, day_span(week.days[-1], plan.zone).end
    )
    shifts = open_plan.store.shifts_between(whole)
    return make_fairness(plan, first, week, shifts)


def make_fairness(plan: Plan, first: IsoWeek, last: IsoWeek, shifts: Iterable[Shift]) -> Fairness:
    """Return how burdens of ``shifts`` are spread in the weeks from ``first`` to ``last``."""
    of_staff: dict[StaffId, list[Shift]] = defaultdict(list)
    for shift in shifts:
        of_staff[shift.staff].append(shift)
    people = tuple(_employed(plan, first, last))
    found = {
        member.id: _burdens(plan, member, first, last, of_staff.get(member.id, ()))
        for member in people
    }
    known = {IsoWeek.of(shift.day) for of_one in of_staff.values() for shift in of_one}
    return Fairness(
        first=first,
        last=last,
        n_known=sum(first <= week <= last for week in known),
        spreads=tuple(_spread(plan, people, found, each) for each in Burden),
    )


def _spread(
    plan: Plan,
    people: Iterable[StaffMember],
    found: Mapping[StaffId, Mapping[Burden, int]],
    burden: Burden,
) -> Spread:
    names = {employer.id: employer.name for employer in plan.employers}
    pairs = ((names[member.employer], found[member.id][burden]) for member in people)
    return Spread(burden=burden, distributions=distributions(by_group(pairs)))


def _burdens(
    plan: Plan, member: StaffMember, first: IsoWeek, last: IsoWeek, shifts: Iterable[Shift]
) -> Mapping[Burden, int]:
    in_order = sorted(shifts, key=lambda shift: shift.span)
    counted = [one for one in in_order if first.monday <= one.day <= last.days[-1]]
    of_shift = [tags.shift_tags(plan, shift.day, shift.parts) for shift in counted]
    return {
        Burden.EVENINGS: sum(tags.EVENING in one for one in of_shift),
        Burden.NIGHTS: sum(tags.NIGHT in one for one in of_shift),
        Burden.WEEKENDS: len(
            {
                IsoWeek.of(shift.day)
                for shift, one in zip(counted, of_shift, strict=True)
                if tags.WEEKEND in one
            }
        ),
        Burden.SHORT_RESTS: sum(
            later.day >= first.monday
            for earlier, later in pairwise(in_order)
            if _is_short(plan, member, earlier, later)
        ),
    }


def _is_short(plan: Plan, member: StaffMember, earlier: Shift, later: Shift) -> bool:
    contract = plan.contract_of(member.id, later.day)
    values = rule_values(plan.rules, contract.rule_book, later.day) if contract else {}
    least = values.get(RuleKey.SHORT_REST) or SHORT_REST_MIN
    rest = later.span.start - earlier.span.end
    return earlier.day != later.day and rest < least * MINUTE


def _employed(plan: Plan, first: IsoWeek, last: IsoWeek) -> Iterator[StaffMember]:
    days = [first.monday + n * DAY for n in range((last.days[-1] - first.monday).days + 1)]
    for member in plan.staff:
        if any(plan.contract_of(member.id, day) for day in days):
            yield member
