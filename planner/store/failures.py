"""What a database refuses, as errors that a person can mend."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from planner.errors import StorageError

_SQLITE = {
    sqlite3.SQLITE_READONLY_DBMOVED: "plan-unreachable",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_BUSY: "plan-locked",
    sqlite3.SQLITE_LOCKED: "plan-locked",
    sqlite3.SQLITE_READONLY: "plan-read-only",
    sqlite3.SQLITE_PERM: "plan-read-only",
    sqlite3.SQLITE_CANTOPEN: "plan-unreachable",
    sqlite3.SQLITE_IOERR: "plan-unreachable",
    sqlite3.SQLITE_CORRUPT: "plan-broken",
    sqlite3.SQLITE_NOTADB: "plan-broken",
}
_SYSTEM = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EACCES: "plan-read-only",
    errno.EPERM: "plan-read-only",
    errno.EROFS: "plan-read-only",
    errno.ENOENT: "folder-missing",
    errno.ENOTDIR: "folder-missing",
}


@contextmanager
def database_errors(plan: str) -> Iterator[None]:
    """Raise what the database refuses inside the block as ``StorageError``.

    Parameters
    ----------
    plan
        Name of the plan, as the sentence shall show it.

    Raises
    ------
    StorageError
        ``disk-full``, ``plan-locked``, ``plan-read-only``, ``plan-unreachable``, ``plan-broken`` or
        ``database-unreachable``.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        code = _code_of(error)
        if code is None:
            raise
        raise StorageError(code, plan=plan) from error


@contextmanager
def disk_errors(plan: str) -> Iterator[None]:
    """Raise what the disk refuses inside the block as ``StorageError``.

    Raises
    ------
    StorageError
        ``disk-full``, ``plan-read-only``, ``folder-missing`` or ``plan-unreachable``.
    """
    try:
        yield
    except OSError as error:
        code = _SYSTEM.get(error.errno or 0, "plan-unreachable")
        raise StorageError(code, plan=plan) from error


def _code_of(error: DBAPIError | sqlite3.Error) -> str | None:
    """Return the code for what a person can mend; nothing for a fault of the program."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        extended = getattr(cause, "sqlite_errorcode", 0)
        primary = extended & 0xFF
        if primary == sqlite3.SQLITE_ERROR and str(cause).startswith("no such table"):
            return "plan-broken"  # something else lies where the plan was
        return _SQLITE.get(extended) or _SQLITE.get(primary)
    return "database-unreachable" if isinstance(error, OperationalError) else None
