"""What managers are told of a week, taken out of it and of what the checks say of its roster."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from planner import messages
from planner.domain.duties import Moment
from planner.domain.promises import MEASURE_OF
from planner.domain.roster import Gap, GapReason, Override
from planner.domain.schools import Staffing
from planner.planning.judging import WeekJudge
from planner.reports.coverage_sheet import (
    CoverageDecision,
    CoverageGap,
    CoverageOverride,
    CoverageSheet,
    HotspotCoverage,
    SchoolCoverage,
    StaffingHour,
)
from planner.reports.school_sheet import Presence
from planner.services.prints.coverage_counting import CoverageCounter
from planner.services.prints.printable import PrintableWeek
from planner.services.prints.week_facts import week_days, week_edition
from planner.services.roster.need_points import NeedPoints
from planner.services.roster.views import Decision

_DECIDED = {
    Decision.OWN_STAFF: Presence.OWN_STAFF,
    Decision.CANCELLED: Presence.CANCELLED,
}


def coverage_sheets(printed: PrintableWeek) -> dict[str, CoverageSheet]:
    """Return the one sheet of a week."""
    return {"": _SheetMaker(printed=printed).sheet()}


@dataclass(frozen=True, kw_only=True)
class _SheetMaker:
    printed: PrintableWeek

    def sheet(self) -> CoverageSheet:
        printed, plan, counter = self.printed, self.printed.plan, self._counter
        judge = WeekJudge(plan, printed.week, printed.around, printed.duties)
        return CoverageSheet(
            **week_edition(printed),
            published_by=printed.published_by,
            n_own_schools=sum(school.staffing is Staffing.OWN for school in plan.schools),
            days=week_days(printed),
            measures=tuple(counter.measures()),
            schools=tuple(
                SchoolCoverage(school=row.name, days=tuple(map(counter.coverage, row.cells)))
                for row in counter.schools()
            ),
            hours=counter.hours,
            hotspots=tuple(
                HotspotCoverage(hotspot=row.name, hours=tuple(map(counter.coverage, row.cells)))
                for row in counter.hotspots()
            ),
            staffing=tuple(
                StaffingHour(
                    start=point.start,
                    minimum=point.minimum,
                    needed=point.needed,
                    planned=point.planned,
                )
                for point in NeedPoints(plan).points(judge.staffing(printed.roster))
            ),
            gaps=tuple(self._gaps(judge.judge(printed.roster).gaps)),
            decisions=tuple(self._decisions()),
            overrides=tuple(map(_override, sorted(printed.roster.overrides, key=_when_let))),
        )

    @cached_property
    def _counter(self) -> CoverageCounter:
        return CoverageCounter(printed=self.printed)

    def _decisions(self) -> Iterator[CoverageDecision]:
        for duty in self.printed.duties:
            decision = self._counter.decision(duty)
            if decision is not None:
                yield CoverageDecision(
                    school=duty.title,
                    span=duty.span,
                    moment=duty.moment or Moment.BEFORE,
                    decided=_DECIDED[decision],
                )

    def _gaps(self, found: Iterable[Gap]) -> Iterator[CoverageGap]:
        counter = self._counter
        explained = {gap.duty for gap in self.printed.roster.gaps}
        # Stable: the checks' order within each priority.
        for gap in sorted(counter.open_gaps(found), key=counter.priority):
            duty = counter.duty_of(gap)
            is_known = (
                gap.proof is not None
                or gap.duty in explained
                or (duty is None and gap.reason is GapReason.SUPPLY)
            )
            yield CoverageGap(
                measure=MEASURE_OF[duty.kind] if duty else None,
                title=messages.gap_title(self.printed.plan, gap),
                span=gap.span,
                moment=duty.moment if duty else None,
                missing=gap.missing,
                priority=counter.priority(gap),
                reason=gap.reason if is_known else None,
                proof=gap.proof,
                blockers=gap.blockers,
            )


def _when_let(override: Override) -> tuple[object, ...]:
    return override.at, override.rule, override.values, override.id


def _override(override: Override) -> CoverageOverride:
    return CoverageOverride(
        rule=override.rule,
        values=tuple(_values(override.values)),
        start=override.start,
        reason=override.reason,
        author=override.author,
        at=override.at,
    )


def _values(written: str) -> Iterator[tuple[str, str | int]]:
    """Yield the numbers of a breach as its finding had them; see :attr:`Finding.breach`."""
    for pair in written.split():
        name, _, value = pair.partition("=")
        if value.lstrip("-").isdigit():
            yield name, int(value)
