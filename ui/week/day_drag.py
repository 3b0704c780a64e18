"""A block on its way to another time or another person."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Literal

from planner.domain.ids import DutyId, ShiftId, StaffId
from planner.domain.spans import MINUTE, Span
from ui.week.day_axis import SNAP_MIN
from ui.week.day_items import Item

LEAST_MIN = 15
"""No shift is made shorter by dragging its end."""


class DragKind(StrEnum):
    """What is dragged."""

    DUTY = "duty"
    SHIFT = "shift"
    SHIFT_START = "shift-start"
    SHIFT_END = "shift-end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drag:
    """What is dragged, from where, and where it would land.

    Parameters
    ----------
    duty
        The duty; nothing when the shift itself is dragged.
    staff, to_staff
        Who has it, and whom it is over.
    span, to_span
        When it is, and when it would be.
    """

    kind: DragKind
    shift: ShiftId
    duty: DutyId | None
    staff: StaffId
    to_staff: StaffId
    span: Span
    to_span: Span

    @property
    def is_moved(self) -> bool:
        """Tell whether letting go now would change anything."""
        return self.to_staff != self.staff or self.to_span != self.span

    @property
    def minutes_moved(self) -> int:
        """Minutes later (positive) or earlier that it would begin."""
        return (self.to_span.start - self.span.start) // MINUTE

    def moved(self, minutes: int, staff: StaffId) -> "Drag":
        """Return the drag when it is so many minutes from where it began, over ``staff``.

        An end that is dragged stays with its person and on its side of the other end.
        """
        start, end, by = self.span.start, self.span.end, timedelta(minutes=minutes)
        if self.kind is DragKind.SHIFT_START:
            start = min(start + by, end - LEAST_MIN * MINUTE)
        elif self.kind is DragKind.SHIFT_END:
            end = max(end + by, start + LEAST_MIN * MINUTE)
        else:
            return replace(self, to_span=Span(start + by, end + by), to_staff=staff)
        return replace(self, to_span=Span(start, end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What letting go would mean, in a few words."""

    tone: Literal["fine", "warning", "danger"]
    text: str


class Dragger:
    """The drag that is going on, if one is, and what is said of it.

    Parameters
    ----------
    preview
        Says what letting go would mean; asked once for each place that the drag comes to.
    """

    def __init__(self, preview: Callable[[Drag], Hint | None] | None) -> None:
        self._preview = preview
        self.drag: Drag | None = None
        self.hint: Hint | None = None

    def begin(self, item: Item, staff: StaffId, kind: DragKind) -> None:
        """Take up a shift, one of its ends, or a duty."""
        if item.shift is None:
            return
        duty = item.duty.duty if item.duty else None
        self.hint = None
        self.drag = Drag(
            kind=kind,
            shift=item.shift.shift,
            duty=duty,
            staff=staff,
            to_staff=staff,
            span=item.span,
            to_span=item.span,
        )

    def move(self, minutes: float, staff: StaffId) -> bool:
        """Move to so many minutes from where it began; return whether that is another place.

        What moves comes to lie on the steps of the clock, wherever it began.
        """
        drag = self.drag
        if drag is None:
            return False
        moved = drag.moved(_snapped(drag, minutes), staff)
        if moved == drag:
            return False
        self.drag = moved
        self.hint = self._preview(moved) if self._preview and moved.is_moved else None
        return True

    def end(self) -> Drag | None:
        """Let go; return the drag if that changes anything."""
        drag, self.drag, self.hint = self.drag, None, None
        return drag if drag and drag.is_moved else None


def _snapped(drag: Drag, minutes: float) -> int:
    if abs(minutes) < SNAP_MIN / 2:
        return 0
    edge = drag.span.end if drag.kind is DragKind.SHIFT_END else drag.span.start
    at_min = edge.timestamp() / 60
    return round(round((at_min + minutes) / SNAP_MIN) * SNAP_MIN - at_min)
