"""Where data comes from: a folder of CSV files, some of them, or a workbook."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from planner.errors import InputError, Place, StorageError
from planner.exchange.csv_reading import read_csv
from planner.exchange.problems import Problems
from planner.exchange.sheets import OnRow, Sheet, no_row
from planner.exchange.workbooks import read_workbook

Source = Path | tuple[Path, ...]
"""A folder of CSV files, one of its files, a workbook, or several CSV files."""


def read_sheets(
    source: Source, names: Iterable[str], problems: Problems, *, on_row: OnRow = no_row
) -> dict[str, Sheet]:
    """Return the sheets of a folder, files or workbook that have one of ``names``.

    Faults of one file are noted in ``problems``, and the file is left out.

    Raises
    ------
    InputError
        ``source-missing``, ``source-kind`` (neither folder, CSV file nor workbook),
        ``source-empty`` or ``source-empty-workbook`` (without any known name),
        ``workbook-broken`` or ``file-too-large``.
    StorageError
        ``source-unreadable``.
    """
    known = tuple(names)
    paths = source if isinstance(source, tuple) else (source,)
    shown = ", ".join(str(path) for path in paths)
    try:
        found = dict(_read(paths, known, problems, on_row))
    except OSError as error:
        raise StorageError("source-unreadable", source=shown) from error
    if not found and not problems:
        is_workbook = len(paths) == 1 and _is_workbook(paths[0])
        code = "source-empty-workbook" if is_workbook else "source-empty"
        raise InputError(code, source=shown)
    return found


def _read(
    paths: tuple[Path, ...], known: tuple[str, ...], problems: Problems, on_row: OnRow
) -> Iterator[tuple[str, Sheet]]:
    for path in paths:
        if not path.exists():
            raise InputError("source-missing", source=str(path))
    match paths:
        case (path,) if path.is_dir():
            return _read_files(sorted(path.iterdir()), known, problems, on_row)
        case (path,) if _is_workbook(path):
            return read_workbook(path, known, problems, on_row)
        case _:
            for path in paths:
                if path.suffix.casefold() != ".csv":
                    raise InputError("source-kind", source=str(path))
            return _read_files(paths, known, problems, on_row)


def _is_workbook(path: Path) -> bool:
    return path.is_file() and path.suffix.casefold() in {".xlsx", ".xlsm"}


def _read_files(
    paths: Iterable[Path], known: tuple[str, ...], problems: Problems, on_row: OnRow
) -> Iterator[tuple[str, Sheet]]:
    paths = tuple(paths)
    files = {path.name.casefold(): path for path in paths}
    for name, n_files in Counter(path.name.casefold() for path in paths).items():
        if n_files > 1:
            problems.add("file-twice", Place(file=files[name].name))
    problems.warn_unknown(
        (path.name for name, path in files.items() if name.endswith(".csv")),
        [f"{name}.csv" for name in known],
    )
    for name in known:
        path = files.get(f"{name}.csv")
        if path is not None:
            with problems.collected(Place(file=path.name)):
                yield name, read_csv(path, name, problems, on_row)
