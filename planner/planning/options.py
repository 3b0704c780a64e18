"""The engine's shifts: every type on its days, and odd ones as they come."""

from collections import defaultdict
from datetime import date

from planner.domain.counting import credited_min, worked_min
from planner.domain.ids import EmployerId, RuleBookId, ShiftTypeId
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.domain.rotation import shift_parts
from planner.domain.shifts import ShiftType
from planner.domain.spans import Span, union
from planner.planning.tags import shift_tags
from planner.planning.week_input import WeekInput
from solver.data import problem as engine


class ShiftOptions:
    """What shifts of a week are to the engine.

    Attributes
    ----------
    shifts
        Every type on each day on which it may begin, and the odd shifts that were added.
    meaning
        Type and local day of each of them.
    by_employer
        Names of the types' shifts, for those who may be given them.
    """

    def __init__(self, source: WeekInput) -> None:
        self._source = source
        self.shifts: dict[str, engine.Shift] = {}
        self.meaning: dict[str, tuple[ShiftTypeId | None, date]] = {}
        self.by_employer: dict[EmployerId, list[str]] = defaultdict(list)
        for kind in source.plan.shift_types:
            for day in source.week.days:
                if str(day.isoweekday()) in kind.weekdays:
                    name = _name(kind.id, day)
                    parts = shift_parts(source.plan, kind.id, day)
                    self.shifts[name] = self._made(name, kind, day, parts)
                    self.meaning[name] = (kind.id, day)
                    self.by_employer[kind.employer].append(name)

    def of(self, shift: Shift) -> engine.Shift:
        """Return the engine's shift that equals ``shift``, made for it when no type does."""
        if shift.shift_type is not None:
            known = self.shifts.get(_name(shift.shift_type, shift.day))
            if known and known.parts == tuple(map(self._source.scale.span, shift.parts)):
                return known
        kind = self._kind(shift)
        return self._made(f"odd/{shift.id}", kind, shift.day, tuple(union(shift.parts)))

    def add(self, shift: Shift) -> str:
        """Make ``shift`` one of the engine's shifts; return its name there."""
        option = self.of(shift)
        if option.id not in self.shifts:
            kind = self._kind(shift)
            self.shifts[option.id] = option
            self.meaning[option.id] = (kind.id if kind else None, shift.day)
        return option.id

    def _kind(self, shift: Shift) -> ShiftType | None:
        return self._source.plan.shift_type_by_id.get(shift.shift_type or ShiftTypeId(""))

    def _made(
        self, name: str, kind: ShiftType | None, day: date, parts: tuple[Span, ...]
    ) -> engine.Shift:
        plan, scale = self._source.plan, self._source.scale
        longest_min = max(part.minutes for part in parts)
        break_min = kind.break_min if kind and kind.break_min < longest_min else 0
        return engine.Shift(
            id=name,
            day=(day - self._source.days[0]).days,
            kind=kind.id if kind else "",
            parts=tuple(scale.span(part) for part in parts),
            break_min=break_min,
            lead_in_min=kind.muster_min if kind else 0,
            lead_out_min=kind.report_min if kind else 0,
            counted_min={
                book.id: _counted_min(plan, book.id, parts, break_min) for book in plan.rule_books
            },
            tags=shift_tags(plan, day, parts),
        )


def _name(kind: ShiftTypeId, day: date) -> str:
    return f"{kind}/{day.isoformat()}"


def _counted_min(plan: Plan, book: RuleBookId, parts: tuple[Span, ...], break_min: int) -> int:
    return worked_min(parts, ()) - break_min + credited_min(plan, book, parts)
