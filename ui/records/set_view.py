"""One record set: its list at the left, and at the right the record or records marked."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.domain.plan import Plan
from planner.domain.records import record_key
from planner.services.records.bundles import Bundle, bundle_of, duplicate
from planner.words import _
from ui.records.offers import blank_record
from ui.records.record_list import RecordList
from ui.records.record_panel import RecordPanel
from ui.records.specs import SetSpec
from ui.records.together import TogetherPanel
from ui.widgets import EmptyState, label, text_button

_LIST_PX, _FORM_PX = 500, 730
SETTINGS = "settings"


class SetView(QWidget):
    """Shows what is marked; decides nothing about what is written and not saved."""

    marked = Signal()
    """Other records are marked in the list."""
    new_asked = Signal()
    year_asked = Signal()

    def __init__(self, spec: SetSpec) -> None:
        super().__init__()
        self.spec = spec
        self.plan = Plan()
        self.records = RecordList(spec)
        self.panel = RecordPanel(spec)
        self.together = TogetherPanel(spec)
        self.nothing = EmptyState(
            spec.icon,
            _("Nothing is marked"),
            _("Choose a record in the list to see and edit it, or make a new one (Ctrl+N)."),
        )
        self.right = QStackedWidget()
        for part in (self.nothing, self.panel, self.together):
            self.right.addWidget(part)
        left = self._make_left()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([_LIST_PX, _FORM_PX])
        self.right.setMinimumWidth(300)
        left.setVisible(spec.set_name != SETTINGS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.records.chosen.connect(self.marked)
        self.records.new_asked.connect(self.new_asked)
        self.records.form_asked.connect(self.panel.form.focus_first)

    def _make_left(self) -> QWidget:
        self.new_button = text_button(_(self.spec.one), "plus")
        self.new_button.setToolTip(_("{what} (Ctrl+N)", what=_(self.spec.one)))
        self.new_button.clicked.connect(self.new_asked)
        self.year_button = text_button(_("New school year …"), "calendar-days")
        self.year_button.clicked.connect(self.year_asked)
        if self.spec.set_name != "school_periods":
            self.year_button.hide()
        above = QHBoxLayout()
        above.setContentsMargins(14, 10, 10, 0)
        above.setSpacing(8)
        above.addWidget(label(_(self.spec.title), "heading"))
        above.addStretch()
        above.addWidget(self.year_button)
        above.addWidget(self.new_button)
        left = QWidget()
        left.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setMinimumWidth(240)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(above)
        inside.addWidget(self.records)
        return left

    def show_plan(self, plan: Plan) -> None:
        """Show the records of a plan; a form with something unsaved stays as it is."""
        self.plan = plan
        if self.spec.set_name != SETTINGS:
            self.records.show_plan(plan)
        self.together.show_plan(plan)
        if self.is_unsaved():
            return
        if self.spec.set_name == SETTINGS:
            self.show_record(plan.settings)
        elif self.shows_form():
            self.show_again()
        else:
            self.show_marked()

    def shows_form(self) -> bool:
        """Tell whether one record is shown."""
        return self.right.currentWidget() is self.panel

    def is_unsaved(self) -> bool:
        """Tell whether something written would be lost."""
        return self.shows_form() and self.panel.is_unsaved()

    def is_outdated(self) -> bool:
        """Tell whether the record in the form is another in the plan by now."""
        before = self.panel.before
        return self.shows_form() and before is not None and self._now(before) != before

    def show_record(self, record: Any) -> None:
        """Show a record of the plan in the form."""
        self.panel.show_bundle(self.plan, bundle_of(self.plan, self.spec.set_name, record))
        self.right.setCurrentWidget(self.panel)

    def show_again(self) -> None:
        """Show the form's record as it is in the plan now; nothing if it is gone or was new."""
        before = self.panel.before
        now = self._now(before) if before is not None else None
        if now is None:
            self.show_nothing()
        else:
            self.panel.show_bundle(self.plan, now)
            self.right.setCurrentWidget(self.panel)

    def show_new(self) -> None:
        """Show an empty form."""
        record = blank_record(self.plan, self.spec.set_name)
        self._show_unkept(Bundle(set_name=self.spec.set_name, record=record), is_copy=False)

    def show_copy(self) -> None:
        """Show a copy of the form's record, which is not kept yet."""
        if self.panel.before is not None:
            self._show_unkept(duplicate(self.panel.before), is_copy=True)

    def show_marked(self) -> None:
        """Show what is marked in the list: a record, several, or nothing."""
        records = self.records.selected()
        if not records:
            self.show_nothing()
        elif len(records) == 1:
            self.show_record(records[0])
        else:
            self.together.show_count(len(records))
            self.right.setCurrentWidget(self.together)

    def show_nothing(self) -> None:
        """Show no record."""
        self.panel.before = None
        self.right.setCurrentWidget(self.nothing)

    def mark_shown(self) -> None:
        """Mark in the list what the form shows."""
        record = self.panel.record() if self.shows_form() else None
        self.records.mark([] if record is None else [record_key(self.spec.set_name, record)])

    def chosen_records(self) -> tuple[Any, ...]:
        """Return what a command is about: all that are marked, or the one in the form."""
        record = self.panel.record() if self.shows_form() else None
        if record is not None:
            return (record,)
        return self.records.selected()

    def _show_unkept(self, bundle: Bundle, *, is_copy: bool) -> None:
        self.records.mark([])
        self.panel.show_bundle(self.plan, bundle, is_new=True, is_copy=is_copy)
        self.right.setCurrentWidget(self.panel)
        self.panel.form.focus_first()

    def _now(self, before: Bundle) -> Bundle | None:
        if self.spec.set_name == SETTINGS:
            return bundle_of(self.plan, SETTINGS, self.plan.settings)
        key = record_key(self.spec.set_name, before.record)
        records = getattr(self.plan, self.spec.set_name)
        return next(
            (
                bundle_of(self.plan, self.spec.set_name, record)
                for record in records
                if record_key(self.spec.set_name, record) == key
            ),
            None,
        )
