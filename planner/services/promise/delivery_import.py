"""What was delivered, from and to files: shown before it is kept, and kept as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from planner.domain.ids import DutyId
from planner.domain.promised import weeks_of
from planner.domain.promises import DeliveryState, NotDoneReason
from planner.domain.weeks import IsoWeek
from planner.errors import InputError, NotFoundError, RefusedImportError
from planner.exchange.csv_files import table_to_csv
from planner.exchange.delivery_files import DeliveryRow, read_delivery_file
from planner.exchange.place_rows import same_name
from planner.exchange.problems import MOST, LeftOut, Problems, merged
from planner.exchange.tables import Table
from planner.services.files import write_files
from planner.services.imports.previews import last_entry_of
from planner.services.plans import OpenPlan
from planner.services.promise.deliveries import Reported, report_each, week_of_duty
from planner.services.promise.earlier_planned import keep_earlier
from planner.services.promise.report_lines import ReportLine, lines_of

_COLUMNS = (
    "duty", "place", "date", "moment", "time", "promised", "planned", "state", "reason",
)  # fmt: skip
"""Of the file that is written, and can be filled in and read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPreview:
    """What a file would change.

    Parameters
    ----------
    said
        Each duty's report.
    n_done, n_not_done, n_unchanged
        Of them; those that are reported so already are only in the last.
    n_replaced
        Of the first two, those that something else was reported of.
    n_silent
        Rows that say nothing.
    left_out
        Columns that are not read.
    problems
        What is wrong, by row; with any, nothing is kept.
    last_entry
        Number of the journal's last entry when the plan was read.
    """

    file: str
    said: Mapping[DutyId, tuple[DeliveryState, NotDoneReason | None]]
    n_done: int
    n_not_done: int
    n_unchanged: int
    n_replaced: int
    n_silent: int
    left_out: tuple[LeftOut, ...]
    problems: tuple[InputError, ...]
    last_entry: int


def preview_deliveries(open_plan: OpenPlan, path: Path) -> DeliveryPreview:
    """Return what a CSV file of deliveries would change; nothing of it is written.

    Raises
    ------
    InputError, StorageError
        When the file as a whole cannot be read: see
        :func:`planner.exchange.delivery_files.read_delivery_file`.
    """
    keep_earlier(open_plan)
    last_entry = last_entry_of(open_plan.store)
    file = read_delivery_file(path)
    finder = _Finder(open_plan)
    said: dict[DutyId, tuple[DeliveryState, NotDoneReason | None]] = {}
    rows: dict[DutyId, int] = {}
    before: dict[DutyId, ReportLine] = {}
    for row in file.rows:
        with finder.problems.collected(row.at):
            line = finder.line(row)
            if line.duty in rows:
                raise InputError("delivery-twice", duty=line.title, row=rows[line.duty])
            rows[line.duty] = row.at.row or 0
            before[line.duty] = line
            said[line.duty] = (row.state, row.reason)
    new = {duty: one for duty, one in said.items() if one != _said(before[duty])}
    n_done = sum(state is DeliveryState.DONE for state, _ in new.values())
    problems = merged(file.problems, finder.problems.found())
    if not problems and not file.rows:
        problems = (InputError("delivery-nothing"),)
    return DeliveryPreview(
        file=file.file,
        said=said,
        n_done=n_done,
        n_not_done=len(new) - n_done,
        n_unchanged=len(said) - len(new),
        n_replaced=sum(before[duty].delivery is not None for duty in new),
        n_silent=file.n_silent,
        left_out=file.left_out,
        problems=problems,
        last_entry=last_entry,
    )


def import_deliveries(open_plan: OpenPlan, shown: DeliveryPreview) -> Reported:
    """Keep what a preview shows, in one transaction and as one step to undo.

    Raises
    ------
    RefusedImportError
        With the wrong rows; nothing is kept.
    ConflictError
        ``import-outdated`` when the plan has changed since the preview was made.
    """
    if shown.problems:
        raise RefusedImportError(shown.problems[:MOST])
    return report_each(open_plan, shown.said, last_entry=shown.last_entry)


def write_deliveries(
    open_plan: OpenPlan,
    first_day: date,
    last_day: date,
    path: Path,
    *,
    on_week: Callable[[IsoWeek], None] = lambda _week: None,
) -> int:
    """Write every duty of some days with what was reported of it; return how many they are.

    The file can be filled in and read again by :func:`preview_deliveries`. It names places and
    times, so it is for those who plan and report, and nobody in it.

    Raises
    ------
    StorageError
        ``output-…``
    """
    keep_earlier(open_plan)
    lines: list[ReportLine] = []
    for week in weeks_of(first_day, last_day):
        on_week(week)
        lines += (one for one in lines_of(open_plan, week) if first_day <= one.day <= last_day)
    zone = open_plan.plan.zone
    rows = tuple(
        (
            line.duty,
            line.title,
            line.day,
            line.moment,
            line.span.start.astimezone(zone).time() if line.is_timed else None,
            line.is_promised,
            line.covered_by,
            line.delivery and line.delivery.state,
            line.delivery and line.delivery.reason,
        )
        for line in lines
    )
    table = Table(name=path.stem, columns=_COLUMNS, rows=rows)
    write_files({path: table_to_csv(table, zone)})
    return len(rows)


@dataclass
class _Finder:
    """Finds the duty that a row means."""

    open_plan: OpenPlan
    problems: Problems = field(default_factory=Problems)
    _weeks: dict[IsoWeek, tuple[ReportLine, ...]] = field(default_factory=dict)

    def line(self, row: DeliveryRow) -> ReportLine:
        """Return the one duty that a row means, if it is over.

        Raises
        ------
        InputError
            ``duty-unknown``, ``duty-id-unknown``, ``duty-unclear`` (several are meant) or
            ``duty-to-come``.
        """
        found = self._by_id(row) if row.duty else self._by_place(row)
        week = IsoWeek.of(row.day) if row.day else "–"
        if not found:
            raise InputError("duty-unknown", duty=row.duty or row.place, week=str(week))
        if len(found) > 1:
            raise InputError("duty-unclear", duty=row.place, n=len(found))
        if not found[0].is_over:
            raise InputError("duty-to-come", duty=found[0].title)
        return found[0]

    def _by_id(self, row: DeliveryRow) -> list[ReportLine]:
        try:
            week = week_of_duty(DutyId(row.duty))
        except NotFoundError:
            raise InputError("duty-id-unknown", duty=row.duty) from None
        found = [line for line in self._lines(week) if line.duty == row.duty]
        if not found:
            raise InputError("duty-unknown", duty=row.duty, week=str(week))
        return found

    def _by_place(self, row: DeliveryRow) -> list[ReportLine]:
        if row.day is None:
            return []
        name, zone = same_name(row.place), self.open_plan.plan.zone
        return [
            line
            for line in self._lines(IsoWeek.of(row.day))
            if line.day == row.day
            and name in {same_name(line.title), same_name(line.place)}
            and row.moment in {None, line.moment}
            and row.time in {None, line.span.start.astimezone(zone).time()}
        ]

    def _lines(self, week: IsoWeek) -> tuple[ReportLine, ...]:
        if week not in self._weeks:
            self._weeks[week] = lines_of(self.open_plan, week)
        return self._weeks[week]


def _said(line: ReportLine) -> tuple[DeliveryState, NotDoneReason | None] | None:
    delivery = line.delivery
    return None if delivery is None else (delivery.state, delivery.reason)
