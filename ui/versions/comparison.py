"""Right in the dialog: what differs between the two versions that are chosen."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from planner.difference_words import counts_text
from planner.domain.changed import WeekDifferences
from planner.services.publish.versions import Version
from planner.words import _
from ui.differences import DifferencesTree
from ui.theme import theme
from ui.versions import words
from ui.widgets import EmptyState, label


class Comparison(QWidget):
    """Offers what to compare with, and shows the difference by person and by place."""

    other_chosen = Signal()

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self._differences: WeekDifferences | None = None
        self.other = QComboBox()
        self.other.setAccessibleName(_("Compared with"))
        self.other.currentIndexChanged.connect(self.other_chosen)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search person or place"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.only_changed = QCheckBox(_("Only changes"))
        self.only_changed.setChecked(True)
        self.only_changed.toggled.connect(self._narrow)
        self.said = label("", wraps=True)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("By person or by place"))
        self.tabs.setExpanding(False)
        self.tabs.addTab(_("By person"))
        self.tabs.addTab(_("By place"))
        self.people = DifferencesTree(_("By person"), _("Person"))
        self.places = DifferencesTree(_("By place"), _("Place"))
        self.same = EmptyState(
            "circle-check", _("No difference here"), _("Nothing differs, or nothing matches.")
        )
        self.waiting = EmptyState("clock", _("Comparing the versions"), "")
        self.pages = QStackedWidget()
        for page in (self.waiting, self.people, self.places, self.same):
            self.pages.addWidget(page)
        self.tabs.currentChanged.connect(self._narrow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._make_head())
        layout.addWidget(self.tabs)
        layout.addWidget(self.pages, stretch=1)
        theme().changed.connect(self._draw)

    def offer(self, versions: tuple[Version, ...], chosen: Version | None) -> None:
        """Offer versions to compare with, and choose one of them."""
        self.other.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.other.clear()
        for version in versions:
            self.other.addItem(words.version_name(version), version)
        self.other.setCurrentIndex(versions.index(chosen) if chosen in versions else 0)
        self.other.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def wait(self) -> None:
        """Show that a comparison is being made."""
        self._differences = None
        self.said.setText("")
        self.pages.setCurrentWidget(self.waiting)

    def show_differences(
        self, differences: WeekDifferences, before: Version, after: Version
    ) -> None:
        """Show what differs between two versions, the earlier at the left."""
        self._differences = differences
        names = (words.version_name(before), words.version_name(after))
        for tree in (self.people, self.places):
            tree.name_versions(*names)
        self.tabs.setTabText(0, _("By person ({n})", n=differences.n_people))
        self.tabs.setTabText(1, _("By place ({n})", n=differences.n_places))
        counts = counts_text(differences.shifts, differences.duties)
        self.said.setText(words.summary(differences, counts))
        self._draw()

    def _make_head(self) -> QVBoxLayout:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(label(_("Compared with"), "section"))
        above.addWidget(self.other, stretch=1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.search, stretch=1)
        below.addWidget(self.only_changed)
        head = QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 6)
        head.setSpacing(8)
        head.addLayout(above)
        head.addLayout(below)
        head.addWidget(self.said)
        return head

    def _draw(self) -> None:
        if self._differences is not None:
            self.people.show_people(self._differences, self._zone)
            self.places.show_places(self._differences, self._zone)
            self._narrow()

    @Slot()
    def _narrow(self) -> None:
        if self._differences is None:
            return
        only_changed = self.only_changed.isChecked()
        trees = (self.people, self.places)
        n_shown = [tree.narrow(self.search.text(), only_changed=only_changed) for tree in trees]
        at = self.tabs.currentIndex()
        self.pages.setCurrentWidget(trees[at] if n_shown[at] else self.same)
