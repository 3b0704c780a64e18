"""Weeks as managers see them: one with something of everything, one with more than fits."""

from datetime import UTC, datetime, timedelta
from typing import Any

from planner.domain.coverage_counts import Coverage
from planner.domain.duties import Moment
from planner.domain.promises import MeasureKind
from planner.domain.roster import Blocker, GapReason
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
from planner.reports.week_edition import WeekDay
from tests.planner.reports.samples import DAYS, WEEK, ZONE, span

ALL = Coverage(n_promised=2, n_planned=2)
NONE = Coverage()
LACKS = Coverage(n_promised=2, n_planned=1)
DECIDED = Coverage(n_promised=4, n_planned=1, n_own_staff=2, n_cancelled=1)


def coverage_sheet(**more: Any) -> CoverageSheet:
    """Return a week with every kind of cell, gap and decision."""
    monday = datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC)
    values: dict[str, Any] = {
        "week": WEEK,
        "version": 3,
        "replaces": 2,
        "published_at": datetime(2026, 11, 19, 13, 5, tzinfo=UTC),
        "published_by": "planerare",
        "zone": "Europe/Stockholm",
        "notice": "Påhittade uppgifter.",
        "n_own_schools": 2,
        "days": tuple(WeekDay(day=day, is_free=day.isoweekday() > 5) for day in DAYS),
        "measures": (
            (
                MeasureKind.CONTACT_PERSONS,
                Coverage(n_promised=20, n_planned=16, n_own_staff=2, n_cancelled=1),
            ),
            (MeasureKind.PRESENCE, Coverage(n_promised=9, n_planned=9)),
        ),
        "schools": (
            SchoolCoverage(school="Persboskolan", days=(ALL, LACKS, DECIDED, ALL, ALL, NONE, NONE)),
            SchoolCoverage(school="Önstaskolan", days=(ALL,) * 5 + (NONE,) * 2),
        ),
        "hours": (16, 17, 18),
        "hotspots": (HotspotCoverage(hotspot="Stora torget", hours=(ALL, LACKS, NONE)),),
        "staffing": tuple(
            StaffingHour(start=monday + timedelta(hours=n), minimum=2, needed=4, planned=planned)
            for n, planned in enumerate((1, 3, 4, 6))
        ),
        "gaps": (
            CoverageGap(
                measure=MeasureKind.CONTACT_PERSONS,
                title="Persboskolan",
                moment=Moment.AFTER,
                span=span(DAYS[1], "14:00", "15:00"),
                missing=1,
                priority=1,
                reason=GapReason.RULE,
                proof="nobody",
                blockers=(Blocker(code="blocked", n_staff=3),),
            ),
            CoverageGap(
                measure=None,
                title="Bemanning, Patrull",
                span=span(DAYS[0], "00:00", "01:00"),
                missing=1,
                priority=2,
            ),
        ),
        "decisions": (
            CoverageDecision(
                school="Persboskolan",
                span=span(DAYS[2], "07:15", "08:15"),
                moment=Moment.BEFORE,
                decided=Presence.OWN_STAFF,
            ),
        ),
        "overrides": (
            CoverageOverride(
                rule="no-such-rule",
                start=span(DAYS[3], "07:00", "08:00").start,
                reason="Enligt överenskommelse",
                author="planerare",
                at=datetime(2026, 11, 18, 9, 0, tzinfo=UTC),
            ),
        ),
    }
    return CoverageSheet(**values | more)


def overfull_coverage_sheet() -> CoverageSheet:
    """Return a week of many schools, places, hours and gaps with long names."""
    few = coverage_sheet()
    monday = datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC)
    long = "Sankt Ilians-Lillhamra grundskola och fritidshem, södra delen"
    cells = (ALL, LACKS, DECIDED, NONE) * 6
    return coverage_sheet(
        schools=tuple(
            SchoolCoverage(school=f"{long} {n}", days=cells[n % 4 :][:7]) for n in range(6)
        ),
        hours=tuple(range(8, 24)),
        hotspots=tuple(
            HotspotCoverage(hotspot=f"Gäddeholmsvägen-Västeråsvägen {n}", hours=cells[:16])
            for n in range(3)
        ),
        staffing=tuple(
            StaffingHour(start=monday + timedelta(hours=n), minimum=2, needed=4, planned=n % 6)
            for n in range(0, 7 * 24, 6)
        ),
        gaps=few.gaps * 3,
        decisions=few.decisions * 3,
        overrides=few.overrides * 3,
    )
