"""Who works by a grid: the people of the plan, and new ones with all that an employment needs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from datetime import date

from planner.domain.grids import Grid, GridDecisions, GridPerson, Group, PersonKind
from planner.domain.ids import EmployerId, RuleBookId, SkillId, SquadId, StaffId
from planner.domain.plan import Plan
from planner.domain.rules import Rule, RuleBook, RuleKey
from planner.domain.staff import (
    Contract,
    Employer,
    ShiftSource,
    Skill,
    Squad,
    StaffMember,
    StaffSkill,
)
from planner.services.grids.choices import employer_of
from planner.words import N_, _

_EMPLOYERS = {Group.OFFICERS: N_("The police"), Group.CONTACTS: N_("The municipality")}
_SKILLS = {Group.OFFICERS: N_("Patrol"), Group.CONTACTS: N_("Contact person")}
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "æ": "ae", "ł": "l", "đ": "d", "þ": "th"})  # noqa: RUF001
"""Letters that are no letter with a mark."""
_ACT = RuleBookId("atl")
_ACT_RULES = {
    RuleKey.FULL_TIME_WEEK: (40 * 60, "5 §"),
    RuleKey.MAX_WEEK: (48 * 60, "10 b §"),
    # The act counts in days that begin at an hour which only the employer knows.
    RuleKey.REST_BETWEEN: (11 * 60, "13 §, räknad mellan två pass"),
    RuleKey.WEEKLY_REST: (36 * 60, "14 §"),
    RuleKey.CONTINUOUS_WORK: (5 * 60, "15 §"),
}
"""Numbers of the working hours act and their paragraphs, for a plan without any rule book."""


class GridPeople:
    """Finds or makes everybody of a grid.

    Attributes
    ----------
    made
        New records by set.
    staff_of
        Whom each person of the grid is, without those left out.
    rows
        Where each new person stands in the grid.
    """

    def __init__(self, plan: Plan, grid: Grid, decisions: GridDecisions) -> None:
        self._plan, self._decisions = plan, decisions
        self._first_day = date(grid.first_day.year, 1, 1)
        self._taken = {member.id for member in plan.staff}
        self.made: dict[str, list[object]] = {}
        self.staff_of: dict[str, StaffId] = {}
        self.rows: dict[StaffId, int] = {}
        self.employer: EmployerId | None = decisions.employer
        for person in grid.people:
            choice = decisions.people[person.key]
            if choice.kind is PersonKind.NEW:
                self.staff_of[person.key] = self._hire(person)
            elif choice.kind is PersonKind.KNOWN and choice.staff is not None:
                self.staff_of[person.key] = choice.staff

    def any_employer(self) -> EmployerId:
        """Return the employer of the grid's people; one is made when the plan has none."""
        if self.employer is None:
            self.employer = employer_of(self._plan, self._decisions.group)
        if self.employer is None:
            name = _(_EMPLOYERS[self._decisions.group])
            self.employer = EmployerId(slug(name, {one.id for one in self._plan.employers}))
            self._make("employers", Employer(id=self.employer, name=name))
        return self.employer

    def _make(self, set_name: str, record: object) -> None:
        self.made.setdefault(set_name, []).append(record)

    def _hire(self, person: GridPerson) -> StaffId:
        staff = StaffId(slug(person.name, self._taken))
        self._taken.add(staff)
        self.rows[staff] = person.row
        name = person.key
        self._make(
            "staff",
            StaffMember(
                id=staff,
                name=name,
                display_name=name,
                employer=self.any_employer(),
                squad=self._squad(person.squad),
            ),
        )
        self._make("staff_skills", StaffSkill(staff=staff, skill=self._skill()))
        self._make(
            "contracts",
            Contract(
                staff=staff,
                first_day=self._first_day,
                rule_book=self._rule_book(),
                shift_source=ShiftSource.GIVEN,
            ),
        )
        return staff

    def _skill(self) -> SkillId:
        settings, group = self._plan.settings, self._decisions.group
        skill = settings.contact_skill if group is Group.CONTACTS else settings.patrol_skill
        known = {one.id for one in self._plan.skills}
        if skill not in known and "skills" not in self.made:
            self._make("skills", Skill(id=skill, name=_(_SKILLS[group])))
        return skill

    def _squad(self, name: str) -> SquadId | None:
        if not name or self._decisions.group is Group.CONTACTS:
            return None
        employer = self.any_employer()
        made = [one for one in self.made.get("squads", ()) if isinstance(one, Squad)]
        for squad in (*self._plan.squads, *made):
            if squad.employer == employer and squad.name.casefold() == name.casefold():
                return squad.id
        id_ = SquadId(slug(name, {one.id for one in (*self._plan.squads, *made)}))
        self._make("squads", Squad(id=id_, name=name, employer=employer))
        return id_

    def _rule_book(self) -> RuleBookId:
        """Return the rule book of most colleagues; the act's when the plan has none."""
        employer = self.any_employer()
        colleagues = {one.id for one in self._plan.staff if one.employer == employer}
        counts = Counter(one.rule_book for one in self._plan.contracts if one.staff in colleagues)
        if counts:
            return counts.most_common(1)[0][0]
        if self._plan.rule_books:
            return self._plan.rule_books[0].id
        if "rule_books" not in self.made:
            self._make("rule_books", RuleBook(id=_ACT, name="Arbetstidslagen"))
            for key, (value, paragraph) in _ACT_RULES.items():
                self._make(
                    "rules",
                    Rule(
                        rule_book=_ACT,
                        key=key,
                        value=value,
                        source=f"Arbetstidslagen {paragraph}",
                        first_day=self._first_day,
                    ),
                )
        return _ACT


def slug(name: str, taken: Collection[str]) -> str:
    """Return an id made of a name that is not ``taken``."""
    known = name.casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", known).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50] or "x"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
