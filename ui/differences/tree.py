"""What differs, by person or by place, with each change under whom or where it concerns."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from string import Template
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from planner.difference_words import minutes_text
from planner.domain.changed import (
    ChangeKind,
    DutyChange,
    PersonDifferences,
    PlaceDifferences,
    ShiftChange,
    WeekDifferences,
)
from planner.domain.ids import StaffId
from planner.words import _
from ui.differences import words
from ui.folding import folded
from ui.theme import FONT_PX, font, icon, theme, tokens
from ui.widgets import sorted_by_name

_SYMBOLS = {
    ChangeKind.ADDED: ("plus", "success"),
    ChangeKind.REMOVED: ("minus", "danger"),
    ChangeKind.MOVED: ("clock", "warning"),
    ChangeKind.CHANGED: ("info", "warning"),
    ChangeKind.HANDED_OVER: ("users", "accent"),
}
_CHECK_BOXES = Template(
    "QTreeView::item { padding: 4px 10px; }"
    "QTreeView::indicator { width: 16px; height: 16px; border: 1px solid $outline;"
    " border-radius: 4px; background: $surface; }"
    "QTreeView::indicator:checked { background: $accent; border-color: $accent;"
    " image: url(theme:check-$shade.svg); }"
)
"""As the check boxes of forms are."""
_CHANGED_ROLE = Qt.ItemDataRole.UserRole
_STAFF_ROLE = Qt.ItemDataRole.UserRole + 1


class DifferencesTree(QTreeWidget):
    """Shows before and after side by side."""

    def __init__(self, name: str, heading: str) -> None:
        super().__init__()
        self._heading = heading
        self.setAccessibleName(name)
        self.setColumnCount(3)
        self.setUniformRowHeights(False)
        self.setRootIsDecorated(False)
        self.setIndentation(14)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # As wide as what they say, so that nothing is cut off: rather scroll aside.
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.header().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

        theme().changed.connect(self._dress)
        self._dress()

    def name_versions(self, before: str, after: str) -> None:
        """Head the columns with the versions that are compared."""
        self.setHeaderLabels([self._heading, before, after])

    def show_people(
        self, differences: WeekDifferences, zone: ZoneInfo, *, is_choice: bool = False
    ) -> None:
        """Show each person's hours, shifts and duties.

        Parameters
        ----------
        is_choice
            Only those for whom something differs, each with a box, ticked, to leave them out.
        """
        shown = [one for one in differences.people if one.is_changed or not is_choice]
        people = sorted_by_name(shown, attrgetter("name"))
        self._fill(_person_item(differences, person, zone) for person in people)
        for number, person in enumerate(people):
            item = self.topLevelItem(number)
            if item is not None:
                item.setData(0, _STAFF_ROLE, person.staff)
                if is_choice:
                    item.setCheckState(0, Qt.CheckState.Checked)

    def chosen(self) -> frozenset[StaffId]:
        """Return the people whose box is ticked."""
        items = (self.topLevelItem(n) for n in range(self.topLevelItemCount()))
        return frozenset(
            StaffId(item.data(0, _STAFF_ROLE))
            for item in items
            if item is not None and item.checkState(0) is Qt.CheckState.Checked
        )

    def choose_all(self, *, is_chosen: bool) -> None:
        """Tick the box of everybody who is shown, or of nobody."""
        state = Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
        for number in range(self.topLevelItemCount()):
            item = self.topLevelItem(number)
            if item is not None and not item.isHidden():
                item.setCheckState(0, state)

    def show_places(self, differences: WeekDifferences, zone: ZoneInfo) -> None:
        """Show who stands at each place."""
        places = sorted_by_name(differences.places, attrgetter("title"))
        self._fill(_place_item(differences, place, zone) for place in places)

    def narrow(self, typed: str, *, only_changed: bool) -> int:
        """Show only what is asked for, and return how many that are."""
        wanted = folded(typed.strip()).letters
        n_shown = 0
        for number in range(self.topLevelItemCount()):
            item = self.topLevelItem(number)
            if item is None:
                continue
            is_shown = wanted in folded(item.text(0)).letters
            if only_changed:
                is_shown = is_shown and bool(item.data(0, _CHANGED_ROLE))
            item.setHidden(not is_shown)
            n_shown += is_shown
        return n_shown

    def _dress(self) -> None:
        shade = "dark" if tokens().is_dark else "light"
        self.setStyleSheet(_CHECK_BOXES.substitute(tokens().as_map(), shade=shade))

    def _fill(self, items: Iterable[QTreeWidgetItem]) -> None:
        self.clear()
        self.addTopLevelItems(list(items))
        self.expandAll()


def _person_item(
    differences: WeekDifferences, person: PersonDifferences, zone: ZoneInfo
) -> QTreeWidgetItem:
    hours = (minutes_text(person.before), minutes_text(person.after))
    item = _top(person.name, *hours, is_changed=person.is_changed)
    for change in person.shifts:
        before, after = (
            words.shift_lines(differences, shift, change, zone)
            for shift in (change.before, change.after)
        )
        item.addChild(_child(change, words.shift_change_text(change), before, after))
    item.addChildren(list(_duty_items(differences, person.duties, zone, whose=person.staff)))
    return item


def _place_item(
    differences: WeekDifferences, place: PlaceDifferences, zone: ZoneInfo
) -> QTreeWidgetItem:
    item = _top(place.title, "", "", is_changed=place.is_changed)
    item.addChildren(list(_duty_items(differences, place.duties, zone)))
    return item


def _duty_items(
    differences: WeekDifferences,
    changes: Iterable[DutyChange],
    zone: ZoneInfo,
    *,
    whose: StaffId | None = None,
) -> Iterator[QTreeWidgetItem]:
    """Yield a row for each change; under a person with the place, and only others' names."""
    for change in changes:
        what = words.duty_change_text(change, has_title=whose is not None)
        before, after = (
            words.standing_lines(differences, standing, zone, whose=whose)
            for standing in (change.before, change.after)
        )
        yield _child(change, what, before, after)


def _top(name: str, before: str, after: str, *, is_changed: bool) -> QTreeWidgetItem:
    item = QTreeWidgetItem([name, before, after])
    item.setFont(0, font(FONT_PX, font().Weight.DemiBold))
    item.setData(0, _CHANGED_ROLE, is_changed)
    if not is_changed:
        item.setToolTip(0, _("No difference"))
    return item


def _child(change: ShiftChange | DutyChange, what: str, before: str, after: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([what, before, after])
    item.setIcon(0, icon(*_SYMBOLS[change.kind]))
    for column, text in enumerate((what, before, after)):
        item.setToolTip(column, text)
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return item
