"""Who is shown when the page is narrowed: one way for each view of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from planner.domain.ids import EmployerId, SquadId


class Person(Protocol):
    """What a row says of a person."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def employer(self) -> EmployerId: ...  # noqa: D102
    @property
    def squad(self) -> SquadId | None: ...  # noqa: D102
    @property
    def squad_name(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """An employer and a squad (nothing for all), and a text to search for.

    Parameters
    ----------
    said
        All of it in words, to be told where it leaves nobody; empty when everybody is shown.
    """

    employer: EmployerId | None = None
    squad: SquadId | None = None
    text: str = ""
    said: str = ""

    def shows(self, person: Person, titles: Iterable[str]) -> bool:
        """Tell whether a person is shown, whose duties have these titles."""
        if self.employer not in {None, person.employer} or self.squad not in {None, person.squad}:
            return False
        wanted = self.text.casefold().strip()
        texts = (person.name, person.squad_name, *titles) if wanted else ()
        return not wanted or any(wanted in text.casefold() for text in texts)
