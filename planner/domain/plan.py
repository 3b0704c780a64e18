"""The plan: every record of it in memory, with the look-ups that everybody needs."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from planner.domain.ids import (
    EmployerId,
    RuleBookId,
    SchoolId,
    ShiftTypeId,
    SiteId,
    SkillId,
    StaffId,
)
from planner.domain.places import (
    Hotspot,
    InformationSession,
    PresenceWindow,
    SafetyWalk,
    TravelTime,
    WalkMeeting,
)
from planner.domain.promises import Measure, OutcomeCount, Promise, WalkAction
from planner.domain.rules import CreditedHour, Rule, RuleBook
from planner.domain.schools import BellTime, ChangedDay, School, SchoolContact, SchoolPeriod, Site
from planner.domain.shifts import (
    BaseRoster,
    BaseRosterMember,
    BaseRosterShift,
    ShiftPart,
    ShiftType,
    StaffingNeed,
)
from planner.domain.staff import (
    Absence,
    BoundTime,
    Contract,
    Employer,
    OpeningBalance,
    Skill,
    Squad,
    StaffMember,
    StaffSkill,
    Standby,
    Unavailability,
    Wish,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """What holds for the whole plan.

    Parameters
    ----------
    notice
        Shown wherever the data could be mistaken for real, such as "staff and times are made up".
    coordinator_name, coordinator_phone
        Whom a school calls when neither contact nor substitute comes.
    mail_sender
        Address that schools and staff see as the sender, and answer to.
    mail_host, mail_port, mail_user
        The server that messages are handed to, and the account there; the password is kept by the
        system of whoever sends, never in the plan.
    contact_skill, patrol_skill, lead_skill
        What a contact person, an officer of a crew and an officer in charge have.
    detour_percent
        Travelled distance as a share of the straight line, 100 or more.
    car_kmh, bike_kmh, walk_kmh
        Speeds where no imported travel time is known.
    retention_days
        After so many days what tells who did what goes, and counts stay; 90 is a proposal.
    """

    name: str = ""
    zone: str = "Europe/Stockholm"
    language: str = "sv"
    notice: str = ""
    coordinator_name: str = ""
    coordinator_phone: str = ""
    mail_sender: str = ""
    mail_host: str = ""
    mail_port: int = 587
    mail_user: str = ""
    contact_skill: SkillId = SkillId("contact")
    patrol_skill: SkillId = SkillId("patrol")
    lead_skill: SkillId = SkillId("lead")
    detour_percent: int = 135
    car_kmh: int = 35
    bike_kmh: int = 15
    walk_kmh: int = 5
    retention_days: int = 90


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A consistent set of records: every id that is named exists (the importer sees to it)."""

    settings: PlanSettings = PlanSettings()
    employers: tuple[Employer, ...] = ()
    skills: tuple[Skill, ...] = ()
    rule_books: tuple[RuleBook, ...] = ()
    rules: tuple[Rule, ...] = ()
    credited_hours: tuple[CreditedHour, ...] = ()
    shift_types: tuple[ShiftType, ...] = ()
    shift_parts: tuple[ShiftPart, ...] = ()
    squads: tuple[Squad, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    staff_skills: tuple[StaffSkill, ...] = ()
    contracts: tuple[Contract, ...] = ()
    absences: tuple[Absence, ...] = ()
    bound_times: tuple[BoundTime, ...] = ()
    standbys: tuple[Standby, ...] = ()
    unavailabilities: tuple[Unavailability, ...] = ()
    wishes: tuple[Wish, ...] = ()
    opening_balances: tuple[OpeningBalance, ...] = ()
    sites: tuple[Site, ...] = ()
    travel_times: tuple[TravelTime, ...] = ()
    schools: tuple[School, ...] = ()
    bell_times: tuple[BellTime, ...] = ()
    school_periods: tuple[SchoolPeriod, ...] = ()
    changed_days: tuple[ChangedDay, ...] = ()
    school_contacts: tuple[SchoolContact, ...] = ()
    hotspots: tuple[Hotspot, ...] = ()
    presence_windows: tuple[PresenceWindow, ...] = ()
    safety_walks: tuple[SafetyWalk, ...] = ()
    walk_meetings: tuple[WalkMeeting, ...] = ()
    information_sessions: tuple[InformationSession, ...] = ()
    base_rosters: tuple[BaseRoster, ...] = ()
    base_roster_shifts: tuple[BaseRosterShift, ...] = ()
    base_roster_members: tuple[BaseRosterMember, ...] = ()
    staffing_needs: tuple[StaffingNeed, ...] = ()
    promises: tuple[Promise, ...] = ()
    measures: tuple[Measure, ...] = ()
    walk_actions: tuple[WalkAction, ...] = ()
    outcome_counts: tuple[OutcomeCount, ...] = ()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which local times are meant."""
        return ZoneInfo(self.settings.zone)

    @cached_property
    def staff_by_id(self) -> dict[StaffId, StaffMember]:
        """People by id."""
        return {member.id: member for member in self.staff}

    @cached_property
    def site_by_id(self) -> dict[SiteId, Site]:
        """Sites by id."""
        return {site.id: site for site in self.sites}

    @cached_property
    def school_by_id(self) -> dict[SchoolId, School]:
        """Schools by id."""
        return {school.id: school for school in self.schools}

    @cached_property
    def employer_by_id(self) -> dict[EmployerId, Employer]:
        """Employers by id."""
        return {employer.id: employer for employer in self.employers}

    @cached_property
    def shift_type_by_id(self) -> dict[ShiftTypeId, ShiftType]:
        """Shift types by id."""
        return {kind.id: kind for kind in self.shift_types}

    @cached_property
    def parts_by_shift_type(self) -> dict[ShiftTypeId, tuple[ShiftPart, ...]]:
        """Parts of each shift type in their order."""
        parts: dict[ShiftTypeId, list[ShiftPart]] = {}
        for part in sorted(self.shift_parts, key=lambda part: part.ordinal):
            parts.setdefault(part.shift_type, []).append(part)
        return {kind: tuple(of_kind) for kind, of_kind in parts.items()}

    @cached_property
    def rule_book_by_id(self) -> dict[RuleBookId, RuleBook]:
        """Rule books by id."""
        return {book.id: book for book in self.rule_books}

    def contract_of(self, staff: StaffId, day: date) -> Contract | None:
        """Return the contract that holds for a person on a day."""
        for contract in self._contracts_by_staff.get(staff, ()):
            if contract.holds_on(day):
                return contract
        return None

    def skills_of(self, staff: StaffId, day: date) -> frozenset[SkillId]:
        """Return what a person can do on a day."""
        return frozenset(
            held.skill
            for held in self._skills_by_staff.get(staff, ())
            if (held.first_day is None or held.first_day <= day)
            and (held.last_day is None or day <= held.last_day)
        )

    @cached_property
    def _contracts_by_staff(self) -> dict[StaffId, list[Contract]]:
        return _grouped(self.contracts)

    @cached_property
    def _skills_by_staff(self) -> dict[StaffId, list[StaffSkill]]:
        return _grouped(self.staff_skills)


def _grouped(records: Iterable[Any]) -> dict[StaffId, list[Any]]:
    groups: dict[StaffId, list[Any]] = {}
    for record in records:
        groups.setdefault(record.staff, []).append(record)
    return groups


def record_fields() -> tuple[str, ...]:
    """Return the names of the plan's record sets in an order in which each names only earlier."""
    return tuple(field.name for field in fields(Plan) if field.name != "settings")
