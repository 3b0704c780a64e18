"""The records of a set: searched, narrowed, sorted and marked."""

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.plan import Plan
from planner.domain.records import record_key
from planner.words import _, ngettext
from ui.records.line_edit import CalmCombo, DateEdit, PlainEdit, mark
from ui.records.list_model import ListModel
from ui.records.narrowing import has_days, has_people, has_squads
from ui.records.specs import SetSpec
from ui.widgets import EmptyState, label, primary_button, sorted_by_name, text_button

_ROW_PX = 32
_DAY_PX = 190


class _Table(QTableView):
    """Tells when marked rows shall be removed; its columns share the width by what they hold."""

    removal_asked = Signal()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()

    @Slot()
    def share_width(self) -> None:
        """Give each column what it asks for, if all fit; else the same to those that want more."""
        across = self.horizontalHeader()
        wanted = {
            column: max(self.sizeHintForColumn(column), across.sectionSizeHint(column))
            for column in range(self.model().columnCount())
        }
        left = self.viewport().width()
        for n_done, column in enumerate(sorted(wanted, key=wanted.__getitem__)):
            fair = left // (len(wanted) - n_done)
            width = min(wanted[column], fair)
            self.setColumnWidth(column, width)
            left -= width
        if left > 0:
            self.setColumnWidth(0, self.columnWidth(0) + left)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and _is_delete(event):
            event.accept()  # the list's own key, whatever the window does with it elsewhere
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_delete(event):
            self.removal_asked.emit()
        else:
            super().keyPressEvent(event)


def _is_delete(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete


class RecordList(QWidget):
    """Shows a set's records; whoever listens shows the chosen one."""

    chosen = Signal()
    """Other rows are marked: ask :meth:`selected`."""
    new_asked = Signal()
    import_asked = Signal()
    removal_asked = Signal()
    form_asked = Signal()
    """The keyboard shall go to the form."""

    def __init__(self, spec: SetSpec) -> None:
        super().__init__()
        self.spec = spec
        self._plan = Plan()
        self.model = ListModel(spec, self)
        above = self._make_filters()
        self.states = QStackedWidget()
        self.states.addWidget(self._make_table())
        self.states.addWidget(self._make_empty())
        self.states.addWidget(self._make_unfound())
        self._counts = label("", "small")
        below = QHBoxLayout()
        below.setContentsMargins(12, 4, 12, 6)
        below.addWidget(self._counts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.states, stretch=1)
        layout.addLayout(below)

    def show_plan(self, plan: Plan) -> None:
        """Show the records of a plan; what is marked and narrowed stays as far as it can."""
        self._plan = plan
        marked = [record_key(self.spec.set_name, record) for record in self.selected()]
        self._offer(
            self.employer, _("All employers"), [(one.id, one.name) for one in plan.employers]
        )
        self._offer_squads()
        self.model.show_plan(plan)
        self._show_filters()
        self._narrow()
        self.mark(marked)

    def _show_filters(self) -> None:
        """Show what can narrow the list: nothing while it is empty, and no choice of nothing."""
        set_name, plan = self.spec.set_name, self._plan
        has_records = self.model.n_all() > 0
        self.search.setVisible(has_records)
        self.day.setVisible(has_records and has_days(set_name))
        self.employer.setVisible(has_records and has_people(set_name) and bool(plan.employers))
        self.squad.setVisible(has_records and has_squads(set_name) and bool(plan.squads))

    def selected(self) -> tuple[Any, ...]:
        """Return the marked records, from top to bottom."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.shown[row].record for row in rows)

    def mark(self, keys: list[tuple[Any, ...]]) -> None:
        """Mark the records with these keys, without telling; those not shown are left out."""
        selection = self.table.selectionModel()
        selection.blockSignals(True)  # noqa: FBT003 - Qt's signature
        selection.clear()
        flag = QItemSelectionModel.SelectionFlag
        for key in keys:
            row = self.model.row_of(key)
            if row >= 0:
                index = self.model.index(row, 0)
                selection.select(index, flag.Select | flag.Rows)
                selection.setCurrentIndex(index, flag.NoUpdate)
                self.table.scrollTo(index)
        selection.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.table.viewport().update()

    def reveal(self, key: tuple[Any, ...]) -> None:
        """Mark a record, and show it although a filter hides it."""
        if self.model.row_of(key) < 0:
            self.clear_filters()
        self.mark([key])

    @Slot()
    def clear_filters(self) -> None:
        """Show every record."""
        self.search.clear()
        self.employer.setCurrentIndex(0)
        self.squad.setCurrentIndex(0)
        self.day.edit.clear()

    def _make_filters(self) -> QGridLayout:
        set_name = self.spec.set_name
        self.search = PlainEdit()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(90)
        self.search.textChanged.connect(self._narrow)
        self.employer = CalmCombo()
        self.employer.setAccessibleName(_("Employer"))
        self.employer.currentIndexChanged.connect(self._choose_employer)
        self.squad = CalmCombo()
        self.squad.setAccessibleName(_("Squad"))
        self.squad.currentIndexChanged.connect(self._narrow)
        self.day = DateEdit(_("Valid on"), _("Valid on (date)"))
        self.day.setMaximumWidth(_DAY_PX)
        self.day.changed.connect(self._narrow)
        above = QGridLayout()
        above.setSpacing(6)
        above.setContentsMargins(12, 8, 12, 6)
        above.addWidget(self.search, 0, 0, 1, 1 if has_days(set_name) else 2)
        above.addWidget(self.day, 0, 1)
        above.addWidget(self.employer, 1, 0, 1, 1 if has_squads(set_name) else 2)
        above.addWidget(self.squad, 1, 1)
        above.setColumnStretch(0, 1)
        return above

    def _make_table(self) -> QTableView:
        self.table = _Table()
        self.table.setAccessibleName(_(self.spec.title))
        self.table.setModel(self.model)
        self.model.modelReset.connect(self.table.share_width)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSortingEnabled(False)
        self.table.removal_asked.connect(self.removal_asked)
        self.table.activated.connect(self.form_asked)
        self.table.selectionModel().selectionChanged.connect(self.chosen)
        down = self.table.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW_PX)
        across = self.table.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(True)
        across.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        across.setMinimumSectionSize(56)
        across.sortIndicatorChanged.connect(self._sort)
        return self.table

    def _make_empty(self) -> QWidget:
        new = primary_button(_(self.spec.one), "plus")
        new.clicked.connect(self.new_asked)
        import_ = text_button(_("Import …"), "upload")
        import_.clicked.connect(self.import_asked)
        return EmptyState(
            self.spec.icon,
            _("No records here yet"),
            _(self.spec.hint),
            new,
            import_,
        )

    def _make_unfound(self) -> QWidget:
        clear = text_button(_("Show all"), "x")
        clear.clicked.connect(self.clear_filters)
        return EmptyState(
            "search", _("Nothing fits"), _("No record fits the search and the filters."), clear
        )

    @Slot()
    def _narrow(self) -> None:
        marked = [record_key(self.spec.set_name, record) for record in self.selected()]
        self.model.narrow(
            text=self.search.text(),
            employer=self.employer.currentData(),
            squad=self.squad.currentData(),
            day=self._chosen_day(),
        )
        n_shown, n_all = len(self.model.shown), self.model.n_all()
        self.states.setCurrentIndex(1 if not n_all else 0 if n_shown else 2)
        text = ngettext("{n} record", "{n} records", n_all)
        self._counts.setText(text if n_shown == n_all else _("{n} of {all}", n=n_shown, all=text))
        self.mark(marked)

    def _chosen_day(self) -> date | None:
        text = self.day.edit.text().strip()
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            mark(self.day.edit, is_wrong=True)
            return None
        mark(self.day.edit, is_wrong=False)
        return day

    @Slot(int, Qt.SortOrder)
    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.model.sort_by(column, order)
        self._narrow()

    @Slot()
    def _choose_employer(self) -> None:
        self._offer_squads()
        self._narrow()

    def _offer_squads(self) -> None:
        employer = self.employer.currentData()
        squads = [one for one in self._plan.squads if employer in {None, one.employer}]
        self._offer(self.squad, _("All squads"), [(one.id, one.name) for one in squads])

    def _offer(self, box: CalmCombo, everything: str, entries: list[tuple[Any, str]]) -> None:
        chosen = box.currentData()
        box.blockSignals(True)  # noqa: FBT003 - Qt's signature
        box.clear()
        box.addItem(everything, None)
        for value, name in sorted_by_name(entries, lambda entry: entry[1]):
            box.addItem(name, value)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.blockSignals(False)  # noqa: FBT003 - Qt's signature
