"""Why there is a gap: plain values, not yet in words."""

from dataclasses import dataclass

from planner.domain.ids import SkillId, StaffId
from planner.domain.roster import Gap, GapReason, Proof
from planner.domain.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """By how much a rule would be broken.

    Parameters
    ----------
    measured, limit
        Minutes, or for rows of days and shifts a day a count.
    """

    staff: StaffId
    span: Span | None
    measured: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFact:
    """One of the facts that together cause a gap; for planners, who see names.

    Parameters
    ----------
    code
        ``blocked`` (absent or not available), ``bound``, ``given``, ``free-day``, ``skill``,
        ``no-shift``, ``other-work``, ``travel``, ``no-lead`` or the name of a rule.
    of
        The person, the skill or the rule book; empty for several people together.
    staff
        Whom it keeps away.
    opens
        Who could cover the gap if it were otherwise.
    also
        Codes of what outside the set would have to be otherwise too.
    is_verified
        Whether a roster without the fact was made and found to break nothing.
    limit
        What a rule allows; nothing for what is no rule.
    """

    code: str
    of: str
    staff: tuple[StaffId, ...]
    opens: tuple[StaffId, ...] = ()
    also: tuple[str, ...] = ()
    is_verified: bool = False
    limit: int | None = None
    numbers: tuple[Numbers, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedGap:
    """A gap and why it is there; for planners.

    Parameters
    ----------
    facts
        The smallest set that together causes it; empty where nothing keeps ``free`` away.
    n_skilled, n_there
        People with the skills; of those, who are neither absent, bound nor given another time.
    is_smallest
        Whether it is proved that fewer facts are not enough.
    at
        The quarter of an hour of a staffing need that was looked at; nothing for a duty.
    """

    gap: Gap
    reason: GapReason
    proof: Proof
    facts: tuple[GapFact, ...]
    n_skilled: int
    n_there: int
    free: tuple[StaffId, ...] = ()
    is_smallest: bool = True
    at: Span | None = None

    @property
    def is_proved(self) -> bool:
        """Whether it is proved that no roster covers it without uncovering as much."""
        return self.proof is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagersFact:
    """A fact as managers see it: nobody is in it, only how many.

    Parameters
    ----------
    of
        The skill or the rule book; never a person.
    limit, least, most
        What a rule allows, and the range of what was measured.
    """

    code: str
    of: str
    n_staff: int
    limit: int | None
    least: int | None
    most: int | None
    is_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagersGap:
    """A gap and why it is there, as managers see it: it cannot hold who anybody is."""

    gap: Gap
    reason: GapReason
    proof: Proof
    facts: tuple[ManagersFact, ...]
    n_skilled: int
    n_there: int
    n_free: int
    is_smallest: bool


def for_managers(explained: ExplainedGap) -> ManagersGap:
    """Return why there is a gap without saying of whom; people for whom one code holds are one."""
    people = {"blocked", "bound"}
    facts: dict[tuple[str, str], list[GapFact]] = {}
    for fact in explained.facts:
        key = (fact.code, "" if fact.code in people else fact.of)
        facts.setdefault(key, []).append(fact)
    return ManagersGap(
        gap=explained.gap,
        reason=explained.reason,
        proof=explained.proof,
        facts=tuple(_without_names(of, same) for (_, of), same in facts.items()),
        n_skilled=explained.n_skilled,
        n_there=explained.n_there,
        n_free=len(explained.free),
        is_smallest=explained.is_smallest,
    )


def _without_names(of: str, same: list[GapFact]) -> ManagersFact:
    measured = [numbers.measured for fact in same for numbers in fact.numbers]
    return ManagersFact(
        code=same[0].code,
        of=of,
        n_staff=len({staff for fact in same for staff in fact.staff}),
        limit=same[0].limit,
        least=min(measured, default=None),
        most=max(measured, default=None),
        is_verified=all(fact.is_verified for fact in same),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinforcement:
    """Who would have to come on a day for all that lacks people with some skills.

    Parameters
    ----------
    spans
        When they would be needed, in order, not touching.
    n_people
        The most at any time.
    """

    skills: frozenset[SkillId]
    spans: tuple[Span, ...]
    n_people: int
