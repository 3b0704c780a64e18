"""Whether the window answers at once: while the engine takes all cores, and when it is started.

Run by ``make bench``.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from planner.domain.weeks import IsoWeek
from planner.services import plans
from planner.services.examples import making
from planner.services.roster import generating
from ui import theme
from ui.actions import Command
from ui.jobs import memory
from ui.languages import speak
from ui.preferences import Preferences
from ui.window import MainWindow

WEEK = IsoWeek(2026, 48)
TICK_MS, MEASURED_S, SWITCH_MS = 10, 15, 1000
LATE_MS = 50
"""What ninety-nine of a hundred events wait at most, when somebody changes views in haste."""
DRAFTED_S = 15
START_S = 2.0
N_STARTS = 3
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lateness") / "vasteras.narvaro"
    making.create_example(path, week=WEEK)
    with plans.open_plan(path) as opened:
        generating.accept(opened, generating.generate(opened, WEEK, seconds=DRAFTED_S))
    return path


@pytest.fixture
def window(drafted: Path, tmp_path: Path) -> Iterator[MainWindow]:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    speak(app, "sv")
    theme.install(app, theme.Mode.LIGHT)
    memory.search_here(app)
    made = MainWindow(Preferences(tmp_path / "window.ini"))
    made.presenter.plan_opened.connect(memory.keep_for_good)
    made.show()
    made.open(str(drafted))
    wait(lambda: made.week_page.view() is not None)
    made.presenter.show_week(WEEK)
    wait(lambda: made.editor.working is not None and made.editor.working.week == WEEK)
    yield made
    made.close()


class Ticks(QObject):
    """A clock that notes by how many milliseconds each of its ticks came late.

    A tick that was left out while the window was busy counts too: it would have waited as long.
    """

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        late_ms = max(0.0, 1000 * (now - self._last) - TICK_MS)
        self._last = now
        self.late.append(late_ms)
        while (late_ms := late_ms - TICK_MS) > 0:
            self.late.append(late_ms)


def test_window_answers_while_the_engine_takes_all_cores(window: MainWindow) -> None:
    presenter = window.presenter
    presenter.generated.disconnect()  # nobody is there to answer what becomes of it
    presenter.generate(seconds=4 * MEASURED_S, duties_only=False)
    wait(window.week_page.progress.isVisible)
    wait_ms(3000)  # the engine's process is at work
    commands = cycle(
        window.actions_[command]
        for command in (
            Command.PLACES,
            Command.DAY,
            Command.NEXT,
            Command.PEOPLE,
            Command.PREVIOUS,
            Command.FOUR_WEEKS,
        )
    )
    switching = QTimer(window, interval=SWITCH_MS)
    switching.timeout.connect(lambda: next(commands).trigger())
    switching.start()
    ticks = Ticks()
    wait_ms(1000 * MEASURED_S)
    ticks.stop()
    switching.stop()
    assert presenter.is_generating
    cuts = statistics.quantiles(ticks.late, n=100)
    p50, p95, p99 = cuts[49], cuts[94], cuts[98]
    print(f"\nlateness of {len(ticks.late)} ticks while generating   ", end="")
    print(f"p50 {p50:.1f} ms   p95 {p95:.1f} ms   p99 {p99:.1f} ms   most {max(ticks.late):.1f} ms")
    assert p99 < LATE_MS


@pytest.mark.parametrize("has_plan", [False, True])
def test_window_is_on_the_screen_soon_after_the_command(
    drafted: Path, tmp_path: Path, has_plan: bool
) -> None:
    target = [str(drafted)] if has_plan else []
    first_paint(tmp_path, target)  # warms the disk's cache
    found = [first_paint(tmp_path, target) for _ in range(N_STARTS)]
    print(f"\nfirst paint, {'with a plan' if has_plan else 'welcome'}   ", end="")
    print("   ".join(f"{took:.2f} s ({busy:.2f} s of a core)" for took, busy in found))
    assert statistics.median(took for took, _ in found) < START_S


def first_paint(folder: Path, target: list[str]) -> tuple[float, float]:
    """Return the seconds until the window is painted, and how many of them a core was at work."""
    began = time.perf_counter()
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.first_paint", *target],
        cwd=ROOT,
        env=os.environ | {"XDG_CONFIG_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    busy = float(program.stdout.readline())
    took = time.perf_counter() - began
    program.communicate()
    assert program.returncode == 0
    return took, busy


def wait(is_true: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    while not is_true():
        wait_ms(20)


def wait_ms(ms: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
