"""What the checks say of a roster that was made elsewhere: values, not yet in words."""

from dataclasses import dataclass
from datetime import date

from planner.domain.duties import DutyKind, Moment
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Blocker, Finding, Gap, Shift
from planner.domain.weeks import IsoWeek
from planner.services.shadow.placing import Nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRule:
    """A rule and how often it is broken; the findings, the worst first."""

    code: str
    n_people: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHours:
    """What somebody's shifts count over the whole weeks of the roster, and the contract asks."""

    staff: StaffId
    name: str
    counted_min: int
    target_min: int
    n_findings: int

    @property
    def over_min(self) -> int:
        """Counted minutes above the contract; negative below it."""
        return self.counted_min - self.target_min


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowCoverage:
    """One kind of window of a place over all its days.

    Parameters
    ----------
    moment
        For a school, which side of the day.
    n_wanted, n_covered
        Duties, and those that all who are needed can do.
    """

    source: str
    title: str
    kind: DutyKind
    moment: Moment | None
    n_wanted: int
    n_covered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowGap:
    """A duty, or an hour of a staffing need, without people enough.

    Parameters
    ----------
    nearest
        Who is at work close to it, and how many minutes short of it; unknown for most.
    """

    gap: Gap
    kind: DutyKind | None
    blockers: tuple[Blocker, ...]
    nearest: Nearest | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """What the checks say of a roster that is not the plan's.

    Parameters
    ----------
    plan
        The plan's records and what the roster adds in memory: people, shift types, absences.
    shifts
        Of the people of the roster, on its days.
    whole_weeks
        Weeks whose Monday to Friday the roster knows: in those hours are compared.
    n_unread
        Cells whose code nothing was decided about; they are as if they were empty.
    n_outside
        Duties of weeks in which neither roster nor plan knows the shifts of anybody with the
        skills: they are not judged.
    is_searched
        Whether the engine placed the duties; else one after the other.
    """

    plan: Plan
    first_day: date
    last_day: date
    weeks: tuple[IsoWeek, ...]
    whole_weeks: tuple[IsoWeek, ...]
    shifts: tuple[Shift, ...]
    assignments: tuple[Assignment, ...]
    rules: tuple[BrokenRule, ...]
    hours: tuple[PersonHours, ...]
    windows: tuple[WindowCoverage, ...]
    gaps: tuple[ShadowGap, ...]
    n_unread: int
    n_outside: int
    is_searched: bool = False

    @property
    def n_broken(self) -> int:
        """How often rules are broken."""
        return sum(len(rule.findings) for rule in self.rules)

    def shifts_of(self, staff: StaffId) -> tuple[Shift, ...]:
        """Return somebody's shifts in their order."""
        return tuple(sorted((s for s in self.shifts if s.staff == staff), key=lambda s: s.span))

    def findings_of(self, staff: StaffId) -> tuple[Finding, ...]:
        """Return the rules that somebody's shifts break."""
        return tuple(one for rule in self.rules for one in rule.findings if one.staff == staff)
