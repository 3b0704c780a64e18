"""Bring a planner's own roster grid into the plan: read, look, and only then write."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from planner import clock
from planner.domain.grids import (
    Doubt,
    DoubtKind,
    Grid,
    GridDecisions,
)
from planner.errors import InputError, Place
from planner.exchange.grids.collecting import Hints
from planner.exchange.grids.reading import GRID_SUFFIXES, joined, read_grids
from planner.exchange.problems import Problems
from planner.exchange.reading import SHEETS, Content
from planner.exchange.workbooks import sheet_names
from planner.services.grids.choices import suggestions, undecided
from planner.services.grids.memory import from_document, to_document
from planner.services.grids.present import GridPresent
from planner.services.grids.records import grid_records
from planner.services.grids.wording import set_title, wording
from planner.services.imports import previews
from planner.services.imports.importing import (
    ImportReport,
    import_,
    import_shown,
    preview,
    report_of,
)
from planner.services.imports.previews import ImportPreview
from planner.services.plans import OpenPlan


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
        See :func:`planner.services.imports.importing.import_`.
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
    last_entry = previews.last_entry_of(store)
    plan = store.load_plan()
    records = grid_records(plan, file.grid, file.decisions)
    present = GridPresent(store, plan, file.grid, records)
    problems = Problems()
    for key in records.twice:
        row = next(person.row for person in file.grid.people if person.key == key)
        problems.add("grid-person-twice", Place(file=set_title("staff"), row=row), value=key)
    differences = {
        name: present.difference(name, is_removing=name not in kept) for name in present.made
    }
    content = Content(
        settings=plan.settings,
        records={name: made for name, made in present.made.items() if name != "shifts"},
        shifts=present.made.get("shifts", ()),
        files={name: set_title(name) for name in present.made},
        places={
            id(record): Place(file=set_title(name), row=present.row_of(record))
            for name, made in present.made.items()
            for record in made
        },
    )
    return GridPreview(
        preview=previews.judged_preview(
            open_plan,
            plan,
            content,
            differences,
            problems,
            last_entry=last_entry,
            wording=wording(),
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
