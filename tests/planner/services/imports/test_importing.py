from dataclasses import replace

import pytest

from planner.domain.plan import Plan
from planner.domain.records import KEPT_SETS
from planner.errors import InputError, RefusedImportError, StorageError
from planner.exchange.problems import Problems
from planner.exchange.reading import SHEETS, read_content
from planner.messages import sentence
from planner.services.imports.importing import FileCounts, import_, preview, templates
from planner.services.plans import create_plan, open_plan
from planner.words import speaking
from tests.planner.writing import put


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "plan.narvaro"
    create_plan(path)
    with open_plan(path) as plan:
        yield plan


BASE = {
    "employers": "id,name\ncity,Staden\n",
    "skills": "id,name\ncontact,Kontaktperson\npatrol,Patrull\n",
    "rule_books": "id,name\nbook,Avtal\n",
    "staff": "id,name,display_name,employer\nk1,Anna,Anna,city\nk2,Bo,Bo,city\n",
    "contracts": "staff,first_day,rule_book\nk1,2026-01-01,book\nk2,2026-01-01,book\n",
    "sites": "id,name,latitude,longitude\ns1,Skolan,59.6,16.5\ns2,Torget,59.6,16.6\n",
    "schools": "id,name,site\na,Skolan,s1\n",
}


EVERY = frozenset(SHEETS)


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def problems(plan, folder, **files):
    """Return code, file, row and column of what is wrong with ``files``."""
    with pytest.raises(RefusedImportError) as caught:
        import_(plan, write(folder, **files))
    return [
        (one.code, one.place.file, one.place.row, one.place.column) for one in caught.value.problems
    ]


def test_an_import_brings_records_and_counts_them(empty, folder):
    report = import_(empty, write(folder, **BASE))
    assert report.files[0] == FileCounts(
        file="employers.csv", n_added=1, n_changed=0, n_unchanged=0, n_disappeared=0
    )
    assert [member.id for member in empty.plan.staff] == ["k1", "k2"]
    assert [entry.command for entry in empty.store.journal()] == ["import"]


def test_a_school_is_reached_by_a_number(empty, folder):
    schools = "id,name,site,phone\na,Skolan,s1,{}\n"
    for wrong in ("Rektor Ek", "021-3902OO", "12"):
        files = BASE | {"schools": schools.format(wrong)}
        assert problems(empty, folder, **files) == [("phone-wrong", "schools.csv", 2, "phone")]
    assert not empty.plan.schools
    import_(empty, write(folder, **BASE | {"schools": schools.format("+46 (0)21-39 02 00")}))
    with speaking("sv"):
        said = sentence(InputError("phone-wrong", value="Rektor Ek"))
    assert said.startswith("”Rektor Ek” är inget telefonnummer; skriv siffror")


def test_a_telephone_of_an_older_plan_stays_and_stops_no_import_of_others(empty, folder):
    import_(empty, write(folder, **BASE))
    (school,) = empty.plan.schools
    with empty.store.transaction("import"):
        put(empty.store, "schools", [replace(school, phone="ring vakten")])
    staff = "id,name,display_name,employer\nk1,Anna,Annika,city\n"
    for path in folder.iterdir():
        path.unlink()
    import_(empty, write(folder, staff=staff))
    assert empty.plan.staff_by_id["k1"].display_name == "Annika"
    assert [one.phone for one in empty.plan.schools] == ["ring vakten"]


def test_a_second_import_changes_rows_by_id_and_keeps_what_the_file_lacks(empty, folder):
    import_(empty, write(folder, **BASE))
    staff = "id,name,display_name,employer\nk1,Anna,Annika,city\nk3,Cia,Cia,city\n"
    (counts,) = import_(empty, write(folder / "..", staff=staff)).files
    assert (counts.n_added, counts.n_changed, counts.n_unchanged, counts.n_disappeared) == (
        1,
        1,
        0,
        1,
    )
    assert [member.display_name for member in empty.plan.staff] == ["Annika", "Bo", "Cia"]


def test_a_preview_changes_nothing(empty, folder):
    report = preview(empty, write(folder, **BASE))
    assert sum(counts.n_added for counts in report.files) == 11
    assert empty.store.load_plan() == Plan()
    assert empty.store.journal() == ()


def test_missing_positions_are_findings(empty, folder):
    report = import_(empty, write(folder, **BASE | {"sites": "id,name\ns1,Skolan\ns2,Torget\n"}))
    assert ("site-without-position", "s1") in {(one.code, one.place) for one in report.findings}


def test_nothing_is_written_when_one_row_is_wrong(empty, folder):
    found = problems(empty, folder, **BASE | {"schools": "id,name,site\na,A,s1\nb,B,s9\n"})
    assert found == [("unknown-id", "schools.csv", 3, "site")]
    assert empty.store.load_plan() == Plan()


def test_nothing_is_written_when_writing_fails_midway(empty, folder, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(empty.store, "apply", fail)
    shifts = "id,staff,start,end\nx,k1,2026-11-16 07:00,2026-11-16 15:00\n"
    with pytest.raises(RuntimeError):
        import_(empty, write(folder, **BASE, shifts=shifts))
    assert empty.store.load_plan() == Plan()


SEMANTIC = [
    ("employers", "id,name\ncity,A\ncity,B\n", ("id-twice", 3, None)),
    ("staff", BASE["staff"] + "k3,C,C,village\n", ("unknown-id", 4, "employer")),
    ("staff_skills", "staff,skill\nk1,flying\n", ("unknown-id", 2, "skill")),
    (
        "bell_times",
        "school,weekday,grade_group,first_bell,last_bell\na,1,F,14:00,08:00\n",
        ("bells-reversed", 2, "last_bell"),
    ),
    (
        "bell_times",
        "school,weekday,grade_group,first_bell,last_bell\na,8,F,08:00,14:00\n",
        ("out-of-range", 2, "weekday"),
    ),
    (
        "absences",
        "id,staff,start,end\n1,k1,2026-11-24 00:00,2026-11-23 00:00\n",
        ("end-before-start", 2, "end"),
    ),
    (
        "absences",
        "id,staff,start,end\n1,k1,2025-11-23 00:00,2025-11-24 00:00\n",
        ("outside-employment", 2, None),
    ),
    (
        "shifts",
        "id,staff,start,end\n1,k1,2025-11-23 07:00,2025-11-23 15:00\n",
        ("outside-employment", 2, None),
    ),
    (
        "shifts",
        "id,staff,shift_type,start,end\n1,k1,night,2026-11-23 07:00,2026-11-23 15:00\n",
        ("unknown-id", 2, "shift_type"),
    ),
    ("contracts", BASE["contracts"] + "k1,2026-06-01,book\n", ("contracts-overlap", 4, None)),
    (
        "contracts",
        "staff,first_day,last_day,rule_book\nk1,2026-01-01,2025-01-01,book\nk2,2026-01-01,,book\n",
        ("end-before-start", 2, "last_day"),
    ),
    (
        "contracts",
        "staff,first_day,rule_book,rate_percent\nk1,2026-01-01,book,120\nk2,2026-01-01,book,1\n",
        ("out-of-range", 2, "rate_percent"),
    ),
    (
        "contracts",
        "staff,first_day,rule_book,free_weekdays\nk1,2026-01-01,book,38\nk2,2026-01-01,book,\n",
        ("weekdays-wrong", 2, "free_weekdays"),
    ),
    (
        "sites",
        "id,name,latitude,longitude\ns1,A,95,16\ns2,B,59,16\n",
        ("out-of-range", 2, "latitude"),
    ),
    (
        "sites",
        "id,name,latitude,longitude\ns1,A,16.5,59.6\ns2,B,59,16\n",
        ("position-swapped", 2, "latitude"),
    ),
    (
        "sites",
        "id,name,latitude,longitude\ns1,A,59.6,\ns2,B,59,16\n",
        ("position-incomplete", 2, "longitude"),
    ),
    ("schools", "id,name,site,priority\na,A,s1,4\n", ("out-of-range", 2, "priority")),
    ("schools", "id,name,site,n_contacts\na,A,s1,0\n", ("out-of-range", 2, "n_contacts")),
    ("schools", "id,name,site,certainty\na,A,s1,E\n", ("choice-wrong", 2, "certainty")),
    (
        "changed_days",
        "id,day,kind,school\n1,2026-11-23,half_day,a\n",
        ("half-day-without-bell", 2, "last_bell"),
    ),
    ("shift_types", "id,code,name,employer\nd,D,Dag,city\n", ("shift-type-without-parts", 2, None)),
    (
        "base_rosters",
        "id,name,n_weeks,first_monday\nb,B,4,2026-09-01\n",
        ("not-monday", 2, "first_monday"),
    ),
    (
        "information_sessions",
        (
            "id,name,site,day,earliest_start,latest_start,duration_min,skill\n"
            "i,I,s1,2026-11-23,13:00,09:00,45,contact\n"
        ),
        ("end-before-start", 2, "latest_start"),
    ),
    (
        "staffing_needs",
        "id,skill,weekday,start,end,minimum,needed\nn,patrol,1,00:00,07:00,4,2\n",
        ("most-below-least", 2, "needed"),
    ),
    ("wishes", "id,staff,day,kind\nw,k1,2026-11-23,shift\n", ("value-missing", 2, "shift_type")),
    ("travel_times", "from_site,to_site,mode,minutes\ns1,s2,boat,5\n", ("choice-wrong", 2, "mode")),
    ("settings", "key,value\ncontact_skill,kontakt\n", ("unknown-id", None, "contact_skill")),
]


@pytest.mark.parametrize(("name", "data", "expected"), SEMANTIC)
def test_records_that_make_no_plan_are_named(empty, folder, name, data, expected):
    found = problems(empty, folder, **BASE | {name: data})
    code, row, column = expected
    assert found == [(code, f"{name}.csv", row, column)]


def test_presence_windows_and_base_rosters_are_held_together(empty, folder):
    found = problems(
        empty,
        folder,
        **BASE,
        hotspots="id,name,site\nh,Torget,s2\n",
        presence_windows="id,hotspot,weekday,start,end,kind,visit_min_min,visit_max_min\n"
        "w,h,5,20:00,01:00,dosage,20,10\n",
        shift_types="id,code,name,employer\nd,DAGEN,Dag,city\n",
        shift_parts="shift_type,ordinal,start,end\nd,1,07:00,16:00\n",
        base_rosters="id,name,n_weeks,first_monday\nb,B,4,2026-08-31\n",
        base_roster_shifts="base_roster,week,weekday,shift_type\nb,5,1,d\n",
    )
    assert {(code, column) for code, _, _, column in found} == {
        ("visits-missing", "n_visits"),
        ("most-below-least", "visit_max_min"),
        ("text-too-long", "code"),
        ("out-of-range", "week"),
    }


def test_what_the_plan_had_is_named_without_a_row(empty, folder):
    absences = "id,staff,start,end\n1,k1,2026-11-23 00:00,2026-11-24 00:00\n"
    import_(empty, write(folder, **BASE, absences=absences))
    (folder / "absences.csv").unlink()
    ended = "staff,first_day,last_day,rule_book\nk1,2026-01-01,2026-06-30,book\n"
    found = problems(empty, folder, contracts=ended)
    assert found == [("outside-employment", "absences.csv", None, None)]


def test_told_to_remove_an_import_makes_a_file_all_that_its_set_holds(empty, folder):
    import_(empty, write(folder, **BASE, absences="id,staff,start,end\n"))
    staff = "id,name,display_name,employer\nk1,Anna,Anna,city\n"
    contracts = "staff,first_day,rule_book\nk1,2026-01-01,book\n"
    import_(empty, write(folder, staff=staff, contracts=contracts), remove={"staff", "contracts"})
    assert [member.id for member in empty.plan.staff] == ["k1"]


def test_people_in_a_roster_are_not_removed(empty, folder):
    shifts = "id,staff,start,end\nx,k2,2026-11-16 07:00,2026-11-16 15:00\n"
    import_(empty, write(folder, **BASE, shifts=shifts))
    staff = "id,name,display_name,employer\nk1,Anna,Anna,city\n"
    contracts = "staff,first_day,rule_book\nk1,2026-01-01,book\n"
    with pytest.raises(RefusedImportError) as caught:
        import_(empty, write(folder, staff=staff, contracts=contracts), remove=EVERY)
    assert {one.code for one in caught.value.problems} >= {"record-in-use"}
    assert len(empty.store.load_plan().staff) == 2


def test_an_import_into_an_open_plan_is_seen_by_it(small_open, folder):
    member = small_open.plan.staff[0]
    line = f"{member.id},Ny,Ny,{member.employer}"
    import_(small_open, write(folder, staff=f"id,name,display_name,employer\n{line}\n"))
    expected = replace(member, name="Ny", display_name="Ny")
    assert small_open.plan.staff_by_id[member.id] == expected


def test_a_column_that_the_file_lacks_leaves_known_records_what_they_have(small_open, folder):
    member = small_open.plan.staff[0]
    head = "id,name,display_name,employer,service_phone"
    rows = f"{member.id},Ny,Ny,{member.employer},\nnew,Ny,Ny,{member.employer},\n"
    import_(small_open, write(folder, staff=f"{head}\n{rows}"))
    known, new = (small_open.plan.staff_by_id[one] for one in (member.id, "new"))
    assert (known.service_phone, known.squad, known.travel_mode) == (
        "",
        member.squad,
        member.travel_mode,
    )
    assert new.squad is None


@pytest.mark.parametrize("head", ["id,display_name,employer", "name,id,display_name,employer"])
def test_real_names_that_a_file_does_not_say_are_kept(small_open, folder, head):
    member = small_open.plan.staff[0]
    empty = "," if head.startswith("name") else ""
    rows = f"{empty}{member.id},Annika,{member.employer}\n{empty}new,Ny,{member.employer}\n"
    import_(small_open, write(folder, staff=f"{head}\n{rows}"))
    known, new = (small_open.plan.staff_by_id[one] for one in (member.id, "new"))
    assert (known.name, known.display_name) == (member.name, "Annika")
    assert (new.name, new.display_name) == ("Ny", "Ny")


def test_a_file_of_swedish_excel_is_read_and_told_of(empty, folder):
    (folder / "skills.csv").write_bytes("id;name\npatrol;Åkande – patrull\n".encode("cp1252"))
    report = import_(empty, folder)
    assert [skill.name for skill in empty.plan.skills] == ["Åkande – patrull"]
    assert [one.code for one in report.findings] == ["file-windows-text"]


def test_each_problem_is_a_swedish_sentence_with_its_place(empty, folder):
    with pytest.raises(RefusedImportError) as caught:
        import_(empty, write(folder, **BASE, bell_times="school;weekday\na;1\n"))
    with speaking("sv"):
        assert sentence(caught.value.problems[0]) == (
            "bell_times.csv, rad 1: Kolumnen ”grade_group” saknas; lägg till den."
        )


def test_templates_have_every_column_and_can_be_imported_as_they_are(empty, tmp_path):
    folder = tmp_path / "templates"
    written = templates(folder)
    assert {path.stem for path in written} == {*SHEETS, "columns"} - KEPT_SETS.keys()
    report = import_(empty, folder)
    assert all(counts.n_added == 0 for counts in report.files)
    found = Problems()
    read_content(folder, empty.plan.settings, found)
    assert found.warnings == []


def test_templates_describe_their_columns(tmp_path):
    templates(tmp_path)
    described = (tmp_path / "columns.csv").read_text(encoding="utf-8-sig")
    assert "contracts.csv;rate_percent;no;whole number;Share of full time, 1 to 100." in described
    assert "contracts.csv;rule_book;yes;id in rule_books.csv;" in described


def test_templates_never_replace_a_file(tmp_path):
    (tmp_path / "staff.csv").write_text("id\n")
    with pytest.raises(StorageError, match="template-exists"):
        templates(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["staff.csv"]


def test_an_empty_folder_is_no_import(empty, folder):
    with pytest.raises(InputError, match="source-empty"):
        import_(empty, folder)
