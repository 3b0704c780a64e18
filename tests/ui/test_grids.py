"""Stories of a planner's own roster in the window, with the real services and a small plan."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTreeWidget, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner import words
from planner.domain.grids import Meaning, PersonKind
from planner.services.history import undo
from planner.services.plans import OpenPlan, open_plan
from tests.planner import small
from tests.planner.exchange.grids import messy
from tests.ui.conftest import show_plan
from ui import theme
from ui.actions import Command
from ui.imports.grids import GridAssistant
from ui.imports.grids import assistant as assistant_module
from ui.imports.grids.meaning_page import CODES_TAB
from ui.imports.grids.picture import PictureModel
from ui.imports.grids.report import ShadowReport
from ui.imports.grids.report_lists import ReportList, Tab
from ui.imports.grids.steps import GridStep
from ui.jobs import Runner
from ui.theme import Mode
from ui.window import MainWindow

DAYS = ("Namn", *(f"{d}/11 2026" for d in range(23, 28)), "Summa")


def roster(path: Path, *rows: tuple[str, ...], days: tuple[str, ...] = DAYS) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (days, *rows):
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def plan(empty_file: Path) -> Iterator[OpenPlan]:
    """The small plan, open."""
    with open_plan(empty_file) as found:
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two officers, a code that nobody knows and an absence."""
    return roster(
        tmp_path / "Schema v48.xlsx",
        ("Nr1 Polis", "E", "E", "Z", "Z", "E", "40"),
        ("Polis Nr2", "E", "E", "sjuk", "", "E", "24"),
    )


@pytest.fixture
def assistant(plan: OpenPlan, qtbot: QtBot) -> Iterator[GridAssistant]:
    """The assistant on its first step."""
    runner = Runner()
    made = GridAssistant(plan, runner)
    qtbot.addWidget(made)
    made.failed.connect(_fail)
    made.show()
    yield made
    made.close()
    runner.close()


def _fail(error: Exception) -> None:
    raise error


def read(assistant: GridAssistant, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(assistant.source_read):
        assistant.read(path)


def click(widget: QWidget, qtbot: QtBot) -> None:
    assert widget.isEnabled()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def look(assistant: GridAssistant, qtbot: QtBot) -> None:
    click(assistant.footer.next_button, qtbot)
    qtbot.waitUntil(lambda: assistant.step() is GridStep.PREVIEW)


def choose_code(assistant: GridAssistant, code: str, text: str, times: str = "") -> None:
    """Say what a code means, as a planner does."""
    panel = assistant.meaning_page.codes
    (item,) = panel.list.findItems(code, Qt.MatchFlag.MatchExactly)
    panel.list.setCurrentItem(item)
    row = panel.meaning.findText(text, Qt.MatchFlag.MatchStartsWith)
    panel.meaning.setCurrentIndex(row)
    panel.meaning.activated.emit(row)
    if times:
        panel.times.setText(times)
        panel.times.textEdited.emit(times)


def judge(assistant: GridAssistant, qtbot: QtBot) -> ShadowReport:
    with qtbot.waitSignal(assistant.judged) as told:
        click(assistant.footer.judge_button, qtbot)
    assert isinstance(told.args, list)
    report: ShadowReport = told.args[0]
    return report


def rows_of(tree: QTreeWidget) -> list[list[str]]:
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [[item.text(column) for column in range(tree.columnCount())] for item in items if item]


def test_an_unknown_code_is_asked_about_and_then_the_roster_is_imported(
    assistant: GridAssistant, plan: OpenPlan, file: Path, qtbot: QtBot
) -> None:
    before, page = plan.plan, assistant.meaning_page
    read(assistant, file, qtbot)
    assert assistant.step() is GridStep.MEANING
    assert page.tabs.currentIndex() == CODES_TAB
    assert "1 kod har ingen betydelse än: Z" in page.waiting.text()
    assert "Summa" in page.unread.text()
    assert not assistant.footer.next_button.isEnabled()

    choose_code(assistant, "Z", "Ny passmall", "7-")
    assert not assistant.footer.next_button.isEnabled()
    choose_code(assistant, "Z", "Ny passmall", "07-16")
    assert not page.waiting.isVisible()
    look(assistant, qtbot)
    assert plan.store.load_plan() == before
    with qtbot.waitSignal(assistant.imported):
        click(assistant.footer.import_button, qtbot)
    assert assistant.step() is GridStep.RESULT
    assert {kind.code for kind in plan.plan.shift_types} >= {"Z"}
    assert len(plan.store.load_roster(small.WEEK).shifts) == 8
    undo(plan)
    assert plan.plan == before


def test_the_next_file_of_the_shape_is_previewed_at_once(
    assistant: GridAssistant, plan: OpenPlan, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    read(assistant, file, qtbot)
    choose_code(assistant, "Z", "Frånvarande")
    look(assistant, qtbot)
    with qtbot.waitSignal(assistant.imported):
        click(assistant.footer.import_button, qtbot)
    days = ("Namn", *(f"{d}/12 2026" for d in range(7, 12)), "Summa")
    other = roster(tmp_path / "v50.xlsx", ("Polis Nr1", "E", "Z", "", "E", "", ""), days=days)
    read(assistant, other, qtbot)
    qtbot.waitUntil(lambda: assistant.step() is GridStep.PREVIEW)
    click(assistant.footer.import_button, qtbot)
    qtbot.waitUntil(lambda: assistant.step() is GridStep.RESULT)
    assert len([one for one in plan.plan.absences if one.id.startswith("grid-p1")]) == 2


def test_the_sheet_is_shown_with_what_was_read_and_no_more(
    assistant: GridAssistant, file: Path, qtbot: QtBot
) -> None:
    read(assistant, file, qtbot)
    sheet = assistant.meaning_page.picture.sheet
    shown = [[sheet.index(row, c).data() for c in range(7)] for row in range(3)]
    assert shown[1] == ["Nr1 Polis", "E", "E", "Z", "Z", "E", ""]
    assert shown[2][3] == "×"
    assert sheet.headerData(1, Qt.Orientation.Vertical) == "2   Nr1 Polis"
    assert sheet.headerData(27, Qt.Orientation.Horizontal) == "AB"
    fill = Qt.ItemDataRole.BackgroundRole
    before = sheet.index(1, 3).data(fill)
    choose_code(assistant, "Z", "Ledig")
    assert sheet.index(1, 3).data(fill) != before


def test_people_are_matched_and_can_be_left_out_together(
    assistant: GridAssistant, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = (("Polis Nr1", *"EEEEE"), ("Ekström, Sara", *"EEEEE"), ("Berg, Anna", *"EEEEE"))
    read(assistant, roster(tmp_path / "more.xlsx", *rows), qtbot)
    panel = assistant.meaning_page.people
    assert sorted(row[:2] for row in rows_of(panel.list)) == [
        ["Anna Berg", "Ny person"],
        ["Polis Nr1", "Polis Nr1"],
        ["Sara Ekström", "Ny person"],
    ]
    panel.list.clearSelection()
    for name in ("Anna Berg", "Sara Ekström"):
        panel.list.findItems(name, Qt.MatchFlag.MatchExactly)[0].setSelected(True)
    row = panel.who.findText("Utelämna")
    panel.who.activated.emit(row)
    look(assistant, qtbot)
    assert assistant._file is not None
    people = assistant._file.decisions.people
    assert people["Sara Ekström"].kind is PersonKind.LEFT_OUT
    assert {one.file for one in assistant.preview_page.model.shown} == {"Pass"}


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_the_preview_names_fields_and_what_they_hold_as_people_know_them(
    assistant: GridAssistant, tmp_path: Path, qtbot: QtBot, code: str
) -> None:
    words.set_language(code)
    rows = (("Polis Nr1", "E", "E", "sjuk"), ("Ekström, Sara", *"EEE"))
    read(assistant, roster(tmp_path / "new.xlsx", *rows), qtbot)
    look(assistant, qtbot)
    shown = {(one.file, one.row.name): one for one in assistant.preview_page.model.shown}
    person = shown["Personal" if code == "sv" else "Staff", "Sara Ekström"].details
    assert person == {"sv": "Arbetsgivare: Polisen", "en": "Employer: Polisen"}[code]
    said = "\n".join(one.details for one in shown.values())
    assert ("Tid: 2026-11-23 " if code == "sv" else "Time: 2026-11-23 ") in said
    assert "Police rules" in said
    assert "_" not in said  # as in the names of columns
    assert not any("(" in name for _file, name in shown)  # nor ids


def test_a_colour_can_be_given_a_meaning(
    assistant: GridAssistant, tmp_path: Path, qtbot: QtBot
) -> None:
    read(assistant, messy.police(tmp_path / "police.xlsx"), qtbot)
    panel = assistant.meaning_page.codes
    item = panel.list.findItems("Färg", Qt.MatchFlag.MatchExactly)[0]
    panel.list.setCurrentItem(item)
    row = panel.meaning.findText("Frånvarande")
    panel.meaning.setCurrentIndex(row)
    panel.meaning.activated.emit(row)
    assert assistant._file is not None
    (choice,) = assistant._file.decisions.colors.values()
    assert choice.meaning is Meaning.ABSENT
    assert item.text(2) == "Frånvarande"


def test_a_year_that_the_sheet_does_not_say_is_asked_for(
    assistant: GridAssistant, tmp_path: Path, qtbot: QtBot
) -> None:
    days = ("Namn", *(f"{d}/11" for d in range(23, 28)))
    read(assistant, roster(tmp_path / "year.xlsx", ("Polis Nr1", *"EEEEE"), days=days), qtbot)
    page = assistant.meaning_page
    assert page.answers.isVisible()
    row = page.answers.findText("2027")
    with qtbot.waitSignal(assistant.source_read):
        page.answers.setCurrentIndex(row)
        page.answers.activated.emit(row)
    assert not page.answers.isVisible()
    assert assistant._file is not None
    assert assistant._file.grid.first_day.year == 2027


def test_a_file_that_is_no_roster_is_refused_in_a_sentence(
    assistant: GridAssistant, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "no.xlsx"
    Workbook().save(path)
    assistant.read(path)
    qtbot.waitUntil(assistant.bar.isVisible)
    assert "kunde läsas som ett schema" in assistant.bar.text()
    assert assistant.step() is GridStep.SOURCE


def test_a_roster_is_judged_without_importing(
    assistant: GridAssistant, plan: OpenPlan, file: Path, qtbot: QtBot
) -> None:
    before, entries = plan.store.load_plan(), plan.store.journal()
    read(assistant, file, qtbot)
    choose_code(assistant, "Z", "Ny passmall", "22-09")
    report = judge(assistant, qtbot)
    assert report.isVisible()
    assert "1 cell" not in report._how.text()
    assert "ingenting har skrivits" in report._how.text()
    rules = report.tabs.widget(Tab.RULES)
    assert isinstance(rules, ReportList)
    said = [row[0] for row in rows_of(rules)]
    assert "För länge utan rast" in said
    first = rules.topLevelItem(0)
    assert first is not None
    rules.setCurrentItem(first.child(0))
    assert report.details.heading.text() == "Polis Nr1"
    chosen = report.details.days.currentItem()
    assert chosen is not None
    assert chosen.text(2)  # the day of the breach, with what is broken on it
    report.tabs.setCurrentIndex(Tab.HOURS)
    assert report.details.heading.text() in {"Polis Nr1", "Polis Nr2"}
    report.tabs.setCurrentIndex(Tab.COVERAGE)
    assert report.details.heading.text() == "Torget · Närvaro"
    assert len(rows_of(report.details.days)) == 2
    report.tabs.setCurrentIndex(Tab.GAPS)
    assert "Torget" in report.details.heading.text()
    report.reject()
    assert plan.store.load_plan() == before
    assert plan.store.journal() == entries


def test_the_engine_places_the_duties_when_asked(
    assistant: GridAssistant, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant_module, "SEARCH_SECONDS", 1)
    read(assistant, file, qtbot)
    choose_code(assistant, "Z", "Ledig")
    report = judge(assistant, qtbot)
    with qtbot.waitSignal(report.searched, timeout=40_000):
        click(report.search_button, qtbot)
    assert "Lösaren har lagt ut" in report._how.text()
    assert report.found.is_searched
    report.reject()


@pytest.mark.parametrize("code", words.LANGUAGES)
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_steps_and_report_are_painted(
    plan: OpenPlan, file: Path, qtbot: QtBot, code: str, mode: Mode
) -> None:
    words.set_language(code)
    theme.theme().choose(mode)
    runner = Runner()
    made = GridAssistant(plan, runner)
    qtbot.addWidget(made)
    made.show()
    read(made, file, qtbot)
    ModelTester(made).check(made.meaning_page.picture.sheet)
    assert not made.grab().isNull()
    report = judge(made, qtbot)
    for tab in Tab:
        report.tabs.setCurrentIndex(tab)
        assert not report.grab().isNull()
    report.reject()
    made.close()
    runner.close()
    theme.theme().choose(Mode.LIGHT)


def test_everything_that_takes_the_keyboard_has_a_name(
    assistant: GridAssistant, file: Path, qtbot: QtBot
) -> None:
    read(assistant, file, qtbot)
    page = assistant.meaning_page
    for part in (page.codes, page.people):
        for widget in part.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.parent() is part:
                named = widget.accessibleName() or getattr(widget, "placeholderText", str)()
                assert named or getattr(widget, "text", str)()
    assert isinstance(page.picture.sheet, PictureModel)


def test_the_window_offers_it_in_the_menu_and_where_nothing_is_yet(
    window: MainWindow, empty_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[GridAssistant] = []
    monkeypatch.setattr(GridAssistant, "exec", lambda self: shown.append(self) or 0)
    show_plan(window, empty_file, qtbot)
    window.actions_[Command.OWN_ROSTER].trigger()
    assert len(shown) == 1


def test_without_a_plan_one_is_made_for_the_roster(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[GridAssistant] = []
    monkeypatch.setattr(GridAssistant, "exec", lambda self: shown.append(self) or 0)
    path = str(tmp_path / "mine.narvaro")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, ""))
    window.actions_[Command.OWN_ROSTER].trigger()
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert window.presenter.open_plan is not None
    assert str(window.presenter.open_plan.target) == path
