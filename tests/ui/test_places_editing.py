from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from planner.domain.duties import Moment
from tests.planner import small
from tests.ui.mouse import move_mouse
from ui.actions import Command
from ui.week.places_delegate import line_box
from ui.window import MainWindow


@pytest.fixture
def window(drafted_window: MainWindow) -> MainWindow:
    drafted_window.actions_[Command.PLACES].trigger()
    return drafted_window


def menu_of(window: MainWindow, day: int) -> QMenu:
    places = window.week_page.places
    places.select_place(small.SCHOOL_B)
    index = places.places.index(places.currentIndex().row(), day)
    places.setCurrentIndex(index)
    return window.week_page.place_editing.make_menu(index)


def chosen(menu: QMenu, text: str) -> QAction:
    for action in menu.actions():
        inner = action.menu()
        if action.text() == text:
            return action
        if isinstance(inner, QMenu):
            found = [one for one in inner.actions() if one.text() == text]
            if found:
                return found[0]
    raise AssertionError(text)


def of_friday(window: MainWindow) -> set[str]:
    roster = window.editor.roster
    assert roster is not None
    start = f"{small.SCHOOL_B}/{small.FRIDAY}/{Moment.BEFORE}"
    return {done.staff for done in roster.assignments if done.duty.startswith(start)}


def test_somebody_is_taken_off_a_duty_and_back_again(window: MainWindow, qtbot: QtBot) -> None:
    before = of_friday(window)
    assert before
    chosen(menu_of(window, 4), "Ta bort från uppgiften").trigger()
    assert len(of_friday(window)) == len(before) - 1
    qtbot.waitUntil(window.actions_[Command.UNDO].isEnabled)
    window.actions_[Command.UNDO].trigger()
    qtbot.waitUntil(lambda: of_friday(window) == before)


def test_who_does_a_duty_is_shown_with_the_whole_week(window: MainWindow) -> None:
    chosen(menu_of(window, 4), "Visa personens vecka").trigger()
    people = window.week_page.people
    assert people.people.rows[people.currentIndex().row()].staff in of_friday(window)


def test_whoever_could_take_over_is_asked_for(window: MainWindow) -> None:
    page = window.week_page
    chosen(menu_of(window, 4), "Vem kan ta över?").trigger()
    assert page.right.currentWidget() is page.right.candidates


def test_a_day_without_duties_has_nothing_to_choose(window: MainWindow) -> None:
    (only,) = menu_of(window, 6).actions()
    assert not only.isEnabled()


Spot = tuple[str, date, Moment]
"""Source, day and part of a school's day."""


def spot(window: MainWindow, source: str, day: date, moment: Moment) -> QPoint:
    """Return the middle of the line of a school's duty."""
    places = window.week_page.places
    places.select_place(source, day)
    index = places.currentIndex()
    cell = places.visualRect(index)
    line = next(n for n, one in enumerate(places.duties_at(index)) if one.moment is moment)
    return line_box(cell, line).center()


def drag(window: MainWindow, qtbot: QtBot, start: Spot, end: Spot) -> str:
    """Drag a duty of a school to another one; return what the hint said."""
    viewport = window.week_page.places.viewport()
    last, first = spot(window, *end), spot(window, *start)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=first)
    move_mouse(viewport, first + QPoint(30, 0))
    move_mouse(viewport, last)
    hint = window.week_page.place_drag.hint.hint
    return hint.text if hint else ""


def drop(window: MainWindow, qtbot: QtBot, end: Spot) -> None:
    viewport = window.week_page.places.viewport()
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=spot(window, *end))


def doing(window: MainWindow, source: str, day: date, moment: Moment) -> set[str]:
    roster = window.editor.roster
    assert roster is not None
    start = f"{source}/{day}/{moment}"
    return {done.staff for done in roster.assignments if done.duty.startswith(start)}


ONE = (small.SCHOOL_A, small.FRIDAY, Moment.BEFORE)
OTHER = (small.SCHOOL_B, small.FRIDAY, Moment.BEFORE)
GAP = (small.SCHOOL_B, small.FRIDAY, Moment.AFTER)


def test_who_does_two_duties_changes_places_by_dragging(window: MainWindow, qtbot: QtBot) -> None:
    mine, theirs = doing(window, *ONE), doing(window, *OTHER)
    assert mine
    assert theirs
    assert mine != theirs
    assert "byter plats" in drag(window, qtbot, ONE, OTHER)
    drop(window, qtbot, OTHER)
    assert (doing(window, *ONE), doing(window, *OTHER)) == (theirs, mine)
    undo = window.actions_[Command.UNDO]
    qtbot.waitUntil(lambda: "Låt personer byta plats" in undo.text())
    undo.trigger()
    qtbot.waitUntil(lambda: (doing(window, *ONE), doing(window, *OTHER)) == (mine, theirs))


def test_a_drag_between_places_that_is_called_off_changes_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    before = window.editor.roster
    drag(window, qtbot, ONE, OTHER)
    assert window.week_page.place_drag.hint.isVisible()
    qtbot.keyClick(window.week_page.places, Qt.Key.Key_Escape)
    assert not window.week_page.place_drag.hint.isVisible()
    drop(window, qtbot, OTHER)
    assert window.editor.roster == before


def test_whoever_is_dropped_on_a_gap_moves_there(window: MainWindow, qtbot: QtBot) -> None:
    people = doing(window, *ONE)
    text = drag(window, qtbot, ONE, GAP)
    assert "går dit" in text
    drop(window, qtbot, GAP)
    assert not doing(window, *ONE)
    assert doing(window, *GAP) == people
