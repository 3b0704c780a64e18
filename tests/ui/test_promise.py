"""The promise page: kept or not, the week reported by hand, and what both parties agreed on."""

from datetime import date, timedelta
from itertools import product
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, Qt
from PySide6.QtWidgets import QDialog

from planner import words
from planner.domain.duties import DutyKind
from planner.domain.promises import DeliveryState, NotDoneReason
from planner.services.plans import open_plan
from planner.services.promise.deliveries import report
from planner.services.promise.promises import sign_promise
from tests.planner import small
from tests.planner.domain.followed import PROMISE
from tests.planner.promised import SIGNED_AT, at, promised, publish_week
from tests.planner.small import MONDAY, WEEK
from tests.planner.writing import take_away
from ui import theme
from ui.jobs import Job
from ui.parts import Part
from ui.promise import agreeing, reporting
from ui.promise import page as page_module
from ui.promise.dialogs import ReviseDialog, SignDialog
from ui.promise.duty_model import DutyColumn, Show
from ui.promise.page import AGREEMENT_TAB, REPORT_TAB
from ui.theme import Mode

AFTER = small.at(WEEK.days[6], "12:00")


@pytest.fixture
def signed_file(tmp_path):
    """The plan with its signed promise and one published week."""
    path = tmp_path / "promised.narvaro"
    with promised(path) as plan, at(SIGNED_AT):
        sign_promise(plan, PROMISE.id)
        publish_week(plan)
    return path


@pytest.fixture
def unsigned_file(tmp_path):
    """The plan with its promise under negotiation."""
    path = tmp_path / "promised.narvaro"
    with promised(path):
        pass
    return path


@pytest.fixture
def show(window, qtbot):
    """Return what opens a plan at the small plan's week, and its promise page."""

    def opened(path):
        with qtbot.waitSignal(window.presenter.week_fetched):
            window.open(str(path))
        with qtbot.waitSignal(window.presenter.week_fetched):
            window.presenter.show_week(WEEK)
        window.part_actions[Part.PROMISE].trigger()
        page = window.sections.page(Part.PROMISE)
        qtbot.waitUntil(lambda: page.view() is not None and page.lines() is not None)
        return page

    with at(AFTER):
        yield opened


def reported(path):
    with open_plan(path) as plan:
        return {one.duty: (one.state, one.reason) for one in plan.store.deliveries(WEEK, WEEK)}


@pytest.mark.parametrize("read", ["week_lines", "promise_view"])
def test_window_can_be_closed_while_the_promise_is_read(
    show, window, signed_file, monkeypatch, qtbot, read
):
    page = show(signed_file)
    reading, closing = Event(), Event()
    really_read, really_stop = getattr(page_module, read), Job.stop

    def slowly(*args):
        reading.set()
        closing.wait(30)
        return really_read(*args)

    def stop(job):
        really_stop(job)
        closing.set()

    monkeypatch.setattr(page_module, read, slowly)
    shown = page.view()
    page.refresh()
    qtbot.waitUntil(reading.is_set)
    monkeypatch.setattr(Job, "stop", stop)
    window.close()
    QCoreApplication.processEvents()  # an exception in what is told now fails the test
    assert page.view() is shown
    assert not window.isVisible()


def choose(page, *duties):
    """Choose duties in the list."""
    model, chooses = page.report.model, page.report.table.selectionModel()
    flags = QItemSelectionModel.SelectionFlag
    chooses.clearSelection()
    for row, line in enumerate(model.lines()):
        if line.duty in duties:
            chooses.select(model.index(row, 0), flags.Select | flags.Rows)


def state_of(page, duty):
    """Return what the list says of a duty's report."""
    model = page.report.model
    row = next(n for n, line in enumerate(model.lines()) if line.duty == duty)
    return model.index(row, model.columnCount() - 1).data()


def test_measures_say_what_was_promised_and_what_nobody_reported(show, signed_file):
    page = show(signed_file)
    cards = [card.text().splitlines() for card in page.measures.cards.values()]
    assert [card[0] for card in cards] == [
        "Kontaktpersoner vid skolorna",
        "Närvaro på utvalda platser",
        "Trygghetsvandringar",
        "Informationsinsatser",
    ]
    measure = page.measures.measure()
    assert f"Ej rapporterat: {measure.total.not_reported}." in page.measures.said.text()
    assert "”Varje skola” går inte att påstå hittills" in page.measures.said.text()
    bar = page.measures.weeks.item(1, 1)
    spoken = bar.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("v. 48, mån 23/11: 22 utlovade")


def test_another_measure_is_chosen_by_its_card(show, signed_file, qtbot):
    page = show(signed_file)
    card = list(page.measures.cards.values())[1]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert page.measures.measure().measure.id == "presence"
    assert page.measures.places.item(0, 0).text() == "Torget"


def test_a_week_of_a_measure_leads_to_its_duties(show, window, signed_file, qtbot):
    page = show(signed_file)
    page.measures.weeks.setCurrentCell(2, 0)
    with qtbot.waitSignal(window.presenter.week_fetched):
        qtbot.keyClick(page.measures.weeks, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == REPORT_TAB
    qtbot.waitUntil(lambda: page.lines().week == WEEK.shifted(1))


def test_duties_are_reported_by_keys_and_taken_back_by_undo(show, window, signed_file, qtbot):
    page = show(signed_file)
    page.tabs.setCurrentIndex(REPORT_TAB)
    before, after = f"a/{MONDAY}/before-1", f"a/{MONDAY}/after-1"
    choose(page, before, after)
    qtbot.keyClick(page.report.table, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: state_of(page, before) == "genomfört")
    assert reported(signed_file).keys() == {before, after}
    assert page.report.chosen() == [before, after], "the choice stays"
    choose(page, after)
    weather = next(
        action for action in page.report.reasons.actions() if action.data() == NotDoneReason.WEATHER
    )
    weather.trigger()
    qtbot.waitUntil(lambda: state_of(page, after) == "ej genomfört: väder")
    window.editor.undo()
    qtbot.waitUntil(lambda: state_of(page, after) == "genomfört")
    choose(page, before)
    qtbot.keyClick(page.report.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: state_of(page, before) == "ej rapporterat")
    assert reported(signed_file) == {after: (DeliveryState.DONE, None)}


def test_the_whole_week_is_reported_as_planned_in_one_click(show, signed_file, qtbot):
    page = show(signed_file)
    page.tabs.setCurrentIndex(REPORT_TAB)
    n_planned = sum(line.can_be_as_planned for line in page.lines().lines)
    page.report.table.selectAll()
    with qtbot.waitSignal(page.changed):
        qtbot.mouseClick(page.report.planned_button, Qt.MouseButton.LeftButton)
    assert len(reported(signed_file)) == n_planned
    assert page.bar.text().startswith(f"Rapporterna om {n_planned} uppgifter sparades.")
    qtbot.waitUntil(lambda: not page.report.planned_button.isEnabled())


def test_what_is_still_to_come_cannot_be_reported(show, signed_file):
    with at(small.at(MONDAY, "09:00")):
        page = show(signed_file)
        choose(page, f"a/{MONDAY}/after-1")
        assert not page.report.done_button.isEnabled()
        assert not page.report.planned_button.isEnabled()


def test_duties_are_narrowed_by_measure_state_and_place(show, signed_file):
    page = show(signed_file)
    report = page.report
    report.kind.setCurrentIndex(2)
    assert {line.kind for line in report.model.lines()} == {DutyKind.PRESENCE}
    report.kind.setCurrentIndex(0)
    report.show_.setCurrentIndex(report.show_.findData(Show.UNPLANNED))
    assert f"b/{small.FRIDAY}/after-1" in [line.duty for line in report.model.lines()]
    report.search.setText("ask")
    assert report.model.rowCount() == 0
    assert report.note.text() == "0 uppgifter visas."


def test_a_list_is_written_and_read_again_after_a_look(
    show, signed_file, tmp_path, qtbot, monkeypatch
):
    page = show(signed_file)
    path = tmp_path / "lista.csv"
    page.reporting.write_list(path, WEEK)
    qtbot.waitUntil(lambda: "uppgifter skrevs" in page.bar.text())
    filled = path.read_text(encoding="utf-8-sig").replace(";roster;;", ";roster;ja;")
    path.write_text(filled, encoding="utf-8")
    asked = []
    monkeypatch.setattr(
        reporting.Reporting, "is_sure", lambda _self, _title, text: asked.append(text) or True
    )
    with qtbot.waitSignal(page.changed):
        page.reporting.read_file(path)
    assert "blir genomförda" in asked[0]
    assert reported(signed_file)


def test_a_wrong_file_is_told_with_its_rows_and_nothing_is_kept(show, signed_file, tmp_path, qtbot):
    page = show(signed_file)
    path = tmp_path / "fel.csv"
    path.write_text("uppgift;utfall\nfinns inte;ja\n", encoding="utf-8")
    page.reporting.read_file(path)
    qtbot.waitUntil(lambda: "Inget ur filen sparades" in page.bar.text())
    assert "fel.csv" in page.bar.text()
    assert reported(signed_file) == {}


def test_a_promise_is_signed_after_showing_what_that_fixes(show, unsigned_file, qtbot, monkeypatch):
    page = show(unsigned_file)
    page.tabs.setCurrentIndex(AGREEMENT_TAB)
    assert page.state.text() == "Under förhandling"
    assert not page.agreement.revise_button.isVisible()
    shown = []

    def accept(dialog):
        shown.extend(words_of(dialog))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SignDialog, "exec", accept)
    with qtbot.waitSignal(page.changed):
        qtbot.mouseClick(page.agreement.sign_button, Qt.MouseButton.LeftButton)
    assert any("tillfällen på 3 platser" in text for text in shown)
    qtbot.waitUntil(lambda: page.state.text().startswith("Undertecknat"))
    assert page.agreement.revise_button.isVisible()
    assert page.agreement.withdraw_button.isVisible()


def test_a_revision_is_listed_with_its_reason(show, signed_file, qtbot, monkeypatch):
    page = show(signed_file)
    with open_plan(signed_file) as plan, plan.changing("test") as store:
        gone = [bell for bell in store.load_plan().bell_times if bell.school == "b"]
        take_away(store, "bell_times", gone)
    page.refresh()

    def accept(dialog):
        dialog.reason.setPlainText("Skolan stängs")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ReviseDialog, "exec", accept)
    page.tabs.setCurrentIndex(AGREEMENT_TAB)
    with qtbot.waitSignal(page.changed):
        qtbot.mouseClick(page.agreement.revise_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.agreement.revisions.rowCount() == 1)
    assert page.agreement.revisions.item(0, 3).text() == "Skolan stängs"


def test_a_revision_needs_a_reason(show, signed_file, qtbot):
    page = show(signed_file)
    dialog = ReviseDialog(page.view().found.promise, date(2026, 11, 29), page)
    qtbot.addWidget(dialog)
    assert not dialog.button.isEnabled()
    dialog.reason.setPlainText("Skolan stängs")
    assert dialog.button.isEnabled()
    assert dialog.first_day() == date(2026, 11, 29)
    assert dialog.day.minimumDate().toPython() == date(2026, 11, 29)


def test_a_signature_is_withdrawn_when_the_user_is_sure(show, unsigned_file, qtbot, monkeypatch):
    with open_plan(unsigned_file) as plan:
        sign_promise(plan, PROMISE.id, signed_on=SIGNED_AT.date() - timedelta(days=1))
    page = show(unsigned_file)
    page.tabs.setCurrentIndex(AGREEMENT_TAB)
    monkeypatch.setattr(agreeing.Agreeing, "is_sure", lambda *_: True)
    with qtbot.waitSignal(page.changed):
        qtbot.mouseClick(page.agreement.withdraw_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.state.text() == "Under förhandling")


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_a_chosen_row_keeps_the_colours_of_its_cells(mode, show, signed_file, window):
    theme.theme().choose(mode)
    page = show(signed_file)
    window.resize(1440, 900)
    page.tabs.setCurrentIndex(REPORT_TAB)
    table = page.report.table
    choose(page, page.report.model.lines()[0].duty)
    cell = table.model().index(0, DutyColumn.REPORTED)
    beside_symbol = table.visualRect(cell).adjusted(40, 0, 0, 0)
    picture = table.viewport().grab(beside_symbol).toImage()
    points = product(range(picture.width()), range(picture.height()))
    seen = {picture.pixelColor(x, y).name() for x, y in points}
    assert theme.tokens().selection in seen
    assert cell.data(Qt.ItemDataRole.ForegroundRole).name() in seen
    assert theme.tokens().text not in seen


def test_walks_are_three_linked_meetings(show, signed_file, qtbot):
    page = show(signed_file)
    walk = page.walks.tree.topLevelItem(0)
    assert walk.text(0) == "Vandringen"
    assert page.walks.tree.headerItem().text(1) == "När, eller av vem", "of meetings and actions"
    assert [walk.child(n).text(0) for n in range(3)] == ["Förmöte", "Vandring", "Uppföljningsmöte"]
    with qtbot.waitSignal(page.walks.spot_asked) as asked:
        page.walks.tree.itemActivated.emit(walk.child(1), 0)
    assert asked.args == ["walk-1", date(2026, 11, 26)]


def test_the_promise_s_name_is_read_whole_where_there_is_room(show, window, signed_file):
    page = show(signed_file)
    window.resize(1440, 900)
    needed = page.choice.fontMetrics().horizontalAdvance(PROMISE.name)
    assert needed < page.choice.width() < needed + 80
    assert page.choice.toolTip() == PROMISE.name


def test_a_plan_without_a_promise_says_what_to_do(show, window, drafted_file, qtbot):
    page = show(drafted_file)
    assert page.choice.isHidden()
    assert page._empty.isVisible()
    for button in (page.read_button, page.write_button, page.report_back_button):
        assert not button.isEnabled(), button.text()
    page._ask_new()
    qtbot.waitUntil(lambda: window.sections.part is Part.DATA)
    assert window.sections.records.view.records is not None


def test_the_page_speaks_english(show, signed_file):
    words.set_language("en")
    page = show(signed_file)
    assert page.measures.verdict.text() == "Not settled yet"


def words_of(dialog):
    from PySide6.QtWidgets import QLabel

    return [one.text() for one in dialog.findChildren(QLabel)]


def test_who_reported_goes_when_a_plan_is_opened_after_the_retention_time(
    window, signed_file, qtbot
):
    duty = f"a/{MONDAY}/before-1"
    with open_plan(signed_file) as plan, at(AFTER):
        report(plan, [duty], DeliveryState.DONE)
    with (
        at(AFTER + timedelta(days=100)),
        qtbot.waitSignal(window.presenter.week_fetched),
    ):
        window.open(str(signed_file))
    with open_plan(signed_file) as plan:
        assert [one.by for one in plan.store.deliveries(WEEK, WEEK)] == [""]


def test_every_school_is_not_spoken_of_before_it_is_signed(show, unsigned_file):
    page = show(unsigned_file)
    assert "skola" not in page.measures.said.text()


def test_every_school_is_not_spoken_of_before_the_first_day(show, signed_file):
    with at(SIGNED_AT):
        page = show(signed_file)
        assert "skola" not in page.measures.said.text()
