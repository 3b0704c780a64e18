"""The parts of an open plan: its weeks and its data, and the welcome page before there is one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from planner.services.plans import OpenPlan
from planner.words import _
from ui.jobs import Runner

if TYPE_CHECKING:
    from ui.records import RecordsPage

WEEK_SECTION, DATA_SECTION = range(2)


class Sections(QObject):
    """Shows one part at a time; what is unsaved in the data is settled before it is left.

    Attributes
    ----------
    bar
        Chooses the part.
    pages
        Shows it.
    """

    records_changed = Signal()
    """Records were saved or removed in the data's page."""
    import_asked = Signal()
    """The user wants to read records from files instead."""
    failed = Signal(object)
    """The exception that a service raised."""

    def __init__(self, welcome: QWidget, week: QWidget, runner: Runner) -> None:
        self.pages = QStackedWidget()
        super().__init__(self.pages)
        self._welcome, self._week, self._runner = welcome, week, runner
        self._open_plan: OpenPlan | None = None
        self.records: RecordsPage | None = None
        self.pages.addWidget(welcome)
        self.pages.addWidget(week)
        self.bar = QTabBar()
        self.bar.setAccessibleName(_("Parts of the plan"))
        self.bar.addTab(_("Week"))
        self.bar.addTab(_("Data"))
        self.bar.hide()
        self.bar.currentChanged.connect(self._show)

    def show_plan(self, open_plan: OpenPlan) -> None:
        """Show the week of a plan that was just opened."""
        self._open_plan = open_plan
        if self.records is not None:
            self.records.show_plan(open_plan)
        self._stay_at(WEEK_SECTION)
        self.bar.show()
        self._show_week()

    def choose(self, section: int) -> bool:
        """Go to a part; return whether it is shown now."""
        self.bar.setCurrentIndex(section)
        return self.bar.currentIndex() == section

    def show_record(self, set_name: str, id_: str) -> None:
        """Go to the data, and there to a record if it is named."""
        if self.choose(DATA_SECTION) and self.records is not None and id_:
            self.records.show_record(set_name, (id_,))

    def leave(self, then: Callable[[], None]) -> None:
        """Do something that ends editing the data, once what is unsaved is settled."""
        if self.records is None:
            then()
        else:
            self.records.leave(then)

    def is_unsaved(self) -> bool:
        """Tell whether something written in the data would be lost."""
        return self.records is not None and self.records.is_unsaved()

    def topic(self) -> str:
        """Return the manual's page about what is shown."""
        shown = self.pages.currentWidget()
        if shown is self._welcome:
            return "first-steps"
        return "week" if shown is self._week else "data"

    @Slot(int)
    def _show(self, section: int) -> None:
        if section == DATA_SECTION:
            self._show_records()
        elif self.records is not None:
            self.records.leave(self._show_week, lambda: self._stay_at(DATA_SECTION))

    def _show_week(self) -> None:
        self.pages.setCurrentWidget(self._week)

    def _show_records(self) -> None:
        if self._open_plan is None:
            return
        if self.records is None:
            from ui.records import RecordsPage  # when it is asked for; the window opens without it

            self.records = RecordsPage(self._open_plan, self._runner)
            self.records.changed.connect(self.records_changed)
            self.records.failed.connect(self.failed)
            self.records.import_asked.connect(self.import_asked)
            self.pages.addWidget(self.records)
        else:
            self.records.refresh()
        self.pages.setCurrentWidget(self.records)

    def _stay_at(self, section: int) -> None:
        self.bar.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.bar.setCurrentIndex(section)
        self.bar.blockSignals(False)  # noqa: FBT003 - Qt's signature
