"""Stories of the import assistant, with the real services and a small plan."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner import words
from planner.services.history import undo
from planner.services.imports import importing, previews
from planner.services.imports.previews import ReadingProgress, ReadingStoppedError
from planner.services.imports.rows import FieldChange, RowKind, RowPreview
from planner.services.plans import OpenPlan, open_plan
from ui import theme
from ui.imports import ImportAssistant
from ui.imports.entries import Entry
from ui.imports.models import Column, RowsModel
from ui.imports.source_page import DropZone
from ui.imports.steps import Step
from ui.jobs import Runner
from ui.theme import Mode

SKILLS = "id,name\nbike,Cykel\ncar,Bil\n"
UNITS = Path(__file__).parents[1] / "planner/exchange/files/school_units.json"
WRONG = "id,name\nbike,\ncar,Bil\na/b,Annat\n"


@pytest.fixture
def plan(empty_file: Path) -> Iterator[OpenPlan]:
    """The small plan, open."""
    with open_plan(empty_file) as found:
        yield found


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with a file of two new skills; the plan's own are not in it."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "skills.csv").write_text(SKILLS, encoding="utf-8")
    return folder


@pytest.fixture
def assistant(plan: OpenPlan, qtbot: QtBot) -> Iterator[ImportAssistant]:
    """The assistant on its first step."""
    runner = Runner()
    made = ImportAssistant(plan, runner)
    qtbot.addWidget(made)
    made.failed.connect(_fail)
    made.show()
    yield made
    made.close()
    runner.close()


def _fail(error: Exception) -> None:
    raise error


def read(assistant: ImportAssistant, source: Path, qtbot: QtBot) -> None:
    """Choose a source and wait for its preview."""
    with qtbot.waitSignal(assistant.source_read):
        assistant.source_page.choose((source,))


def click(widget: QWidget, qtbot: QtBot) -> None:
    assert widget.isEnabled()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def shown(assistant: ImportAssistant) -> list[tuple[str, str]]:
    """Return what becomes of which record, as the table says it."""
    model = assistant.preview_page.model
    return [
        (
            str(model.index(row, Column.WHAT).data()),
            str(model.index(row, Column.RECORD).data()),
        )
        for row in range(model.rowCount())
    ]


def test_wrong_rows_are_mended_read_again_and_imported(
    assistant: ImportAssistant, plan: OpenPlan, source: Path, qtbot: QtBot
) -> None:
    page = assistant.preview_page
    before = plan.plan
    (source / "skills.csv").write_text(WRONG, encoding="utf-8")
    read(assistant, source, qtbot)
    assert assistant.step() is Step.PREVIEW
    assert "2 rader är fel" in page.refusal.text()
    assert [row.row.row for row in page.model.shown] == [2, 4]
    assert "name: Cellen är tom; fyll i den." in page.details.text()
    assert not assistant.footer.import_button.isEnabled()

    (source / "skills.csv").write_text(SKILLS, encoding="utf-8")
    with qtbot.waitSignal(assistant.source_read):
        click(assistant.footer.again_button, qtbot)
    assert not page.refusal.isVisible()
    page.tabs.setCurrentIndex(1)
    assert shown(assistant) == [("ny", "Cykel (bike)"), ("ny", "Bil (car)")]
    assert plan.store.load_plan() == before

    with qtbot.waitSignal(assistant.imported):
        click(assistant.footer.import_button, qtbot)
    assert assistant.step() is Step.RESULT
    assert "2 nya uppgifter" in assistant.result_page.counts.text()
    assert "Ctrl+Z" in assistant.result_page.hint.text()
    assert {"bike", "car"} <= {skill.id for skill in plan.plan.skills}
    undo(plan)
    assert plan.plan == before


def test_a_changed_field_is_shown_before_and_after(
    assistant: ImportAssistant, plan: OpenPlan, source: Path, qtbot: QtBot
) -> None:
    skill = plan.plan.skills[0]
    text = f"id,name\n{skill.id},Nytt namn\n"
    (source / "skills.csv").write_text(text, encoding="utf-8")
    read(assistant, source, qtbot)
    assistant.preview_page.tabs.setCurrentIndex(2)
    assert shown(assistant) == [("ändrad", f"Nytt namn ({skill.id})")]
    details = assistant.preview_page.model.index(0, Column.DETAILS).data()
    assert details == f"name: {skill.name} → Nytt namn"


def test_what_disappeared_stays_unless_the_box_is_ticked(
    assistant: ImportAssistant, plan: OpenPlan, source: Path, qtbot: QtBot
) -> None:
    wishes, staff = source / "wishes.csv", plan.plan.staff[0].id
    wishes.write_text(f"id,staff,day\nw,{staff},2026-11-24\n", encoding="utf-8")
    importing.import_(plan, source)
    wishes.write_text("id,staff,day\n", encoding="utf-8")
    (source / "skills.csv").unlink()
    read(assistant, source, qtbot)
    box = assistant.preview_page.removal
    assert box.isVisible()
    assert "wishes.csv" in box.text()
    assert not assistant.footer.import_button.isEnabled()
    assert shown(assistant)[0][0] == "saknas i filen"
    box.setFocus()
    with qtbot.waitSignal(assistant.source_read):
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    assert box.hasFocus()
    assert shown(assistant)[0][0] == "tas bort"
    with qtbot.waitSignal(assistant.imported):
        click(assistant.footer.import_button, qtbot)
    assert plan.plan.wishes == ()
    assert "borttag" in assistant.result_page.counts.text()


def test_what_is_named_elsewhere_is_refused_and_the_box_can_be_cleared(
    assistant: ImportAssistant, source: Path, qtbot: QtBot
) -> None:
    page = assistant.preview_page
    read(assistant, source, qtbot)
    with qtbot.waitSignal(assistant.source_read):
        qtbot.keyClick(page.removal, Qt.Key.Key_Space)
    assert page.refusal.isVisible()
    assert "kan inte tas bort, eftersom den nämns i staff_skills.csv" in page.details.text()
    with qtbot.waitSignal(assistant.source_read):
        qtbot.keyClick(page.removal, Qt.Key.Key_Space)
    assert assistant.footer.import_button.isEnabled()


def test_what_somebody_else_changed_meanwhile_is_said(
    assistant: ImportAssistant, plan: OpenPlan, source: Path, qtbot: QtBot
) -> None:
    read(assistant, source, qtbot)
    with open_plan(plan.target) as other:
        (source / "wishes.csv").write_text("id,staff,day\n", encoding="utf-8")
        importing.import_(other, source / "wishes.csv", remove={"wishes"})
    click(assistant.footer.import_button, qtbot)
    qtbot.waitUntil(assistant.bar.isVisible)
    assert "läs in på nytt" in assistant.bar.text()
    assert assistant.step() is Step.PREVIEW
    assert not assistant.footer.import_button.isEnabled()
    with qtbot.waitSignal(assistant.source_read):
        click(assistant.footer.again_button, qtbot)
    assert not assistant.bar.isVisible()
    assert assistant.footer.import_button.isEnabled()


def test_a_folder_is_dropped(assistant: ImportAssistant, source: Path, qtbot: QtBot) -> None:
    (zone,) = assistant.findChildren(DropZone)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    at, copy = QPointF(20, 20), Qt.DropAction.CopyAction
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at.toPoint(), copy, data, buttons, keys)
    QApplication.sendEvent(zone, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(assistant.source_read) as told:
        QApplication.sendEvent(zone, QDropEvent(at, copy, data, buttons, keys))
    assert told.args == [str(source)]
    assert assistant.step() is Step.PREVIEW


def test_a_file_of_an_unknown_name_is_said(
    assistant: ImportAssistant, source: Path, qtbot: QtBot
) -> None:
    (source / "absense.csv").write_text("id\n", encoding="utf-8")
    read(assistant, source, qtbot)
    assert "”absense.csv” är okänd" in assistant.preview_page.warnings.text()
    (source / "absense.csv").unlink()
    with qtbot.waitSignal(assistant.source_read):
        click(assistant.footer.again_button, qtbot)
    assert not assistant.preview_page.warnings.isVisible()


def test_text_is_not_dropped(assistant: ImportAssistant) -> None:
    (zone,) = assistant.findChildren(DropZone)
    data = QMimeData()
    data.setText("hej")
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(
        QPointF(20, 20).toPoint(), Qt.DropAction.CopyAction, data, buttons, keys
    )
    enter.ignore()
    QApplication.sendEvent(zone, enter)
    assert not enter.isAccepted()


def test_a_source_that_is_none_is_said_and_another_can_be_chosen(
    assistant: ImportAssistant, source: Path, qtbot: QtBot
) -> None:
    (source / "skills.csv").rename(source / "notes.txt")
    assistant.source_page.choose((source,))
    qtbot.waitUntil(assistant.bar.isVisible)
    assert assistant.step() is Step.SOURCE
    assert "innehåller inget att läsa in" in assistant.bar.text()
    (source / "notes.txt").rename(source / "skills.csv")
    read(assistant, source, qtbot)
    click(assistant.footer.back_button, qtbot)
    assert assistant.step() is Step.SOURCE


def test_files_and_folders_are_chosen_in_dialogs(
    assistant: ImportAssistant, source: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "sites.csv").write_text("id,name\n", encoding="utf-8")
    both = [str(source / "skills.csv"), str(source / "sites.csv")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (both, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(source))
    for button in (assistant.source_page.files_button, assistant.source_page.folder_button):
        with qtbot.waitSignal(assistant.source_read) as told:
            click(button, qtbot)
        assert told.args == [str(source)]
        assert assistant.preview_page.files.count() == 3
        click(assistant.footer.back_button, qtbot)


def test_the_source_of_last_time_is_one_click_away(
    plan: OpenPlan, source: Path, qtbot: QtBot
) -> None:
    runner = Runner()
    made = ImportAssistant(plan, runner, str(source))
    qtbot.addWidget(made)
    made.show()
    assert "source" in made.source_page.recent_button.text()
    with qtbot.waitSignal(made.source_read):
        click(made.source_page.recent_button, qtbot)
    runner.close()


def test_empty_templates_are_written(
    assistant: ImportAssistant, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "templates"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    click(assistant.source_page.templates_button, qtbot)
    qtbot.waitUntil(assistant.bar.isVisible)
    assert str(folder) in assistant.bar.text()
    assert (folder / "opening_balances.csv").exists()
    click(assistant.source_page.templates_button, qtbot)
    qtbot.waitUntil(lambda: "tom mapp" in assistant.bar.text())


def test_wrong_rows_are_copied_and_saved(
    assistant: ImportAssistant, source: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (source / "skills.csv").write_text(WRONG, encoding="utf-8")
    read(assistant, source, qtbot)
    click(assistant.preview_page.copy_button, qtbot)
    first, second = QGuiApplication.clipboard().text().splitlines()
    assert first == "skills.csv, rad 2, kolumn name: Cellen är tom; fyll i den."
    assert second.startswith("skills.csv, rad 4, kolumn id")
    assistant.save_problems(tmp_path / "wrong.csv")
    qtbot.waitUntil(assistant.bar.isVisible)
    assert "wrong.csv" in assistant.bar.text()
    assert len((tmp_path / "wrong.csv").read_text(encoding="utf-8").splitlines()) == 3


class Reading:
    """Stands for a long reading: tells one row, and waits until it is asked to stop."""

    def __init__(self) -> None:
        self.was_stopped = Event()

    def __call__(
        self,
        *_args: object,
        on_progress: Callable[[ReadingProgress], None],
        should_stop: Callable[[], bool],
        **_options: object,
    ) -> None:
        on_progress(ReadingProgress(file="skills.csv", row=1201))
        pause = Event()
        while not should_stop():
            pause.wait(0.01)
        self.was_stopped.set()
        raise ReadingStoppedError


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Reading:
    """A reading that takes as long as it is let."""
    made = Reading()
    monkeypatch.setattr(previews, "preview", made)
    return made


def test_a_long_reading_tells_how_far_it_is_and_can_be_stopped(
    assistant: ImportAssistant, source: Path, reading: Reading, qtbot: QtBot
) -> None:
    assistant.source_page.choose((source,))
    qtbot.waitUntil(lambda: "skills.csv, rad 1201" in assistant.footer.text())
    assert not assistant.source_page.isEnabled()
    click(assistant.footer.stop_button, qtbot)
    qtbot.waitUntil(assistant.source_page.isEnabled)
    assert reading.was_stopped.is_set()
    assert not assistant.bar.isVisible()
    assert not assistant.footer.stop_button.isVisible()


def test_closing_ends_a_reading(
    assistant: ImportAssistant, source: Path, reading: Reading, qtbot: QtBot
) -> None:
    assistant.source_page.choose((source,))
    qtbot.keyClick(assistant, Qt.Key.Key_Escape)
    assert not assistant.isVisible()
    qtbot.waitUntil(reading.was_stopped.is_set)


def test_nothing_closes_while_the_plan_is_written(
    assistant: ImportAssistant, source: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, write = Event(), importing.import_shown

    def wait(*args: object) -> object:
        go.wait(10)
        return write(*args)

    monkeypatch.setattr(importing, "import_shown", wait)
    read(assistant, source, qtbot)
    with qtbot.waitSignal(assistant.imported):
        click(assistant.footer.import_button, qtbot)
        qtbot.keyClick(assistant, Qt.Key.Key_Escape)
        assert assistant.isVisible()
        assert not assistant.footer.import_button.isEnabled()
        go.set()
    assert assistant.step() is Step.RESULT


def test_a_fault_of_the_program_is_told_the_window(
    assistant: ImportAssistant, source: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(previews, "preview", fail)
    assistant.failed.disconnect(_fail)
    with qtbot.waitSignal(assistant.failed):
        assistant.source_page.choose((source,))
    assert assistant.source_page.isEnabled()


def test_rows_are_narrowed_by_file_kind_and_words(
    assistant: ImportAssistant, plan: OpenPlan, source: Path, qtbot: QtBot
) -> None:
    employer = plan.plan.employers[0].id
    text = f"id,name,employer\nx,Turlag Nord,{employer}\ny,Turlag Syd,{employer}\n"
    (source / "squads.csv").write_text(text, encoding="utf-8")
    read(assistant, source, qtbot)
    page = assistant.preview_page
    page.tabs.setCurrentIndex(1)
    assert len(shown(assistant)) == 4
    page.files.setFocus()
    while page.files.file() != "squads.csv":
        qtbot.keyClick(page.files, Qt.Key.Key_Down)
    assert len(shown(assistant)) == 2
    assert page.table.isColumnHidden(Column.FILE)
    assert page.tabs.tabText(1) == "Nya (2)"
    qtbot.keyClicks(page.search, "syd turlag")
    assert shown(assistant) == [("ny", "Turlag Syd (y)")]
    qtbot.keyClicks(page.search, " nowhere")
    assert page.nothing.isVisible()


def entries(n_rows: int) -> tuple[Entry, ...]:
    field = FieldChange(field="name", before="gammal", after="ny")
    row = RowPreview(kind=RowKind.CHANGED, name="Namn (id)", row=2, fields=(field, field))
    return tuple(
        Entry(file="a.csv", row=row, what="ändrad", details="name", wanted=f"namn {n}")
        for n in range(n_rows)
    )


def test_the_table_of_rows_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = RowsModel()
    model.set_entries(entries(5))
    model.narrow(file="", kind=None, text="")
    qtmodeltester.check(model)


def test_twenty_thousand_rows_are_shown_and_only_those_in_sight_are_painted(
    assistant: ImportAssistant, source: Path, qtbot: QtBot
) -> None:
    lines = "".join(f"s{n},Namn {n}\n" for n in range(20_000))
    (source / "skills.csv").write_text("id,name\n" + lines, encoding="utf-8")
    with qtbot.waitSignal(assistant.source_read, timeout=60_000):
        assistant.source_page.choose((source,))
    page = assistant.preview_page
    page.tabs.setCurrentIndex(1)
    assert page.model.rowCount() == 20_000
    page.table.scrollToBottom()
    assert page.table.rowAt(page.table.viewport().height() - 4) == 19_999
    page.search.setText("namn 19999")
    assert shown(assistant) == [("ny", "Namn 19999 (s19999)")]


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_changes_are_painted_in_both_themes(
    assistant: ImportAssistant, qapp: QApplication, mode: Mode
) -> None:
    theme.install(qapp, mode)
    page = assistant.preview_page
    page.model.set_entries(entries(3))
    page.model.narrow(file="", kind=None, text="")
    assistant._go_to(Step.PREVIEW)
    page.table.setColumnWidth(Column.RECORD, 60)
    picture = page.table.grab().toImage()
    fill = theme.tokens().warning_fill
    colors = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 3)
    }
    assert fill in colors


@pytest.mark.parametrize("code", ["sv", "en"])
def test_every_widget_that_takes_the_keyboard_has_a_name(
    plan: OpenPlan, source: Path, qtbot: QtBot, code: str
) -> None:
    words.set_language(code)
    runner = Runner()
    made = ImportAssistant(plan, runner, str(source))
    qtbot.addWidget(made)
    made.show()
    read(made, source, qtbot)
    nameless = [
        widget.metaObject().className()
        for widget in made.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    runner.close()


def test_units_of_the_registry_are_shown_with_those_that_are_left_out(
    assistant: ImportAssistant, plan: OpenPlan, qtbot: QtBot
) -> None:
    read(assistant, UNITS, qtbot)
    page = assistant.preview_page
    assert page.tabs.tabText(page.tabs.count() - 1) == "Utelämnade (5)"
    page.tabs.setCurrentIndex(page.tabs.count() - 1)
    assert {what for what, _name in shown(assistant)} == {"utelämnas"}
    assert any("VILANDE" in entry.details for entry in page.model.shown)
    click(assistant.footer.import_button, qtbot)
    qtbot.waitUntil(lambda: assistant.step() is Step.RESULT)
    assert "10000004" in {school.id for school in plan.refresh().schools}
