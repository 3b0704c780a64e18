"""How fragile a roster is: values without anybody's name."""

from dataclasses import dataclass
from datetime import date

from planner.domain.duties import DutyKind, Moment
from planner.domain.ids import EmployerId, ShiftTypeId, SkillId
from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRate:
    """How often people of a group are away; a group, never a person.

    Parameters
    ----------
    skill
        What the group's people have; each person is in the group of the most usual skill.
    percent
        Of working days, 0 to 99.
    mean_days
        How long an absence lasts on average.
    n_days_seen
        Days of absence in the plan that it was estimated from; 0 where it is an assumption.
    """

    employer: EmployerId
    skill: SkillId | None
    n_people: int
    percent: float
    mean_days: float
    n_days_seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedCoverage:
    """Covered heads of duties as per cent of those asked for.

    Parameters
    ----------
    priority
        Of the duties; nothing for all of them.
    now
        By the roster as it is.
    expected
        On average over the draws.
    half_width
        The true average lies so near to ``expected`` with 95 % certainty, as far as draws go.
    fifth
        In one week of twenty it is this or less (the 5th percentile).
    """

    priority: int | None
    n_wanted: int
    now: float
    expected: float
    half_width: float
    fifth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakDuty:
    """A duty that is lost in some of the draws.

    Parameters
    ----------
    percent
        Of the draws in which it lacks somebody whom it has now.
    """

    kind: DutyKind
    place: str
    title: str
    day: date
    moment: Moment | None
    priority: int
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakSkill:
    """A skill, and how much of what asks for it is lost.

    Parameters
    ----------
    n_people
        At work in the week who have it.
    n_wanted
        Heads that are covered now and need it.
    lost_percent
        Of those heads, on average.
    """

    skill: SkillId
    n_people: int
    n_wanted: int
    lost_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveShift:
    """A shift of somebody more, who steps in where somebody is away.

    Parameters
    ----------
    n
        How many reserves there are with it, those before it in the list included.
    shift_type
        Its hours; nothing for hours that are no type's.
    expected, fifth
        Coverage with all of them, as :class:`ExpectedCoverage` has it for all duties.
    saved_heads
        Heads that it saves in such a week on average.
    """

    n: int
    day: date
    shift_type: ShiftTypeId | None
    skills: frozenset[SkillId]
    expected: float
    fifth: float
    saved_heads: float


@dataclass(frozen=True, kw_only=True)
class Fragility:
    """What simulated absences do to a week's roster.

    Parameters
    ----------
    publication
        Number of the publication that was tried; nothing for the draft.
    draft_revision
        Of the draft that was tried; 0 where there was none.
    n_draws
        Weeks that were drawn.
    is_exact_enough
        Whether they ended since the average was known well enough, before all were drawn.
    coverage
        Of all duties, then by priority.
    duties
        The weakest first, those that are ever lost.
    reserves
        The most useful first; none when nothing is lost.
    """

    week: IsoWeek
    publication: int | None
    draft_revision: int
    rates: tuple[AbsenceRate, ...]
    n_draws: int
    seed: int
    is_exact_enough: bool
    coverage: tuple[ExpectedCoverage, ...]
    duties: tuple[WeakDuty, ...]
    skills: tuple[WeakSkill, ...]
    reserves: tuple[ReserveShift, ...] = ()

    @property
    def whole(self) -> ExpectedCoverage:
        """Coverage of all duties."""
        return self.coverage[0]
