"""A newcomer is shown the parts of the window, once and by keyboard too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from planner import words
from ui.preferences import Preferences
from ui.theme import Mode, theme
from ui.tour import Spot, Step, Tour, TourOffer, example_steps
from ui.tour.placing import MARGIN_PX, place_beside, place_in_middle, tip_of

ROOM = QRect(0, 0, 1400, 900)
BUBBLE = QSize(340, 170)
TARGETS = st.builds(
    QRect, st.integers(0, 1300), st.integers(0, 800), st.integers(1, 1400), st.integers(1, 900)
).map(ROOM.intersected)


@given(target=TARGETS)
def test_bubble_is_inside_the_window_and_beside_its_target_where_there_is_room(target):
    stand = place_beside(BUBBLE, target, ROOM)
    assert ROOM.contains(stand)
    assert stand.size() == BUBBLE
    rooms = (
        ROOM.bottom() - target.bottom(), target.top(), ROOM.right() - target.right(), target.left()
    )  # fmt: skip
    needed = (BUBBLE.height(), BUBBLE.height(), BUBBLE.width(), BUBBLE.width())
    has_room = any(room > need + 2 * MARGIN_PX for room, need in zip(rooms, needed, strict=True))
    if has_room:
        assert not stand.intersects(target)


@given(target=TARGETS)
def test_tip_points_from_the_bubble_towards_the_target(target):
    stand = place_beside(BUBBLE, target, ROOM)
    tip = tip_of(stand, target)
    if tip is not None:
        assert not stand.intersects(target)
        assert not target.contains(tip[2])
        assert distance(tip[2], target) < distance(tip[0], target)


def test_bubble_without_a_target_is_in_the_middle():
    stand = place_in_middle(BUBBLE, ROOM)
    assert abs((stand.center() - ROOM.center()).manhattanLength()) <= 2


def test_bubble_too_near_has_no_tip():
    assert tip_of(QRect(0, 100, 50, 50), QRect(0, 0, 50, 97)) is None
    assert tip_of(QRect(0, 100, 50, 50), QRect(0, 90, 500, 500)) is None


@pytest.fixture
def host(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    layout = QHBoxLayout(widget)
    for name in ("one", "two"):
        part = QLabel(name)
        part.setObjectName(name)
        layout.addWidget(part)
    widget.edit = QLineEdit()
    layout.addWidget(widget.edit)
    widget.resize(1000, 700)
    widget.show()
    widget.activateWindow()
    widget.edit.setFocus()
    qtbot.waitUntil(widget.edit.hasFocus)
    return widget


@pytest.fixture
def tour(host, preferences):
    steps = (
        Step(title="First", text="Here is one.", widget=lambda: host.findChild(QLabel, "one")),
        Step(title="Second", text="Nothing to see.", widget=lambda: None),
        Step(title="Third", text="Here is two.", widget=lambda: host.findChild(QLabel, "two")),
    )
    made = Tour(host, steps, preferences)
    made.start()
    return made


def test_tour_points_at_the_first_part_and_says_what_it_is(tour, host):
    assert tour.isVisible()
    assert tour.geometry() == host.rect()
    assert tour.target().contains(host.findChild(QLabel, "one").geometry())
    assert tour.bubble.accessibleName() == "First"
    assert "1 av 3" in tour.bubble.spoken()
    assert not tour.bubble.back.isEnabled()


def test_buttons_go_on_back_and_to_the_end(tour, qtbot):
    with qtbot.waitSignal(tour.ended):
        for expected in ("Second", "Third"):
            qtbot.mouseClick(tour.bubble.following, Qt.MouseButton.LeftButton)
            assert tour.bubble.accessibleName() == expected
        qtbot.mouseClick(tour.bubble.back, Qt.MouseButton.LeftButton)
        assert tour.bubble.accessibleName() == "Second"
        qtbot.mouseClick(tour.bubble.end, Qt.MouseButton.LeftButton)
    assert not tour.isVisible()


def test_done_at_the_last_step_ends(tour, qtbot):
    tour.go_on()
    tour.go_on()
    assert not tour.bubble.end.isVisible()
    assert tour.bubble.following.text() == "Klar"
    with qtbot.waitSignal(tour.ended):
        qtbot.keyClick(tour.bubble.following, Qt.Key.Key_Return)


def test_arrow_keys_walk_and_escape_gives_the_keyboard_back(tour, host, qtbot):
    button = tour.bubble.following
    qtbot.keyClick(button, Qt.Key.Key_Right)
    qtbot.keyClick(button, Qt.Key.Key_Right)
    assert tour.bubble.accessibleName() == "Third"
    qtbot.keyClick(button, Qt.Key.Key_Left)
    assert tour.bubble.accessibleName() == "Second"
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert not tour.isVisible()
    assert host.edit.hasFocus()


def test_tab_stays_in_the_bubble(tour, qtbot):
    bubble = tour.bubble
    assert bubble.following.hasFocus()
    qtbot.keyClick(bubble.following, Qt.Key.Key_Tab)
    assert bubble.end.hasFocus()
    qtbot.keyClick(bubble.end, Qt.Key.Key_Tab)
    assert bubble.following.hasFocus()
    qtbot.keyClick(bubble.following, Qt.Key.Key_Backtab)
    assert bubble.end.hasFocus()


def test_each_step_is_read_aloud(tour, monkeypatch):
    heard = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(event.message())
    )
    tour.go_on()
    assert heard == ["2 av 3. Second. Nothing to see."]


def test_step_without_a_part_is_in_the_middle_with_everything_dimmed(tour):
    tour.go_on()
    assert tour.target().isEmpty()
    assert tour.bubble.geometry().contains(tour.rect().center())


def test_part_that_is_hidden_is_not_pointed_at(tour, host):
    host.findChild(QLabel, "one").hide()
    assert tour.target().isEmpty()


def test_tour_follows_the_window(tour, host, qtbot):
    host.resize(1300, 800)
    qtbot.waitUntil(lambda: tour.geometry() == host.rect())
    part = host.findChild(QLabel, "one")
    qtbot.waitUntil(lambda: tour.target().contains(part.geometry()))
    assert tour.rect().contains(tour.bubble.geometry())


def test_what_lies_below_cannot_be_clicked(tour, host, qtbot):
    tour.bubble.following.setFocus()
    qtbot.mouseClick(tour, Qt.MouseButton.LeftButton, pos=host.edit.geometry().center())
    assert tour.isVisible()
    assert not host.edit.hasFocus()


@pytest.mark.usefixtures("tour")
def test_tour_that_was_taken_is_not_offered(preferences, tmp_path, qtbot):
    assert preferences.is_tour_known
    offer = TourOffer(Preferences(tmp_path / "window.ini"))
    qtbot.addWidget(offer)
    offer.offer()
    assert not offer.isVisible()


def test_tour_is_offered_once_and_taken_from_the_offer(preferences, qtbot):
    offer = TourOffer(preferences)
    qtbot.addWidget(offer)
    offer.offer()
    assert offer.isVisible()
    with qtbot.waitSignal(offer.accepted):
        qtbot.mouseClick(offer.take, Qt.MouseButton.LeftButton)
    assert not offer.isVisible()
    offer.offer()
    assert not offer.isVisible()


def test_offer_can_be_declined(preferences, qtbot):
    offer = TourOffer(preferences)
    qtbot.addWidget(offer)
    offer.offer()
    qtbot.mouseClick(offer.decline, Qt.MouseButton.LeftButton)
    assert not offer.isVisible()
    assert QAccessible.queryAccessibleInterface(offer).text(QAccessible.Text.Name)


@pytest.mark.parametrize("code", words.LANGUAGES)
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_example_tour_has_few_steps_whose_text_fits(host, preferences, code, mode):
    words.set_language(code)
    theme().choose(mode)
    steps = example_steps(dict.fromkeys(Spot, lambda: host.edit))
    assert 6 <= len(steps) <= 8
    tour = Tour(host, steps, preferences)
    tour.start()
    for _step in steps:
        assert not tour.grab().isNull()
        for text in tour.bubble.findChildren(QLabel):
            assert text.height() >= text.heightForWidth(text.width())
        tour.go_on()
    assert not tour.isVisible()


def test_spots_without_a_place_are_left_out(host):
    (step,) = example_steps({Spot.GRID: lambda: host.edit})
    assert step.title == "Personal och dagar"


def distance(point: QPoint, box: QRect) -> int:
    x = max(box.left() - point.x(), 0, point.x() - box.right())
    y = max(box.top() - point.y(), 0, point.y() - box.bottom())
    return x + y
