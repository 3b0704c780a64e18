"""Who reads what leaves the program, and the one table of what each may see.

Privacy is first of all a type: what an audience may not see is not in the object that its document
is made from. The table says what those types were made after, and the guard
(:mod:`planner.reports.guard`) holds the finished texts against it.
"""

from collections.abc import Mapping
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
    BOARD = "board"
    """The boards of both parties, and whoever asks for what was put before them."""


SCHOOL_AUDIENCES = frozenset({Audience.SCHOOL_OFFICE, Audience.NOTICE_BOARD})
"""Who reads a school's sheet."""


class Matter(StrEnum):
    """Something that not everybody may see."""

    OFFICER_NAMES = "officer-names"
    OFFICER_PHONES = "officer-phones"
    CONTACT_NAMES = "contact-names"
    """Of contact persons; on a school's sheet the school's own only."""
    SERVICE_PHONES = "service-phones"
    """Of contact persons; on a school's sheet the school's own only."""
    REAL_NAMES = "real-names"
    """Of people whose display name is another: protected identities."""
    IDENTITY_NUMBERS = "identity-numbers"
    ADDRESSES = "addresses"
    """E-mail; a reader's own is no secret, nor is the one that answers go to."""
    PUPIL_NAMES = "pupil-names"
    PATROLS = "patrols"
    """Patrol times, crews and squads."""
    PLACES = "places"
    """Selected places, walks and routes."""
    OTHER_SCHOOLS = "other-schools"
    GAPS = "gaps"
    ABSENCE = "absence"
    ABSENCE_CAUSE = "absence-cause"
    BOUND_TIME = "bound-time"
    """What people are bound to: court, training, meetings."""
    INCIDENTS = "incidents"
    DRAFT = "draft"
    """What is planned and not published."""
    LINKS = "links"
    """Web addresses, which can hold secrets."""
    HOURS = "hours"
    OVERRIDES = "overrides"
    """Broken rules that stand, and why."""
    NOTES = "notes"
    """What planners write on days and shifts."""


_OWN_WEEK = frozenset(
    {
        Matter.CONTACT_NAMES,
        Matter.SERVICE_PHONES,
        Matter.PATROLS,
        Matter.OTHER_SCHOOLS,
        Matter.ABSENCE,
        Matter.BOUND_TIME,
        Matter.DRAFT,
        Matter.LINKS,
        Matter.HOURS,
    }
)
_OF_THE_POLICE = frozenset({Matter.OFFICER_NAMES, Matter.OFFICER_PHONES, Matter.PLACES})

MAY_SEE: Mapping[Audience, frozenset[Matter]] = {
    Audience.SCHOOL_OFFICE: frozenset({Matter.CONTACT_NAMES, Matter.SERVICE_PHONES}),
    Audience.NOTICE_BOARD: frozenset({Matter.SERVICE_PHONES}),
    Audience.PERSON: _OWN_WEEK,
    Audience.OFFICER_IN_CHARGE: (_OWN_WEEK | _OF_THE_POLICE | {Matter.GAPS}) - {Matter.HOURS},
    Audience.PLANNER: _OWN_WEEK
    | _OF_THE_POLICE
    | {Matter.GAPS, Matter.INCIDENTS, Matter.OVERRIDES},
    Audience.MANAGER: (
        _OWN_WEEK | _OF_THE_POLICE | {Matter.GAPS, Matter.INCIDENTS, Matter.OVERRIDES}
    )
    - {Matter.OFFICER_PHONES, Matter.SERVICE_PHONES, Matter.ABSENCE, Matter.BOUND_TIME},
    Audience.BOARD: frozenset(
        {Matter.PLACES, Matter.OTHER_SCHOOLS, Matter.INCIDENTS, Matter.GAPS, Matter.LINKS}
    ),
}
"""What each audience may see, by ``OSL`` and the agreement with the schools.

Nobody is shown real names, personal identity numbers, names of pupils, causes of absence, notes, or
addresses that are not the reader's own. Boards are told of places by their names and by days, never
of patrols; links name the sources of numbers.
"""

OFFICER_MAY_SEE = MAY_SEE[Audience.PERSON] | _OF_THE_POLICE
"""What a person may see who is an officer: colleagues and places are no secret among them."""
