"""Files that a command leaves: all of them whole, or none."""

import errno
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from planner.errors import StorageError

_CODES = {
    errno.EACCES: "output-read-only",
    errno.EPERM: "output-read-only",
    errno.EROFS: "output-read-only",
    errno.ENOENT: "output-folder-missing",
    errno.ENOTDIR: "output-not-folder",
    errno.EEXIST: "output-not-folder",
    errno.EISDIR: "output-failed",
    errno.ENOSPC: "output-disk-full",
    errno.EDQUOT: "output-disk-full",
}


def write_file(path: Path, data: bytes) -> Path:
    """Put a file with ``data`` in place of whatever was at ``path``, and return the path.

    A device or pipe is written to.

    Raises
    ------
    StorageError
        ``output-…``: what folder or disk refuse; then the old file is still there.
    """
    if path.exists() and not path.is_file():
        with _refusals(path), path.open("wb") as output:
            output.write(data)
        return path
    return write_files({path: data})[0]


def write_files(files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Put files in place of whatever was at their paths, all or none; return the paths.

    Raises
    ------
    StorageError
        ``output-…``: what folder or disk refuse; then the old files are still there.
    """
    drafts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            with _refusals(path):
                goal = path.resolve()  # what a link leads to is replaced, not the link
                draft = goal.with_name(f".{goal.name}.{secrets.token_hex(4)}")
                drafts[draft] = goal
                _write_through(draft, data)
        for path, (draft, goal) in zip(files, drafts.items(), strict=True):
            with _refusals(path):
                draft.replace(goal)
    finally:
        for draft in drafts:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
    return tuple(files)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def make_folder(path: Path) -> Path:
    """Make a folder, and those above it, unless it is there; return it.

    Raises
    ------
    StorageError
        ``output-…``: what the disk refuses.
    """
    with _refusals(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0, "output-failed")
        if code == "output-not-folder":  # the path, or a file that stands where a folder should
            path = next((one for one in (path, *path.parents) if one.is_file()), path)
        raise StorageError(code, path=str(path)) from error
