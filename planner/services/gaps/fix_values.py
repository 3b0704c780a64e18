"""What would close a gap: plain values, not yet in words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planner.domain.changed import WeekDifferences
from planner.domain.changes import Change
from planner.domain.demand import session_duty
from planner.domain.ids import SkillId, StaffId
from planner.domain.places import InformationSession
from planner.domain.plan import Plan
from planner.domain.roster import Finding, Gap, Roster, Shift
from planner.domain.spans import Span

ODD_TIMES: Final = "not-offered"
"""The finding that says that a shift is none of the types on offer."""


class FixKind(StrEnum):
    """How a gap would be closed."""

    ASSIGN = "assign"
    """Somebody who is at work does it."""
    MOVE = "move"
    """Duties begin at another time for it."""
    SHIFT = "shift"
    """A shift begins and ends earlier or later, as long as before."""
    LONGER = "longer"
    """A shift begins earlier or ends later: overtime."""
    SWAP = "swap"
    """Another takes over what has to give way."""
    SESSION = "session"
    """An information session is agreed anew with its school, for another time."""
    WEEK = "week"
    """One person's, or a crew's, shifts are picked anew."""
    RELAX = "relax"
    """A rule is broken, with consent and a written reason."""
    HIRE = "hire"
    """Somebody who is not there yet comes for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixCosts:
    """What a fix costs.

    Parameters
    ----------
    opened
        Gaps that are there, or larger, only then.
    people
        Whose week changes.
    other_times
        Of those, who would work other hours.
    overtime_min
        Counted minutes beyond contracts that nobody worked before.
    added_min
        Working time that is added in all; less when below 0.
    vetoes, wishes
        People with work on a day that they have vetoed, or wished to be free.
    given
        Given shifts that it changes.
    levels
        Points that it adds by level, in the order of importance.
    """

    opened: tuple[Gap, ...] = ()
    people: tuple[StaffId, ...] = ()
    other_times: tuple[StaffId, ...] = ()
    overtime_min: int = 0
    added_min: int = 0
    vetoes: tuple[StaffId, ...] = ()
    wishes: tuple[StaffId, ...] = ()
    given: tuple[Shift, ...] = ()
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hire:
    """Who would have to come: so many people, with what skills, and when."""

    n_people: int
    skills: frozenset[SkillId]
    span: Span


@dataclass(frozen=True, kw_only=True)
class Fix:
    """A way to close a gap, or a part of it; it was judged by the checks.

    Parameters
    ----------
    people
        Who would cover the gap; nobody yet for a hire.
    base, roster
        The draft that it changes and what that would be; the same for a hire.
    broken
        Rules that it breaks: it needs a written reason.
    closed_heads, left_min
        Heads that lack no more, and minutes of the gap that still lack one.
    shift_by_min
        By how much a shift moves, or grows; 0 otherwise.
    record
        What it changes of the plan's data in the same step, by consent of whom that concerns.
    """

    kind: FixKind
    gap: Gap
    people: tuple[StaffId, ...]
    base: Roster
    roster: Roster
    differences: WeekDifferences | None
    broken: tuple[Finding, ...]
    costs: FixCosts
    closed_heads: int = 1
    left_min: int = 0
    shift_by_min: int = 0
    hire: Hire | None = None
    record: Change | None = None

    @property
    def records(self) -> tuple[Change, ...]:
        """What it changes of the plan's data."""
        return (self.record,) if self.record else ()

    @property
    def session(self) -> InformationSession | None:
        """The information session as it would be agreed; nothing of any other fix."""
        after = self.record.after if self.record else None
        return after if isinstance(after, InformationSession) else None

    def session_span(self, plan: Plan) -> Span | None:
        """Return when an information session would be instead; nothing of any other fix."""
        return session_duty(plan, self.session).span if self.session else None

    @property
    def needs_reason(self) -> bool:
        """Whether somebody has to write why: a rule is broken or a given shift changed."""
        return bool(self.broken or self.costs.given)

    @property
    def odd_times(self) -> bool:
        """Whether a shift gets times that no shift type has, which takes consent."""
        return any(finding.code == ODD_TIMES for finding in self.broken)

    @property
    def rank(self) -> tuple[object, ...]:
        """What fixes are compared by, the most important first; less is better."""
        costs = self.costs
        return (
            self.kind is FixKind.HIRE,
            sum(finding.code != ODD_TIMES for finding in self.broken),
            self.left_min,
            bool(costs.given),
            self.record is not None,
            costs.levels[:3],
            len(costs.vetoes),
            len(costs.other_times),
            len(costs.people),
            costs.overtime_min,
            costs.levels[3:],
            abs(self.shift_by_min),
            self.people,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FixesFound:
    """What was found for a gap, the cheapest first.

    Parameters
    ----------
    not_tried
        Kinds that were not looked for in time.
    """

    gap: Gap
    fixes: tuple[Fix, ...]
    not_tried: tuple[FixKind, ...] = ()
