"""The search for who can take one thing: every way tried, priced, judged and ranked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.services.candidates.costs import Pricing
from planner.services.candidates.shift_ways import NeedWays, ShiftWays
from planner.services.candidates.trials import Trial, Trials
from planner.services.candidates.values import (
    Answer,
    Candidate,
    Costs,
    Hindrance,
    Make,
    Person,
    Refusal,
    WayKind,
)
from planner.services.candidates.ways import DutyWays

_MOST_JUDGED = 8
"""Ways that are judged with the whole roster, those that seem to cost least first."""
_MOST_HANDED = 8
"""Ways in which another duty goes on to somebody else, or is left, that are judged at all."""
_ENOUGH = 5
"""So many that break no rule by themselves are enough, and no further people are looked at."""
_AT_A_TIME = 40
"""People who are looked at before it is seen whether there are enough."""
_WISH_RANK = {"shift": 0, "": 1, "free": 2, "veto": 2}


@dataclass(frozen=True, kw_only=True)
class _Priced:
    """A way that was tried, and what it costs."""

    trial: Trial
    costs: Costs

    @property
    def people(self) -> tuple[StaffId, ...]:
        """Who would take it."""
        return self.trial.option.people

    @property
    def rank(self) -> tuple[object, ...]:
        """What it is compared by, the most important first; less is better."""
        costs, way = self.costs, self.trial.option.way
        return (
            len(costs.broken),
            costs.n_opened,
            costs.left_min,
            costs.wish == "veto",
            costs.short_rest_min is not None,
            costs.n_disturbed,
            way.kind in {WayKind.LONGER, WayKind.EXTRA, WayKind.SWAP},
            costs.given,
            costs.familiarity or 0,
            _WISH_RANK[costs.wish],
            max(0, costs.balance_after_min),
            costs.balance_after_min,
            costs.travel_min,
            way.moves_break,
            self.people,
        )


class Search:
    """Looks for who can take one thing.

    Parameters
    ----------
    subject
        What is wanted, an answer without anybody yet.
    start
        Takes it from whoever has it.
    """

    def __init__(
        self,
        plan: Plan,
        subject: Answer,
        *,
        ways: DutyWays | ShiftWays | NeedWays,
        trials: Trials,
        pricing: Pricing,
        start: Make | None = None,
    ) -> None:
        self._plan, self._subject, self._start = plan, subject, start
        self._ways, self._trials, self._pricing = ways, trials, pricing

    def answer(self) -> Answer:
        """Return who can take it, the best first, and who cannot."""
        tried: list[Trial] = []
        hindrances: dict[StaffId, Hindrance] = {}
        for member in self._plan.staff:
            for found in self._ways.of(member):
                if isinstance(found, Hindrance):
                    hindrances[member.id] = found
                else:
                    tried.append(self._trials.tried(found))
        priced = sorted(self._priced(_unique(tried)), key=lambda each: each.rank)
        handed = [one for one in priced if one.trial.option.way.kind is WayKind.HANDS_OVER]
        costly = handed[_MOST_HANDED:]
        chosen, unseen = self._chosen([one for one in priced if one not in costly])
        legal, broken, left = self._judged(chosen)
        left.update(staff for one in (*costly, *unseen) for staff in one.people)
        left.difference_update(broken)
        able = {staff for one in legal for staff in one.people}
        return replace(
            self._subject,
            candidates=tuple(self._told(one) for one in legal),
            refusals=tuple(self._refusals(able, broken, hindrances)),
            n_more=len(left - able),
        )

    def _priced(self, tried: Sequence[Trial]) -> list[_Priced]:
        return [_Priced(trial=trial, costs=self._pricing.costs(trial)) for trial in tried]

    def _chosen(self, priced: list[_Priced]) -> tuple[list[_Priced], list[_Priced]]:
        """Return the best ways, with rules broken, until there are enough; and the others."""
        chosen: list[_Priced] = []
        while priced and sum(not one.costs.broken for one in chosen) < _ENOUGH:
            n_people = accumulate(len(one.people) for one in priced)
            n_next = max(1, sum(n <= _AT_A_TIME for n in n_people))
            chosen += self._with_findings(priced[:n_next])
            priced = priced[n_next:]
        return chosen, priced

    def _with_findings(self, priced: Sequence[_Priced]) -> list[_Priced]:
        """Return ways, the best first, with the rules that those touched would break themselves.

        Further ways of somebody whose best one is sure to be legal are left out.
        """
        first: list[_Priced] = []
        later: list[_Priced] = []
        seen: set[StaffId] = set()
        for one in priced:
            (later if seen.issuperset(one.people) else first).append(one)
            seen.update(one.people)
        judged = self._found(first)
        sure = {
            staff
            for one in judged
            if not one.costs.broken and not one.trial.option.is_shared
            for staff in one.people
        }
        return judged + self._found([one for one in later if not sure.issuperset(one.people)])

    def _found(self, priced: Sequence[_Priced]) -> list[_Priced]:
        findings = self._trials.own_findings([one.trial for one in priced])
        return [
            replace(one, costs=replace(one.costs, broken=broken))
            for one, broken in zip(priced, findings, strict=True)
        ]

    def _judged(
        self, priced: Sequence[_Priced]
    ) -> tuple[list[_Priced], dict[StaffId, _Priced], set[StaffId]]:
        """Return the legal ways, those that break rules by person, and who was not judged.

        Each person is in one legal way at most: the best.
        """
        legal: list[_Priced] = []
        broken: dict[StaffId, _Priced] = {}
        able: set[StaffId] = set()
        left: set[StaffId] = set()
        n_judged = 0
        for one in sorted(priced, key=lambda each: each.rank):
            if able.issuperset(one.people):
                continue
            now = one
            if not one.costs.broken and one.trial.option.is_shared:
                if n_judged == _MOST_JUDGED:
                    left.update(one.people)
                    continue
                n_judged += 1
                now = self._judged_whole(one)
            if now.costs.broken:
                for staff in one.people:
                    broken.setdefault(staff, now)
            else:
                legal.append(now)
                able.update(one.people)
        for staff in left:
            broken.pop(staff, None)
        legal.sort(key=lambda each: each.rank)
        return legal, broken, left

    def _judged_whole(self, one: _Priced) -> _Priced:
        broken, needs = self._trials.whole(one.trial)
        costs = replace(one.costs, broken=broken, opened=(*one.costs.opened, *needs))
        return replace(one, costs=costs)

    def _refusals(
        self,
        able: set[StaffId],
        broken: dict[StaffId, _Priced],
        hindrances: dict[StaffId, Hindrance],
    ) -> Iterator[Refusal]:
        """Yield those who cannot: first who could against the fewest rules, then by why."""
        order = sorted(
            (one for staff, one in broken.items() if staff not in able and staff == one.people[0]),
            key=lambda one: one.rank,
        )
        for one in order:
            told = self._told(one)
            person = told.people[0]
            yield Refusal(person=person, hindrance=Hindrance.RULE, against_rules=told)
        reasons = list(Hindrance)
        for staff, why in sorted(hindrances.items(), key=lambda each: reasons.index(each[1])):
            if staff not in able and staff not in broken:
                yield Refusal(person=self._person(staff), hindrance=why)

    def _told(self, one: _Priced) -> Candidate:
        option, start = one.trial.option, self._start

        def make(roster: Roster) -> Roster:
            return option.edit(start(roster) if start else roster)

        return Candidate(
            people=tuple(self._person(staff) for staff in option.people),
            way=option.way,
            costs=one.costs,
            make=make,
        )

    def _person(self, staff: StaffId) -> Person:
        member = self._plan.staff_by_id[staff]
        return Person(staff=staff, name=member.display_name, service_phone=member.service_phone)


def _unique(tried: Sequence[Trial]) -> list[Trial]:
    """Return the trials without those of a crew that its other member has too."""
    found: dict[object, Trial] = {}
    for trial in tried:
        option = trial.option
        found.setdefault((frozenset(option.people), option.way), trial)
    return list(found.values())
