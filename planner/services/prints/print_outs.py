"""Which print-outs of weeks there are, for whom, and what each is made of and by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from planner.reports.audiences import Audience
from planner.reports.briefing_pdf import render_briefings
from planner.reports.coverage_sheet_html import render_coverage_page
from planner.reports.coverage_sheet_pdf import render_coverage_sheets
from planner.reports.day_document import DayDocument
from planner.reports.duty_list_pdf import render_duty_lists
from planner.reports.hours_statement import HoursStatement
from planner.reports.hours_statement_pdf import render_hours_statements
from planner.reports.person_week import PersonWeek
from planner.reports.person_week_pdf import render_person_weeks
from planner.reports.school_sheet import Sheet, for_notice_board
from planner.reports.school_sheet_html import render_school_page
from planner.reports.school_sheet_pdf import render_school_sheets
from planner.reports.week_edition import WeekEdition
from planner.reports.week_frame import week_title
from planner.reports.week_roster_pdf import render_week_rosters
from planner.services.prints.briefings import briefings
from planner.services.prints.coverage_sheets import coverage_sheets
from planner.services.prints.duty_lists import duty_lists
from planner.services.prints.hours_statements import hours_statements
from planner.services.prints.printable import PrintableWeek
from planner.services.prints.week_rosters import week_rosters
from planner.words import N_, long_date

ModelT = TypeVar("ModelT")


class PrintKind(StrEnum):
    """What can be printed of a week."""

    OFFICE = "office"
    NOTICE_BOARD = "notice-board"
    OWN_WEEK = "own-week"
    DUTY_LIST = "duty-list"
    BRIEFING = "briefing"
    COVERAGE = "coverage"
    ROSTER = "roster"
    HOURS = "hours"


class PrintSet(StrEnum):
    """Kinds that are printed together."""

    SCHOOLS = "schools"
    STAFF = "staff"
    HOTSPOTS = "hotspots"
    MANAGER = "manager"


@dataclass(frozen=True, kw_only=True)
class PrintOut(Generic[ModelT]):
    """A kind of print-out.

    Parameters
    ----------
    has_drafts
        Whether a draft may be printed; it says so on every page then.
    parts
        Makes the read models of a week: one for each reader, day or whatever it is printed by, by
        a key of its own. A single one has the key "".
    part_name
        What a reader of the window calls a part.
    render
        Makes one PDF of some of the models.
    render_html
        Makes the web page of one model, for readers who cannot read the PDF.
    reads_earlier
        Whether it tells of the weeks before too.
    label
        Of its files.
    all_label
        Of the file with all parts; empty when there is only one.
    """

    audience: Audience
    printed_with: PrintSet
    has_drafts: bool
    parts: Callable[[PrintableWeek], Mapping[Any, ModelT]]
    part_name: Callable[[ModelT], str]
    render: Callable[[Sequence[ModelT]], bytes]
    label: str
    all_label: str = ""
    render_html: Callable[[ModelT], str] | None = None
    reads_earlier: bool = False


def _school_name(sheet: Sheet[Any]) -> str:
    return sheet.school


def _person_name(own: PersonWeek) -> str:
    return own.display_name


def _day_name(day: DayDocument) -> str:
    return long_date(day.day)


def _whose_hours(statement: HoursStatement) -> str:
    return statement.display_name


def _week_name(edition: WeekEdition) -> str:
    return week_title(edition)


PRINT_OUTS: Mapping[PrintKind, PrintOut[Any]] = {
    PrintKind.OFFICE: PrintOut(
        audience=Audience.SCHOOL_OFFICE,
        printed_with=PrintSet.SCHOOLS,
        has_drafts=False,
        parts=lambda week: week.sheets,
        part_name=_school_name,
        render=render_school_sheets,
        render_html=render_school_page,
        label=N_("office"),
        all_label=N_("all-schools"),
    ),
    PrintKind.NOTICE_BOARD: PrintOut(
        audience=Audience.NOTICE_BOARD,
        printed_with=PrintSet.SCHOOLS,
        has_drafts=False,
        parts=lambda week: {id_: for_notice_board(one) for id_, one in week.sheets.items()},
        part_name=_school_name,
        render=render_school_sheets,
        render_html=render_school_page,
        label=N_("notice-board"),
        all_label=N_("all-schools"),
    ),
    PrintKind.OWN_WEEK: PrintOut(
        audience=Audience.PERSON,
        printed_with=PrintSet.STAFF,
        has_drafts=True,
        parts=lambda week: week.people,
        part_name=_person_name,
        render=render_person_weeks,
        label=N_("own-week"),
        all_label=N_("all"),
    ),
    PrintKind.DUTY_LIST: PrintOut(
        audience=Audience.PLANNER,
        printed_with=PrintSet.STAFF,
        has_drafts=True,
        parts=duty_lists,
        part_name=_day_name,
        render=render_duty_lists,
        label=N_("duty-list"),
        all_label=N_("whole-week"),
    ),
    PrintKind.BRIEFING: PrintOut(
        audience=Audience.OFFICER_IN_CHARGE,
        printed_with=PrintSet.HOTSPOTS,
        has_drafts=True,
        parts=briefings,
        part_name=_day_name,
        render=render_briefings,
        label=N_("briefing"),
        all_label=N_("whole-week"),
    ),
    PrintKind.ROSTER: PrintOut(
        audience=Audience.PLANNER,
        printed_with=PrintSet.STAFF,
        has_drafts=True,
        parts=week_rosters,
        part_name=_week_name,
        render=render_week_rosters,
        label=N_("roster"),
    ),
    PrintKind.HOURS: PrintOut(
        audience=Audience.PERSON,
        printed_with=PrintSet.STAFF,
        has_drafts=True,
        parts=hours_statements,
        part_name=_whose_hours,
        render=render_hours_statements,
        label=N_("hours"),
        all_label=N_("all"),
        reads_earlier=True,
    ),
    PrintKind.COVERAGE: PrintOut(
        audience=Audience.MANAGER,
        printed_with=PrintSet.MANAGER,
        has_drafts=True,
        parts=coverage_sheets,
        part_name=_week_name,
        render=render_coverage_sheets,
        render_html=render_coverage_page,
        label=N_("coverage"),
    ),
}
