"""What an example's promise came to before its week: simulated, and the same each time.

``history.toml`` beside the example's tables says how much went wrong; no week is generated for it.
"""

import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from math import cos, radians
from pathlib import Path
from typing import Any, Final

from planner.domain.changes import Change
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import PromiseId, SchoolId
from planner.domain.incidents import Incident
from planner.domain.plan import Plan
from planner.domain.promised import asked_duties, weeks_of
from planner.domain.promises import (
    CoveredBy,
    Delivery,
    DeliveryState,
    NotDoneReason,
    PlannedDuty,
)
from planner.domain.schools import Staffing
from planner.domain.spans import instant
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.promise.promises import sign_promise

SIMULATED: Final = "Simulerat"
"""Account and source of everything that is made up here."""

_OUT_OF_DOORS = {DutyKind.PRESENCE, DutyKind.VISIT, DutyKind.WALK}
_POLICE = {DutyKind.PRESENCE, DutyKind.VISIT}
_METERS_A_DEGREE = 111_320
_REPORTED_AT = time(8)


def simulate_history(open_plan: OpenPlan, folder: Path, week: IsoWeek) -> None:
    """Sign an example's promise and make up its weeks before ``week``, if it has a history.

    Parameters
    ----------
    folder
        The example's.
    """
    path = folder / "history.toml"
    if not path.exists():
        return
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    promise_id = PromiseId(told["promise"])
    promise = next(one for one in open_plan.plan.promises if one.id == promise_id)
    sign_promise(open_plan, promise_id)
    weeks = [one for one in weeks_of(promise.first_day, promise.last_day) if one < week]
    history = _History(plan=open_plan.plan, told=told, week=week)
    with open_plan.store.transaction("simulate", n_weeks=len(weeks)):
        store = open_plan.store
        planned = [
            history.planned(duty, one)
            for one in weeks
            for duty in asked_duties(open_plan.plan, one)
        ]
        store.add_planned_duties(planned)
        reports = (history.delivery(duty) for duty in planned)
        store.apply(
            [Change(set_name="deliveries", before=None, after=one) for one in reports if one]
        )
        store.add_incidents(history.incidents(weeks))


@dataclass(frozen=True, kw_only=True)
class _History:
    """Draws what became of each duty, seeded by the duty itself."""

    plan: Plan
    told: Mapping[str, Any]
    week: IsoWeek

    def planned(self, duty: Duty, week: IsoWeek) -> PlannedDuty:
        """Return how a duty stood when its week was published."""
        by = self._covered_by(duty)
        end = duty.earliest_start + timedelta(minutes=duty.duration_min)
        return PlannedDuty(
            duty=duty.id,
            publication=0,
            is_first=True,
            week=week,
            day=duty.day,
            kind=duty.kind,
            place=duty.source,
            title=duty.title,
            moment=duty.moment,
            start=duty.earliest_start,
            end=end,
            n_heads=duty.heads,
            n_planned=duty.heads if by is CoveredBy.ROSTER else 0,
            covered_by=by,
        )

    def delivery(self, duty: PlannedDuty) -> Delivery | None:
        """Return what was reported of a duty; nothing of some."""
        draw = random.Random(f"{self.told['seed']}/delivery/{duty.duty}")
        if not self._happens(draw, "reported"):
            return None
        reason = self._reason(duty, draw)
        next_day = duty.day + timedelta(days=1)
        return Delivery(
            duty=duty.duty,
            week=duty.week,
            state=DeliveryState.NOT_DONE if reason else DeliveryState.DONE,
            reason=reason,
            at=instant(next_day, _REPORTED_AT, self.plan.zone),
            by=SIMULATED,
        )

    def incidents(self, weeks: Iterable[IsoWeek]) -> Iterator[Incident]:
        """Yield made-up incidents around the selected places, the important ones most often."""
        told = self.told["incidents"]
        sites = self.plan.site_by_id
        spots = [spot for spot in self.plan.hotspots if sites[spot.site].latitude is not None]
        shares = [4 - spot.priority for spot in spots]
        for week in weeks:
            draw = random.Random(f"{self.told['seed']}/incidents/{week.monday}")
            n_incidents = int(told["per_week"]) + (draw.random() < told["per_week"] % 1)
            for n in range(n_incidents):
                spot = draw.choices(spots, shares)[0]
                site, spread = sites[spot.site], told["spread_m"] / _METERS_A_DEGREE
                latitude = (site.latitude or 0.0) + draw.gauss(0, spread)
                longitude = (site.longitude or 0.0) + draw.gauss(0, spread / cos(radians(latitude)))
                day = draw.choices(week.days, (2, 2, 2, 2, 5, 4, 1))[0]
                at = time(draw.choice(told["hours"]), draw.randrange(60))
                yield Incident(
                    id=f"simulerad-{week}-{n + 1}",
                    at=instant(day, at, self.plan.zone),
                    kind=told["kind"],
                    latitude=round(latitude, 5),
                    longitude=round(longitude, 5),
                    place=spot.name,
                    source=SIMULATED,
                )

    def _covered_by(self, duty: Duty) -> CoveredBy:
        school = self.plan.school_by_id.get(SchoolId(duty.source))
        if school is not None and school.staffing is Staffing.OWN:
            return CoveredBy.OWN_STAFF
        draw = random.Random(f"{self.told['seed']}/planned/{duty.id}")
        if self._happens(draw, "covered"):
            return CoveredBy.ROSTER
        if duty.kind is DutyKind.SCHOOL:
            return draw.choice((CoveredBy.OWN_STAFF, CoveredBy.OWN_STAFF, CoveredBy.CANCELLED))
        return CoveredBy.NOBODY

    def _reason(self, duty: PlannedDuty, draw: random.Random) -> NotDoneReason | None:
        closed, called = self.told["closed"], self.told["called_away"]
        if duty.place == closed["school"] and self._is_on(duty, closed):
            return NotDoneReason.CLOSED
        if duty.kind in _POLICE and self._is_on(duty, called):
            return NotDoneReason.EMERGENCY
        if not duty.is_planned:
            return NotDoneReason.NOBODY
        if self._happens(draw, "absent"):
            return NotDoneReason.ABSENCE
        if duty.kind in _OUT_OF_DOORS and self._happens(draw, "weather"):
            return NotDoneReason.WEATHER
        return NotDoneReason.OTHER if self._happens(draw, "other") else None

    def _is_on(self, duty: PlannedDuty, when: Mapping[str, Any]) -> bool:
        week = self.week.shifted(-when["weeks_before"])
        return duty.week == week and duty.day.isoweekday() in when["weekdays"]

    def _happens(self, draw: random.Random, what: str) -> bool:
        return draw.random() * 100 < float(self.told["percent"][what])
