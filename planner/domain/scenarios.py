"""Suppositions about a plan: a scenario stands beside the plan and changes nothing in it.

A scenario is a short list of suppositions, each made by a small form. What they come to as changes
of records is reckoned against the plan as it is when the scenario is tried (see
:mod:`planner.domain.supposing`), so that it outlives edits of the plan. It names no person: who of
a group is supposed to be missing is not asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from planner.domain.ids import EmployerId, HotspotId, RuleBookId, SchoolId, SiteId, SkillId
from planner.domain.rules import RuleKey


@dataclass(frozen=True, slots=True, kw_only=True)
class FewerPeople:
    """So many people of an employer are not there, of those with a skill if one is named."""

    employer: EmployerId
    skill: SkillId | None = None
    n: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MorePeople:
    """So many people with a skill are there besides, employed as most of the employer's are.

    Their shifts are planned by the program; each joins the smallest squad, where there are squads.
    """

    employer: EmployerId
    skill: SkillId
    n: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSchoolMore:
    """There is one school more, with bells and windows like those of another one.

    Parameters
    ----------
    site
        Where it is; at the other one's site when missing.
    """

    name: str
    like: SchoolId
    site: SiteId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutSchool:
    """A school wants nobody."""

    school: SchoolId


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherBells:
    """Bells ring so many minutes later than they do, earlier where negative.

    Parameters
    ----------
    school
        All schools when missing.
    first_min, last_min
        For the first bell of the day, and for the last.
    """

    school: SchoolId | None = None
    first_min: int = 0
    last_min: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MorePresence:
    """Police presence besides what there is, at a place there is or at a new one.

    Parameters
    ----------
    hotspot
        Where; a new place called ``name`` at ``site`` when missing.
    weekdays
        On which it begins, as digits, Monday 1.
    n_visits
        Visits on each of the days; a crew throughout when 0.
    """

    hotspot: HotspotId | None = None
    name: str = ""
    site: SiteId | None = None
    priority: int = 2
    weekdays: str = "12345"
    start: time
    end: time
    n_visits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutHotspot:
    """A place wants nobody."""

    hotspot: HotspotId


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRule:
    """A number of a rule book is another one."""

    rule_book: RuleBookId
    key: RuleKey
    value: int


Supposition = (
    FewerPeople
    | MorePeople
    | OneSchoolMore
    | WithoutSchool
    | OtherBells
    | MorePresence
    | WithoutHotspot
    | OtherRule
)
"""One thing that is supposed to be otherwise."""

SUPPOSITIONS: Mapping[str, type[Any]] = {
    "fewer-people": FewerPeople,
    "more-people": MorePeople,
    "one-school-more": OneSchoolMore,
    "without-school": WithoutSchool,
    "other-bells": OtherBells,
    "more-presence": MorePresence,
    "without-hotspot": WithoutHotspot,
    "other-rule": OtherRule,
}
"""Kinds of suppositions by their codes, in the order in which they are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named list of suppositions, kept beside the plan.

    Parameters
    ----------
    created_at
        When it was first kept.
    is_readable
        Whether all that is kept of it is known to this program; a newer one may suppose more.
    """

    id: str
    name: str
    created_at: datetime
    suppositions: tuple[Supposition, ...] = ()
    is_readable: bool = True


def code_of(supposition: Supposition) -> str:
    """Return the code of a supposition's kind."""
    return next(code for code, kind in SUPPOSITIONS.items() if type(supposition) is kind)
