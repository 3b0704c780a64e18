from dataclasses import replace
from datetime import timedelta

import pytest

from planner import words
from planner.domain.ids import DutyId
from planner.domain.spans import Span
from planner.services.publish.key_in import changes_to_key_in
from planner.services.publish.publishing import publish
from planner.services.publish.versions import DRAFT
from planner.services.roster.views import Decision
from tests.planner.small import CONTACTS, FRIDAY, OFFICERS, WEEK, at, save_draft

OWN_STAFF = {DutyId(f"b/{FRIDAY}/after-1"): Decision.OWN_STAFF}


@pytest.fixture
def changed(drafted, small_roster):
    """The small plan: published, then one shift gone, one longer and one on another day."""
    publish(drafted, WEEK, OWN_STAFF)
    first, second, third, *rest = small_roster.shifts
    part = second.parts[-1]
    longer = (*second.parts[:-1], Span(part.start, part.end + timedelta(hours=1)))
    days = timedelta(days=3)
    later = tuple(Span(one.start + days, one.end + days) for one in third.parts)
    save_draft(
        drafted,
        replace(
            small_roster,
            shifts=(
                replace(second, parts=longer),
                replace(third, day=WEEK.days[5], parts=later),
                *rest,
            ),
        ),
    )
    assert first.staff == CONTACTS[0]
    return drafted


@pytest.fixture
def english():
    with words.speaking("en"):
        yield


@pytest.mark.usefixtures("english")
def test_text_lists_each_persons_days_with_shown_names(changed):
    found = changes_to_key_in(changed, WEEK, 1, DRAFT)
    assert found.text.splitlines() == [
        "Kontakt Nr1",
        "  Mon 23/11: S 07:00–09:00, 13:00–16:00 → free",
        "  Tue 24/11: S 07:00–09:00, 13:00–16:00 → S 07:00–09:00, 13:00–17:00",
        "  Wed 25/11: S 07:00–09:00, 13:00–16:00 → free",
        "  Sat 28/11: free → S 07:00–09:00, 13:00–16:00",
    ]
    assert found.n_changes == 4


@pytest.mark.usefixtures("english")
def test_file_opens_in_swedish_excel_and_has_the_real_names(changed):
    found = changes_to_key_in(changed, WEEK, 1, DRAFT)
    assert found.csv.startswith(b"\xef\xbb\xbf")
    header, first, *_rest = found.csv.decode("utf-8-sig").split("\r\n")
    assert header == "Id;Name;Date;Before;After"
    assert first == "c1;Kontakt Nr1 Äldreson;2026-11-23;S 07:00–09:00, 13:00–16:00;free"
    assert "Äldreson" not in found.text


def test_without_changes_there_is_nothing_to_key_in(changed):
    found = changes_to_key_in(changed, WEEK, 1, 1)
    assert (found.n_changes, found.text) == (0, "")


@pytest.mark.usefixtures("english")
def test_break_is_keyed_in_and_another_partner_is_not(drafted, small_roster):
    publish(drafted, WEEK, OWN_STAFF)
    day = WEEK.days[0]
    own = next(one for one in small_roster.shifts if (one.staff, one.day) == (OFFICERS[0], day))
    pause = Span(at(day, "18:30"), at(day, "19:00"))
    shifts = tuple(
        replace(one, crew=None, breaks=(pause,) if one is own else one.breaks)
        for one in small_roster.shifts
    )
    save_draft(drafted, replace(small_roster, shifts=shifts))
    found = changes_to_key_in(drafted, WEEK, 1, DRAFT)
    assert found.text.splitlines()[1:] == [
        "  Mon 23/11: E 14:00–22:00 (break 18:00–18:30) → E 14:00–22:00 (break 18:30–19:00)"
    ]
