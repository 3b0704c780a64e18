"""What the proposed presence windows are worth on weeks they have not seen, and how long it takes.

Run by ``make bench``; prints hit rate and predictive accuracy index beside the two rules of thumb,
for several terms, on the robberies of San Francisco (:mod:`resources`, ``incidents``).
"""

import time
from zoneinfo import ZoneInfo

import pytest

import resources
from planner.domain.incidents import Incident
from planner.domain.plan import Plan
from planner.domain.situation_data import situation_data
from planner.domain.situation_trial import Measured, Trial, Verdict, judged, tried
from planner.domain.situation_windows import WindowTerms
from planner.exchange.incident_files import IncidentTerms, read_incident_file

ZONE = "America/Los_Angeles"
TRIAL_S = 30.0
"""Seconds of the processor for a year of a large city's robberies; progress is shown meanwhile."""
TERMS = tuple(
    WindowTerms(n_windows=n_windows, hours=hours, place_m=place_m)
    for place_m in (300, 500, 800)
    for hours in (2, 4, 6)
    for n_windows in (10, 20, 40)
)


@pytest.fixture(scope="module")
def robberies() -> tuple[Incident, ...]:
    path = resources.path("incidents", "san_francisco_robbery.csv")
    file = read_incident_file(path, Plan(), IncidentTerms(zone=ZONE, ignores_offset=True))
    return tuple(one for _row, one in file.incidents)


def trial(incidents: tuple[Incident, ...], terms: WindowTerms) -> Trial:
    data = situation_data(incidents, ZoneInfo(ZONE), terms.place_m)
    return judged(tuple(tried(data, terms)))


def shown(figure: Measured, factor: float = 1.0) -> str:
    return f"{factor * figure.value:5.1f} ({factor * figure.low:4.1f}–{factor * figure.high:4.1f})"


def test_proposals_against_rules_of_thumb(robberies: tuple[Incident, ...]) -> None:
    verdicts = {}
    for terms in TERMS:
        found = trial(robberies, terms)
        verdicts[terms] = found.verdict
        print(
            f"\n{terms.n_windows} windows of {terms.hours} h, places of {terms.place_m} m:", end=""
        )
        print(f" {found.verdict} ({len(found.weeks)} weeks, {found.n_incidents} incidents)")
        for method, result in found.results.items():
            rate, pai = shown(result.hit_rate, 100), shown(result.pai)
            print(f"  {method:10} hits {result.hits:5.1f}  rate {rate} %  PAI {pai}")
    n_better = sum(verdict is Verdict.BETTER for verdict in verdicts.values())
    print(f"\nbetter than both rules of thumb with {n_better} of {len(TERMS)} terms")
    assert verdicts[WindowTerms()] is Verdict.BETTER


def test_trial_of_a_year_is_done_in_reasonable_time(robberies: tuple[Incident, ...]) -> None:
    begun = time.process_time()
    trial(robberies, WindowTerms())
    seconds = time.process_time() - begun
    print(f"\ntrial of a year: {seconds:.1f} s")
    assert seconds < TRIAL_S
