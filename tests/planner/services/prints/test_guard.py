"""Somebody types what a reader may not see into a field that is printed: nothing leaves."""

from dataclasses import replace

import pypdf
import pytest

from planner import messages, words
from planner.domain.demand import make_duties
from planner.domain.ids import SiteId, StaffId
from planner.domain.places import Hotspot, SafetyWalk
from planner.domain.roster import Note, Override
from planner.errors import ConflictError
from planner.reports.audiences import Audience
from planner.services.plans import open_plan
from planner.services.prints.guard import PrintGuard
from planner.services.prints.print_outs import PrintKind, PrintSet
from planner.services.prints.printable import PrintableWeek
from planner.services.prints.printing import print_pdf, print_week
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.planner import small

OFFICER, CONTACT = small.OFFICERS[0], small.CONTACTS[0]
OFFICE, PERSON = Audience.SCHOOL_OFFICE, Audience.PERSON


@pytest.fixture
def guarded(small_plan, small_roster):
    """Return what makes the guard of the small week, its plan or its roster changed."""

    def make(plan=small_plan, now=None, notes=(), **roster):
        week = PrintableWeek(
            plan=plan,
            roster=replace(small_roster, **roster),
            duties=make_duties(plan, small.WEEK),
        )
        return PrintGuard(week, now or plan, notes)

    return make


@pytest.fixture
def leaks(guarded):
    guard = guarded()
    return lambda audience, owner, text: [
        leak.matter for leak in guard.leaks(audience, [owner], [text])
    ]


def with_member(plan, staff, **values):
    changed = (replace(one, **values) if one.id == staff else one for one in plan.staff)
    return replace(plan, staff=tuple(changed))


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("Kontakt Nr1", []),
        ("Kontakt Nr3, 021-39 01 03", []),
        ("Kontakt Nr2", ["contact-names"]),
        ("021-39 01 02", ["service-phones"]),
        ("Polis Nr1", ["officer-names"]),
        ("+46 10 56 00 01", ["officer-phones"]),
        ("Askskolan", []),
        ("Björkskolan", ["other-schools"]),
        ("Torget", ["places"]),
        ("Samordnaren 021-39 00 00, polisen 114 14", []),
        ("Squad 1", ["patrols"]),
        ("Kontakt Nr1 Äldreson", ["real-names"]),
    ],
)
def test_office_copy_may_hold_what_is_its_own(leaks, text, matters):
    assert leaks(OFFICE, small.SCHOOL_A, text) == matters


def test_notice_board_copy_may_hold_numbers_and_no_names(leaks):
    assert leaks(Audience.NOTICE_BOARD, small.SCHOOL_A, "Kontakt Nr1") == ["contact-names"]
    assert leaks(Audience.NOTICE_BOARD, small.SCHOOL_A, "Samordnaren") == []
    assert leaks(Audience.NOTICE_BOARD, small.SCHOOL_A, "021-39 01 03") == []


def test_officer_knows_places_and_colleagues_and_a_contact_person_does_not(leaks):
    text = "Torget, Polis Nr3, 010-56 00 03"
    assert leaks(PERSON, OFFICER, text) == []
    assert set(leaks(PERSON, CONTACT, text)) == {"places", "officer-names", "officer-phones"}
    assert leaks(PERSON, CONTACT, "Björkskolan, Kontakt Nr2") == []


@pytest.mark.parametrize("audience", Audience)
def test_real_name_is_in_no_document(leaks, audience):
    owner = {PERSON: CONTACT}.get(audience, small.SCHOOL_A)
    assert "real-names" in leaks(audience, owner, "Kontakt Nr1 Äldreson")


def test_contact_person_called_like_an_officer_may_be_named(guarded, small_plan):
    guard = guarded(with_member(small_plan, OFFICER, display_name="Kontakt Nr1"))
    assert not list(guard.leaks(OFFICE, [small.SCHOOL_A], ["Kontakt Nr1"]))


def test_school_at_a_selected_place_may_name_its_site(guarded, small_plan):
    spot = Hotspot(id="yard", name="Askskolan", site=SiteId("site-a"))
    guard = guarded(replace(small_plan, hotspots=(*small_plan.hotspots, spot)))
    assert not list(guard.leaks(OFFICE, [small.SCHOOL_A], ["Askskolan"]))


def test_walk_is_known_to_its_school_and_to_no_other(guarded, small_plan):
    walk = SafetyWalk(
        id="w", name="Vandring vid ån", site=SiteId("site-square"), school=small.SCHOOL_A
    )
    guard = guarded(replace(small_plan, safety_walks=(walk,)))
    assert not list(guard.leaks(OFFICE, [small.SCHOOL_A], ["Vandring vid ån"]))
    assert list(guard.leaks(OFFICE, [small.SCHOOL_B], ["Vandring vid ån"]))


def test_word_of_the_programs_own_is_no_secret(guarded, small_plan):
    heading = words._("Police, not urgent")
    guard = guarded(with_member(small_plan, OFFICER, display_name=heading))
    assert not list(guard.leaks(OFFICE, [small.SCHOOL_A], [heading]))
    assert list(guard.leaks(OFFICE, [small.SCHOOL_A], [f"Entrén, {heading}"]))


def test_notes_and_reasons_stay_with_the_planners(guarded):
    at = small.at(small.MONDAY, "12:00")
    said = "Har bett att få slippa kvällar"
    note = Note(id="n", week=small.WEEK, day=small.MONDAY, text=said, author="x", at=at)
    override = Override(
        id="o",
        week=small.WEEK,
        rule="daily-rest",
        staff=StaffId(CONTACT),
        start=at,
        values="",
        reason="Kom överens med facket i går",
        author="x",
        at=at,
    )
    guard = guarded(notes=(note,), overrides=(override,))
    for audience in Audience:
        assert list(guard.leaks(audience, [CONTACT], [said]))
    assert list(guard.leaks(OFFICE, [small.SCHOOL_A], [override.reason]))
    assert not list(guard.leaks(Audience.PLANNER, [], [override.reason]))


def test_who_became_a_protected_identity_is_in_no_old_document(guarded, small_plan):
    before = with_member(small_plan, CONTACT, name="Kontakt Nr1")
    now = with_member(small_plan, CONTACT, name="Kontakt Nr1", display_name="Vakt 7")
    assert not list(guarded(before).leaks(OFFICE, [small.SCHOOL_A], ["Kontakt Nr1"]))
    for audience in (OFFICE, Audience.PLANNER):
        found = guarded(before, now).leaks(audience, [small.SCHOOL_A], ["Kontakt Nr1"])
        assert [leak.matter for leak in found][:1] == ["real-names"]


def refusal(tmp_path, plan, kind, part):
    """Return the sentence that refuses a print-out of a plan, and see that no file is written."""
    path = tmp_path / "typed.narvaro"
    small.save_plan(path, plan)
    with open_plan(path) as opened:
        small.save_draft(opened, small.make_roster(plan))
        windows = uncovered_windows(opened, small.WEEK)
        publish(opened, small.WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
        with pytest.raises(ConflictError, match="print-refused"):
            print_pdf(opened, small.WEEK, kind)
        with pytest.raises(ConflictError) as refused:
            print_pdf(opened, small.WEEK, kind, part)
        with pytest.raises(ConflictError):
            print_week(opened, small.WEEK, tmp_path / "out", PrintSet.SCHOOLS)
        assert not list((tmp_path / "out").glob("*.pdf"))
    return messages.sentence(refused.value)


def with_school(plan, **values):
    schools = (replace(one, **values) if one.id == small.SCHOOL_A else one for one in plan.schools)
    return replace(plan, schools=tuple(schools))


@pytest.mark.parametrize("kind", [PrintKind.OFFICE, PrintKind.NOTICE_BOARD])
def test_refusal_says_which_sheet_what_and_where_to_look(tmp_path, small_plan, kind):
    plan = with_school(small_plan, meeting_place="Norra entrén (Polis Nr3)")
    said = refusal(tmp_path, plan, kind, small.SCHOOL_A)
    for part in ("Askskolan", "namnet på en polis", "”Polis Nr3”", "mötesplatsen för Askskolan"):
        assert part in said


def test_officers_number_as_the_schools_telephone_is_refused(tmp_path, small_plan):
    plan = with_school(small_plan, phone="010-56 00 03")
    said = refusal(tmp_path, plan, PrintKind.OFFICE, small.SCHOOL_A)
    assert "numret till en polis stå: ”010-56 00 03”" in said
    assert "telefonnumret till Askskolan" in said


def test_pupils_number_in_the_plans_notice_is_refused_everywhere(tmp_path, small_plan):
    settings = replace(small_plan.settings, notice="Gäller även 811218-9876")
    plan = replace(small_plan, settings=settings)
    said = refusal(tmp_path, plan, PrintKind.OWN_WEEK, OFFICER)
    assert "Den egna veckan för Polis Nr1" in said
    assert "ett personnummer stå: ”811218-9876”" in said
    assert "planens upplysning" in said


def test_one_refused_sheet_does_not_keep_the_others_from_being_written(tmp_path, small_plan):
    plan = with_school(small_plan, meeting_place="Norra entrén (Polis Nr3)")
    small.save_plan(tmp_path / "typed.narvaro", plan)
    refused = []
    with open_plan(tmp_path / "typed.narvaro") as opened:
        small.save_draft(opened, small.make_roster(plan))
        windows = uncovered_windows(opened, small.WEEK)
        publish(opened, small.WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
        paths = print_week(
            opened, small.WEEK, tmp_path / "out", PrintSet.SCHOOLS, on_refused=refused.append
        )
    assert [path.name for path in paths] == [
        "2026-W48-b-kontor.pdf",
        "2026-W48-b-kontor.html",
        "2026-W48-alla-skolor-kontor.pdf",
        "2026-W48-b-anslagstavla.pdf",
        "2026-W48-b-anslagstavla.html",
        "2026-W48-alla-skolor-anslagstavla.pdf",
    ]
    assert [error.code for error in refused] == ["print-refused"] * 2
    assert {error.values["name"] for error in refused} == {"Askskolan"}
    together = pypdf.PdfReader(paths[2])
    assert [page.extract_text().count("Björkskolan") for page in together.pages] == [1]
