"""The parts beside the week: made when they are looked at, and told of the window's week."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from tests.planner import small
from tests.ui.keyboard import accessible_name, keyboard_turns
from ui import theme
from ui.coverage import tiles
from ui.parts import PARTS, Part, PartRow
from ui.widgets import PartPage


class Listening(PartPage):
    """Remembers what the window tells it."""

    def __init__(self, open_plan, runner):
        super().__init__(open_plan, runner)
        self.read = []
        self.is_leaving = True

    def refresh(self):
        self.read.append(self._week)

    def leave(self, then, stay=None):
        if self.is_leaving:
            then()
        elif stay is not None:
            stay()


@pytest.fixture
def listening(monkeypatch):
    row = PARTS[Part.DATA]
    made = PartRow(
        title=row.title,
        text=row.text,
        tip=row.tip,
        keys=row.keys,
        icon=row.icon,
        topic=row.topic,
        make=Listening,
    )
    monkeypatch.setitem(PARTS, Part.DATA, made)


@pytest.fixture
def page(listening, drafted_window):  # noqa: ARG001 - it takes the data's place first
    drafted_window.part_actions[Part.DATA].trigger()
    return drafted_window.sections.page(Part.DATA)


def test_each_part_has_a_tab_and_a_command_with_keys_of_its_own(drafted_window):
    assert drafted_window.sections.bar.count() == len(Part)
    keys = [row.keys for row in PARTS.values()]
    taken = {action.shortcut().toString() for action in drafted_window.actions_.values()}
    assert len(set(keys)) == len(keys)
    assert not set(keys) & taken


@pytest.mark.parametrize("code", ["sv", "en"])
def test_every_part_fits_into_a_small_window(drafted_window, qtbot, monkeypatch, code):
    figures = tiles.figures
    # A plan of a town has more of them.
    monkeypatch.setattr(tiles, "figures", lambda view: [*figures(view), *figures(view)])
    drafted_window.choose_language(code)
    drafted_window.resize(1024, 600)
    for part in Part:
        if part is not Part.WEEK:
            drafted_window.part_actions[part].trigger()
        drafted_window.grab()
    coverage = drafted_window.sections.page(Part.COVERAGE)
    drafted_window.part_actions[Part.COVERAGE].trigger()
    qtbot.waitUntil(lambda: coverage.view() is not None)

    def is_laid_out() -> bool:
        return coverage.minimumSizeHint().width() >= coverage.tiles.minimumSizeHint().width()

    qtbot.waitUntil(is_laid_out)
    least = drafted_window.minimumSizeHint()
    assert least.width() <= 960
    assert least.height() <= drafted_window.minimumHeight() <= 620


def picture_of(widget: QWidget) -> QImage:
    """Return how a widget looks in its window, with what is drawn around it."""
    box = QRect(widget.mapTo(widget.window(), QPoint()), widget.size())
    return widget.window().grab(box.adjusted(-3, -3, 3, 3)).toImage()


@pytest.mark.parametrize("mode", [theme.Mode.LIGHT, theme.Mode.DARK])
def test_a_list_or_table_shows_that_the_keyboard_is_in_it(
    drafted_window, qapp: QApplication, qtbot, mode
):
    theme.install(qapp, mode)
    with qtbot.waitActive(drafted_window):
        drafted_window.activateWindow()
    unseen = set()
    for part in Part:
        if part is not Part.WEEK:
            drafted_window.part_actions[part].trigger()
        for widget in keyboard_turns(drafted_window):
            if not isinstance(widget, QAbstractScrollArea):
                continue
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            shown = picture_of(widget)
            widget.clearFocus()
            if picture_of(widget) == shown:
                unseen.add(f"{part}: {widget.metaObject().className()} {accessible_name(widget)}")
    assert unseen == set()


@pytest.mark.usefixtures("listening")
def test_a_part_is_made_when_it_is_first_looked_at(drafted_window):
    sections = drafted_window.sections
    assert sections.page(Part.DATA) is None
    drafted_window.part_actions[Part.DATA].trigger()
    page = sections.page(Part.DATA)
    assert sections.pages.currentWidget() is page
    assert page.read == [small.WEEK]


def test_a_part_is_told_of_the_week_only_while_it_is_shown(page, drafted_window, qtbot):
    following = small.WEEK.shifted(1)
    with qtbot.waitSignal(drafted_window.presenter.week_fetched):
        drafted_window.presenter.show_week(following)
    assert page.read == [small.WEEK, following]
    drafted_window.sections.choose(Part.WEEK)
    with qtbot.waitSignal(drafted_window.presenter.week_fetched):
        drafted_window.presenter.show_week(small.WEEK)
    assert page.read == [small.WEEK, following]
    drafted_window.sections.choose(Part.DATA)
    assert page.read == [small.WEEK, following, small.WEEK]


def test_a_part_reads_again_once_an_edit_is_stored(page, drafted_window, qtbot):
    with qtbot.waitSignal(drafted_window.editor.history_changed):
        drafted_window.editor.write_note(small.MONDAY, None, "glöm inte")
    assert page.read == [small.WEEK, small.WEEK]


def test_a_part_leads_to_another_week_and_to_a_place_and_day(page, drafted_window, qtbot):
    following = small.WEEK.shifted(1)
    with qtbot.waitSignal(drafted_window.presenter.week_fetched):
        page.week_asked.emit(following)
    assert drafted_window.sections.part is Part.WEEK
    assert drafted_window.week_page.view().week == following
    with qtbot.waitSignal(drafted_window.presenter.week_fetched):
        drafted_window.presenter.show_week(small.WEEK)
    drafted_window.sections.choose(Part.DATA)
    row = drafted_window.week_page.places.places.rows[0]
    page.spot_asked.emit(row.source, small.WEEK.days[2])
    assert drafted_window.sections.part is Part.WEEK
    index = drafted_window.week_page.places.currentIndex()
    assert (index.row(), index.column()) == (0, 2)


def test_a_part_that_is_not_left_stays_in_front(page, drafted_window):
    page.is_leaving = False
    drafted_window.sections.bar.setCurrentIndex(0)
    assert drafted_window.sections.part is Part.DATA
    assert drafted_window.sections.pages.currentWidget() is page
    assert drafted_window.sections.bar.currentIndex() == list(Part).index(Part.DATA)
