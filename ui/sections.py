"""Shows the parts of an open plan, and the welcome page before there is one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.words import _
from ui.jobs import Runner
from ui.parts import PARTS, Part
from ui.widgets import PartPage

if TYPE_CHECKING:
    from ui.records import RecordsPage

_ORDER = tuple(Part)


class Sections(QObject):
    """Shows one part at a time; what is unsaved in one is settled before it is left.

    Attributes
    ----------
    bar
        Chooses the part.
    pages
        Shows it.
    """

    changed = Signal()
    """Records were saved or removed in the page of a part."""
    import_asked = Signal()
    """The user wants to read records from files instead."""
    report_back_asked = Signal(str)
    """Id of the promise whose report-back is to be looked at."""
    week_asked = Signal(object)
    """An ``IsoWeek`` that the window is to show."""
    spot_asked = Signal(str, object)
    """Id of a place (empty: none) and the ``date`` to show it on in the week, now in front."""
    gap_asked = Signal(object)
    """The ``Gap`` of the week that is to be explained."""
    proposed = Signal(object)
    """A ``Proposal`` to be looked at in the week's part, which is in front now."""
    failed = Signal(object)
    """The exception that a service raised."""

    def __init__(self, welcome: QWidget, week: QWidget, runner: Runner) -> None:
        self.pages = QStackedWidget()
        super().__init__(self.pages)
        self._welcome, self._week_page, self._runner = welcome, week, runner
        self._open_plan: OpenPlan | None = None
        self._week: IsoWeek | None = None
        self._made: dict[Part, PartPage] = {}
        self._shown = Part.WEEK
        self.pages.addWidget(welcome)
        self.pages.addWidget(week)
        self.bar = QTabBar()
        self.bar.setAccessibleName(_("Parts of the plan"))
        for part in _ORDER:
            self.bar.addTab(_(PARTS[part].title) if part in PARTS else _("Week"))
        self.bar.hide()
        self.bar.currentChanged.connect(self._change)

    @property
    def part(self) -> Part:
        """The part that is shown."""
        return self._shown

    @property
    def records(self) -> "RecordsPage | None":
        """The data's page, once it has been made."""
        return self._made.get(Part.DATA)  # type: ignore[return-value]

    def page(self, part: Part) -> PartPage | None:
        """Return the page of a part, once it has been made."""
        return self._made.get(part)

    def show_plan(self, open_plan: OpenPlan) -> None:
        """Show the week of a plan that was just opened."""
        self._open_plan, self._week = open_plan, None
        for page in self._made.values():
            page.show_plan(open_plan)
        self.bar.show()
        self._stay_at(Part.WEEK)
        self._show(Part.WEEK)

    def show_week(self, week: IsoWeek) -> None:
        """Tell the part that is shown of the window's week: another one, or read anew."""
        self._week = week
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Let the part that is shown read the week anew, as it was changed."""
        page = self._made.get(self._shown)
        if page is not None and page.follows_week and self._week is not None:
            page.show_week(self._week)

    def choose(self, part: Part) -> bool:
        """Go to a part; return whether it is shown now."""
        self.bar.setCurrentIndex(_ORDER.index(part))
        return self.bar.currentIndex() == _ORDER.index(part)

    def show_record(self, set_name: str, id_: str) -> None:
        """Go to the data, and there to a record if it is named."""
        if self.choose(Part.DATA) and self.records is not None and id_:
            self.records.show_record(set_name, (id_,))

    def leave(self, then: Callable[[], None]) -> None:
        """Do something that ends editing a part, once what is unsaved is settled."""
        page = self._made.get(self._shown)
        if page is None:
            then()
        else:
            page.leave(then)

    def is_unsaved(self) -> bool:
        """Tell whether something written in a part would be lost."""
        return any(page.is_unsaved() for page in self._made.values())

    def topic(self) -> str:
        """Return the manual's page about what is shown."""
        if self.pages.currentWidget() is self._welcome:
            return "first-steps"
        return PARTS[self._shown].topic if self._shown in PARTS else "week"

    @Slot(int)
    def _change(self, at: int) -> None:
        part, left = _ORDER[at], self._shown
        page = self._made.get(left)
        if page is None:
            self._show(part)
        else:
            page.leave(lambda: self._show(part), lambda: self._stay_at(left))

    def _show(self, part: Part) -> None:
        if part is Part.WEEK:
            self._shown = part
            self.pages.setCurrentWidget(self._week_page)
        elif self._open_plan is not None:
            self._show_page(part, self._open_plan)

    def _show_page(self, part: Part, open_plan: OpenPlan) -> None:
        is_new = part not in self._made
        if is_new:
            self._made[part] = page = PARTS[part].make(open_plan, self._runner)
            page.changed.connect(self.changed)
            page.failed.connect(self.failed)
            page.import_asked.connect(self.import_asked)
            page.week_picked.connect(self.week_asked)
            page.week_asked.connect(self._ask_week)
            page.spot_asked.connect(self._ask_spot)
            page.gap_asked.connect(self.gap_asked)
            page.report_back_asked.connect(self.report_back_asked)
            page.proposed.connect(self._propose)
            page.record_asked.connect(self._ask_record)
            self.pages.addWidget(page)
        page = self._made[part]
        self._shown = part
        self.pages.setCurrentWidget(page)
        if page.focusProxy() is not None:
            page.setFocus()
        if page.follows_week:
            self.refresh()
        elif not is_new:
            page.refresh()

    @Slot(object)
    def _ask_week(self, week: IsoWeek) -> None:
        if self.choose(Part.WEEK):
            self.week_asked.emit(week)

    @Slot(str, str)
    def _ask_record(self, set_name: str, id_: str) -> None:
        if self.choose(Part.DATA) and self.records is not None:
            self.records.show_record(set_name, (id_,))
            if not id_:
                self.records.make_new()

    @Slot(object)
    def _propose(self, proposal: object) -> None:
        if self.choose(Part.WEEK):
            self.proposed.emit(proposal)

    @Slot(str, object)
    def _ask_spot(self, source: str, day: object) -> None:
        if self.choose(Part.WEEK):
            self.spot_asked.emit(source, day)

    def _stay_at(self, part: Part) -> None:
        self.bar.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.bar.setCurrentIndex(_ORDER.index(part))
        self.bar.blockSignals(False)  # noqa: FBT003 - Qt's signature
