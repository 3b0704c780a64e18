"""The report-back in the window: look, follow numbers to their weeks, save."""

import random
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QLabel

from planner.domain.weeks import IsoWeek
from planner.services.plans import open_plan
from planner.services.promise.promises import sign_promise
from planner.services.promise.report_back_files import report_back_pdf
from tests.planner import small
from tests.planner.domain.followed import AFTER, PROMISE
from tests.planner.promised import SIGNED_AT, at, promised
from tests.planner.services.promise.test_report_back import happen
from tests.ui.conftest import show_plan
from ui.actions import Command
from ui.jobs import Runner
from ui.parts import Part
from ui.report_back import ReportBackDialog

WAIT_MS = 30_000


@pytest.fixture(scope="module")
def reported_file(tmp_path_factory):
    """The path of a plan with a signed promise, some weeks of which were reported."""
    path = tmp_path_factory.mktemp("reported") / "reported.narvaro"
    with promised(path) as plan:
        with at(SIGNED_AT):
            sign_promise(plan, PROMISE.id)
        happen(plan, random.Random(1))
    return path


@pytest.fixture(scope="module")
def plan(reported_file):
    with open_plan(reported_file) as opened:
        yield opened


@pytest.fixture(scope="module")
def runner():
    runner = Runner()
    yield runner
    runner.close()


@pytest.fixture(autouse=True)
def afterwards():
    """It is the day after the period."""
    with at(AFTER):
        yield


@pytest.fixture
def dialog(qtbot, plan, runner):
    dialog = ReportBackDialog(plan, runner)
    qtbot.addWidget(dialog)
    dialog.show()
    wait_for(qtbot, dialog)
    return dialog


def wait_for(qtbot, dialog):
    """Wait until a page is shown and has been laid out."""
    qtbot.waitUntil(lambda: dialog.preview.has_page() and not dialog.is_busy, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: dialog.preview._sheet.width() > 100, timeout=WAIT_MS)


def said(dialog):
    return " ".join(text.text() for text in dialog.message.findChildren(QLabel))


def press(qtbot, dialog, left, top):
    """Press a place of the page that is shown, in points of the page."""
    sheet, scale = dialog.preview._sheet, dialog.preview._scale()
    corner = sheet.corner()
    where = QPoint(round(corner.x() + left * scale), round(corner.y() + top * scale))
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=where)


def test_number_leads_to_the_weeks_behind_it_and_back(qtbot, dialog):
    first_pages = {}
    for number, links in enumerate(dialog._report.links):
        for link in links:
            first_pages.setdefault(number, link)
    assert dialog.preview.page() == 0
    link = dialog._report.links[0][1]
    press(qtbot, dialog, link.left + 5, (link.top + link.bottom) / 2)
    assert dialog.preview.page() == link.page
    qtbot.waitUntil(dialog.preview.return_button.isVisible)
    dialog.preview.return_button.click()
    assert dialog.preview.page() == 0
    assert not dialog.preview.return_button.isVisible()


def test_week_whose_row_is_pressed_is_opened(qtbot, dialog):
    place = dialog._report.weeks[0]
    dialog.preview.go_to(place.page, place.top)
    qtbot.waitUntil(dialog.preview.has_page, timeout=WAIT_MS)
    with qtbot.waitSignal(dialog.week_asked) as asked:
        press(qtbot, dialog, 60, (place.top + place.bottom) / 2)
    assert asked.args == [place.week]
    assert not dialog.isVisible()


def test_what_is_pressed_beside_links_and_weeks_does_nothing(qtbot, dialog):
    with qtbot.assertNotEmitted(dialog.week_asked, wait=50):
        press(qtbot, dialog, 5, 5)
    assert dialog.preview.page() == 0


def test_report_is_saved_as_it_is_shown_in_the_language_chosen(qtbot, dialog, plan, tmp_path):
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    assert not dialog.save_button.isEnabled()
    wait_for(qtbot, dialog)
    dialog.save_to(tmp_path / "r.pdf")
    saved = (tmp_path / "r.pdf").read_bytes()
    assert saved == report_back_pdf(plan, PROMISE.id, language="en")
    assert "r.pdf" in dialog.said.text()


def test_all_files_are_written_with_progress(qtbot, dialog, tmp_path):
    dialog.write_to(tmp_path / "all")
    assert dialog.is_busy
    assert dialog.cancel_button.isVisible()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=WAIT_MS)
    names = {path.name for path in (tmp_path / "all").iterdir()}
    assert {"aterrapport-Löftet.pdf", "aterrapport-Löftet.html"} <= names
    assert str(len(names)) in dialog.said.text()


def test_closing_stops_the_work(qtbot, plan, runner):
    dialog = ReportBackDialog(plan, runner)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    assert not dialog.is_busy


def test_reason_why_there_is_no_report_is_said(qtbot, plan, runner):
    with at(SIGNED_AT + timedelta(days=1)):
        dialog = ReportBackDialog(plan, runner)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.message is not None, timeout=WAIT_MS)
    assert "Löftet börjar" in said(dialog)
    assert not dialog.save_button.isEnabled()


def test_plan_without_a_promise_says_where_to_write_one(qtbot, tmp_path, runner):
    small.save_plan(tmp_path / "small.narvaro", small.make_plan())
    with open_plan(tmp_path / "small.narvaro") as opened:
        dialog = ReportBackDialog(opened, runner)
        qtbot.addWidget(dialog)
        assert dialog.message is not None
        assert "Löften" in said(dialog)


def test_window_opens_it_from_the_file_menu_and_shows_the_week_pressed(
    qtbot, window, reported_file
):
    show_plan(window, reported_file, qtbot)
    file = window.menuBar().actions()[0].menu()
    assert window.actions_[Command.REPORT_BACK] in file.actions()

    def press_week():
        (dialog,) = window.findChildren(ReportBackDialog)
        dialog.week_asked.emit(IsoWeek(2026, 47))
        dialog.accept()

    QTimer.singleShot(0, press_week)
    window.actions_[Command.REPORT_BACK].trigger()
    qtbot.waitUntil(lambda: window.presenter.week == IsoWeek(2026, 47), timeout=WAIT_MS)


def test_promise_page_leads_to_its_report_back(qtbot, window, reported_file):
    show_plan(window, reported_file, qtbot)
    window.part_actions[Part.PROMISE].trigger()
    page = window.sections.page(Part.PROMISE)
    qtbot.waitUntil(lambda: page.view() is not None, timeout=WAIT_MS)
    shown = []

    def close():
        (dialog,) = window.findChildren(ReportBackDialog)
        shown.append(dialog.promises.currentData())
        dialog.reject()

    QTimer.singleShot(0, close)
    page.report_back_button.click()
    assert shown == [PROMISE.id]
