import subprocess
import sys
from pathlib import Path

import pytest

import planner.cli
import ui.app
from planner.services.examples.demo import DEMO_PLAN
from ui import entry


@pytest.fixture
def shown(monkeypatch) -> list[str | None]:
    seen: list[str | None] = []

    def run(target: str | None = None) -> int:
        seen.append(target)
        return 0

    monkeypatch.setattr(ui.app, "run", run)
    monkeypatch.setenv("DISPLAY", ":0")
    return seen


def call(monkeypatch, *arguments: str, code: int = 0) -> int:
    monkeypatch.setattr(sys, "argv", ["narvaro", *arguments])
    monkeypatch.setattr(planner.cli, "main", lambda _arguments: code)
    return entry.main()


def test_no_arguments_show_the_window(monkeypatch, shown):
    assert call(monkeypatch) == 0
    assert shown == [None]


def test_command_shows_no_window_and_returns_its_code(monkeypatch, shown):
    assert call(monkeypatch, "check", "plan.narvaro", code=1) == 1
    assert shown == []


def test_demo_opens_the_window_on_its_plan(monkeypatch, shown):
    assert call(monkeypatch, "demo") == 0
    assert shown == [str(DEMO_PLAN)]


@pytest.mark.parametrize("option", ["--no-window", "--help"])
def test_demo_can_do_without_the_window(monkeypatch, shown, option):
    assert call(monkeypatch, "demo", option) == 0
    assert shown == []


def test_failed_demo_shows_no_window(monkeypatch, shown):
    assert call(monkeypatch, "demo", code=2) == 2
    assert shown == []


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display")
def test_demo_without_a_display_shows_no_window(monkeypatch, shown):
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert call(monkeypatch, "demo") == 0
    assert shown == []


def test_command_line_is_reached_before_qt_is_loaded():
    code = (
        "import sys; from ui.entry import main; sys.argv = ['narvaro', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('QtCore' if 'PySide6.QtCore' in sys.modules else 'no Qt')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.splitlines()[-1] == "no Qt"
