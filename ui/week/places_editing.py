"""What the user does to the duties of a place: by menu, double click and Enter."""

from functools import partial

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu

from planner.domain import edits
from planner.domain.duties import Duty
from planner.domain.ids import StaffId
from planner.services.candidates.values import DutyHandedOver, HeadWanted
from planner.services.roster.views import PlaceDuty
from planner.words import _, clock_span
from ui.editor import Editor
from ui.week.grids import PlacesGrid


class PlacesEditing(QObject):
    """Offers what can be done with each duty of a cell, and with who does it."""

    candidates_asked = Signal(object)
    """What somebody is wanted for: a ``Wanted``."""
    reasons_asked = Signal(object)
    """The ``DutyId`` of a gap that is to be explained."""
    person_asked = Signal(object)
    """The ``StaffId`` of somebody to be shown."""

    def __init__(self, grid: PlacesGrid, editor: Editor) -> None:
        super().__init__(grid)
        self._grid, self._editor = grid, editor
        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.customContextMenuRequested.connect(self._open_menu)
        grid.activated.connect(self._ask_for_gap)

    def make_menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a cell."""
        menu = QMenu(self._grid)
        for shown in self._grid.duties_at(index):
            self._add_duty(menu, shown)
        if menu.isEmpty():
            menu.addAction(_("Nothing planned")).setEnabled(False)
        return menu

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        index = self._grid.indexAt(at)
        if index.isValid():
            self._grid.setCurrentIndex(index)
            menu = self.make_menu(index)
            menu.exec(self._grid.viewport().mapToGlobal(at))
            menu.deleteLater()

    @Slot(QModelIndex)
    def _ask_for_gap(self, index: QModelIndex) -> None:
        gaps = [duty for duty in self._grid.duties_at(index) if duty.missing]
        if gaps:
            self.candidates_asked.emit(HeadWanted(duty=gaps[0].duty))

    def _add_duty(self, menu: QMenu, shown: PlaceDuty) -> None:
        working = self._editor.working
        if working is None:
            return
        duty = next((one for one in working.duties if one.id == shown.duty), None)
        if duty is None:
            return
        zone = self._grid.places.zone
        menu.addSection(clock_span(shown.span.start, shown.span.end, zone))
        wanted = menu.addAction(_("Who can take this?"))
        wanted.setEnabled(shown.missing > 0)
        wanted.triggered.connect(
            lambda: self.candidates_asked.emit(HeadWanted(duty=duty.id)),
        )
        if shown.missing:
            why = menu.addAction(_("Why is this uncovered?"))
            why.triggered.connect(lambda: self.reasons_asked.emit(duty.id))
        for done in working.roster.assignments:
            if done.duty == duty.id:
                self._add_person(menu, duty, done.staff)

    def _add_person(self, menu: QMenu, duty: Duty, staff: StaffId) -> None:
        plan = self._editor.plan
        if plan is None:
            return
        about = menu.addMenu(plan.staff_by_id[staff].display_name)
        handed = DutyHandedOver(duty=duty.id, staff=staff)
        about.addAction(_("Show the week of this person")).triggered.connect(
            lambda: self.person_asked.emit(staff)
        )
        about.addAction(_("Who can take over?")).triggered.connect(
            lambda: self.candidates_asked.emit(handed)
        )
        about.addAction(_("Take off this duty")).triggered.connect(
            partial(self._take_off, duty, staff)
        )

    def _take_off(self, duty: Duty, staff: StaffId) -> None:
        self._editor.edit(
            "unassign",
            lambda roster: edits.unassign(roster, duty, staff),
            duty=duty.id,
            staff=staff,
        )
