"""Which duties and hours a roster leaves uncovered, and what is known of why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from planner.domain.coverage import Staffed
from planner.domain.duties import Duty
from planner.domain.roster import Assignment, Gap, GapReason, LevelResult, Proof
from planner.domain.spans import Span
from planner.planning import levels
from planner.planning.week_input import WeekInput


class GapFinder:
    """Finds the gaps of one roster of a week after the other."""

    def __init__(self, source: WeekInput) -> None:
        self._source = source
        self._n_available: dict[tuple[str, Span], int] = {}

    @cached_property
    def _duties(self) -> list[Duty]:
        """The week's duties, the most important first."""
        return sorted(
            self._source.duties, key=lambda duty: (duty.priority, duty.earliest_start, duty.id)
        )

    def of_duties(
        self,
        assignments: Iterable[Assignment],
        explained: Iterable[Gap],
        results: Mapping[str, LevelResult],
    ) -> Iterator[Gap]:
        """Yield the duties that lack heads, with what the engine said of them."""
        covered = Counter(done.duty for done in assignments)
        known = {gap.duty: gap for gap in explained if gap.duty}
        for duty in self._duties:
            missing = duty.heads - covered[duty.id]
            if missing > 0:
                result = results[levels.PROMISED[duty.priority]]
                yield _duty_gap(duty, missing, known.get(duty.id), result)

    def of_needs(
        self,
        staffing: Iterable[tuple[Staffed, ...]],
        explained: Iterable[Gap],
        results: Mapping[str, LevelResult],
    ) -> Iterator[Gap]:
        """Yield hours below the minimum, quarters of a need that follow each other as one.

        With what the engine said of the first of them.
        """
        known = [gap for gap in explained if gap.need]
        for quarters in staffing:
            for short in _short(quarters):
                yield self._need_gap(short, known, results[levels.PROMISED[1]])

    def _need_gap(
        self, quarters: list[Staffed], explained: Iterable[Gap], result: LevelResult
    ) -> Gap:
        need = quarters[0].need
        span = Span(quarters[0].span.start, quarters[-1].span.end)
        known = next((g for g in explained if g.need == need.id and g.span.overlaps(span)), None)
        is_supply = self._available(need.skill, span) < need.minimum
        proof: Proof = "nobody" if is_supply else "bound" if result.bound == result.value else None
        if known is not None and known.proof == "nobody":
            is_supply, proof = known.reason is GapReason.SUPPLY, known.proof
        reason = GapReason.PREFERENCE if known is None else known.reason
        return Gap(
            duty=None,
            need=need.id,
            title=need.id,
            span=span,
            missing=max(need.minimum - quarter.planned for quarter in quarters),
            reason=GapReason.SUPPLY if is_supply else reason,
            is_proved=proof is not None,
            proof=proof,
            blockers=known.blockers if known else (),
        )

    def _available(self, skill: str, span: Span) -> int:
        if (skill, span) not in self._n_available:
            self._n_available[skill, span] = _n_available(self._source, skill, span)
        return self._n_available[skill, span]


def _duty_gap(duty: Duty, missing: int, known: Gap | None, result: LevelResult) -> Gap:
    proof: Proof = None
    if known is not None and known.proof == "nobody":
        proof = known.proof
    elif result.bound == result.value:
        proof = "bound"
    return Gap(
        duty=duty.id,
        need=None,
        title=duty.title,
        span=duty.span,
        missing=missing,
        reason=known.reason if known else GapReason.PREFERENCE,
        is_proved=proof is not None,
        proof=proof,
        blockers=known.blockers if known else (),
    )


def _short(quarters: Iterable[Staffed]) -> Iterator[list[Staffed]]:
    """Yield the rows of quarters below the minimum."""
    row: list[Staffed] = []
    for quarter in quarters:
        if quarter.planned < quarter.need.minimum:
            row.append(quarter)
        elif row:
            yield row
            row = []
    if row:
        yield row


def _n_available(source: WeekInput, skill: str, span: Span) -> int:
    """Count people with the skill who are employed and neither absent nor bound in all of it."""
    plan = source.plan
    day = span.start.astimezone(plan.zone).date()
    away = {absence.staff for absence in plan.absences if absence.span.contains(span)}
    away |= {bound.staff for bound in plan.bound_times if bound.span.contains(span)}
    return sum(
        skill in plan.skills_of(member.id, day)
        for member in plan.staff
        if member.id not in away and plan.contract_of(member.id, day)
    )
