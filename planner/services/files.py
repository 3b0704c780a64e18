"""Files that a command leaves: each is whole or not there."""

import errno
import os
import secrets
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

    Raises
    ------
    StorageError
        ``output-…``: what folder or disk refuse; then the old file is still there.
    """
    try:
        if path.exists() and not path.is_file():  # a device or pipe takes it, a folder refuses
            with path.open("wb") as output:
                output.write(data)
            return path
        goal = path.resolve()  # what a link leads to is replaced, not the link
        draft = goal.with_name(f".{goal.name}.{secrets.token_hex(4)}")
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(goal)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise _refusal(error, path) from error
    return path


def make_folder(path: Path) -> Path:
    """Make a folder, and those above it, unless it is there; return it.

    Raises
    ------
    StorageError
        ``output-…``: what the disk refuses.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refusal(error, path) from error
    return path


def _refusal(error: OSError, path: Path) -> StorageError:
    return StorageError(_CODES.get(error.errno or 0, "output-failed"), path=str(path))
