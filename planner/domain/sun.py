"""When the sun sets and rises, to the minute or so."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import acos, asin, cos, degrees, radians, sin, tan

_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_CENTURY = timedelta(days=36_525)
_ZENITH = 90.833
"""Degrees from straight above at which the sun's upper edge touches the horizon, the air's bending
of the light included (NOAA)."""
_N_ROUNDS = 3
"""The sun moves while it sets: each round takes its place at the time found in the one before."""


@lru_cache(maxsize=4096)
def sunset(day: date, latitude: float, longitude: float) -> datetime | None:
    """Return when the sun sets on a day, in UTC; nothing where it stays up or down.

    The day is the one at the place by its own sun. By the equations of NOAA's Global Monitoring
    Laboratory, after Meeus, "Astronomical Algorithms" (1991), which are good to a minute between
    the polar circles and to about ten beyond; hills and houses are not known.

    Parameters
    ----------
    latitude, longitude
        Degrees, north and east positive.
    """
    return _crossing(day, latitude, longitude, sign=-1)


@lru_cache(maxsize=4096)
def sunrise(day: date, latitude: float, longitude: float) -> datetime | None:
    """Return when the sun rises on a day; see :func:`sunset`."""
    return _crossing(day, latitude, longitude, sign=1)


def _crossing(day: date, latitude: float, longitude: float, *, sign: int) -> datetime | None:
    midnight = datetime.combine(day, time(), UTC)
    at = midnight + timedelta(minutes=720 - 4 * longitude)
    for _round in range(_N_ROUNDS):
        declination, equation_min = _sun(at)
        angle = _hour_angle(latitude, declination)
        if angle is None:
            return None
        minutes = 720 - 4 * (longitude + sign * angle) - equation_min
        at = midnight + timedelta(minutes=minutes)
    return at.replace(second=0, microsecond=0)


def _hour_angle(latitude: float, declination: float) -> float | None:
    """Return degrees between noon and the horizon; nothing when the sun does not reach it."""
    lat, dec = radians(latitude), radians(declination)
    cosine = cos(radians(_ZENITH)) / (cos(lat) * cos(dec)) - tan(lat) * tan(dec)
    return degrees(acos(cosine)) if -1 <= cosine <= 1 else None


def _sun(at: datetime) -> tuple[float, float]:
    """Return the sun's declination in degrees and the equation of time in minutes."""
    t = (at - _J2000) / _CENTURY
    mean_longitude = (280.46646 + t * (36000.76983 + t * 0.0003032)) % 360
    anomaly = radians(357.52911 + t * (35999.05029 - 0.0001537 * t))
    eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    center = (
        sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
        + sin(2 * anomaly) * (0.019993 - 0.000101 * t)
        + sin(3 * anomaly) * 0.000289
    )
    node = radians(125.04 - 1934.136 * t)
    longitude = radians(mean_longitude + center - 0.00569 - 0.00478 * sin(node))
    seconds = 21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))
    obliquity = radians(23 + (26 + seconds / 60) / 60 + 0.00256 * cos(node))
    declination = degrees(asin(sin(obliquity) * sin(longitude)))
    y = tan(obliquity / 2) ** 2
    mean = radians(mean_longitude)
    equation = (
        y * sin(2 * mean)
        - 2 * eccentricity * sin(anomaly)
        + 4 * eccentricity * y * sin(anomaly) * cos(2 * mean)
        - 0.5 * y * y * sin(4 * mean)
        - 1.25 * eccentricity**2 * sin(2 * anomaly)
    )
    return declination, 4 * degrees(equation)
