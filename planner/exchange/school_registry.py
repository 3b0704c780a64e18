"""School units of the Swedish school registry (Skolenhetsregistret v2), from a saved answer.

A file may hold what ``/v2/school-units/{code}`` answers for one unit, a list of such answers, or
units without the envelope that the service puts around them. The head's name is not read: it is
personal, and the program has no use for it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from planner.domain.ids import SchoolId, SiteId
from planner.domain.plan import Plan
from planner.domain.record_checks import own_faults
from planner.domain.schools import School, Site
from planner.errors import InputError, Place
from planner.exchange.place_rows import PlaceRow, same_name, sheet_of
from planner.exchange.problems import Problems
from planner.exchange.sheets import OnRow, Sheet
from planner.exchange.sweref import to_wgs84

_ACTIVE: Final = "AKTIV"
_COMPULSORY: Final = frozenset({"GR", "FKLASS"})
"""Compulsory school and its preschool class. Schools for pupils with intellectual disabilities
(GRAN) most often share house and staff with one of these; on their own they are added by hand."""
_FROM_REGISTRY: Final = "A"
_DECIMALS: Final = 6
_REACHED: Final = {"email": "email", "phone": "phoneNumber"}
"""What the registry calls the ways to reach a school."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """A school unit as the file has it.

    Parameters
    ----------
    number
        In the file, counted from 1.
    """

    number: int
    code: str
    said: Mapping[str, Any]

    @property
    def name(self) -> str:
        return _text(self.said, "displayName") or _text(self.said, "schoolName") or self.code

    @property
    def municipality(self) -> str:
        return _text(self.said, "municipalityCode")

    @property
    def kinds(self) -> frozenset[str]:
        kinds = self.said.get("schoolTypes")
        return frozenset(map(str, kinds)) if isinstance(kinds, list) else frozenset()


def is_registry(document: Any) -> bool:
    """Tell whether a JSON document may be the registry's."""
    return next(_found(document), None) is not None


def schools_of(
    document: Any, file: str, plan: Plan, problems: Problems, on_row: OnRow
) -> dict[str, Sheet]:
    """Return the compulsory schools of a document, and their sites, as sheets.

    A unit is a school that the plan has by its code, or else by its name, and keeps that id; others
    get their code as id. Units that are not active, or no compulsory school, or in another
    municipality than the plan's schools, are left out.

    Raises
    ------
    InputError
        ``registry-codes-only``: the answer of a search, which holds no more than names.
        ``registry-municipalities``: nothing tells which of several municipalities is meant.
    """
    units = []
    for number, (code, said) in enumerate(_found(document), start=1):
        on_row(file, number)
        units.append(_Unit(number=number, code=code, said=said))
    if not any("addresses" in unit.said or "schoolTypes" in unit.said for unit in units):
        raise InputError("registry-codes-only", place=Place(file=file))
    known = _Known(plan, units)
    wanted = _municipality(units, known, file)
    rows = _Rows(known, problems)
    for unit in units:
        reason = _left_out(unit, wanted)
        if reason:
            place = Place(file=f"{file} [schools]", row=unit.number)
            problems.leave_out(reason, place, unit.name, **_reasons(unit))
        else:
            rows.add(unit)
    return {
        "sites": sheet_of("sites", file, rows.sites.values()),
        "schools": sheet_of("schools", file, rows.schools),
    }


class _Known:
    """Schools of the plan that units are."""

    def __init__(self, plan: Plan, units: Iterable[_Unit]) -> None:
        self.sites = plan.site_by_id
        self._by_id = {str(school.id): school for school in plan.schools}
        names = Counter(same_name(unit.name) for unit in units)
        names.update(same_name(school.name) for school in plan.schools)
        # A name that two schools or two units have tells neither.
        self._by_name = {
            same_name(school.name): school
            for school in plan.schools
            if names[same_name(school.name)] <= 2
        }

    def school(self, unit: _Unit) -> School | None:
        """Return the school that a unit is."""
        return self._by_id.get(unit.code) or self._by_name.get(same_name(unit.name))


class _Rows:
    """Rows of schools and sites; units at one address share a site."""

    def __init__(self, known: _Known, problems: Problems) -> None:
        self._known, self._problems = known, problems
        self.schools: list[PlaceRow] = []
        self.sites: dict[str, PlaceRow] = {}
        self._site_at = {
            same_name(site.address): str(id_) for id_, site in known.sites.items() if site.address
        }

    def add(self, unit: _Unit) -> None:
        school = self._known.school(unit)
        site = self._site(unit, school)
        self.schools.append(
            PlaceRow(
                number=unit.number,
                cells={
                    "id": school.id if school else unit.code,
                    "name": _text(unit.said, "displayName") or _text(unit.said, "schoolName"),
                    "site": site,
                    "grades": _grades(unit) or (school.grades if school else ""),
                    "phone": self._reached(unit, "phone") or (school.phone if school else ""),
                    "email": self._reached(unit, "email") or (school.email if school else ""),
                    "certainty": _FROM_REGISTRY,
                },
            )
        )

    def _reached(self, unit: _Unit, field: str) -> str:
        """Return address or number of a unit; nothing, and a warning, for what is none."""
        said = _text(unit.said, _REACHED[field])
        probe = School(
            id=SchoolId(unit.code),
            name=unit.name,
            site=SiteId(unit.code),
            email=said if field == "email" else "",
            phone=said if field == "phone" else "",
        )
        if any(wrong == field for wrong, *_ in own_faults(probe)):
            self._problems.warn(f"registry-{field}-wrong", name=unit.name, said=said)
            return ""
        return said

    def _site(self, unit: _Unit, school: School | None) -> str:
        """Return the id of a unit's site, with a row for it unless another unit has brought it."""
        address = _visited(unit)
        written = _address(address)
        before = self._known.sites.get(school.site) if school else None
        id_ = before.id if before else self._site_at.get(same_name(written), unit.code)
        if written:
            self._site_at.setdefault(same_name(written), id_)
        if id_ not in self.sites:
            latitude, longitude = _position(address) or _cells_of(before)
            self.sites[id_] = PlaceRow(
                number=unit.number,
                cells={
                    "id": id_,
                    "name": before.name if before else unit.name,
                    "address": written or (before.address if before else ""),
                    "latitude": latitude,
                    "longitude": longitude,
                },
            )
        return id_


def _found(document: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield code and attributes of each unit, whatever is around it."""
    if isinstance(document, list):
        for one in document:
            yield from _found(one)
    elif isinstance(document, dict):
        attributes = document.get("attributes")
        code = _text(document, "schoolUnitCode")
        if isinstance(attributes, dict):
            yield code or _text(attributes, "schoolUnitCode"), attributes
        elif isinstance(attributes, list):
            yield from _found(attributes)
        elif code:
            yield code, document
        elif "data" in document:
            yield from _found(document["data"])


def _municipality(units: Iterable[_Unit], known: _Known, file: str) -> str:
    """Return the municipality that schools are wanted of: where the plan's schools are.

    Raises
    ------
    InputError
        ``registry-municipalities``
    """
    in_plan = Counter(unit.municipality for unit in units if known.school(unit))
    if in_plan:
        return in_plan.most_common(1)[0][0]
    found = sorted({unit.municipality for unit in units if unit.municipality})
    if len(found) > 1:
        raise InputError(
            "registry-municipalities", place=Place(file=file), codes=tuple(found[:5]), n=len(found)
        )
    return found[0] if found else ""


def _left_out(unit: _Unit, municipality: str) -> str:
    """Return why a unit is left out; nothing for one that is wanted."""
    if _text(unit.said, "status") != _ACTIVE:
        return "registry-not-active"
    if unit.municipality != municipality:
        return "registry-elsewhere"
    if not unit.kinds & _COMPULSORY:
        return "registry-not-compulsory"
    return ""


def _reasons(unit: _Unit) -> dict[str, object]:
    return {
        "status": _text(unit.said, "status"),
        "municipality": unit.municipality,
        "kinds": ", ".join(sorted(unit.kinds)),
    }


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _visited(unit: _Unit) -> Mapping[str, Any]:
    """Return the address that people go to, else the first with a position, else none."""
    addresses = unit.said.get("addresses")
    found = (
        [one for one in addresses if isinstance(one, dict)] if isinstance(addresses, list) else []
    )
    by_type = [one for one in found if one.get("type") == "BESOKSADRESS"]
    placed = [one for one in found if one.get("geoCoordinates")]
    return next(iter((*by_type, *placed)), {})


def _address(address: Mapping[str, Any]) -> str:
    """Return such as ``Storgatan 1, 722 10 Västerås``."""
    digits = _text(address, "postalCode").replace(" ", "")
    postal = f"{digits[:3]} {digits[3:]}" if len(digits) == 5 else digits
    town = " ".join(part for part in (postal, _text(address, "locality")) if part)
    return ", ".join(part for part in (_text(address, "streetAddress"), town) if part)


def _position(address: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return latitude and longitude as cells; what is no number is left to whoever reads them."""
    said = address.get("geoCoordinates")
    if not isinstance(said, dict):
        return None
    latitude, longitude, north, east = (
        _text(said, name).replace(",", ".")
        for name in ("latitude", "longitude", "coordinateSweRefN", "coordinateSweRefE")
    )
    if latitude and longitude:
        return _rounded(latitude), _rounded(longitude)
    if not north or not east:
        return None
    try:
        found = to_wgs84(float(north), float(east))
    except ValueError:
        return north, east
    return _rounded(str(found[0])), _rounded(str(found[1]))


def _rounded(degrees: str) -> str:
    try:
        return str(round(float(degrees), _DECIMALS))
    except ValueError:
        return degrees


def _cells_of(site: Site | None) -> tuple[str, str]:
    if site is None or site.latitude is None or site.longitude is None:
        return "", ""
    return str(site.latitude), str(site.longitude)


def _grades(unit: _Unit) -> str:
    """Return such as ``F–6`` or ``1–3, 7–9``; nothing when the file does not say."""
    properties = unit.said.get("schoolTypeProperties")
    of_school = properties.get("gr") if isinstance(properties, dict) else None
    listed = of_school.get("grades") if isinstance(of_school, dict) else None
    numbers = {int(one) for one in listed or () if re.fullmatch(r"\d{1,2}", str(one))}
    if "FKLASS" in unit.kinds:
        numbers.add(0)
    runs = groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    return ", ".join(_run([number for _at, number in run]) for _key, run in runs)


def _run(numbers: list[int]) -> str:
    first, last = (str(number or "F") for number in (numbers[0], numbers[-1]))
    return first if first == last else f"{first}–{last}"
