"""What is found of a promise before anyone signs: kept or not, by measure and week."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from planner.domain.promises import Measure, Promise
from planner.domain.scenarios import Scenario
from planner.domain.weeks import IsoWeek
from planner.services.what_if.scenario_results import PromiseLine


class Kept(StrEnum):
    """Whether what a measure asks for can be kept."""

    KEPT = "kept"
    """A roster was found that keeps all of it."""
    NOT_KEPT = "not-kept"
    """It is proved that no roster keeps everything that is promised; here is what lacks."""
    OPEN = "open"
    """The best roster found lacks something, and that none is better was not proved in time."""
    NOT_TRIED = "not-tried"
    NOT_PLANNED = "not-planned"
    """The plan has fewer walks or sessions than are promised, so that they could not be tried."""
    NOTHING = "nothing"
    """Nothing of it falls in the week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureWeek:
    """A measure in a week.

    Parameters
    ----------
    n_wanted, n_covered
        Duties that it is counted in, and those that all who are needed can do.
    places
        Ids of the schools, hotspots, walks or sessions that ask for them.
    lines
        What lacks, by day.
    """

    measure: Measure
    week: IsoWeek
    kept: Kept
    n_wanted: int
    n_covered: int
    places: frozenset[str] = frozenset()
    lines: tuple[PromiseLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekAnswer:
    """A week of the period.

    Parameters
    ----------
    measures
        In the promise's order.
    same_as
        The week that was solved for this one too, as their problems are the same up to a shift in
        time; nothing where it was solved itself.
    short_min
        Minutes of a head that lack of the minimum of each hour in the roster that was found.
    """

    week: IsoWeek
    measures: tuple[MeasureWeek, ...]
    same_as: IsoWeek | None = None
    short_min: int = 0

    @property
    def kept(self) -> Kept:
        """The worst of its measures."""
        return worst(one.kept for one in self.measures)


@dataclass(frozen=True, kw_only=True)
class MeasureVerdict:
    """A measure over the whole period, held against its target.

    Parameters
    ----------
    n_wanted, n_covered
        Duties of all weeks that were tried; of walks and sessions, how many there are in the plan
        and how many of them can be held as a whole.
    first_line
        What lacks first.
    """

    measure: Measure
    kept: Kept
    n_wanted: int
    n_covered: int
    first_line: PromiseLine | None

    @property
    def percent(self) -> float:
        """Covered duties as a share; 100 when nothing was asked for."""
        return 100 * self.n_covered / self.n_wanted if self.n_wanted else 100.0


@dataclass(frozen=True, kw_only=True)
class Keepable:
    """A promise tested over its period, as far as it was tested.

    Parameters
    ----------
    scenario
        Under which it was tested; nothing for the plan as it is.
    n_solved
        Distinct kinds of week that were solved.
    n_kinds
        Distinct kinds of week that there are.
    weeks
        Every week of the period.
    """

    promise: Promise
    measures: tuple[Measure, ...]
    scenario: Scenario | None
    n_solved: int
    n_kinds: int
    weeks: tuple[WeekAnswer, ...]

    @cached_property
    def verdicts(self) -> tuple[MeasureVerdict, ...]:
        """Each measure over the whole period."""
        return tuple(self._verdict(measure) for measure in self.measures)

    @property
    def kept(self) -> Kept:
        """The worst of its measures."""
        return worst(one.kept for one in self.verdicts)

    def with_week(self, answer: WeekAnswer) -> "Keepable":
        """Return the same with another answer for a week."""
        weeks = tuple(answer if one.week == answer.week else one for one in self.weeks)
        return replace(self, weeks=weeks)

    def _verdict(self, measure: Measure) -> MeasureVerdict:
        mine = [one for week in self.weeks for one in week.measures if one.measure == measure]
        lines = [line for one in mine for line in one.lines]
        if measure.is_share:
            n_wanted = sum(one.n_wanted for one in mine if one.kept is not Kept.NOT_TRIED)
            n_covered = sum(one.n_covered for one in mine)
            kept = _kept_share(measure, mine)
        else:
            places = _places(mine)
            n_wanted, n_covered = len(places), sum(places.values())
            kept = _kept_number(measure, mine, n_wanted, n_covered)
        return MeasureVerdict(
            measure=measure,
            kept=kept,
            n_wanted=n_wanted,
            n_covered=n_covered,
            first_line=min(lines, key=lambda line: line.day, default=None),
        )


def worst(found: Iterable[Kept]) -> Kept:
    """Return the worst of some answers; nothing when there is none."""
    return min(found, key=_WORST_FIRST.index, default=Kept.NOTHING)


_WORST_FIRST = (
    Kept.NOT_KEPT,
    Kept.OPEN,
    Kept.NOT_TRIED,
    Kept.NOT_PLANNED,
    Kept.KEPT,
    Kept.NOTHING,
)


def _places(mine: Iterable[MeasureWeek]) -> dict[str, bool]:
    """Return walks or sessions, and whether all that each asks for can be done."""
    found: dict[str, bool] = {}
    for one in mine:
        lacking = {line.place for line in one.lines}
        is_tried = one.kept is not Kept.NOT_TRIED
        for place in one.places:
            found[place] = found.get(place, True) and is_tried and place not in lacking
    return found


def _kept_share(measure: Measure, mine: list[MeasureWeek]) -> Kept:
    """Return whether the share that a measure asks for can be reached.

    Where it was not proved that something must lack, it may yet be covered.
    """
    if any(one.kept is Kept.NOT_TRIED for one in mine):
        return Kept.NOT_TRIED
    n_wanted = sum(one.n_wanted for one in mine)
    n_covered = sum(one.n_covered for one in mine)
    n_hoped = sum(one.n_wanted - one.n_covered for one in mine if one.kept is Kept.OPEN)
    if not n_wanted:
        return Kept.NOTHING
    if 100 * n_covered >= measure.target * n_wanted:
        return Kept.KEPT
    if 100 * (n_covered + n_hoped) < measure.target * n_wanted:
        return Kept.NOT_KEPT
    return Kept.OPEN


def _kept_number(measure: Measure, mine: list[MeasureWeek], n_planned: int, n_covered: int) -> Kept:
    """Return whether as many as a measure asks for can be held, of those that are in the plan."""
    if n_covered >= measure.target:
        return Kept.KEPT
    if n_planned < measure.target:
        return Kept.NOT_PLANNED
    states = {one.kept for one in mine}
    if Kept.NOT_TRIED in states:
        return Kept.NOT_TRIED
    return Kept.OPEN if Kept.OPEN in states else Kept.NOT_KEPT
