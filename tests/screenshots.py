"""Pictures of every page in both languages and themes: ``python -m tests.screenshots DIR``."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from planner import words
from planner.services.demo import EXAMPLE, example_week
from planner.services.generating import accept, generate
from planner.services.plans import OpenPlan, create_example, open_plan
from planner.services.publishing import publish, uncovered_windows
from planner.services.views import Decision, GenerateProgress
from planner.services.weeks import week_to_plan
from ui import theme
from ui.about import AboutDialog
from ui.languages import speak
from ui.preferences import Preferences
from ui.prints import PrintsDialog
from ui.publish import PublishDialog
from ui.theme import Mode
from ui.week import GenerateDialog
from ui.window import MainWindow

_SECONDS = 60
_SIZE = (1440, 900)


def main(out: Path, plan_file: Path | None = None) -> None:
    """Write the pictures into ``out``.

    Parameters
    ----------
    plan_file
        A plan with an unpublished draft, to save generating one.
    """
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.install(app)
    with tempfile.TemporaryDirectory() as folder:
        path = plan_file or _drafted(Path(folder) / "Västerås.narvaro")
        for code in words.LANGUAGES:
            speak(app, code)
            for mode in (Mode.LIGHT, Mode.DARK):
                theme.install(app, mode)
                preferences = Preferences(Path(folder) / f"{code}-{mode}.ini")
                copy = Path(folder) / f"{code}-{mode}" / "Västerås.narvaro"
                copy.parent.mkdir()
                copy.write_bytes(path.read_bytes())
                for name, page in _pages(preferences, copy):
                    picture = out / f"{name}-{code}-{mode}.png"
                    page.grab().save(str(picture))
                    print(picture)


def _drafted(path: Path) -> Path:
    create_example(path, EXAMPLE, week=example_week(EXAMPLE))
    with open_plan(path) as plan:
        week = week_to_plan(plan)
        accept(plan, generate(plan, week, seconds=_SECONDS))
    return path


def _pages(preferences: Preferences, path: Path) -> Iterator[tuple[str, QWidget]]:
    window = MainWindow(preferences)
    window.resize(*_SIZE)
    window.show()
    _settle()
    yield "welcome", window
    window.open(str(path))
    _wait(lambda: window.week_page.view() is not None)
    plan = window.presenter.open_plan
    assert plan is not None
    week = week_to_plan(plan)
    people = window.week_page.people
    people.setCurrentIndex(people.people.index(3, 1))
    yield "people", window
    window.week_page.tabs.setCurrentIndex(1)
    window.week_page.side.gaps.setCurrentRow(0)
    _settle()
    yield "places", window
    window.week_page.side.tabs.setCurrentIndex(1)
    window.week_page.tabs.setCurrentIndex(0)
    window.week_page.progress.begin(_SECONDS)
    window.week_page.progress.show_progress(
        GenerateProgress(
            week=week,
            phase="improve",
            n_gaps=4,
            level="promised-1",
            value=40,
            bound=38,
            seconds=23.0,
        )
    )
    _settle()
    yield "generating", window
    yield from _dialogs(window, plan)
    window.presenter.show_week(week.shifted(2))
    _wait(lambda: (view := window.week_page.view()) is not None and view.week != week)
    window.week_page.progress.hide()
    _settle()
    yield "empty", window
    window.close()


def _dialogs(window: MainWindow, plan: OpenPlan) -> Iterator[tuple[str, QWidget]]:
    week = week_to_plan(plan)
    view = window.week_page.view()
    assert view is not None
    windows = uncovered_windows(plan, week)
    n_gaps = sum(gap.missing for gap in view.gaps)
    shown: list[tuple[str, QWidget]] = [
        ("generate", GenerateDialog(week, window, has_shifts=True)),
        ("publish", PublishDialog(week, windows, plan.plan.zone, n_gaps=n_gaps, parent=window)),
        ("about", AboutDialog(window)),
    ]
    for name, dialog in shown:
        dialog.show()
        _settle()
        yield name, dialog
        dialog.close()
    unpublished = PrintsDialog(plan, week, window._runner, window)
    unpublished.show()
    _wait(lambda: unpublished._states.currentWidget() is unpublished.unpublished)
    yield "print-unpublished", unpublished
    unpublished.close()
    publish(plan, week, {each.duty: Decision.OWN_STAFF for each in windows})
    prints = PrintsDialog(plan, week, window._runner, window)
    prints.show()
    _wait(prints.preview.has_page)
    yield "print", prints
    prints.close()


def _settle() -> None:
    for _round in range(3):
        QApplication.processEvents()


def _wait(is_so: Callable[[], bool]) -> None:
    while not is_so():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    _settle()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(Path, sys.argv[2:3]))
