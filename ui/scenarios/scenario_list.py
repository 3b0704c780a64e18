"""The scenarios of a plan: made, changed, removed, and ticked to be compared."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.domain.scenarios import Scenario
from planner.services.plans import OpenPlan
from planner.services.what_if.kept_scenarios import (
    keep_scenario,
    kept_scenarios,
    put_back_scenario,
    remove_scenario,
)
from planner.words import _
from ui.jobs import Job, Runner
from ui.scenarios import words
from ui.scenarios.scenario_dialog import ScenarioDialog
from ui.widgets import MessageBar, label, text_button

_SCENARIO_ROLE = Qt.ItemDataRole.UserRole
_LEAST_PX = 300


class ScenarioList(QWidget):
    """Lists scenarios; a new one is ticked."""

    failed = Signal(object)
    """The exception that a service raised."""
    listed = Signal(object)
    """Every ``Scenario`` there is."""
    ticks_changed = Signal()

    def __init__(self, open_plan: OpenPlan, runner: Runner) -> None:
        super().__init__()
        self._open_plan, self._runner = open_plan, runner
        self.scenarios: tuple[Scenario, ...] = ()
        self._removed: Scenario | None = None
        self._reading: Job | None = None
        self.message = MessageBar()
        self.message.accepted.connect(self._put_back)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Scenarios"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._judge)
        self.list.currentItemChanged.connect(self._judge)
        self.list.itemDoubleClicked.connect(self.change)
        self.new_button = text_button(_("New scenario"), "plus")
        self.new_button.clicked.connect(self.make)
        self.change_button = text_button(_("Change"))
        self.change_button.clicked.connect(self.change)
        self.remove_button = text_button(_("Remove"))
        self.remove_button.clicked.connect(self.remove)
        row = QHBoxLayout()
        for button in (self.new_button, self.change_button, self.remove_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(label(_("Tick what is to be compared"), "muted"))
        layout.addWidget(self.list, stretch=1)
        layout.addWidget(self.message)
        layout.addLayout(row)
        self.setMinimumWidth(_LEAST_PX)
        self._judge()

    def show_plan(self, open_plan: OpenPlan) -> None:
        """Belong to another plan; nothing of the last one is shown any more."""
        self._open_plan, self._removed, self._reading = open_plan, None, None
        self.message.hide()
        self._list((), ())

    @Slot()
    def read(self) -> None:
        """Read the scenarios of the plan."""
        open_plan = self._open_plan
        self._reading = Job(lambda _job: kept_scenarios(open_plan))
        self._reading.done.connect(self._take)
        self._reading.failed.connect(self.failed)
        self._runner.line_up(self._reading)

    def ticked(self) -> tuple[Scenario, ...]:
        """Return the scenarios that are to be compared."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(
            item.data(_SCENARIO_ROLE)
            for item in items
            if item.data(_SCENARIO_ROLE).is_readable and item.checkState() is Qt.CheckState.Checked
        )

    def tick(self, id_: str, *, is_ticked: bool) -> None:
        """Say whether a scenario is to be compared."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(_SCENARIO_ROLE).id == id_:
                item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    @Slot()
    def make(self) -> None:
        """Ask for a new scenario and keep it."""
        self._ask(None)

    @Slot()
    def change(self) -> None:
        """Ask for changes of the chosen scenario and keep them."""
        chosen = self._chosen()
        if chosen is not None and chosen.is_readable:
            self._ask(chosen)

    @Slot()
    def remove(self) -> None:
        """Take the chosen scenario away; it can be put back until another one is removed."""
        chosen, open_plan = self._chosen(), self._open_plan
        if chosen is not None:
            self._removed = chosen
            self._do(lambda: remove_scenario(open_plan, chosen))
            self.message.say(_("“{name}” is removed.", name=chosen.name), offer=_("Put back"))

    @Slot()
    def _put_back(self) -> None:
        removed, open_plan = self._removed, self._open_plan
        self.message.hide()
        if removed is not None:
            self._do(lambda: put_back_scenario(open_plan, removed))

    def _ask(self, scenario: Scenario | None) -> None:
        dialog = ScenarioDialog(self._open_plan.plan, self, scenario=scenario)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            open_plan, name = self._open_plan, dialog.scenario_name()
            suppositions = dialog.suppositions()
            self._do(lambda: keep_scenario(open_plan, name, suppositions, instead_of=scenario))
        dialog.deleteLater()

    def _do(self, work: Callable[[], object]) -> None:
        job = Job(lambda _job: work())
        job.done.connect(self.read)
        job.failed.connect(self.failed)
        self._runner.line_up(job)

    @Slot(object)
    def _take(self, found: tuple[Scenario, ...]) -> None:
        if self.sender() is self._reading:
            known = {one.id for one in self.scenarios}
            new = {one.id for one in found if one.id not in known}
            self._list(found, new | {one.id for one in self.ticked()})
            self.listed.emit(found)

    def _list(self, scenarios: tuple[Scenario, ...], ticked: Iterable[str]) -> None:
        chosen, wanted = self._chosen(), set(ticked)
        self.scenarios = scenarios
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.list.clear()
        for one in scenarios:
            what = words.scenario_text(self._open_plan.plan, one)
            item = QListWidgetItem(one.name if one.name == what else f"{one.name}\n{what}")
            item.setToolTip(what)
            item.setData(_SCENARIO_ROLE, one)
            if one.is_readable:
                is_ticked = one.id in wanted
                item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if chosen is not None and one.id == chosen.id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._judge()

    def _chosen(self) -> Scenario | None:
        if self.list.currentRow() < 0:
            return None
        found: Scenario = self.list.currentItem().data(_SCENARIO_ROLE)
        return found

    @Slot()
    def _judge(self) -> None:
        chosen = self._chosen()
        self.change_button.setEnabled(chosen is not None and chosen.is_readable)
        self.remove_button.setEnabled(chosen is not None)
        self.ticks_changed.emit()
