"""Files of incidents: what is read, what never is, and what is said of a wrong row."""

from datetime import UTC, datetime

import pytest

import resources
from planner.domain.plan import Plan
from planner.errors import InputError
from planner.exchange.incident_files import IncidentTerms, read_incident_file

PACIFIC = IncidentTerms(zone="America/Los_Angeles", ignores_offset=True)
SWEDEN = IncidentTerms(zone="Europe/Stockholm")
HEAD = "id,date_time,latitude,longitude,kind\n"
GOOD = "1,2026-03-02 21:15,59.61,16.54,rån\n2,2026-03-03 22:10,59.62,16.55,rån\n"


@pytest.fixture
def read(tmp_path, small_plan):
    def read_text(text, *, terms=SWEDEN, plan=small_plan, encoding="utf-8"):
        path = tmp_path / "brott.csv"
        path.write_bytes(text.encode(encoding))
        return read_incident_file(path, plan, terms)

    return read_text


def said(found: tuple[InputError, ...]) -> list[tuple[str, int | None, str | None]]:
    return [
        (one.code, one.place and one.place.row, one.place and one.place.column) for one in found
    ]


def test_the_robberies_of_san_francisco_are_read_in_local_time():
    path = resources.path("incidents", "san_francisco_robbery.csv")
    file = read_incident_file(path, Plan(), PACIFIC)
    assert (len(file.incidents), file.problems, file.left_out) == (951, (), ())
    row, first = file.incidents[0]
    assert (row, first.id, first.kind) == (2, "24103841", "personal robbery")
    assert first.at == datetime(2019, 1, 2, 3, 50, tzinfo=UTC)  # 19:50 in winter there
    assert (first.latitude, first.longitude) == (37.788721, -122.402066)
    assert file.has_offsets


def test_offset_of_a_file_is_used_unless_somebody_says_otherwise(read):
    text = HEAD + "1,2026-03-02T21:15:40Z,59.61,16.54,rån\n2,2026-03-02T21:15+03:00,59.61,16.54,x\n"
    used = [one.at.isoformat() for _, one in read(text).incidents]
    assert used == ["2026-03-02T21:15:00+00:00", "2026-03-02T18:15:00+00:00"]
    assert ("incident-offset-used", None, None) in said(read(text).notes)
    ignoring = IncidentTerms(zone="Europe/Stockholm", ignores_offset=True)
    local = read(text, terms=ignoring)
    assert {one.at.hour for _, one in local.incidents} == {20}
    assert not local.notes


def test_swedish_spreadsheet_with_semicolons_and_decimal_commas(read):
    text = (
        "Ärendenummer;Datum;Klockslag;Brottstyp;Latitud;Longitud;Plats\n"
        "K-1;2026-03-02;21.15;Rån;59,6110;16,5450;Stora torget\n"
        "K-2;20260303;7:05;Rån;;;norra skolan\n"
    )
    file = read(text, encoding="cp1252")
    assert not file.problems
    (_, one), (_, other) = file.incidents
    assert (one.at, one.place) == (datetime(2026, 3, 2, 20, 15, tzinfo=UTC), "Stora torget")
    assert (one.latitude, one.longitude) == (59.611, 16.545)
    assert (other.latitude, other.at.minute) == (None, 5)  # the plan has no such place
    assert said(file.notes) == [("incident-unplaced", None, None)]


def test_place_that_the_plan_knows_gives_the_position(read, small_plan):
    site = next(site for site in small_plan.sites if site.latitude is not None)
    file = read(f"tidpunkt,plats\n2026-03-02 21:15,{site.name.upper()}\n")
    ((_, one),) = file.incidents
    assert (one.latitude, one.longitude) == (site.latitude, site.longitude)


def test_positions_in_the_swedish_grid(read):
    file = read("tid på dagen,datum,N,E\n21:15,2026-03-02,6608981.731,587172.593\n")
    ((_, one),) = file.incidents
    assert (round(one.latitude, 3), round(one.longitude, 3)) == (59.61, 16.545)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("3,2026-13-03 22:10,59.62,16.55,rån", "incident-time-wrong", "date_time"),
        ("3,11/03/2026 22:10,59.62,16.55,rån", "incident-time-wrong", "date_time"),
        ("3,2026-03-03,59.62,16.55,rån", "incident-clock-missing", "date_time"),
        ("3,,59.62,16.55,rån", "value-missing", "date_time"),
        ("3,2126-03-03 22:10,59.62,16.55,rån", "incident-in-future", "date_time"),
        ("3,1926-03-03 22:10,59.62,16.55,rån", "date-out-of-range", "date_time"),
        ("3,2026-03-03 22:10,16.55,59.62,rån", "position-swapped", "latitude"),
        ("3,2026-03-03 22:10,139.62,16.55,rån", "position-swapped", "latitude"),
        ("3,2026-03-03 22:10,591.6,16.55,rån", "out-of-range", "latitude"),
        ("3,2026-03-03 22:10,0,0,rån", "incident-outside", "latitude"),
        ("3,2026-03-03 22:10,59.62,216.55,rån", "out-of-range", "latitude"),
        ("3,2026-03-03 22:10,norr,16.55,rån", "number-wrong", "latitude"),
        ("3,2026-03-03 22:10,59.62,,rån", "position-incomplete", "latitude"),
        ("3,2026-03-03 22:10,,,rån", "incident-nowhere", "latitude"),
        ("1,2026-03-03 22:10,59.62,16.55,rån", "incident-id-twice", None),
        ("3,2026-03-03 22:10,59.62,16.55,rån mot 870312-2384", "incident-person-cell", "kind"),
    ],
)
def test_wrong_row_is_named_and_nothing_else_is(read, row, code, column):
    file = read(HEAD + GOOD + row + "\n")
    assert said(file.problems) == [(code, 4, column)]
    assert "8703" not in repr(file.problems)


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("id,kind,latitude,longitude", "incident-no-time"),
        ("id,date_time,kind", "incident-no-place"),
        ("date_time,tidpunkt,place", "incident-column-twice"),
    ],
)
def test_file_without_what_it_needs_is_refused_at_its_heading(read, heading, code):
    file = read(heading + "\n" + ",".join("x" * len(heading.split(","))) + "\n")
    assert [one.code for one in file.problems] == [code]
    assert not file.incidents


def test_columns_of_people_are_never_read(read):
    text = (
        "id,tidpunkt,plats,Målsägandes namn,personnummer,Suspect age,fritext\n"
        "1,2026-03-02 21:15,Torget,Anna Secret,19870312-2384,17,Hon sprang\n"
    )
    file = read(text)
    assert not file.problems
    assert {one.name: one.reason.code for one in file.left_out} == {
        "Målsägandes namn": "incident-person-column",
        "personnummer": "incident-person-column",
        "Suspect age": "incident-person-column",
        "fritext": "incident-unread",
    }
    assert not any(word in repr(file) for word in ("Anna", "1987", "17,", "sprang"))


def test_times_around_the_changes_of_the_clocks_are_told(read):
    text = HEAD + "1,2025-10-26 02:30,59.61,16.54,rån\n2,2026-03-29 02:30,59.61,16.54,rån\n"
    file = read(text)
    assert [one.at.isoformat() for _, one in file.incidents] == [
        "2025-10-26T00:30:00+00:00",
        "2026-03-29T01:30:00+00:00",
    ]
    assert [one.code for one in file.notes] == ["incident-times-twice", "incident-times-skipped"]


def test_whole_file_with_swapped_positions_is_told_once(read):
    file = read(HEAD + "1,2026-03-02 21:15,16.54,59.61,rån\n2,2026-03-03 22:10,16.55,59.62,rån\n")
    assert said(file.problems) == [("incident-all-swapped", 1, "latitude")]


def test_file_of_another_town_is_read_with_a_warning(read):
    file = read(HEAD + "1,2026-03-02 21:15,37.78,-122.40,robbery\n")
    assert not file.problems
    assert [one.code for one in file.notes] == ["incident-far"]


def test_rows_that_repeat_are_read_once_and_counted(read):
    file = read(HEAD + GOOD + GOOD)
    assert len(file.incidents) == 2
    assert [(one.code, one.values["n"]) for one in file.notes] == [("incident-repeated", 2)]


def test_incidents_without_an_id_get_the_same_one_each_time(read):
    text = "tidpunkt,plats\n" + "2026-03-02 21:15,Torget\n" * 2 + "2026-03-02 21:16,Torget\n"
    ids = [one.id for _, one in read(text).incidents]
    assert len(set(ids)) == 3
    assert ids == [one.id for _, one in read(text).incidents]


def test_unknown_zone_is_refused(read):
    with pytest.raises(InputError) as refused:
        read(HEAD + GOOD, terms=IncidentTerms(zone="Mars/Base"))
    assert refused.value.code == "zone-unknown"
