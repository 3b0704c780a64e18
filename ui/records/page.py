"""The data page: every record of the plan, found, edited and saved."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from planner import messages
from planner.domain.changes import Change
from planner.domain.records import record_key
from planner.errors import ConflictError, PlannerError
from planner.services.plans import OpenPlan
from planner.services.records.bundles import Bundle, completed, save_bundle
from planner.services.records.names import record_name
from planner.services.records.saving import RefusedRecordsError, changed_together, save_records
from planner.services.records.uses import Use, named_by, removal
from planner.words import _
from ui.jobs import Job, Runner
from ui.records import asking
from ui.records.asking import Unsaved
from ui.records.catalogue import SPECS
from ui.records.navigation import Navigation
from ui.records.school_year import SchoolYearDialog
from ui.records.sentences import fault_text, refusal_text, removal_text
from ui.records.set_view import SETTINGS, SetView
from ui.widgets import MessageBar, PartPage

_FIRST = "staff"
_NAVIGATION_PX = 228
_CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


class RecordsPage(PartPage):
    """Leads from a record set to a record, and saves what is written."""

    follows_week = False

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(open_plan, runner, parent)
        self._views: dict[str, SetView] = {}
        self._shown = _FIRST
        self._stale: set[str] = set()
        self._saving: Bundle | None = None
        self._then: Callable[[], None] | None = None
        self._back: Callable[[], None] | None = None
        self.bar = MessageBar()
        self.navigation = Navigation()
        self.navigation.setMinimumWidth(140)
        self.navigation.set_chosen.connect(self._choose_set)
        self.sets = QStackedWidget()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.navigation)
        splitter.addWidget(self.sets)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([_NAVIGATION_PX, 6 * _NAVIGATION_PX])
        row = QHBoxLayout()
        row.addWidget(splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addLayout(row, stretch=1)
        self._go_to(_FIRST)

    @property
    def view(self) -> SetView:
        """The record set that is shown."""
        return self._views[self._shown]

    @override
    def show_plan(self, open_plan: OpenPlan) -> None:
        """Show the records of another plan; what is unsaved of the last is gone."""
        super().show_plan(open_plan)
        for view in self._views.values():
            view.show_nothing()
        self._show_records()

    @override
    @Slot()
    def refresh(self) -> None:
        """Read the plan again, as others may have changed it; what is unsaved stays."""
        open_plan = self._open_plan
        self._start(lambda _job: open_plan.refresh(), self._show_records)

    def show_record(self, set_name: str, key: tuple[Any, ...]) -> None:
        """Show the record with that key, once what is unsaved is settled."""

        def show() -> None:
            self._go_to(set_name)
            view = self.view
            if set_name == SETTINGS:
                return
            view.records.reveal(key)
            view.show_marked()
            view.records.table.setFocus()

        self.leave(show)

    @override
    def is_unsaved(self) -> bool:
        """Tell whether something written would be lost."""
        return self.view.is_unsaved()

    @override
    def leave(self, then: Callable[[], None], stay: Callable[[], None] | None = None) -> None:
        """Do something that ends editing, after asking what becomes of what is unsaved.

        Parameters
        ----------
        stay
            Done instead when the user goes on editing, or what is written cannot be saved.
        """
        if self._saving is not None:
            if stay is not None:
                stay()
            return
        if not self.is_unsaved():
            then()
            return
        match asking.ask_unsaved(self.view.panel.name(), self):
            case Unsaved.SAVE:
                self._then, self._back = then, stay
                self.save()
            case Unsaved.DROP:
                self.view.show_again()
                then()
            case Unsaved.STAY if stay is not None:
                stay()
            case _:
                pass

    @Slot()
    def save(self) -> None:
        """Save what is written in the form, or say beside the fields what is wrong."""
        view, open_plan = self.view, self._open_plan
        if self._saving is not None or not view.shows_form() or not view.panel.can_save():
            return
        read = view.panel.form.read()
        if read is None:
            self._stay()
            return
        before, judged = view.panel.before, completed(view.plan, read)
        self._saving = judged
        view.panel.set_busy(is_busy=True)
        self.bar.hide()
        job = Job(lambda _job: save_bundle(open_plan, before, judged))
        job.done.connect(self._take_saved)
        job.failed.connect(self._take_refusal)
        self._runner.line_up(job)

    @Slot()
    def revert(self) -> None:
        """Take back what is written: the form shows the plan’s record again."""
        if self._saving is None and self.view.shows_form():
            self.view.show_again()
            self.view.mark_shown()

    @Slot()
    def make_new(self) -> None:
        """Show an empty form."""
        if self.view.spec.set_name != SETTINGS:
            self.leave(self.view.show_new)

    @Slot()
    def make_copy(self) -> None:
        """Show a copy of the record in the form, to be edited and saved."""
        if self.view.spec.set_name != SETTINGS:
            self.leave(self.view.show_copy)

    @Slot()
    def remove(self) -> None:
        """Ask whether what is marked is removed, naming what goes along; then remove it."""
        view, open_plan = self.view, self._open_plan
        records = view.chosen_records()
        if not records or view.spec.set_name == SETTINGS or self._saving is not None:
            return
        set_name = view.spec.set_name

        def find(_job: Job) -> tuple[str, tuple[Any, ...], tuple[Use, ...]]:
            return set_name, records, named_by(open_plan, set_name, *records)

        self._start(find, self._ask_removal)

    @override
    def event(self, event: QEvent) -> bool:
        # What the page does with a key goes before what the window would do with it.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._command_of(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._command_of(event)
        if command is not None:
            command()
        else:
            super().keyPressEvent(event)

    def _command_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        match event.key(), event.modifiers():
            case Qt.Key.Key_S, modifiers if modifiers == _CONTROL:
                return self.save
            case Qt.Key.Key_N, modifiers if modifiers == _CONTROL:
                return self.make_new
            case Qt.Key.Key_D, modifiers if modifiers == _CONTROL:
                return self.make_copy
            case Qt.Key.Key_Escape, modifiers if modifiers == _NONE:
                can_revert = self.view.shows_form() and self.view.panel.can_save()
                return self.revert if can_revert else None
        return None

    def _go_to(self, set_name: str) -> None:
        view = self._views.get(set_name) or self._make_view(set_name)
        if set_name in self._stale:
            self._stale.discard(set_name)
            view.show_plan(self._open_plan.plan)
        self._shown = set_name
        self.navigation.choose(set_name)
        self.sets.setCurrentWidget(view)
        self.bar.hide()

    def _make_view(self, set_name: str) -> SetView:
        view = SetView(SPECS[set_name])
        view.marked.connect(self._take_marks)
        view.new_asked.connect(self.make_new)
        view.year_asked.connect(self._ask_school_year)
        view.records.removal_asked.connect(self.remove)
        view.records.import_asked.connect(self.import_asked)
        view.panel.save_asked.connect(self.save)
        view.panel.revert_asked.connect(self.revert)
        view.panel.copy_asked.connect(self.make_copy)
        view.panel.removal_asked.connect(self.remove)
        view.together.removal_asked.connect(self.remove)
        view.together.change_asked.connect(self._change_together)
        self.sets.addWidget(view)
        self._views[set_name] = view
        view.show_plan(self._open_plan.plan)
        self.navigation.show_plan(self._open_plan.plan)
        return view

    @Slot(str)
    def _choose_set(self, set_name: str) -> None:
        shown = self.view.spec.set_name
        self.leave(lambda: self._go_to(set_name), lambda: self.navigation.choose(shown))

    @Slot()
    def _take_marks(self) -> None:
        view = self.view
        set_name = view.spec.set_name
        wanted = [record_key(set_name, record) for record in view.records.selected()]

        def show() -> None:
            view.records.mark(wanted)  # saving has marked what was saved
            view.show_marked()

        self.leave(show, view.mark_shown)

    @Slot()
    def _show_records(self) -> None:
        """Show the plan as it was last read."""
        plan = self._open_plan.plan
        self.navigation.show_plan(plan)
        self._stale = set(self._views) - {self.view.spec.set_name}
        self.view.show_plan(plan)
        if self.view.is_unsaved() and self.view.is_outdated() and self._saving is None:
            self.view.panel.bar.say(
                _("Somebody else changed this record meanwhile. Revert shows theirs."), "warning"
            )

    @Slot()
    def _take_saved(self) -> None:
        judged, then = self._saving, self._then
        self._saving = self._then = self._back = None
        view = self.view
        view.panel.set_busy(is_busy=False)
        if judged is not None:
            view.plan = self._open_plan.plan
            view.show_record(judged.record)
            self._show_records()
            if view.spec.set_name != SETTINGS:
                view.records.reveal(record_key(view.spec.set_name, judged.record))
            view.panel.say_saved()
        self.changed.emit()
        if then is not None:
            then()

    @Slot(object)
    def _take_refusal(self, error: Exception) -> None:
        judged, self._saving = self._saving, None
        panel = self.view.panel
        panel.set_busy(is_busy=False)
        if isinstance(error, RefusedRecordsError) and judged is not None:
            panel.show_faults(error.faults, judged)
        elif isinstance(error, ConflictError):
            said = _("Revert shows how it is now.")
            panel.bar.say(f"{messages.sentence(error)} {said}", "danger")
            self.refresh()
        else:
            self.failed.emit(error)
        self._stay()

    def _stay(self) -> None:
        """Go on editing, as what is written is not saved."""
        back, self._back, self._then = self._back, None, None
        if back is not None:
            back()

    @Slot(object)
    def _ask_removal(self, found: tuple[str, tuple[Any, ...], tuple[Use, ...]]) -> None:
        set_name, records, uses = found
        view, open_plan = self._views[set_name], self._open_plan
        names = tuple(record_name(view.plan, set_name, record) for record in records)
        if any(not use.goes_along for use in uses):
            self.bar.say(refusal_text(", ".join(names[:3]), uses), "danger")
            return
        if asking.ask_removal(removal_text(names, uses), self):
            view.show_nothing()
            self._write(lambda: removal(open_plan, set_name, *records))

    @Slot(str, object)
    def _change_together(self, field: str, value: object) -> None:
        view = self.view
        records = view.records.selected()
        self._write(lambda: changed_together(view.spec.set_name, records, field, value))

    def _write(self, make: Callable[[], tuple[Change, ...]]) -> None:
        """Save changes that no form holds."""
        open_plan = self._open_plan
        self.bar.hide()
        job = Job(lambda _job: save_records(open_plan, make()))
        job.done.connect(self._take_written)
        job.failed.connect(self._take_unwritten)
        self._runner.line_up(job)

    @Slot()
    def _take_written(self) -> None:
        self._show_records()
        if not self.view.is_unsaved():
            self.view.show_marked()
        self.bar.say(_("Saved. Undo (Ctrl+Z) takes it back."), "success")
        self.changed.emit()

    @Slot(object)
    def _take_unwritten(self, error: Exception) -> None:
        if isinstance(error, RefusedRecordsError):
            fault = error.faults[0]
            name = record_name(self.view.plan, fault.set_name, fault.record)
            self.bar.say(f"{name}: {fault_text(fault.code, fault.values)}", "danger")
        elif isinstance(error, PlannerError):
            self.bar.say(messages.sentence(error), "danger")
            self.refresh()
        else:
            self.failed.emit(error)

    @Slot()
    def _ask_school_year(self) -> None:
        def ask() -> None:
            dialog = SchoolYearDialog(self._open_plan, self._runner, self)
            dialog.saved.connect(self._take_written)
            dialog.failed.connect(self.failed)
            dialog.exec()
            dialog.deleteLater()

        self.leave(ask)

    def _start(self, work: Callable[[Job], object], receive: Callable[..., None]) -> None:
        job = Job(work)
        job.done.connect(receive)
        job.failed.connect(self.failed)
        self._runner.start(job)
