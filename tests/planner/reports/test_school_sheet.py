"""The read models: what they can hold, their JSON and their hash."""

import typing
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime

import pytest

from planner.domain.calendar import SchoolDayKind
from planner.domain.duties import Moment
from planner.reports import school_sheet
from planner.reports.school_sheet import (
    NamedContacts,
    NoticeBoardSheet,
    OfficeSheet,
    Presence,
    SheetDay,
    for_notice_board,
)
from planner.reports.sheet_json import sheet_content_hash, sheet_from_json, sheet_to_json
from planner.reports.sheet_news import with_news
from tests.planner.reports.samples import DAYS, office_sheet, school_day, window

CLOSED = SchoolDayKind.CLOSED
FORBIDDEN = ("officer", "hotspot", "absen", "gap", "bound", "crew", "draft", "patrol", "pupil")


def reachable(kind: object, bound: object) -> set[tuple[str, str]]:
    """Return (class, field) of every dataclass field that a value of ``kind`` can lead to."""
    found: set[tuple[str, str]] = set()
    if isinstance(kind, typing.TypeVar):
        return reachable(bound, bound)
    origin = typing.get_origin(kind)
    if isinstance(origin, type) and is_dataclass(origin):
        kind = origin
    elif origin is not None or typing.get_args(kind):
        for part in typing.get_args(kind):
            found |= reachable(part, bound)
        return found
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        for field in fields(kind):
            found.add((kind.__name__, field.name))
            found |= reachable(hints[field.name], bound)
    return found


def test_notice_board_type_has_no_place_for_a_name():
    found = reachable(NoticeBoardSheet, Presence)
    assert ("SheetWindow", "who") in found
    assert ("Span", "start") in found
    assert not [field for field in found if "name" in field[1]]
    assert not {kind for kind, _field in found} & {"NamedContacts", "Callee"}


def test_walk_through_types_would_find_the_names_of_the_office_copy():
    found = reachable(OfficeSheet, NamedContacts | Presence)
    assert {("NamedContacts", "display_names"), ("Callee", "display_name")} <= found


@pytest.mark.parametrize("kind", [OfficeSheet, NoticeBoardSheet])
def test_no_copy_has_a_place_for_what_a_school_may_not_see(kind):
    names = {field for _kind, field in reachable(kind, NamedContacts | Presence)}
    assert not [name for name in names for word in FORBIDDEN if word in name]


def test_module_knows_nothing_of_people_places_or_rosters():
    known = {getattr(value, "__module__", "") for value in vars(school_sheet).values()}
    assert not known & {f"planner.domain.{part}" for part in ("staff", "places", "roster", "plan")}


def test_notice_board_sheet_refuses_a_name_that_types_did_not_stop():
    office = office_sheet()
    board = for_notice_board(office)
    with pytest.raises(TypeError):
        replace(board, days=office.days)


def test_notice_board_sheet_keeps_decisions_and_turns_names_into_the_role():
    days = (school_day(DAYS[0]), school_day(DAYS[1], Presence.CANCELLED))
    board = for_notice_board(office_sheet(*days))
    who = [one.who for day in board.days for one in day.windows]
    assert who == [Presence.CONTACT_PERSON] * 2 + [Presence.CANCELLED] * 2
    assert board.substitute_phones == ("021-39 00 12",)


@pytest.mark.parametrize("names", [(), ("",), ("Anna B", " ")])
def test_named_contacts_are_never_blank(names):
    with pytest.raises(ValueError, match="name"):
        NamedContacts(display_names=names)


def test_json_brings_back_the_same_sheet():
    days = (
        school_day(DAYS[0], site="Hus A", grade_group="F–3", is_changed=True),
        school_day(DAYS[1], Presence.OWN_STAFF),
        school_sheet.SheetDay(day=DAYS[2], kind=SchoolDayKind.HOLIDAY, occasion="Alla helgons dag"),
    )
    for sheet in (office_sheet(*days), office_sheet(coordinator=None, replaces=None)):
        assert sheet_from_json(sheet_to_json(sheet)) == sheet


def test_sheet_of_an_earlier_program_has_no_news():
    sheet = office_sheet()
    data = sheet_to_json(sheet)
    del data["has_new_numbers"]
    for day in data["days"]:
        del day["gone"]
        for one in day["windows"]:
            del one["news"]
    assert sheet_from_json(data) == sheet
    assert not sheet.has_news


def test_news_come_back_from_json_and_are_not_what_the_sheet_says():
    sheet = office_sheet(school_day(DAYS[0], "Ali K"), SheetDay(day=DAYS[1], kind=CLOSED))
    marked = with_news(sheet, office_sheet(school_phone="021-1"))
    assert marked.has_news
    assert sheet_from_json(sheet_to_json(marked)) == marked
    assert sheet_content_hash(marked) == sheet_content_hash(sheet)


def test_hash_stays_when_only_the_edition_differs():
    sheet = office_sheet()
    later = replace(
        sheet, version=4, replaces=3, published_at=datetime(2026, 11, 20, 9, tzinfo=UTC)
    )
    assert sheet_content_hash(later) == sheet_content_hash(sheet)


@pytest.mark.parametrize(
    "change",
    [
        {"school_phone": "021-1"},
        {"substitutes": ()},
        {"notice": "Påhittat"},
        {"days": (school_day(DAYS[0], "Ali K"),)},
        {"days": (school_day(DAYS[0], Presence.OWN_STAFF),)},
    ],
)
def test_hash_changes_with_what_the_sheet_says(change):
    assert sheet_content_hash(office_sheet(**change)) != sheet_content_hash(office_sheet())


def test_hash_tells_decisions_apart():
    hashes = {
        sheet_content_hash(
            office_sheet(
                replace(
                    school_day(DAYS[0]),
                    windows=(window(DAYS[0], Moment.BEFORE, ("07:15", "08:15"), who),),
                )
            )
        )
        for who in Presence
    }
    assert len(hashes) == len(Presence)
