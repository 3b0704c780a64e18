"""Who stands alone after dusk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from planner.domain.duties import Duty
from planner.domain.ids import DutyId, SiteId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment
from planner.domain.spans import DAY, MINUTE, Span, local_span, subtract, union
from planner.domain.sun import sunrise, sunset

LEAST_ALONE: Final = timedelta(minutes=15)
"""Somebody alone for a shorter time after dusk is not told of: it is light enough until then."""
_NOON, _MORNING = time(12), time(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneDuty:
    """A duty that somebody does alone after dusk; not who.

    Parameters
    ----------
    span
        When the person is there.
    alone
        All the time alone between the first and last moment after sunset.
    """

    duty: Duty
    span: Span
    alone: Span


def lone_duties(
    plan: Plan, duties: Iterable[Duty], assignments: Iterable[Assignment]
) -> Iterator[LoneDuty]:
    """Yield the duties with one person alone at the site after sunset, by time and name.

    The evening is dark from sunset at the site until sunrise or six in the morning, whichever
    comes first; a dark morning before school is not told of. Nobody is alone while others have a
    duty at the same site, and a duty that nobody does is a gap and not a lone duty.
    """
    by_id = {duty.id: duty for duty in duties}
    at_site: dict[SiteId, list[Assignment]] = defaultdict(list)
    for done in assignments:
        if done.duty in by_id:
            at_site[by_id[done.duty].site].append(done)
    found = (
        lone for site, present in at_site.items() for lone in _alone_at(plan, site, present, by_id)
    )
    yield from sorted(found, key=lambda lone: (lone.span, lone.duty.title, lone.duty.id))


def darkness(plan: Plan, site: SiteId, day: date) -> Span | None:
    """Return when it is dark in the evening that begins on a day; nothing when it is not known.

    A site without a position is taken to lie in the middle of those that have one.
    """
    position = _position(plan, site)
    if position is None:
        return None
    set_at = sunset(day, *position)
    if set_at is None:
        return None
    rest = local_span(day, _NOON, _MORNING, plan.zone)
    risen = sunrise(day + DAY, *position) or rest.end
    return Span(set_at, min(risen, rest.end)).meet(rest)


def _alone_at(
    plan: Plan, site: SiteId, present: list[Assignment], duties: Mapping[DutyId, Duty]
) -> Iterator[LoneDuty]:
    told: set[tuple[DutyId, Span]] = set()
    for done in present:
        others = [one.span for one in present if one.staff != done.staff]
        day = done.start.astimezone(plan.zone).date()
        for evening in (day - DAY, day):
            dark = darkness(plan, site, evening)
            common = dark.meet(done.span) if dark else None
            if common is None:
                continue
            alone = tuple(union(subtract(common, others)))
            if sum(piece.minutes for piece in alone) * MINUTE >= LEAST_ALONE:
                whole = Span(alone[0].start, alone[-1].end)
                if (done.duty, done.span) not in told:
                    told.add((done.duty, done.span))
                    yield LoneDuty(duty=duties[done.duty], span=done.span, alone=whole)


def _position(plan: Plan, site: SiteId) -> tuple[float, float] | None:
    known = plan.site_by_id.get(site)
    if known is not None and known.latitude is not None and known.longitude is not None:
        return known.latitude, known.longitude
    return _middle(plan)


def _middle(plan: Plan) -> tuple[float, float] | None:
    found = [
        (site.latitude, site.longitude)
        for site in plan.sites
        if site.latitude is not None and site.longitude is not None
    ]
    if not found:
        return None
    return sum(lat for lat, _lon in found) / len(found), sum(lon for _lat, lon in found) / len(
        found
    )
