"""The record sets in groups, with how many records each has."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from planner.domain.plan import Plan
from planner.words import _
from ui.records.catalogue import GROUPS
from ui.theme import FONT_PX, SMALL_PX, font, icon, theme, tokens

_NAME_ROLE = Qt.ItemDataRole.UserRole
_ICON_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW_PX = 30
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Navigation(QTreeWidget):
    """Chooses a record set."""

    set_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Kinds of records"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setStyleSheet("QTreeView { padding: 6px 4px; } QTreeView::item { padding: 0 6px; }")
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._items: dict[str, QTreeWidgetItem] = {}
        for group in GROUPS:
            heading = QTreeWidgetItem([_(group.title).upper(), ""])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setSizeHint(0, QSize(0, _ROW_PX))
            heading.setFont(0, font(SMALL_PX))
            self.addTopLevelItem(heading)
            for spec in group.sets:
                item = QTreeWidgetItem([_(spec.title), ""])
                item.setData(0, _NAME_ROLE, spec.set_name)
                item.setData(0, _ICON_ROLE, spec.icon)
                item.setFont(0, font(FONT_PX))
                item.setSizeHint(0, QSize(0, _ROW_PX))
                item.setTextAlignment(1, _RIGHT)
                heading.addChild(item)
                self._items[spec.set_name] = item
        self.expandAll()
        theme().changed.connect(self._dress)
        self._dress()
        self.currentItemChanged.connect(self._tell)

    def show_plan(self, plan: Plan) -> None:
        """Count the records of a plan."""
        for name, item in self._items.items():
            n_records = len(getattr(plan, name)) if name != "settings" else 0
            item.setText(1, str(n_records) if n_records else "")
            text = f"{item.text(0)}: {n_records}" if name != "settings" else item.text(0)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, text)

    def choose(self, set_name: str) -> None:
        """Mark a set as chosen without telling."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.setCurrentItem(self._items[set_name])
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature

    @Slot(QTreeWidgetItem, QTreeWidgetItem)
    def _tell(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        name = item.data(0, _NAME_ROLE) if item is not None else None
        if name:
            self.set_chosen.emit(name)

    def _dress(self) -> None:
        muted = QColor(tokens().muted)
        for at in range(self.topLevelItemCount()):
            heading = self.topLevelItem(at)
            if heading is not None:
                heading.setForeground(0, muted)
        for item in self._items.values():
            item.setIcon(0, icon(item.data(0, _ICON_ROLE), "muted"))
            item.setForeground(1, muted)
