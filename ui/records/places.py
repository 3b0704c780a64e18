"""Forms of schools, selected places and events."""

from planner.domain.places import MeetingKind
from planner.words import N_
from ui.records.choices import (
    CERTAINTIES,
    DAY_KINDS,
    MEETINGS,
    PERIODS,
    PRESENCE,
    PRIORITIES,
    ROLES,
    STAFFING,
    WINDOWS_PER,
)
from ui.records.people import FROM_TO
from ui.records.specs import FieldSpec, GroupSpec, InnerSpec, Kind, Layout, SetSpec

_NAME = FieldSpec(name="name", label=N_("Name"), is_wide=True)
_SITE = FieldSpec(name="site", label=N_("Site"), kind=Kind.REFERENCE)
_SCHOOL = FieldSpec(name="school", label=N_("School"), kind=Kind.REFERENCE)
_PRIORITY = FieldSpec(name="priority", label=N_("Priority"), kind=Kind.CHOICE, choices=PRIORITIES)

_BELLS = InnerSpec(
    set_name="bell_times",
    title=N_("Bell times"),
    layout=Layout.BELLS,
    add=N_("Add grade group"),
    help=N_("First and last bell, such as 08:10–13:30; an empty day has no school."),
    fields=(
        FieldSpec(name="grade_group", label=N_("Grade group")),
        FieldSpec(name="meeting_place", label=N_("Other meeting place")),
        FieldSpec(name="site", label=N_("Other site"), kind=Kind.REFERENCE),
    ),
)
_CONTACTS = InnerSpec(
    set_name="school_contacts",
    title=N_("Contact persons"),
    add=N_("Add contact person"),
    fields=(
        FieldSpec(name="staff", label=N_("Person"), kind=Kind.REFERENCE),
        FieldSpec(name="role", label=N_("Role"), kind=Kind.CHOICE, choices=ROLES),
    ),
)
_SCHOOLS = SetSpec(
    set_name="schools",
    title=N_("Schools"),
    one=N_("New school"),
    icon="school",
    hint=N_("Import your schools with their bell times, or add the first one here."),
    columns=("name", "site", "staffing", "priority"),
    fields=(
        _NAME,
        _SITE,
        FieldSpec(name="grades", label=N_("Grades")),
        FieldSpec(name="phone", label=N_("Phone")),
        FieldSpec(
            name="email", label=N_("E-mail of the office"), help=N_("The sheets are sent there.")
        ),
        FieldSpec(
            name="meeting_place", label=N_("Meeting place"), help=N_("Is printed on the sheet.")
        ),
        FieldSpec(
            name="staffing",
            label=N_("Staffed by"),
            kind=Kind.CHOICE,
            choices=STAFFING,
            group=N_("Contact windows"),
        ),
        FieldSpec(
            name="windows_per",
            label=N_("Windows around"),
            kind=Kind.CHOICE,
            choices=WINDOWS_PER,
        ),
        FieldSpec(
            name="before_min", label=N_("Before the first bell"), kind=Kind.NUMBER, unit=N_("min")
        ),
        FieldSpec(
            name="after_min", label=N_("After the last bell"), kind=Kind.NUMBER, unit=N_("min")
        ),
        FieldSpec(name="n_contacts", label=N_("Contact persons at once"), kind=Kind.NUMBER),
        FieldSpec(
            name="skill",
            label=N_("Further skill"),
            kind=Kind.REFERENCE,
            help=N_("Asked for beside that of a contact person."),
        ),
        _PRIORITY,
        FieldSpec(name="certainty", label=N_("Certainty"), kind=Kind.CHOICE, choices=CERTAINTIES),
    ),
    inner=(_BELLS, _CONTACTS),
)
_SITES = SetSpec(
    set_name="sites",
    title=N_("Sites"),
    one=N_("New site"),
    icon="map-pin",
    hint=N_("A site is a place on the ground. Schools, selected places and events lie at one."),
    columns=("name", "address"),
    fields=(
        _NAME,
        FieldSpec(name="address", label=N_("Address"), is_wide=True),
        FieldSpec(
            name="latitude",
            label=N_("Latitude"),
            kind=Kind.NUMBER,
            unit=N_("°N"),
            help=N_("WGS 84, such as 59.61; travel times are counted from it."),
        ),
        FieldSpec(name="longitude", label=N_("Longitude"), kind=Kind.NUMBER, unit=N_("°E")),
    ),
)
SCHOOL_YEAR = SetSpec(
    set_name="school_periods",
    title=N_("School year"),
    one=N_("New term or break"),
    icon="book-open",
    hint=N_("Without a term no day is a school day. Add the terms, then their breaks."),
    columns=("name", "kind", "first_day", "last_day"),
    fields=(
        _NAME,
        FieldSpec(name="kind", label=N_("Kind"), kind=Kind.CHOICE, choices=PERIODS, is_wide=True),
        FieldSpec(name="first_day", label=N_("First day"), kind=Kind.DATE),
        FieldSpec(name="last_day", label=N_("Last day"), kind=Kind.DATE),
    ),
)
_CHANGED = SetSpec(
    set_name="changed_days",
    title=N_("Changed days"),
    one=N_("New changed day"),
    icon="calendar-days",
    hint=N_("Study days, half-days and outings: days on which a school differs."),
    columns=("day", "school", "kind", "note"),
    fields=(
        FieldSpec(name="day", label=N_("Day"), kind=Kind.DATE),
        FieldSpec(name="kind", label=N_("Kind"), kind=Kind.CHOICE, choices=DAY_KINDS),
        FieldSpec(
            name="school",
            label=N_("School"),
            kind=Kind.REFERENCE,
            is_wide=True,
            help=N_("Empty: every school."),
        ),
        FieldSpec(
            name="last_bell",
            label=N_("Last bell"),
            kind=Kind.TIME,
            help=N_("When a half-day ends."),
        ),
        FieldSpec(name="meeting_place", label=N_("Other meeting place")),
        FieldSpec(name="note", label=N_("Note"), is_wide=True),
    ),
)

_WINDOWS = InnerSpec(
    set_name="presence_windows",
    title=N_("Presence windows"),
    layout=Layout.CARDS,
    add=N_("Add window"),
    help=N_("An end not after the start is on the next day."),
    fields=(
        FieldSpec(name="weekday", label=N_("Weekday"), kind=Kind.WEEKDAY),
        FieldSpec(name="start", label=N_("Start"), kind=Kind.TIME),
        FieldSpec(name="end", label=N_("End"), kind=Kind.TIME),
        FieldSpec(name="kind", label=N_("Presence"), kind=Kind.CHOICE, choices=PRESENCE),
        FieldSpec(name="stay_min", label=N_("Stay at least"), kind=Kind.NUMBER, unit=N_("min")),
        FieldSpec(name="n_visits", label=N_("Number of visits"), kind=Kind.NUMBER),
        FieldSpec(
            name="visit_min_min", label=N_("Visit at least"), kind=Kind.NUMBER, unit=N_("min")
        ),
        FieldSpec(
            name="visit_max_min", label=N_("Visit at most"), kind=Kind.NUMBER, unit=N_("min")
        ),
        *FROM_TO,
    ),
)
_HOTSPOTS = SetSpec(
    set_name="hotspots",
    title=N_("Selected places"),
    one=N_("New selected place"),
    icon="map-pin",
    hint=N_("Add the places where presence is promised, and when somebody should be there."),
    columns=("name", "priority", "first_day", "last_day"),
    fields=(_NAME, _SITE, _PRIORITY, *FROM_TO),
    inner=(_WINDOWS,),
)
_MEETINGS = InnerSpec(
    set_name="walk_meetings",
    title=N_("Meetings"),
    layout=Layout.CARDS,
    help=N_("Three that belong together, weeks apart; one without times is not held."),
    fixed=("kind", tuple(MeetingKind)),
    fields=(
        FieldSpec(name="kind", label=N_("Meeting"), kind=Kind.CHOICE, choices=MEETINGS),
        FieldSpec(name="start", label=N_("Start"), kind=Kind.INSTANT),
        FieldSpec(name="end", label=N_("End"), kind=Kind.INSTANT),
        FieldSpec(name="n_crews", label=N_("Crews"), kind=Kind.NUMBER),
        FieldSpec(name="n_contacts", label=N_("Contact persons"), kind=Kind.NUMBER),
    ),
)
_ACTIONS = InnerSpec(
    set_name="walk_actions",
    title=N_("Action list"),
    add=N_("Add action"),
    help=N_("What the walk found, which office sees to it, and when it was done."),
    fields=(
        FieldSpec(name="text", label=N_("Action")),
        FieldSpec(name="responsible", label=N_("Responsible")),
        FieldSpec(name="due_day", label=N_("Due"), kind=Kind.DATE),
        FieldSpec(name="done_day", label=N_("Done"), kind=Kind.DATE),
    ),
)
_WALKS = SetSpec(
    set_name="safety_walks",
    title=N_("Safety walks"),
    one=N_("New safety walk"),
    icon="users",
    hint=N_("A safety walk is three meetings: before, the walk itself, and after."),
    columns=("name", "site", "school", "priority"),
    fields=(_NAME, _SITE, _SCHOOL, _PRIORITY),
    inner=(_MEETINGS, _ACTIONS),
)
_SESSIONS = SetSpec(
    set_name="information_sessions",
    title=N_("Information sessions"),
    one=N_("New information session"),
    icon="info",
    hint=N_("Information about robberies for a class; its start may move on the day."),
    columns=("name", "day", "school"),
    fields=(
        _NAME,
        _SITE,
        _SCHOOL,
        FieldSpec(name="day", label=N_("Day"), kind=Kind.DATE),
        FieldSpec(name="duration_min", label=N_("Length"), kind=Kind.NUMBER, unit=N_("min")),
        FieldSpec(name="earliest_start", label=N_("Earliest start"), kind=Kind.TIME),
        FieldSpec(name="latest_start", label=N_("Latest start"), kind=Kind.TIME),
        FieldSpec(name="skill", label=N_("Skill"), kind=Kind.REFERENCE),
        _PRIORITY,
        FieldSpec(name="is_crew", label=N_("Held by a crew of two"), kind=Kind.FLAG),
    ),
)
_NEEDS = SetSpec(
    set_name="staffing_needs",
    title=N_("Staffing needs"),
    one=N_("New staffing need"),
    icon="grid-3x3",
    hint=N_("How many with a skill are needed at work in an hour of the week."),
    columns=("skill", "weekday", "start", "end", "minimum", "needed"),
    fields=(
        FieldSpec(name="skill", label=N_("Skill"), kind=Kind.REFERENCE),
        FieldSpec(name="weekday", label=N_("Weekday"), kind=Kind.WEEKDAY),
        FieldSpec(name="start", label=N_("Start"), kind=Kind.TIME),
        FieldSpec(name="end", label=N_("End"), kind=Kind.TIME),
        FieldSpec(
            name="minimum",
            label=N_("Minimum"),
            kind=Kind.NUMBER,
            help=N_("Never fewer; ranks with the promise."),
        ),
        FieldSpec(
            name="needed",
            label=N_("Needed"),
            kind=Kind.NUMBER,
            help=N_("What the work asks for."),
        ),
    ),
)

SCHOOLS = GroupSpec(title=N_("Schools"), sets=(_SCHOOLS, _SITES, SCHOOL_YEAR, _CHANGED))
PRESENCE_SETS = GroupSpec(title=N_("Presence"), sets=(_HOTSPOTS, _WALKS, _SESSIONS, _NEEDS))
