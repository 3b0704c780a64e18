"""The chapters of a report-back that tell what became of each measure."""

from collections.abc import Iterator

from planner import words
from planner.domain.followed_events import MeetingState
from planner.domain.promises import MeasureKind
from planner.domain.tallies import Reported, Tally
from planner.promise_words import MEETINGS, REASONS
from planner.reports.report_back import MeasureReport, ReportBack, WalkLine
from planner.reports.report_back_words import (
    PARTIES,
    PLACES,
    UNITS,
    meeting_text,
    number,
    per_cent,
    share_text,
    title_of,
    verdict_text,
    week_text,
)
from planner.reports.report_blocks import (
    Block,
    Chapter,
    Column,
    Line,
    Paragraph,
    Rank,
    Section,
    Table,
    WeekBars,
)
from planner.reports.traced import Number, figure, link, typed
from planner.words import N_, _, ngettext


def measure_chapters(report: ReportBack) -> Iterator[Chapter]:
    """Yield a chapter for each measure."""
    for n, measure in enumerate(report.measures, start=1):
        yield Chapter(
            key=f"m{n}",
            title=f"{n}. {title_of(report, measure)}",
            blocks=tuple(_blocks(report, measure, n)),
            has_page=measure.is_share or n == 1 or report.measures[n - 2].is_share,
        )


def goal_of(measure: MeasureReport, n: int) -> str:
    """Return the anchor of what a measure's numbers are counted from.

    Those of a share are counted week by week in the appendix; walks and sessions, which are few,
    stand in a table of their own.
    """
    return f"a{n}" if measure.is_share else f"m{n}-places"


def _blocks(report: ReportBack, measure: MeasureReport, n: int) -> Iterator[Block]:
    goal = goal_of(measure, n)
    yield Paragraph(
        _("The promise says: “{name}”.", name=typed(measure.name))
        + f" {_target_sentence(measure, goal)} {_(PARTIES[measure.party])}"
    )
    yield Paragraph(verdict_text(measure, goal), Rank.LEAD)
    yield from _every_place(report, measure, n)
    if measure.is_share:
        yield _facts(report, measure, n)
    else:
        yield Paragraph(_set_up_text(report, measure, goal))
    extra = _extra_text(measure, goal)
    if extra:
        yield Paragraph(extra, Rank.SMALL)
    if measure.is_share:
        yield Section(_("Week by week"), f"m{n}-weeks")
        yield WeekBars([(one.week, one.tally) for one in measure.weeks], not report.is_over)
        appendix = link(_("appendix A"), goal)
        said = _("The numbers of each week are in {appendix}.", appendix=appendix)
        yield Paragraph(said, Rank.SMALL)
        yield _places(report, measure, n)
    elif measure.kind is MeasureKind.WALKS:
        yield from _walks(measure, n)
    else:
        yield _sessions(measure, n)


def _target_sentence(measure: MeasureReport, goal: str) -> str:
    aim = number(measure.aim, measure.id, "aim", goal=goal)
    target = Number(str(measure.target), figure(measure.id, "target"))
    unit = _(UNITS[measure.kind])
    if not measure.is_share:
        return _("The target is {aim} {unit} in the whole period.", aim=aim, unit=unit)
    return _(
        "The target is that at least {target} % of the promised {unit} are done, which is {aim}.",
        target=target,
        unit=unit,
        aim=aim,
    )


def _every_place(report: ReportBack, measure: MeasureReport, n: int) -> Iterator[Paragraph]:
    every = measure.every_place
    if every is None or not every.n_places:
        return
    if not report.is_over:
        yield Paragraph(_("Whether every school had all of it is told when the period is over."))
        return
    yield Paragraph(every_place_text(measure, f"m{n}-places"))
    if every.left_out:
        said = ngettext(
            "{n} school of the plan was promised nothing: {names}.",
            "{n} schools of the plan were promised nothing: {names}.",
            len(every.left_out),
            names=", ".join(map(typed, every.left_out)),
        )
        yield Paragraph(said, Rank.SMALL)


def every_place_text(measure: MeasureReport, goal: str) -> str:
    """Return whether every school had all that it was promised; empty when that is not asked."""
    every = measure.every_place
    if every is None or not every.n_places:
        return ""
    values = {
        "n": number(every.n_complete, measure.id, "every", "n_complete", goal=goal),
        "n_all": number(every.n_places, measure.id, "every", "n_places", goal=goal),
    }
    if every.is_true:
        return _("Every school had all that it was promised: {n} of {n_all}.", **values)
    return _("Not every school had all that it was promised: {n} of {n_all} had.", **values)


def _set_up_text(report: ReportBack, measure: MeasureReport, goal: str) -> str:
    """Return what became of the walks or sessions that were set up, which are few."""
    tally = measure.total
    counts = [
        (_("set up in the period"), tally.promised, "set_up"),
        (_("planned when the week was first published"), tally.planned, "planned"),
        (_("carried out"), tally.done, "done"),
        (_("not done"), tally.n_not_done, "not_done"),
        (_("not reported"), tally.not_reported, "not_reported"),
    ]
    if not report.is_over:
        counts.append((_("under way"), tally.under_way, "under_way"))
        counts.append((_("to come"), tally.to_come, "to_come"))
    said = ", ".join(f"{text} {number(n, measure.id, name, goal=goal)}" for text, n, name in counts)
    return f"{said[:1].upper()}{said[1:]}."


def _facts(report: ReportBack, measure: MeasureReport, n: int) -> Table:
    title = _("What became of what was promised")
    return Table(
        key=f"m{n}-facts",
        title=title,
        columns=(
            Column(title, 6),
            Column(_("Number"), 1, is_number=True),
            Column(_("Share"), 1, is_number=True),
        ),
        lines=tuple(_fact_lines(report, measure, goal_of(measure, n))),
    )


_PARTS = (
    ("planned", N_("of these planned when the week was first published")),
    ("not_planned", N_("of these not planned then")),
    ("not_yet_planned", N_("of these in weeks that are not published yet")),
)


def _fact_lines(report: ReportBack, measure: MeasureReport, goal: str) -> Iterator[Line]:
    tally, id_ = measure.total, measure.id

    def line(text: str, n: int, *parts: object, is_part: bool = False) -> Line:
        share = Number(share_text(n, tally.promised), figure(id_, *parts, "share"), goal)
        cells = (text, str(number(n, id_, *parts, goal=goal)), per_cent(str(share)))
        return Line(cells, is_part=is_part)

    yield line(_("Promised"), tally.promised, "promised")
    for name, text in _PARTS:
        if name != "not_yet_planned" or tally.not_yet_planned:
            yield line(_(text), getattr(tally, name), name, is_part=True)
    yield line(_("Carried out"), tally.done, "done")
    yield line(_("Not done"), tally.n_not_done, "not_done")
    for reason, count in sorted(tally.not_done.items(), key=lambda one: (-one[1], one[0])):
        yield line(_(REASONS[reason]), count, "not_done", reason, is_part=True)
    yield line(_("Not reported"), tally.not_reported, "not_reported")
    if tally.to_come or not report.is_over:
        yield line(_("To come"), tally.to_come, "to_come")


def _extra_text(measure: MeasureReport, goal: str) -> str:
    n = measure.total.extra_done
    if not n:
        return ""
    return ngettext(
        "Beyond the promise {count} more is reported as done; it makes up for nothing.",
        "Beyond the promise {count} more are reported as done; they make up for nothing.",
        n,
        count=number(n, measure.id, "extra_done", goal=goal),
    )


def tally_columns(first: str, *, has_to_come: bool) -> tuple[Column, ...]:
    """Return the columns of tables that tell what became of promised things."""
    heads = [_("Promised"), _("Planned"), _("Carried out"), _("Not done"), _("Not reported")]
    if has_to_come:
        heads.append(_("To come"))
    return (
        Column(first, 3.4),
        *(Column(head, 1.1, is_number=True) for head in heads),
        Column(_("Share carried out"), 1.1, is_number=True),
    )


def tally_cells(tally: Tally, *parts: object, goal: str = "", has_to_come: bool) -> list[str]:
    """Return a tally in the columns of :func:`tally_columns` but the first."""
    counts = {
        "promised": tally.promised,
        "planned": tally.planned,
        "done": tally.done,
        "not_done": tally.n_not_done,
        "not_reported": tally.not_reported,
    }
    if has_to_come:
        counts["to_come"] = tally.to_come
    cells = [str(number(n, *parts, name, goal=goal)) for name, n in counts.items()]
    share = Number(share_text(tally.done, tally.promised), figure(*parts, "share"), goal)
    return [*cells, per_cent(str(share)) if tally.promised else "–"]


def _places(report: ReportBack, measure: MeasureReport, n: int) -> Table:
    has_to_come = not report.is_over
    lines = [
        Line(
            (
                typed(one.title),
                *tally_cells(
                    one.tally,
                    measure.id, "place", one.place,
                    goal=f"b{n}-{at}",
                    has_to_come=has_to_come,
                ),
            )
        )
        for at, one in enumerate(measure.places, start=1)
    ]  # fmt: skip
    total = tally_cells(measure.total, measure.id, goal=f"a{n}", has_to_come=has_to_come)
    return Table(
        key=f"m{n}-places",
        title=_("Place by place"),
        columns=tally_columns(_(PLACES[measure.kind]), has_to_come=has_to_come),
        lines=(*lines, Line((_("All together"), *total), is_total=True)),
        is_headed=True,
    )


def _walks(measure: MeasureReport, n: int) -> Iterator[Block]:
    yield Table(
        key=f"m{n}-places",
        title=_("The walks and their three meetings"),
        columns=(
            Column(_("Safety walk"), 2),
            *(Column(_(name), 2) for name in MEETINGS.values()),
            Column(_("Counts as"), 1.8),
        ),
        lines=tuple(_walk_line(walk) for walk in measure.walks),
        is_headed=True,
    )
    found = [(walk, action) for walk in measure.walks for action in walk.actions]
    if not found:
        yield Paragraph(_("No list of things to mend has been written."), Rank.SMALL)
        return
    n_done = sum(action.done_day is not None for _walk, action in found)
    yield Table(
        key=f"m{n}-actions",
        title=_("What the walks found to mend"),
        columns=(
            Column(_("To mend"), 3), Column(_("Safety walk"), 2), Column(_("Who sees to it"), 2),
            Column(_("Due"), 1.4), Column(_("Mended"), 1.4),
        ),
        lines=tuple(
            Line(
                (
                    typed(action.text),
                    typed(walk.name),
                    typed(action.responsible) or "–",
                    words.full_date(action.due_day) if action.due_day else "–",
                    words.full_date(action.done_day) if action.done_day else _("not yet"),
                )
            )
            for walk, action in found
        ),
        is_headed=True,
    )  # fmt: skip
    goal = f"m{n}-actions"
    yield Paragraph(
        _(
            "{n_done} of {n} are mended.",
            n_done=number(n_done, measure.id, "actions_done", goal=goal),
            n=number(len(found), measure.id, "actions", goal=goal),
        )
    )


def _walk_line(walk: WalkLine) -> Line:
    is_begun = any(one.state is MeetingState.HELD for one in walk.meetings)
    said = _REPORTED[walk.reported]
    if not walk.counts:
        said = N_("nothing: a meeting lies outside the period")
    elif is_begun and walk.reported in {Reported.NOT_DONE, Reported.NOT_REPORTED}:
        said = N_("nothing: only part of it is reported as held")
    return Line((typed(walk.name), *map(meeting_text, walk.meetings), _(said)))


_REPORTED = {
    Reported.DONE: N_("done"),
    Reported.NOT_DONE: N_("not done"),
    Reported.NOT_REPORTED: N_("not reported"),
    Reported.UNDER_WAY: N_("under way"),
    Reported.TO_COME: N_("to come"),
}


def _sessions(measure: MeasureReport, n: int) -> Table:
    def state(tally: Tally) -> str:
        if tally.done:
            return _("done")
        if tally.n_not_done:
            said = _("not done")
            reasons = ", ".join(_(REASONS[reason]) for reason in tally.not_done)
            return f"{said} ({reasons})"
        return _("to come") if tally.to_come else _("not reported")

    return Table(
        key=f"m{n}-places",
        title=_("The sessions"),
        columns=(
            Column(_("Information session"), 3),
            Column(_("Week"), 2.2),
            Column(_("Result"), 2),
        ),
        lines=tuple(
            Line(
                (
                    typed(one.title),
                    ", ".join(week_text(each.week) for each in one.weeks),
                    state(one.tally),
                )
            )
            for one in measure.places
        ),
        is_headed=True,
    )
