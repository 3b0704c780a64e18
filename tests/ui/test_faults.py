"""Stories: what a planner sees when the disk, the share or the file itself fails."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from planner.domain import edits
from planner.domain.ids import StaffId
from planner.domain.roster import Roster
from planner.services.plans import open_plan
from planner.services.roster.generating import Proposal
from planner.store import files
from tests.planner import small
from tests.ui.conftest import show_plan
from ui.actions import Command
from ui.jobs import Job
from ui.window import MainWindow

CONTACT, OFFICER = small.CONTACTS[0], small.OFFICERS[0]
LONG = "å" * 200_000
"""A note that does not fit into the pages that a plan has already."""

Fault = Callable[[MainWindow, Path], AbstractContextManager[None]]


@contextmanager
def full_disk(window: MainWindow, path: Path) -> Iterator[None]:
    """No page can be added to the file."""
    with pragma(window, path, "PRAGMA max_page_count=1"):
        yield


@contextmanager
def read_only_disk(window: MainWindow, path: Path) -> Iterator[None]:
    """Nothing can be written, whoever tries."""
    with pragma(window, path, "PRAGMA query_only=ON"):
        yield


@contextmanager
def pragma(window: MainWindow, path: Path, statement: str) -> Iterator[None]:
    assert window.presenter.open_plan is not None
    store = window.presenter.open_plan.store
    sound, store._engine = store._engine, files.make_engine(path)
    event.listen(store._engine, "connect", lambda raw, _record: raw.execute(statement))
    yield
    store._engine = sound


@contextmanager
def short_writes(_window: MainWindow, _path: Path) -> Iterator[None]:
    """The system itself refuses every longer write, as with a quota or a card that fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def vanished_file(_window: MainWindow, path: Path) -> Iterator[None]:
    """Somebody moves the file away; nothing may be put in its place."""
    path.rename(path.with_suffix(".away"))
    yield
    assert not path.exists()
    path.with_suffix(".away").rename(path)


@contextmanager
def dropped_share(_window: MainWindow, path: Path) -> Iterator[None]:
    """The folder is gone with all that is in it."""
    path.parent.rename(path.parent.with_suffix(".away"))
    yield
    path.parent.with_suffix(".away").rename(path.parent)


@contextmanager
def empty_file_instead(_window: MainWindow, path: Path) -> Iterator[None]:
    """A program that copies files has begun, and not gone on."""
    with something_else(path, b""):
        yield


@contextmanager
def other_file_instead(_window: MainWindow, path: Path) -> Iterator[None]:
    """Something else was saved under the plan's name."""
    with something_else(path, b"Hej! " * 1000):
        yield


@contextmanager
def something_else(path: Path, content: bytes) -> Iterator[None]:
    path.rename(path.with_suffix(".away"))
    path.write_bytes(content)
    yield
    assert path.read_bytes() == content
    path.with_suffix(".away").replace(path)


FAULTS = [
    pytest.param(full_disk, "Disken är full", id="full-disk"),
    pytest.param(read_only_disk, "går inte att skriva", id="read-only"),
    pytest.param(short_writes, "går inte att nå", id="short-writes"),
    pytest.param(vanished_file, "går inte att nå", id="vanished"),
    pytest.param(dropped_share, "går inte att nå", id="dropped-share"),
    pytest.param(empty_file_instead, "är inte en plan eller är skadad", id="empty-file"),
    pytest.param(other_file_instead, "är inte en plan eller är skadad", id="other-file"),
]


@pytest.fixture
def path(drafted_file: Path) -> Path:
    """A plan with a draft, in a folder of its own."""
    folder = drafted_file.parent / "share"
    folder.mkdir()
    return drafted_file.rename(folder / "small.narvaro")


@pytest.fixture
def sharing(window: MainWindow, path: Path, qtbot: QtBot) -> MainWindow:
    """The window on that plan."""
    show_plan(window, path, qtbot)
    settle(window, qtbot)
    return window


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until all that was lined up is done, and what that brought about too."""
    for _ in range(3):
        job = Job(lambda _job: None)
        with qtbot.waitSignal(job.done):
            window._runner.line_up(job)


def look(window: MainWindow, qtbot: QtBot) -> None:
    """Let the window look for what others did, now."""
    window.presenter._watch.timeout.emit()
    settle(window, qtbot)


def shown(window: MainWindow) -> Roster:
    assert window.editor.roster is not None
    return window.editor.roster


def stored(path: Path) -> Roster:
    with open_plan(path) as plan:
        return plan.store.load_roster(small.WEEK)


def write_note(window: MainWindow, text: str) -> None:
    window.editor.write_note(small.MONDAY, None, text)


def remove_shift(window: MainWindow, staff: StaffId, day: date) -> None:
    gone = {one.id for one in shown(window).shifts if (one.staff, one.day) == (staff, day)}
    assert window.editor.edit("remove-shifts", lambda roster: edits.remove_shifts(roster, gone))


def assert_intact(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def n_shifts_in_grid(window: MainWindow) -> int:
    view = window.week_page.view()
    assert view is not None
    return sum(len(day.shifts) for row in view.people for day in row.days)


@pytest.mark.parametrize(("fault", "said"), FAULTS)
def test_what_cannot_be_kept_is_said_and_not_shown_and_work_goes_on_afterwards(
    sharing: MainWindow, path: Path, qtbot: QtBot, fault: Fault, said: str
) -> None:
    before, n_before = shown(sharing), n_shifts_in_grid(sharing)
    with fault(sharing, path):
        remove_shift(sharing, CONTACT, small.MONDAY)
        assert shown(sharing) != before  # at once, as it is being kept
        write_note(sharing, LONG)
        remove_shift(sharing, OFFICER, small.TUESDAY)
        settle(sharing, qtbot)
        if fault is not full_disk:  # there is room for what is small
            assert shown(sharing) == before
            assert n_shifts_in_grid(sharing) == n_before
        assert shown(sharing).notes == before.notes
        assert sharing.bar.isVisible()
        assert said in sharing.bar.text()
        look(sharing, qtbot)
        assert said in sharing.bar.text()
    assert_intact(path)
    assert stored(path) == shown(sharing)
    look(sharing, qtbot)
    write_note(sharing, "Ring vaktmästaren")
    settle(sharing, qtbot)
    assert [note.text for note in stored(path).notes] == ["Ring vaktmästaren"]
    assert stored(path) == shown(sharing)
    assert sharing.actions_[Command.UNDO].isEnabled()


def test_plan_that_is_gone_is_said_once_and_that_it_is_back_too(sharing, path, qtbot):
    said: list[Exception] = []
    sharing.presenter.failed.connect(said.append)
    with vanished_file(sharing, path):
        for _ in range(3):
            look(sharing, qtbot)
        assert len(said) == 1
        sharing.presenter.show_week(small.WEEK.shifted(1))
        settle(sharing, qtbot)
        assert "går inte att nå" in sharing.bar.text()
        assert sharing.week_page.view().week == small.WEEK
    with qtbot.waitSignal(sharing.presenter.week_fetched):
        look(sharing, qtbot)
    assert sharing.week_page.view().week == small.WEEK.shifted(1)
    assert sharing.bar.text() == "Planen går att nå igen; du ser vad som finns i den nu."


def test_looks_for_what_others_did_do_not_pile_up_behind_a_slow_share(sharing, qtbot, monkeypatch):
    n_looks = 0

    def count(job: Job) -> None:
        nonlocal n_looks
        n_looks += 1
        line_up(job)

    line_up = sharing._runner.line_up
    monkeypatch.setattr(sharing._runner, "line_up", count)
    for _ in range(5):
        sharing.presenter._watch.timeout.emit()
    assert n_looks == 1
    settle(sharing, qtbot)
    n_looks = 0
    sharing.presenter._watch.timeout.emit()
    assert n_looks == 1
    settle(sharing, qtbot)


def test_first_roster_of_a_week_that_cannot_be_kept_leaves_the_week_empty(
    window, empty_file, qtbot
):
    show_plan(window, empty_file, qtbot)
    settle(window, qtbot)
    state = window.week_page.view().state
    roster = small.make_roster(small.make_plan())
    with vanished_file(window, empty_file):
        window.editor.edit("generate", lambda _roster: roster)
        settle(window, qtbot)
        assert window.week_page.view().state is state
        assert shown(window).shifts == ()
    look(window, qtbot)
    window.editor.edit("generate", lambda _roster: replace(roster, notes=()))
    settle(window, qtbot)
    assert stored(empty_file).shifts == roster.shifts


def test_proposal_that_cannot_be_kept_is_offered_again_when_the_plan_is_back(
    window, empty_file, qtbot, monkeypatch
):
    show_plan(window, empty_file, qtbot)
    settle(window, qtbot)
    asked = []
    monkeypatch.setattr(
        window.dialogs, "ask_proposal", lambda _, one, *_a, **_k: asked.append(one) or (True, None)
    )
    proposal = Proposal(roster=small.make_roster(small.make_plan()), n_gaps=0)
    with vanished_file(window, empty_file):
        window.presenter.generated.emit(proposal)
        settle(window, qtbot)
        assert asked == []
    look(window, qtbot)
    settle(window, qtbot)
    assert asked == [proposal]
    assert stored(empty_file).shifts == proposal.roster.shifts


def test_all_edits_are_in_the_file_when_the_window_is_closed_right_after_them(sharing, path):
    for staff in (*small.CONTACTS[:2], *small.OFFICERS[:2]):
        for day in small.WEEK.days[:5]:
            remove_shift(sharing, staff, day)
    write_note(sharing, "Klart")
    wanted = shown(sharing)
    assert sharing.close()
    assert stored(path) == wanted
    assert wanted.shifts == ()
    assert list(path.parent.iterdir()) == [path]  # no journal of SQLite's is left to recover from
