"""A planner's own roster in the plan: what is written, what is remembered, and what never is."""

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from planner.domain.grids import CodeChoice, Group, Meaning, PersonChoice, PersonKind
from planner.domain.staff import ShiftSource
from planner.errors import ConflictError, InputError, RefusedImportError
from planner.services.grids.choices import alike
from planner.services.grids.importing import (
    import_grid,
    import_source,
    preview_grid,
    read_file,
)
from planner.services.history import undo
from planner.services.imports.rows import RowKind
from planner.services.plans import create_plan, open_plan
from planner.words import speaking
from tests.planner import small
from tests.planner.exchange.grids import messy

NIGHT = CodeChoice(meaning=Meaning.SHIFT, times=((time(22), time(7)),))
DAY = CodeChoice(meaning=Meaning.SHIFT, times=((time(7), time(16)),))
EVENING = CodeChoice(meaning=Meaning.SHIFT, shift_type=small.EVENING)


def grid_of(path: Path, rows, heads=("Namn", *(f"{d}/11 2026" for d in range(23, 28)))) -> Path:
    book = Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    book.save(path)
    return path


def decided(file, **codes):
    return replace(file, decisions=replace(file.decisions, codes={**file.decisions.codes, **codes}))


@pytest.fixture
def police(tmp_path):
    return messy.police(tmp_path / "Schema november.xlsx")


@pytest.fixture
def known(small_open, tmp_path):
    """The small plan after a first roster of two of its officers."""
    rows = (("Nr1 Polis", "E", "E", "K", "sjuk", ""), ("Polis Nr2", "E", "", "", "vab", "vab"))
    file = decided(read_file(small_open, grid_of(tmp_path / "v48.xlsx", rows)), K=DAY)
    import_grid(small_open, preview_grid(small_open, file))
    return small_open


def shifts(plan, staff):
    found = plan.store.shifts_between(small.WEEK.span(small.ZONE))
    return [shift for shift in found if shift.staff == staff]


def kinds(shown, name):
    (file,) = (one for one in shown.preview.files if one.set_name == name)
    return {kind.value: file.count(kind) for kind in RowKind if file.count(kind)}


def test_nothing_is_written_before_the_planner_says_so(small_open, police):
    before, entries = small_open.store.load_plan(), small_open.store.journal()
    file = decided(read_file(small_open, police), D=DAY, K=EVENING, M=DAY, N=NIGHT)
    preview_grid(small_open, file)
    assert small_open.store.load_plan() == before
    assert small_open.store.journal() == entries


def test_codes_without_a_meaning_stop_the_import(small_open, police):
    file = read_file(small_open, police)
    assert file.undecided == ("D", "K", "M", "N")
    assert file.decisions.codes["FP"].meaning is Meaning.FREE
    assert file.decisions.codes["Utb"].meaning is Meaning.BOUND
    with pytest.raises(InputError, match="grid-undecided"):
        preview_grid(small_open, file)


def test_new_people_come_with_squad_skill_and_contract(small_open, police):
    file = decided(read_file(small_open, police), D=DAY, K=EVENING, M=DAY, N=NIGHT)
    before = small_open.plan
    import_grid(small_open, preview_grid(small_open, file))
    plan = small_open.plan
    sara = next(one for one in plan.staff if one.name == "Sara Ekström")
    assert sara.employer == small.POLICE
    assert next(one.name for one in plan.squads if one.id == sara.squad) == "Turlag 1"
    assert plan.skills_of(sara.id, small.MONDAY) == {small.PATROL}
    contract = plan.contract_of(sara.id, small.MONDAY)
    assert (contract.rule_book, contract.shift_source) == (small.POLICE_BOOK, ShiftSource.GIVEN)
    undo(small_open)
    assert small_open.plan == before


def test_people_are_known_by_their_names_in_any_order(small_open):
    assert [(one.staff, one.is_certain) for one in alike(small_open.plan, "Nr1 Polis")][:1] == [
        ("p1", True)
    ]
    near = alike(small_open.plan, "Polis Äldresson Nr1")
    assert near[0].staff == "p1"
    assert not near[0].is_certain
    assert alike(small_open.plan, "Sara Ekström") == ()


def test_shifts_are_given_and_absences_have_no_cause(known):
    first, second, third = shifts(known, "p1")
    assert {one.source for one in (first, second, third)} == {ShiftSource.GIVEN}
    assert first.shift_type == small.EVENING
    assert first.breaks == (small.span(small.MONDAY, "17:45", "18:15"),)
    new = known.plan.shift_type_by_id[third.shift_type]
    assert (new.code, new.break_min, new.employer) == ("K", 30, small.POLICE)
    away = [one for one in known.plan.absences if one.staff == "p2"]
    assert [(one.start, one.end) for one in away] == [
        (small.at(small.THURSDAY, "00:00"), small.at(date(2026, 11, 28), "00:00"))
    ]


def test_times_without_a_type_are_parted_by_their_break(small_open, tmp_path):
    rows = (("Polis Nr1", "07:15–16:00", "14-22", "22-06", "", ""),)
    file = read_file(small_open, grid_of(tmp_path / "times.xlsx", rows))
    import_grid(small_open, preview_grid(small_open, file))
    long, evening, night = shifts(small_open, "p1")
    assert long.parts == (
        small.span(small.MONDAY, "07:15", "11:20"),
        small.span(small.MONDAY, "11:50", "16:00"),
    )
    assert evening.shift_type == small.EVENING  # its times are just those of the type
    assert night.span.minutes == 8 * 60


def test_next_months_file_of_the_shape_needs_no_question(known, tmp_path):
    heads = ("Namn", *(f"{day}/12 2026" for day in range(7, 12)))
    rows = (("Nr1 Polis", "K", "", "E", "", ""), ("Polis Nr2", "", "", "sem", "", ""))
    file = read_file(known, grid_of(tmp_path / "v50.xlsx", rows, heads))
    assert file.is_clear
    shown = preview_grid(known, file)
    assert kinds(shown, "shifts") == {"added": 2}
    assert "shift_types" not in {one.set_name for one in shown.preview.files}


def test_a_code_that_was_not_there_before_is_asked_about(known, tmp_path):
    rows = (("Polis Nr1", "E", "Q", "", "", ""),)
    file = read_file(known, grid_of(tmp_path / "more.xlsx", rows))
    assert file.undecided == ("Q",)
    assert not file.is_clear


def test_a_person_who_was_left_out_stays_out(known, tmp_path):
    rows = (("Polis Nr1", "E", "", "", "", ""), ("Vik Arie", "E", "E", "", "", ""))
    file = read_file(known, grid_of(tmp_path / "out.xlsx", rows))
    out = {**file.decisions.people, "Vik Arie": PersonChoice(kind=PersonKind.LEFT_OUT)}
    file = replace(file, decisions=replace(file.decisions, people=out))
    import_grid(known, preview_grid(known, file))
    again = read_file(known, grid_of(tmp_path / "out2.xlsx", rows))
    assert again.decisions.people["Vik Arie"].kind is PersonKind.LEFT_OUT


def test_a_changed_roster_changes_and_takes_away_its_own(known, tmp_path):
    rows = (("Polis Nr1", "K", "E", "", "E", ""), ("Polis Nr2", "E", "", "", "vab", ""))
    shown = preview_grid(known, read_file(known, grid_of(tmp_path / "new.xlsx", rows)))
    assert kinds(shown, "shifts") == {"added": 1, "changed": 1, "disappeared": 1}
    assert kinds(shown, "absences") == {"changed": 1, "disappeared": 1}
    kept = preview_grid(known, read_file(known, tmp_path / "new.xlsx"), kept={"shifts"})
    import_grid(known, kept)
    assert len(shifts(known, "p1")) == 4


def test_the_same_file_again_changes_nothing(known, tmp_path):
    shown = preview_grid(known, read_file(known, tmp_path / "v48.xlsx"))
    assert shown.preview.changes == ()


def test_two_rows_of_one_person_are_refused(small_open, tmp_path):
    rows = (("Polis Nr1", "E", "", "", "", ""), ("Polis Nr2", "E", "", "", "", ""))
    file = read_file(small_open, grid_of(tmp_path / "twice.xlsx", rows))
    one = file.decisions.people["Polis Nr1"]
    file = replace(
        file, decisions=replace(file.decisions, people={"Polis Nr1": one, "Polis Nr2": one})
    )
    shown = preview_grid(small_open, file)
    assert [(one.code, one.place.row) for one in shown.preview.problems] == [
        ("grid-person-twice", 3)
    ]
    with pytest.raises(RefusedImportError):
        import_grid(small_open, shown)


def test_a_plan_that_changed_meanwhile_is_looked_at_again(known, tmp_path):
    rows = (("Polis Nr1", "K", "E", "", "E", ""),)
    shown = preview_grid(known, read_file(known, grid_of(tmp_path / "new.xlsx", rows)))
    undo(known)
    with pytest.raises(ConflictError, match="import-outdated"):
        import_grid(known, shown)


def test_namesakes_are_always_looked_at(small_open, tmp_path):
    path = messy.municipal(tmp_path / "municipal.xlsx")
    import_grid(small_open, preview_grid(small_open, read_file(small_open, path)))
    again = read_file(small_open, path)
    assert again.is_remembered
    assert not again.is_clear
    assert preview_grid(small_open, again).preview.changes == ()


def test_an_empty_plan_gets_all_that_the_people_need(tmp_path):
    create_plan(tmp_path / "empty.narvaro")
    with open_plan(tmp_path / "empty.narvaro") as plan:
        file = read_file(plan, messy.police(tmp_path / "police.xlsx"))
        file = decided(file, D=DAY, K=DAY, M=DAY, N=NIGHT)
        assert file.decisions.group is Group.OFFICERS
        with speaking("sv"):
            shown = preview_grid(plan, file)
        rules = next(one for one in shown.preview.files if one.set_name == "rules")
        assert rules.rows[0].name.startswith("Arbetstidslagen, Heltidsvecka, ")
        told = [row.name for one in shown.preview.files for row in one.rows]
        told += [f.field for one in shown.preview.files for row in one.rows for f in row.fields]
        assert [text for text in told if "_" in text] == []
        import_grid(plan, shown)
        assert [one.name for one in plan.plan.employers] == ["Polisen"]
        assert [one.name for one in plan.plan.rule_books] == ["Arbetstidslagen"]
        assert len(plan.plan.staff) == 5


def test_the_command_line_asks_for_the_window_once_and_then_imports(small_open, tmp_path):
    rows = (("Polis Nr1", "E", "", "", "", ""),)
    path = grid_of(tmp_path / "v48.xlsx", rows)
    with pytest.raises(InputError, match="grid-unknown"):
        import_source(small_open, path, is_dry=False)
    import_grid(small_open, preview_grid(small_open, read_file(small_open, path)))
    other = grid_of(tmp_path / "v48 ny.xlsx", (("Polis Nr1", "E", "E", "", "", ""),))
    report = import_source(small_open, other, is_dry=True)
    assert [(one.n_added, one.n_unchanged) for one in report.files] == [(1, 1)]
    assert len(shifts(small_open, "p1")) == 1
    import_source(small_open, other, is_dry=False)
    assert len(shifts(small_open, "p1")) == 2
    unknown = grid_of(tmp_path / "v48 q.xlsx", (("Polis Nr1", "Q", "", "", "", ""),))
    with pytest.raises(InputError, match="grid-undecided"):
        import_source(small_open, unknown, is_dry=False)


NUMBERS = st.from_regex(r"(19[4-9]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d)-?[1-9]\d{3}", fullmatch=True)
WORDS = ("sjuk", "sjukskriven", "VAB", "semester", "föräldraledig", "tjänstledig", "karens")


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=NUMBERS,
    cause=st.sampled_from(WORDS),
    own_word=st.sampled_from(("SJX2", "MIGRÄN", "OPERATION")),
    beside=st.booleans(),
)
def test_no_number_and_no_cause_is_anywhere_in_the_plans_file(
    small_file, tmp_path, number, cause, own_word, beside
):
    """Neither the reader's own words nor those that a planner said mean absent."""
    path = tmp_path / "leak.narvaro"
    path.write_bytes(small_file.read_bytes())
    name = f"Polis Nr1 {number}" if beside else "Polis Nr1"
    heads = ("Namn", "Personnr", *(f"{d}/11 2026" for d in range(23, 28)), "Orsak", cause)
    rows = (
        (name, number, cause, own_word, f"{cause} 50%", "E", "E", cause, f"{cause} till jul"),
        ("Vera Ny", number.replace("-", "")[::-1], "E", cause, own_word, "", "", own_word, number),
    )
    with open_plan(path) as plan:
        file = read_file(plan, grid_of(tmp_path / "leak.xlsx", rows, heads))
        file = decided(file, **{own_word: CodeChoice(meaning=Meaning.ABSENT)})
        import_grid(plan, preview_grid(plan, file))
        assert len(plan.plan.absences) > len(small.make_plan().absences)
        undo(plan)
    held = path.read_bytes()
    for secret in (number, number.replace("-", ""), number[2:].replace("-", ""), own_word):
        assert secret.encode() not in held
    assert not re.search(rf"(?<![a-zåäö]){cause}", held.decode("utf-8", "ignore"), re.IGNORECASE)
