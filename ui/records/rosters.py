"""Forms of shift types, base rosters, rule books and what holds for the whole plan."""

from typing import Any

from planner.domain.plan import Plan
from planner.words import N_, _
from ui.records.choices import LANGUAGES, RULES, TRAVEL, rule_unit
from ui.records.people import FROM_TO
from ui.records.specs import Column, FieldSpec, GroupSpec, InnerSpec, Kind, Layout, SetSpec

_NAME = FieldSpec(name="name", label=N_("Name"), is_wide=True)


def _times(plan: Plan, kind: Any) -> str:
    parts = plan.parts_by_shift_type.get(kind.id, ())
    return ", ".join(f"{part.start:%H:%M}–{part.end:%H:%M}" for part in parts)


def _members(plan: Plan, roster: Any) -> str:
    return str(sum(member.base_roster == roster.id for member in plan.base_roster_members))


def _confirmed(_plan: Plan, book: Any) -> str:
    return book.confirmed_by or _("unconfirmed")


_SHIFT_TYPES = SetSpec(
    set_name="shift_types",
    title=N_("Shift types"),
    one=N_("New shift type"),
    icon="clock",
    hint=N_("A shift type is a kind of shift that recurs, such as a day or a split one."),
    columns=("name", "code", "employer", Column(label=N_("Times"), text=_times)),
    fields=(
        FieldSpec(name="name", label=N_("Name")),
        FieldSpec(name="code", label=N_("Code"), help=N_("Up to four letters, shown in the grid.")),
        FieldSpec(name="employer", label=N_("Employer"), kind=Kind.REFERENCE),
        FieldSpec(
            name="break_min",
            label=N_("Unpaid break"),
            kind=Kind.NUMBER,
            unit=N_("min"),
            help=N_("0 for none."),
        ),
        FieldSpec(
            name="muster_min",
            label=N_("Muster at its beginning"),
            kind=Kind.NUMBER,
            unit=N_("min"),
        ),
        FieldSpec(
            name="report_min",
            label=N_("Report writing at its end"),
            kind=Kind.NUMBER,
            unit=N_("min"),
        ),
        FieldSpec(name="weekdays", label=N_("May begin on"), kind=Kind.WEEKDAYS, is_wide=True),
    ),
    inner=(
        InnerSpec(
            set_name="shift_parts",
            title=N_("Times"),
            add=N_("Add part"),
            help=N_("A split shift has several parts; an end not after the start is next day."),
            fields=(
                FieldSpec(name="ordinal", label=N_("Part"), kind=Kind.NUMBER),
                FieldSpec(name="start", label=N_("Start"), kind=Kind.TIME),
                FieldSpec(name="end", label=N_("End"), kind=Kind.TIME),
            ),
        ),
    ),
)
_BASE_ROSTERS = SetSpec(
    set_name="base_rosters",
    title=N_("Base rosters"),
    one=N_("New base roster"),
    icon="grid-3x3",
    hint=N_("A base roster repeats every few weeks and gives its members their shifts."),
    columns=("name", "n_weeks", "first_monday", Column(label=N_("Members"), text=_members)),
    fields=(
        _NAME,
        FieldSpec(name="n_weeks", label=N_("Repeats every"), kind=Kind.NUMBER, unit=N_("weeks")),
        FieldSpec(
            name="first_monday",
            label=N_("Week 1 begins on"),
            kind=Kind.DATE,
            help=N_("A Monday; earlier and later weeks are counted from it."),
        ),
    ),
    inner=(
        InnerSpec(
            set_name="base_roster_shifts",
            title=N_("Shifts"),
            layout=Layout.ROTA,
            help=N_("Codes of shift types; several on a day with a space between, empty for free."),
        ),
        InnerSpec(
            set_name="base_roster_members",
            title=N_("Members"),
            add=N_("Add member"),
            fields=(
                FieldSpec(name="staff", label=N_("Person"), kind=Kind.REFERENCE),
                FieldSpec(
                    name="offset_weeks", label=N_("Later by"), kind=Kind.NUMBER, unit=N_("weeks")
                ),
                *FROM_TO,
            ),
        ),
    ),
)
_RULE_BOOKS = SetSpec(
    set_name="rule_books",
    title=N_("Rule books"),
    one=N_("New rule book"),
    icon="book-open",
    hint=N_("A rule book holds the numbers of a working-time agreement, each with its source."),
    columns=("name", Column(label=N_("Confirmed by"), text=_confirmed), "confirmed_day"),
    fields=(
        _NAME,
        FieldSpec(
            name="confirmed_by",
            label=N_("Confirmed by"),
            group=N_("Confirmation"),
            help=N_("Whoever of employer and union has said that the numbers are right."),
        ),
        FieldSpec(name="confirmed_day", label=N_("Confirmed on"), kind=Kind.DATE),
    ),
    inner=(
        InnerSpec(
            set_name="rules",
            title=N_("Rules"),
            add=N_("Add rule"),
            help=N_("A number that changes is a new rule with its own day."),
            fields=(
                FieldSpec(
                    name="key", label=N_("Rule"), kind=Kind.CHOICE, choices=RULES, is_wide=True
                ),
                FieldSpec(name="value", label=N_("Value"), kind=Kind.NUMBER),
                FieldSpec(
                    name="unit",
                    label=N_("Unit"),
                    kind=Kind.NOTE,
                    note=lambda rule: rule_unit(rule.key),
                ),
                FieldSpec(name="first_day", label=N_("Valid from"), kind=Kind.DATE),
                FieldSpec(name="source", label=N_("Source"), is_wide=True),
            ),
        ),
        InnerSpec(
            set_name="credited_hours",
            title=N_("Credited minutes for inconvenient hours"),
            add=N_("Add hours"),
            help=N_("For each whole planned hour between the two times."),
            fields=(
                FieldSpec(name="weekday", label=N_("Weekday"), kind=Kind.WEEKDAY),
                FieldSpec(name="start", label=N_("Start"), kind=Kind.TIME),
                FieldSpec(name="end", label=N_("End"), kind=Kind.TIME),
                FieldSpec(
                    name="credited_min",
                    label=N_("An hour gives"),
                    kind=Kind.NUMBER,
                    unit=N_("min"),
                ),
            ),
        ),
    ),
)
_SETTINGS = SetSpec(
    set_name="settings",
    title=N_("Settings"),
    one=N_("Settings"),
    icon="settings",
    hint="",
    columns=("name",),
    fields=(
        FieldSpec(name="name", label=N_("Name of the plan"), is_wide=True),
        FieldSpec(
            name="notice",
            label=N_("Notice"),
            is_wide=True,
            help=N_("Shown wherever the data could be mistaken for real."),
        ),
        FieldSpec(
            name="language", label=N_("Language of prints"), kind=Kind.CHOICE, choices=LANGUAGES
        ),
        FieldSpec(name="zone", label=N_("Time zone")),
        FieldSpec(
            name="coordinator_name",
            label=N_("Name"),
            group=N_("Coordinator, whom a school calls when nobody comes"),
        ),
        FieldSpec(name="coordinator_phone", label=N_("Phone")),
        FieldSpec(
            name="mail_sender",
            label=N_("Sender"),
            group=N_("Messages to schools and staff"),
            help=N_("The address that schools and staff answer to."),
        ),
        FieldSpec(
            name="mail_host",
            label=N_("Mail server"),
            help=N_("Empty: messages can only be saved as drafts."),
        ),
        FieldSpec(
            name="mail_port",
            label=N_("Port"),
            kind=Kind.NUMBER,
            help=N_("587 begins unencrypted and changes over; 465 is encrypted from the start."),
        ),
        FieldSpec(
            name="mail_user",
            label=N_("Account"),
            help=N_("Empty: the server wants no login. The password stays with your system."),
        ),
        FieldSpec(
            name="contact_skill",
            label=N_("Contact person"),
            kind=Kind.REFERENCE,
            group=N_("Skills that make somebody a …"),
        ),
        FieldSpec(name="patrol_skill", label=N_("Officer of a crew"), kind=Kind.REFERENCE),
        FieldSpec(name="lead_skill", label=N_("Officer in charge"), kind=Kind.REFERENCE),
        FieldSpec(
            name="detour_percent",
            label=N_("Way as share of the straight line"),
            kind=Kind.NUMBER,
            unit="%",
            group=N_("Travel where no time is known"),
        ),
        FieldSpec(name="car_kmh", label=N_("By car"), kind=Kind.NUMBER, unit="km/h"),
        FieldSpec(name="bike_kmh", label=N_("By bicycle"), kind=Kind.NUMBER, unit="km/h"),
        FieldSpec(name="walk_kmh", label=N_("On foot"), kind=Kind.NUMBER, unit="km/h"),
        FieldSpec(
            name="retention_days",
            label=N_("Retention time"),
            kind=Kind.NUMBER,
            unit=N_("days"),
            group=N_("Personal data"),
            help=N_("After it, what tells who did what is taken away; the counts stay."),
        ),
    ),
)
_TRAVEL = SetSpec(
    set_name="travel_times",
    title=N_("Travel times"),
    one=N_("New travel time"),
    icon="map-pin",
    hint=N_("Where no travel time is known, distance and speed decide: see Settings."),
    columns=("from_site", "to_site", "mode", "minutes"),
    fields=(
        FieldSpec(name="from_site", label=N_("From"), kind=Kind.REFERENCE),
        FieldSpec(name="to_site", label=N_("To"), kind=Kind.REFERENCE),
        FieldSpec(
            name="mode",
            label=N_("Travels by"),
            kind=Kind.CHOICE,
            choices={mode.value: text for mode, text in TRAVEL.items()},
        ),
        FieldSpec(name="minutes", label=N_("Time"), kind=Kind.NUMBER, unit=N_("min")),
    ),
)

SHIFTS = GroupSpec(title=N_("Shifts"), sets=(_SHIFT_TYPES, _BASE_ROSTERS))
RULE_BOOKS = GroupSpec(title=N_("Rules"), sets=(_RULE_BOOKS,))
PLAN = GroupSpec(title=N_("Plan"), sets=(_SETTINGS, _TRAVEL))
