"""Forms of promises and of what they are measured by."""

from typing import Any

from planner.domain.plan import Plan
from planner.promise_words import KINDS
from planner.services.records.saving import field_text
from planner.words import N_
from ui.records.choices import PARTIES
from ui.records.specs import Column, FieldSpec, GroupSpec, InnerSpec, Kind, Layout, SetSpec

_MEASURES = InnerSpec(
    set_name="measures",
    title=N_("Measures"),
    layout=Layout.CARDS,
    add=N_("Add measure"),
    help=N_(
        "Each with a target that can be counted: per cent of the promised windows and visits, or "
        "how many walks and sessions in the whole period."
    ),
    fields=(
        FieldSpec(name="name", label=N_("What is promised"), is_wide=True),
        FieldSpec(name="kind", label=N_("Kind"), kind=Kind.CHOICE, choices=KINDS),
        FieldSpec(name="party", label=N_("Carried out by"), kind=Kind.CHOICE, choices=PARTIES),
        FieldSpec(name="target", label=N_("Target"), kind=Kind.NUMBER),
        FieldSpec(
            name="place",
            label=N_("Only at"),
            kind=Kind.REFERENCE,
            sets=("schools", "hotspots"),
            help=N_("Empty: every school, or every selected place."),
        ),
    ),
)


def _signed(plan: Plan, promise: Any) -> str:
    return field_text(promise.signed_on, plan.zone)


_PROMISES = SetSpec(
    set_name="promises",
    title=N_("Promises"),
    one=N_("New promise"),
    icon="shield",
    hint=N_("What the city and its police promise for some months, and how it is counted."),
    columns=("name", "first_day", "last_day", Column(label=N_("Signed"), text=_signed)),
    fields=(
        FieldSpec(name="name", label=N_("Name"), is_wide=True),
        FieldSpec(name="first_day", label=N_("First day"), kind=Kind.DATE),
        FieldSpec(name="last_day", label=N_("Last day"), kind=Kind.DATE),
        FieldSpec(name="report_by", label=N_("Report-back by"), kind=Kind.DATE),
        FieldSpec(name="city", label=N_("City"), group=N_("Parties")),
        FieldSpec(name="city_signatory", label=N_("Signed for the city by")),
        FieldSpec(name="police", label=N_("Local police area")),
        FieldSpec(name="police_signatory", label=N_("Signed for the police by")),
    ),
    inner=(_MEASURES,),
)
_OUTCOMES = SetSpec(
    set_name="outcome_counts",
    title=N_("Reported crimes"),
    one=N_("New month"),
    icon="list",
    hint=N_("Reported robberies of each month, with the source of the number."),
    columns=("month", "kind", "area", "n"),
    fields=(
        FieldSpec(name="month", label=N_("First day of the month"), kind=Kind.DATE),
        FieldSpec(name="kind", label=N_("Kind of crime")),
        FieldSpec(name="area", label=N_("Area")),
        FieldSpec(name="n", label=N_("Reports"), kind=Kind.NUMBER),
        FieldSpec(name="source", label=N_("Source"), is_wide=True),
    ),
)

PROMISE_SETS = GroupSpec(title=N_("Promise"), sets=(_PROMISES, _OUTCOMES))
