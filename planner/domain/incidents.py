"""Incidents: what was reported, where and when; nothing of the people in it."""

from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A reported incident; no field can hold a person.

    Parameters
    ----------
    id
        As the source names it, so that an import that is repeated adds nothing twice.
    at
        When it began, in UTC.
    kind
        What it is, in the words of the source, such as ``personrån``.
    latitude, longitude
        WGS 84 degrees; both missing when only the place's name is known.
    place
        What the source calls the place; may be empty.
    source
        Where it comes from: the name of the file, or that it is simulated.
    """

    id: str
    at: datetime
    kind: str
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclinedWindow:
    """A proposed presence window that a planner turned down, so that it is not proposed again.

    Parameters
    ----------
    id
        Of the proposal: the same place, weekday and hours give the same.
    latitude, longitude
        Middle of the place, WGS 84 degrees.
    weekday
        Day on which it begins, Monday 1.
    start, end
        Local time; an end not after the start is next day.
    declined_at
        When, in UTC.
    reason
        In the planner's words; may be empty.
    """

    id: str
    latitude: float
    longitude: float
    weekday: int
    start: time
    end: time
    declined_at: datetime
    reason: str = ""
