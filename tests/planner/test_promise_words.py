"""How a measure of a promise is said to stand."""

import pytest

from planner import words
from planner.domain.follow_up import MeasureFollowUp, PromiseFollowUp
from planner.domain.promises import NotDoneReason
from planner.domain.tallies import Tally, verdict
from planner.promise_words import standing
from tests.planner.domain.followed import AFTER, CONTACTS, PROMISE, WALKS


@pytest.fixture(autouse=True)
def english():
    words.set_language("en")


def said(measure, *, done=0, not_done=0, not_reported=0, to_come=0, is_over=False, is_signed=True):
    """Return what is said of 90 % of contact persons, or of one walk."""
    total = Tally(
        promised=done + not_done + not_reported + to_come,
        done=done,
        not_done={NotDoneReason.WEATHER: not_done} if not_done else {},
        not_reported=not_reported,
        to_come=to_come,
    )
    share = -(-measure.target * total.promised // 100)
    aim = share if measure.is_share else measure.target
    one = MeasureFollowUp(
        measure=measure,
        aim=aim,
        verdict=verdict(total, aim, is_share=measure.is_share, is_over=is_over),
        total=total,
        weeks=(),
        places=(),
        cells=(),
        duties=(),
    )
    found = PromiseFollowUp(
        promise=PROMISE, now=AFTER, is_signed=is_signed, is_over=is_over, measures=(one,)
    )
    return standing(found, one)[0]


def test_while_the_period_lasts_it_is_only_kept_so_far():
    assert said(CONTACTS, done=9, not_done=1, to_come=90) == "Kept so far"
    assert said(CONTACTS, done=8, not_done=2, to_come=90) == "Behind so far"


def test_what_nobody_reported_leaves_it_open():
    assert said(CONTACTS, done=8, not_done=1, not_reported=1, to_come=90) == "Not settled yet"
    assert said(CONTACTS, done=8, not_done=1, not_reported=1, is_over=True) == "Cannot be shown"
    assert said(CONTACTS, done=7, not_done=2, not_reported=1, is_over=True) == "Was not kept"


def test_a_number_that_is_reached_before_the_end_is_so_already():
    assert said(WALKS, done=1, to_come=1) == "Target reached already"
    assert said(WALKS, done=1, is_over=True) == "Was kept"
    assert said(WALKS, to_come=1) == "Not settled yet"


def test_before_it_is_signed_nothing_is_behind():
    assert said(CONTACTS, not_done=3, to_come=97) == "Behind so far"
    assert said(CONTACTS, not_done=3, to_come=97, is_signed=False) == "Not settled yet"
