"""The promise week by week: how much of it is planned, and where that was published or not."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.coverage_words import SHORT_MEASURES
from planner.domain.coverage_counts import Coverage
from planner.domain.promises import MeasureKind
from planner.domain.weeks import IsoWeek
from planner.services.coverage.views import TrendWeek
from planner.services.roster.views import WeekState
from planner.words import _, hours, short_date
from ui.coverage import words
from ui.coverage.tiles import paint_share
from ui.widgets import label, text_button

_WEEK, _STATE, _BAR, _SHARE = range(4)
_BAR_PX, _BAR_HIGH_PX = 240, 12
_ROW_PX = 34
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_COVERAGE_ROLE = Qt.ItemDataRole.UserRole


class TrendPanel(QWidget):
    """A row for each week, a bar in it; Enter or a double click shows the week."""

    week_opened = Signal(object)
    """The ``IsoWeek`` of the row."""
    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._weeks: tuple[TrendWeek, ...] = ()
        self.table = _Table()
        self.table.row_opened.connect(self._open)
        self.said = label("", "muted", wraps=True)
        self._stop = text_button(_("Stop"), "square")
        self._stop.clicked.connect(self.stop_asked)
        self._stop.hide()
        row = QHBoxLayout()
        row.addWidget(self.said, stretch=1)
        row.addWidget(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(label(_("The promise week by week"), "heading"))
        layout.addLayout(row)
        layout.addWidget(self.table, stretch=1)

    def show_progress(self, n_read: int, n_weeks: int) -> None:
        """Say how far reading is."""
        self.said.setText(_("Reading week {n} of {n_weeks} …", n=n_read + 1, n_weeks=n_weeks))
        self._stop.show()

    def show_weeks(self, weeks: tuple[TrendWeek, ...], shown: IsoWeek) -> None:
        """Show weeks that were read, and choose the one that the page shows."""
        planned = [n for n, one in enumerate(weeks) if one.state is not WeekState.EMPTY]
        weeks = weeks[planned[0] : planned[-1] + 1] if planned else ()
        self._weeks = weeks
        self._stop.hide()
        self.said.setText(
            _(
                "Each week as it was published last, else as its draft is: duties planned of those "
                "promised, officer-hours that the evenings lack, and hours of evening moved to the "
                "day since the first publication. Of older weeks only the duties that they were "
                "first published with are kept. Enter shows the week."
            )
            if weeks
            else _("No week around this one is planned yet.")
        )
        self.table.fill(weeks)
        at = next((n for n, one in enumerate(weeks) if one.week == shown), 0)
        self.table.setCurrentCell(at, _WEEK)

    def fail(self) -> None:
        """Stop saying that weeks are read."""
        self._stop.hide()
        self.said.setText("")

    @Slot(int)
    def _open(self, row: int) -> None:
        if 0 <= row < len(self._weeks):
            self.week_opened.emit(self._weeks[row].week)


class _Table(QTableWidget):
    row_opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("The promise week by week"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.setItemDelegateForColumn(_BAR, _BarDelegate(self))
        self.cellDoubleClicked.connect(self._open_cell)

    def fill(self, weeks: tuple[TrendWeek, ...]) -> None:
        told = {measure for one in weeks for measure, _coverage in one.measures}
        measures = [measure for measure in MeasureKind if measure in told]
        heads = [_("Week"), _("State"), "", _("Planned")]
        heads += [_(SHORT_MEASURES[measure]) for measure in measures]
        heads += [_("Evenings lack"), _("Moved to the day")]
        self.setColumnCount(len(heads))
        for column, text in enumerate(heads):
            head = QTableWidgetItem(text)
            side = Qt.AlignmentFlag.AlignRight if column >= _SHARE else Qt.AlignmentFlag.AlignLeft
            head.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, head)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(_BAR, QHeaderView.ResizeMode.Fixed)
        across.resizeSection(_BAR, _BAR_PX)
        across.setHighlightSections(False)
        self.setRowCount(len(weeks))
        for row, one in enumerate(weeks):
            for column, text in enumerate(_texts(one, measures)):
                item = QTableWidgetItem(text)
                if column == _BAR and one.total.n_promised:
                    item.setData(_COVERAGE_ROLE, one.total)
                if column >= _SHARE:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.setItem(row, column, item)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.row_opened.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    @Slot(int, int)
    def _open_cell(self, row: int, _column: int) -> None:
        self.row_opened.emit(row)


def _texts(one: TrendWeek, measures: Iterable[MeasureKind]) -> Iterator[str]:
    """Yield what stands in a row."""
    first, last = one.week.days[0], one.week.days[-1]
    yield _("Week {n}", n=one.week.week) + f"   {short_date(first)} – {short_date(last)}"
    if one.has_only_counts:
        yield _("As first published")
    else:
        yield _(words.STATES[one.state][0], version=one.number)
    yield ""
    if one.state is WeekState.EMPTY:
        yield "–"
    elif not one.total.n_promised:
        yield _("nothing was promised")
    else:
        yield _("{share} %", share=one.total.percent)
    of_measure = dict(one.measures)
    for measure in measures:
        coverage = of_measure.get(measure)
        yield f"{coverage.n_planned}/{coverage.n_promised}" if coverage else "–"
    evening = one.evening
    yield str(evening.needed - evening.covered) if evening.needed else "–"
    yield "–" if one.moved_min is None else hours(one.moved_min)


class _BarDelegate(QStyledItemDelegate):
    """Draws the share as a bar."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        coverage = index.data(_COVERAGE_ROLE)
        if isinstance(coverage, Coverage):
            box: QRect = option.rect
            y = box.center().y() - _BAR_HIGH_PX // 2
            paint_share(painter, coverage, (box.left() + 8, y, box.width() - 16, _BAR_HIGH_PX))
