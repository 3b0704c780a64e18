"""Sentences and short texts of the promise page."""

from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from planner import messages
from planner.domain.duties import Moment
from planner.domain.follow_up import EveryPlace, MeasureFollowUp, PromiseFollowUp
from planner.domain.promises import Delivery, DeliveryState, Party
from planner.domain.weeks import IsoWeek
from planner.promise_words import COVERED, KINDS, REASONS, standing
from planner.services.promise.delivery_import import DeliveryPreview
from planner.services.promise.promises import Signing
from planner.services.promise.report_lines import ReportLine
from planner.words import N_, _, clock_span, date_range, ngettext, short_date

MOMENTS = {Moment.BEFORE: N_("before school"), Moment.AFTER: N_("after school")}
_PARTIES = {
    Party.CITY: N_("Carried out by the city."),
    Party.POLICE: N_("Carried out by the police."),
    Party.BOTH: N_("Carried out by both together."),
}
_MOST_NAMES, _MOST_PROBLEMS = 4, 6


def state_of(found: PromiseFollowUp) -> tuple[str, str]:
    """Return text and tone of how far a promise has come."""
    promise = found.promise
    if not found.is_signed:
        return _("Under negotiation"), "warning"
    if found.is_over:
        return _("Its period is over"), "neutral"
    if promise.signed_on is not None:
        return _("Signed {day}", day=short_date(promise.signed_on)), "success"
    return _("Signed"), "success"


def period(found: PromiseFollowUp) -> str:
    """Return the days of a promise."""
    return date_range(found.promise.first_day, found.promise.last_day)


def week_text(week: IsoWeek) -> str:
    """Return a week with its Monday, such as ``v. 48, 23 nov``."""
    return _("Week {n}, {monday}", n=week.week, monday=short_date(week.monday))


def card_text(found: PromiseFollowUp, one: MeasureFollowUp) -> str:
    """Return the lines of a measure's card."""
    n_promised = one.total.promised if one.measure.is_share else one.measure.target
    return "\n".join(
        (
            _(KINDS[one.measure.kind]),
            _("{n} of {n_all} done", n=one.total.done, n_all=n_promised),
            standing(found, one)[0],
        )
    )


def measure_text(found: PromiseFollowUp, one: MeasureFollowUp) -> str:
    """Return what was promised, what became of it, and what is not known."""
    return " ".join(_measure_sentences(found, one))


def _measure_sentences(found: PromiseFollowUp, one: MeasureFollowUp) -> Iterator[str]:
    total, measure = one.total, one.measure
    if measure.is_share:
        yield _(
            "Promised: at least {target} % of {n_all}, so {aim}.",
            target=measure.target,
            n_all=total.promised,
            aim=one.aim,
        )
    else:
        yield _("Promised: at least {target} in the whole period.", target=measure.target)
    yield _(
        "Done: {done}. Not done: {not_done}. Not reported: {not_reported}.",
        done=total.done,
        not_done=total.n_not_done,
        not_reported=total.not_reported,
    )
    if total.not_reported:
        yield _("What nobody reports never counts as done.")
    if one.every_place is not None and found.is_signed and total.n_due:
        yield every_school(one.every_place) if found.is_over else every_school_so_far(one)
    yield _(_PARTIES[measure.party])


def every_school(every: EveryPlace) -> str:
    """Return whether "every school" may be claimed, and which stand against it."""
    if every.is_true:
        return _("Every school had everything that it was promised.")
    return _(
        "“Every school” cannot be claimed: {n} of {n_all} had everything; lacking at {names}.",
        n=every.n_complete,
        n_all=every.n_places + len(every.left_out),
        names=_first_names((*every.lacking, *every.left_out)),
    )


def every_school_so_far(one: MeasureFollowUp) -> str:
    """Return the same of the days that are over, while the period lasts.

    What is still to come is lacking nowhere, which :class:`EveryPlace` cannot know.
    """
    left_out = one.every_place.left_out if one.every_place is not None else ()
    promised = [place for place in one.places if place.tally.promised]
    lacking = [
        place.title for place in promised if place.tally.n_not_done or place.tally.not_reported
    ]
    if not lacking and not left_out:
        return _("So far every school had everything that it was promised.")
    return _(
        "“Every school” cannot be claimed so far: {n} of {n_all} had everything; "
        "lacking at {names}.",
        n=len(promised) - len(lacking),
        n_all=len(promised) + len(left_out),
        names=_first_names((*lacking, *left_out)),
    )


def _first_names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    n_more = len(names) - _MOST_NAMES
    return _("{names} and {n} more", names=shown, n=n_more) if n_more > 0 else shown


def when(line: ReportLine, zone: ZoneInfo) -> str:
    """Return day and time of a duty."""
    day = short_date(line.day)
    if not line.is_timed:
        return day
    return f"{day} {clock_span(line.span.start, line.span.end, zone)}"


def what(line: ReportLine) -> str:
    """Return the name of a place, and which side of the school day."""
    return f"{line.title}, {_(MOMENTS[line.moment])}" if line.moment else line.title


def planned(line: ReportLine) -> str:
    """Return who was to do a duty when it was first published."""
    return _("not published") if line.covered_by is None else _(COVERED[line.covered_by])


def reported(line: ReportLine) -> str:
    """Return what was reported of a duty."""
    delivery = line.delivery
    if delivery is None:
        return _("not reported") if line.is_over else _("to come")
    if delivery.state is DeliveryState.DONE:
        return _("done")
    return _("not done: {reason}", reason=_reason(delivery))


def _reason(delivery: Delivery) -> str:
    return _(REASONS[delivery.reason]) if delivery.reason else _("no reason")


def counted(lines: Iterable[ReportLine]) -> str:
    """Return how many duties are shown and how many of them lack a report."""
    lines = tuple(lines)
    n_open = sum(line.is_over and line.delivery is None for line in lines)
    shown = ngettext("{n} duty shown.", "{n} duties shown.", len(lines))
    if not lines:
        return shown
    if not n_open:
        return f"{shown} " + _("Everything that is over has been reported.")
    return f"{shown} " + ngettext("{n} is not reported.", "{n} are not reported.", n_open)


def signing_lines(signing: Signing) -> list[str]:
    """Return what a signature fixes, a line for each measure."""
    return [
        _(
            "{measure}: {n_duties} times at {n_places} places, of which at least {target} %",
            measure=one.measure.name,
            n_duties=one.n_duties,
            n_places=one.n_places,
            target=one.measure.target,
        )
        if one.measure.is_share
        else _("{measure}: at least {target}", measure=one.measure.name, target=one.measure.target)
        for one in signing.measures
    ]


def preview_text(shown: DeliveryPreview) -> str:
    """Return what a file of reports would change, as a question."""
    parts = [
        ngettext("{n} duty becomes done.", "{n} duties become done.", shown.n_done),
        ngettext("{n} becomes not done.", "{n} become not done.", shown.n_not_done),
    ]
    if shown.n_replaced:
        parts.append(
            ngettext(
                "{n} of them was reported otherwise before.",
                "{n} of them were reported otherwise before.",
                shown.n_replaced,
            )
        )
    if shown.n_unchanged:
        parts.append(
            ngettext(
                "{n} is reported so already.", "{n} are reported so already.", shown.n_unchanged
            )
        )
    if shown.n_silent:
        parts.append(ngettext("{n} row says nothing.", "{n} rows say nothing.", shown.n_silent))
    if shown.left_out:
        names = ", ".join(one.name for one in shown.left_out)
        parts.append(_("Columns that are not read: {names}.", names=names))
    return _("{file}: keep these reports?", file=shown.file) + "\n\n" + "\n".join(parts)


def problems_text(shown: DeliveryPreview) -> str:
    """Return the first things that are wrong in a file, of which nothing was kept."""
    lines = [line for one in shown.problems[:_MOST_PROBLEMS] for line in messages.sentences(one)]
    n_more = len(shown.problems) - _MOST_PROBLEMS
    if n_more > 0:
        lines.append(ngettext("And {n} more.", "And {n} more.", n_more))
    return "\n".join((_("Nothing of the file was kept:"), *lines))
