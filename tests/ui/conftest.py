"""A dressed program, a plan in a file, and a window on it."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner import words
from planner.services.plans import open_plan
from planner.services.roster.generating import Proposal, accept
from tests.planner import small
from ui import theme
from ui import window as window_module
from ui.preferences import Preferences
from ui.window import MainWindow


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Swedish and light, as a newcomer meets the program."""
    words.set_language("sv")
    theme.install(qapp, theme.Mode.LIGHT)
    yield
    words.set_language("sv")


@pytest.fixture(autouse=True)
def no_search_by_jobs() -> Iterator[None]:
    """No job's thread lets go of a window of an earlier test, as none does in the program."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def no_crash_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure of the program fails the test instead of waiting for somebody to close a box."""

    def fail(error: BaseException, _parent: object) -> None:
        raise error

    monkeypatch.setattr(window_module, "show_crash", fail)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Nothing chosen yet."""
    return Preferences(tmp_path / "window.ini")


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    """The small plan, without a roster."""
    path = tmp_path / "small.narvaro"
    small.save_plan(path, small.make_plan())
    return path


@pytest.fixture
def drafted_file(empty_file: Path) -> Path:
    """The small plan with a hand-made roster; one school window is uncovered."""
    with open_plan(empty_file) as plan:
        accept(plan, Proposal(roster=small.make_roster(plan.plan), n_gaps=1))
    return empty_file


@pytest.fixture
def window(preferences: Preferences, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on its welcome page."""
    made = MainWindow(preferences)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def drafted_window(window: MainWindow, drafted_file: Path, qtbot: QtBot) -> MainWindow:
    """The window on the small plan's week, which has a draft."""
    show_plan(window, drafted_file, qtbot)
    return window


def show_plan(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    """Open a plan and wait until its week is shown."""
    with qtbot.waitSignal(window.presenter.week_fetched):
        window.open(str(path))
    show_week(window, qtbot)


def show_week(window: MainWindow, qtbot: QtBot) -> None:
    """Go to the small plan's week and wait until it is shown."""
    with qtbot.waitSignal(window.presenter.week_fetched):
        window.presenter.show_week(small.WEEK)
