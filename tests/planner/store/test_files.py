import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from planner.domain.staff import Skill
from planner.errors import StorageError
from planner.store import files, schema
from planner.store.files import back_up, create_tables, display_name, new_file, open_engine
from planner.store.store import Store
from tests.planner.writing import put


def refused(action, *arguments):
    """Return the code with which ``action`` refuses."""
    with pytest.raises(StorageError) as caught:
        action(*arguments)
    return caught.value.code


def make(path):
    with new_file(path) as draft:
        create_tables(draft)


def test_a_new_plan_is_the_only_file_left(tmp_path):
    make(tmp_path / "plan.narvaro")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.narvaro"]


def test_an_existing_file_is_never_replaced(tmp_path):
    path = tmp_path / "plan.narvaro"
    path.write_text("letter")
    assert refused(make, path) == "plan-exists"
    assert path.read_text() == "letter"


def test_a_file_made_by_somebody_meanwhile_is_not_replaced(tmp_path):
    path = tmp_path / "plan.narvaro"

    def race():
        with new_file(path) as draft:
            create_tables(draft)
            path.write_text("letter")

    assert refused(race) == "plan-exists"
    assert path.read_text() == "letter"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_system_without_hard_links_takes_a_plan(tmp_path, monkeypatch):
    def no_links(*_):
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", no_links)
    make(tmp_path / "plan.narvaro")
    with Store(tmp_path / "plan.narvaro") as store:
        assert store.load_plan().staff == ()


def test_nothing_is_left_when_making_fails(tmp_path):
    def fail():
        with new_file(tmp_path / "plan.narvaro") as draft:
            create_tables(draft)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said(tmp_path):
    assert refused(make, tmp_path / "none" / "plan.narvaro") == "folder-missing"


def test_a_folder_that_takes_no_file_is_said():
    assert refused(make, Path("/proc/plan.narvaro")) == "folder-missing"


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 5000, b"Name;Phone\n", b"SQLite format 3\0", b"SQLite format 3\0" + b"\7" * 5000],
)
def test_what_is_not_a_plan_is_refused(tmp_path, content):
    path = tmp_path / "plan.narvaro"
    path.write_bytes(content)
    assert refused(open_engine, path) == "plan-broken"
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE staff (id TEXT)")
    assert refused(open_engine, path) == "plan-broken"


def test_a_cut_off_plan_is_refused(path):
    path.write_bytes(path.read_bytes()[:6000])
    assert refused(open_and_read, path) == "plan-broken"


def open_and_read(path):
    with Store(path) as store:
        store.load_plan()


def test_a_missing_plan_and_a_folder_are_refused(tmp_path):
    assert refused(open_engine, tmp_path / "none.narvaro") == "plan-missing"
    assert refused(open_engine, tmp_path) == "plan-broken"
    assert list(tmp_path.iterdir()) == []


def set_version(path, version):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.commit()


def test_a_plan_of_a_newer_program_is_refused_and_left_alone(path):
    set_version(path, "9999")
    before = path.read_bytes()
    assert refused(open_engine, path) == "plan-newer"
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", ["", "head", "12"])
def test_a_plan_without_a_version_of_ours_is_refused(path, version):
    set_version(path, version)
    assert refused(open_engine, path) == "plan-broken"


def test_an_older_plan_is_copied_before_it_is_migrated(path, monkeypatch):
    seen, before = [], schema.SCHEMA

    def migrate(connection):
        seen.extend(copy.name for copy in path.parent.glob("plan.before-*"))
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0009'")

    monkeypatch.setattr(schema, "SCHEMA", "0009")
    monkeypatch.setattr(files, "SCHEMA", "0009")
    monkeypatch.setattr(files, "migrate", migrate)
    open_engine(path).dispose()
    assert seen == ["plan.before-0009.narvaro"]
    with closing(sqlite3.connect(path.with_name(seen[0]))) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (before,)
    with closing(sqlite3.connect(path)) as plan:
        assert plan.execute("SELECT version_num FROM alembic_version").fetchone() == ("0009",)


def test_a_failed_migration_leaves_the_plan_as_it_was(path, monkeypatch):
    def migrate(connection):
        connection.exec_driver_sql("DROP TABLE journal")
        raise RuntimeError

    monkeypatch.setattr(schema, "SCHEMA", "0009")
    monkeypatch.setattr(files, "migrate", migrate)
    with pytest.raises(RuntimeError):
        open_engine(path)
    monkeypatch.undo()
    with Store(path) as store:
        assert store.journal() == ()


def test_a_second_copy_does_not_replace_the_first(path):
    first, second = back_up(path, "before-0009"), back_up(path, "before-0009")
    assert [first.name, second.name] == ["plan.before-0009.narvaro", "plan.before-0009-1.narvaro"]
    with Store(second) as store:
        assert store.load_plan().staff == ()


def test_a_plan_that_another_program_writes_to_is_locked(path, monkeypatch):
    monkeypatch.setattr(files, "_BUSY_S", 0)
    with closing(sqlite3.connect(path)) as other, Store(path) as store:
        other.execute("BEGIN IMMEDIATE")

        def write():
            with store.transaction("test"):
                put(store, "skills", [Skill(id="a", name="A")])

        assert refused(write) == "plan-locked"


def test_a_plan_on_a_read_only_disk_can_be_read_and_says_why_it_is_not_written(path, monkeypatch):
    with Store(path) as store:
        monkeypatch.setattr(store, "_engine", read_only(path))

        def write():
            with store.transaction("test"):
                put(store, "skills", [Skill(id="a", name="A")])

        assert refused(write) == "plan-read-only"
        assert refused(store.check_writable) == "plan-read-only"
        assert store.load_plan().skills == ()


def read_only(path):
    engine = files.make_engine(path)
    files.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only=ON"))
    return engine


def test_a_full_disk_leaves_the_plan_as_it_was(path, monkeypatch):
    with Store(path) as store:
        with store.transaction("test"):
            put(store, "skills", [Skill(id="a", name="A")])
        full = files.make_engine(path)
        files.event.listen(full, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count=1"))
        monkeypatch.setattr(store, "_engine", full)

        def fill():
            with store.transaction("test"):
                many = [Skill(id=f"b{n}", name="B" * 400) for n in range(2000)]
                put(store, "skills", many)

        assert refused(fill) == "disk-full"
        assert [skill.id for skill in store.load_plan().skills] == ["a"]


def test_our_files_are_told_by_their_header(path):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x4E617276,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_references_are_kept_and_the_disk_is_waited_for(path):
    with Store(path) as store, store._reading() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_password_is_never_shown():
    assert "hemlig" not in display_name("postgresql://anna:hemlig@server/plan")
    assert "hemlig" not in display_name("postgresql://anna:hemlig@server:port/plan")


@pytest.mark.parametrize(
    "address", ["mysql://server/plan", "sqlite:///plan", "x://", "://", "http://a:b"]
)
def test_other_addresses_are_refused(address):
    assert refused(open_engine, address) in {"database-address", "database-driver"}
