"""What is said of a promise under test, measure by measure and week by week."""

from collections.abc import Iterator

from planner.services.what_if.keepable_results import (
    Keepable,
    Kept,
    MeasureVerdict,
    MeasureWeek,
    WeekAnswer,
)
from planner.words import N_, _, hours, ngettext
from ui.scenarios import words
from ui.scenarios.table import Cell

VERDICTS = (N_("Measure"), N_("Answer"), N_("Can be done"), N_("Target"), N_("Lacks first"))
VERDICT_SHARES = (340, 166, 116, 70, 230)
"""Pixels of each column at least."""

ANSWERS = {
    Kept.KEPT: N_("It can be kept"),
    Kept.NOT_KEPT: N_("It cannot be kept"),
    Kept.OPEN: N_("Not settled in time"),
    Kept.NOT_TRIED: N_("Not all weeks were tried"),
    Kept.NOT_PLANNED: N_("Not all of it is in the plan"),
    Kept.NOTHING: N_("Nothing is asked for"),
}
TONES = {
    Kept.KEPT: "success",
    Kept.NOT_KEPT: "danger",
    Kept.OPEN: "warning",
    Kept.NOT_PLANNED: "warning",
}


def said(found: Keepable) -> str:
    """Return how much was solved for how many weeks."""
    n_weeks = len(found.weeks)
    return ngettext(
        "{n} week; {kinds} of them solved, for weeks that are the same but for their dates share "
        "an answer.",
        "{n} weeks; {kinds} of them solved, for weeks that are the same but for their dates share "
        "an answer.",
        n_weeks,
        kinds=found.n_kinds,
    )


def so_far(found: Keepable) -> str:
    """Return how far a test is, or how far it came."""
    return _("So far: {n} of {all} kinds of week.", n=found.n_solved, all=found.n_kinds)


def verdict_cells(verdict: MeasureVerdict) -> Iterator[Cell]:
    """Yield what is said of a measure over the whole period."""
    measure = verdict.measure
    text, tone, symbol = words.KEPT[verdict.kept]
    yield Cell(text=measure.name, is_strong=True)
    yield Cell(text=_(text), tone=tone, symbol=symbol)
    counted = _("{n} of {all}", n=verdict.n_covered, all=verdict.n_wanted)
    if measure.is_share:
        share = f"{words.percent(verdict.percent)} ({counted})" if verdict.n_wanted else "–"
        yield Cell(text=share, is_number=True)
        yield Cell(text=_("{n} %", n=measure.target), is_number=True)
    else:
        yield Cell(text=counted, is_number=True)
        yield Cell(text=str(measure.target), is_number=True)
    line = verdict.first_line
    if line is not None:
        yield Cell(text=words.place_text(line), tone=tone)
    elif not measure.is_share and verdict.n_wanted < measure.target:
        yield Cell(text=_("only {n} in the plan", n=verdict.n_wanted), tone="warning")
    else:
        yield Cell(text="–", tone="muted")


def week_cells(answer: WeekAnswer) -> Iterator[Cell]:
    """Yield what is said of a week, measure by measure."""
    yield Cell(text=str(answer.week), is_strong=True)
    for one in answer.measures:
        yield _measure(one)
    notes = []
    if answer.same_as is not None:
        notes.append(_("as {week}: the same but for the dates", week=answer.same_as))
    elif answer.kept is not Kept.NOT_TRIED:
        notes.append(_("by itself"))
    if answer.short_min:
        notes.append(_("minimum staffing short by {hours}", hours=hours(answer.short_min)))
    text = "; ".join(notes)
    yield Cell(text=text, tone="warning" if answer.short_min else "muted")


def _measure(one: MeasureWeek) -> Cell:
    text, tone, symbol = words.KEPT[one.kept]
    if one.kept in {Kept.NOTHING, Kept.NOT_TRIED}:
        return Cell(text=_(text), tone=tone, symbol=symbol)
    counted = _("{n} of {all}", n=one.n_covered, all=one.n_wanted)
    return Cell(text=f"{counted} · {_(text)}", tone=tone, symbol=symbol)
