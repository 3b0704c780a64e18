"""What the kinds of print-outs are called, and who reads them."""

from planner.services.prints.print_outs import PRINT_OUTS, PrintKind, PrintSet
from planner.words import N_

READERS = {
    PrintSet.SCHOOLS: N_("Schools"),
    PrintSet.STAFF: N_("Staff"),
    PrintSet.HOTSPOTS: N_("Police"),
    PrintSet.MANAGER: N_("Managers"),
}
"""Readers in the order in which they are offered."""

NAMES = {
    PrintKind.OFFICE: N_("Office copy"),
    PrintKind.NOTICE_BOARD: N_("Notice-board copy"),
    PrintKind.OWN_WEEK: N_("Own week"),
    PrintKind.DUTY_LIST: N_("Duty list by hour"),
    PrintKind.BRIEFING: N_("Briefing for the officer in charge"),
    PrintKind.ROSTER: N_("Whole roster"),
    PrintKind.HOURS: N_("Hours, person by person"),
    PrintKind.COVERAGE: N_("Coverage and gaps"),
}

IN_ORDER = {PrintKind.DUTY_LIST, PrintKind.BRIEFING}
"""Kinds whose parts are days, which have an order of their own; others are sorted by name."""


def kinds_of(reader: PrintSet) -> list[PrintKind]:
    """Return the kinds for a reader."""
    return [kind for kind, made in PRINT_OUTS.items() if made.printed_with is reader]
