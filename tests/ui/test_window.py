"""Stories: what a planner does in the window, with the real services and a small plan."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from planner import words
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.services.imports.importing import import_
from planner.services.plans import OpenPlan
from planner.services.roster import generating
from planner.services.roster.generating import Proposal
from planner.services.roster.views import Decision, GenerateProgress, WeekState
from tests.planner import small
from tests.ui.conftest import show_plan
from ui import theme
from ui import window as window_module
from ui.actions import Command
from ui.imports import ImportAssistant
from ui.parts import Part
from ui.prints import PrintsDialog
from ui.proposal import ProposalDialog
from ui.publish import PublishDialog
from ui.theme import Mode
from ui.week import GenerateDialog
from ui.window import MainWindow


class Engine:
    """Stands for the engine: tells one thing, waits to be let go or stopped, proposes."""

    def __init__(self) -> None:
        self.go = Event()
        self.was_stopped = False

    def __call__(
        self,
        _open_plan: OpenPlan,
        week: IsoWeek,
        *,
        on_progress: Callable[[GenerateProgress], None],
        should_stop: Callable[[], bool],
        **_options: object,
    ) -> Proposal:
        on_progress(
            GenerateProgress(
                week=week,
                phase="days",
                n_gaps=1,
                level="promised-1",
                value=3,
                bound=3,
                seconds=0.5,
            )
        )
        while not self.go.wait(0.01):
            if should_stop():
                self.was_stopped = True
                break
        roster = small.make_roster(small.make_plan())
        return Proposal(roster=roster, n_gaps=1)


@pytest.fixture
def engine(monkeypatch) -> Engine:
    made = Engine()
    monkeypatch.setattr(generating, "generate", made)
    return made


@pytest.fixture
def accepted(monkeypatch) -> list[QDialog]:
    """Every dialog is accepted at once; the list holds them."""
    seen: list[QDialog] = []

    def accept(dialog: QDialog) -> int:
        seen.append(dialog)
        if isinstance(dialog, PublishDialog):
            dialog.windows.decide_all(Decision.OWN_STAFF)
            assert set(dialog.decisions().values()) == {Decision.OWN_STAFF}
        return QDialog.DialogCode.Accepted

    for kind in (GenerateDialog, ProposalDialog, PublishDialog):
        monkeypatch.setattr(kind, "exec", accept)
    return seen


def test_newcomer_meets_the_welcome_page(window):
    assert window.sections.pages.currentWidget() is window.welcome
    assert not window.actions_[Command.GENERATE].isEnabled()
    assert window.actions_[Command.OPEN].isEnabled()


def test_example_becomes_a_week_with_people_and_places(window, tmp_path, qtbot):
    with qtbot.waitSignal(window.presenter.week_fetched, timeout=30_000) as fetched:
        window.make_plan(str(tmp_path / "example.narvaro"), example="vasteras")
    view = fetched.args[0].view
    assert window.sections.pages.currentWidget() is window.week_page
    assert len(view.people) == 85
    assert any(place.name == "Bjurhovdaskolan" for place in view.places)
    assert window.week_page.notice.isVisible()
    assert window._preferences.recent[0].endswith("example.narvaro")


def test_new_plan_is_empty_and_leads_to_its_data(window, tmp_path, qtbot):
    with qtbot.waitSignal(window.presenter.week_fetched):
        window.make_plan(str(tmp_path / "new.narvaro"))
    bare = window.week_page.states.bare
    assert bare.isVisible()
    buttons = {one.text().strip(): one for one in bare.findChildren(QPushButton)}
    assert "Importera …" in buttons
    qtbot.mouseClick(buttons["Data"], Qt.MouseButton.LeftButton)
    assert window.sections.part is Part.DATA


def test_missing_plan_is_one_sentence(window, tmp_path, qtbot):
    with qtbot.waitSignal(window.presenter.failed):
        window.open(str(tmp_path / "gone.narvaro"))
    assert window.bar.isVisible()
    assert "gone.narvaro" in window.bar.text()
    assert window.sections.pages.currentWidget() is window.welcome


def test_recent_plan_opens_again(drafted_window, qtbot):
    recent = drafted_window.welcome.recent
    assert recent.count() == 1
    with qtbot.waitSignal(drafted_window.presenter.week_fetched):
        recent.itemActivated.emit(recent.item(0))


def test_week_buttons_and_keys_go_to_other_weeks(drafted_window, qtbot):
    presenter = drafted_window.presenter
    with qtbot.waitSignal(presenter.week_fetched):
        drafted_window.actions_[Command.NEXT].trigger()
    assert presenter.week == small.WEEK.shifted(1)
    with qtbot.waitSignal(presenter.week_fetched):
        drafted_window.actions_[Command.PREVIOUS].trigger()
    assert drafted_window.week_page.view().week == small.WEEK


def test_a_refused_week_is_told_until_another_is_shown(drafted_window, qtbot):
    picker = drafted_window.week_page.header.picker
    picker._edit.setText("2026-W54")
    picker._edit.returnPressed.emit()
    assert "2026-W54" in drafted_window.bar.text()
    assert drafted_window.bar.isVisible()
    picker._edit.setText("2026-W50")
    with qtbot.waitSignal(drafted_window.presenter.week_fetched):
        picker._edit.returnPressed.emit()
    assert not drafted_window.bar.isVisible()


def test_answer_to_an_earlier_question_is_dropped(drafted_window, qtbot):
    presenter = drafted_window.presenter
    shown = []
    presenter.week_fetched.connect(lambda view: shown.append(view.week))
    with qtbot.waitSignal(presenter.week_fetched):
        presenter.show_week(small.WEEK.shifted(1))
        presenter.show_week(small.WEEK.shifted(2))
    drafted_window._runner.close()
    QApplication.processEvents()
    assert shown == [small.WEEK.shifted(2)]


def test_generating_shows_progress_and_keeps_the_roster(
    window, empty_file, engine, accepted, qtbot
):
    show_plan(window, empty_file, qtbot)
    assert window.week_page.states.empty.isVisible()
    with qtbot.waitSignal(window.presenter.progressed):
        window.actions_[Command.GENERATE].trigger()
    assert len(accepted) == 1
    progress = window.week_page.progress
    assert progress.isVisible()
    assert "värde 3" in progress._facts.text()
    assert not window.actions_[Command.PUBLISH].isEnabled()
    with qtbot.waitSignal(window.editor.view_changed):
        engine.go.set()
    assert not progress.isVisible()
    assert window.week_page.view().state is WeekState.DRAFT
    assert "1 person saknas" in window.bar.text()


@pytest.mark.usefixtures("accepted")
def test_stop_keeps_the_best_so_far(window, empty_file, engine, qtbot):
    show_plan(window, empty_file, qtbot)
    with qtbot.waitSignal(window.presenter.progressed):
        window.actions_[Command.GENERATE].trigger()
    with qtbot.waitSignal(window.editor.view_changed):
        qtbot.mouseClick(window.week_page.progress.stop_button, Qt.MouseButton.LeftButton)
    assert engine.was_stopped
    assert window.week_page.view().state is WeekState.DRAFT


@pytest.mark.usefixtures("accepted")
def test_window_stays_alive_while_generating(window, empty_file, engine, qtbot):
    show_plan(window, empty_file, qtbot)
    with qtbot.waitSignal(window.presenter.progressed):
        window.actions_[Command.GENERATE].trigger()
    with qtbot.waitSignal(window.presenter.week_fetched):
        window.actions_[Command.NEXT].trigger()
    window.choose_language("en")
    assert words.language() == "sv"
    assert window.week_page.progress.isVisible()
    with qtbot.waitSignal(window.editor.view_changed):
        engine.go.set()  # the proposal's week comes back to the front
    assert window.week_page.view().week == small.WEEK


def test_a_proposal_is_taken_over_for_some_people_and_undone(
    drafted_window, engine, accepted, qtbot, monkeypatch
):
    person = small.CONTACTS[0]
    before = drafted_window.editor.roster
    monkeypatch.setattr(ProposalDialog, "chosen", lambda _dialog: frozenset({person}))
    with qtbot.waitSignal(drafted_window.presenter.progressed):
        drafted_window.actions_[Command.GENERATE].trigger()
    select = drafted_window.week_page.people
    select.select_person(small.OFFICERS[0], small.MONDAY)
    drafted_window.actions_[Command.REMOVE].trigger()  # an edit made meanwhile
    edited = drafted_window.editor.roster
    with qtbot.waitSignal(drafted_window.presenter.generated):
        engine.go.set()
    (_generate, proposal) = accepted
    assert isinstance(proposal, ProposalDialog)
    assert proposal.people.topLevelItemCount() > 0
    assert drafted_window.editor.roster.shifts == edited.shifts
    assert before.shifts != edited.shifts


@pytest.mark.usefixtures("accepted")
def test_closing_while_generating_ends_the_engine(window, empty_file, engine, qtbot):
    show_plan(window, empty_file, qtbot)
    with qtbot.waitSignal(window.presenter.progressed):
        window.actions_[Command.GENERATE].trigger()
    window.close()
    assert engine.was_stopped
    assert window.presenter.open_plan is None


@pytest.mark.usefixtures("accepted")
def test_failing_engine_is_told_and_the_window_goes_on(window, empty_file, qtbot, monkeypatch):
    def fail(*_args: object, **_options: object) -> Proposal:
        raise ConflictError("week-not-generated", week=small.WEEK)

    monkeypatch.setattr(generating, "generate", fail)
    show_plan(window, empty_file, qtbot)
    with qtbot.waitSignal(window.presenter.failed):
        window.actions_[Command.GENERATE].trigger()
    assert window.bar.isVisible()
    assert not window.week_page.progress.isVisible()
    assert window.actions_[Command.GENERATE].isEnabled()


def test_fault_of_the_program_opens_the_report_dialog(drafted_window, monkeypatch):
    shown = []
    monkeypatch.setattr(window_module, "show_crash", lambda error, _parent: shown.append(error))
    error = RuntimeError("no")
    drafted_window.show_error(error)
    assert shown == [error]


def test_publishing_asks_for_each_uncovered_window(drafted_window, accepted, qtbot):
    with qtbot.waitSignals(
        [drafted_window.presenter.published, drafted_window.presenter.week_fetched]
    ):
        drafted_window.actions_[Command.PUBLISH].trigger()
    assert len(accepted) == 1
    assert drafted_window.week_page.view().state is WeekState.PUBLISHED
    assert "version 1" in drafted_window.bar.text()


def test_what_the_assistant_imports_is_shown(window, tmp_path, qtbot, monkeypatch):
    with qtbot.waitSignal(window.presenter.week_fetched):
        window.make_plan(str(tmp_path / "new.narvaro"))
    source = Path(__file__).parents[2] / "resources" / "example" / "vasteras"

    def read(assistant: ImportAssistant) -> None:
        report = import_(window.presenter.open_plan, source)
        assistant.source_read.emit(str(source))
        assistant.imported.emit(report)

    monkeypatch.setattr(ImportAssistant, "exec", read)
    with qtbot.waitSignal(window.presenter.week_fetched, timeout=30_000):
        window.actions_[Command.IMPORT].trigger()
    assert "Importerat" in window.bar.text()
    assert window._preferences.import_source == str(source)


def test_language_changes_at_once_and_keeps_the_week(drafted_window):
    drafted_window.week_page.tabs.setCurrentIndex(1)
    drafted_window.choose_language("en")
    assert drafted_window.menuBar().actions()[0].text() == "&File"
    assert drafted_window.week_page.header.state.text() == "Draft"
    assert drafted_window.week_page.view().week == small.WEEK
    assert drafted_window.week_page.tabs.currentIndex() == 1
    assert drafted_window._preferences.language == "en"


def test_language_changes_in_the_part_that_is_looked_at(drafted_window):
    drafted_window.part_actions[Part.SITUATION].trigger()
    before = drafted_window.sections.bar
    drafted_window.choose_language("en")
    assert drafted_window.sections.part is Part.SITUATION
    assert drafted_window.sections.pages.currentWidget() is drafted_window.sections.page(
        Part.SITUATION
    )
    assert not before.isVisible()
    assert drafted_window.sections.bar.isVisible()


def test_language_changes_while_a_week_is_fetched(window, empty_file, qtbot):
    with qtbot.waitSignal(window.presenter.week_fetched):
        with qtbot.waitSignal(window.presenter.week_asked):
            window.open(str(empty_file))
        window.choose_language("en")
        header = window.week_page.header
        assert header.picker._edit.text() == str(window.presenter.week)
        assert not header.state.isVisible()
    assert header.state.isVisible()


def test_theme_changes_at_once(drafted_window):
    drafted_window.choose_theme(Mode.DARK)
    assert theme.tokens().is_dark
    assert drafted_window._preferences.mode is Mode.DARK


def test_every_command_has_a_shortcut_of_its_own_or_a_reason(window):
    without = {c for c, action in window.actions_.items() if action.shortcut().isEmpty()}
    rare = {Command.EXAMPLE, Command.SWAPS, Command.TOUR, Command.ABOUT, Command.FORGET}
    assert without == rare
    keys = [action.shortcut().toString() for action in window.actions_.values()]
    assert len([key for key in keys if key]) == len({key for key in keys if key})


@pytest.mark.parametrize("code", ["sv", "en"])
def test_menu_letters_are_unique(window, code):
    window.choose_language(code)
    menus = window.menuBar().actions()
    assert_unique([action.text() for action in menus])
    for action in menus:
        assert_unique([inner.text() for inner in action.menu().actions() if inner.text()])


@pytest.mark.parametrize("code", ["sv", "en"])
def test_every_widget_that_takes_the_keyboard_has_a_name(drafted_window, qtbot, code):
    drafted_window.choose_language(code)
    dialogs: list[QWidget] = [
        GenerateDialog(small.WEEK, drafted_window, has_shifts=True),
        prints(drafted_window, qtbot),
    ]
    nameless = [
        f"{type(top).__name__}: {widget.metaObject().className()}"
        for top in (drafted_window, *dialogs)
        for widget in top.findChildren(QWidget)
        if takes_keyboard(widget) and not accessible_name(widget)
    ]
    assert nameless == []


def prints(window: MainWindow, qtbot: QtBot) -> PrintsDialog:
    dialog = PrintsDialog(window.presenter.open_plan, small.WEEK, window._runner, window)
    qtbot.waitUntil(lambda: not dialog.pane.is_waiting(), timeout=20_000)
    return dialog


def takes_keyboard(widget: QWidget) -> bool:
    kind = widget.metaObject().className()
    is_inside = isinstance(widget.parent(), QAbstractSpinBox) or kind.startswith("QComboBox")
    is_qts = widget.objectName().startswith("qt_")
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and (kind == "QComboBox" or not is_inside)
        and not is_qts
    )


def accessible_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def assert_unique(labels: list[str]) -> None:
    letters = [label[label.index("&") + 1].lower() for label in labels if "&" in label]
    assert len(letters) == len(labels), labels
    assert len(letters) == len(set(letters)), labels


def test_what_is_unsaved_in_the_data_is_settled_before_the_language_changes(
    drafted_window, monkeypatch
):
    drafted_window.part_actions[Part.DATA].trigger()
    records = drafted_window.sections.records
    assert records is not None
    asked = []
    monkeypatch.setattr(records, "leave", lambda then, _stay=None: asked.append(then))
    drafted_window.choose_language("en")
    assert words.language() == "sv"  # until the user has said what becomes of it
    asked[0]()
    assert words.language() == "en"
    assert drafted_window.sections.records is not records  # made anew
    assert drafted_window.sections.topic() == "data"
