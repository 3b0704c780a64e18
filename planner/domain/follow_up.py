"""A promise followed up: promised, planned and delivered by measure, week and place.

Nothing of it names a person. A measure's weeks, its places and its cells of week and place each add
up to its total.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from planner.domain.followed_duties import (
    Facts,
    FollowedDuty,
    followed_number,
    followed_share,
)
from planner.domain.followed_events import (
    FollowedWalk,
    Unit,
    duty_units,
    followed_walks,
    session_units,
    walk_units,
)
from planner.domain.plan import Plan
from planner.domain.promised import weeks_of
from planner.domain.promises import Measure, MeasureKind, Promise, PromiseRevision
from planner.domain.tallies import Tally, TallySheet, Verdict, verdict
from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTally:
    """A measure in one week."""

    week: IsoWeek
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTally:
    """A measure at one school or hotspot, or of one walk or session; ``place`` is its id."""

    place: str
    title: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTally:
    """A measure at one place in one week."""

    week: IsoWeek
    place: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryPlace:
    """Whether each school had all that it was promised, which is what "every school" claims.

    Parameters
    ----------
    n_places
        Schools that something was promised to.
    n_complete
        Of these, where all of it was reported as done.
    lacking
        Names of the others, by name.
    left_out
        Names of schools in the plan that nothing was promised to.
    """

    n_places: int
    n_complete: int
    lacking: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def is_true(self) -> bool:
        """Tell whether "every school" may be claimed."""
        return self.n_places > 0 and not self.lacking and not self.left_out


@dataclass(frozen=True, kw_only=True)
class MeasureFollowUp:
    """What became of one measure.

    Parameters
    ----------
    aim
        How many must be done for it to be kept: the target of a number; of a share, its target's
        part of what is promised, rounded up.
    weeks
        Every week of the period, in order.
    places
        By name; sessions by their day.
    cells
        Those with anything in them, by week and place.
    duties
        What the numbers are counted from and what is reported of, by day; of walks and sessions
        the duties of their meetings.
    walks
        Of a measure of walks; also those that do not count.
    every_place
        Of contact persons at all schools.
    """

    measure: Measure
    aim: int
    verdict: Verdict
    total: Tally
    weeks: tuple[WeekTally, ...]
    places: tuple[PlaceTally, ...]
    cells: tuple[CellTally, ...]
    duties: tuple[FollowedDuty, ...]
    walks: tuple[FollowedWalk, ...] = ()
    every_place: EveryPlace | None = None


@dataclass(frozen=True, kw_only=True)
class PromiseFollowUp:
    """What became of a promise, as known at ``now``.

    Parameters
    ----------
    is_signed
        Else ``promised`` is what it would ask for, by bells and windows as they are now.
    is_over
        Whether the period is over; nothing is "to come" then.
    """

    promise: Promise
    now: datetime
    is_signed: bool
    is_over: bool
    measures: tuple[MeasureFollowUp, ...]
    revisions: tuple[PromiseRevision, ...] = ()


def follow_up(
    facts: Facts, measures: Iterable[Measure], revisions: Iterable[PromiseRevision] = ()
) -> PromiseFollowUp:
    """Hold what was planned and reported against what was promised.

    A promised duty counts as planned when it was so at its week's first publication, and as done
    only when it was reported so. Measures come in the order in which they are told.
    """
    promise = facts.promise
    kinds = tuple(MeasureKind)
    mine = sorted(
        (one for one in measures if one.promise == promise.id),
        key=lambda one: (kinds.index(one.kind), one.name, one.id),
    )
    return PromiseFollowUp(
        promise=promise,
        now=facts.now,
        is_signed=facts.is_signed,
        is_over=facts.is_over,
        measures=tuple(_followed(facts, measure) for measure in mine),
        revisions=tuple(one for one in revisions if one.promise == promise.id),
    )


def aim_of(measure: Measure, n_promised: int) -> int:
    """Return how many must be done for a measure to be kept."""
    if measure.is_share:
        return math.ceil(n_promised * measure.target / 100)
    return measure.target


def _followed(facts: Facts, measure: Measure) -> MeasureFollowUp:
    walks: tuple[FollowedWalk, ...] = ()
    if measure.is_share:
        duties = tuple(sorted(followed_share(facts, measure), key=_by_day))
        units = tuple(duty_units(duties))
    else:
        duties = tuple(followed_number(facts, measure))
        if measure.kind is MeasureKind.WALKS:
            walks = tuple(followed_walks(facts, duties))
            units = tuple(walk_units(walks))
        else:
            units = tuple(session_units(duties))
    counted = _Counted(facts, units)
    total = counted.total
    aim = aim_of(measure, total.promised)
    places = counted.places(by_name=measure.kind is not MeasureKind.SESSIONS)
    return MeasureFollowUp(
        measure=measure,
        aim=aim,
        verdict=verdict(total, aim, is_share=measure.is_share, is_over=facts.is_over),
        total=total,
        weeks=counted.weeks(),
        places=places,
        cells=counted.cells(),
        duties=duties,
        walks=walks,
        every_place=_every_place(facts.plan, measure, places),
    )


def _by_day(duty: FollowedDuty) -> tuple[object, ...]:
    return duty.day, duty.title, duty.duty


class _Counted:
    """Units counted by week and place, which everything else is added up from."""

    def __init__(self, facts: Facts, units: Iterable[Unit]) -> None:
        self._promise = facts.promise
        self._names: dict[str, str] = {}
        sheets: dict[tuple[IsoWeek, str], TallySheet] = {}
        for unit in units:
            self._names[unit.place] = unit.title
            sheet = sheets.setdefault((unit.week, unit.place), TallySheet())
            if unit.is_promised:
                sheet.count(unit.plan_state, unit.reported, unit.reason)
            else:
                sheet.count_extra(unit.plan_state, unit.reported)
        self._tallies = {key: sheets[key].tally for key in sorted(sheets)}

    @property
    def total(self) -> Tally:
        return sum(self._tallies.values(), Tally())

    def cells(self) -> tuple[CellTally, ...]:
        return tuple(
            CellTally(week=week, place=place, tally=tally)
            for (week, place), tally in self._tallies.items()
        )

    def weeks(self) -> tuple[WeekTally, ...]:
        return tuple(
            WeekTally(
                week=week,
                tally=sum((t for (one, _), t in self._tallies.items() if one == week), Tally()),
            )
            for week in weeks_of(self._promise.first_day, self._promise.last_day)
        )

    def places(self, *, by_name: bool) -> tuple[PlaceTally, ...]:
        """Return the places by their names, or else in the order of the units."""
        by_names = sorted(self._names, key=lambda place: (self._names[place], place))
        return tuple(
            PlaceTally(
                place=place,
                title=self._names[place],
                tally=sum((t for (_, one), t in self._tallies.items() if one == place), Tally()),
            )
            for place in (by_names if by_name else self._names)
        )


def _every_place(plan: Plan, measure: Measure, places: tuple[PlaceTally, ...]) -> EveryPlace | None:
    if measure.kind is not MeasureKind.CONTACT_PERSONS or measure.place:
        return None
    promised = [one for one in places if one.tally.promised]
    lacking = [one.title for one in promised if one.tally.done < one.tally.promised]
    known = {one.place for one in promised}
    return EveryPlace(
        n_places=len(promised),
        n_complete=len(promised) - len(lacking),
        lacking=tuple(lacking),
        left_out=tuple(sorted(one.name for one in plan.schools if one.id not in known)),
    )
