"""What every part of an open plan is to the window that shows it."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from ui.jobs import Runner


class PartPage(QWidget):
    """A part beside the week: made when it is first looked at, and asked to read when it is shown.

    It reads nothing until ``show_week`` or ``refresh`` is called, and only in jobs.

    Attributes
    ----------
    follows_week
        Whether it shows the week that the window shows; then ``show_week`` is called whenever that
        is another, or was changed, while the page is looked at, and each time it comes to the
        front. Otherwise ``refresh`` is called when it comes to the front again.
    """

    changed = Signal()
    """Records of the plan were saved or removed."""
    failed = Signal(object)
    """The exception that a service raised."""
    week_picked = Signal(object)
    """An ``IsoWeek`` that the window is to show, while this part stays in front."""
    week_asked = Signal(object)
    """An ``IsoWeek`` to show in the week's part."""
    spot_asked = Signal(str, object)
    """Id of a school, hotspot, walk or session (empty: none) and the ``date`` to show it on."""
    gap_asked = Signal(object)
    """The ``Gap``, of the week shown, that is to be explained."""
    proposed = Signal(object)
    """A ``Proposal`` for a week's draft, to be looked at before it is taken over."""
    record_asked = Signal(str, str)
    """Set and id of a record to edit among the data; without an id, a new one."""
    report_back_asked = Signal(str)
    """Id of the promise whose report-back is to be looked at."""
    import_asked = Signal()
    """The user wants to read records from files."""

    follows_week: ClassVar[bool] = True

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open_plan, self._runner = open_plan, runner
        self._week: IsoWeek | None = None

    def show_plan(self, open_plan: OpenPlan) -> None:
        """Belong to another plan; nothing of the last one is shown any more."""
        self._open_plan = open_plan
        self._week = None

    def show_week(self, week: IsoWeek) -> None:
        """Read a week and show it, even if it is the one that is shown."""
        self._week = week
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read once more what is shown, as it may have been changed."""
        raise NotImplementedError

    def leave(self, then: Callable[[], None], stay: Callable[[], None] | None = None) -> None:
        """Settle what is unsaved, asking the user; go on with ``then``, or with ``stay``."""
        del stay
        then()

    def is_unsaved(self) -> bool:
        """Tell whether something written would be lost."""
        return False
