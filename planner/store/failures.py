"""What a database refuses, as errors that a person can mend."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from planner.errors import StorageError

_SQLITE = {
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
def as_storage_errors(plan: str) -> Iterator[None]:
    """Raise what disk and database refuse inside the block as ``StorageError``.

    Parameters
    ----------
    plan
        Name of the plan, as the sentence shall show it.

    Raises
    ------
    StorageError
        ``disk-full``, ``plan-locked``, ``plan-read-only``, ``plan-unreachable``, ``plan-broken``,
        ``folder-missing``, ``database-unreachable`` or ``database-address``.
    """
    try:
        yield
    except DBAPIError as error:
        code = _code_of(error)
        if code is None:
            raise
        raise StorageError(code, plan=plan) from error
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StorageError("database-address", plan=plan) from error
    except OSError as error:
        code = _SYSTEM.get(error.errno or 0, "plan-unreachable")
        raise StorageError(code, plan=plan) from error


def _code_of(error: DBAPIError) -> str | None:
    """Return the code for what a person can mend; nothing for a fault of the program."""
    if isinstance(error.orig, sqlite3.Error):
        extended = getattr(error.orig, "sqlite_errorcode", 0)
        return _SQLITE.get(extended & 0xFF)  # the low byte is the primary code
    is_environment = error.connection_invalidated or type(error).__name__ == "OperationalError"
    return "database-unreachable" if is_environment else None
