"""What each code and colour of the sheet means."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.domain.grids import CodeChoice, Grid, GridDecisions, codes_of, colors_of
from planner.domain.plan import Plan
from planner.services.grids.choices import has_times, parse_times, times_text
from planner.services.grids.importing import GridFile
from planner.words import _, ngettext
from ui.imports.grids.meanings import NEW_TYPE, OWN_TIMES, bare, choices, meaning_text, needs_times
from ui.imports.grids.report_lists import ROWS
from ui.theme import icon
from ui.widgets import label

_KEY_ROLE = Qt.ItemDataRole.UserRole
_COLOR_ROLE = Qt.ItemDataRole.UserRole + 1
_SWATCH_PX = 14


class CodePanel(QWidget):
    """Lists codes and colours, those without a meaning first, and asks about the one chosen."""

    changed = Signal(object)
    """The ``GridDecisions`` with another meaning."""
    pointed = Signal(str)
    """A code or a colour was chosen."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._decisions = GridDecisions()
        self._grid: Grid | None = None
        self._choices = tuple(choices(plan))
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("Codes and colours"))
        self.list.setHeaderLabels([_("In the sheet"), _("Cells"), _("Means")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setStyleSheet(ROWS)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(self._show_chosen)
        self.meaning = QComboBox()
        self.meaning.setAccessibleName(_("Means"))
        self.meaning.activated.connect(self._choose)
        self.times = QLineEdit()
        self.times.setPlaceholderText("07:15–11:30, 13–16")
        self.times.setAccessibleName(_("Times"))
        self.times.textEdited.connect(self._type_times)
        self._told = label("", "muted", wraps=True)
        self.break_min = QSpinBox()
        self.break_min.setRange(0, 120)
        self.break_min.setSingleStep(5)
        self.break_min.setSuffix(" min")
        self.break_min.setAccessibleName(_("Unpaid break"))
        self.break_min.valueChanged.connect(self._choose_break)
        pause = QHBoxLayout()
        pause.addWidget(
            label(_("Unpaid break in times of more than five hours"), "muted", wraps=True),
            stretch=1,
        )
        pause.addWidget(self.break_min)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.list, stretch=1)
        layout.addWidget(self.meaning)
        layout.addWidget(self.times)
        layout.addWidget(self._told)
        layout.addLayout(pause)

    def show_file(self, file: GridFile) -> None:
        """List the codes and colours of a file."""
        self._decisions, self._grid = file.decisions, file.grid
        self.list.clear()
        open_codes = set(file.undecided)
        codes = sorted(codes_of(file.grid).items(), key=lambda one: one[0] not in open_codes)
        for code, n in codes:
            self._add(code, "", n)
        for color, n in colors_of(file.grid).items():
            self._add("", color, n)
        self.break_min.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.break_min.setValue(file.decisions.break_min)
        self.break_min.blockSignals(False)  # noqa: FBT003 - Qt's signature
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        self._show_chosen()

    def show_decisions(self, decisions: GridDecisions) -> None:
        """Take over what was decided elsewhere."""
        self._decisions = decisions

    def _add(self, code: str, color: str, n: int) -> None:
        item = QTreeWidgetItem([code or _("Colour"), str(n), ""])
        item.setData(0, _KEY_ROLE, code)
        item.setData(0, _COLOR_ROLE, color)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if color:
            swatch = QPixmap(_SWATCH_PX, _SWATCH_PX)
            swatch.fill(QColor(f"#{color}"))
            item.setIcon(0, swatch)
        self.list.addTopLevelItem(item)
        self._word(item)

    def _word(self, item: QTreeWidgetItem) -> None:
        choice = self._choice_of(item)
        is_color = bool(item.data(0, _COLOR_ROLE))
        is_open = choice is None and not is_color
        text = (
            _("Nothing of its own") if is_color and not choice else meaning_text(self._plan, choice)
        )
        item.setText(2, text)
        item.setToolTip(2, text)
        item.setIcon(2, icon("circle-alert", "danger") if is_open else icon("check", "muted"))

    def _choice_of(self, item: QTreeWidgetItem) -> CodeChoice | None:
        color = item.data(0, _COLOR_ROLE)
        if color:
            return self._decisions.colors.get(color)
        return self._decisions.codes.get(item.data(0, _KEY_ROLE))

    @Slot()
    def _show_chosen(self) -> None:
        item = self.list.currentItem()
        is_chosen = item is not None
        self.meaning.setEnabled(is_chosen)
        self.times.setVisible(False)
        self._told.setText("")
        if item is None:
            return
        choice = self._choice_of(item)
        code, color = item.data(0, _KEY_ROLE), item.data(0, _COLOR_ROLE)
        self.meaning.clear()
        self.meaning.addItem(_("Nothing of its own") if color else _("Choose what it means"), None)
        if self._grid is not None and not color and has_times(self._grid, code):
            self.meaning.addItem(meaning_text(self._plan, OWN_TIMES), OWN_TIMES)
        for text, each in self._choices:
            if not color or each != NEW_TYPE:  # nobody would know a type by its colour
                self.meaning.addItem(text, each)
        if choice is not None:
            rows = range(1, self.meaning.count())
            found = [n for n in rows if self.meaning.itemData(n) == bare(choice)]
            self.meaning.setCurrentIndex(found[0] if found else 0)
            self._show_times(choice)
        self.pointed.emit(color or code)

    def _show_times(self, choice: CodeChoice) -> None:
        self.times.setVisible(needs_times(choice))
        self.times.setText(times_text(choice.times))

    @Slot(int)
    def _choose(self, row: int) -> None:
        item, choice = self.list.currentItem(), self.meaning.itemData(row)
        if item is None:
            return
        if choice is not None and needs_times(choice):
            before = self._choice_of(item)
            self.times.setVisible(True)
            self.times.setText(times_text(before.times) if before else "")
            self.times.setFocus()
            self._type_times(self.times.text())
            return
        self.times.setVisible(False)
        self._told.setText("")
        self._decide(item, choice)

    @Slot(str)
    def _type_times(self, text: str) -> None:
        """Take times as they are typed; as long as they say nothing, nothing is decided."""
        item, choice = self.list.currentItem(), self.meaning.currentData()
        if item is None or choice is None:
            return
        times = parse_times(text)
        self._told.setText("" if times else _("Write the times such as 07:15–11:30, 13–16."))
        self._decide(item, replace(choice, times=times) if times else None)

    def _decide(self, item: QTreeWidgetItem, choice: CodeChoice | None) -> None:
        code, color = item.data(0, _KEY_ROLE), item.data(0, _COLOR_ROLE)
        before = self._decisions.colors if color else self._decisions.codes
        now = {key: value for key, value in before.items() if key != (color or code)}
        if choice is not None:
            now[color or code] = choice
        if color:
            self._decisions = replace(self._decisions, colors=now)
        else:
            self._decisions = replace(self._decisions, codes=now)
        self._word(item)
        self.changed.emit(self._decisions)

    @Slot(int)
    def _choose_break(self, minutes: int) -> None:
        self._decisions = replace(self._decisions, break_min=minutes)
        self.changed.emit(self._decisions)


def open_text(n_open: int) -> str:
    """Return how many codes wait for a meaning."""
    return ngettext("{n} code has no meaning yet", "{n} codes have no meaning yet", n_open)
