"""What the print guard says: what would have been shown to whom, and where it was typed."""

from collections.abc import Mapping

from planner.reports.audiences import Audience, Matter
from planner.services.records.typed_fields import TypedField
from planner.words import N_, Phrase

COPIES: Mapping[Audience, str] = {
    Audience.SCHOOL_OFFICE: N_("The office copy"),
    Audience.NOTICE_BOARD: N_("The notice-board copy"),
    Audience.PERSON: N_("The own week"),
    Audience.OFFICER_IN_CHARGE: N_("The document for the officer in charge"),
    Audience.PLANNER: N_("The document for planners"),
    Audience.MANAGER: N_("The document for managers"),
    Audience.BOARD: N_("The report-back"),
}
"""What each audience reads."""

MATTERS: Mapping[Matter, str] = {
    Matter.OFFICER_NAMES: N_("an officer’s name"),
    Matter.OFFICER_PHONES: N_("an officer’s number"),
    Matter.CONTACT_NAMES: N_("the name of a contact person whom this reader should not see"),
    Matter.SERVICE_PHONES: N_("the number of a contact person whom this reader should not see"),
    Matter.REAL_NAMES: N_("the real name of a protected identity"),
    Matter.IDENTITY_NUMBERS: N_("a personal identity number"),
    Matter.ADDRESSES: N_("an e-mail address"),
    Matter.PUPIL_NAMES: N_("the name of a pupil"),
    Matter.PATROLS: N_("something of a patrol"),
    Matter.PLACES: N_("a selected place or a walk"),
    Matter.OTHER_SCHOOLS: N_("another school"),
    Matter.GAPS: N_("a gap"),
    Matter.ABSENCE: N_("an absence"),
    Matter.ABSENCE_CAUSE: N_("the cause of an absence"),
    Matter.BOUND_TIME: N_("what somebody is bound to"),
    Matter.INCIDENTS: N_("something about incidents"),
    Matter.DRAFT: N_("something that is not published"),
    Matter.LINKS: N_("a web address"),
    Matter.HOURS: N_("somebody’s hours"),
    Matter.OVERRIDES: N_("why a broken rule stands"),
    Matter.NOTES: N_("a planner’s note"),
}
"""What is told by it."""

FIELDS: Mapping[tuple[str, str], str] = {
    ("schools", "meeting_place"): N_("the meeting place of {name}"),
    ("schools", "phone"): N_("the telephone of {name}"),
    ("bell_times", "meeting_place"): N_("the meeting place in the bell times of {name}"),
    ("bell_times", "grade_group"): N_("the grade groups of {name}"),
    ("changed_days", "meeting_place"): N_("the meeting place of the changed day {name}"),
    ("school_periods", "name"): N_("the name of the term or break “{name}”"),
    ("settings", "notice"): N_("the plan’s notice"),
    ("settings", "coordinator_name"): N_("the coordinator’s name"),
    ("settings", "coordinator_phone"): N_("the coordinator’s telephone"),
    ("shift_types", "name"): N_("the name of the shift type “{name}”"),
    ("shift_types", "code"): N_("the code of the shift type “{name}”"),
    ("bound_times", "title"): N_("the title of bound time: {name}"),
    ("squads", "name"): N_("the name of the squad “{name}”"),
    ("employers", "name"): N_("the name of the employer “{name}”"),
    ("rule_books", "name"): N_("the name of the rule book “{name}”"),
    ("rule_books", "confirmed_by"): N_("who confirmed the rule book “{name}”"),
    ("sites", "name"): N_("the name of the site “{name}”"),
    ("schools", "name"): N_("the name of the school “{name}”"),
    ("hotspots", "name"): N_("the name of the selected place “{name}”"),
    ("safety_walks", "name"): N_("the name of the safety walk “{name}”"),
    ("information_sessions", "name"): N_("the name of the information session “{name}”"),
    ("promises", "name"): N_("the name of the promise “{name}”"),
    ("promises", "city"): N_("the parties of the promise “{name}”"),
    ("promises", "police"): N_("the parties of the promise “{name}”"),
    ("measures", "name"): N_("what the measure “{name}” promises"),
    ("walk_actions", "text"): N_("the list of things to mend of a safety walk"),
    ("walk_actions", "responsible"): N_("who is responsible on the list of a safety walk"),
    ("outcome_counts", "kind"): N_("the kind of reported crimes"),
    ("outcome_counts", "area"): N_("the area of reported crimes"),
    ("outcome_counts", "source"): N_("the source of reported crimes"),
    ("staff", "display_name"): N_("the display name of {name}"),
    ("staff", "service_phone"): N_("the telephone of {name}"),
}
"""Where something was typed, by set and field."""


def typed_field(where: TypedField) -> Phrase:
    """Return where something was typed."""
    return Phrase(FIELDS[where.set_name, where.field], {"name": where.name})
