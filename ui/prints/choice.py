"""Left of the preview: what to print."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.services.printing import PrintKind
from planner.words import N_, _
from ui.widgets import label, sorted_by_name

_ID_ROLE = Qt.ItemDataRole.UserRole


_KINDS = {
    PrintKind.OFFICE: N_("Schools, office copy"),
    PrintKind.NOTICE_BOARD: N_("Schools, notice-board copy"),
    PrintKind.OWN_WEEK: N_("Staff, own week"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to print; ``part`` is nothing for all, ``name`` is what it is called."""

    kind: PrintKind
    part: str | None = None
    name: str = ""


class ChoicePanel(QWidget):
    """Chooses a kind of print-out, and one school, person or day of it, or all."""

    kind_changed = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(290)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("What to print"))
        for kind, text in _KINDS.items():
            self.kind.addItem(_(text), kind.value)
        self.kind.currentIndexChanged.connect(self.kind_changed)
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Search"))
        self._search.setAccessibleName(_("Search school or person"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        self.names = QListWidget()
        self.names.setAccessibleName(_("School or person"))
        self.names.currentItemChanged.connect(self.changed)
        self.names.ensurePolished()  # so that items are measured as they will be drawn
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 12, 14)
        layout.setSpacing(8)
        layout.addWidget(label(_("What to print"), "section"))
        layout.addWidget(self.kind)
        layout.addSpacing(6)
        layout.addWidget(self._search)
        layout.addWidget(self.names, stretch=1)

    def choice(self) -> Choice:
        """Return what is chosen."""
        kind = PrintKind(self.kind.currentData())
        item = self.names.currentItem()
        key = item.data(_ID_ROLE) if self.names.count() else ""
        return Choice(kind=kind, part=key, name=item.text()) if key else Choice(kind=kind)

    def offer(self, parts: Mapping[str, str]) -> None:
        """List what the kind is printed by, and choose all of it."""
        self.names.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.names.clear()
        entries = sorted_by_name(parts.items(), itemgetter(1))
        for key, name in [("", _("All ({n})", n=len(entries))), *entries]:
            item = QListWidgetItem(name)
            item.setData(_ID_ROLE, key)
            self.names.addItem(item)
        self.names.setCurrentRow(0)
        self.names.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        wanted = self._search.text().casefold().strip()
        for number in range(1, self.names.count()):
            item = self.names.item(number)
            item.setHidden(wanted not in item.text().casefold())
