"""What is told of two rosters of a week that differ: by shift and duty, by person, by place."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from planner.domain.duties import DutyKind, day_of
from planner.domain.ids import DutyId, ShiftTypeId, StaffId
from planner.domain.spans import Span


class ChangeKind(StrEnum):
    """What became of a shift or a duty."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """Of the same person, at other times."""
    CHANGED = "changed"
    """A shift at the same times, with another type, break or crew."""
    HANDED_OVER = "handed-over"
    """A duty that another person does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftState:
    """A shift as it is compared; ``partners`` are those of its crew."""

    day: date
    shift_type: ShiftTypeId | None
    parts: tuple[Span, ...]
    breaks: tuple[Span, ...]
    partners: frozenset[StaffId]

    @property
    def span(self) -> Span:
        """From the first start to the last end."""
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftChange:
    """A person's shift before and after; added without a before, removed without an after.

    Parameters
    ----------
    day
        The earliest that it is or was on.
    """

    staff: StaffId
    day: date
    before: ShiftState | None
    after: ShiftState | None

    @property
    def kind(self) -> ChangeKind:
        """What became of the shift."""
        if self.before is None:
            return ChangeKind.ADDED
        if self.after is None:
            return ChangeKind.REMOVED
        is_same_time = self.before.parts == self.after.parts
        return ChangeKind.CHANGED if is_same_time else ChangeKind.MOVED

    def reversed(self) -> "ShiftChange":
        """Return the change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who does a duty, and when."""

    staff: StaffId
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyChange:
    """One head of a duty before and after; uncovered without an after.

    Parameters
    ----------
    source, title
        Id and name of the place, walk or session.
    duty_kind
        Nothing for a duty that nothing asks for any more.
    """

    duty: DutyId
    source: str
    title: str
    duty_kind: DutyKind | None
    before: Standing | None
    after: Standing | None

    @property
    def kind(self) -> ChangeKind:
        """What became of the duty's head."""
        if self.before is None:
            return ChangeKind.ADDED
        if self.after is None:
            return ChangeKind.REMOVED
        is_same = self.before.staff == self.after.staff
        return ChangeKind.MOVED if is_same else ChangeKind.HANDED_OVER

    @property
    def day(self) -> date:
        """The duty's local day."""
        return day_of(self.duty)

    @property
    def people(self) -> frozenset[StaffId]:
        """Who did it and who does it."""
        return frozenset(one.staff for one in (self.before, self.after) if one is not None)

    def reversed(self) -> "DutyChange":
        """Return the change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """A person's week: at work (bound time included), and credited for inconvenient hours."""

    worked_min: int = 0
    credited_min: int = 0

    @property
    def counted_min(self) -> int:
        """What the rule book counts."""
        return self.worked_min + self.credited_min


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDifferences:
    """What differs for one person; a duty handed over is told to both who are concerned."""

    staff: StaffId
    name: str
    shifts: tuple[ShiftChange, ...]
    duties: tuple[DutyChange, ...]
    before: Minutes
    after: Minutes

    @property
    def is_changed(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.shifts or self.duties or self.before != self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDifferences:
    """What differs in who stands at one place."""

    source: str
    title: str
    duty_kind: DutyKind | None
    duties: tuple[DutyChange, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether anybody else stands there, or at another time."""
        return bool(self.duties)


@dataclass(frozen=True, kw_only=True)
class WeekDifferences:
    """Everything that differs between two rosters.

    Parameters
    ----------
    people, places
        All that are in either roster, in the plan's order; those without a change too.
    names, shift_codes
        What to call the people and the shift types of the changes.
    """

    shifts: tuple[ShiftChange, ...]
    duties: tuple[DutyChange, ...]
    people: tuple[PersonDifferences, ...]
    places: tuple[PlaceDifferences, ...]
    names: dict[StaffId, str]
    shift_codes: dict[ShiftTypeId, str]

    @property
    def is_empty(self) -> bool:
        """Tell whether both rosters say the same."""
        return not self.shifts and not self.duties

    @property
    def n_people(self) -> int:
        """People for whom something differs."""
        return sum(person.is_changed for person in self.people)

    @property
    def n_places(self) -> int:
        """Places at which something differs."""
        return sum(place.is_changed for place in self.places)

    def n_shifts(self, kind: ChangeKind) -> int:
        """Return how many shifts differ in that way."""
        return sum(change.kind is kind for change in self.shifts)

    def n_duties(self, kind: ChangeKind) -> int:
        """Return how many duties' heads differ in that way."""
        return sum(change.kind is kind for change in self.duties)
