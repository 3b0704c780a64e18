"""Plans as files and databases: making, opening, bringing up to date, backing up."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from planner.errors import StorageError
from planner.store.failures import database_errors, disk_errors
from planner.store.schema import SCHEMA, is_outdated, migrate, schema_of

SUFFIX = ".narvaro"
"""Ending of a plan file's name."""

_MAGIC = b"SQLite format 3\x00"
_APPLICATION_ID = 0x4E617276
"""``Narv``, in the header of each file of ours."""
_BUSY_S = 5
"""Seconds to wait for another program that is writing to the same plan."""

Target = str | os.PathLike[str]
"""A plan: the path of a file, or the address of a database (``postgresql://…``)."""


def is_address(target: Target) -> bool:
    """Tell whether a plan is named by a database's address rather than a file's path."""
    return "://" in os.fspath(target)


def display_name(target: Target) -> str:
    """Return a plan's name to show: never with a password."""
    if not is_address(target):
        return os.fspath(target)
    with suppress(SQLAlchemyError, ValueError):
        return make_url(os.fspath(target)).render_as_string(hide_password=True)
    return os.fspath(target).partition("://")[0] + "://…"  # who knows what else is in it


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a file beside ``path`` to fill; it becomes ``path`` when the block ends well.

    Whoever looks at ``path`` sees nothing or a whole plan, and an existing file is never replaced.

    Raises
    ------
    StorageError
        ``plan-exists``, or what the disk refuses.
    """
    with disk_errors(str(path)):
        if path.exists() or path.is_symlink():
            raise StorageError("plan-exists", plan=str(path))
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with disk_errors(str(path)):
            draft.touch(exist_ok=False)  # the system says why not, which a database does not
        yield draft
        with disk_errors(str(path)):
            _move(draft, path)
    except StorageError as error:  # the draft's name is of no use to anybody
        raise StorageError(error.code, **error.values | {"plan": str(path)}) from error
    finally:
        for left in (draft, draft.with_name(draft.name + "-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _move(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # unlike a rename, fails when somebody made the file meanwhile
    except FileExistsError:
        raise StorageError("plan-exists", plan=str(path)) from None
    except OSError:  # a file system without hard links
        if path.exists():
            raise StorageError("plan-exists", plan=str(path)) from None
        draft.rename(path)


def create_tables(target: Target) -> None:
    """Make the tables of a plan in a new file or an empty database.

    Raises
    ------
    StorageError
        ``plan-exists`` when the database holds a plan, or what disk and database refuse.
    """
    name = display_name(target)
    with database_errors(name), closing_engine(target, is_new=True) as engine:
        with engine.connect() as connection:
            if schema_of(connection) is not None:
                raise StorageError("plan-exists", plan=name)
        with engine.connect().execution_options(is_writing=True) as connection:
            migrate(connection)
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA application_id={_APPLICATION_ID}")
            connection.commit()


def open_engine(target: Target) -> Engine:
    """Open a plan; an older one is brought up to date, a file is backed up before that.

    Raises
    ------
    StorageError
        ``plan-missing``, ``plan-broken`` (not a plan), ``plan-newer``, or what disk and database
        refuse.
    """
    name = display_name(target)
    if not is_address(target):
        _look_at(Path(target))
    engine = make_engine(target)
    with database_errors(name):
        try:
            with engine.connect() as connection:
                outdated = is_outdated(connection, name)
            if outdated:
                if not is_address(target):
                    back_up(Path(target), f"before-{SCHEMA}")
                with engine.connect().execution_options(is_writing=True) as connection:
                    migrate(connection)
                    connection.commit()
        except BaseException:
            engine.dispose()
            raise
    return engine


def back_up(path: Path, label: str) -> Path:
    """Copy a plan file, consistently even while others write, beside it; return the copy.

    Parameters
    ----------
    label
        Goes into the copy's name; a number is added when such a copy exists.
    """
    n = 0
    while True:
        number = f"-{n}" if n else ""
        copy = path.with_name(f"{path.stem}.{label}{number}{path.suffix}")
        if not copy.exists():
            break
        n += 1
    with (
        new_file(copy) as draft,
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(draft)) as goal,
    ):
        source.backup(goal)
    return copy


@contextmanager
def closing_engine(target: Target, *, is_new: bool = False) -> Iterator[Engine]:
    """Give an engine for the time of a block."""
    engine = make_engine(target, is_new=is_new)
    try:
        yield engine
    finally:
        engine.dispose()


def make_engine(target: Target, *, is_new: bool = False) -> Engine:
    """Return an engine whose transactions begin when we say and whose references are kept.

    Parameters
    ----------
    is_new
        Whether a file that is missing is made. Where a plan has vanished, nothing is put.
    """
    if is_address(target):
        return _postgresql(os.fspath(target))
    mode = "rwc" if is_new else "rw"
    engine = create_engine(
        URL.create("sqlite", database=_uri(Path(target)), query={"mode": mode, "uri": "true"}),
        poolclass=NullPool,  # a closed plan leaves no open file behind
        connect_args={"timeout": _BUSY_S},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin and commit by guessing
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        is_writing = connection.get_execution_options().get("is_writing")
        # A reader that turns into a writer could deadlock with another one.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")

    return engine


def _uri(path: Path) -> str:
    """Return a path as SQLite reads it in an address; a share's begins with two slashes more."""
    name = path.absolute().as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(name)}"


def _postgresql(address: str) -> Engine:
    try:
        url = make_url(address)
        if url.get_backend_name() == "postgresql":
            return create_engine(url.set(drivername="postgresql+psycopg"))
    except (ArgumentError, ValueError):  # not an address; the port is not a number
        pass
    except ModuleNotFoundError:
        raise StorageError("database-driver") from None
    raise StorageError("database-address", plan=display_name(address))


def _look_at(path: Path) -> None:
    """Refuse what is not a plan file before the database library touches it."""
    name = str(path)
    with disk_errors(name):
        if not path.exists():
            raise StorageError("plan-missing", plan=name)
        if not path.is_file():
            raise StorageError("plan-broken", plan=name)
        with path.open("rb") as file:
            header = file.read(100)
    is_ours = int.from_bytes(header[68:72], "big") == _APPLICATION_ID
    if not header.startswith(_MAGIC) or not is_ours:
        raise StorageError("plan-broken", plan=name)
