"""Asks for a swap: who gives what to whom, and what for."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from planner.domain.demand import make_duties
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.domain.weeks import IsoWeek
from planner.services.repair.swaps import Given
from planner.words import _, clock_span, short_date
from ui.repair.swap_words import name_of, shift_line
from ui.widgets import label, primary_button, sorted_by_name


class SwapForm(QWidget):
    """Offers those who work in the week, and their shifts and duties."""

    asked = Signal(object, object)
    """What each of the two gives; the first one asks."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._plan = plan
        self._roster: Roster | None = None
        self._titles: dict[str, str] = {}
        self.one, self.other = QComboBox(), QComboBox()
        self.gives, self.returns = QComboBox(), QComboBox()
        named = (
            (self.one, _("Who asks")),
            (self.gives, _("gives")),
            (self.other, _("To whom")),
            (self.returns, _("in return for")),
        )
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        for box, name in named:
            box.setAccessibleName(name)
            box.setMinimumWidth(280)
            form.addRow(name, box)
        self.one.currentIndexChanged.connect(self._offer_given)
        self.other.currentIndexChanged.connect(self._offer_returned)
        self.gives.currentIndexChanged.connect(self._judge)
        self.button = primary_button(_("Ask for a swap"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(14)
        hint = _("Who asks agrees by asking. The other one agrees later, and a manager decides.")
        layout.addWidget(label(hint, "muted", wraps=True))
        layout.addLayout(form)
        layout.addLayout(row)
        layout.addStretch()
        self._judge()

    def offer(self, roster: Roster, week: IsoWeek) -> None:
        """Offer the people of a roster."""
        self._roster = roster
        self._titles = {duty.id: duty.title for duty in make_duties(self._plan, week)}
        people = sorted_by_name(self._plan.staff, lambda member: member.display_name)
        for box in (self.one, self.other):
            chosen = box.currentData()
            box.blockSignals(True)  # noqa: FBT003 - Qt's signature
            box.clear()
            for member in people:
                box.addItem(name_of(self._plan, member.id), member.id)
            box.setCurrentIndex(box.findData(chosen) if chosen else -1)
            box.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._offer_given()
        self._offer_returned()

    @Slot()
    def _offer_given(self) -> None:
        self._fill(self.gives, self.one.currentData())

    @Slot()
    def _offer_returned(self) -> None:
        self._fill(self.returns, self.other.currentData())
        self.returns.insertItem(
            0, _("nothing"), Given(staff=StaffId(self.other.currentData() or ""))
        )
        self.returns.setCurrentIndex(0)

    def _fill(self, box: QComboBox, staff: str | None) -> None:
        box.clear()
        if self._roster is None or not staff:
            self._judge()
            return
        for shift in self._roster.shifts:
            if shift.staff == staff:
                text = shift_line(self._plan, shift)
                box.addItem(text, Given(staff=shift.staff, shift=shift.id))
        for done in self._roster.assignments:
            if done.staff == staff:
                day = short_date(done.start.astimezone(self._plan.zone).date())
                when = clock_span(done.start, done.end, self._plan.zone)
                title = self._titles.get(done.duty, done.duty)
                box.addItem(f"{day} {when} {title}", Given(staff=done.staff, duty=done.duty))
        self._judge()

    @Slot()
    def _judge(self) -> None:
        one, other = self.one.currentData(), self.other.currentData()
        self.button.setEnabled(bool(one and other) and self.gives.currentData() is not None)

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self.gives.currentData(), self.returns.currentData())
