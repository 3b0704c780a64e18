"""One of the plans side by side: what it is best at, what it changes, and for whom to take it."""

from string import Template

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from planner.domain.changed import PersonDifferences
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.services.repair.values import RepairPlan
from planner.words import _, ngettext
from ui.repair import words
from ui.theme import FONT_PX, font, icon, pixmap, theme, tokens
from ui.widgets import label, primary_button

_STAFF_ROLE = Qt.ItemDataRole.UserRole
_SYMBOL_PX = 16

_CHECK_BOXES = Template(
    "QTreeView::indicator { width: 16px; height: 16px; border: 1px solid $outline;"
    " border-radius: 4px; background: $surface; }"
    "QTreeView::indicator:checked { background: $accent; border-color: $accent;"
    " image: url(theme:check-$shade.svg); }"
)
"""As the check boxes of forms are."""


class PlanColumn(QFrame):
    """Shows a plan; people can be left out of it."""

    taken = Signal(object, object)
    """The ``RepairPlan``, and the ids of those for whom it is taken over."""

    def __init__(self, plan: RepairPlan, records: Plan) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's signature
        self.plan, self._records = plan, records
        name = words.aims_text(plan)
        self.setAccessibleName(name)
        heading = label(name, "heading", wraps=True)
        self._symbols: list[tuple[QLabel, str, str]] = []
        self._rows: list[QTreeWidgetItem] = []
        self.people = QTreeWidget()
        self.people.setAccessibleName(_("{name}: what changes for whom", name=name))
        self.people.setHeaderHidden(True)
        self.people.setWordWrap(True)
        self.people.setIndentation(14)
        self.people.setRootIsDecorated(False)
        self.people.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.people.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.button = primary_button("")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(6)
        layout.addWidget(heading)
        for symbol, tone, text, tip in words.counts(plan, records):
            layout.addLayout(self._count(symbol, tone, text, tip))
        layout.addSpacing(4)
        layout.addWidget(self.people, stretch=1)
        layout.addWidget(self.button)
        self.setMinimumWidth(280)
        self._fill()
        self.people.itemChanged.connect(self._say)
        theme().changed.connect(self._draw)
        self._draw()
        self._say()

    def parts(self) -> frozenset[StaffId]:
        """Return for whom the plan is to be taken over."""
        return frozenset(
            item.data(0, _STAFF_ROLE)
            for item in self._items()
            if item.checkState(0) is Qt.CheckState.Checked
        )

    def leave_out(self, staff: StaffId) -> None:
        """Take somebody out of the plan."""
        for item in self._items():
            if item.data(0, _STAFF_ROLE) == staff:
                item.setCheckState(0, Qt.CheckState.Unchecked)

    def _count(self, symbol: str, tone: str, text: str, tip: str) -> QHBoxLayout:
        mark = QLabel()
        self._symbols.append((mark, symbol, tone))
        said = label(text, wraps=True)
        said.setToolTip(tip)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(said, stretch=1)
        return row

    def _items(self) -> list[QTreeWidgetItem]:
        """Return the people who can be left out."""
        return [item for item in self._rows if item.data(0, _STAFF_ROLE) in self.plan.people]

    def _fill(self) -> None:
        changed = [person for person in self.plan.differences.people if person.is_changed]
        for person in sorted(changed, key=lambda one: one.staff not in self.plan.away):
            item = QTreeWidgetItem([f"{person.name} · {self._what(person)}"])
            item.setData(0, _STAFF_ROLE, person.staff)
            item.setFont(0, font(FONT_PX, font().Weight.Medium))
            if person.staff in self.plan.people:
                item.setCheckState(0, Qt.CheckState.Checked)
            lines = words.change_lines(self.plan.differences, person, self._records.zone)
            for line in lines:
                child = QTreeWidgetItem([line])
                child.setToolTip(0, line)
                child.setFlags(Qt.ItemFlag.ItemIsEnabled)
                item.addChild(child)
            self.people.addTopLevelItem(item)
            self._rows.append(item)
        self.people.expandAll()

    def _what(self, person: PersonDifferences) -> str:
        said = [_("away")] if person.staff in self.plan.away else []
        if person.staff in self.plan.to_call:
            said.append(_("call first"))
        elif person.staff in self.plan.people:
            said.append(_("just tell"))
        return ", ".join(said) or _("decided before")

    def _draw(self) -> None:
        colors = tokens().as_map()
        for mark, symbol, tone in self._symbols:
            mark.setPixmap(pixmap(symbol, colors[tone], _SYMBOL_PX))
        shade = "dark" if tokens().is_dark else "light"
        self.people.setStyleSheet(_CHECK_BOXES.substitute(colors, shade=shade))
        self.people.blockSignals(True)  # noqa: FBT003 - Qt's signature
        for item in self._rows:
            staff = item.data(0, _STAFF_ROLE)
            if staff in self.plan.to_call:
                item.setIcon(0, icon("clock", "warning"))
            elif staff in self.plan.away:
                item.setIcon(0, icon("minus", "danger"))
            else:
                item.setIcon(0, icon("users", "muted"))
        self.people.blockSignals(False)  # noqa: FBT003 - Qt's signature

    @Slot()
    def _say(self) -> None:
        n_chosen, n_people = len(self.parts()), len(self.plan.people)
        if n_chosen == n_people:
            text = _("Take over")
        elif n_chosen:
            text = ngettext(
                "Take over for {k} of {n} person",
                "Take over for {k} of {n} people",
                n_people,
                k=n_chosen,
            )
        else:
            text = _("Only take out who is away")
        self.button.setText(text)
        self.button.setAccessibleName(f"{text}: {words.aims_text(self.plan)}")

    @Slot()
    def _take(self) -> None:
        self.taken.emit(self.plan, self.parts())
