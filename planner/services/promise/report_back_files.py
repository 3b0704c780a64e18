"""Write the report-back on a promise: as PDF, as a web page, and what it is counted from."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from planner import words
from planner.domain.follow_up import PromiseFollowUp
from planner.domain.ids import PromiseId
from planner.domain.roster import Roster
from planner.domain.weeks import IsoWeek
from planner.exchange.csv_files import table_to_csv
from planner.exchange.report_back_tables import report_back_json, report_back_tables
from planner.exchange.tables import Table
from planner.reports.audiences import Audience
from planner.reports.listening import listening
from planner.reports.report_back import ReportBack
from planner.reports.report_back_document import report_of
from planner.reports.report_back_html import render_report_back_page
from planner.reports.report_back_pdf import WeekPlace, draw_report_back, render_report_back
from planner.reports.report_figures import figures_of
from planner.services.files import make_folder, write_files
from planner.services.plans import OpenPlan
from planner.services.prints.guard import PrintGuard
from planner.services.prints.pages import PageLink, page_links, page_sizes
from planner.services.prints.printable import PrintableWeek
from planner.services.promise.report_back import read_report_back
from planner.words import _, speaking


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReport:
    """A report-back to look at.

    Parameters
    ----------
    file_stem
        Name of its files without an ending.
    sizes
        Width and height of each page, in points.
    links
        What leads where, for each page.
    weeks
        Where each week's numbers stand.
    """

    pdf: bytes
    file_stem: str
    sizes: tuple[tuple[float, float], ...]
    links: tuple[tuple[PageLink, ...], ...]
    weeks: tuple[WeekPlace, ...]


def shown_report_back(
    open_plan: OpenPlan,
    promise_id: PromiseId,
    *,
    language: str | None = None,
    now: datetime | None = None,
) -> ShownReport:
    """Return the report-back to be shown; raises as :func:`report_back_pdf`."""
    weeks: list[WeekPlace] = []
    with speaking(language or open_plan.plan.settings.language):
        report, found = read_report_back(open_plan, promise_id, now=now)

        def make() -> bytes:
            pdf, places = draw_report_back(report)
            weeks.extend(places)
            return pdf

        pdf = _checked(_guard(open_plan, found), report.name, make)
        return ShownReport(
            pdf=pdf,
            file_stem=file_stem(report),
            sizes=page_sizes(pdf),
            links=page_links(pdf),
            weeks=tuple(weeks),
        )


def report_back_pdf(
    open_plan: OpenPlan,
    promise_id: PromiseId,
    *,
    language: str | None = None,
    now: datetime | None = None,
) -> bytes:
    """Return the report-back as a PDF.

    Parameters
    ----------
    language
        Of the words; the plan's when missing.

    Raises
    ------
    PlannerError
        See :func:`planner.services.promise.report_back.report_back_of`;
        ``print-refused…``: something in
        it is not for its readers.
    """
    with speaking(language or open_plan.plan.settings.language):
        report, found = read_report_back(open_plan, promise_id, now=now)
        return _checked(_guard(open_plan, found), report.name, lambda: render_report_back(report))


def write_report_back(
    open_plan: OpenPlan,
    promise_id: PromiseId,
    out: Path,
    *,
    language: str | None = None,
    now: datetime | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[Path, ...]:
    """Write the report-back and the tables that it is counted from; return the files.

    Parameters
    ----------
    out
        Folder; made when it does not exist. Files of the same names are replaced.
    on_progress
        Told how many files of how many are made.
    should_stop
        Asked before each file is made; once it says yes, nothing is written.

    Raises
    ------
    PlannerError
        As :func:`report_back_pdf`, and ``output-…``: what folder or disk refuse; then nothing is
        written.
    """
    with speaking(language or open_plan.plan.settings.language):
        makers = _makers(open_plan, promise_id, now)
        files: dict[Path, bytes] = {}
        for number, (name, make) in enumerate(makers.items(), start=1):
            if should_stop():
                return ()
            files[out / name] = make()
            on_progress(number, len(makers))
    make_folder(out)
    return write_files(files)


def _makers(
    open_plan: OpenPlan, promise_id: PromiseId, now: datetime | None
) -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by its name."""
    report, found = read_report_back(open_plan, promise_id, now=now)
    guard, zone = _guard(open_plan, found), open_plan.plan.zone
    tables = _tables(open_plan, found)
    stem = file_stem(report)
    guard.check(Audience.BOARD, (), [stem, *_typed(tables)], name=report.name)
    makers: dict[str, Callable[[], bytes]] = {
        f"{stem}.pdf": lambda: _checked(guard, report.name, lambda: render_report_back(report)),
        f"{stem}.html": lambda: _checked(
            guard, report.name, lambda: render_report_back_page(report).encode()
        ),
        f"{stem}.json": lambda: _document(report, tables, open_plan),
    }
    for table in tables:
        makers[f"{stem}-{table.name}.csv"] = partial(table_to_csv, table, zone)
    return makers


def file_stem(report: ReportBack) -> str:
    """Return the name of the report's files without an ending."""
    kind = _("report-back") if report.is_over else _("interim-report")
    return re.sub(r"[^\w.-]+", "_", f"{kind}-{report.name}").strip("_.")


def _tables(open_plan: OpenPlan, found: PromiseFollowUp) -> tuple[Table, ...]:
    promise, store = found.promise, open_plan.store
    weeks = IsoWeek.of(promise.first_day), IsoWeek.of(promise.last_day)
    return report_back_tables(
        open_plan.plan, found, store.planned_duties(*weeks), store.deliveries(*weeks)
    )


def _document(report: ReportBack, tables: Iterable[Table], open_plan: OpenPlan) -> bytes:
    head: Mapping[str, object] = {
        "name": report.name,
        "city": report.city,
        "police": report.police,
        "first_day": report.first_day,
        "last_day": report.last_day,
        "signed_on": report.signed_on,
        "as_of": report.as_of,
        "is_over": report.is_over,
        "notice": report.notice,
        "language": words.language(),
    }
    figures = figures_of(report_of(report))
    document = report_back_json(head, figures, tables, open_plan.plan.zone)
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _typed(tables: Iterable[Table]) -> list[str]:
    """Return each text of some tables once, ids too."""
    found = {
        value for table in tables for row in table.rows for value in row if isinstance(value, str)
    }
    return sorted(found)


def _guard(open_plan: OpenPlan, found: PromiseFollowUp) -> PrintGuard:
    week = IsoWeek.of(found.promise.first_day)
    nothing = PrintableWeek(plan=open_plan.plan, roster=Roster(week=week), duties=())
    return PrintGuard(nothing, open_plan.plan)


def _checked(guard: PrintGuard, name: str, make: Callable[[], bytes]) -> bytes:
    """Return what is made, if everybody may read it."""
    with listening() as heard:
        document = make()
    guard.check(Audience.BOARD, (), heard.texts, name=name)
    return document
