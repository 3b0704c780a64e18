"""Places as GeoJSON, read back by a library that did not write them."""

import json
from dataclasses import replace
from datetime import date

import geojson
import pytest

from planner.domain.ids import SiteId
from planner.domain.places import Hotspot
from planner.domain.schools import Site
from planner.exchange.geojson import hotspots_to_geojson, schools_to_geojson
from tests.planner import small


@pytest.fixture
def plan(small_plan):
    nowhere = Site(id=SiteId("site-c"), name="Cedern", address="Gatan 1")
    schools = (*small_plan.schools, replace(small_plan.schools[0], id="c", site=nowhere.id))
    return replace(small_plan, sites=(*small_plan.sites, nowhere), schools=schools)


def read(data):
    collection = geojson.loads(data)
    assert collection.is_valid
    return {feature["id"]: feature for feature in collection.features}


def test_schools_are_points_with_longitude_first(plan):
    found = read(schools_to_geojson(plan))
    assert list(found["site-a"].geometry.coordinates) == [16.54, 59.61]
    assert found["site-a"].properties == {
        "name": "Askskolan",
        "address": "",
        "schools": ["Askskolan"],
    }


def test_site_without_position_has_no_geometry(plan):
    document = json.loads(schools_to_geojson(plan))
    (nowhere,) = [one for one in document["features"] if one["id"] == "site-c"]
    assert nowhere["geometry"] is None


def test_file_of_schools_has_no_selected_place_and_the_other_no_school(plan):
    assert set(read(schools_to_geojson(plan))) == {"site-a", "site-b", "site-c"}
    assert set(read(hotspots_to_geojson(plan))) == {small.SQUARE}
    assert b"Torget" not in schools_to_geojson(plan)


def test_selected_places_can_be_those_of_a_week(plan):
    over = Hotspot(
        id="over", name="Parken", site=SiteId("site-square"), last_day=date(2026, 11, 22)
    )
    begins = replace(over, id="begins", first_day=small.FRIDAY, last_day=None)
    data = hotspots_to_geojson(replace(plan, hotspots=(over, begins)), small.WEEK.days)
    (found,) = read(data).values()
    assert (found["id"], found.properties["first_day"]) == ("begins", str(small.FRIDAY))
