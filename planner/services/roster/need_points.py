"""The curve of officers wanted and planned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from planner.domain.coverage import Staffed
from planner.domain.plan import Plan
from planner.services.roster.kept_rows import KeptRows
from planner.services.roster.views import NeedPoint


class NeedPoints:
    """The officers wanted and planned, hour by hour."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._hours: KeptRows[dict[datetime, NeedPoint]] = KeptRows()
        self._points: KeptRows[NeedPoint] = KeptRows()

    def points(self, staffing: Iterable[tuple[Staffed, ...]]) -> Iterator[NeedPoint]:
        """Yield the points by hour; in an hour the worst quarter counts."""
        hours: dict[datetime, list[NeedPoint]] = defaultdict(list)
        for number, quarters in enumerate(staffing):
            if quarters and quarters[0].need.skill == self._plan.settings.patrol_skill:
                of_need = self._hours.row(number, quarters, partial(_hours, quarters))
                for hour, point in of_need.items():
                    hours[hour].append(point)
        for hour, points in sorted(hours.items()):
            yield self._points.row(hour, points, partial(_worst, points))


def _hours(quarters: Iterable[Staffed]) -> dict[datetime, NeedPoint]:
    """Return a need's own points."""
    points: dict[datetime, NeedPoint] = {}
    for quarter in quarters:
        hour = quarter.span.start.replace(minute=0)
        point = NeedPoint(
            start=hour,
            minimum=quarter.need.minimum,
            needed=quarter.need.needed,
            planned=quarter.planned,
        )
        points[hour] = _worst([points.get(hour, point), point])
    return points


def _worst(points: list[NeedPoint]) -> NeedPoint:
    return NeedPoint(
        start=points[0].start,
        minimum=max(point.minimum for point in points),
        needed=max(point.needed for point in points),
        planned=min(point.planned for point in points),
    )
