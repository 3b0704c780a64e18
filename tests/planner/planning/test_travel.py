import pytest

from planner.domain.ids import SiteId
from planner.domain.places import TravelTime
from planner.domain.plan import Plan, PlanSettings
from planner.domain.schools import Site
from planner.domain.staff import TravelMode
from planner.planning.travel import distance_m, travel_matrix

TORGET = Site(id=SiteId("torget"), name="Stora torget", latitude=59.611, longitude=16.545)
PERSBO = Site(id=SiteId("persbo"), name="Persbo", latitude=59.71973, longitude=16.43155)
NOWHERE = Site(id=SiteId("nowhere"), name="Okänd")
SITES = (TORGET, PERSBO, NOWHERE)


def test_distance_is_that_of_the_map() -> None:
    metres = distance_m(TORGET, PERSBO)
    assert metres is not None
    assert metres == pytest.approx(13_700, abs=100)
    assert distance_m(TORGET, NOWHERE) is None


def test_minutes_follow_detour_and_speed_rounded_up() -> None:
    plan = Plan(sites=SITES, settings=PlanSettings(detour_percent=100, car_kmh=60, walk_kmh=6))
    matrix = travel_matrix(plan, [TORGET.id, PERSBO.id], [TravelMode.CAR, TravelMode.WALK])
    assert matrix["car"]["torget", "persbo"] == matrix["car"]["persbo", "torget"] == 14
    assert matrix["walk"]["torget", "persbo"] == 137


def test_imported_time_beats_distance_both_ways() -> None:
    row = TravelTime(from_site=PERSBO.id, to_site=TORGET.id, mode="car", minutes=25)
    plan = Plan(sites=SITES, travel_times=(row,))
    matrix = travel_matrix(plan, [TORGET.id, PERSBO.id], [TravelMode.CAR])
    assert matrix["car"] == {("torget", "persbo"): 25, ("persbo", "torget"): 25}


def test_unknown_position_takes_the_longest_time_there_is() -> None:
    plan = Plan(sites=SITES)
    matrix = travel_matrix(plan, [site.id for site in SITES], [TravelMode.CAR])["car"]
    assert matrix["nowhere", "torget"] == max(matrix.values()) > 0
