"""Who reads what leaves the program."""

from enum import StrEnum


class Audience(StrEnum):
    """A reader of documents."""

    SCHOOL_OFFICE = "school-office"
    NOTICE_BOARD = "notice-board"
    PERSON = "person"
    """Somebody who is rostered, of the own week."""
    OFFICER_IN_CHARGE = "officer-in-charge"
    PLANNER = "planner"
    MANAGER = "manager"
