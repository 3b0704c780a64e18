"""Records edited by hand: judged as a whole, written as a whole, undone as a whole."""

from dataclasses import replace
from datetime import date, time

import pytest

from planner import words
from planner.domain.changes import Change
from planner.domain.ids import EmployerId, ShiftTypeId, StaffId
from planner.domain.shifts import BaseRoster, BaseRosterMember, BaseRosterShift, ShiftPart
from planner.domain.staff import Contract, Employer, StaffMember, StaffSkill
from planner.errors import ConflictError, InputError
from planner.services.history import undo
from planner.services.plans import open_plan
from planner.services.records.bundles import (
    Bundle,
    bundle_changes,
    bundle_of,
    completed,
    duplicate,
    save_bundle,
    slug,
)
from planner.services.records.names import record_name
from planner.services.records.saving import (
    RefusedRecordsError,
    changed_together,
    check_records,
    read_field,
    required_fields,
    save_records,
)
from planner.services.records.uses import ROSTERS, named_by, removal
from tests.planner import small
from tests.planner.writing import put


def changed(set_name, before, **values):
    return Change(set_name=set_name, before=before, after=replace(before, **values))


def codes(faults):
    return [(fault.set_name, fault.field, fault.code) for fault in faults]


def last_command(plan):
    return plan.store.journal()[-1].command


def test_a_change_is_written_and_undone(small_open):
    school = small_open.plan.schools[0]
    save_records(small_open, [changed("schools", school, name="Alskolan")])
    assert small_open.plan.schools[0].name == "Alskolan"
    assert last_command(small_open) == "change-records"
    undo(small_open)
    assert small_open.plan.schools[0] == school


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("priority", 9, "out-of-range"),
        ("n_contacts", 0, "out-of-range"),
        ("certainty", "Q", "choice-wrong"),
        ("site", "nowhere", "unknown-id"),
        ("site", None, "value-missing"),
        ("name", "", "value-missing"),
        ("name", "a\nb", "text-unprintable"),
        ("before_min", None, "value-missing"),
    ],
)
def test_what_is_wrong_names_its_field_and_nothing_is_written(small_open, field, value, code):
    school = small_open.plan.schools[0]
    change = changed("schools", school, **{field: value})
    assert codes(check_records(small_open, [change])) == [("schools", field, code)]
    with pytest.raises(RefusedRecordsError) as refused:
        save_records(small_open, [change])
    assert codes(refused.value.faults) == [("schools", field, code)]
    assert isinstance(refused.value, InputError)
    assert small_open.refresh().schools[0] == school


def test_settings_that_would_stop_the_program_are_refused(small_open):
    settings = small_open.plan.settings
    wrong = changed("settings", settings, car_kmh=0, zone="Mars/Base", language="fr")
    assert sorted(codes(check_records(small_open, [wrong]))) == [
        ("settings", "car_kmh", "out-of-range"),
        ("settings", "language", "choice-wrong"),
        ("settings", "zone", "zone-unknown"),
    ]


def test_faults_that_the_plan_has_already_are_not_told(small_open):
    contract = small_open.plan.contracts[0]
    overlapping = replace(contract, first_day=date(2026, 3, 1))
    with small_open.changing("test") as store:
        put(store, "contracts", [overlapping])
    school = small_open.plan.schools[0]
    assert check_records(small_open, [changed("schools", school, name="Alskolan")]) == ()
    again = replace(contract, first_day=date(2026, 4, 1))
    found = check_records(small_open, [Change(set_name="contracts", before=None, after=again)])
    assert codes(found) == [("contracts", "", "contracts-overlap")]


def test_what_somebody_else_changed_meanwhile_is_told(small_open):
    school = small_open.plan.schools[0]
    with open_plan(small_open.target, actor="somebody else") as other:
        save_records(other, [changed("schools", school, name="Alskolan")])
    with pytest.raises(ConflictError) as refused:
        save_records(small_open, [changed("schools", school, name="Lindskolan")])
    assert refused.value.code == "record-changed"
    assert refused.value.values["value"] == "Askskolan"


def test_what_names_a_record_is_listed_with_what_goes_along(small_open):
    uses = named_by(small_open, "employers", small_open.plan.employers[0])
    assert [(use.set_name, use.n, use.goes_along) for use in uses] == [
        ("shift_types", 1, False),
        ("staff", 4, False),
    ]
    assert uses[1].examples == ("Kontakt Nr1", "Kontakt Nr2", "Kontakt Nr3")
    along = named_by(small_open, "schools", small_open.plan.schools[1])
    assert {(use.set_name, use.n) for use in along if use.goes_along} == {
        ("bell_times", 5),
        ("changed_days", 1),
        ("school_contacts", 2),
    }


def test_a_record_in_use_is_not_removed(small_open):
    with pytest.raises(ConflictError) as refused:
        removal(small_open, "skills", small_open.plan.skills[0])
    assert refused.value.code == "record-used"
    assert {use.set_name for use in refused.value.values["by"]} == {
        "settings",
        "staff_skills",
    }


def test_a_person_on_a_roster_is_not_removed(drafted):
    person = drafted.plan.staff_by_id[small.CONTACTS[0]]
    assert named_by(drafted, "staff", person)[0].set_name == ROSTERS
    with pytest.raises(ConflictError):
        removal(drafted, "staff", person)
    with pytest.raises(ConflictError) as refused:
        save_records(drafted, [Change(set_name="staff", before=person, after=None)])
    assert refused.value.code == "record-in-use"


def test_children_go_along_and_come_back_with_undo(small_open):
    before = small_open.plan
    person = before.staff_by_id[small.CONTACTS[3]]
    changes = removal(small_open, "staff", person)
    assert {change.set_name for change in changes} == {
        "staff",
        "staff_skills",
        "contracts",
        "absences",
    }
    save_records(small_open, changes)
    assert last_command(small_open) == "remove-records"
    assert person.id not in small_open.plan.staff_by_id
    assert small_open.plan.absences == ()
    undo(small_open)
    assert small_open.plan == before


def test_several_records_are_removed_in_one_step(small_open):
    windows = small_open.plan.presence_windows
    save_records(small_open, removal(small_open, "presence_windows", *windows[:3]))
    assert small_open.plan.presence_windows == windows[3:]
    undo(small_open)
    assert small_open.plan.presence_windows == windows


def new_person(name="Nora Ny", real_name="", **values):
    fields = {"id": StaffId(""), "name": real_name, "display_name": name, "employer": small.CITY}
    person = StaffMember(**(fields | values))
    return Bundle(
        set_name="staff",
        record=person,
        inside={
            "staff_skills": (StaffSkill(staff=StaffId(""), skill=small.CONTACT),),
            "contracts": (
                Contract(staff=StaffId(""), first_day=date(2026, 2, 1), rule_book=small.CITY_BOOK),
            ),
        },
    )


def test_a_person_is_added_with_skill_and_contract_in_one_step(small_open):
    before = small_open.plan
    bundle = completed(before, new_person())
    save_bundle(small_open, None, bundle)
    assert last_command(small_open) == "add-records"
    person = small_open.plan.staff_by_id[StaffId("city-1")]
    assert person.name == "Nora Ny"
    assert bundle_of(small_open.plan, "staff", person) == bundle
    undo(small_open)
    assert small_open.plan == before


def test_ids_of_people_hold_no_name_and_others_are_made_of_it(small_open):
    plan = small_open.plan
    assert completed(plan, new_person(real_name="Sara Hemlig")).record.id == "city-1"
    employer = Bundle(set_name="employers", record=Employer(id=EmployerId(""), name="Räddning Åre"))
    assert completed(plan, employer).record.id == "raddning-are"
    city = replace(employer, record=replace(employer.record, name="City"))
    assert completed(plan, city).record.id == "city-2"
    assert slug("Å–Ö!") == "a-o"


def test_a_bundle_keeps_what_did_not_change(small_open):
    person = small_open.plan.staff_by_id[small.OFFICERS[0]]
    bundle = bundle_of(small_open.plan, "staff", person)
    assert bundle_changes(bundle, bundle) == ()
    fewer = replace(
        bundle, inside={**bundle.inside, "staff_skills": bundle.inside["staff_skills"][:1]}
    )
    assert [(one.set_name, one.after) for one in bundle_changes(bundle, fewer)] == [
        ("staff_skills", None)
    ]


def test_inner_records_that_cannot_be_told_apart_are_refused(small_open):
    bundle = new_person()
    twice = replace(
        bundle, inside={**bundle.inside, "staff_skills": bundle.inside["staff_skills"] * 2}
    )
    with pytest.raises(RefusedRecordsError) as refused:
        save_bundle(small_open, None, completed(small_open.plan, twice))
    assert codes(refused.value.faults) == [("staff_skills", "", "id-twice")]


def test_a_copy_has_a_name_of_its_own_and_its_children(small_open):
    with words.speaking("sv"):
        copy = duplicate(bundle_of(small_open.plan, "schools", small_open.plan.schools[0]))
    assert copy.record.name == "Askskolan (kopia)"
    with words.speaking("en"):
        copy = duplicate(bundle_of(small_open.plan, "hotspots", small_open.plan.hotspots[0]))
    assert copy.record.name == "Torget (copy)"
    done = completed(small_open.plan, copy)
    assert done.record.id == "torget-copy"
    save_bundle(small_open, None, done)
    windows = [one for one in small_open.plan.presence_windows if one.hotspot == done.record.id]
    assert len(windows) == 5
    assert len({one.id for one in small_open.plan.presence_windows}) == 10


def test_a_copied_base_roster_has_shifts_and_no_members(small_open):
    bundle = Bundle(
        set_name="base_rosters",
        record=BaseRoster(id="", name="Grund", n_weeks=2, first_monday=small.MONDAY),
        inside={
            "base_roster_shifts": (
                BaseRosterShift(base_roster="", week=1, weekday=1, shift_type=small.EVENING),
            ),
            "base_roster_members": (BaseRosterMember(base_roster="", staff=small.OFFICERS[0]),),
        },
    )
    save_bundle(small_open, None, completed(small_open.plan, bundle))
    kept = bundle_of(small_open.plan, "base_rosters", small_open.plan.base_rosters[0])
    copy = duplicate(kept)
    assert len(copy.inside["base_roster_shifts"]) == 1
    assert copy.inside["base_roster_members"] == ()


def test_a_field_of_several_records_is_changed_in_one_step(small_open):
    schools = small_open.plan.schools
    changes = changed_together("schools", schools, "before_min", 30)
    save_records(small_open, changes)
    assert [school.before_min for school in small_open.plan.schools] == [30, 30]
    assert changed_together("schools", small_open.plan.schools, "before_min", 30) == ()
    undo(small_open)
    assert small_open.plan.schools == schools


def test_records_made_equal_by_their_key_are_refused_and_none_is_lost(small_open):
    skills = small_open.plan.staff_skills[:2]
    changes = changed_together("staff_skills", skills, "staff", small.CONTACTS[3])
    with pytest.raises(RefusedRecordsError) as refused:
        save_records(small_open, changes)
    assert {fault.code for fault in refused.value.faults} == {"id-twice"}
    assert small_open.refresh().staff_skills[:2] == skills


def test_nothing_to_change_writes_nothing(small_open):
    n_entries = len(small_open.store.journal())
    save_records(small_open, [])
    assert len(small_open.store.journal()) == n_entries


def test_a_shift_type_needs_its_times(small_open):
    kind = small_open.plan.shift_types[0]
    bundle = bundle_of(small_open.plan, "shift_types", kind)
    empty = replace(bundle, inside={"shift_parts": ()})
    with pytest.raises(RefusedRecordsError) as refused:
        save_bundle(small_open, bundle, empty)
    assert codes(refused.value.faults) == [("shift_types", "", "shift-type-without-parts")]
    longer = ShiftPart(shift_type=ShiftTypeId(kind.id), ordinal=3, start=time(17), end=time(18))
    more = replace(bundle, inside={"shift_parts": (*bundle.inside["shift_parts"], longer)})
    save_bundle(small_open, bundle, more)
    assert len(small_open.plan.parts_by_shift_type[kind.id]) == len(more.inside["shift_parts"])


def test_texts_of_fields_are_read_as_values(small_open):
    zone = small_open.plan.zone
    assert read_field("bell_times", "first_bell", " 8.05 ", zone) == time(8, 5)
    assert read_field("absences", "start", "2026-11-23 07:00", zone) == small.at(
        small.MONDAY, "07:00"
    )
    assert read_field("schools", "phone", "", zone) == ""
    assert read_field("sites", "latitude", "", zone) is None
    with pytest.raises(InputError):
        read_field("schools", "before_min", "many", zone)


def test_what_must_be_filled_in_is_what_the_record_cannot_do_without():
    assert required_fields("staff") == {"id", "name", "display_name", "employer"}
    assert "squad" not in required_fields("staff")
    assert {"start", "end", "n_crews"} <= required_fields("walk_meetings")


def test_records_without_a_name_are_called_by_what_they_refer_to(small_open):
    plan = small_open.plan
    assert record_name(plan, "staff", plan.staff[0]) == "Kontakt Nr1"
    assert record_name(plan, "absences", plan.absences[0]) == "Kontakt Nr4, 2026-11-23 06:00"
    assert record_name(plan, "settings", plan.settings) == "Small plan"


def test_what_is_missing_does_not_hide_what_is_wrong_elsewhere(small_open):
    person, contract = small_open.plan.staff[0], small_open.plan.contracts[0]
    found = check_records(
        small_open,
        [
            changed("staff", person, display_name=""),
            changed("contracts", contract, rate_percent=120),
        ],
    )
    assert codes(found) == [
        ("staff", "display_name", "value-missing"),
        ("contracts", "rate_percent", "out-of-range"),
    ]
