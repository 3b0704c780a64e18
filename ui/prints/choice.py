"""Left of the preview: for whom to print."""

from dataclasses import dataclass
from enum import StrEnum
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

from planner.domain.ids import SchoolId, StaffId
from planner.domain.plan import Plan
from planner.words import N_, _
from ui.widgets import label, sorted_by_name

_ID_ROLE = Qt.ItemDataRole.UserRole


class Audience(StrEnum):
    """Who reads a print-out."""

    OFFICE = "office"
    NOTICE_BOARD = "notice-board"
    STAFF = "staff"


_AUDIENCES = {
    Audience.OFFICE: N_("Schools, office copy"),
    Audience.NOTICE_BOARD: N_("Schools, notice-board copy"),
    Audience.STAFF: N_("Staff, own week"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to print; ``school`` or ``staff`` is nothing for all."""

    audience: Audience
    school: SchoolId | None = None
    staff: StaffId | None = None
    name: str = ""


class ChoicePanel(QWidget):
    """Chooses an audience, and one school or person of it, or all."""

    changed = Signal()

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._schools = sorted_by_name(
            ((str(school.id), school.name) for school in plan.schools), itemgetter(1)
        )
        self._staff = sorted_by_name(
            ((str(member.id), member.display_name) for member in plan.staff), itemgetter(1)
        )
        self.setFixedWidth(290)
        self.audience = QComboBox()
        self.audience.setAccessibleName(_("For whom"))
        for audience, text in _AUDIENCES.items():
            self.audience.addItem(_(text), audience.value)
        self.audience.currentIndexChanged.connect(self._offer)
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
        layout.addWidget(label(_("For whom"), "section"))
        layout.addWidget(self.audience)
        layout.addSpacing(6)
        layout.addWidget(self._search)
        layout.addWidget(self.names, stretch=1)
        self._offer()

    def choice(self) -> Choice:
        """Return what is chosen."""
        audience = Audience(self.audience.currentData())
        item = self.names.currentItem()
        key, name = item.data(_ID_ROLE), item.text()
        if not key:
            return Choice(audience=audience)
        if audience is Audience.STAFF:
            return Choice(audience=audience, staff=StaffId(key), name=name)
        return Choice(audience=audience, school=SchoolId(key), name=name)

    @Slot()
    def _offer(self) -> None:
        is_staff = self.audience.currentData() == Audience.STAFF.value
        entries = self._staff if is_staff else self._schools
        self.names.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.names.clear()
        for key, name in [("", _("All people") if is_staff else _("All schools")), *entries]:
            item = QListWidgetItem(name)
            item.setData(_ID_ROLE, key)
            self.names.addItem(item)
        self.names.setCurrentRow(0)
        self.names.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._narrow()
        self.changed.emit()

    @Slot()
    def _narrow(self) -> None:
        wanted = self._search.text().casefold().strip()
        for number in range(1, self.names.count()):
            item = self.names.item(number)
            item.setHidden(wanted not in item.text().casefold())
