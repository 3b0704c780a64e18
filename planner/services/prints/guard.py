"""What the guard looks for in a week's documents, taken out of the plan: for whom, and whose."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from planner import words
from planner.domain.duties import Duty
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Note
from planner.domain.staff import StaffMember
from planner.errors import ConflictError
from planner.reports.audiences import (
    MAY_SEE,
    OFFICER_MAY_SEE,
    SCHOOL_AUDIENCES,
    Audience,
    Matter,
)
from planner.reports.guard import Allowed, Leak, Values, leaks, phone_digits, values, words_of
from planner.services.plans import OpenPlan
from planner.services.prints.guard_words import COPIES, MATTERS, typed_field
from planner.services.prints.printable import PrintableWeek
from planner.services.records.typed_fields import where_typed
from planner.words import Phrase

_PUBLIC_NUMBERS = frozenset({phone_digits("112"), phone_digits("114 14")})
_TELLING_NAME, _TELLING_TEXT = 2, 4
"""Words of a name, and of a note or reason, that nobody writes by chance."""

_OF_THE_SCHOOL = frozenset({Matter.CONTACT_NAMES, Matter.SERVICE_PHONES})
"""What a school may see of its own contact persons only."""


class PrintGuard:
    """Refuses texts of one week that hold what their reader may not see.

    Parameters
    ----------
    week
        What the texts were made from.
    plan
        As it is now: it knows real names, and who became a protected identity since.
    notes
        What planners wrote in the week.
    """

    def __init__(self, week: PrintableWeek, plan: Plan, notes: Iterable[Note] = ()) -> None:
        self._week = week
        self._plans = (plan, week.plan) if week.plan is not plan else (plan,)
        self._notes = tuple(notes)

    def check(
        self, audience: Audience, owners: Iterable[str], texts: Iterable[str], *, name: str = ""
    ) -> None:
        """Refuse texts that hold what their reader may not see.

        Parameters
        ----------
        owners
            Ids of the schools or people that the texts are for; of none for other audiences.
        name
            What the refusal calls whom the texts are for.

        Raises
        ------
        ConflictError
            ``print-refused`` or ``print-refused-somewhere``: what stands there, and in which field
            to look.
        """
        leak = next(self.leaks(audience, owners, texts), None)
        if leak is None:
            return
        copy, matter = Phrase(COPIES[audience]), Phrase(MATTERS[leak.matter])
        found, where = leak.found, where_typed(self._plans, leak)
        if where is None:
            raise ConflictError(
                "print-refused-somewhere", copy=copy, name=name, matter=matter, found=found
            )
        raise ConflictError(
            "print-refused",
            copy=copy,
            name=name,
            matter=matter,
            found=found,
            where=typed_field(where),
        )

    def leaks(
        self, audience: Audience, owners: Iterable[str], texts: Iterable[str]
    ) -> Iterator[Leak]:
        """Yield what the texts hold that their reader may not see."""
        owners = tuple(owners)
        may_see = MAY_SEE[audience]
        if audience is Audience.PERSON and owners and self._officers.issuperset(owners):
            may_see = OFFICER_MAY_SEE
        free = may_see - _OF_THE_SCHOOL if audience in SCHOOL_AUDIENCES else may_see
        forbidden = frozenset(Matter) - free
        return leaks(texts, self._secrets, forbidden, self._allowed(audience, owners, may_see))

    @cached_property
    def _secrets(self) -> Values:
        return values(secret for plan in self._plans for secret in self._secrets_of(plan))

    def _secrets_of(self, plan: Plan) -> Iterator[tuple[Matter, str]]:
        for member in plan.staff:
            yield from self._secrets_of_person(member)
        for school in plan.schools:
            yield Matter.OTHER_SCHOOLS, school.name
        for spot in plan.hotspots:
            yield Matter.PLACES, spot.name
            yield Matter.PLACES, plan.site_by_id[spot.site].name
        for matter, n_least, text in self._ordinary(plan):
            if len(words_of(text)) >= n_least:
                yield matter, text

    def _ordinary(self, plan: Plan) -> Iterator[tuple[Matter, int, str]]:
        """Yield texts that are secret if they have so many words.

        A shorter one is what anybody could write who means something else.
        """
        for spot in plan.hotspots:
            yield Matter.PLACES, _TELLING_NAME, plan.site_by_id[spot.site].address
        for walk in plan.safety_walks:
            yield Matter.PLACES, _TELLING_NAME, walk.name
        for session in plan.information_sessions:
            yield Matter.PLACES, _TELLING_NAME, session.name
        for squad in plan.squads:
            yield Matter.PATROLS, _TELLING_NAME, squad.name
        for bound in plan.bound_times:
            yield Matter.BOUND_TIME, _TELLING_TEXT, bound.title
        for note in self._notes:
            yield Matter.NOTES, _TELLING_TEXT, note.text
        for override in self._week.roster.overrides:
            yield Matter.OVERRIDES, _TELLING_TEXT, override.reason

    def _secrets_of_person(self, member: StaffMember) -> Iterator[tuple[Matter, str]]:
        is_officer = member.id in self._officers
        yield Matter.OFFICER_NAMES if is_officer else Matter.CONTACT_NAMES, member.display_name
        phone = Matter.OFFICER_PHONES if is_officer else Matter.SERVICE_PHONES
        yield phone, member.service_phone
        if _is_protected(member):
            yield Matter.REAL_NAMES, member.name

    def _allowed(
        self, audience: Audience, owners: tuple[str, ...], may_see: frozenset[Matter]
    ) -> Allowed:
        people = self._people_of(audience, owners)
        settings = [plan.settings for plan in self._plans]
        own = set(self._places_of(owners))
        phones = [
            *(one.coordinator_phone for one in settings),
            *(employer.service_phone for plan in self._plans for employer in plan.employers),
        ]
        if Matter.CONTACT_NAMES in may_see:
            own |= {member.display_name for member in people} - self._given_up
            own |= {one.coordinator_name for one in settings}
        if audience is Audience.BOARD:
            own |= {who for plan in self._plans for who in _signatories(plan)}
        if Matter.SERVICE_PHONES in may_see:
            phones += [member.service_phone for member in people]
        addresses = [one.mail_sender for one in settings]
        for plan in self._plans:
            addresses += [school.email for school in plan.schools if school.id in owners]
            addresses += [member.email for member in plan.staff if member.id in owners]
        return Allowed(
            values=values((Matter.OTHER_SCHOOLS, text) for text in own),
            numbers=_PUBLIC_NUMBERS | {phone_digits(phone) for phone in phones},
            addresses=frozenset(address.casefold() for address in addresses),
            is_fixed=words.is_own,
        )

    def _people_of(self, audience: Audience, owners: tuple[str, ...]) -> list[StaffMember]:
        """Return whom the reader knows: of a school its contacts, of a person the colleagues."""
        if audience in SCHOOL_AUDIENCES:
            known = {staff for owner in owners for staff in self._contacts[owner]}
            known -= self._officers
        elif audience is Audience.PERSON:
            known = {StaffId(owner) for owner in owners}
            known |= {staff for owner in owners for staff in self._colleagues(owner)}
        else:
            known = set(self._staff)
        return [member for staff in known for member in self._staff.get(staff, ())]

    @cached_property
    def _staff(self) -> Mapping[StaffId, list[StaffMember]]:
        """People as each of the plans has them."""
        found: dict[StaffId, list[StaffMember]] = defaultdict(list)
        for plan in self._plans:
            for member in plan.staff:
                found[member.id].append(member)
        return found

    @cached_property
    def _given_up(self) -> frozenset[str]:
        """Names that people were shown by before they became protected identities."""
        now = self._plans[0].staff
        shown = {member.display_name for member in now}
        return frozenset(member.name for member in now if _is_protected(member)) - shown

    @cached_property
    def _contacts(self) -> Mapping[str, set[StaffId]]:
        """Whom each school knows: its contact persons and who stands there this week."""
        found: dict[str, set[StaffId]] = defaultdict(set)
        for plan in self._plans:
            for contact in plan.school_contacts:
                found[contact.school].add(contact.staff)
        for done in self._week.roster.assignments:
            if done.duty in self._duty_by_id:
                found[self._duty_by_id[done.duty].source].add(done.staff)
        return found

    def _colleagues(self, owner: str) -> Iterator[StaffId]:
        """Yield who shares a crew or a squad with a person."""
        shifts = self._week.roster.shifts
        crews = {shift.crew for shift in shifts if shift.staff == owner and shift.crew}
        yield from (shift.staff for shift in shifts if shift.crew in crews)
        for plan in self._plans:
            member = plan.staff_by_id.get(StaffId(owner))
            if member is not None and member.squad is not None:
                yield from (one.id for one in plan.staff if one.squad == member.squad)

    def _places_of(self, owners: tuple[str, ...]) -> Iterator[str]:
        """Yield names of the owners themselves, and of where they are and what they do there."""
        done = {one.duty for one in self._week.roster.assignments if one.staff in owners}
        duties = [self._duty_by_id[duty] for duty in done if duty in self._duty_by_id]
        yield from (duty.title for duty in duties)
        for plan in self._plans:
            schools = [school for school in plan.schools if school.id in owners]
            yield from (school.name for school in schools)
            sites = {
                *(school.site for school in schools),
                *(bell.site for bell in plan.bell_times if bell.school in owners and bell.site),
                *(duty.site for duty in (*duties, *self._duties_at(owners))),
            }
            yield from (site.name for site in plan.sites if site.id in sites)
            yield from (walk.name for walk in plan.safety_walks if walk.school in owners)
            sessions = plan.information_sessions
            yield from (session.name for session in sessions if session.school in owners)
            squads = {member.squad for member in plan.staff if member.id in owners}
            yield from (squad.name for squad in plan.squads if squad.id in squads)

    def _duties_at(self, owners: tuple[str, ...]) -> Iterator[Duty]:
        return (duty for duty in self._week.duties if duty.source in owners)

    @cached_property
    def _duty_by_id(self) -> dict[str, Duty]:
        return {duty.id: duty for duty in self._week.duties}

    @cached_property
    def _officers(self) -> frozenset[StaffId]:
        """Whoever has been or will be an officer: the name stays a secret."""
        return frozenset(
            held.staff
            for plan in self._plans
            for held in plan.staff_skills
            if held.skill in {plan.settings.patrol_skill, plan.settings.lead_skill}
        )


def print_guard(open_plan: OpenPlan, week: PrintableWeek) -> PrintGuard:
    """Return the guard of all that is made from ``week``."""
    notes = open_plan.store.load_roster(week.week).notes
    return PrintGuard(week, open_plan.plan, notes)


def _signatories(plan: Plan) -> Iterator[str]:
    """Yield whoever signs promises: their names are meant to be read."""
    for promise in plan.promises:
        yield from (promise.city_signatory, promise.police_signatory)


def _is_protected(member: StaffMember) -> bool:
    return words_of(member.name) != words_of(member.display_name)
