"""Whether the proposals are worth anything: tried on weeks that they were not made from.

Rolling origin: for each week the windows are chosen from the weeks before it, then counted against
what happened in it, and beside them the windows of two rules of thumb. Hit rate is the share of the
incidents inside windows; the predictive accuracy index (Chainey, Tompson & Uhlig 2008) divides it
by the share of the area and hours that the windows take: ``(n/N) / (a/A)``. As ``A`` count only
places where something was ever reported before the week, which makes the index smaller than the
usual one over a whole city.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from planner.domain.situation_data import HOURS_A_WEEK, Floats, Ints, SituationData
from planner.domain.situation_model import FIRST_FORESEEN, Forecaster
from planner.domain.situation_windows import (
    ChosenWindow,
    WindowTerms,
    covered,
    expected_windows,
    windows_of_last_month,
)
from planner.domain.weeks import IsoWeek

FEWEST_WEEKS = 8
"""Tried weeks below which nothing is said."""
FIRST_TRIED = 13
"""Weeks that are learned from before the first is tried: a quarter."""
MOST_TRIED = 52
"""The latest weeks that are tried: a year has every season."""
_N_RESAMPLES = 4_000
_SEED = 20190101


class Method(StrEnum):
    """How windows are chosen."""

    PROPOSED = "proposed"
    LAST_MONTH = "last-month"
    CHANCE = "chance"
    """Drawn among the places where something was reported before; as it would be on average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedWeek:
    """One week of the trial.

    Parameters
    ----------
    n_incidents
        Incidents with a position, new places included.
    hits
        Of them inside windows, by method; for chance the mean.
    area_share
        Share of the known places' hours that the windows take.
    ranks
        Of the proposed window that covered each hit.
    expected
        Share of the incidents that was expected inside the proposed windows together.
    """

    week: IsoWeek
    n_incidents: int
    hits: dict[Method, float]
    area_share: float
    ranks: tuple[int, ...]
    expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A figure with the 95 % interval of a bootstrap over weeks."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodResult:
    """What one method reached over all weeks of a trial."""

    hits: float
    hit_rate: Measured
    pai: Measured


class Verdict(StrEnum):
    """What the trial says of the proposals."""

    BETTER = "better"
    """They beat both rules of thumb: each lead's 95 % interval lies above nothing."""
    NOT_SHOWN = "not-shown"
    """They do not, or too little happened to tell."""
    TOO_LITTLE = "too-little"
    """Too few weeks to try anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a trial found.

    Parameters
    ----------
    lead
        Share of the incidents that the proposals cover beyond each rule of thumb.
    """

    weeks: tuple[TriedWeek, ...]
    n_incidents: int
    results: dict[Method, MethodResult]
    lead: dict[Method, Measured]
    verdict: Verdict

    @property
    def calibration(self) -> float:
        """Hits for each one expected: what smoothing takes from the densest places, or gives.

        1 when nothing was tried or hit.
        """
        expected = sum(week.expected * week.n_incidents for week in self.weeks)
        hits = sum(week.hits[Method.PROPOSED] for week in self.weeks)
        return hits / expected if self.results and expected and hits else 1.0

    def share_by_rank(self, first: int, last: int) -> float:
        """Return the share of the incidents inside the windows ranked ``first`` to ``last``."""
        hits = sum(first <= rank <= last for week in self.weeks for rank in week.ranks)
        return hits / self.n_incidents if self.n_incidents else 0.0


def weeks_to_try(data: SituationData) -> range:
    """Return the numbers of the whole weeks that are tried, at most a year of them."""
    first = max(FIRST_TRIED, FIRST_FORESEEN, data.n_whole_weeks - MOST_TRIED)
    return range(first, data.n_whole_weeks)


def tried(
    data: SituationData,
    terms: WindowTerms,
    *,
    forecaster: Forecaster | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Iterator[TriedWeek]:
    """Yield the weeks of :func:`weeks_to_try` one by one, until ``should_stop`` says so.

    Parameters
    ----------
    forecaster
        Of the same data; what it has learned of weeks is used again.
    """
    forecaster = forecaster or Forecaster(data)
    for week in weeks_to_try(data):
        for earlier in forecaster.weeks_to_judge(week):
            if should_stop():
                return
            forecaster.judge(earlier)
        if should_stop():
            return
        if data.n_before(week):
            yield _tried_week(data, forecaster, week, terms)


def _tried_week(
    data: SituationData, forecaster: Forecaster, week: int, terms: WindowTerms
) -> TriedWeek:
    here, n_known = data.of_week(week), data.n_known(week)
    area_share = terms.cell_hours / (n_known * HOURS_A_WEEK)
    is_known = data.cell[here] < n_known
    cells, hours = data.cell[here][is_known], data.hour[here][is_known]

    def ranks(windows: tuple[ChosenWindow, ...]) -> tuple[int, ...]:
        found = covered(windows, terms, n_known)[cells, hours]
        return tuple(int(rank) for rank in found if rank)

    windows = expected_windows(forecaster.forecast(week), terms)
    proposed = ranks(windows)
    thumb = ranks(windows_of_last_month(data, week, terms))
    return TriedWeek(
        week=data.iso_week(week),
        n_incidents=here.stop - here.start,
        hits={
            Method.PROPOSED: len(proposed),
            Method.LAST_MONTH: len(thumb),
            Method.CHANCE: len(cells) * min(1.0, area_share),
        },
        area_share=area_share,
        ranks=proposed,
        expected=sum(window.share for window in windows),
    )


def judged(weeks: tuple[TriedWeek, ...]) -> Trial:
    """Return what tried weeks say together.

    Intervals come from drawing as many weeks again and again, with replacement, from a fixed seed:
    incidents of one week belong together, weeks are taken as alike.
    """
    counts = np.array([week.n_incidents for week in weeks], dtype=float)
    areas = np.array([week.area_share for week in weeks]) * counts
    hits = {method: np.array([week.hits[method] for week in weeks]) for method in Method}
    n_incidents = int(counts.sum())
    if len(weeks) < FEWEST_WEEKS or not n_incidents:
        return Trial(
            weeks=weeks,
            n_incidents=n_incidents,
            results={},
            lead={},
            verdict=Verdict.TOO_LITTLE,
        )
    draws = np.random.default_rng(_SEED).integers(len(weeks), size=(_N_RESAMPLES, len(weeks)))
    lead = {
        method: _measured(hits[Method.PROPOSED] - hits[method], counts, draws)
        for method in (Method.LAST_MONTH, Method.CHANCE)
    }
    is_better = all(one.low > 0 for one in lead.values())
    return Trial(
        weeks=weeks,
        n_incidents=n_incidents,
        results={
            method: MethodResult(
                hits=float(mine.sum()),
                hit_rate=_measured(mine, counts, draws),
                pai=_measured(mine, areas, draws),
            )
            for method, mine in hits.items()
        },
        lead=lead,
        verdict=Verdict.BETTER if is_better else Verdict.NOT_SHOWN,
    )


def _measured(above: Floats, below: Floats, draws: Ints) -> Measured:
    """Return a ratio of sums over weeks with its interval."""
    drawn = above[draws].sum(axis=1) / np.maximum(below[draws].sum(axis=1), 1e-12)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Measured(value=float(above.sum() / below.sum()), low=float(low), high=float(high))
