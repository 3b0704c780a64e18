"""Which columns of a file of incidents mean what, and which tell of people and are never read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.errors import Place
from planner.exchange.problems import Problems

_MEANINGS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "uid", "incident id", "incident number", "händelse id", "händelsenummer",
        "ärende", "ärendenummer", "diarienummer", "dnr", "case number", "nr",
    ),
    "at": (
        "at", "date time", "datetime", "date and time", "timestamp", "occurred", "occurred at",
        "tidpunkt", "händelsetid", "datum och tid", "datum tid", "starttid", "brottstid",
    ),
    "day": ("date", "day", "datum", "dag", "händelsedatum", "brottsdatum"),
    "time": ("time", "tid", "klockslag", "kl", "time of day", "tid på dagen"),
    "kind": (
        "kind", "type", "offense type", "offence type", "offense", "offence", "category",
        "brottstyp", "brott", "brottskategori", "kategori", "typ", "händelsetyp", "rubrik",
    ),
    "latitude": ("latitude", "lat", "y", "latitud", "breddgrad"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "longitud", "längdgrad"),
    "north": ("sweref n", "sweref north", "n", "north", "nord", "northing"),
    "east": ("sweref e", "sweref east", "e", "east", "ost", "öst", "easting"),
    "place": (
        "place", "location", "address", "plats", "adress", "område", "gata", "brottsplats",
        "brottsplats adress",
    ),
}  # fmt: skip
"""What headings are called that are read, in small letters, with spaces between words."""

_PEOPLE = re.compile(
    r"(?<![^\W\d_])(?:för|efter|full|last|first|sur)?(?:namn|name)(?:et|s)?(?![^\W\d_])"
    r"|person|pnr|identity|social security|ssn|målsägande|misstänkt|gärnings|offer|victim|suspect|"
    r"offender|witness|vittne|anmälare|complainant|telefon|phone|mobil|e-?post|e-?mail|"
    r"(?<![^\W\d_])(?:ålder|age|kön|gender|sex|född|born|birth|ras|race|ethnic\w*|nationalitet|"
    r"nationality|officer|polisman|handläggare)(?![^\W\d_])",
    re.IGNORECASE,
)
"""Headings under which something of a person stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentColumns:
    """Where in a row each value stands.

    Parameters
    ----------
    at
        Index of the column by meaning: a key of the table above.
    headings
        What the file calls each of them.
    """

    at: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    def cell(self, cells: Sequence[str], meaning: str) -> str:
        """Return a row's cell; empty where there is none."""
        at = self.at.get(meaning)
        return cells[at] if at is not None and at < len(cells) else ""

    def heading(self, *meanings: str) -> str:
        """Return what the file calls the first of the columns that it has."""
        return next((self.headings[one] for one in meanings if one in self.headings), meanings[0])


def incident_columns(header: Sequence[str], place: Place, problems: Problems) -> IncidentColumns:
    """Return the columns that are read.

    What tells of people, and what is not known, is left out and noted as such. Problems: what a
    file of incidents needs is missing, or two columns mean the same.
    """
    found: dict[str, int] = {}
    headings: dict[str, str] = {}
    for number, heading in enumerate(header):
        at = Place(file=place.file, row=place.row, column=heading or None)
        meaning = _meaning(heading)
        if meaning is None:
            if heading:
                code = "incident-person-column" if tells_of_people(heading) else "incident-unread"
                problems.leave_out(code, at, heading)
        elif meaning in found:
            problems.add("incident-column-twice", at, other=headings[meaning])
        else:
            found[meaning], headings[meaning] = number, heading
    if not ("at" in found or {"day", "time"} <= found.keys()):
        problems.add("incident-no-time", place)
    has_position = {"latitude", "longitude"} <= found.keys() or {"north", "east"} <= found.keys()
    if not has_position and "place" not in found:
        problems.add("incident-no-place", place)
    return IncidentColumns(at=found, headings=headings)


def tells_of_people(heading: str) -> bool:
    """Tell whether something of a person stands under a heading."""
    return bool(_PEOPLE.search(" ".join(re.split(r"[\s_]+", heading))))


def _meaning(heading: str) -> str | None:
    words = " ".join(re.split(r"[\s_/()\-.:]+", heading.casefold())).strip()
    return next((meaning for meaning, names in _MEANINGS.items() if words in names), None)
