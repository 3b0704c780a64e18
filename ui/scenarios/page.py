"""The page What if: scenarios, a promise under test, and how fragile the week is."""

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from planner.services.plans import OpenPlan
from planner.words import _
from ui.jobs import Job, Runner
from ui.scenarios.compare_view import CompareView
from ui.scenarios.fragility_view import FragilityView
from ui.scenarios.keep_view import KeepView
from ui.widgets import PartPage, WeekPicker, divider

COMPARE_TAB, KEEP_TAB, FRAGILITY_TAB = range(3)


class ScenariosPage(PartPage):
    """Tries things beside the plan; nothing of the plan is changed."""

    follows_week: ClassVar[bool] = True

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(open_plan, runner, parent)
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._looking: Job | None = None
        self.picker = WeekPicker()
        self.picker.picked.connect(self.week_picked)
        self.picker.refused.connect(self.failed)
        self.compare = CompareView(open_plan, runner)
        self.compare.proposed.connect(self.proposed)
        self.keep = KeepView(open_plan, runner)
        self.keep.week_asked.connect(self.week_asked)
        self.fragility = FragilityView(open_plan, runner)
        self.fragility.spot_asked.connect(self.spot_asked)
        self.compare.scenarios.listed.connect(self.keep.offer)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("What is tried"))
        self.tabs.setExpanding(False)
        self.pages = QStackedWidget()
        for text, view in (
            (_("Scenarios"), self.compare),
            (_("Can we keep this?"), self.keep),
            (_("How fragile is it?"), self.fragility),
        ):
            self.tabs.addTab(text)
            self.pages.addWidget(view)
            view.failed.connect(self.failed)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 14, 0)
        head.addWidget(self.picker)
        head.addWidget(self.picker.dates)
        head.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.tabs)
        layout.addWidget(divider())
        layout.addWidget(self.pages, stretch=1)

    @override
    def show_plan(self, open_plan: OpenPlan) -> None:
        super().show_plan(open_plan)
        for view in (self.compare, self.keep, self.fragility):
            view.show_plan(open_plan)

    @override
    @Slot()
    def refresh(self) -> None:
        if self._week is None:
            return
        self.picker.show_week(self._week)
        for view in (self.compare, self.keep, self.fragility):
            view.show_week(self._week)
        store, week = self._open_plan.store, self._week
        self._looking = Job(lambda _job: store.draft_revision(week))
        self._looking.done.connect(self._take_revision)
        self._looking.failed.connect(self.failed)
        self._runner.line_up(self._looking)

    @Slot(object)
    def _take_revision(self, revision: int) -> None:
        if self.sender() is self._looking:
            self.compare.tell_revision(revision)
            self.fragility.tell_revision(revision)
