import json

import pytest

from planner.domain.plan import Plan, PlanSettings
from planner.errors import InputError
from planner.exchange.geojson import hotspots_to_geojson, schools_to_geojson
from planner.exchange.problems import Problems
from planner.exchange.reading import read_content


@pytest.fixture
def read(tmp_path):
    def read(document, plan=Plan(), name="places.geojson"):  # noqa: B008 - frozen
        path = tmp_path / name
        path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        problems = Problems()
        content = read_content(path, PlanSettings(), problems, plan=plan)
        return {site.id: site for site in content.records["sites"]}, problems

    return read


def feature(coordinates, kind="Point", id_=None, **properties):
    geometry = {"type": kind, "coordinates": coordinates}
    found = {"type": "Feature", "geometry": geometry, "properties": properties}
    return found | ({"id": id_} if id_ is not None else {})


def collection(*features, **others):
    return {"type": "FeatureCollection", "features": list(features), **others}


def test_points_are_sites_with_ids_made_of_their_names(read):
    sites, problems = read(
        collection(
            feature([16.55, 59.61, 12.0], Namn="Stora torget", adress="Torget 1"),
            feature([16.56, 59.62], name="Stora  torget!"),
            feature([16.57, 59.63], id_=7, title="Ån"),
        )
    )
    assert not problems
    torget = sites["stora-torget"]
    assert (torget.name, torget.address) == ("Stora torget", "Torget 1")
    assert (torget.latitude, torget.longitude) == (59.61, 16.55)
    assert set(sites) == {"stora-torget", "stora-torget-2", "7"}


def test_a_site_that_the_plan_has_is_found_by_id_or_name_and_keeps_what_is_not_said(
    read, small_plan
):
    sites, _ = read(
        collection(
            feature([16.0, 59.0], name="ASKSKOLAN"),
            {"type": "Feature", "id": "site-b", "geometry": None, "properties": None},
        ),
        small_plan,
    )
    assert (sites["site-a"].latitude, sites["site-a"].name) == (59.0, "ASKSKOLAN")
    assert sites["site-b"] == next(one for one in small_plan.sites if one.id == "site-b")


def test_what_is_no_point_is_left_out(read):
    area = feature([[[16, 59], [16, 60], [17, 60], [16, 59]]], kind="Polygon", name="Parken")
    sites, problems = read(collection(area, feature([16.5, 59.5], name="Torget")))
    assert set(sites) == {"torget"}
    assert [(one.name, one.reason.code) for one in problems.left_out] == [
        ("Parken", "geojson-not-point")
    ]


@pytest.mark.parametrize("write", [schools_to_geojson, hotspots_to_geojson])
def test_what_the_program_wrote_changes_nothing_when_it_is_read(read, small_plan, write):
    sites, _ = read(write(small_plan), small_plan)
    assert sites
    assert set(sites.values()) <= set(small_plan.sites)


def test_positions_in_another_system_are_refused(read):
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    with pytest.raises(InputError, match="geojson-grid"):
        read(collection(feature([587172, 6608981], name="Torget"), crs=system))


def test_positions_that_are_no_degrees_refuse_the_row(read):
    _, problems = read(collection(feature([587172, 6608981], name="Torget")))
    (problem,) = problems.found()
    assert (problem.code, problem.place.column) == ("number-too-large", "latitude")


def test_file_without_points_is_refused(read):
    with pytest.raises(InputError, match="geojson-empty"):
        read(collection())


def test_geojson_may_be_called_json(read):
    assert set(read(feature([16.5, 59.5], name="Torget"), name="a.json")[0]) == {"torget"}
