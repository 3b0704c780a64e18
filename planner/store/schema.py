"""The version of the tables, and how a database gets to it."""

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from planner.errors import StorageError

if TYPE_CHECKING:
    from alembic.config import Config

SCHEMA = "0005"
"""Newest step in ``migrations/versions``; written here so that opening needs no Alembic."""


def schema_of(connection: Connection) -> str | None:
    """Return the version of a database's tables; nothing when it has none of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found if isinstance(found, str) else None


def is_outdated(connection: Connection, plan: str) -> bool:
    """Tell whether the tables are of an older version than this program's.

    Raises
    ------
    StorageError
        ``plan-newer`` (made by a newer program) or ``plan-broken`` (not a plan).
    """
    found = schema_of(connection)
    if found is None or not re.fullmatch(r"\d{4}", found):
        raise StorageError("plan-broken", plan=plan)
    if found > SCHEMA:
        raise StorageError("plan-newer", plan=plan)
    return found < SCHEMA


def migrate(connection: Connection) -> None:
    """Bring a database's tables, or an empty database, to this program's version."""
    from alembic import command

    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def migrations() -> "Config":
    """Return Alembic's configuration for the steps in this package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("planner.store") / "migrations"))
    return config
