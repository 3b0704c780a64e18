"""What was understood of the sheet, with what the planner has to say about it beside it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from planner.domain.grids import Doubt, DoubtKind, Grid, GridDecisions, GridKind
from planner.domain.plan import Plan
from planner.services.grids.importing import GridFile
from planner.words import N_, _, date_range, month_name, ngettext
from ui.imports.grids.code_panel import CodePanel, open_text
from ui.imports.grids.people_panel import PeoplePanel
from ui.imports.grids.picture import DRESSES, Picture
from ui.theme import theme, tokens
from ui.widgets import MessageBar, label

_KINDS = {
    GridKind.CROSS: N_("people and dates"),
    GridKind.WEEKS: N_("a row for each person and week"),
    GridKind.LIST: N_("a list with a row for each shift"),
}
_LEGEND = {
    "shift": N_("shift"),
    "free": N_("free"),
    "absent": N_("absent"),
    "bound": N_("bound time"),
    "open": N_("no meaning yet"),
}
CODES_TAB, PEOPLE_TAB = range(2)


class MeaningPage(QWidget):
    """Step 2: shows the sheet with marks, and asks what is not clear."""

    decided = Signal(object)
    """The ``GridDecisions`` as they are now."""
    sheet_chosen = Signal(str)
    """Another sheet; empty for all that go together."""
    doubt_answered = Signal(object)
    """The ``Doubt`` with the answer taken."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._doubt: Doubt | None = None
        self._decisions = GridDecisions()
        self.sheets = QComboBox()
        self.sheets.setAccessibleName(_("Sheet"))
        self.sheets.activated.connect(self._choose_sheet)
        self.answers = QComboBox()
        self.answers.activated.connect(self._answer)
        self._asked = label("")
        self._told = label("", "muted")
        self.unread = label("", "muted", wraps=True)
        self.waiting = MessageBar(is_closable=False)
        self.picture = Picture()
        self.codes = CodePanel(plan)
        self.codes.changed.connect(self._decide)
        self.codes.pointed.connect(self.picture.point_at)
        self.people = PeoplePanel(plan)
        self.people.changed.connect(self._decide)
        self.people.pointed.connect(self.picture.go_to_person)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.codes, "")
        self.tabs.addTab(self.people, "")
        above = QHBoxLayout()
        above.setSpacing(8)
        for part in (self.sheets, self._told):
            above.addWidget(part)
        above.addStretch()
        for part in (self._asked, self.answers):
            above.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 12)
        layout.setSpacing(8)
        layout.addLayout(above)
        layout.addWidget(self.waiting)
        layout.addWidget(self._make_card(), stretch=1)
        layout.addWidget(self.unread)

    def _make_card(self) -> QFrame:
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.picture, stretch=1)
        inside.addLayout(self._make_legend())
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.tabs)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([760, 400])
        frame = QFrame()
        frame.setProperty("card", True)  # noqa: FBT003 - Qt's signature
        framed = QVBoxLayout(frame)
        framed.setContentsMargins(8, 8, 8, 8)
        framed.addWidget(splitter)
        return frame

    def show_file(self, file: GridFile) -> None:
        """Show a file as it was understood."""
        self._decisions = file.decisions
        self.picture.show_grid(_shown(file), file.decisions)
        self.codes.show_file(file)
        self.people.show_file(file)
        self.show_open(file)
        self._offer_sheets(file)
        self._ask(file.grid.doubt)
        self._told.setText(_summary(file.grid))
        self.unread.setVisible(bool(file.grid.unread))
        self.unread.setText(
            _(
                "Columns that are not read: {names}.",
                names=", ".join(name.rstrip(". ") for name in file.grid.unread),
            )
        )
        self.tabs.setCurrentIndex(CODES_TAB if file.undecided else PEOPLE_TAB)
        self.picture.scrollToTop()
        self.picture.horizontalScrollBar().setValue(0)

    def show_open(self, file: GridFile) -> None:
        """Say what has to be decided still."""
        n_open = len(file.undecided)
        codes, people = _("Codes"), _("People")
        self.tabs.setTabText(CODES_TAB, f"{codes} ({n_open})" if n_open else codes)
        self.tabs.setTabText(PEOPLE_TAB, f"{people} ({len(file.grid.people)})")
        if n_open:
            self.waiting.say(f"{open_text(n_open)}: {', '.join(file.undecided)}", "warning")
        elif file.has_namesakes:
            text = _("Several people have one name. Look at who they are before you go on.")
            self.waiting.say(text, "warning")
        else:
            self.waiting.hide()

    def _make_legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._swatches: dict[str, QLabel] = {}
        for tone, text in _LEGEND.items():
            swatch = QLabel()
            swatch.setFixedSize(14, 14)
            self._swatches[tone] = swatch
            row.addWidget(swatch)
            row.addWidget(label(_(text), "small"))
            row.addSpacing(8)
        row.addStretch()
        theme().changed.connect(self._draw)
        self._draw()
        return row

    @Slot()
    def _draw(self) -> None:
        colors = tokens().as_map()
        for tone, swatch in self._swatches.items():
            fill, line = colors[DRESSES[tone].fill], colors["line"]
            swatch.setStyleSheet(f"background: {fill}; border: 1px solid {line};")

    def _offer_sheets(self, file: GridFile) -> None:
        self.sheets.clear()
        if len(file.grid.sheets) > 1:
            self.sheets.addItem(
                ngettext("{n} sheet together", "{n} sheets together", len(file.grid.sheets)), ""
            )
        for grid in file.grids:
            self.sheets.addItem(grid.sheets[0], grid.sheets[0])
        if len(file.grid.sheets) == 1:
            self.sheets.setCurrentIndex(self.sheets.findData(file.grid.sheets[0]))
            if len(file.grids) > 1:
                self.sheets.addItem(_("All that go together"), "")
        self.sheets.setVisible(len(file.grids) > 1)

    def _ask(self, doubt: Doubt | None) -> None:
        self._doubt = doubt
        for part in (self._asked, self.answers):
            part.setVisible(doubt is not None)
        self.answers.clear()
        if doubt is None:
            return
        is_year = doubt.kind is DoubtKind.YEAR
        text = (
            _("The sheet does not say the year:")
            if is_year
            else _("The sheet does not say the month:")
        )
        self._asked.setText(text)
        self.answers.setAccessibleName(text)
        for choice in doubt.choices:
            self.answers.addItem(str(choice) if is_year else month_name(choice), choice)
        self.answers.setCurrentIndex(max(self.answers.findData(doubt.taken), 0))

    @Slot(int)
    def _choose_sheet(self, row: int) -> None:
        self.sheet_chosen.emit(self.sheets.itemData(row))

    @Slot(int)
    def _answer(self, row: int) -> None:
        if self._doubt is not None:
            taken = self.answers.itemData(row)
            self.doubt_answered.emit(replace(self._doubt, taken=taken))

    @Slot(object)
    def _decide(self, decisions: GridDecisions) -> None:
        self._decisions = decisions
        self.codes.show_decisions(decisions)
        self.people.show_decisions(decisions)
        self.picture.sheet.show_decisions(decisions)
        self.decided.emit(decisions)


def _shown(file: GridFile) -> Grid:
    """Return the sheet that is shown: of several together, the one that holds most."""
    first = file.grid.sheets[0]
    return next((grid for grid in file.grids if grid.sheets[0] == first), file.grid)


def _summary(grid: Grid) -> str:
    return " · ".join(
        (
            _("Understood as {kind}", kind=_(_KINDS[grid.kind])),
            date_range(grid.first_day, grid.last_day),
            ngettext("{n} person", "{n} people", len(grid.people)),
        )
    )
