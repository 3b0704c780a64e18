"""Presence windows proposed from the incidents: tried first, then accepted, edited or declined."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

import numpy as np

from planner import clock
from planner.domain.changes import Change
from planner.domain.ids import HotspotId, SiteId
from planner.domain.incidents import DeclinedWindow, Incident
from planner.domain.places import Hotspot, PresenceKind, PresenceWindow
from planner.domain.plan import Plan
from planner.domain.schools import Site
from planner.domain.situation_data import SituationData, metres_apart, situation_data
from planner.domain.situation_model import Forecaster
from planner.domain.situation_trial import Trial, TriedWeek, Verdict, judged, tried, weeks_to_try
from planner.domain.situation_windows import ChosenWindow, WindowTerms, expected_windows
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.records.saving import save_records
from planner.services.situation.picture import SituationFilter, looked_at, place_name, position_text

__all__ = [
    "Proposal",
    "ProposalState",
    "Proposals",
    "TrialProgress",
    "Verdict",
    "WindowTerms",
    "accept",
    "decline",
    "marked_anew",
    "propose",
    "take_back",
]

_GROUP = 5
"""Proposals whose hits in the trial are looked at together: one alone has next to none."""
_HOURS_A_VISIT = 2
"""One visit of 10 to 16 minutes every two hours: Koper (1995)."""
_HOTSPOT_ID_LETTERS = 40


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    PLANNED = "planned"
    """The plan has presence there at that time already."""
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A presence window that might be worth having.

    Parameters
    ----------
    id
        The same for the same place, weekday and hours.
    rank
        1 for the window with most incidents to be expected.
    name
        Of the place; may be changed before it is accepted.
    hotspot
        The plan's own hotspot that it would belong to; nothing for a new one.
    weekday
        Day on which it begins, Monday 1.
    start, end
        Local time; an end not after the start is next day.
    n_visits
        The dose: visits of 10 to 16 minutes.
    expected
        Share of the incidents to be expected inside, of those with a position; put right by what
        the trial found to have been expected too much or too little.
    measured
        Share that a window of this rank really covered in the weeks of the trial, as the mean of
        its group of five; nothing when too little was tried.
    """

    id: str
    rank: int
    state: ProposalState
    name: str
    hotspot: HotspotId | None
    latitude: float
    longitude: float
    weekday: int
    start: time
    end: time
    n_visits: int
    expected: float
    measured: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What was proposed, and how far it can be trusted.

    Parameters
    ----------
    n_incidents
        Incidents that were learned from: of the kinds and days chosen, with a position.
    """

    terms: WindowTerms
    trial: Trial
    proposals: tuple[Proposal, ...]
    n_incidents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialProgress:
    """How many weeks were tried, of how many."""

    n_done: int
    n_all: int


def propose(
    open_plan: OpenPlan,
    wanted: SituationFilter,
    terms: WindowTerms,
    *,
    on_progress: Callable[[TrialProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Proposals:
    """Return windows for the week after the last incident, after trying the method on weeks before.

    Stopped, the trial says what the weeks so far say; the windows are whole all the same.
    """
    plan = open_plan.plan
    incidents = looked_at(open_plan.store.incidents(), plan, wanted)
    data = situation_data(incidents, plan.zone, terms.place_m)
    forecaster = Forecaster(data)
    weeks: list[TriedWeek] = []
    for one in tried(data, terms, forecaster=forecaster, should_stop=should_stop):
        weeks.append(one)
        on_progress(TrialProgress(n_done=len(weeks), n_all=len(weeks_to_try(data))))
    trial = judged(tuple(weeks))
    chosen = _chosen(data, forecaster, terms, is_hurried=should_stop())
    maker = _Maker(plan, incidents, data, terms, trial)
    declined = {one.id for one in open_plan.store.declined_windows()}
    return Proposals(
        terms=terms,
        trial=trial,
        proposals=tuple(maker.proposals(chosen, declined)),
        n_incidents=len(data.week),
    )


def _chosen(
    data: SituationData, forecaster: Forecaster, terms: WindowTerms, *, is_hurried: bool
) -> tuple[ChosenWindow, ...]:
    """Return the windows for the week after the last incident; none without incidents."""
    if not len(data.week):
        return ()
    following = int(data.week[-1]) + 1
    return expected_windows(forecaster.forecast(following, is_hurried=is_hurried), terms)


def marked_anew(open_plan: OpenPlan, found: Proposals) -> Proposals:
    """Return proposals with what has become of each by now, without proposing again."""
    declined = {one.id for one in open_plan.store.declined_windows()}
    marked = _marked(open_plan.plan, found.terms, found.proposals, declined)
    return replace(found, proposals=tuple(marked))


def _marked(
    plan: Plan, terms: WindowTerms, proposals: Sequence[Proposal], declined: set[str]
) -> Iterator[Proposal]:
    """Yield proposals with the hotspot that each belongs to, and what has become of it.

    Of several places that belong to one hotspot the nearest has its name: they are told apart.
    """
    found = {
        position: _hotspot_at(plan, *position, terms.place_m / 2)
        for position in {(one.latitude, one.longitude) for one in proposals}
    }
    least_m: dict[HotspotId, float] = {}
    for at in found.values():
        if at is not None:
            metres, hotspot = at
            least_m[hotspot.id] = min(metres, least_m.get(hotspot.id, metres))
    for one in proposals:
        belongs, at = one, found[one.latitude, one.longitude]
        if at is not None:
            metres, hotspot = at
            name = hotspot.name if metres == least_m[hotspot.id] else one.name
            belongs = replace(one, hotspot=hotspot.id, name=name)
        state = ProposalState.DECLINED if one.id in declined else ProposalState.OPEN
        if belongs.hotspot is not None and is_planned(plan, belongs):
            state = ProposalState.PLANNED
        yield replace(belongs, state=state)


class _Maker:
    """Makes proposals of chosen windows."""

    def __init__(
        self,
        plan: Plan,
        incidents: Sequence[Incident],
        data: SituationData,
        terms: WindowTerms,
        trial: Trial,
    ) -> None:
        self._plan, self._data, self._terms, self._trial = plan, data, terms, trial
        self._located = sorted(
            (one for one in incidents if one.latitude is not None and one.longitude is not None),
            key=lambda one: (one.at, one.id),
        )
        self._names: dict[int, str] = {}

    def proposals(self, chosen: Sequence[ChosenWindow], declined: set[str]) -> Iterator[Proposal]:
        """Yield a proposal for each window, in the same order."""
        self._name_cells(window.cell for window in chosen)
        made = [self._proposal(rank, window) for rank, window in enumerate(chosen, start=1)]
        yield from _marked(self._plan, self._terms, made, declined)

    def _proposal(self, rank: int, window: ChosenWindow) -> Proposal:
        latitude, longitude, _said = self._place(window.cell)
        weekday, hour = divmod(window.hour, 24)
        row, column = self._data.cells[window.cell]
        return Proposal(
            id=f"{self._terms.place_m}:{row}:{column}:{weekday + 1}:{hour}:{self._terms.hours}",
            rank=rank,
            state=ProposalState.OPEN,
            name=self._names[window.cell],
            hotspot=None,
            latitude=latitude,
            longitude=longitude,
            weekday=weekday + 1,
            start=time(hour),
            end=time((hour + self._terms.hours) % 24),
            n_visits=max(1, self._terms.hours // _HOURS_A_VISIT),
            expected=window.share * self._trial.calibration,
            measured=self._measured(rank),
        )

    def _name_cells(self, cells: Iterable[int]) -> None:
        """Give each place a name that neither the plan nor another one has."""
        taken = {hotspot.name for hotspot in self._plan.hotspots}
        for cell in dict.fromkeys(cells):
            latitude, longitude, said = self._place(cell)
            stem = place_name(self._plan, latitude, longitude) or said
            stem = name = stem or position_text(latitude, longitude)
            number = 1
            while name in taken:
                number += 1
                name = f"{stem} {number}"
            taken.add(name)
            self._names[cell] = name

    def _place(self, cell: int) -> tuple[float, float, str]:
        """Return the mean position of the incidents at a place, and what sources call it most."""
        mine = [self._located[n] for n in np.flatnonzero(self._data.cell == cell)]
        names = Counter(one.place for one in mine if one.place)
        return (
            float(np.mean([one.latitude for one in mine])),
            float(np.mean([one.longitude for one in mine])),
            names.most_common(1)[0][0] if names else "",
        )

    def _measured(self, rank: int) -> float | None:
        if not self._trial.results:
            return None
        first = (rank - 1) // _GROUP * _GROUP + 1
        last = min(first + _GROUP - 1, self._terms.n_windows)
        return self._trial.share_by_rank(first, last) / (last - first + 1)


def _hotspot_at(
    plan: Plan, latitude: float, longitude: float, most_m: float
) -> tuple[float, Hotspot] | None:
    """Return the plan's hotspot within some metres and how far it is, the nearest of several."""
    found = []
    for hotspot in plan.hotspots:
        site = plan.site_by_id[hotspot.site]
        if site.latitude is not None and site.longitude is not None:
            metres = metres_apart((site.latitude, site.longitude), (latitude, longitude))
            if metres <= most_m:
                found.append((metres, hotspot.id, hotspot))
    if not found:
        return None
    metres, _id, hotspot = min(found)
    return metres, hotspot


def is_planned(plan: Plan, proposal: Proposal) -> bool:
    """Tell whether the proposal's hotspot has presence in some of its hours, now or to come."""
    today = clock.today(plan.zone)
    wanted = set(_hours(proposal.weekday, proposal.start, proposal.end))
    return any(
        wanted & set(_hours(window.weekday, window.start, window.end))
        for window in plan.presence_windows
        if window.hotspot == proposal.hotspot
        and (window.last_day is None or window.last_day >= today)
    )


def _hours(weekday: int, start: time, end: time) -> Iterator[int]:
    """Yield the hours of the week that a window touches."""
    first = (weekday - 1) * 24 + start.hour
    minutes = (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % (24 * 60) or 24 * 60
    for n in range(-(-(start.minute + minutes) // 60)):
        yield (first + n) % (7 * 24)


def accept(
    open_plan: OpenPlan, proposals: Iterable[Proposal], *, first_day: date | None = None
) -> tuple[Change, ...]:
    """Make presence windows of proposals, as one step to undo; return what was changed.

    A place that the plan has no hotspot at becomes a site and a hotspot of that name; proposals at
    one position are one place, and have the name of the first of them.

    Parameters
    ----------
    first_day
        From when there is presence; the Monday after this week when missing, as the present week
        is planned already.

    Raises
    ------
    RefusedRecordsError, ConflictError
        As :func:`planner.services.records.saving.save_records`; nothing is written then.
    """
    open_plan.refresh()
    day = first_day or IsoWeek.of(clock.today(open_plan.plan.zone)).shifted(1).monday
    changes = tuple(_Records(open_plan.plan, day).changes(proposals))
    save_records(open_plan, changes)
    return changes


class _Records:
    """The records that proposals become."""

    def __init__(self, plan: Plan, first_day: date) -> None:
        self._first_day = first_day
        self._taken = {
            *(str(one.id) for one in plan.sites),
            *(str(one.id) for one in plan.hotspots),
            *(one.id for one in plan.presence_windows),
        }
        self._hotspots: dict[tuple[float, float], HotspotId] = {}

    def changes(self, proposals: Iterable[Proposal]) -> Iterator[Change]:
        for one in proposals:
            position = one.latitude, one.longitude
            hotspot = one.hotspot or self._hotspots.get(position)
            if hotspot is None:
                hotspot = HotspotId(self._new_id(one.name))
                self._hotspots[position] = hotspot
                yield from self._new_place(one, hotspot)
            window = PresenceWindow(
                id=self._new_id(f"{hotspot}-{one.weekday}-{one.start:%H%M}"),
                hotspot=hotspot,
                weekday=one.weekday,
                start=one.start,
                end=one.end,
                kind=PresenceKind.DOSAGE,
                n_visits=one.n_visits,
                first_day=self._first_day,
            )
            yield Change(set_name="presence_windows", before=None, after=window)

    def _new_place(self, one: Proposal, hotspot: HotspotId) -> Iterator[Change]:
        site = Site(
            id=SiteId(self._new_id(f"{hotspot}-plats")),
            name=one.name,
            latitude=round(one.latitude, 6),
            longitude=round(one.longitude, 6),
        )
        yield Change(set_name="sites", before=None, after=site)
        spot = Hotspot(id=hotspot, name=one.name, site=site.id, first_day=self._first_day)
        yield Change(set_name="hotspots", before=None, after=spot)

    def _new_id(self, name: str) -> str:
        stem = re.sub(r"[^\w.]+", "-", name.casefold()).strip("-")[:_HOTSPOT_ID_LETTERS] or "plats"
        made, number = stem, 1
        while made in self._taken:
            number += 1
            made = f"{stem}-{number}"
        self._taken.add(made)
        return made


def decline(open_plan: OpenPlan, proposal: Proposal, reason: str = "") -> None:
    """Remember that a proposal was turned down, so that it is not made again as if new."""
    window = DeclinedWindow(
        id=proposal.id,
        latitude=proposal.latitude,
        longitude=proposal.longitude,
        weekday=proposal.weekday,
        start=proposal.start,
        end=proposal.end,
        declined_at=clock.now(),
        reason=reason,
    )
    with open_plan.store.transaction("decline-window", window=proposal.id):
        open_plan.store.put_declined_window(window)


def take_back(open_plan: OpenPlan, proposal: Proposal) -> None:
    """Forget that a proposal was turned down."""
    with open_plan.store.transaction("take-back-decline", window=proposal.id):
        open_plan.store.remove_declined_window(proposal.id)
