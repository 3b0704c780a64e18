"""A whole week by the keyboard alone: planned, published, repaired after a sick call, published."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner import clock
from planner.domain.calls import CallState
from planner.domain.ids import StaffId
from planner.services.publish.publishing import latest
from planner.services.repair.repairs import repair_plans
from planner.services.roster import generating
from planner.services.roster.views import WeekState
from planner.services.week.working_week import contents
from tests.planner import small
from tests.ui.typist import (
    Story,
    Typist,
    close_dialogs,
    control,
    control_shift,
    dialog_of,
    has_keyboard,
    no_dialog,
    press,
    tab_to,
    type_text,
)
from ui.actions import Command
from ui.publish import PublishDialog
from ui.repair import AbsenceDialog, RepairDialog
from ui.repair import dialog as repair_dialog
from ui.week.generate import GenerateDialog
from ui.window import MainWindow

_KEYS = Qt.Key


class Clock:
    """Stands still until the story moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now


@pytest.fixture
def time_of_day(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is the week before."""
    made = Clock(small.at(small.MONDAY, "09:00") - timedelta(days=3))
    monkeypatch.setattr(clock, "now", lambda: made.now)
    monkeypatch.setattr(clock, "today", lambda zone: made.now.astimezone(zone).date())
    return made


@pytest.fixture(autouse=True)
def quick_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine does a little repeatable work."""
    generate = generating.generate

    def quickly(*arguments: Any, **options: Any) -> Any:
        return generate(*arguments, **options | {"seconds": 0.5, "repeatable": True})

    def repaired(*arguments: Any, **options: Any) -> Any:
        return repair_plans(*arguments, **options, seconds=0.2, repeatable=True)

    monkeypatch.setattr(generating, "generate", quickly)
    monkeypatch.setattr(repair_dialog.repairs, "repair_plans", repaired)


@pytest.fixture
def typist(window: MainWindow, qtbot: QtBot) -> Iterator[Typist]:
    yield Typist(window, qtbot)
    close_dialogs()


def is_shown(window: MainWindow) -> bool:
    working = window.editor.working
    return working is not None and working.week == small.WEEK and no_dialog()


def generate(window: MainWindow) -> Story:
    """Generate the empty week; its first roster is kept at once."""
    yield control(_KEYS.Key_G)
    yield dialog_of(GenerateDialog)
    yield press(_KEYS.Key_Return)
    yield lambda: is_shown(window) and window.week_page.view().state is WeekState.DRAFT


def edit(window: MainWindow) -> Story:
    """Take a shift away, undo it, and lock it."""
    grid = window.week_page.people
    yield control(_KEYS.Key_1)
    yield from tab_to(lambda widget: widget is grid)
    yield control(_KEYS.Key_Home)
    while not window.week_page.editing.current_shifts():
        yield press(_KEYS.Key_Down)
    before = contents(window.editor.roster)
    yield press(_KEYS.Key_Delete)
    yield lambda: contents(window.editor.roster) != before
    yield window.actions_[Command.UNDO].isEnabled
    yield control(_KEYS.Key_Z)
    yield lambda: contents(window.editor.roster) == before
    yield control(_KEYS.Key_L)
    yield lambda: window.week_page.editing.current_shifts()[0].is_locked


def publish(number: int, window: MainWindow) -> Story:
    """Decide what is to be decided, and publish."""
    yield control(_KEYS.Key_U)
    yield dialog_of(PublishDialog)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PublishDialog)
    yield from to_section(dialog, 0)
    for box in dialog.windows.choices.values():
        yield from tab_to(lambda widget, box=box: widget is box)
        while not box.currentData():
            yield press(_KEYS.Key_Down)
    assert dialog.publish_button.isEnabled()
    yield control(_KEYS.Key_Return)

    def is_published() -> bool:
        view = window.week_page.view()
        return is_shown(window) and view.version == number

    yield is_published


def to_section(dialog: PublishDialog, number: int) -> Story:
    yield from tab_to(lambda widget: widget is dialog.sections)
    while dialog.sections.currentRow() != number:
        up = dialog.sections.currentRow() > number
        yield press(_KEYS.Key_Up if up else _KEYS.Key_Down)


def at_work(window: MainWindow) -> set[StaffId]:
    """Return who works on Wednesday from 06:05 on."""
    roster = window.editor.roster
    assert roster is not None
    return {
        shift.staff
        for shift in roster.shifts
        if shift.day == small.WEDNESDAY and shift.span.end > small.at(small.WEDNESDAY, "06:05")
    }


def report_ill(window: MainWindow, ill: StaffId) -> Story:
    """Somebody calls in ill at 06:05; a plan is taken over, and who is called accepts."""
    plan = window.presenter.open_plan.plan
    yield control_shift(_KEYS.Key_A)
    yield dialog_of(AbsenceDialog)
    yield type_text(plan.staff_by_id[ill].display_name)
    yield press(_KEYS.Key_Return)
    yield dialog_of(RepairDialog)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RepairDialog)
    yield lambda: dialog.plans.columns and dialog.plans.again_button.isVisible()
    yield from tab_to(lambda widget: widget is dialog.plans.columns[0].button)
    yield press(_KEYS.Key_Space)
    yield lambda: dialog.tabs.currentIndex() != repair_dialog.PLANS_TAB and has_keyboard()
    while (entry := dialog.calls.chosen()) is not None and entry.state.is_open:
        yield press(_KEYS.Key_2)
        yield lambda entry=entry: answer_of(window, entry.id) is CallState.ACCEPTED
        yield lambda entry=entry: dialog.calls.chosen() != entry
    yield press(_KEYS.Key_Escape)
    yield lambda: is_shown(window)


def answer_of(window: MainWindow, entry: str) -> CallState:
    entries = window.presenter.open_plan.store.call_entries(small.WEEK)
    return next(one.state for one in entries if one.id == entry)


def test_a_week_is_planned_published_and_repaired_by_keys_alone(
    window: MainWindow, empty_file: Path, time_of_day: Clock, typist: Typist, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.presenter.week_fetched):
        window.open(str(empty_file))

    ill: list[StaffId] = []

    def story() -> Story:
        yield no_dialog
        while window.presenter.week != small.WEEK:
            yield press(_KEYS.Key_Right, Qt.KeyboardModifier.AltModifier)
        yield lambda: is_shown(window)
        assert window.week_page.people.hasFocus(), has_keyboard().accessibleName()
        yield from generate(window)
        yield from edit(window)
        yield from publish(1, window)
        time_of_day.now = small.at(small.WEDNESDAY, "06:05")
        ill.extend(sorted(at_work(window) & set(small.CONTACTS)))
        yield from report_ill(window, ill[0])
        yield from publish(2, window)

    typist.play(story(), timeout_ms=110_000)
    published = latest(window.presenter.open_plan, small.WEEK)
    assert published is not None
    assert published.number == 2
    assert ill[0] not in at_work(window)
