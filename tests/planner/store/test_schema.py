import re
import sqlite3
from contextlib import closing

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from planner.store import schema
from planner.store.tables import metadata

_ADDED = re.compile(r", ((?:undoes|email) [^,()\n]+)")


def tables_of(path):
    """Return what was said to make each table and index; the order of constraints is free."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        )
        return {
            # A column that was added later follows the last one on its line.
            name: sorted(
                part
                for line in _ADDED.sub(r"\n\1\n", sql).splitlines()
                if (part := line.strip().rstrip(","))
            )
            for name, sql in rows
            if name != "alembic_version"
        }


def test_migrations_make_the_tables_that_the_program_uses(path, tmp_path):
    wanted = tmp_path / "wanted.db"
    engine = create_engine(f"sqlite:///{wanted}")
    metadata.create_all(engine)
    engine.dispose()
    assert tables_of(path) == tables_of(wanted)


def test_the_newest_migration_is_the_programs_version():
    assert ScriptDirectory.from_config(schema.migrations()).get_heads() == [schema.SCHEMA]


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_can_be_made_on_postgresql(table):
    made = str(CreateTable(table).compile(dialect=postgresql.dialect()))
    assert "DATETIME" not in made
    for index in table.indexes:
        CreateIndex(index).compile(dialect=postgresql.dialect())


def test_every_constraint_has_a_name_that_postgresql_does_not_cut():
    names = [
        constraint.name
        for table in metadata.sorted_tables
        for constraint in [*table.constraints, *table.indexes]
    ]
    assert all(names)
    assert max(len(str(name)) for name in names) <= 63
