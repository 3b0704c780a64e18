from dataclasses import replace

import pytest

from planner import messages, words
from planner.domain.roster import Severity
from planner.errors import ConflictError
from planner.services.gaps.of_week import gaps_json
from planner.services.week.checking import check
from tests.planner.small import CONTACTS, FRIDAY, MONDAY, WEEK, save_draft, span


def codes(checked, severity):
    return [finding.code for finding in checked.findings if finding.severity is severity]


def test_hand_made_roster_breaks_no_rule(drafted):
    checked = check(drafted, WEEK)
    assert codes(checked, Severity.VIOLATION) == []
    assert (checked.n_violations, checked.publication) == (0, None)


def test_unconfirmed_rule_book_is_said(drafted):
    with words.speaking("en"):
        texts = [messages.finding_text(drafted.plan, one) for one in check(drafted, WEEK).findings]
    assert "The rule book “Police rules” has not been confirmed by employer and union" in texts


def test_edit_against_a_rule_is_found_with_name_and_day(drafted, small_roster):
    late = replace(small_roster.shifts[0], parts=(span(MONDAY, "07:00", "16:00"),))
    save_draft(drafted, replace(small_roster, shifts=(late, *small_roster.shifts[1:])))
    checked = check(drafted, WEEK)
    assert checked.n_violations > 0
    with words.speaking("en"):
        texts = [messages.finding_text(drafted.plan, one) for one in checked.findings]
    assert any(text.startswith("Kontakt Nr1 Mon 23/11: works 9:00 without") for text in texts)


def test_gap_says_place_time_and_heads(drafted):
    document = gaps_json(drafted, check(drafted, WEEK))
    (open_window,) = [gap for gap in document["gaps"] if gap["kind"] == "school"]
    assert open_window["place"] == "b"
    assert open_window["span"]["start"] == f"{FRIDAY}T14:00:00+01:00"
    assert open_window["missing"] == 1


def test_week_without_roster_has_nothing_to_check(small_open):
    with pytest.raises(ConflictError, match="week-not-generated"):
        check(small_open, WEEK)


def test_shift_of_somebody_absent_is_a_violation(drafted, small_roster):
    absent = replace(small_roster.shifts[0], id="x", staff=CONTACTS[3])
    save_draft(drafted, replace(small_roster, shifts=(*small_roster.shifts, absent)))
    assert "blocked" in codes(check(drafted, WEEK), Severity.VIOLATION)
