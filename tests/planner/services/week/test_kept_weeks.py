from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from planner import clock, words
from planner.domain import edits
from planner.services.plans import OpenPlan, open_plan
from planner.services.week.editing import keep
from planner.services.week.four_weeks import four_weeks_view
from planner.services.week.kept_weeks import N_KEPT, KeptWeeks
from tests.planner.small import MONDAY, WEEK


@pytest.fixture
def kept(drafted: OpenPlan) -> KeptWeeks:
    return KeptWeeks(drafted)


def write_note(plan: OpenPlan) -> None:
    before = plan.store.load_roster(WEEK)
    after = edits.write_note(before, MONDAY, None, text="x", author="a", at=clock.now())
    keep(plan, before, after, "note")


def test_week_is_read_once_while_nothing_changes(kept):
    shown = kept.week(WEEK)
    kept.week(WEEK.shifted(1))
    assert kept.week(WEEK) is shown


def test_week_is_read_again_when_it_is_asked_anew(kept):
    shown, other = kept.week(WEEK), kept.week(WEEK.shifted(1))
    assert kept.week(WEEK, anew=True) is not shown
    assert kept.week(WEEK.shifted(1)) is not other


def test_week_is_read_again_after_a_command(kept, drafted):
    shown = kept.week(WEEK)
    write_note(drafted)
    again = kept.week(WEEK)
    assert again is not shown
    assert again.view.days[0].note == "x"


def test_week_is_read_again_after_somebody_elses_command(kept, drafted):
    shown = kept.week(WEEK)
    with open_plan(drafted.target) as other:
        write_note(other)
    again = kept.week(WEEK)
    assert again is not shown
    assert again.view.days[0].note == "x"


def test_week_is_read_again_when_the_records_are(kept, drafted):
    shown = kept.week(WEEK)
    drafted.refresh()
    assert kept.week(WEEK) is not shown


def test_week_is_read_again_in_another_language_and_on_another_day(kept, monkeypatch):
    shown = kept.week(WEEK)
    words.set_language("en")
    in_english = kept.week(WEEK)
    assert in_english is not shown
    tomorrow = datetime(2031, 1, 1, tzinfo=ZoneInfo("UTC")).date()
    monkeypatch.setattr(clock, "today", lambda _zone: tomorrow)
    assert kept.week(WEEK) is not in_english


def test_the_week_used_longest_ago_is_let_go(kept):
    shown = kept.week(WEEK)
    for n in range(1, N_KEPT):
        kept.week(WEEK.shifted(n))
    assert kept.week(WEEK) is shown
    for n in range(1, N_KEPT + 1):
        kept.week(WEEK.shifted(n))
    assert kept.week(WEEK) is not shown


def test_four_weeks_are_those_of_the_plan(kept, drafted):
    assert kept.four_weeks(WEEK.shifted(-1)) == four_weeks_view(drafted, WEEK.shifted(-1))
