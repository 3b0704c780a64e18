"""How predictable the visits of the last published weeks were."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.predictability import Learnable, Pattern, SeenVisit, patterns
from planner.domain.publication import Publication
from planner.domain.spans import MINUTE
from planner.domain.weeks import IsoWeek
from planner.exchange.week_json import duties_from_json, roster_from_json
from planner.services.plans import OpenPlan
from planner.services.publish.publishing import snapshot_of
from planner.services.week.weeks import current_week

__all__ = ["Learnable", "NamedPattern", "PatternReader", "Predictability", "ReadingWeek"]

N_WEEKS = 12
"""What somebody who watches may remember: a quarter of a year."""
_REACH_WEEKS = 26
_AHEAD_WEEKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPattern:
    """A pattern with the name of its place."""

    name: str
    pattern: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictability:
    """What the published weeks show to whoever watches.

    Parameters
    ----------
    weeks
        The published weeks that were read, the latest at most twelve.
    rows
        Places and weekdays with visits: what can be learned first, then by name and weekday.
    n_continuous
        Stays of continuous presence, which is foreseeable on purpose and not judged.
    """

    weeks: tuple[IsoWeek, ...]
    rows: tuple[NamedPattern, ...]
    n_continuous: int

    @property
    def n_learnable(self) -> int:
        """How many rows somebody could learn."""
        return sum(row.pattern.learnable is Learnable.LEARNABLE for row in self.rows)

    @property
    def share(self) -> float | None:
        """Entropy of all rows with enough days, as a share of that of even draws."""
        told = [one.pattern for one in self.rows if one.pattern.learnable is not Learnable.TOO_FEW]
        even = sum(one.even_bits for one in told)
        return min(1.0, sum(one.entropy_bits for one in told) / even) if even else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWeek:
    """How many weeks of how many have been read."""

    n_done: int
    n_all: int


@dataclass(frozen=True, slots=True)
class _Week:
    visits: tuple[SeenVisit, ...]
    names: dict[str, str]
    n_continuous: int


@dataclass(frozen=True)
class PatternReader:
    """Reads the published weeks of a plan; a publication, which never changes, is read once.

    One thread at a time may ask.
    """

    open_plan: OpenPlan
    _known: dict[int, _Week] = field(default_factory=dict)

    def predictability(
        self,
        *,
        on_progress: Callable[[ReadingWeek], None] = lambda _: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Predictability:
        """Return what the last published weeks show; fewer of them when it is stopped.

        Raises
        ------
        StorageError
            ``publication-broken``
        """
        weeks: list[IsoWeek] = []
        found: list[_Week] = []
        current = current_week(self.open_plan)
        for n in range(-_AHEAD_WEEKS, _REACH_WEEKS):
            if len(weeks) == N_WEEKS or should_stop():
                break
            week = current.shifted(-n)
            publication = self.open_plan.store.latest_publication(week)
            if publication is not None:
                weeks.append(week)
                found.append(self._week(publication))
                on_progress(ReadingWeek(n_done=len(weeks), n_all=N_WEEKS))
        names = {place: name for one in reversed(found) for place, name in one.names.items()}
        rows = [
            NamedPattern(name=names[one.place], pattern=one)
            for one in patterns(visit for week in found for visit in week.visits)
        ]
        rows.sort(key=_order)
        return Predictability(
            weeks=tuple(reversed(weeks)),
            rows=tuple(rows),
            n_continuous=sum(one.n_continuous for one in found),
        )

    def _week(self, publication: Publication) -> _Week:
        if publication.number not in self._known:
            self._known[publication.number] = _read(publication, self.open_plan.plan)
        return self._known[publication.number]


def _order(row: NamedPattern) -> tuple[bool, str, int]:
    is_calm = row.pattern.learnable is not Learnable.LEARNABLE
    return is_calm, row.name, row.pattern.weekday


def _read(publication: Publication, plan: Plan) -> _Week:
    document = snapshot_of(publication)["week"]
    duties = duties_from_json(document)
    starts = {done.duty: done.start for done in roster_from_json(document).assignments}
    return _Week(
        visits=tuple(_visits(duties, starts, plan)),
        names={duty.source: duty.title for duty in duties if duty.kind is DutyKind.VISIT},
        n_continuous=sum(duty.kind is DutyKind.PRESENCE for duty in duties),
    )


def _visits(
    duties: tuple[Duty, ...], starts: Mapping[DutyId, datetime], plan: Plan
) -> Iterator[SeenVisit]:
    """Yield the visits that were planned, as they are seen from the street."""
    for duty in duties:
        if duty.kind is not DutyKind.VISIT or duty.id not in starts:
            continue
        window, _day, ordinal = duty.id.rsplit("/", 2)

        def minute(at: datetime, duty: Duty = duty) -> int:
            local = at.astimezone(plan.zone).replace(tzinfo=None)
            return (local - datetime.combine(duty.day, time())) // MINUTE

        yield SeenVisit(
            place=duty.source,
            slot=f"{window}/{ordinal}",
            day=duty.day,
            at_min=minute(starts[duty.id]),
            first_min=minute(duty.earliest_start),
            last_min=minute(duty.latest_start),
        )
