"""The main window: menus, pages and dialogs, and what the presenter tells them."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner import messages
from planner.domain.duties import DutyKind
from planner.domain.publication import JournalEntry
from planner.domain.roster import Roster
from planner.errors import PlannerError
from planner.services.day_views import FourWeeksView
from planner.services.generating import Proposal
from planner.services.history import History
from planner.services.importing import ImportReport
from planner.services.plans import OpenPlan
from planner.services.publish_check import PublishCheck
from planner.services.publishing import PublicationInfo
from planner.services.views import GenerateProgress, WeekState, WeekView
from planner.services.working_week import WorkingWeek
from planner.words import _, ngettext
from ui.about import AboutDialog
from ui.actions import Command, enable, make_actions
from ui.crash import show_crash
from ui.editor import Editor
from ui.help import HelpWindow
from ui.imports import ImportAssistant
from ui.jobs import Runner
from ui.languages import speak
from ui.menus import Menus
from ui.palette import CommandPalette, Target
from ui.preferences import Preferences
from ui.presenter import Presenter
from ui.prints import PrintsDialog
from ui.publish import PublishDialog
from ui.theme import Mode, theme
from ui.tour import Spot, Tour, TourOffer, example_steps
from ui.versions import VersionsDialog
from ui.week import GenerateDialog, WeekPage
from ui.week.page import DAY_TAB, PEOPLE_TAB, PLACES_TAB, WEEKS_TAB
from ui.welcome import WelcomePage
from ui.widgets import MessageBar, ask_text

_EXAMPLE = "vasteras"
_NEAR_WEEKS = 53
"""How far from the week shown the palette goes."""


class MainWindow(QMainWindow):
    """Shows the welcome page, or a week of the open plan."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._runner = Runner(self)
        self.presenter = Presenter(self._runner, self)
        self.editor = Editor(self._runner, self._ask_reason, self)
        self._history = History(undoable=(), redoable=())
        self._manual: HelpWindow | None = None
        self.setWindowTitle(_("Närvaro"))
        self.resize(1440, 900)
        self.setMinimumHeight(600)
        if not preferences.geometry.isEmpty():
            self.restoreGeometry(preferences.geometry)
        self._build()
        self._listen()

    def open(self, target: str) -> None:
        """Open a plan file or address."""
        self.presenter.open(target)

    def make_plan(self, target: str, *, example: str = "") -> None:
        """Make a plan and open it."""
        self.presenter.create(target, example=example)

    def _build(self) -> None:
        """Make every widget, in the language in force."""
        self.actions_ = make_actions(self)
        self.menus = Menus(self.menuBar(), self.actions_, self._preferences.mode)
        self.menus.theme_chosen.connect(self.choose_theme)
        self.menus.language_chosen.connect(self.choose_language)
        self.menus.recent_chosen.connect(self.open)
        self.bar = MessageBar()
        self.welcome = WelcomePage(
            self.actions_[Command.NEW],
            self.actions_[Command.OPEN],
            self.actions_[Command.EXAMPLE],
        )
        self.welcome.recent_chosen.connect(self.open)
        self.week_page = WeekPage(self.actions_, self.editor)
        self.week_page.four_weeks_asked.connect(self.presenter.fetch_four_weeks)
        self.week_page.week_asked.connect(self.presenter.show_week)
        self.week_page.this_week_asked.connect(self.presenter.show_current_week)
        self.week_page.week_refused.connect(self.show_error)
        self.week_page.progress.stop_asked.connect(self.presenter.stop)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.week_page)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.offer = TourOffer(self._preferences)
        layout.addWidget(self.bar)
        layout.addWidget(self.offer)
        layout.addWidget(self.pages, stretch=1)
        self.setCentralWidget(whole)
        actions = (a for command, a in self.actions_.items() if command is not Command.PALETTE)
        commands = tuple(actions)
        self.finder = CommandPalette(self, lambda: commands, self._targets, self._preferences)
        self.tour = self._make_tour()
        self.offer.accepted.connect(self.tour.start)
        self._counts = QLabel()
        self._worth = QLabel()
        self.statusBar().addWidget(self._counts)
        self.statusBar().addPermanentWidget(self._worth)
        self.statusBar().setVisible(False)
        self._connect()
        self._show_recent()
        self._enable()

    def _connect(self) -> None:
        for command, slot in {
            Command.NEW: self._ask_new,
            Command.OPEN: self._ask_open,
            Command.EXAMPLE: self._ask_example,
            Command.IMPORT: self._open_import,
            Command.QUIT: self.close,
            Command.UNDO: self.editor.undo,
            Command.REDO: self.editor.redo,
            Command.COPY: self.week_page.editing.copy,
            Command.PASTE: self.week_page.editing.paste,
            Command.REMOVE: self.week_page.editing.remove,
            Command.LOCK: self.week_page.editing.lock,
            Command.NOTE: self.week_page.editing.write_note,
            Command.COPY_WEEK: self.presenter.fetch_last_roster,
            Command.PREVIOUS: self._go_back,
            Command.NEXT: self._go_on,
            Command.THIS_WEEK: self.presenter.show_current_week,
            Command.GENERATE: self._ask_generate,
            Command.STOP: self.presenter.stop,
            Command.PUBLISH: self.presenter.check_publishing,
            Command.VERSIONS: self._open_versions,
            Command.PRINT: self._open_prints,
            Command.PEOPLE: lambda: self._show_tab(PEOPLE_TAB),
            Command.PLACES: lambda: self._show_tab(PLACES_TAB),
            Command.DAY: lambda: self._show_tab(DAY_TAB),
            Command.FOUR_WEEKS: lambda: self._show_tab(WEEKS_TAB),
            Command.SEARCH: self._search,
            Command.PALETTE: self.finder.open,
            Command.HELP: self._open_manual,
            Command.TOUR: self.tour.start,
            Command.ABOUT: self._open_about,
        }.items():
            self.actions_[command].triggered.connect(slot)

    def _listen(self) -> None:
        presenter = self.presenter
        presenter.plan_opened.connect(self._take_plan)
        presenter.week_asked.connect(self._take_question)
        presenter.week_fetched.connect(self._take_week)
        presenter.four_weeks_fetched.connect(self._take_four_weeks)
        presenter.last_roster_fetched.connect(self._copy_last_week)
        presenter.changed_by_others.connect(self._tell_of_others)
        self.editor.view_changed.connect(self.show_view)
        self.editor.history_changed.connect(self._take_history)
        self.editor.undone.connect(self._tell_undone)
        self.editor.redone.connect(self._tell_redone)
        self.editor.outdated.connect(presenter.refresh)
        self.editor.failed.connect(self.show_error)
        presenter.generating_began.connect(self._begin_generating)
        presenter.progressed.connect(self._take_progress)
        presenter.stopping.connect(self._take_stopping)
        presenter.generated.connect(self._take_proposal)
        presenter.generating_ended.connect(self._end_generating)
        presenter.imported.connect(self._take_import)
        presenter.publish_checked.connect(self._ask_publish)
        presenter.published.connect(self._take_publication)
        presenter.failed.connect(self.show_error)

    @Slot(object)
    def show_error(self, error: Exception) -> None:
        """Say what is wrong in a sentence; a failure of the program itself gets a dialog."""
        if isinstance(error, PlannerError):
            self.bar.say(" ".join(messages.sentences(error)), "danger")
        else:
            show_crash(error, self)

    @Slot(object)
    def choose_theme(self, mode: Mode) -> None:
        """Dress the window, now and when it is opened next."""
        self._preferences.mode = mode
        theme().choose(mode)

    @Slot(str)
    def choose_language(self, code: str) -> None:
        """Speak another language: every widget is made anew and shows what it showed."""
        if self.presenter.is_generating:
            self.bar.say(_("The language can be changed when generating has ended."), "warning")
            return
        self._preferences.language = code
        app = QApplication.instance()
        if isinstance(app, QApplication):
            speak(app, code)
        view, tab = self.week_page.view(), self.week_page.tabs.currentIndex()
        for action in self.actions_.values():
            self.removeAction(action)
            action.deleteLater()
        for part in (self._counts, self._worth):
            self.statusBar().removeWidget(part)
            part.deleteLater()
        for overlay in (self.finder, self.tour):
            overlay.deleteLater()
        if self._manual is not None:
            self._manual.close()
            self._manual.deleteLater()
            self._manual = None
        self._build()
        if self.presenter.open_plan is not None:
            self.pages.setCurrentWidget(self.week_page)
        if view is not None:
            self.show_view(view)
            self.week_page.tabs.setCurrentIndex(tab)
        elif self.presenter.week is not None:
            self.week_page.show_week(self.presenter.week)  # it is still being fetched

    @Slot(object)
    def show_view(self, view: WeekView) -> None:
        """Show a week of the open plan."""
        if self.presenter.open_plan is None:
            return
        self.week_page.show_view(view, self.presenter.open_plan.plan)
        n_duties = sum(len(day.duties) for place in view.places for day in place.days)
        n_missing = sum(gap.missing for gap in view.gaps)
        counts = (
            ngettext("{n} person", "{n} people", len(view.people)),
            ngettext("{n} place", "{n} places", len(view.places)),
            ngettext("{n} duty", "{n} duties", n_duties),
            ngettext("{n} person missing", "{n} people missing", n_missing),
        )
        self._counts.setText(" · ".join(counts) if view.state is not WeekState.EMPTY else "")
        self._worth.setText(self.week_page.worth())
        self._worth.setToolTip(self.week_page.worth_of_levels())
        self.statusBar().setVisible(True)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._preferences.geometry = self.saveGeometry()
        self.presenter.close()
        super().closeEvent(event)

    def _enable(self) -> None:
        undoable, redoable = self._history.undoable, self._history.redoable
        enable(
            self.actions_,
            has_plan=self.presenter.open_plan is not None,
            is_generating=self.presenter.is_generating,
            can_undo=bool(undoable),
            can_redo=bool(redoable),
        )
        undo, redo = self.actions_[Command.UNDO], self.actions_[Command.REDO]
        undo.setText(
            _("&Undo: {command}", command=messages.command_text(undoable[-1].command))
            if undoable
            else _("&Undo")
        )
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
        self.pages.setCurrentWidget(self.week_page)
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

    @Slot(object)
    def _copy_last_week(self, last: Roster) -> None:
        self.week_page.editing.copy_week(last)

    @Slot(object)
    def _take_four_weeks(self, view: FourWeeksView) -> None:
        self.week_page.show_four_weeks(view)

    @Slot(object)
    def _tell_of_others(self, entries: tuple[JournalEntry, ...]) -> None:
        last = entries[-1]
        text = _(
            "{who} changed the plan: {what}. You see it now.",
            who=last.actor or _("Somebody else"),
            what=messages.command_text(last.command).lower(),
        )
        self.bar.say(text, "info")

    @Slot(object)
    def _take_history(self, history: History) -> None:
        self._history = history
        self._enable()

    @Slot(object)
    def _tell_undone(self, entry: JournalEntry) -> None:
        self.bar.say(_("Undone: {command}", command=messages.command_text(entry.command)), "info")

    @Slot(object)
    def _tell_redone(self, entry: JournalEntry) -> None:
        text = _("Done again: {command}", command=messages.command_text(entry.command))
        self.bar.say(text, "info")

    def _ask_reason(self) -> str | None:
        return ask_text(
            _("Change a given shift"),
            _(
                "The shift comes from a base roster or an import. Write why it is changed; the "
                "reason is kept with your name and listed before publishing."
            ),
            _("Change it"),
            self,
        )

    @Slot(object)
    def _take_question(self) -> None:
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

    @Slot(object)
    def _take_proposal(self, proposal: Proposal) -> None:
        done = _("The roster of {week} is ready and kept as the draft.", week=proposal.week)
        if proposal.trouble is not None:
            self.bar.say(_(messages.CUT_SHORT), "warning")
            return
        if proposal.n_gaps:
            lacking = ngettext("{n} person missing", "{n} people missing", proposal.n_gaps)
            self.bar.say(f"{done} {lacking}.", "warning")
        else:
            self.bar.say(f"{done} {_('Nothing is missing.')}", "success")

    @Slot(object)
    def _take_publication(self, info: PublicationInfo) -> None:
        text = _("Published as version {number}. It can be printed now.", number=info.number)
        self.bar.say(text, "success")

    @Slot()
    def _ask_new(self) -> None:
        path = self._ask_file_name(_("New plan"), _("plan"))
        if path:
            self.make_plan(path)

    @Slot()
    def _ask_example(self) -> None:
        path = self._ask_file_name(_("Make a plan from the example"), _EXAMPLE)
        if path:
            self.make_plan(path, example=_EXAMPLE)

    @Slot()
    def _ask_open(self) -> None:
        kinds = _("Plans (*.narvaro);;All files (*)")
        path, _filter = QFileDialog.getOpenFileName(self, _("Open plan"), "", kinds)
        if path:
            self.open(path)

    @Slot()
    def _open_import(self) -> None:
        open_plan = self.presenter.open_plan
        if open_plan is None:
            return
        recent = self._preferences.import_source
        dialog = ImportAssistant(open_plan, self._runner, recent, self)
        dialog.source_read.connect(self._remember_source)
        dialog.imported.connect(self.presenter.take_import)
        dialog.failed.connect(self.show_error)
        dialog.exec()
        dialog.deleteLater()

    @Slot(str)
    def _remember_source(self, path: str) -> None:
        self._preferences.import_source = path

    @Slot(object)
    def _take_import(self, report: ImportReport) -> None:
        n_added = sum(counts.n_added for counts in report.files)
        n_changed = sum(counts.n_changed for counts in report.files)
        text = _(
            "Imported: {added} records are new, {changed} have changed.",
            added=n_added,
            changed=n_changed,
        )
        self.bar.say(text, "success")

    def _ask_file_name(self, title: str, name: str) -> str:
        kinds = _("Plans (*.narvaro)")
        path, _filter = QFileDialog.getSaveFileName(self, title, f"{name}.narvaro", kinds)
        return path if not path or Path(path).suffix else f"{path}.narvaro"

    @Slot()
    def _ask_generate(self) -> None:
        view = self.week_page.view()
        if self.presenter.week is None:
            return
        has_shifts = view is not None and any(day.shifts for row in view.people for day in row.days)
        dialog = GenerateDialog(self.presenter.week, self, has_shifts=has_shifts)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            chosen = dialog.choices()
            self.presenter.generate(seconds=chosen.seconds, duties_only=chosen.duties_only)
        dialog.deleteLater()

    @Slot(object)
    def _ask_publish(self, check: PublishCheck) -> None:
        open_plan = self.presenter.open_plan
        if open_plan is None:
            return
        dialog = PublishDialog(check, open_plan.plan, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.presenter.publish(check.week, dialog.decisions())
        dialog.deleteLater()

    @Slot()
    def _open_versions(self) -> None:
        open_plan, week = self.presenter.open_plan, self.presenter.week
        if open_plan is not None and week is not None:
            dialog = VersionsDialog(open_plan, week, self._runner, self)
            dialog.failed.connect(self.show_error)
            dialog.exec()
            dialog.deleteLater()

    @Slot()
    def _open_prints(self) -> None:
        open_plan, week = self.presenter.open_plan, self.presenter.week
        if open_plan is not None and week is not None:
            dialog = PrintsDialog(open_plan, week, self._runner, self)
            dialog.failed.connect(self.show_error)
            dialog.exec()
            dialog.deleteLater()

    @Slot()
    def _open_about(self) -> None:
        dialog = AboutDialog(self)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def _go_back(self) -> None:
        if self.presenter.week is not None:
            self.presenter.show_week(self.presenter.week.shifted(-1))

    @Slot()
    def _go_on(self) -> None:
        if self.presenter.week is not None:
            self.presenter.show_week(self.presenter.week.shifted(1))

    def _show_tab(self, tab: int) -> None:
        self.pages.setCurrentWidget(self.week_page)
        self.week_page.tabs.setCurrentIndex(tab)

    def _targets(self, typed: str) -> Iterator[Target]:
        """Yield what the palette can go to: people and places shown, and weeks."""
        view = self.week_page.view()
        if view is None:
            return
        for person in view.people:
            yield Target(
                text=person.name,
                hint=person.squad_name,
                icon="users",
                go=partial(self.week_page.show_person, person.staff),
            )
        for place in view.places:
            yield Target(
                text=place.name,
                hint="",
                icon="school" if place.kind is DutyKind.SCHOOL else "map-pin",
                go=partial(self.week_page.show_place, place.source),
            )
        if any(letter.isdigit() for letter in typed):
            for n in range(-_NEAR_WEEKS, _NEAR_WEEKS + 1):
                week = view.week.shifted(n)
                yield Target(
                    text=_("Week {n}", n=week.week),
                    hint=str(week),
                    icon="calendar-days",
                    go=partial(self.presenter.show_week, week),
                )

    @Slot()
    def _open_manual(self) -> None:
        self._manual = self._manual or HelpWindow(self)
        at_start = self.pages.currentWidget() is self.welcome
        self._manual.show_page("first-steps" if at_start else "week")

    def _people_for_tour(self) -> QWidget:
        self._show_tab(PEOPLE_TAB)
        return self.week_page.people

    def _make_tour(self) -> Tour:
        page = self.week_page
        spots: dict[Spot, Callable[[], QWidget | None]] = {
            Spot.WEEK: lambda: page.header.picker,
            Spot.GRID: self._people_for_tour,
            Spot.NEED: lambda: page.chart,
            Spot.ATTENTION: lambda: page.side,
            Spot.VIEWS: lambda: page.tabs,
            Spot.GENERATE: lambda: page.header.generate_button,
            Spot.PUBLISH: lambda: page.header.publish_button,
            Spot.HELP: self.menuBar,
        }
        return Tour(self, example_steps(spots), self._preferences)

    @Slot()
    def _search(self) -> None:
        self.week_page.filters.search()
