"""The timeline of a day: telling, choosing, zooming, dragging to another time or person."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication

from planner import clock, words
from planner.domain.ids import StaffId
from planner.domain.spans import Span, day_span
from tests.ui import day_samples as samples
from ui import theme
from ui.week.day_axis import LEAST_PX, MOST_PX, SNAP_MIN, Axis
from ui.week.day_drag import Drag, Dragger, DragKind, Hint
from ui.week.day_items import DayModel, ItemKind
from ui.week.day_layout import ROW_PX
from ui.week.day_timeline import DayTimeline
from ui.week.narrowing import Narrowing

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.fixture
def asked() -> list[Drag]:
    """What the preview was asked."""
    return []


@pytest.fixture
def timeline(qtbot, asked) -> DayTimeline:
    def preview(drag: Drag) -> Hint:
        asked.append(drag)
        return Hint(tone="danger", text="Dygnsvilan blir för kort")

    made = DayTimeline(preview)
    qtbot.addWidget(made)
    made.resize(1600, 700)
    made.show()
    made.show_day(samples.day_view())
    made.lanes.setFocus()
    return made


def number(timeline, kind, staff, at=0):
    day = timeline.lanes.day
    found = [
        n for n, item in enumerate(day.items) if item.kind is kind and staff_of(day, n) == staff
    ]
    return found[at]


def staff_of(day: DayModel, item: int) -> StaffId:
    return day.rows[day.items[item].row].staff


def texts(timeline, item):
    return str(timeline.lanes.day.data(timeline.lanes.day.index(item)))


def drag(timeline, qtbot, item, by, *, edge=""):
    """Press on an item, move by minutes and rows in two steps, and let go."""
    lanes = timeline.lanes
    box = lanes.visualRect(lanes.day.index(item))
    begin = box.center()
    if edge:
        begin = QPoint(box.left() + 1 if edge == "left" else box.right() - 1, box.top() + 3)
    elif lanes.day.items[item].kind is ItemKind.SHIFT:
        first = lanes.placing.bar(lanes.day.items[item].row, lanes.day.items[item].spans[0])
        first.translate(-lanes.offset())
        begin = QPoint(first.left() + 20, first.top() + 4)
    minutes, rows = by
    across = round(minutes / 60 * lanes.placing.axis.hour_px)
    end = begin + QPoint(across, rows)
    view = lanes.viewport()
    qtbot.mousePress(view, LEFT, NONE, begin)
    qtbot.mouseMove(view, begin + (end - begin) / 2)
    qtbot.mouseMove(view, end)
    return lambda: qtbot.mouseRelease(view, LEFT, NONE, end)


def down(timeline, start: StaffId, end: StaffId) -> int:
    staff = [row.staff for row in timeline.lanes.day.rows]
    tops = timeline.lanes.placing.tops
    return tops[staff.index(end)] - tops[staff.index(start)]


def test_model_keeps_qts_rules(qtmodeltester):
    model = DayModel()
    model.show(samples.day_view())
    qtmodeltester.check(model)


def test_people_who_are_free_are_shown_when_asked_for(timeline):
    day = timeline.lanes.day
    assert [row.name for row in day.rows] == ["Anna Åberg", "Carl Ek", "Disa Dahl", "Berit Öst"]
    timeline.with_free.click()
    assert day.rows[-1].name == "Elsa Ny"
    assert texts(timeline, len(day.items) - 1) == "Elsa Ny, Ledig"


def test_shift_tells_person_times_breaks_ends_duties_and_travel(timeline):
    text = texts(timeline, number(timeline, ItemKind.SHIFT, samples.ANNA))
    assert text.startswith("Anna Åberg, 07:00–16:00 D Dag (planerat)")
    for part in (
        "07:00–07:15  Utsättning",
        "12:00–12:30  Rast",
        "15:30–16:00  Avrapportering",
        "09:00–10:00  Björkskolan",
        "10:00–10:05  restid 12 minuter, 7 minuter för lite",
    ):
        assert part in text


def test_duty_tells_its_kind_and_lock(timeline):
    text = texts(timeline, number(timeline, ItemKind.DUTY, samples.ANNA))
    assert text == "Anna Åberg, 09:00–10:00  Björkskolan (låst), Skola"


def test_absence_has_no_cause(timeline):
    text = texts(timeline, number(timeline, ItemKind.ABSENCE, samples.DISA))
    assert text == "Disa Dahl, 12:00–00:00  Frånvaro"


def test_bound_time_tells_its_title(timeline):
    text = texts(timeline, number(timeline, ItemKind.BOUND, samples.DISA))
    assert "Bunden tid: Rättegång" in text


def test_screen_reader_meets_each_block_with_its_text(timeline):
    reader = QAccessible.queryAccessibleInterface(timeline.lanes)
    child = reader.child(0)
    assert reader.childCount() >= len(timeline.lanes.day.items)
    assert "Anna Åberg" in child.text(QAccessible.Text.Name)


def test_narrowing_finds_people_squads_employers_and_places(timeline):
    day = timeline.lanes.day
    timeline.narrow(Narrowing(text="björkskolan"))
    assert [row.name for row in day.rows] == ["Anna Åberg"]
    timeline.narrow(Narrowing(employer=samples.CITY))
    assert [row.name for row in day.rows] == ["Berit Öst"]
    timeline.narrow(Narrowing(squad=day.view.rows[2].squad))
    assert [row.name for row in day.rows] == ["Disa Dahl"]


def test_every_day_can_be_chosen_in_a_narrow_window(timeline):
    shown = timeline.days
    for width in (1600, 660, 1600):
        timeline.resize(width, 700)
        QApplication.processEvents()
        assert shown.tabRect(shown.count() - 1).right() < shown.width()
        assert shown.geometry().right() <= timeline.width()
        assert shown.tabText(1) == ("tis 24/11" if width == 1600 else "tis")
        assert timeline.minimumSizeHint().width() < 660


def test_nobody_to_show_is_said(timeline):
    timeline.narrow(Narrowing(text="nobody has this name", said="“nobody has this name”"))
    assert timeline._unfound.isVisible()
    assert "“nobody has this name”" in timeline._unfound.hint.text()
    timeline.narrow(Narrowing())
    assert timeline._states.currentWidget() is timeline.lanes
    timeline.show_day(samples.only(samples.day_view()))
    assert timeline._empty.isVisible()


def test_arrows_move_inside_a_row_and_between_rows(timeline, qtbot):
    lanes = timeline.lanes
    lanes.choose(0)
    qtbot.keyClick(lanes, Qt.Key.Key_Right)
    assert lanes.currentIndex().row() == number(timeline, ItemKind.DUTY, samples.ANNA)
    qtbot.keyClick(lanes, Qt.Key.Key_End)
    assert lanes.day.items[lanes.currentIndex().row()].duty.title == "Trygghetsvandring"
    qtbot.keyClick(lanes, Qt.Key.Key_Right)
    assert lanes.day.items[lanes.currentIndex().row()].row == 0
    qtbot.keyClick(lanes, Qt.Key.Key_Down)
    assert staff_of(lanes.day, lanes.currentIndex().row()) == samples.CARL
    qtbot.keyClick(lanes, Qt.Key.Key_PageDown)
    assert staff_of(lanes.day, lanes.currentIndex().row()) == samples.BERIT
    qtbot.keyClick(lanes, Qt.Key.Key_PageUp)
    qtbot.keyClick(lanes, Qt.Key.Key_Home)
    assert lanes.currentIndex().row() == 0
    qtbot.keyClick(lanes, Qt.Key.Key_Left)
    assert lanes.currentIndex().row() == 0


def test_choosing_tells_shift_or_duty_once(timeline, qtbot):
    timeline.lanes.choose(2)
    with qtbot.waitSignal(timeline.shift_selected) as shift:
        timeline.lanes.choose(0)
    assert shift.args == [samples.DAY_SHIFT]
    with qtbot.waitSignal(timeline.duty_selected) as duty:
        timeline.lanes.choose(1)
    assert duty.args == [samples.SCHOOL, samples.ANNA]
    with qtbot.assertNotEmitted(timeline.duty_selected):
        timeline.show_day(samples.day_view())
    assert timeline.lanes.currentIndex().row() == 1


def test_person_is_chosen_from_outside(timeline):
    assert timeline.select_person(samples.BERIT)
    assert staff_of(timeline.lanes.day, timeline.lanes.currentIndex().row()) == samples.BERIT
    assert not timeline.select_person(samples.ELSA)


def test_right_button_chooses_and_never_drags(timeline, qtbot):
    lanes, item = timeline.lanes, number(timeline, ItemKind.DUTY, samples.ANNA, 1)
    begin = lanes.visualRect(lanes.day.index(item)).center()
    qtbot.mousePress(lanes.viewport(), Qt.MouseButton.RightButton, NONE, begin)
    qtbot.mouseMove(lanes.viewport(), begin + QPoint(90, 0))
    assert lanes.currentIndex().row() == item
    assert lanes.dragger.drag is None


def test_click_chooses_what_is_under_the_mouse(timeline, qtbot):
    lanes = timeline.lanes
    item = number(timeline, ItemKind.DUTY, samples.ANNA, 1)
    box = lanes.visualRect(lanes.day.index(item))
    qtbot.mouseClick(lanes.viewport(), LEFT, NONE, box.center())
    assert lanes.currentIndex().row() == item
    pause = lanes.placing.bar(3, Span(samples.at(9), samples.at(13))).center() - lanes.offset()
    assert not lanes.indexAt(pause).isValid()


def test_duty_dragged_to_another_time_snaps_to_five_minutes(timeline, qtbot, asked):
    item = number(timeline, ItemKind.DUTY, samples.ANNA)
    let_go = drag(timeline, qtbot, item, (33, 0))
    with qtbot.waitSignal(timeline.duty_dropped) as dropped:
        let_go()
    duty, staff, to_staff, start = dropped.args
    assert (duty, staff, to_staff) == (samples.SCHOOL, samples.ANNA, samples.ANNA)
    assert start == samples.at(9, 35)
    assert asked[-1].to_span == samples.span((9, 35), (10, 35))


def test_duty_dragged_straight_down_goes_to_another_person_at_the_same_time(timeline, qtbot):
    item = number(timeline, ItemKind.DUTY, samples.ANNA, 1)
    let_go = drag(timeline, qtbot, item, (0, down(timeline, samples.ANNA, samples.CARL)))
    with qtbot.waitSignal(timeline.duty_dropped) as dropped:
        let_go()
    assert dropped.args == [samples.WALK, samples.ANNA, samples.CARL, samples.at(10, 5)]


def test_shift_dragged_moves_whole_to_another_person(timeline, qtbot):
    item = number(timeline, ItemKind.SHIFT, samples.BERIT)
    let_go = drag(timeline, qtbot, item, (60, down(timeline, samples.BERIT, samples.DISA)))
    with qtbot.waitSignal(timeline.shift_dropped) as dropped:
        let_go()
    assert dropped.args == [samples.SPLIT, samples.DISA, 60]


@pytest.mark.parametrize(
    ("edge", "minutes", "start", "end"),
    [("left", -30, (6, 30), (16, 0)), ("right", 45, (7, 0), (16, 45))],
)
def test_end_of_a_shift_is_dragged(timeline, qtbot, edge, minutes, start, end):
    item = number(timeline, ItemKind.SHIFT, samples.ANNA)
    let_go = drag(timeline, qtbot, item, (minutes, 0), edge=edge)
    with qtbot.waitSignal(timeline.shift_resized) as resized:
        let_go()
    assert resized.args == [samples.DAY_SHIFT, samples.at(*start), samples.at(*end)]


def test_target_says_by_words_what_dropping_means(timeline, qtbot):
    item = number(timeline, ItemKind.DUTY, samples.ANNA)
    let_go = drag(timeline, qtbot, item, (30, down(timeline, samples.ANNA, samples.CARL)))
    assert timeline.lanes._lines() == [
        "tis 24/11 09:30–10:30 (+0:30)",
        "Till Carl Ek",
        "Dygnsvilan blir för kort",
    ]
    assert timeline.lanes.dragger.hint.tone == "danger"
    let_go()


def test_escape_gives_a_drag_up(timeline, qtbot):
    item = number(timeline, ItemKind.DUTY, samples.ANNA)
    let_go = drag(timeline, qtbot, item, (30, 0))
    with qtbot.assertNotEmitted(timeline.duty_dropped):
        qtbot.keyClick(timeline.lanes, Qt.Key.Key_Escape)
        let_go()
    assert timeline.lanes.dragger.drag is None


def test_new_state_of_the_day_gives_a_drag_up(timeline, qtbot):
    let_go = drag(timeline, qtbot, number(timeline, ItemKind.DUTY, samples.ANNA), (30, 0))
    with qtbot.assertNotEmitted(timeline.duty_dropped):
        timeline.show_day(samples.only(samples.day_view(), samples.CARL))
        let_go()


def test_bound_time_and_absence_cannot_be_dragged(timeline, qtbot):
    let_go = drag(timeline, qtbot, number(timeline, ItemKind.BOUND, samples.DISA), (30, 0))
    assert timeline.lanes.dragger.drag is None
    let_go()


def test_keys_drag_as_the_mouse_does(timeline, qtbot, asked):
    lanes = timeline.lanes
    lanes.choose(number(timeline, ItemKind.DUTY, samples.ANNA))
    qtbot.keyClick(lanes, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(lanes, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(lanes, Qt.Key.Key_Down, SHIFT)
    with qtbot.waitSignal(timeline.duty_dropped) as dropped:
        qtbot.keyClick(lanes, Qt.Key.Key_Return)
    assert dropped.args == [samples.SCHOOL, samples.ANNA, samples.CARL, samples.at(9, 10)]
    assert len(asked) == 3


def test_keys_move_the_end_of_a_shift(timeline, qtbot):
    lanes = timeline.lanes
    lanes.choose(number(timeline, ItemKind.SHIFT, samples.ANNA))
    qtbot.keyClick(lanes, Qt.Key.Key_Left, CONTROL | SHIFT)
    with qtbot.waitSignal(timeline.shift_resized) as resized:
        qtbot.keyClick(lanes, Qt.Key.Key_Return)
    assert resized.args == [samples.DAY_SHIFT, samples.at(7), samples.at(15, 55)]


def test_without_a_preview_dropping_works_too(qtbot):
    made = DayTimeline()
    qtbot.addWidget(made)
    made.resize(1600, 700)
    made.show()
    made.show_day(samples.day_view())
    let_go = drag(made, qtbot, number(made, ItemKind.DUTY, samples.ANNA), (30, 0))
    made.grab()
    with qtbot.waitSignal(made.duty_dropped):
        let_go()


def test_zoom_keeps_the_moment_under_the_mouse(timeline):
    lanes = timeline.lanes
    wide = lanes.placing.axis.hour_px
    at = QPointF(800, 100)
    moment = lanes.placing.axis.at(800 + lanes.horizontalOffset())
    wheel = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CONTROL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(lanes.viewport(), wheel)
    assert lanes.placing.axis.hour_px > wide
    after = lanes.placing.axis.at(800 + lanes.horizontalOffset())
    assert abs(after - moment) <= timedelta(minutes=2)


def test_keys_zoom_within_bounds_and_back_to_the_whole_day(timeline, qtbot):
    lanes = timeline.lanes
    for _round in range(30):
        qtbot.keyClick(lanes, Qt.Key.Key_Plus, CONTROL)
    assert lanes.placing.axis.hour_px == MOST_PX
    for _round in range(30):
        qtbot.keyClick(lanes, Qt.Key.Key_Minus, CONTROL)
    assert lanes.placing.axis.hour_px == LEAST_PX
    qtbot.keyClick(lanes, Qt.Key.Key_0, CONTROL)
    assert lanes.placing.axis.width_px == lanes.viewport().width()


def test_chosen_block_is_scrolled_into_sight(timeline):
    lanes = timeline.lanes
    lanes.zoom(6)
    lanes.choose(number(timeline, ItemKind.SHIFT, samples.CARL))
    box = lanes.visualRect(lanes.currentIndex())
    assert lanes.viewport().rect().intersects(box)


def test_another_day_is_asked_for_by_tab_and_keys(timeline, qtbot):
    assert timeline.days.tabText(0) == "mån 23/11"
    assert timeline.days.currentIndex() == 1
    with qtbot.waitSignal(timeline.day_asked) as asked:
        qtbot.keyClick(timeline.lanes, Qt.Key.Key_PageDown, CONTROL)
    assert asked.args == [samples.WEEK.days[2]]
    timeline.days.setCurrentIndex(0)
    with qtbot.assertNotEmitted(timeline.day_asked):
        qtbot.keyClick(timeline.lanes, Qt.Key.Key_PageUp, CONTROL)
    with qtbot.assertNotEmitted(timeline.day_asked):
        timeline.show_day(samples.day_view())


def test_present_moment_is_shown_today_only(timeline, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: samples.at(13, 20))
    timeline.show_day(samples.day_view(is_today=True))
    assert timeline.lanes.now == samples.at(13, 20)
    timeline.show_day(samples.day_view())
    assert timeline.lanes.now is None


def test_need_says_how_many_quarters_are_short(timeline):
    name = timeline.lanes.need.accessibleName()
    assert name == "Poliser per kvart: 1 kvart under minimibemanningen"


@pytest.mark.parametrize("mode", [theme.Mode.LIGHT, theme.Mode.DARK])
@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("day", [samples.TUESDAY, SPRING, AUTUMN])
def test_day_is_painted_in_each_theme_and_language(qtbot, qapp, mode, language, day):
    words.set_language(language)
    theme.install(qapp, mode)
    made = DayTimeline()
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show_day(samples.day_view(day, is_today=True))
    for factor in (1, 4):
        made.lanes.zoom(factor)
        made.lanes.choose(1)
        assert not made.grab().isNull()


@pytest.mark.parametrize(
    ("day", "labels"),
    [
        (SPRING, ["00", "01", "03", "04"]),
        (AUTUMN, ["00", "01", "02", "02", "03"]),
    ],
)
def test_hours_are_labelled_as_the_clock_shows_them(day, labels):
    axis = Axis(span=day_span(day, samples.ZONE), zone=samples.ZONE, hour_px=60)
    shown = [words.clock(at, samples.ZONE)[:2] for at in axis.hours()]
    assert shown[: len(labels)] == labels
    assert axis.width_px == 60 * (23 if day == SPRING else 25)
    assert words.clock(axis.clock_change(), samples.ZONE) == ("03:00" if day == SPRING else "02:00")


@given(
    minutes=st.integers(0, 25 * 60),
    hour_px=st.floats(LEAST_PX, MOST_PX),
    day=st.sampled_from([samples.TUESDAY, SPRING, AUTUMN]),
)
def test_place_and_moment_belong_together(minutes, hour_px, day):
    axis = Axis(span=day_span(day, samples.ZONE), zone=samples.ZONE, hour_px=hour_px)
    moment = axis.span.start + timedelta(minutes=minutes)
    assert axis.at(axis.x(moment)) == moment


@given(
    start_min=st.integers(0, 1000),
    length_min=st.integers(5, 600),
    by=st.floats(-1500, 1500),
    kind=st.sampled_from(DragKind),
)
def test_drag_lands_on_steps_of_the_clock_and_never_turns_round(start_min, length_min, by, kind):
    start = samples.at(0) + timedelta(minutes=start_min)
    whole = Span(start, start + timedelta(minutes=length_min))
    dragger = Dragger(None)
    dragger.drag = Drag(
        kind=kind, shift=samples.DAY_SHIFT, duty=None, staff=samples.ANNA,
        to_staff=samples.ANNA, span=whole, to_span=whole,
    )  # fmt: skip
    dragger.move(by, samples.CARL)
    moved = dragger.drag
    assert moved.to_span.start < moved.to_span.end
    if kind in {DragKind.DUTY, DragKind.SHIFT}:
        assert moved.to_span.minutes == length_min
        assert moved.to_staff == samples.CARL
        is_on_step = (moved.to_span.start - samples.at(0)) % timedelta(minutes=SNAP_MIN)
        assert not is_on_step or abs(by) < SNAP_MIN / 2
    else:
        assert moved.to_staff == samples.ANNA


def test_rows_are_found_by_their_height(timeline):
    placing = timeline.lanes.placing
    for row, top in enumerate(placing.tops):
        assert placing.row_at(top) == placing.row_at(top + ROW_PX - 1) == row
    assert placing.row_at(placing.groups[0][0]) == -1
    assert placing.row_at(placing.height_px) == -1


def test_no_hour_is_struck_through_by_the_line_of_the_next(timeline):
    timeline.resize(1000, 700)
    heading, lanes = timeline.lanes.hours, timeline.lanes
    picture, line = heading.grab().toImage(), theme.tokens().line
    axis, left = lanes.placing.axis, lanes.horizontalOffset()
    struck = [
        number
        for number, at in enumerate(axis.hours())
        if (x := round(axis.x(at)) - left) in range(picture.width())
        and all(picture.pixelColor(x, y).name() == line for y in range(22, 34))
    ]
    assert struck
    assert 1 not in struck
