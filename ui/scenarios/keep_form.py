"""What is asked of a promise before it is signed: period, measures with targets, a scenario."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from planner.domain.ids import MeasureId, PromiseId
from planner.domain.plan import Plan
from planner.domain.promises import Measure, MeasureKind, Promise
from planner.domain.scenarios import Scenario
from planner.domain.weeks import IsoWeek
from planner.promise_words import KINDS
from planner.words import _
from ui.widgets import airy, label

_MONTHS = timedelta(weeks=17)
"""About the four months of a promise."""
_MOST = 999
_LEAST_LETTERS = 12
_SECONDS = 60
"""For each kind of week; one that can be kept ends as soon as nothing lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A promise to be tested."""

    promise: Promise
    measures: tuple[Measure, ...]
    scenario: Scenario | None
    seconds: int


class KeepForm(QWidget):
    """Asks what is to be tested; a promise of the plan, or one that is only thought of."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan = Plan()
        self.promise = QComboBox()
        self.promise.setAccessibleName(_("Promise"))
        self.promise.currentIndexChanged.connect(self._show_promise)
        _narrow(self.promise)
        self.first, self.last = _date_field(_("First day")), _date_field(_("Last day"))
        self.scenario = QComboBox()
        self.scenario.setAccessibleName(_("Supposing"))
        _narrow(self.scenario)
        self.seconds = airy(QSpinBox())
        self.seconds.setRange(1, 600)
        self.seconds.setValue(_SECONDS)
        self.seconds.setSuffix(_(" s each"))
        self.seconds.setAccessibleName(_("Seconds for each kind of week"))
        self.measures: dict[MeasureKind, tuple[QCheckBox, QSpinBox]] = {}
        for field in (self.first, self.last):
            field.dateChanged.connect(self.changed)
        self._lay_out()

    def show_plan(self, plan: Plan, week: IsoWeek) -> None:
        """Offer the promises of a plan, unsigned ones first; a new one begins with a week."""
        self._plan = plan
        chosen = self.promise.currentData()
        self.promise.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.promise.clear()
        for one in sorted(plan.promises, key=lambda promise: promise.signed_on is not None):
            self.promise.addItem(one.name, one.id)
        self.promise.addItem(_("Another one"), "")
        self.promise.setCurrentIndex(max(0, self.promise.findData(chosen)))
        self.promise.blockSignals(False)  # noqa: FBT003 - Qt's signature
        if chosen is None:
            _set(self.first, week.monday)
            _set(self.last, week.monday + _MONTHS - timedelta(days=1))
            self._show_promise()

    def offer(self, scenarios: tuple[Scenario, ...]) -> None:
        """Offer scenarios under which the promise may be tested."""
        chosen = self.scenario.currentData()
        self.scenario.clear()
        self.scenario.addItem(_("The plan as it is"), None)
        for one in scenarios:
            if one.is_readable:
                self.scenario.addItem(one.name, one)
        for row in range(self.scenario.count()):
            one = self.scenario.itemData(row)
            if chosen is not None and one is not None and one.id == chosen.id:
                self.scenario.setCurrentIndex(row)

    def asked(self) -> Asked | None:
        """Return what is to be tested; nothing when no measure is ticked."""
        promise = self._known()
        measures = (
            tuple(one for one in self._plan.measures if one.promise == promise.id)
            if promise is not None
            else self._own_measures()
        )
        if not measures:
            return None
        return Asked(
            promise=promise or self._own_promise(),
            measures=measures,
            scenario=self.scenario.currentData(),
            seconds=self.seconds.value(),
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("Promise"), self.promise)
        form.addRow(_("First day"), self.first)
        form.addRow(_("Last day"), self.last)
        self._own = QWidget()
        column = QFormLayout(self._own)
        column.setContentsMargins(0, 0, 0, 0)
        for kind, text in KINDS.items():
            box = QCheckBox(_(text))
            is_share = kind in {MeasureKind.CONTACT_PERSONS, MeasureKind.PRESENCE}
            box.setChecked(is_share)
            target = airy(QSpinBox())
            target.setRange(1, 100 if is_share else _MOST)
            target.setValue(100 if is_share else 1)
            target.setSuffix(_(" %") if is_share else _(" in all"))
            target.setAccessibleName(_("{measure}: target", measure=_(text)))
            box.toggled.connect(self.changed)
            self.measures[kind] = (box, target)
            column.addRow(box, target)
        self.told = label("", "muted", wraps=True)
        last = QFormLayout()
        last.addRow(_("Supposing"), self.scenario)
        row = QHBoxLayout()
        row.addWidget(self.seconds)
        row.addStretch()
        last.addRow(_("Time"), row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(label(_("Measures"), "section"))
        layout.addWidget(self._own)
        layout.addWidget(self.told)
        layout.addLayout(last)
        layout.addStretch()

    def _known(self) -> Promise | None:
        chosen = self.promise.currentData()
        return next((one for one in self._plan.promises if one.id == chosen), None)

    @Slot()
    def _show_promise(self) -> None:
        """Show the period and measures of a promise of the plan; or ask for them."""
        promise = self._known()
        if promise is not None:
            _set(self.first, promise.first_day)
            _set(self.last, promise.last_day)
            mine = [one for one in self._plan.measures if one.promise == promise.id]
            self.told.setText("\n".join(_told(one) for one in mine) or _("It has no measures yet."))
        for field in (self.first, self.last):
            field.setEnabled(promise is None)
        self._own.setVisible(promise is None)
        self.told.setVisible(promise is not None)
        self.changed.emit()

    def _own_promise(self) -> Promise:
        return Promise(
            id=PromiseId(""),
            name=_("Another one"),
            first_day=_day(self.first),
            last_day=_day(self.last),
        )

    def _own_measures(self) -> tuple[Measure, ...]:
        return tuple(
            Measure(
                id=MeasureId(kind),
                promise=PromiseId(""),
                kind=kind,
                name=_(KINDS[kind]),
                target=target.value(),
            )
            for kind, (box, target) in self.measures.items()
            if box.isChecked()
        )


def _told(measure: Measure) -> str:
    target = _("{n} %", n=measure.target) if measure.is_share else _("{n} in all", n=measure.target)
    return f"{measure.name}: {target}"


def _narrow(box: QComboBox) -> None:
    """Let a list be no wider than the form, whatever its entries say."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_LEAST_LETTERS)


def _date_field(name: str) -> QDateEdit:
    field = QDateEdit()
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy-MM-dd")
    field.setAccessibleName(name)
    return field


def _set(field: QDateEdit, day: date) -> None:
    field.setDate(QDate(day.year, day.month, day.day))


def _day(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
