import zipfile
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from planner.domain.plan import PlanSettings
from planner.domain.staff import Absence, Employer, ShiftSource
from planner.errors import InputError, PlannerError
from planner.exchange import sheets
from planner.exchange.problems import Problems
from planner.exchange.reading import read_content


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def read(source, **files):
    """Write ``files`` into a folder and read it; return content and problems."""
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (source / f"{name}.csv").write_bytes(data)
    problems = Problems()
    return read_content(source, PlanSettings(), problems), problems


def faults(source, **files):
    """Return code, row and column of each problem."""
    _, problems = read(source, **files)
    return [(one.code, one.place.row, one.place.column) for one in problems._found]


def employers(source, data):
    content, problems = read(source, employers=data)
    assert not len(problems)
    return content.records["employers"]


CITY = Employer(id="city", name="Staden, väst", service_phone="021")


@pytest.mark.parametrize(
    "data",
    [
        'id,name,service_phone\ncity,"Staden, väst",021\n',
        "id;name;service_phone\r\ncity;Staden, väst;021\r\n",
        "service_phone;ID;name\n021;city;Staden, väst",
        "id;name;service_phone;;\ncity;Staden, väst;021;;\n;;;;\n",
        "\n\nid\tname\tservice_phone\ncity\tStaden, väst\t021\n",
        "\ufeffid;name;service_phone\n city ; Staden, väst ;021\n",
        'sep=,\nid,name,service_phone\ncity,"Staden, väst",021\n',
    ],
)
def test_a_file_may_be_written_in_many_ways(folder, data):
    assert employers(folder, data) == (CITY,)


def test_optional_columns_may_be_missing(folder):
    assert employers(folder, "id,name\ncity,Staden\n") == (Employer(id="city", name="Staden"),)


def test_a_file_with_only_a_heading_has_no_records(folder):
    assert employers(folder, "id,name\n") == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", ("file-empty", None, None)),
        ("\n\n", ("file-empty", None, None)),
        (b"id,name\ncity,V\x84st\n", ("encoding-wrong", None, None)),
        (b"id,name\ncity,V\xe4st \x94\n", ("encoding-wrong", None, None)),
        ("id,name\ncity,Väst\n".encode().replace(b"\xa4", b"\xe4"), ("encoding-wrong", None, None)),
        ("id,name\ncity,Väst\n".encode("utf-16"), ("encoding-wrong", None, None)),
        (b"id,name\ncity,\0\n", ("encoding-wrong", None, None)),
        ('id,name\ncity,"Sta', ("csv-broken", 2, None)),
        ("id,namn\ncity,A\n", ("column-unknown", 1, "namn")),
        ("id,name,NAME\ncity,A,B\n", ("column-twice", 1, "NAME")),
        ("id,name\ncity,A,B\n", ("row-too-long", 2, None)),
        ("id,name\ncity,\n", ("value-missing", 2, "name")),
        ("id,name\ncity\n", ("value-missing", 2, "name")),
        ("id,name\na/b,A\n", ("id-wrong", 2, "id")),
        ("id,name,\ncity,A,x\n", ("column-without-heading", 1, None)),
        ("\n\nid,namn\ncity,A\n", ("column-unknown", 3, "namn")),
        ("id,name\ncity,#REF!\n", ("formula-error", 2, "name")),
        ("id,name\n#SAKNAS!,A\n", ("formula-error", 2, "id")),
    ],
)
def test_a_bad_file_is_named_with_row_and_column(folder, data, expected):
    assert faults(folder, employers=data)[0] == expected


def test_an_unknown_column_is_compared_with_the_known(folder):
    _, problems = read(folder, employers="id,name,service_fone\n")
    (problem,) = problems._found
    assert problem.values == {"column": "service_fone", "nearest": "service_phone"}


def test_a_missing_column_is_asked_for(folder):
    _, problems = read(folder, employers="id\ncity\n")
    (problem,) = problems._found
    assert (problem.code, problem.values) == ("column-missing", {"column": "name"})


def test_rows_are_counted_over_cells_of_several_lines_and_empty_lines(folder):
    data = 'id,name\n"a\nb",A\n\ncity,\n'
    assert faults(folder, employers=data) == [
        ("id-wrong", 2, "id"),
        ("value-missing", 5, "name"),
    ]


def test_every_bad_cell_of_every_file_is_found(folder):
    found = faults(
        folder,
        employers="id,name\ncity,\n,A\n",
        absences="id,staff,start,end\n1,k01,2026-02-30 07:00,soon\n",
    )
    assert [code for code, _, _ in found] == ["value-missing"] * 2 + ["datetime-wrong"] * 2


def test_local_times_are_read_in_the_zone_that_the_settings_bring(folder):
    content, problems = read(
        folder,
        settings="key,value\nzone,UTC\nname,Plan\n",
        absences="id,staff,start,end\n1,k01,2026-11-23 07:00,2026-11-23 08:00\n",
    )
    assert not len(problems)
    assert content.settings == PlanSettings(name="Plan", zone="UTC")
    start = datetime(2026, 11, 23, 7, tzinfo=UTC)
    expected = Absence(id="1", staff="k01", start=start, end=start.replace(hour=8))
    assert content.records["absences"] == (expected,)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("zone,Europe/Atlantis", ("zone-unknown", 2, "value")),
        ("zone,../../etc/passwd", ("zone-unknown", 2, "value")),
        ("zone,", ("value-missing", 2, "value")),
        ("language,fi", ("choice-wrong", 2, "value")),
        ("langage,sv", ("setting-unknown", 2, "key")),
        ("car_kmh,fast", ("number-wrong", 2, "value")),
        ("name,A\nname,B", ("id-twice", 3, "key")),
    ],
)
def test_a_bad_setting_is_named(folder, row, expected):
    assert faults(folder, settings=f"key,value\n{row}\n") == [expected]


HEAD = "id,staff,shift_type,start,end,break_start,break_end,locked\n"


def test_rows_of_one_shift_are_its_parts(folder):
    content, problems = read(
        folder,
        shifts=HEAD
        + "s1,k01,,2026-11-23 13:00,2026-11-23 17:00,,,\n"
        + "s1,k01,,2026-11-23 06:00,2026-11-23 10:00,2026-11-23 08:00,2026-11-23 08:30,ja\n",
    )
    assert not len(problems)
    (shift,) = content.shifts
    assert [part.minutes for part in shift.parts] == [240, 240]
    assert shift.parts[0].start == datetime(2026, 11, 23, 5, tzinfo=UTC)
    assert [pause.minutes for pause in shift.breaks] == [30]
    assert shift.day == date(2026, 11, 23)
    assert (shift.source, shift.is_locked) == (ShiftSource.GIVEN, True)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("s1,k01,,2026-11-23 13:00,2026-11-23 13:00,,,\n", ("end-before-start", 2)),
        ("s1,k01,,2026-11-23 13:00,2027-11-23 14:00,,,\n", ("shift-too-long", 2)),
        (
            (
                "s1,k01,,2026-11-23 13:00,2026-11-23 14:00,,,\n"
                "s1,k01,,2026-11-26 13:00,2026-11-26 14:00,,,\n"
            ),
            ("shift-too-long", 2),
        ),
        ("s1,k01,,2026-11-23 06:00,2026-11-23 13:00,2026-11-23 08:00,,\n", ("break-incomplete", 2)),
        (
            "s1,k01,,2026-11-23 06:00,2026-11-23 13:00,2026-11-23 12:30,2026-11-23 13:30,\n",
            ("break-outside", 2),
        ),
        (
            (
                "s1,k01,,2026-11-23 06:00,2026-11-23 08:00,,,\n"
                "s1,k02,,2026-11-23 09:00,2026-11-23 10:00,,,\n"
            ),
            ("shift-parts-differ", 3),
        ),
        (
            (
                "s1,k01,,2026-11-23 06:00,2026-11-23 08:00,,,\n"
                "s1,k01,,2026-11-23 07:00,2026-11-23 10:00,,,\n"
            ),
            ("shift-parts-overlap", 2),
        ),
    ],
)
def test_a_bad_shift_is_named(folder, rows, expected):
    assert [(code, row) for code, row, _ in faults(folder, shifts=HEAD + rows)] == [expected]


def refused(source):
    with pytest.raises(PlannerError) as caught:
        read_content(source, PlanSettings(), Problems())
    return caught.value.code


def test_a_source_without_anything_known_is_refused(folder):
    assert refused(folder) == "source-empty"
    (folder / "notes.txt").write_text("hej")
    (folder / "columns.csv").write_text("file,column\n")
    assert refused(folder) == "source-empty"


def test_a_workbook_without_anything_known_may_be_a_roster_of_ones_own(folder):
    book = Workbook()
    book.active.title = "Vecka 49"
    book.active.append(["Namn", "mån 30/11", "tis 1/12"])
    book.save(folder / "schema.xlsx")
    assert refused(folder / "schema.xlsx") == "source-empty-workbook"


def test_other_sources_are_refused(folder):
    assert refused(folder / "none") == "source-missing"
    (folder / "plan.ods").write_bytes(b"PK")
    assert refused(folder / "plan.ods") == "source-kind"


def test_a_file_of_a_nearly_right_name_is_warned_of(folder):
    content, problems = read(folder, employers="id,name\n", absense="id\n")
    assert set(content.records) == {"employers"}
    (finding,) = problems.warnings
    assert (finding.code, dict(finding.values)) == (
        "file-unknown",
        {"file": "absense.csv", "nearest": "absences.csv"},
    )


def test_a_folder_in_place_of_a_file_is_named(folder):
    (folder / "staff.csv").mkdir()
    assert faults(folder) == [("file-is-folder", None, None)]


def test_a_file_that_would_fill_the_memory_is_refused(folder, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    assert faults(folder, employers="id,name\ncity,A\n") == [("file-too-large", None, None)]
    monkeypatch.setattr(sheets, "MAX_BYTES", 1000)
    monkeypatch.setattr(sheets, "MAX_ROWS", 1)
    assert faults(folder, employers="id,name\na,A\nb,B\n") == [("rows-too-many", None, None)]


def local(*numbers):
    return datetime(*numbers)  # noqa: DTZ001 - a worksheet knows no zones


def workbook(path, **tables):
    book = Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_is_read_like_a_folder(tmp_path):
    path = workbook(
        tmp_path / "plan.xlsx",
        employers=[["id", "name"], ["city", "Staden"]],
        absences=[
            ["id", "staff", "start", "end"],
            [7, "k01", local(2026, 11, 23, 7), local(2026, 11, 24)],
        ],
        sites=[["id", "name", "latitude", "longitude"], ["s", "Torget", 59.5, 16.0]],
        bell_times=[
            ["school", "weekday", "grade_group", "first_bell", "last_bell"],
            ["a", 1, "F–6", time(8, 10), time(13, 50)],
        ],
        wishes=[["id", "staff", "day", "is_veto"], ["w", "k01", local(2026, 11, 23), True]],
    )
    problems = Problems()
    content = read_content(path, PlanSettings(), problems)
    problems.refuse()
    assert content.records["absences"][0].start == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert content.records["absences"][0].id == "7"
    (site,) = content.records["sites"]
    assert (site.latitude, site.longitude) == (59.5, 16)
    assert content.records["bell_times"][0].first_bell == time(8, 10)
    assert content.records["wishes"][0].day == date(2026, 11, 23)
    assert content.records["wishes"][0].is_veto


def test_a_bad_cell_of_a_workbook_is_named_with_its_sheet(tmp_path):
    path = workbook(tmp_path / "plan.xlsx", employers=[["id", "name"], ["a b/", "Staden"]])
    problems = Problems()
    read_content(path, PlanSettings(), problems)
    (problem,) = problems._found
    assert (problem.place.file, problem.place.row) == ("plan.xlsx [employers]", 2)


@pytest.mark.parametrize("data", [b"", b"PK\3\4 no zip", b"id,name\n"])
def test_a_broken_workbook_is_refused(tmp_path, data):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(data)
    assert refused(path) == "workbook-broken"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<no")
    assert refused(path) == "workbook-broken"


@given(data=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_file_is_answered_by_anything_but_problems(folder, data):
    assert isinstance(faults(folder, employers=data), list)


def test_many_problems_are_reported_up_to_a_bound():
    problems = Problems()
    for _ in range(500):
        with problems.collected(None):
            raise InputError("value-missing")
    with pytest.raises(PlannerError) as caught:
        problems.refuse()
    assert len(caught.value.problems) == 200
