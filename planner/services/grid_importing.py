"""Bring a planner's own roster grid into the plan: read, look, and only then write."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planner import clock
from planner.domain.changes import Change
from planner.domain.grids import (
    Doubt,
    DoubtKind,
    Grid,
    GridDecisions,
)
from planner.domain.plan import Plan
from planner.domain.records import record_key
from planner.domain.roster import Shift
from planner.domain.spans import Span, day_span
from planner.domain.staff import ShiftSource
from planner.errors import InputError, Place
from planner.exchange.grids.collecting import Hints
from planner.exchange.grids.reading import GRID_SUFFIXES, joined, read_grids
from planner.exchange.problems import Problems
from planner.exchange.reading import SHEETS, Content
from planner.exchange.workbooks import sheet_names
from planner.services import import_preview
from planner.services.grid_choices import suggestions, undecided
from planner.services.grid_memory import from_document, to_document
from planner.services.grid_records import OWN, GridRecords, grid_records
from planner.services.import_difference import SetDifference
from planner.services.import_preview import ImportPreview
from planner.services.importing import ImportReport, import_, import_shown, preview, report_of
from planner.services.plans import OpenPlan
from planner.store.store import Store
from planner.words import N_, _

_ADDED = (
    "employers",
    "skills",
    "rule_books",
    "rules",
    "shift_types",
    "shift_parts",
    "squads",
    "staff",
    "staff_skills",
    "contracts",
)
"""Sets that a grid only adds to."""
_OF_DAYS = ("absences", "bound_times")
"""Sets of which a grid is all that there is, for its people and days."""
_PEOPLE = N_("Staff")
_NAMES = {
    "employers": N_("Employers"),
    "skills": N_("Skills"),
    "rule_books": N_("Rule books"),
    "rules": N_("Rules"),
    "shift_types": N_("Shift types"),
    "shift_parts": N_("Times of shift types"),
    "squads": N_("Squads"),
    "staff": _PEOPLE,
    "staff_skills": N_("Skills of staff"),
    "contracts": N_("Contracts"),
    "absences": N_("Absences"),
    "bound_times": N_("Bound time"),
    "shifts": N_("Shifts"),
}
"""What the sets are called in the preview."""


@dataclass(frozen=True, kw_only=True)
class GridFile:
    """A workbook as understood, and what is decided about it so far.

    Parameters
    ----------
    grids
        Every sheet that is a grid.
    grid
        The one that is read, or several together.
    is_remembered
        Whether a file of this shape was imported into the plan before.
    """

    path: Path
    grids: tuple[Grid, ...]
    grid: Grid
    decisions: GridDecisions
    is_remembered: bool

    @property
    def undecided(self) -> tuple[str, ...]:
        """The codes that nothing was decided about."""
        return undecided(self.grid, self.decisions)

    @property
    def has_namesakes(self) -> bool:
        """Tell whether several people have one name, so that only a planner knows who is who."""
        return any(person.key != person.name for person in self.grid.people)

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing has to be asked: the shape is known, and all that is in it."""
        is_told = not self.undecided and self.grid.doubt is None and not self.has_namesakes
        return self.is_remembered and is_told


@dataclass(frozen=True, kw_only=True)
class GridPreview:
    """What importing a grid would do, and what would be remembered of it."""

    preview: ImportPreview
    shape: str
    document: str


def read_file(
    open_plan: OpenPlan,
    path: Path,
    *,
    sheet: str | None = None,
    doubt: Doubt | None = None,
) -> GridFile:
    """Read a workbook and suggest what it means; nothing is written.

    Parameters
    ----------
    sheet
        Of several sheets, the one to read; all of the layout that holds most, unless given.
    doubt
        What the planner has answered, with ``taken`` as the answer.

    Raises
    ------
    InputError, StorageError
        See :func:`planner.exchange.grids.reading.read_grids`.
    """
    plan = open_plan.plan
    hints = Hints(
        today=clock.today(plan.zone),
        year=doubt.taken if doubt is not None and doubt.kind is DoubtKind.YEAR else None,
        month=doubt.taken if doubt is not None and doubt.kind is DoubtKind.MONTH else None,
    )
    grids = read_grids(path, hints)
    grid = _chosen(grids, sheet)
    remembered = from_document(grid, open_plan.store.grid_mapping(grid.shape))
    return GridFile(
        path=path,
        grids=grids,
        grid=grid,
        decisions=suggestions(plan, grid, remembered),
        is_remembered=remembered is not None,
    )


def _chosen(grids: tuple[Grid, ...], sheet: str | None) -> Grid:
    named = [grid for grid in grids if sheet in grid.sheets]
    if named:
        return named[0]
    largest = max(grids, key=lambda grid: len(grid.entries))
    return joined([largest, *(grid for grid in grids if _goes_with(grid, largest))])


def _goes_with(grid: Grid, largest: Grid) -> bool:
    return grid is not largest and grid.kind is largest.kind


def import_source(open_plan: OpenPlan, path: Path, *, is_dry: bool) -> ImportReport:
    """Import a folder, a workbook of record sets, or a roster grid of a shape the plan knows.

    Parameters
    ----------
    is_dry
        Only say what would change.

    Raises
    ------
    InputError
        See :func:`remembered_file`.
    InputError, RefusedImportError, StorageError
        See :func:`planner.services.importing.import_`.
    """
    file = remembered_file(open_plan, path)
    if file is None:
        return preview(open_plan, path) if is_dry else import_(open_plan, path)
    shown = preview_grid(open_plan, file)
    return report_of(shown.preview) if is_dry else import_grid(open_plan, shown)


def remembered_file(open_plan: OpenPlan, path: Path) -> GridFile | None:
    """Return a workbook that is a grid of a shape the plan knows; nothing for any other file.

    Raises
    ------
    InputError
        ``grid-unknown`` for a grid of a shape that is not known, ``grid-undecided`` for one with
        codes or dates that have to be asked about.
    """
    if path.suffix.casefold() not in GRID_SUFFIXES or not path.is_file():
        return None
    if {name.casefold() for name in sheet_names(path)} & set(SHEETS):
        return None  # a workbook of record sets
    try:
        file = read_file(open_plan, path)
    except InputError as error:
        if error.code == "grid-nothing":
            return None
        raise
    if not file.is_remembered:
        raise InputError("grid-unknown", source=path.name)
    if not file.is_clear:
        raise InputError("grid-undecided", source=path.name)
    return file


def preview_grid(open_plan: OpenPlan, file: GridFile, *, kept: Collection[str] = ()) -> GridPreview:
    """Return what importing a grid would do to the plan as it is now, row by row.

    Shifts, absences and bound time that an earlier import gave the people of the grid on its days,
    and that it has not any more, disappear, unless ``kept`` names their set.

    Raises
    ------
    InputError
        ``grid-undecided`` as long as a code has no meaning.
    """
    if file.undecided:
        raise InputError("grid-undecided", source=file.path.name)
    store = open_plan.store
    last_entry = import_preview.last_entry_of(store)
    plan = store.load_plan()
    records = grid_records(plan, file.grid, file.decisions)
    present = _Present(store, plan, file.grid, records)
    problems = Problems()
    for key in records.twice:
        row = next(person.row for person in file.grid.people if person.key == key)
        problems.add("grid-person-twice", Place(file=_(_PEOPLE), row=row), value=key)
    sets = {name: (records.made.get(name, ()), ()) for name in _ADDED}
    sets |= {name: present.of_days(name) for name in _OF_DAYS}
    sets["shifts"] = present.shifts()
    differences = {
        name: _difference(name, new, old, present, is_removing=name not in kept)
        for name, (new, old) in sets.items()
        if new or old
    }
    shifts = tuple(shift for shift in sets["shifts"][0] if isinstance(shift, Shift))
    content = Content(
        settings=plan.settings,
        records={name: sets[name][0] for name in differences if name != "shifts"},
        shifts=shifts,
        files={name: _(_NAMES[name]) for name in differences},
        places={
            id(record): Place(file=_(_NAMES[name]), row=present.row_of(record))
            for name in differences
            for record in sets[name][0]
        },
    )
    return GridPreview(
        preview=import_preview.judged_preview(
            open_plan, plan, content, differences, problems, last_entry=last_entry
        ),
        shape=file.grid.shape,
        document=to_document(
            file.grid,
            replace(file.decisions, codes={**file.decisions.codes, **records.choices}),
            store.grid_mapping(file.grid.shape),
        ),
    )


def import_grid(open_plan: OpenPlan, shown: GridPreview) -> ImportReport:
    """Write what a preview shows as one step to undo, and remember how the grid is read.

    Raises
    ------
    RefusedImportError
        With the wrong rows; nothing is written.
    ConflictError
        ``import-outdated`` when the plan has changed since the preview was made.
    """
    return import_shown(
        open_plan,
        shown.preview,
        keep=lambda store: store.put_grid_mapping(shown.shape, shown.document),
    )


def _difference(
    name: str,
    new: Iterable[Any],
    old: Iterable[Any],
    present: "_Present",
    *,
    is_removing: bool,
) -> SetDifference:
    before = {record_key(name, record): record for record in old}
    after = {record_key(name, record): record for record in new}
    put = tuple(
        Change(set_name=name, before=before.get(key), after=record)
        for key, record in after.items()
        if before.get(key) != record
    )
    gone = tuple(
        Change(set_name=name, before=record, after=None)
        for key, record in before.items()
        if key not in after and present.may_go(record)
    )
    return SetDifference(
        put=put,
        gone=gone,
        n_unchanged=len(after) - len(put),
        is_removing=is_removing,
        can_remove=name not in _ADDED,
    )


class _Present:
    """What the plan holds already of the grid's people and days."""

    def __init__(self, store: Store, plan: Plan, grid: Grid, records: GridRecords) -> None:
        self._plan, self._records = plan, records
        self._span = Span(
            day_span(grid.first_day, plan.zone).start, day_span(grid.last_day, plan.zone).end
        )
        self._staff = {staff for staff in records.staff.values() if staff in plan.staff_by_id}
        self._stored = tuple(
            shift
            for shift in store.shifts_between(self._span)
            if shift.staff in self._staff and grid.first_day <= shift.day <= grid.last_day
        )
        self._rows = dict(records.rows)

    def row_of(self, record: object) -> int:
        """Return the row of the grid that a record stands in."""
        return self._rows[id(record)][0]

    def may_go(self, record: Any) -> bool:
        """Tell whether a record that the grid lacks came from a roster before."""
        if isinstance(record, Shift):
            return record.source is ShiftSource.GIVEN and not record.is_locked
        return str(record.id).startswith(OWN)

    def shifts(self) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Return the new shifts and those that are there.

        A shift that its person has on that day already takes the new times and keeps its id: the
        employer's roster says what is true.
        """
        waiting: dict[tuple[Any, Any], list[Shift]] = {}
        for shift in self._stored:
            waiting.setdefault((shift.staff, shift.day), []).append(shift)
        made = []
        for shift in self._records.shifts:
            same = waiting.get((shift.staff, shift.day), [])
            if same:
                old = same.pop(0)
                made.append(self._as(shift, replace(shift, id=old.id, is_locked=old.is_locked)))
                if _is_same(made[-1], old):
                    made[-1] = self._as(shift, old)
            else:
                made.append(shift)
        return tuple(made), self._stored

    def of_days(self, set_name: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Return the new records of a set and those that are there; the same by another id is."""
        old = [
            record
            for record in getattr(self._plan, set_name)
            if record.staff in self._staff and record.span.overlaps(self._span)
        ]
        made = []
        for record in self._records.made.get(set_name, ()):
            around = [
                one for one in old if one.staff == record.staff and one.span.contains(record.span)
            ]
            by_hand = [one for one in around if not one.id.startswith(OWN)]
            same = [one for one in around if one.span == record.span]
            if by_hand or same:
                kept = (same or by_hand)[0]
                if kept not in made:
                    made.append(self._as(record, kept))
            else:
                made.append(record)
        return tuple(made), tuple(old)

    def _as(self, record: object, other: Any) -> Any:
        self._rows[id(other)] = self._rows[id(record)]
        return other


def _is_same(one: Shift, other: Shift) -> bool:
    """Tell whether two shifts say the same but for where they came from and with whom."""
    return (one.parts, one.shift_type, one.breaks) == (other.parts, other.shift_type, other.breaks)
