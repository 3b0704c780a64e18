"""What the user drags on the timeline of a day, as edits."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Slot

from planner.domain import edits
from planner.domain.demand import make_duties
from planner.domain.duties import Duty
from planner.domain.ids import DutyId, ShiftId, StaffId
from planner.domain.roster import Roster, Shift
from planner.domain.spans import Span
from ui.editor import Editor, Make
from ui.week.day_drag import Drag, DragKind, Hint
from ui.week.day_timeline import DayTimeline
from ui.week.hints import hint_of


class DayEditing(QObject):
    """Turns drags on the timeline into edits, and says beforehand what they would do."""

    def __init__(self, editor: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._week: object = None
        self._duties: dict[DutyId, Duty] = {}

    def listen(self, timeline: DayTimeline) -> None:
        """Do what is dropped on a timeline."""
        timeline.duty_dropped.connect(self._drop_duty)
        timeline.shift_dropped.connect(self._drop_shift)
        timeline.shift_resized.connect(self._resize_shift)

    def preview(self, drag: Drag) -> Hint | None:
        """Return what letting go would mean."""
        plan = self._editor.plan
        make = self._make(drag)
        return hint_of(self._editor.effect(make), plan) if plan and make else None

    def _make(self, drag: Drag) -> Make | None:
        if drag.kind is DragKind.DUTY and drag.duty is not None:
            return self._duty_move(drag.duty, drag.staff, drag.to_staff, drag.to_span.start)
        if drag.kind is DragKind.SHIFT:
            return self._shift_move(drag.shift, drag.to_staff, drag.minutes_moved)
        return self._resize(drag.shift, drag.to_span)

    @Slot(object, object, object, object)
    def _drop_duty(self, duty: DutyId, giver: StaffId, taker: StaffId, start: datetime) -> None:
        self._do("move-duty", self._duty_move(duty, giver, taker, start))

    @Slot(object, object, int)
    def _drop_shift(self, shift: ShiftId, staff: StaffId, minutes: int) -> None:
        self._do("move-shift", self._shift_move(shift, staff, minutes))

    @Slot(object, object, object)
    def _resize_shift(self, shift: ShiftId, start: datetime, end: datetime) -> None:
        self._do("resize-shift", self._resize(shift, Span(start, end)))

    def _do(self, command: str, make: Make | None) -> None:
        if make is not None:
            self._editor.edit(command, make)

    def _duty_move(
        self, duty: DutyId, giver: StaffId, taker: StaffId, start: datetime
    ) -> Make | None:
        found = self._duty(duty)
        if found is None:
            return None
        return lambda roster: edits.hand_over(roster, found, giver, taker, start)

    def _shift_move(self, shift: ShiftId, staff: StaffId, minutes: int) -> Make | None:
        def move(found: Shift, roster: Roster) -> Roster:
            plan = self._editor.plan
            if plan is None:
                return roster
            if minutes:
                later = timedelta(minutes=minutes)
                span = Span(found.span.start + later, found.span.end + later)
                roster = edits.shift_later(plan, roster, found, later)
                found = next(s for s in roster.shifts if s.id == shift and s.span == span)
            return edits.move_shift(plan, roster, found, staff, found.day)

        return self._of_shift(shift, move)

    def _resize(self, shift: ShiftId, span: Span) -> Make | None:
        def resize(found: Shift, roster: Roster) -> Roster:
            plan = self._editor.plan
            return edits.retime_shift(plan, roster, found, span) if plan else roster

        return self._of_shift(shift, resize)

    @staticmethod
    def _of_shift(shift: ShiftId, make: Callable[[Shift, Roster], Roster]) -> Make:
        def edit(roster: Roster) -> Roster:
            found = next((one for one in roster.shifts if one.id == shift), None)
            return roster if found is None else make(found, roster)

        return edit

    def _duty(self, duty: DutyId) -> Duty | None:
        plan, roster = self._editor.plan, self._editor.roster
        if plan is None or roster is None:
            return None
        if self._week != (plan, roster.week):
            self._week = (plan, roster.week)
            self._duties = {each.id: each for each in make_duties(plan, roster.week)}
        return self._duties.get(duty)
