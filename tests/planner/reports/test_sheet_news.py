"""What of a sheet is told to differ from the one on the wall."""

from dataclasses import replace

import pytest

from planner.domain.calendar import SchoolDayKind
from planner.domain.duties import Moment
from planner.reports.school_sheet import Callee, NamedContacts, News, Presence, SheetDay
from planner.reports.sheet_news import with_news
from tests.planner.reports.samples import DAYS, grouped_sheet, office_sheet, window

DAY = DAYS[0]
BEFORE, AFTER = Moment.BEFORE, Moment.AFTER


def sheet(*windows, kind=SchoolDayKind.SCHOOL_DAY):
    return office_sheet(SheetDay(day=DAY, kind=kind, windows=windows))


def morning(times=("07:15", "08:15"), who="Anna B", **more):
    return window(DAY, BEFORE, times, who, **more)


def news(new, old):
    (day,) = with_news(sheet(*new), sheet(*old)).days
    return [one.news for one in day.windows], [one.span for one in day.gone]


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        (morning(), ()),
        (morning(times=("07:00", "08:15")), (News.TIME,)),
        (morning(meeting_place="Södra entrén"), (News.PLACE,)),
        (morning(site="Annexet"), (News.PLACE,)),
        (morning(who="Ali K"), (News.PERSON,)),
        (morning(who=Presence.OWN_STAFF), (News.PERSON,)),
        (
            morning(times=("07:00", "08:00"), who="Ali K", site="X"),
            (News.TIME, News.PLACE, News.PERSON),
        ),
        (morning(grade_group="F–3", is_changed=True), ()),
    ],
)
def test_window_is_told_by_what_differs(old, expected):
    assert news([morning()], [old]) == ([expected], [])


def test_order_of_names_is_no_news():
    two = NamedContacts(display_names=("Anna B", "Bo C"))
    turned = NamedContacts(display_names=("Bo C", "Anna B"))
    new, old = (replace(morning(), who=who) for who in (two, turned))
    assert news([new], [old]) == ([()], [])


def test_window_that_came_and_one_that_went_are_told():
    first, second = morning(grade_group="F–3"), morning(("07:45", "08:30"), grade_group="4–6")
    assert news([first, second], [first]) == ([(), (News.ADDED,)], [])
    assert news([first], [first, second]) == ([()], [second.span])
    after = window(DAY, AFTER, ("14:00", "15:00"))
    assert news([after], [first]) == ([(News.ADDED,)], [first.span])


def test_groups_that_change_places_are_told_apart():
    young, old = morning(grade_group="F–3"), morning(("07:45", "08:30"), grade_group="4–6")
    moved = [replace(young, span=old.span), replace(old, span=young.span)]
    assert news(moved, [young, old]) == ([(News.TIME,), (News.TIME,)], [])


def test_equal_windows_are_counted():
    one, same = morning(), morning()
    assert news([one, one], [one]) == ([(), (News.ADDED,)], [])
    assert news([one], [one, same]) == ([()], [one.span])


def test_day_that_lost_all_its_windows_says_which():
    (day,) = with_news(sheet(kind=SchoolDayKind.STUDY_DAY), sheet(morning())).days
    assert [one.span for one in day.gone] == [morning().span]
    assert not hasattr(day.gone[0], "who")


def test_day_that_was_not_there_is_new():
    (day,) = with_news(
        sheet(morning()), office_sheet(SheetDay(day=DAYS[1], kind=SchoolDayKind.CLOSED))
    ).days
    assert [one.news for one in day.windows] == [(News.ADDED,)]


@pytest.mark.parametrize(
    "change",
    [
        {"school_phone": "021-1"},
        {"coordinator": None},
        {"substitutes": (Callee(display_name="Bo C", phone="021-39 00 12"),)},
    ],
)
def test_numbers_are_new_when_one_of_them_is(change):
    assert with_news(office_sheet(**change), office_sheet()).has_new_numbers
    assert not with_news(office_sheet(), office_sheet()).has_news


def test_marks_are_of_the_last_version_only():
    old = with_news(grouped_sheet(3), grouped_sheet(2))
    assert old.has_news
    assert not with_news(replace(old, notice="X"), old).has_news
