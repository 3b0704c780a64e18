"""Who the people of the sheet are."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.domain.grids import GridDecisions, Group, PersonChoice, PersonKind
from planner.domain.ids import EmployerId
from planner.domain.plan import Plan
from planner.services.grids.choices import alike, employer_of
from planner.services.grids.importing import GridFile
from planner.words import N_, _
from ui.imports.grids.report_lists import ROWS
from ui.theme import icon
from ui.widgets import label, sorted_by_name

_KEY_ROLE = Qt.ItemDataRole.UserRole
_NAME_ROLE = Qt.ItemDataRole.UserRole + 1
_GROUPS = {Group.OFFICERS: N_("Police officers"), Group.CONTACTS: N_("Contact persons")}
_NEW = PersonChoice(kind=PersonKind.NEW)
_OUT = PersonChoice(kind=PersonKind.LEFT_OUT)


class PeoplePanel(QWidget):
    """Lists the people of a sheet with whom of the plan each was taken for."""

    changed = Signal(object)
    """The ``GridDecisions`` with another choice."""
    pointed = Signal(str)
    """A person was chosen, by the key."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._decisions = GridDecisions()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search person"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("People of the sheet"))
        self.list.setHeaderLabels([_("In the sheet"), _("In the plan")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setStyleSheet(ROWS)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self.who = QComboBox()
        self.who.setAccessibleName(_("In the plan"))
        self.who.activated.connect(self._choose)
        self.group = QComboBox()
        self.group.setAccessibleName(_("New people are"))
        for group, text in _GROUPS.items():
            self.group.addItem(_(text), group)
        self.group.activated.connect(self._choose_group)
        self.employer = QComboBox()
        self.employer.setAccessibleName(_("Employer of new people"))
        self.employer.activated.connect(self._choose_employer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.list, stretch=1)
        layout.addWidget(self.who)
        layout.addWidget(label(_("New people are"), "muted"))
        new = QHBoxLayout()
        new.addWidget(self.group, stretch=1)
        new.addWidget(self.employer, stretch=1)
        layout.addLayout(new)

    def show_file(self, file: GridFile) -> None:
        """List the people of a file, those to look at first."""
        self._decisions = file.decisions
        self.list.clear()
        people = sorted(
            file.grid.people,
            key=lambda one: (
                one.key == one.name,
                file.decisions.people[one.key].kind is not PersonKind.NEW,
            ),
        )
        for person in people:
            item = QTreeWidgetItem([person.key, ""])
            item.setData(0, _KEY_ROLE, person.key)
            item.setData(0, _NAME_ROLE, person.name)
            if person.squad:
                item.setToolTip(0, person.squad)
            self.list.addTopLevelItem(item)
            self._word(item)
        self.group.setCurrentIndex(list(_GROUPS).index(file.decisions.group))
        self._offer_employers()
        first = self.list.topLevelItem(0)
        if first is not None:
            first.setSelected(True)
        self._show_chosen()

    def show_decisions(self, decisions: GridDecisions) -> None:
        """Take over what was decided elsewhere."""
        self._decisions = decisions

    def _word(self, item: QTreeWidgetItem) -> None:
        key = item.data(0, _KEY_ROLE)
        choice = self._decisions.people[key]
        match choice.kind:
            case PersonKind.KNOWN:
                member = self._plan.staff_by_id[choice.staff] if choice.staff else None
                item.setText(1, member.display_name if member else "")
                item.setIcon(1, icon("check", "success"))
            case PersonKind.NEW:
                item.setText(1, _("New person"))
                item.setIcon(1, icon("plus", "accent"))
            case PersonKind.LEFT_OUT:
                item.setText(1, _("Leave out"))
                item.setIcon(1, icon("minus", "muted"))
        if key != item.data(0, _NAME_ROLE):
            item.setIcon(0, icon("triangle-alert", "warning"))
            item.setToolTip(
                0, _("Several people have this name. Only you know which of them this is.")
            )

    def _chosen(self) -> list[QTreeWidgetItem]:
        return self.list.selectedItems()

    @Slot()
    def _show_chosen(self) -> None:
        items = self._chosen()
        self.who.setEnabled(bool(items))
        self.who.clear()
        if not items:
            return
        self.who.addItem(icon("plus"), _("New person"), _NEW)
        self.who.addItem(icon("minus"), _("Leave out"), _OUT)
        if len(items) == 1:
            key = items[0].data(0, _KEY_ROLE)
            near = [one.staff for one in alike(self._plan, items[0].data(0, _NAME_ROLE))]
            members = [self._plan.staff_by_id[staff] for staff in near]
            rest = [one for one in self._plan.staff if one.id not in set(near)]
            self.who.insertSeparator(self.who.count())
            for member in (*members, *sorted_by_name(rest, lambda one: one.display_name)):
                choice = PersonChoice(kind=PersonKind.KNOWN, staff=member.id)
                self.who.addItem(member.display_name, choice)
            present = self._decisions.people[key]
            found = [n for n in range(self.who.count()) if self.who.itemData(n) == present]
            self.who.setCurrentIndex(found[0] if found else 0)
            self.pointed.emit(key)

    @Slot(int)
    def _choose(self, row: int) -> None:
        choice = self.who.itemData(row)
        if choice is None:
            return
        keys = {item.data(0, _KEY_ROLE): choice for item in self._chosen()}
        self._decisions = replace(self._decisions, people={**self._decisions.people, **keys})
        for item in self._chosen():
            self._word(item)
        self.changed.emit(self._decisions)

    @Slot(int)
    def _choose_group(self, row: int) -> None:
        group = self.group.itemData(row)
        employer = employer_of(self._plan, group)
        self._decisions = replace(self._decisions, group=group, employer=employer)
        self._offer_employers()
        self.changed.emit(self._decisions)

    @Slot(int)
    def _choose_employer(self, row: int) -> None:
        employer = self.employer.itemData(row)
        self._decisions = replace(self._decisions, employer=EmployerId(employer))
        self.changed.emit(self._decisions)

    def _offer_employers(self) -> None:
        self.employer.clear()
        for employer in self._plan.employers:
            self.employer.addItem(employer.name, employer.id)
        self.employer.setVisible(bool(self._plan.employers))
        if self._plan.employers and self._decisions.employer is None:
            self._decisions = replace(self._decisions, employer=self._plan.employers[0].id)
        self.employer.setCurrentIndex(max(self.employer.findData(self._decisions.employer), 0))

    @Slot(str)
    def _narrow(self, text: str) -> None:
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None:
                item.setHidden(text.casefold() not in item.text(0).casefold())
