"""Take a week, or the whole plan, out of the program."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from planner.domain.demand import make_duties
from planner.domain.duties import Duty
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.records import KEPT_SETS
from planner.domain.roster import Roster
from planner.domain.weeks import IsoWeek
from planner.errors import InputError
from planner.exchange.csv_files import table_to_csv
from planner.exchange.geojson import hotspots_to_geojson, schools_to_geojson
from planner.exchange.plan_tables import plan_tables
from planner.exchange.tables import Table
from planner.exchange.week_tables import week_tables
from planner.exchange.week_workbook import WeekWorkbook
from planner.exchange.workbook_writing import WorkbookLook, to_xlsx
from planner.services.exports.calendars import write_calendars
from planner.services.files import make_folder, write_file, write_files
from planner.services.plans import OpenPlan
from planner.services.publish.publishing import latest
from planner.services.roster.document import week_document
from planner.services.roster.views import WeekState
from planner.services.week.checking import check, roster_of
from planner.services.week.weeks import week_state
from planner.words import _


class ExportFormat(StrEnum):
    """What a week can be exported as."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    ICS = "ics"
    GEOJSON = "geojson"


WHOLE_FORMATS = (ExportFormat.CSV, ExportFormat.XLSX, ExportFormat.GEOJSON)
"""What a whole plan can be exported as: what an import reads."""

IN_FOLDERS = frozenset({ExportFormat.CSV, ExportFormat.ICS, ExportFormat.GEOJSON})
"""Formats of several files."""


def export_week(
    open_plan: OpenPlan,
    week: IsoWeek,
    kind: ExportFormat,
    out: Path,
    *,
    on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[Path, ...]:
    """Write the draft of ``week``, else its latest publication; return the files.

    Calendars are of what was published: see
    :func:`planner.services.exports.calendars.write_calendars`.

    Parameters
    ----------
    out
        A file for JSON or a workbook, or a folder for it to be put in; for other formats a folder,
        made when it does not exist. Files of the same names are replaced.
    on_progress
        Told how much of how much is read, where that takes time.
    should_stop
        Asked before anything is written; once it says yes, nothing is.

    Raises
    ------
    ConflictError
        ``week-not-generated`` when there is neither; for calendars ``week-not-published`` and
        ``print-refused…``.
    StorageError
        ``output-…``: what folder or disk refuse.
    """
    if kind is ExportFormat.ICS:
        return write_calendars(
            open_plan, week, out, on_progress=on_progress, should_stop=should_stop
        )
    return _write(_week_files(open_plan, week, kind, out), kind, out, should_stop)


def export_plan(
    open_plan: OpenPlan,
    kind: ExportFormat,
    out: Path,
    *,
    has_identities: bool = False,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[Path, ...]:
    """Write everything that an import can bring: settings, every record set, all shifts.

    So is what a promise is followed up with, incidents and scenarios. An import of the files into
    an empty plan makes the same plan, but for weeks' assignments, notes and publications.

    Parameters
    ----------
    out, should_stop
        As in :func:`export_week`.
    has_identities
        With real names, addresses at work, and the accounts of those who reported. Without, an
        import of the files leaves those that a plan has as they are, gives people it does not know
        their display names, and does not say who reported.

    Raises
    ------
    InputError
        ``export-not-whole`` when the format is none of ``WHOLE_FORMATS``.
    StorageError
        ``output-…``: what folder or disk refuse.
    """
    if kind not in WHOLE_FORMATS:
        raise InputError("export-not-whole", kind=kind.value, choices=", ".join(WHOLE_FORMATS))
    plan = open_plan.refresh()
    if kind is ExportFormat.GEOJSON:
        return _write(_places(plan, out), kind, out, should_stop)
    store = open_plan.store
    kept = {name: store.kept(name) for name in KEPT_SETS}
    tables = plan_tables(plan, store.shifts(), kept, has_identities=has_identities)
    if kind is ExportFormat.CSV:
        return _write(_csv(tables, plan.zone, out), kind, out, should_stop)
    look = WorkbookLook(
        title=plan.settings.name or _("Plan"),
        language=plan.settings.language,
        notice=plan.settings.notice,
        n_fixed={},
    )
    name = _("plan")
    files = {_file(out, f"{name}.{kind}"): to_xlsx(tables, plan.zone, look)}
    return _write(files, kind, out, should_stop)


def week_json(open_plan: OpenPlan, week: IsoWeek) -> bytes:
    """Return the week's JSON document, whose schema is ``resources/schemas/week-1.json``."""
    roster, _publication = roster_of(open_plan, week)
    document = week_document(open_plan, roster)
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _file(out: Path, name: str) -> Path:
    return out / name if out.is_dir() else out


def _week_files(
    open_plan: OpenPlan, week: IsoWeek, kind: ExportFormat, out: Path
) -> dict[Path, bytes]:
    plan = open_plan.plan
    if kind is ExportFormat.CSV:
        return _csv(week_tables(plan, *_week(open_plan, week)), plan.zone, out)
    if kind is ExportFormat.GEOJSON:
        return _places(plan, out, week.days)
    data = week_json(open_plan, week) if kind is ExportFormat.JSON else _xlsx(open_plan, week)
    return {_file(out, f"{week}.{kind}"): data}


def _write(
    files: Mapping[Path, bytes], kind: ExportFormat, out: Path, should_stop: Callable[[], bool]
) -> tuple[Path, ...]:
    if should_stop():
        return ()
    if kind in IN_FOLDERS:
        make_folder(out)
        return write_files(files)
    return tuple(write_file(path, data) for path, data in files.items())


def _csv(tables: Iterable[Table], zone: ZoneInfo, out: Path) -> dict[Path, bytes]:
    return {out / f"{table.name}.csv": table_to_csv(table, zone) for table in tables}


def _places(plan: Plan, out: Path, days: Iterable[date] = ()) -> dict[Path, bytes]:
    return {
        out / "schools.geojson": schools_to_geojson(plan),
        out / "hotspots.geojson": hotspots_to_geojson(plan, days),
    }


def _xlsx(open_plan: OpenPlan, week: IsoWeek) -> bytes:
    roster, duties = _week(open_plan, week)
    state = _state(open_plan, week)
    return WeekWorkbook(plan=open_plan.plan, roster=roster, duties=duties, state=state).to_xlsx()


def _week(open_plan: OpenPlan, week: IsoWeek) -> tuple[Roster, dict[DutyId, Duty]]:
    """Return a week's roster with the gaps that it has now, and its duties."""
    checked = check(open_plan, week)
    judged = replace(checked.roster, gaps=checked.judgement.gaps)
    return judged, {duty.id: duty for duty in make_duties(open_plan.plan, week)}


def _state(open_plan: OpenPlan, week: IsoWeek) -> str:
    published = latest(open_plan, week)
    if published is None:
        return _("Draft")
    if week_state(open_plan, week) is WeekState.CHANGED:
        return _("Changed since version {version}", version=published.number)
    return _("Published, version {version}", version=published.number)
