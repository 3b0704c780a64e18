"""Forms of people and what belongs to them."""

from typing import Any

from planner import clock
from planner.domain.plan import Plan
from planner.words import N_
from ui.records.choices import SOURCES, STRENGTHS, TRAVEL, WISHES
from ui.records.specs import Column, FieldSpec, GroupSpec, InnerSpec, Kind, Layout, SetSpec

_STAFF = FieldSpec(name="staff", label=N_("Person"), kind=Kind.REFERENCE, is_wide=True)
_SPAN = (
    FieldSpec(name="start", label=N_("Start"), kind=Kind.INSTANT),
    FieldSpec(name="end", label=N_("End"), kind=Kind.INSTANT),
)
FROM_TO = (
    FieldSpec(name="first_day", label=N_("Valid from"), kind=Kind.DATE),
    FieldSpec(name="last_day", label=N_("Valid to"), kind=Kind.DATE),
)


def _rate(plan: Plan, member: Any) -> str:
    contract = plan.contract_of(member.id, clock.now().astimezone(plan.zone).date())
    return f"{contract.rate_percent} %" if contract else "–"


_SKILLS = InnerSpec(
    set_name="staff_skills",
    title=N_("Skills"),
    add=N_("Add skill"),
    fields=(FieldSpec(name="skill", label=N_("Skill"), kind=Kind.REFERENCE), *FROM_TO),
)
_CONTRACTS = InnerSpec(
    set_name="contracts",
    title=N_("Contracts"),
    add=N_("Add contract"),
    layout=Layout.CARDS,
    help=N_("A new rate or rule book is a new contract: end the old one the day before."),
    fields=(
        *FROM_TO,
        FieldSpec(name="rate_percent", label=N_("Share of full time"), kind=Kind.NUMBER, unit="%"),
        FieldSpec(name="rule_book", label=N_("Rule book"), kind=Kind.REFERENCE),
        FieldSpec(name="shift_source", label=N_("Shifts"), kind=Kind.CHOICE, choices=SOURCES),
        FieldSpec(
            name="free_weekdays", label=N_("Fixed free days"), kind=Kind.WEEKDAYS, is_wide=True
        ),
    ),
)

_PEOPLE = SetSpec(
    set_name="staff",
    title=N_("Staff"),
    one=N_("New person"),
    icon="users",
    hint=N_("Import your staff from a file, or add the first person here."),
    columns=("display_name", "employer", "squad", Column(label=N_("Rate"), text=_rate)),
    fields=(
        FieldSpec(
            name="display_name",
            label=N_("Name shown"),
            is_wide=True,
            help=N_("On every screen and print; another than the real name if it is protected."),
        ),
        FieldSpec(name="employer", label=N_("Employer"), kind=Kind.REFERENCE),
        FieldSpec(name="squad", label=N_("Squad"), kind=Kind.REFERENCE),
        FieldSpec(
            name="service_phone",
            label=N_("Phone at work"),
            help=N_("Is printed; never a private number."),
        ),
        FieldSpec(
            name="email",
            label=N_("E-mail at work"),
            help=N_("The own week is sent there; never a private address."),
        ),
        FieldSpec(name="travel_mode", label=N_("Travels by"), kind=Kind.CHOICE, choices=TRAVEL),
        FieldSpec(
            name="name",
            label=N_("Real name"),
            group=N_("Real name (leaves the program only for the employer’s system)"),
            is_wide=True,
            help=N_("Empty for a new person: the same as the name shown."),
        ),
    ),
    inner=(_SKILLS, _CONTRACTS),
)
_SQUADS = SetSpec(
    set_name="squads",
    title=N_("Squads"),
    one=N_("New squad"),
    icon="users",
    hint=N_("A squad is people who are rostered together. Add one, or import them."),
    columns=("name", "employer"),
    fields=(
        FieldSpec(name="name", label=N_("Name"), is_wide=True),
        FieldSpec(name="employer", label=N_("Employer"), kind=Kind.REFERENCE),
    ),
)
_EMPLOYERS = SetSpec(
    set_name="employers",
    title=N_("Employers"),
    one=N_("New employer"),
    icon="shield",
    hint=N_("Add the police and the municipality first: people and shift types belong to them."),
    columns=("name", "service_phone"),
    fields=(
        FieldSpec(name="name", label=N_("Name"), is_wide=True),
        FieldSpec(name="service_phone", label=N_("Duty desk’s phone"), help=N_("Is printed.")),
    ),
)
_ALL_SKILLS = SetSpec(
    set_name="skills",
    title=N_("Skills"),
    one=N_("New skill"),
    icon="check",
    hint=N_("A skill is what a duty can ask for, such as contact person or patrol."),
    columns=("name",),
    fields=(FieldSpec(name="name", label=N_("Name"), is_wide=True),),
)
_ABSENCES = SetSpec(
    set_name="absences",
    title=N_("Absences"),
    one=N_("New absence"),
    icon="calendar",
    hint=N_("Nobody is away. Add an absence when somebody calls; its cause is never kept."),
    columns=("staff", "start", "end"),
    fields=(_STAFF, *_SPAN),
)
_BOUND = SetSpec(
    set_name="bound_times",
    title=N_("Bound time"),
    one=N_("New bound time"),
    icon="lock",
    hint=N_("Court, training and meetings: working time that is not free for duties."),
    columns=("staff", "start", "end", "title"),
    fields=(
        _STAFF,
        *_SPAN,
        FieldSpec(
            name="title",
            label=N_("What"),
            is_wide=True,
            help=N_("Only the person’s own page shows it."),
        ),
    ),
)
_STANDBYS = SetSpec(
    set_name="standbys",
    title=N_("Stand-by"),
    one=N_("New stand-by"),
    icon="clock",
    hint=N_("Time on call at home: neither working time nor rest."),
    columns=("staff", "start", "end"),
    fields=(_STAFF, *_SPAN),
)
_UNAVAILABLE = SetSpec(
    set_name="unavailabilities",
    title=N_("Availability"),
    one=N_("New time not available"),
    icon="calendar-days",
    hint=N_("Everybody can work whenever the contract allows. Add recurring times when not."),
    columns=("staff", "weekday", "start", "end", "last_day"),
    fields=(
        _STAFF,
        FieldSpec(name="weekday", label=N_("Weekday"), kind=Kind.WEEKDAY, is_wide=True),
        FieldSpec(name="start", label=N_("Not available from"), kind=Kind.TIME),
        FieldSpec(
            name="end",
            label=N_("Until"),
            kind=Kind.TIME,
            help=N_("An end not after the start is on the next day."),
        ),
        *FROM_TO,
    ),
)
_WISHES = SetSpec(
    set_name="wishes",
    title=N_("Wishes"),
    one=N_("New wish"),
    icon="calendar",
    hint=N_("Wishes are weighed in when a week is generated; a veto day is a limit."),
    columns=("staff", "day", "kind", "is_veto"),
    fields=(
        _STAFF,
        FieldSpec(name="day", label=N_("Day"), kind=Kind.DATE),
        FieldSpec(name="kind", label=N_("Wish"), kind=Kind.CHOICE, choices=WISHES),
        FieldSpec(name="shift_type", label=N_("Shift type"), kind=Kind.REFERENCE),
        FieldSpec(name="strength", label=N_("Strength"), kind=Kind.CHOICE, choices=STRENGTHS),
        FieldSpec(
            name="is_veto",
            label=N_("Veto day"),
            kind=Kind.FLAG,
            help=N_("A day that the person may keep free."),
        ),
    ),
)
_BALANCES = SetSpec(
    set_name="opening_balances",
    title=N_("Opening balances"),
    one=N_("New opening balance"),
    icon="book-open",
    hint=N_("What people bring from before the plan: hours, evenings, nights and weekends."),
    columns=("staff", "day", "balance_min"),
    fields=(
        _STAFF,
        FieldSpec(name="day", label=N_("On the morning of"), kind=Kind.DATE),
        FieldSpec(
            name="balance_min",
            label=N_("Above the contract"),
            kind=Kind.NUMBER,
            unit=N_("min"),
            help=N_("Negative when below it."),
        ),
        FieldSpec(name="n_evenings", label=N_("Evenings so far"), kind=Kind.NUMBER),
        FieldSpec(name="n_nights", label=N_("Nights so far"), kind=Kind.NUMBER),
        FieldSpec(name="n_weekends", label=N_("Weekends so far"), kind=Kind.NUMBER),
    ),
)

PEOPLE = GroupSpec(
    title=N_("People"),
    sets=(
        _PEOPLE,
        _SQUADS,
        _EMPLOYERS,
        _ALL_SKILLS,
        _ABSENCES,
        _BOUND,
        _STANDBYS,
        _UNAVAILABLE,
        _WISHES,
        _BALANCES,
    ),
)
