"""What the planner sees before an import, and that just that is written."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from planner.domain.plan import Plan, PlanSettings
from planner.errors import ConflictError, InputError, RefusedImportError
from planner.messages import finding_text, sentence
from planner.services.history import undo
from planner.services.imports.importing import import_, import_shown
from planner.services.imports.previews import (
    ReadingStoppedError,
    preview,
    save_problems,
)
from planner.services.imports.rows import FieldChange, RowKind
from planner.services.plans import create_plan, open_plan
from planner.words import speaking
from tests.planner.services.imports.test_importing import BASE, write
from tests.planner.writing import take_away


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


@pytest.fixture
def filled(empty, folder):
    """A plan with the records of ``BASE``; the folder is empty again."""
    import_(empty, write(folder, **BASE))
    for path in folder.iterdir():
        path.unlink()
    return empty


STAFF = "id,name,display_name,employer,service_phone\nk1,Anna,Annika,city,021\nk3,Cia,Cia,city,\n"


def rows(shown, file, kind):
    """Return the rows of a kind of one file."""
    (found,) = (one for one in shown.files if one.file == file)
    return [row for row in found.rows if row.kind is kind]


def test_a_preview_says_what_is_added_changed_disappeared_and_unchanged(filled, folder):
    shown = preview(filled, write(folder, staff=STAFF, skills=BASE["skills"]))
    (changed,) = rows(shown, "staff.csv", RowKind.CHANGED)
    assert (changed.name, changed.row) == ("Annika (k1)", 2)
    assert changed.fields == (
        FieldChange(field="display_name", before="Anna", after="Annika"),
        FieldChange(field="service_phone", before="", after="021"),
    )
    (added,) = rows(shown, "staff.csv", RowKind.ADDED)
    assert (added.name, added.row) == ("Cia (k3)", 3)
    assert FieldChange(field="employer", before="", after="city") in added.fields
    (gone,) = rows(shown, "staff.csv", RowKind.DISAPPEARED)
    assert (gone.name, gone.row) == ("Bo (k2)", None)
    assert [(one.file, one.n_unchanged) for one in shown.files] == [
        ("skills.csv", 2),
        ("staff.csv", 0),
    ]
    assert filled.store.load_plan() == filled.plan


def test_records_without_a_name_are_said_by_what_they_refer_to(filled, folder):
    source = write(
        folder,
        absences="id,staff,start,end\na7,k1,2026-11-23 07:00,2026-11-24 00:00\n",
        opening_balances="staff,day,balance_min,n_nights\nk2,2026-11-01,-75,4\n",
        shifts="id,staff,start,end,locked\nx,k2,2026-11-16 22:00,2026-11-17 06:00,ja\n",
    )
    shown = preview(filled, source)
    assert [row.name for file in shown.files for row in file.rows] == [
        "Anna, 2026-11-23 07:00 (a7)",
        "Bo, 2026-11-01",
        "Bo, 2026-11-16 (x)",
    ]
    import_shown(filled, shown)
    (balance,) = filled.plan.opening_balances
    assert (balance.balance_min, balance.n_nights) == (-75, 4)


def test_a_changed_shift_is_shown_in_the_columns_of_its_file(filled, folder):
    head = "id,staff,start,end\n"
    import_(filled, write(folder, shifts=head + "x,k2,2026-11-16 07:00,2026-11-16 15:00\n"))
    shown = preview(filled, write(folder, shifts=head + "x,k2,2026-11-16 07:00,2026-11-16 16:00\n"))
    (row,) = rows(shown, "shifts.csv", RowKind.CHANGED)
    assert row.fields == (
        FieldChange(
            field="start, end", before="2026-11-16 07:00–15:00", after="2026-11-16 07:00–16:00"
        ),
    )


def test_settings_are_shown_one_by_one(filled, folder):
    shown = preview(filled, write(folder, settings="key,value\nname,Höst\ncar_kmh,35\n"))
    (row,) = rows(shown, "settings.csv", RowKind.CHANGED)
    assert row.name == "name"
    assert row.fields == (FieldChange(field="value", before="", after="Höst"),)
    import_shown(filled, shown)
    assert filled.plan.settings == replace(PlanSettings(), name="Höst")


def test_what_print_outs_cannot_show_is_warned_of_and_imported(filled, folder):
    schools = "id,name,site,meeting_place\na,Skolan,s1,Porten 😀\n"
    settings = "key,value\nnotice,Påhittat \u202e\n"
    shown = preview(filled, write(folder, schools=schools, settings=settings))
    (row,) = rows(shown, "schools.csv", RowKind.CHANGED)
    assert row.unprintable == (("meeting_place", "😀"),)
    told = [one for one in shown.findings if one.code == "text-unprintable"]
    with speaking("sv"):
        said = [finding_text(Plan(), one) for one in told]
    assert said == [
        "settings.csv, notice, value: utskrifter kan inte visa U+202E",
        "schools.csv, Skolan (a), meeting_place: utskrifter kan inte visa 😀",
    ]
    import_shown(filled, shown)
    assert filled.plan.schools[0].meeting_place == "Porten 😀"


def test_wrong_rows_are_held_with_their_place_and_stop_the_import(filled, folder):
    staff = STAFF + "k4,Dan,Dan,city,021,more\n,Eva,Eva,city,\n"
    shown = preview(filled, write(folder, staff=staff))
    refused = rows(shown, "staff.csv", RowKind.REFUSED)
    assert [(row.row, row.problem.code, row.problem.place.column) for row in refused] == [
        (4, "row-too-long", None),
        (5, "value-missing", "id"),
    ]
    assert len(rows(shown, "staff.csv", RowKind.CHANGED)) == 1
    assert rows(shown, "staff.csv", RowKind.DISAPPEARED) == []
    with pytest.raises(RefusedImportError):
        import_shown(filled, shown)
    assert filled.store.load_plan() == filled.plan


def test_a_row_that_fits_nowhere_is_held_with_its_name(filled, folder):
    shown = preview(filled, write(folder, schools="id,name,site\na,Skolan,s1\nb,Byn,s9\n"))
    (row,) = rows(shown, "schools.csv", RowKind.REFUSED)
    assert (row.name, row.row, row.problem.code) == ("Byn (b)", 3, "unknown-id")


def test_a_file_that_cannot_be_read_is_held_too(filled, folder):
    (folder / "staff.csv").write_bytes("id,name\nk1,Åsa\n".encode("utf-16"))
    (file,) = preview(filled, folder).files
    assert (file.file, file.set_name, file.can_remove) == ("staff.csv", "", False)
    assert [row.problem.code for row in file.rows] == ["encoding-wrong"]


def test_only_the_files_chosen_lose_what_disappeared(filled, folder):
    source = write(folder, skills="id,name\npatrol,Patrull\n", sites="id,name\ns1,Skolan\n")
    shown = preview(filled, source, remove={"sites"})
    assert {one.file: one.is_removing for one in shown.files} == {
        "skills.csv": False,
        "sites.csv": True,
    }
    import_shown(filled, shown)
    assert [site.id for site in filled.plan.sites] == ["s1"]
    assert len(filled.plan.skills) == 2


def test_what_something_names_is_not_removed_and_the_sentence_says_by_what(filled, folder):
    shown = preview(
        filled, write(folder, staff="id,name,display_name,employer\n"), remove={"staff"}
    )
    (first, _second) = rows(shown, "staff.csv", RowKind.REFUSED)
    with speaking("en"):
        assert sentence(first.problem) == (
            "staff.csv: “k1” cannot be removed, as it is named in contracts.csv (1); "
            "keep it, or take those away first."
        )


def test_who_is_in_a_roster_is_not_removed(filled, folder):
    shifts = "id,staff,start,end\nx,k2,2026-11-16 07:00,2026-11-16 15:00\n"
    import_(filled, write(folder, shifts=shifts))
    (folder / "shifts.csv").unlink()
    source = write(
        folder,
        staff="id,name,display_name,employer\nk1,Anna,Anna,city\n",
        contracts="staff,first_day,rule_book\nk1,2026-01-01,book\n",
    )
    shown = preview(filled, source, remove={"staff", "contracts"})
    assert [one.code for one in shown.problems] == ["record-in-use"]


def test_a_shift_that_a_file_lacks_is_neither_shown_nor_removed(filled, folder):
    head = "id,staff,start,end\n"
    import_(filled, write(folder, shifts=head + "x,k2,2026-11-16 07:00,2026-11-16 15:00\n"))
    other = head + "y,k2,2026-11-17 07:00,2026-11-17 15:00\n"
    shown = preview(filled, write(folder, shifts=other), remove={"shifts"})
    assert rows(shown, "shifts.csv", RowKind.DISAPPEARED) == []
    import_shown(filled, shown)
    assert len(filled.store.shifts_with_ids(["x", "y"])) == 2


def test_what_somebody_else_changed_meanwhile_makes_the_preview_outdated(filled, folder, tmp_path):
    shown = preview(filled, write(folder, staff=STAFF))
    with open_plan(tmp_path / "plan.narvaro") as other, other.changing("edit") as store:
        take_away(store, "skills", other.plan.skills[:1])
    with pytest.raises(ConflictError, match="import-outdated"):
        import_shown(filled, shown)
    assert [member.id for member in filled.store.load_plan().staff] == ["k1", "k2"]
    import_shown(filled, preview(filled, folder))
    assert [member.id for member in filled.plan.staff] == ["k1", "k2", "k3"]


def test_a_preview_sees_what_somebody_else_wrote(filled, folder, tmp_path):
    with open_plan(tmp_path / "plan.narvaro") as other:
        import_(other, write(folder, staff=STAFF))
    assert preview(filled, folder).changes == ()


def test_what_was_shown_is_written_even_if_the_file_changes(filled, folder):
    shown = preview(filled, write(folder, staff=STAFF))
    (folder / "staff.csv").write_text("id\n")
    import_shown(filled, shown)
    assert filled.plan.staff_by_id["k3"].name == "Cia"


def test_an_import_is_one_step_to_undo(filled, folder):
    before = filled.plan
    source = write(folder, staff=STAFF, skills="id,name\nbike,Cykel\n")
    import_shown(filled, preview(filled, source))
    assert filled.plan != before
    undo(filled)
    assert filled.plan == before


def test_nothing_is_written_when_writing_fails_midway(filled, folder, monkeypatch):
    shown = preview(filled, write(folder, staff=STAFF))
    write_all = filled.store.apply

    def fail(changes):
        write_all(changes[:1])
        raise RuntimeError

    monkeypatch.setattr(filled.store, "apply", fail)
    with pytest.raises(RuntimeError):
        import_shown(filled, shown)
    assert filled.store.load_plan() == filled.plan


def test_chosen_files_are_read_and_no_others(filled, folder):
    write(folder, staff=STAFF, skills="id,name\nbike,Cykel\n")
    shown = preview(filled, (folder / "skills.csv",))
    assert [file.file for file in shown.files] == ["skills.csv"]
    both = preview(filled, (folder / "skills.csv", folder / "staff.csv"))
    assert [file.file for file in both.files] == ["skills.csv", "staff.csv"]


def test_two_files_of_one_name_are_refused(filled, folder, tmp_path):
    write(tmp_path, skills="id,name\n")
    write(folder, skills="id,name\nbike,Cykel\n")
    shown = preview(filled, (folder / "skills.csv", tmp_path / "skills.csv"))
    assert [one.code for one in shown.problems] == ["file-twice"]


def test_a_workbook_is_shown_by_its_sheets(filled, tmp_path):
    book = Workbook()
    book.active.title = "skills"
    for row in (["id", "name"], ["bike", "Cykel"]):
        book.active.append(row)
    book.save(tmp_path / "plan.xlsx")
    (file,) = preview(filled, tmp_path / "plan.xlsx").files
    assert file.file == "plan.xlsx [skills]"
    assert file.count(RowKind.ADDED) == 1


def test_a_source_that_is_none_is_said_at_once(filled, folder):
    with pytest.raises(InputError, match="source-empty"):
        preview(filled, folder)


def test_reading_tells_how_far_it_is_and_can_be_stopped(filled, folder):
    lines = "".join(f"s{n},Skill {n}\n" for n in range(1000))
    write(folder, skills="id,name\n" + lines)
    told = []
    preview(filled, folder, on_progress=told.append)
    assert {one.file for one in told} == {"skills.csv"}
    assert max(one.row for one in told) > 700
    with pytest.raises(ReadingStoppedError):
        preview(filled, folder, should_stop=lambda: True)


def test_wrong_rows_are_saved_as_a_table(filled, folder, tmp_path):
    shown = preview(filled, write(folder, schools="id,name,site\nb,Byn,s9\n"))
    with speaking("en"):
        save_problems(shown, tmp_path / "wrong.csv")
    assert (tmp_path / "wrong.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "file;row;column;problem",
        'schools.csv;2;site;"“s9” is not in sites.csv; add it there or change it here."',
    ]


NAMES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["X", "Y", "Z"]), min_size=1)


@given(before=NAMES, after=NAMES, is_removing=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_what_is_shown_is_what_is_written(empty, folder, before, after, is_removing):
    def text(names):
        return "id,name\n" + "".join(f"{id_},{name}\n" for id_, name in names.items())

    import_(empty, write(folder, skills=text(before)), remove={"skills"})
    remove = {"skills"} if is_removing else set()
    shown = preview(empty, write(folder, skills=text(after)), remove=remove)
    names = {kind: {row.name[-2] for row in rows(shown, "skills.csv", kind)} for kind in RowKind}
    import_shown(empty, shown)
    found = {skill.id: skill.name for skill in empty.plan.skills}
    assert found == (after if is_removing else before | after)
    assert names[RowKind.ADDED] == after.keys() - before.keys()
    assert names[RowKind.DISAPPEARED] == before.keys() - after.keys()
    assert names[RowKind.CHANGED] == {
        key for key in after.keys() & before.keys() if after[key] != before[key]
    }
    assert shown.files[0].n_unchanged == len(after.items() & before.items())
    assert preview(empty, folder).changes == ()
    assert empty.store.load_plan() == empty.plan != Plan()
