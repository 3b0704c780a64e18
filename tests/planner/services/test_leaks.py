"""What must never reach a school, planted everywhere else and looked for in every print-out."""

from dataclasses import fields, replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner.domain.ids import DutyId, HotspotId, SiteId, StaffId
from planner.domain.roster import Gap, GapReason
from planner.services.plans import open_plan
from planner.services.printing import Audience, print_week
from planner.services.publishing import publish, uncovered_windows
from planner.services.views import Decision
from tests.planner import small

MARK = "ZQX"
"""In no word of ours; a letter and number after it say where a leak came from."""


def marked(record, **names):
    """Return a record with a marker at the end of each of its free texts, and changes by name."""
    texts = {
        field.name: f"{getattr(record, field.name)} {MARK}{field.name}"
        for field in fields(record)
        if field.type == "str" or field.type is str
    }
    return replace(record, **(texts | names))


def plant(plan):
    """Return the small plan with markers in all that the school ``a`` must not see."""
    officers = set(small.OFFICERS)
    return replace(
        plan,
        settings=replace(plan.settings, notice=""),
        staff=tuple(
            replace(
                member,
                name=f"{MARK}real {member.id}",
                display_name=f"{MARK}officer {member.id}",
                service_phone=f"{MARK}010",
            )
            if member.id in officers
            else replace(member, name=f"{MARK}real {member.id}")
            for member in plan.staff
        ),
        squads=tuple(marked(squad) for squad in plan.squads),
        absences=tuple(replace(one, id=f"{MARK}absence") for one in plan.absences),
        bound_times=tuple(
            replace(one, id=f"{MARK}bound", title=f"{MARK}court") for one in plan.bound_times
        ),
        sites=tuple(
            site if site.id == "site-a" else marked(site, name=f"{MARK}site {site.id}")
            for site in plan.sites
        ),
        schools=tuple(
            school
            if school.id == small.SCHOOL_A
            else replace(
                school,
                name=f"{MARK}school",
                meeting_place=f"{MARK}gate",
                phone=f"{MARK}021",
                grades=f"{MARK}grades",
            )
            for school in plan.schools
        ),
        hotspots=tuple(
            replace(spot, name=f"{MARK}hotspot", id=HotspotId(f"{MARK}spot"))
            for spot in plan.hotspots
        ),
        presence_windows=tuple(
            replace(one, id=f"{MARK}{one.id}", hotspot=HotspotId(f"{MARK}spot"))
            for one in plan.presence_windows
        ),
        shift_types=tuple(marked(kind, code=f"{MARK}c") for kind in plan.shift_types),
    )


@pytest.fixture
def prints(tmp_path, small_plan):
    """Return the print-outs of the school ``a``, of a published plan full of markers."""
    plan = plant(small_plan)
    path = tmp_path / "marked.narvaro"
    small.save_plan(path, plan)
    roster = small.make_roster(small_plan)
    gap = Gap(
        duty=DutyId(f"{MARK}gap"),
        need=None,
        title=f"{MARK}gap",
        span=roster.assignments[0].span,
        missing=1,
        reason=GapReason.SUPPLY,
        is_proved=False,
        proof=None,
    )
    # One of the school's own windows is left open, and one is taken by an officer.
    own = [done for done in roster.assignments if done.duty.startswith("a/")]
    assignments = [done for done in roster.assignments if done not in own[:2]]
    assignments.append(replace(own[1], staff=StaffId(small.OFFICERS[2])))
    with open_plan(path) as opened:
        small.save_draft(opened, replace(roster, assignments=tuple(assignments), gaps=(gap,)))
        windows = uncovered_windows(opened, small.WEEK)
        publish(opened, small.WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
        paths = print_week(opened, small.WEEK, tmp_path / "out", Audience.SCHOOLS)
    return [path for path in paths if path.name.startswith("2026-W48-a-")]


def test_markers_are_in_what_is_not_for_schools(small_plan):
    assert MARK in repr(plant(small_plan))


def test_no_marker_is_in_a_schools_text_metadata_or_file_name(prints):
    assert len(prints) == 2
    for path in prints:
        data = path.read_bytes()
        reader = PdfReader(BytesIO(data))
        text = "\n".join(page.extract_text() for page in reader.pages)
        assert "Askskolan" in text
        told = [
            text,
            path.name,
            str(reader.metadata),
            str(reader.xmp_metadata),
            str(reader.outline),
        ]
        assert [part for part in told if MARK.casefold() in part.casefold()] == []
        assert MARK.encode() not in data


def test_no_window_is_blank_and_no_number_is_an_officers(prints):
    for path in prints:
        text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
        assert "Skolans personal" in text
        assert "010-56" not in text


def test_other_schools_are_not_named(prints):
    for path in prints:
        text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
        assert "Björkskolan" not in text
        assert SiteId("site-b") not in text
