"""Commands that bring a week out of the plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.shared import (
    OptionalWeekOption,
    PlanArgument,
    WeekOption,
    choice,
    complain,
    language_asked_for,
    live_line,
    opened,
)
from planner.errors import ConflictError, InputError
from planner.words import N_, _, clock_span, ngettext, short_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from planner.services.roster.views import UncoveredWindow


def publish(
    plan: PlanArgument,
    week: WeekOption,
    uncovered: Annotated[
        str,
        typer.Option(
            metavar="own-staff|cancelled", help=N_("What becomes of windows that have nobody.")
        ),
    ] = "",
) -> int:
    """Publish a week; 1 when windows have nobody and nothing is decided of them."""
    from planner.domain.roster import Severity
    from planner.messages import SEVERITIES, finding_text, sentence
    from planner.services.publish import publishing
    from planner.services.roster.views import Decision
    from planner.services.week import checking
    from planner.services.week.publish_check import refused_sheets

    decision = Decision(choice(uncovered, Decision)) if uncovered else None
    with opened(plan) as found:
        windows = publishing.uncovered_windows(found, week)
        checked = checking.check(found, week)
        complain(
            *(
                f"{_(SEVERITIES[finding.severity])}: {finding_text(found.plan, finding)}"
                for finding in checked.findings
                if finding.severity in {Severity.VIOLATION, Severity.FACT}
            )
        )
        if checked.n_violations:
            complain(ngettext("{n} broken rule.", "{n} broken rules.", checked.n_violations))
        refused = refused_sheets(found, week)
        if refused:
            complain(*(sentence(error) for error in refused[:-1]))
            raise refused[-1]
        decisions = {window.duty: decision for window in windows} if decision else {}
        try:
            info = publishing.publish(found, week, decisions)
        except ConflictError as error:
            if error.code != "windows-undecided":
                raise
            complain(*window_lines(windows, found.plan.zone), sentence(error))
            return 1
        print(
            _(
                "Week {week} is published as number {number} ({sha256}).",
                week=week,
                number=info.number,
                sha256=info.sha256,
            )
        )
        print(
            ngettext(
                "{n} school has a sheet that says something new.",
                "{n} schools have a sheet that says something new.",
                info.n_changed_sheets,
            )
        )
    return 0


def print_(
    plan: PlanArgument,
    week: WeekOption,
    out: Annotated[Path, typer.Option(metavar="DIR", help=N_("Folder; made if missing."))],
    audience: Annotated[
        str,
        typer.Option(
            "--for", metavar="schools|staff|hotspots|manager|all", help=N_("For whom to print.")
        ),
    ] = "all",
    weeks: Annotated[int, typer.Option(min=1, help=N_("How many weeks, one after another."))] = 1,
) -> int:
    """Write the print-outs of published weeks; 1 when one was refused.

    Of several weeks, what tells of them together is written too.
    """
    from planner.messages import sentence
    from planner.services.prints.print_outs import PrintSet
    from planner.services.prints.printing import print_week
    from planner.services.prints.weeks_together import check_published, write_weeks

    asked = choice(audience, (*PrintSet, "all"))
    wanted = [one for one in PrintSet if asked in {one, "all"}]
    in_order = [week.shifted(n) for n in range(weeks)]
    refused: list[ConflictError] = []
    language = language_asked_for()
    with opened(plan) as found, live_line() as say:
        check_published(found, in_order)
        paths = [
            path
            for each in in_order
            for one in wanted
            for path in print_week(
                found,
                each,
                out,
                one,
                language=language,
                on_progress=lambda done, n: say(print_progress(done, n), done == n),
                on_refused=refused.append,
            )
        ]
        if weeks > 1:
            for one in wanted:
                try:
                    paths += write_weeks(found, in_order, out, one, language=language)
                except ConflictError as error:  # what guards each week guards all of them
                    refused.append(error)
    print(
        ngettext(
            "{n} file is written to {folder}.",
            "{n} files are written to {folder}.",
            len(paths),
            folder=out,
        )
    )
    complain(*dict.fromkeys(sentence(error) for error in refused))
    return 1 if refused else 0


def export(
    plan: PlanArgument,
    out: Annotated[
        Path,
        typer.Option(
            metavar="PATH", help=N_("File for JSON and XLSX, or a folder for it; else a folder.")
        ),
    ],
    week: OptionalWeekOption = None,
    kind: Annotated[
        str,
        typer.Option("--format", metavar="json|csv|xlsx|ics|geojson", help=N_("What to write.")),
    ] = "json",
    *,
    is_whole: Annotated[
        bool,
        typer.Option("--whole", help=N_("Everything that an import can bring, not one week.")),
    ] = False,
    has_identities: Annotated[
        bool,
        typer.Option(
            "--with-real-names",
            help=N_(
                "With --whole: real names, addresses at work and who reported, not only display "
                "names."
            ),
        ),
    ] = False,
) -> None:
    """Write a week, or the whole plan, for other programs."""
    from planner.services.exports.exporting import ExportFormat, export_plan, export_week

    chosen = ExportFormat(choice(kind, ExportFormat))
    with opened(plan) as found, live_line() as say:
        if week is not None and not is_whole and not has_identities:
            paths = export_week(
                found,
                week,
                chosen,
                out,
                on_progress=lambda done, n: say(_read_progress(done, n), done == n),
            )
        elif week is None and is_whole:
            paths = export_plan(found, chosen, out, has_identities=has_identities)
        else:
            raise InputError("export-unclear")
    for path in paths:
        print(path)
    if has_identities:
        complain(_("Real names are in what was written; keep it as safe as the plan."))


def window_lines(windows: "Iterable[UncoveredWindow]", zone: "ZoneInfo") -> list[str]:
    """Return a line for each school window: school, day, time."""
    return [
        f"{window.school}, {short_date(window.span.start.astimezone(zone).date())} "
        f"{clock_span(window.span.start, window.span.end, zone)}"
        for window in windows
    ]


def _read_progress(n_done: int, n_all: int) -> str:
    return _("Reading week {n_done} of {n_all}", n_done=n_done, n_all=n_all)


def print_progress(n_done: int, n_all: int) -> str:
    """Return how many files are written."""
    return _("Printing {n_done} of {n_all}", n_done=n_done, n_all=n_all)
