"""The main window: menus, pages and dialogs, and what the presenter tells them."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner import messages
from planner.domain.roster import Gap, Roster
from planner.errors import InputError, PlannerError
from planner.services.history import History
from planner.services.plans import OpenPlan
from planner.services.roster.views import GenerateProgress, WeekState, WeekView
from planner.services.week.day_views import FourWeeksView
from planner.services.week.working_week import WorkingWeek
from planner.words import _
from ui.actions import Command, enable, make_actions
from ui.crash import show_crash
from ui.dialogs import Dialogs
from ui.editor import Editor
from ui.help import HelpWindow
from ui.jobs import Runner
from ui.languages import speak
from ui.menus import Menus
from ui.palette import CommandPalette
from ui.parts import Part, part_actions
from ui.preferences import Preferences
from ui.presenter import Presenter
from ui.proposals import Proposals
from ui.sections import Sections
from ui.status_line import StatusLine
from ui.teller import Teller
from ui.theme import Mode, theme
from ui.tour import Tour, TourOffer, example_steps
from ui.ways import spots, targets
from ui.week import WeekPage
from ui.week.page import DAY_TAB, PEOPLE_TAB, PLACES_TAB, WEEKS_TAB
from ui.welcome import WelcomePage
from ui.widgets import MessageBar


class MainWindow(QMainWindow):
    """Shows the welcome page, or a week of the open plan."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._runner = Runner(self)
        self.presenter = Presenter(self._runner, self)
        self.dialogs = Dialogs(self.presenter, self._runner, preferences, self)
        self.editor = Editor(self._runner, self.dialogs.ask_reason, self)
        self._history = History(undoable=(), redoable=())
        self._manual: HelpWindow | None = None
        self._refused = ""
        self.setWindowTitle(_("Närvaro"))
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize()))
        self.setMinimumHeight(620)
        if not preferences.geometry.isEmpty():
            self.restoreGeometry(preferences.geometry)
        self.bar = MessageBar()
        self.teller = Teller(self.bar)
        self.proposals = Proposals(self.presenter, self.editor, self.dialogs, self.teller)
        self._build()
        self._listen()

    @Slot(str)
    def open(self, target: str) -> None:
        """Open a plan file or address, once what is unsaved in the present one is settled."""
        self.sections.leave(lambda: self.presenter.open(target))

    def make_plan(self, target: str, *, example: str = "") -> None:
        """Make a plan and open it."""
        self.presenter.create(target, example=example)

    def _build(self) -> None:
        """Make every widget, in the language in force."""
        self.actions_ = make_actions(self)
        self.part_actions = part_actions(self)
        self.menus = Menus(
            self.menuBar(), self.actions_, self.part_actions.values(), self._preferences.mode
        )
        self.menus.theme_chosen.connect(self.choose_theme)
        self.menus.language_chosen.connect(self.choose_language)
        self.menus.recent_chosen.connect(self.open)
        self.welcome = WelcomePage(
            self.actions_[Command.NEW],
            self.actions_[Command.OPEN],
            self.actions_[Command.EXAMPLE],
            self.actions_[Command.OWN_ROSTER],
        )
        self.welcome.recent_chosen.connect(self.open)
        self.week_page = WeekPage(self.actions_, self.editor)
        self.week_page.four_weeks_asked.connect(self.presenter.fetch_four_weeks)
        self.week_page.week_asked.connect(self.presenter.show_week)
        self.week_page.this_week_asked.connect(self.presenter.show_current_week)
        self.week_page.week_refused.connect(self.show_error)
        self.week_page.reasons_asked.connect(self.explain_gap)
        self.week_page.data_asked.connect(partial(self._choose_part, Part.DATA))
        self.week_page.progress.stop_asked.connect(self.presenter.stop)
        self._lay_out()
        self._make_overlays()
        self.offer.accepted.connect(self.tour.start)
        self.status = StatusLine(self.statusBar())
        self._connect()
        self._show_recent()
        self._enable()

    def _lay_out(self) -> None:
        self.sections = Sections(self.welcome, self.week_page, self._runner)
        self.sections.changed.connect(self.presenter.refresh)
        self.sections.changed.connect(self.editor.ask_history)
        self.sections.import_asked.connect(self.dialogs.import_records)
        self.sections.week_asked.connect(self.presenter.show_week)
        self.sections.spot_asked.connect(self._show_spot)
        self.sections.proposed.connect(self.proposals.offer)
        self.sections.gap_asked.connect(self.explain_gap)
        self.sections.report_back_asked.connect(self.dialogs.report_back_on)
        self.sections.failed.connect(self.show_error)
        self.menuBar().setCornerWidget(self.sections.bar)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.offer = TourOffer(self._preferences)
        layout.addWidget(self.bar)
        layout.addWidget(self.offer)
        layout.addWidget(self.sections.pages, stretch=1)
        self.setCentralWidget(whole)

    def _make_overlays(self) -> None:
        page, show_week = self.week_page, self.presenter.show_week
        own = (a for c, a in self.actions_.items() if c is not Command.PALETTE)
        commands = (*own, *self.part_actions.values())
        self.finder = CommandPalette(
            self,
            lambda: commands,
            lambda typed: targets(page, typed, show_week),
            self._preferences,
        )
        steps = example_steps(spots(page, self.menuBar(), self._people_for_tour))
        self.tour = Tour(self, steps, self._preferences)

    def _connect(self) -> None:
        for command, slot in {
            Command.NEW: lambda: self.sections.leave(self.dialogs.make_plan),
            Command.OPEN: lambda: self.sections.leave(self.dialogs.open_plan),
            Command.EXAMPLE: lambda: self.sections.leave(self.dialogs.make_example),
            Command.IMPORT: self.dialogs.import_records,
            Command.OWN_ROSTER: lambda: self.sections.leave(self.dialogs.import_roster),
            Command.QUIT: self.close,
            Command.UNDO: self.editor.undo,
            Command.REDO: self.editor.redo,
            Command.COPY: self.week_page.editing.copy,
            Command.PASTE: self.week_page.editing.paste,
            Command.REMOVE: self.week_page.editing.remove,
            Command.LOCK: self.week_page.editing.lock,
            Command.NOTE: self.week_page.editing.write_note,
            Command.COPY_WEEK: self.presenter.fetch_last_roster,
            Command.CANDIDATES: self.week_page.find_candidates,
            Command.REASONS: self._explain_chosen_gap,
            Command.ABSENCE: self._report_absence,
            Command.CALLS: self.dialogs.call_people,
            Command.SWAPS: self.dialogs.decide_swaps,
            Command.PREVIOUS: self._go_back,
            Command.NEXT: self._go_on,
            Command.THIS_WEEK: self.presenter.show_current_week,
            Command.GENERATE: self._ask_generate,
            Command.STOP: self.presenter.stop,
            Command.PUBLISH: self.presenter.check_publishing,
            Command.VERSIONS: self.dialogs.compare_versions,
            Command.SEND: self.dialogs.send,
            Command.PRINT: self.dialogs.print_out,
            Command.REPORT_BACK: self.dialogs.report_back,
            Command.FORGET: self.dialogs.forget,
            Command.EXPORT: self.dialogs.export,
            Command.PEOPLE: lambda: self._show_tab(PEOPLE_TAB),
            Command.PLACES: lambda: self._show_tab(PLACES_TAB),
            Command.DAY: lambda: self._show_tab(DAY_TAB),
            Command.FOUR_WEEKS: lambda: self._show_tab(WEEKS_TAB),
            Command.SEARCH: self._search,
            Command.PALETTE: self.finder.open,
            Command.HELP: self._open_manual,
            Command.TOUR: self.tour.start,
            Command.ABOUT: self.dialogs.tell_about,
        }.items():
            self.actions_[command].triggered.connect(slot)
        for part, action in self.part_actions.items():
            action.triggered.connect(partial(self._choose_part, part))

    def _listen(self) -> None:
        presenter = self.presenter
        presenter.plan_opened.connect(self._take_plan)
        presenter.week_asked.connect(self._take_question)
        presenter.week_fetched.connect(self._take_week)
        presenter.four_weeks_fetched.connect(self._take_four_weeks)
        presenter.last_roster_fetched.connect(self._copy_last_week)
        presenter.found_again.connect(self.teller.tell_found_again)
        presenter.changed_by_others.connect(self.teller.tell_of_others)
        presenter.changed_by_others.connect(self.editor.ask_history)
        self.editor.view_changed.connect(self.show_view)
        self.editor.history_changed.connect(self._take_history)
        self.editor.undone.connect(self.teller.tell_undone)
        self.editor.held.connect(self.teller.tell_held)
        self.editor.redone.connect(self.teller.tell_redone)
        self.editor.outdated.connect(presenter.refresh)
        self.editor.failed.connect(self.show_error)
        presenter.generating_began.connect(self._begin_generating)
        presenter.progressed.connect(self._take_progress)
        presenter.stopping.connect(self._take_stopping)
        presenter.generated.connect(self.proposals.offer)
        presenter.generating_ended.connect(self._end_generating)
        presenter.imported.connect(self.teller.tell_import)
        presenter.publish_checked.connect(self.dialogs.publish)
        presenter.published.connect(self.teller.tell_publication)
        presenter.published.connect(self.editor.ask_history)
        presenter.failed.connect(self.show_error)
        self.dialogs.failed.connect(self.show_error)
        self.dialogs.data_asked.connect(self._show_record)
        self.bar.accepted.connect(self.dialogs.send)
        self.dialogs.week_changed.connect(presenter.refresh)
        self.dialogs.week_changed.connect(self.editor.ask_history)
        presenter.away_reported.connect(self.dialogs.repair)

    @Slot(object)
    def show_error(self, error: Exception) -> None:
        """Say what is wrong in a sentence; a failure of the program itself gets a dialog."""
        if isinstance(error, PlannerError):
            self.bar.say(" ".join(messages.sentences(error)), "danger")
            self._refused = self.bar.text() if isinstance(error, InputError) else ""
        else:
            show_crash(error, self)

    @Slot(object)
    def choose_theme(self, mode: Mode) -> None:
        """Dress the window, now and when it is opened next."""
        self._preferences.mode = mode
        theme().choose(mode)

    @Slot(str)
    def choose_language(self, code: str) -> None:
        """Speak another language: every widget is made anew and shows the week it showed."""
        self.sections.leave(lambda: self._speak(code))

    def _speak(self, code: str) -> None:
        if self.presenter.is_generating:
            self.bar.say(_("The language can be changed when generating has ended."), "warning")
            return
        self._preferences.language = code
        app = QApplication.instance()
        if isinstance(app, QApplication):
            speak(app, code)
        front = self.sections.part
        view, tab = self.week_page.view(), self.week_page.tabs.currentIndex()
        for action in (*self.actions_.values(), *self.part_actions.values()):
            self.removeAction(action)
            action.deleteLater()
        self.status.clear()
        for overlay in (self.finder, self.tour, self.sections.bar):
            overlay.hide()
            overlay.deleteLater()
        if self._manual is not None:
            self._manual.close()
            self._manual.deleteLater()
            self._manual = None
        self._build()
        if self.presenter.open_plan is not None:
            self.sections.show_plan(self.presenter.open_plan)
        if view is not None:
            self.show_view(view)
            self.sections.show_week(view.week)
            self.week_page.tabs.setCurrentIndex(tab)
        elif self.presenter.week is not None:
            self.week_page.show_week(self.presenter.week)  # it is still being fetched
        self.sections.choose(front)

    @Slot(object)
    def show_view(self, view: WeekView) -> None:
        """Show a week of the open plan."""
        if self.presenter.open_plan is None:
            return
        self.week_page.show_view(view, self.presenter.open_plan.plan)
        page = self.week_page
        self.status.show_view(view, page.worth(), page.worth_of_levels())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.sections.is_unsaved():
            event.ignore()
            self.sections.leave(self._close_again)
            return
        self._preferences.geometry = self.saveGeometry()
        self.presenter.close()
        super().closeEvent(event)

    def _close_again(self) -> None:
        self.close()

    def _enable(self) -> None:
        undoable, redoable = self._history.undoable, self._history.redoable
        enable(
            self.actions_,
            has_plan=self.presenter.open_plan is not None,
            is_generating=self.presenter.is_generating,
            can_undo=bool(undoable),
            can_redo=bool(redoable),
        )
        for action in self.part_actions.values():
            action.setEnabled(self.presenter.open_plan is not None)
        undo, redo = self.actions_[Command.UNDO], self.actions_[Command.REDO]
        undo.setText(_undo_text(self._history))
        redo.setText(
            _("R&edo: {command}", command=messages.command_text(redoable[-1].command))
            if redoable
            else _("R&edo")
        )

    def _show_recent(self) -> None:
        recent = self._preferences.recent
        self.menus.show_recent(recent)
        self.welcome.show_recent(recent)

    @Slot(object)
    def _take_plan(self, open_plan: OpenPlan) -> None:
        self._preferences.remember(str(open_plan.target))
        self._show_recent()
        self.bar.hide()
        self.setWindowTitle(
            f"{open_plan.plan.settings.name or Path(open_plan.target).stem} – Närvaro"
        )
        self.sections.show_plan(open_plan)
        self.week_page.people.setFocus()
        self._enable()
        if open_plan.plan.settings.notice:  # only the example has one
            self.offer.offer()

    @Slot(object)
    def _take_week(self, working: WorkingWeek) -> None:
        if self.presenter.open_plan is None:
            return
        if self.editor.is_saving:
            self.presenter.refresh()  # what came was read before the last edit was kept
            return
        self.editor.show(self.presenter.open_plan, working)
        self.show_view(working.view)
        self.sections.show_week(working.week)
        self.proposals.offer_waiting(working.week)

    @Slot(object)
    def _copy_last_week(self, last: Roster) -> None:
        self.week_page.editing.copy_week(last)

    @Slot(object)
    def _take_four_weeks(self, view: FourWeeksView) -> None:
        self.week_page.show_four_weeks(view)

    @Slot(object)
    def _take_history(self, history: History) -> None:
        self._history = history
        self._enable()
        self.sections.refresh()  # what was done is stored now

    @Slot(object)
    def _take_question(self) -> None:
        if self._refused and self.bar.text() == self._refused:
            self.bar.hide()  # another week was typed, and there is one
        if self.presenter.week is not None:
            self.week_page.show_week(self.presenter.week)

    @Slot(int)
    def _begin_generating(self, seconds: int) -> None:
        self.bar.hide()
        self.week_page.progress.begin(seconds)
        self._enable()

    @Slot(object)
    def _take_progress(self, progress: GenerateProgress) -> None:
        self.week_page.progress.show_progress(progress)

    @Slot()
    def _take_stopping(self) -> None:
        self.week_page.progress.show_stopping()

    @Slot()
    def _end_generating(self) -> None:
        self.week_page.progress.hide()
        self._enable()

    @Slot()
    def _go_back(self) -> None:
        if self.presenter.week is not None:
            self.presenter.show_week(self.presenter.week.shifted(-1))

    @Slot()
    def _go_on(self) -> None:
        if self.presenter.week is not None:
            self.presenter.show_week(self.presenter.week.shifted(1))

    def _show_tab(self, tab: int) -> None:
        if self.sections.choose(Part.WEEK):
            self.week_page.tabs.setCurrentIndex(tab)

    def _choose_part(self, part: Part, _is_checked: object = None) -> None:
        self.sections.choose(part)

    @Slot(str, object)
    def _show_spot(self, source: str, day: date) -> None:
        """Show a place on a day of the week shown, or the whole day."""
        if source:
            self.week_page.show_place(source, day)
        else:
            self.week_page.show_day(day)

    @Slot(str, str)
    def _show_record(self, set_name: str, id_: str) -> None:
        self.sections.show_record(set_name, id_)

    @Slot()
    def _open_manual(self) -> None:
        self._manual = self._manual or HelpWindow(self)
        self._manual.show_page(self.sections.topic())

    @Slot()
    def _ask_generate(self) -> None:
        view = self.week_page.view()
        has_shifts = view is not None and any(day.shifts for row in view.people for day in row.days)
        self.dialogs.generate(
            has_shifts=has_shifts, selection=self.week_page.editing.selected_days()
        )

    @Slot(object)
    def explain_gap(self, gap: Gap | None) -> None:
        """Open why the gaps of the week shown are there, first of all one of them."""
        working = self.editor.working
        if working is None:
            return
        if working.view.state is WeekState.EMPTY:
            self.bar.say(_("There is no roster for this week yet"), "warning")
        else:
            self.dialogs.explain_gap(working, self.editor.close_gap, gap)

    @Slot()
    def _explain_chosen_gap(self) -> None:
        is_week = self.sections.part is Part.WEEK
        self.explain_gap(self.week_page.current_gap() if is_week else None)

    @Slot()
    def _report_absence(self) -> None:
        roster = self.editor.roster
        is_week = self.sections.part is Part.WEEK
        chosen = self.week_page.chosen_person() if is_week else None
        self.dialogs.report_absence(roster.shifts if roster else (), chosen)

    def _people_for_tour(self) -> QWidget:
        self._show_tab(PEOPLE_TAB)
        return self.week_page.people

    @Slot()
    def _search(self) -> None:
        self.week_page.filters.search()


def _undo_text(history: History) -> str:
    """Return what undoing would take back; of what cannot be undone, that it cannot."""
    if not history.undoable:
        return _("&Undo")
    if history.final is not None:
        command = messages.command_text(history.final.command)
        return _("&Undo: {command} (cannot be undone)", command=command)
    return _("&Undo: {command}", command=messages.command_text(history.undoable[-1].command))
