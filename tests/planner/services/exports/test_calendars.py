"""Calendars of people and schools, from publications to files that another library reads."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
import vobject

from planner import clock
from planner.domain.ids import DutyId, SchoolId
from planner.domain.staff import BoundTime, Standby
from planner.errors import ConflictError
from planner.services.exports.calendars import write_calendars
from planner.services.plans import open_plan
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.planner import everything, small
from tests.planner.writing import put_plan, take_away

OPEN = DutyId(f"b/{small.FRIDAY}/after-1")
OFFICER, CONTACT = small.OFFICERS[0], small.CONTACTS[0]


@pytest.fixture(autouse=True)
def ticking(monkeypatch):
    """Let every look at the clock be a minute later, so that no two publications coincide."""
    start, looks = clock.now(), iter(range(1000))
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=next(looks)))


@pytest.fixture
def written(tmp_path):
    """Publish a week, and return the files by name."""

    def write(plan, decision=Decision.OWN_STAFF, out="out"):
        if decision is not None:
            publish(plan, small.WEEK, {OPEN: decision})
        paths = write_calendars(plan, small.WEEK, tmp_path / out)
        return {path.relative_to(tmp_path / out).as_posix(): path.read_bytes() for path in paths}

    return write


def change(plan, records):
    with plan.changing("test") as store:
        put_plan(store, records)


def open_windows(plan):
    return uncovered_windows(plan, small.WEEK)


def events(files, name):
    calendar = vobject.readOne(files[name].decode())
    return getattr(calendar, "vevent_list", [])


def confirmed(files, name):
    return [one for one in events(files, name) if one.status.value == "CONFIRMED"]


def at(event):
    return event.dtstart.value.astimezone(UTC)


def by_uid(files, name):
    return {one.uid.value: one for one in events(files, name)}


def test_everybody_in_the_week_has_a_file_of_a_name_that_stays(drafted, written):
    assert set(written(drafted)) == {
        *(f"staff/narvaro-{id_}.ics" for id_ in (*small.CONTACTS, *small.OFFICERS)),
        "schools/narvaro-a.ics",
        "schools/narvaro-b.ics",
    }


def test_person_has_each_shift_with_what_is_done_in_it_and_each_duty_with_its_place(
    drafted, written
):
    files = written(drafted)
    monday = [
        one for one in events(files, "staff/narvaro-c1.ics") if at(one).date() == small.MONDAY
    ]
    told = [
        (one.summary.value, f"{one.dtstart.value:%H:%M}–{one.dtend.value:%H:%M}", one.transp.value)
        for one in monday
    ]
    assert told == [
        ("S School", "07:00–09:00", "OPAQUE"),
        ("Askskolan", "07:25–08:10", "TRANSPARENT"),
        ("S School", "13:00–16:00", "OPAQUE"),
        ("Askskolan", "14:00–14:45", "TRANSPARENT"),
    ]
    assert monday[0].description.value == "07:25–08:10 Askskolan, Entrén"
    assert monday[1].location.value == "Askskolan, Entrén"


def test_officers_calendar_names_no_colleague(drafted, written):
    data = written(drafted)[f"staff/narvaro-{OFFICER}.ics"].decode()
    assert "Torget" in data
    assert "Polis" not in data


def test_absence_is_in_no_calendar_and_bound_time_and_stand_by_are(
    small_open, small_roster, written
):
    start, end = small.at(small.THURSDAY, "09:00"), small.at(small.THURSDAY, "12:00")
    person = small.CONTACTS[3]
    plan = replace(
        small_open.plan,
        bound_times=(BoundTime(id="b", staff=person, start=start, end=end, title="Kurs"),),
        standbys=(Standby(id="s", staff=person, start=end, end=end + timedelta(hours=3)),),
    )
    change(small_open, plan)
    small.save_draft(small_open, small_roster)
    titles = {one.summary.value for one in events(written(small_open), "staff/narvaro-c4.ics")}
    assert {"Bunden tid", "Beredskap"} <= titles
    assert not any("nvaro" in title for title in titles)


def test_school_has_its_windows_by_role_and_nothing_of_others(drafted, written):
    data = written(drafted)["schools/narvaro-b.ics"]
    found = events({"b": data}, "b")
    titles = {one.summary.value for one in found}
    assert titles == {
        "Före skolan: Kontaktperson",
        "Efter skolan: Kontaktperson",
        "Efter skolan: Skolans personal",
    }
    assert all(one.location.value == "Björkskolan, Entrén" for one in found)
    assert {one.transp.value for one in found} == {"TRANSPARENT"}
    text = data.decode()
    for secret in ("Kontakt Nr", "Polis", "Torget", "Askskolan", "Squad", "021-"):
        assert secret not in text


def test_window_that_was_cancelled_from_the_start_is_no_event(drafted, written):
    friday = [
        one.summary.value
        for one in events(written(drafted, Decision.CANCELLED), "schools/narvaro-b.ics")
        if at(one).date() == small.FRIDAY
    ]
    assert friday == ["Före skolan: Kontaktperson"]


def test_same_publication_gives_the_same_bytes(drafted, written, tmp_path):
    files = written(drafted)
    again = write_calendars(drafted, small.WEEK, tmp_path / "again")
    assert [path.read_bytes() for path in again] == [
        files[path.relative_to(tmp_path / "again").as_posix()] for path in again
    ]


def test_publishing_the_same_again_changes_no_event(drafted, written):
    assert written(drafted) == written(drafted)


def test_duty_that_another_takes_over_is_cancelled_for_one_and_new_for_the_other(
    drafted, small_roster, written
):
    duty = f"a/{small.FRIDAY}/after-1"
    before = written(drafted)
    given = tuple(
        replace(one, staff=small.CONTACTS[1]) if one.duty == duty else one
        for one in small_roster.assignments
    )
    small.save_draft(drafted, replace(small_roster, assignments=given))
    after = written(drafted)

    gone = [one for one in events(after, "staff/narvaro-c1.ics") if one.status.value == "CANCELLED"]
    assert [(one.sequence.value, at(one).date()) for one in gone] == [("1", small.FRIDAY)]
    assert gone[0].uid.value in by_uid(before, "staff/narvaro-c1.ics")
    changed = {
        uid: one.sequence.value
        for uid, one in by_uid(after, "staff/narvaro-c1.ics").items()
        if one.sequence.value != "0"
    }
    assert len(changed) == 2  # the duty, and the shift that lists it
    new = (
        by_uid(after, "staff/narvaro-c2.ics").keys() - by_uid(before, "staff/narvaro-c2.ics").keys()
    )
    assert len(new) == 1
    assert after["schools/narvaro-a.ics"] == before["schools/narvaro-a.ics"]


def test_window_that_is_cancelled_later_stays_as_cancelled(drafted, written):
    before = by_uid(written(drafted), "schools/narvaro-b.ics")
    after = by_uid(written(drafted, Decision.CANCELLED), "schools/narvaro-b.ics")
    assert before.keys() == after.keys()
    (gone,) = [one for one in after.values() if one.status.value == "CANCELLED"]
    assert (gone.sequence.value, gone.summary.value) == ("1", "Inställt")
    assert before[gone.uid.value].summary.value == "Efter skolan: Skolans personal"


def test_whoever_left_the_week_gets_a_calendar_without_it(drafted, small_roster, written):
    written(drafted)
    plan = drafted.plan
    contracts = tuple(one for one in plan.contracts if one.staff == CONTACT)
    with drafted.changing("test") as store:
        take_away(store, "contracts", contracts)
    given = tuple(
        replace(one, staff=small.CONTACTS[2]) if one.staff == CONTACT else one
        for one in small_roster.assignments
    )
    shifts = tuple(one for one in small_roster.shifts if one.staff != CONTACT)
    small.save_draft(drafted, replace(small_roster, shifts=shifts, assignments=given))
    left = events(written(drafted), f"staff/narvaro-{CONTACT}.ics")
    assert {one.status.value for one in left} == {"CANCELLED"}


def test_shift_that_moves_within_its_day_is_the_same_event(drafted, small_roster, written):
    before = confirmed(written(drafted), "staff/narvaro-p1.ics")
    later = tuple(
        replace(
            one, parts=tuple(replace(part, end=part.end + timedelta(hours=1)) for part in one.parts)
        )
        if one.staff == OFFICER
        else one
        for one in small_roster.shifts
    )
    small.save_draft(drafted, replace(small_roster, shifts=later))
    after = confirmed(written(drafted), "staff/narvaro-p1.ics")
    shifts = [one for one in after if one.transp.value == "OPAQUE" and one.sequence.value == "1"]
    assert shifts
    assert {one.uid.value for one in after} == {one.uid.value for one in before}


def test_calendar_holds_all_published_weeks(drafted, small_roster, written, tmp_path):
    week = small.WEEK.shifted(1)
    later = timedelta(days=7)
    shifts = tuple(
        replace(
            one,
            id=f"{one.id}x",
            day=one.day + later,
            parts=tuple(
                replace(part, start=part.start + later, end=part.end + later) for part in one.parts
            ),
            breaks=(),
        )
        for one in small_roster.shifts
    )
    small.save_draft(drafted, replace(small_roster, week=week, shifts=shifts, assignments=()))
    written(drafted)
    windows = uncovered_windows(drafted, week)
    publish(drafted, week, {one.duty: Decision.OWN_STAFF for one in windows})
    write_calendars(drafted, week, tmp_path / "out")
    data = (tmp_path / "out/staff/narvaro-c1.ics").read_text()
    days = {at(one).date() for one in vobject.readOne(data).vevent_list}
    assert {small.MONDAY, small.MONDAY + later} <= days


def test_nothing_is_written_of_a_week_that_is_not_published(drafted, tmp_path):
    with pytest.raises(ConflictError, match="week-not-published"):
        write_calendars(drafted, small.WEEK, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_name_typed_into_a_meeting_place_stops_the_calendars(drafted, written, tmp_path):
    plan = drafted.plan
    schools = tuple(replace(one, meeting_place="Kontakt Nr1 vid entrén") for one in plan.schools)
    change(drafted, replace(plan, schools=schools))
    with pytest.raises(ConflictError, match="print-refused") as refused:
        written(drafted)
    assert str(small.WEEK) in refused.value.values["name"]
    assert not (tmp_path / "out").exists()


def test_what_was_refused_once_does_not_stop_a_corrected_week(drafted, written, small_roster):
    plan = drafted.plan
    wrong = tuple(replace(one, meeting_place="Kontakt Nr2 vid entrén") for one in plan.schools)
    change(drafted, replace(plan, schools=wrong))
    publish(drafted, small.WEEK, {OPEN: Decision.OWN_STAFF})
    change(drafted, plan)
    small.save_draft(drafted, small_roster)
    assert b"Kontakt Nr2" not in written(drafted)["schools/narvaro-a.ics"]


def test_writing_can_be_stopped(drafted, tmp_path):
    publish(drafted, small.WEEK, {OPEN: Decision.OWN_STAFF})
    stopped = write_calendars(drafted, small.WEEK, tmp_path / "out", should_stop=lambda: True)
    assert stopped == ()
    assert not (tmp_path / "out").exists()


def test_ids_that_make_the_same_file_name_give_nobody_the_calendar_of_another(drafted, written):
    plan = drafted.plan
    twins = tuple(
        replace(plan.schools[0], id=SchoolId(id_), name=name)
        for id_, name in (("ek 1", "Ekskolan"), ("ek_1", "Enskolan"), ("EK_1", "Emskolan"))
    )
    change(drafted, replace(plan, schools=(*plan.schools, *twins)))
    publish(drafted, small.WEEK, {one.duty: Decision.OWN_STAFF for one in open_windows(drafted)})
    files = written(drafted, decision=None)
    alike = {name: data for name, data in files.items() if "ek_1" in name.casefold()}
    assert len({name.casefold() for name in alike}) == 3
    assert len({data.count(b"Enskolan") > 0 for data in alike.values()}) == 2


def test_calendars_keep_what_is_nobodys_business(small_file, tmp_path):
    with open_plan(small_file) as plan:
        change(plan, everything.make_plan())
        notes, overrides = everything.make_notes()
        roster = replace(small.make_roster(plan.plan), notes=notes, overrides=overrides)
        small.save_draft(plan, roster)
        publish(plan, small.WEEK, {one.duty: Decision.OWN_STAFF for one in open_windows(plan)})
        files = write_calendars(plan, small.WEEK, tmp_path / "out")
        names = {one.display_name for one in plan.plan.staff} | {
            one.name for one in plan.plan.staff
        }
    assert files
    for path in files:
        text = path.read_bytes().replace(b"\r\n ", b"").decode().casefold()
        assert everything.SECRET not in text
        assert not [name for name in names if name.casefold() in text]
        if path.parent.name == "schools":
            assert not [word for word in ("torget", "polis", "squad") if word in text]
