"""Who can take something, and what each would cost: plain values, not yet in words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from planner.domain.ids import DutyId, ShiftId, ShiftTypeId, StaffId
from planner.domain.roster import Finding, Gap, Roster
from planner.domain.spans import Span

Make = Callable[[Roster], Roster]
"""An edit: the roster before, the roster after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadWanted:
    """One more head, or one more crew, for a duty."""

    duty: DutyId


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyHandedOver:
    """Somebody else for what ``staff``, and the person's crew, does now."""

    duty: DutyId
    staff: StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftHandedOver:
    """Somebody else for a shift, with its duties."""

    shift: ShiftId


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillWanted:
    """One more at work for a staffing need, in a stretch of time."""

    need: str
    span: Span


Wanted = HeadWanted | DutyHandedOver | ShiftHandedOver | SkillWanted


class WayKind(StrEnum):
    """How somebody would take it."""

    FREE = "free"
    """Already at work, with nothing to do then."""
    HANDS_OVER = "hands-over"
    """Already at work; what the person does then goes to somebody else, or is uncovered."""
    LONGER = "longer"
    """Works that day, and would work other hours."""
    EXTRA = "extra"
    """Would work instead of being free."""
    SWAP = "swap"
    """Would swap shifts with whoever has it."""
    JOINS = "joins"
    """Already at work without a crew; would make one with whoever does it alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """Another duty that goes away, and who takes it; nobody when it is uncovered."""

    duty: DutyId
    title: str
    span: Span
    taker: StaffId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How somebody would take it.

    Parameters
    ----------
    span
        When the person would be there, or at work.
    shift_type
        What the person would work who does not yet, or not so long.
    handed
        What else the person would leave.
    moves_break
        Whether the break moves for it.
    """

    kind: WayKind
    span: Span
    shift_type: ShiftTypeId | None = None
    handed: tuple[Handed, ...] = ()
    moves_break: bool = False


class Familiarity(IntEnum):
    """How well a school knows somebody, the best known first."""

    NAMED = 0
    SUBSTITUTE = 1
    SEEN = 2
    """Has been there this week."""
    STRANGER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What it would cost.

    Parameters
    ----------
    broken
        Rules broken only then.
    opened
        Gaps that are larger, or there only, then.
    left_min
        Minutes of the time wanted that stay uncovered.
    n_disturbed
        Others whose week changes.
    added_min
        Working time that is added.
    balance_before_min, balance_after_min
        Counted minutes above (positive) or below the contract.
    familiarity
        Nothing where no school asks for it.
    wish
        ``veto``, ``free``, ``shift`` (wished for) or empty.
    travel_min
        Travelled minutes that are added.
    short_rest_min
        The shortest rest beside the shift, where it is one that is spared as far as possible.
    notice_days, least_notice_days
        How many days ahead it is told, where that is less than the rule book says.
    given
        Whether it changes a given shift.
    """

    broken: tuple[Finding, ...] = ()
    opened: tuple[Gap, ...] = ()
    left_min: int = 0
    n_disturbed: int = 0
    added_min: int = 0
    balance_before_min: int = 0
    balance_after_min: int = 0
    familiarity: Familiarity | None = None
    wish: str = ""
    travel_min: int = 0
    short_rest_min: int | None = None
    notice_days: int | None = None
    least_notice_days: int = 0
    given: bool = False

    @property
    def n_opened(self) -> int:
        """Heads that would lack elsewhere."""
        return sum(gap.missing for gap in self.opened)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to be called."""

    staff: StaffId
    name: str
    service_phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody, or a crew, who could take it.

    Parameters
    ----------
    people
        One person, or the two who keep together.
    make
        Gives it to them; leaves alone what it does not fit any more.
    """

    people: tuple[Person, ...]
    way: Way
    costs: Costs
    make: Make

    @property
    def is_legal(self) -> bool:
        """Whether it breaks no rule."""
        return not self.costs.broken


class Hindrance(StrEnum):
    """Why somebody cannot take it; who is nearest to it first."""

    RULE = "rule"
    ABSENT = "absent"
    BOUND = "bound"
    UNAVAILABLE = "unavailable"
    LOCKED_DUTY = "locked-duty"
    AT_WORK = "at-work"
    """Is at work then already, which is what is wanted."""
    NO_CREW = "no-crew"
    NO_SHIFT = "no-shift"
    """No shift type of the employer reaches it."""
    ALREADY = "already"
    NOT_EMPLOYED = "not-employed"
    SKILL = "skill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Somebody who cannot take it, and why.

    Parameters
    ----------
    against_rules
        What could be done all the same, by breaking a rule.
    """

    person: Person
    hindrance: Hindrance
    against_rules: Candidate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who can take something, the best first, and who cannot.

    Parameters
    ----------
    title, span
        What is wanted and when: the duty's title, whose shift it is, or the skill.
    n_more
        People who may be able to, at a higher cost than those told.
    """

    wanted: Wanted
    title: str = ""
    span: Span | None = None
    candidates: tuple[Candidate, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    n_more: int = 0
