"""Whether somebody could learn when visits come."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.services.situation.predictability import Learnable, Predictability, ReadingWeek
from planner.words import _
from ui.situation import words
from ui.theme import icon, theme, tokens
from ui.widgets import MessageBar, label, text_button
from ui.widgets.tones import ToneDelegate

_PLACE, _WEEKDAY, _SEEN, _ENTROPY, _TOP, _VERDICT = range(6)
_ROW_PX = 30
_TONES = {
    Learnable.LEARNABLE: ("triangle-alert", "warning"),
    Learnable.NO_PATTERN: ("circle-check", "success"),
    Learnable.TOO_FEW: ("info", "muted"),
}


class PatternPanel(QWidget):
    """What watchers saw, place by place; what can be learned stands first."""

    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Predictability | None = None
        self.verdict = MessageBar(is_closable=False)
        self.said = label("", "muted", wraps=True)
        self.stop_button = text_button(_("Stop"), "square")
        self.stop_button.clicked.connect(self.stop_asked)
        self.stop_button.hide()
        self.table = QTableWidget(0, 6)
        self.table.setItemDelegate(ToneDelegate(self.table))
        self._dress_table()
        row = QHBoxLayout()
        row.addWidget(self.said, stretch=1)
        row.addWidget(self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(label(_("Could somebody learn when visits come?"), "heading"))
        layout.addLayout(row)
        layout.addWidget(self.verdict)
        layout.addWidget(self.table, stretch=100)
        layout.addStretch(1)  # where there is no table
        self._fill()
        theme().changed.connect(self._fill)

    def show_progress(self, progress: ReadingWeek | None) -> None:
        """Say how far reading is."""
        self.stop_button.show()
        self.said.setText(
            _("Reading published week {n} …", n=progress.n_done)
            if progress
            else _("Reading the published weeks …")
        )

    def show_predictability(self, shown: Predictability) -> None:
        """Show what was found."""
        self._shown = shown
        self.stop_button.hide()
        self.said.setText(words.weeks_read(shown))
        text, tone = words.pattern_verdict(shown)
        if text:
            self.verdict.say(text, tone)
        else:
            self.verdict.hide()
        self._fill()

    def end(self) -> None:
        """Stop saying that something is read."""
        self.stop_button.hide()

    def clear(self) -> None:
        """Show nothing, as another plan is shown."""
        self._shown = None
        self.verdict.hide()
        self.said.setText("")
        self._fill()

    def _dress_table(self) -> None:
        heads = (
            _("Place"),
            _("Weekday"),
            _("Visits seen"),
            _("Unpredictability"),
            _("Most often"),
            _("What it means"),
        )
        self.table.setHorizontalHeaderLabels(heads)
        tip = _(
            "Entropy of the half hours in which visits began, as a share of what as many even "
            "draws over the possible times have on average"
        )
        head = self.table.horizontalHeaderItem(_ENTROPY)
        if head is not None:
            head.setToolTip(tip)
        self.table.setAccessibleName(_("Visits by place and weekday"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        across = self.table.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(_VERDICT, QHeaderView.ResizeMode.Stretch)
        across.setHighlightSections(False)

    def _fill(self) -> None:
        rows = self._shown.rows if self._shown else ()
        self.table.setRowCount(len(rows))
        self.table.setVisible(bool(rows))
        for number, row in enumerate(rows):
            symbol, tone = _TONES[row.pattern.learnable]
            for column, text in enumerate(words.pattern_cells(row)):
                item = QTableWidgetItem(text)
                if column == _VERDICT:
                    item.setIcon(icon(symbol, tone))
                    item.setForeground(QColor(tokens().as_map()[tone]))
                self.table.setItem(number, column, item)
