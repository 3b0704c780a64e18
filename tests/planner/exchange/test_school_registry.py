"""Units of the school registry, made up, as schools and sites."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner.domain.ids import SchoolId
from planner.domain.plan import Plan, PlanSettings
from planner.errors import InputError
from planner.exchange.problems import Problems
from planner.exchange.reading import read_content

FILE = Path(__file__).parent / "files/school_units.json"
UNITS = json.loads(FILE.read_text(encoding="utf-8"))


def read(path, plan=Plan()):  # noqa: B008 - frozen
    problems = Problems()
    content = read_content(path, PlanSettings(), problems, plan=plan)
    return content.records, problems


@pytest.fixture
def saved(tmp_path):
    def save(document, name="units.json"):
        path = tmp_path / name
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return save


@pytest.fixture
def of_town(saved):
    """The units of one municipality, which an empty plan can read."""
    return saved([one for one in UNITS if attributes(one)["municipalityCode"] == "1980"])


def attributes(unit):
    return unit["data"]["attributes"]


def by_id(records):
    return {record.id: record for record in records}


def test_active_compulsory_schools_come_with_what_the_registry_knows(of_town):
    records, problems = read(of_town)
    assert not problems
    schools = by_id(records["schools"])
    assert set(schools) == {"10000001", "10000002", "10000003", "10000004"}
    ask = schools["10000001"]
    assert (ask.name, ask.grades, ask.phone) == ("Askskolan", "F–6", "021-39 00 11")
    assert (ask.email, ask.certainty) == ("10000001@skola.example", "A")
    assert [schools[f"1000000{n}"].grades for n in (2, 4)] == ["7–9", "1–3, 7–9"]


def test_site_has_the_visiting_address_and_the_position(of_town):
    site = by_id(read(of_town)[0]["sites"])["10000001"]
    assert site.address == "Askvägen 3, 722 10 Västerås"
    assert (site.latitude, site.longitude) == (59.612345, 16.512345)


def test_position_is_taken_from_the_swedish_grid_where_there_are_no_degrees(of_town):
    site = by_id(read(of_town)[0]["sites"])["10000002"]
    assert (site.latitude, site.longitude) == pytest.approx((59.6099, 16.5448), abs=1e-6)


def test_units_at_one_address_share_a_site(of_town):
    records, _ = read(of_town)
    schools = by_id(records["schools"])
    assert schools["10000003"].site == schools["10000002"].site == "10000002"
    assert "10000003" not in by_id(records["sites"])


def test_others_are_left_out_with_the_reason(of_town):
    told = {one.name: one.reason.code for one in read(of_town)[1].left_out}
    assert told == {
        "Vilande skolan": "registry-not-active",
        "Nedlagda skolan": "registry-not-active",
        "Granskolan": "registry-not-compulsory",
        "Gymnasiet": "registry-not-compulsory",
    }


def test_schools_of_the_plan_are_found_by_name_and_keep_ids_sites_and_choices(small_plan):
    plan = replace(
        small_plan, schools=(replace(small_plan.schools[0], before_min=30), *small_plan.schools[1:])
    )
    records, problems = read(FILE, plan)
    ask = by_id(records["schools"])["a"]
    assert (ask.name, ask.site, ask.grades) == ("Askskolan", "site-a", "F–6")
    assert by_id(records["sites"])["site-a"].name == "Askskolan"
    assert "10000001" not in by_id(records["schools"])
    elsewhere = [one.name for one in problems.left_out if one.reason.code == "registry-elsewhere"]
    assert elsewhere == ["Skolan i grannkommunen"]


def test_schools_of_the_plan_are_found_by_code(small_plan):
    named = replace(small_plan.schools[0], id=SchoolId("10000004"), name="Gamla namnet", grades="9")
    records, _ = read(FILE, replace(small_plan, schools=(*small_plan.schools, named)))
    found = by_id(records["schools"])["10000004"]
    assert (found.name, found.site, found.phone) == ("Ekskolan", "site-a", named.phone)


def test_name_that_two_units_have_tells_no_school(saved, small_plan):
    twice = json.loads(json.dumps(UNITS[:2]))
    attributes(twice[1])["displayName"] = "Askskolan"
    assert set(by_id(read(saved(twice), small_plan)[0]["schools"])) == {"10000001", "10000002"}


def test_several_municipalities_ask_which(saved):
    with pytest.raises(InputError, match="registry-municipalities"):
        read(saved(UNITS))


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda unit: unit,
        lambda unit: [unit],
        lambda unit: {"data": [unit["data"]]},
        lambda unit: unit["data"],
        lambda unit: [{"schoolUnitCode": "10000001"} | attributes(unit)],
    ],
)
def test_a_unit_is_found_in_every_envelope(saved, wrapped):
    records, _ = read(saved(wrapped(UNITS[0])))
    assert set(by_id(records["schools"])) == {"10000001"}


def test_answer_of_a_search_is_refused_as_it_holds_names_only(saved):
    listed = [{"schoolUnitCode": "10000001", "name": "Askskolan", "status": "AKTIV"}]
    with pytest.raises(InputError, match="registry-codes-only"):
        read(saved({"data": {"type": "schoolunit", "attributes": listed}}))


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", '{"a": 1}', '"x"', "null", "[" * 100_000])
def test_other_files_are_refused(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"json-(broken|unknown)"):
        read(path)


def test_head_of_the_school_is_not_read(of_town):
    assert "Påhittad" not in str(read(of_town)[0])


def test_position_that_is_no_number_refuses_its_row(saved):
    wrong = json.loads(json.dumps(UNITS[0]))
    for address in attributes(wrong)["addresses"]:
        address["geoCoordinates"] = {"latitude": "norr", "longitude": "16,5"}
    (problem,) = read(saved(wrong))[1].found()
    assert (problem.code, problem.place.file) == ("number-wrong", "units.json [sites]")
    assert (problem.place.row, problem.place.column) == (1, "latitude")


def test_telephone_that_is_none_is_told_and_stops_no_school(saved, small_plan):
    unit = json.loads(json.dumps(UNITS[0]))
    attributes(unit)["phoneNumber"] = "se webbplatsen"
    records, problems = read(saved(unit), small_plan)
    assert not problems
    assert [finding.code for finding in problems.warnings] == ["registry-phone-wrong"]
    assert by_id(records["schools"])["a"].phone == small_plan.schools[0].phone


def test_address_that_is_none_is_told_and_stops_no_school(saved, small_plan):
    unit = json.loads(json.dumps(UNITS[0]))
    attributes(unit)["email"] = "a@skola.example; b@skola.example"
    known = replace(small_plan.schools[0], email="ask@skola.example")
    plan = replace(small_plan, schools=(known, *small_plan.schools[1:]))
    records, problems = read(saved(unit), plan)
    assert not problems
    assert [finding.code for finding in problems.warnings] == ["registry-email-wrong"]
    assert by_id(records["schools"])["a"].email == "ask@skola.example"
