"""Where and when people are missing: two maps, the need by hour, and the gaps by harm."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.roster import Gap
from planner.services.coverage.views import CoverageView, MapRow, RankedGap
from planner.words import _, ngettext, short_date, weekday_name
from ui.coverage import words
from ui.coverage.heat_map import HeatMap
from ui.widgets import NeedChart, label, text_button
from ui.widgets.notes import Note, NoteList

_DAY_PX, _HOUR_PX = 52, 34
_GAPS_PX = 340
_WITH_CHART_PX = 400
"""The chart of the need is shown only in an overview that is so high; the week has it too."""
_SCHOOLS_PX, _HOTSPOTS_PX = 490, 600


class Overview(QWidget):
    """Shows a week's coverage; a cell or a gap leads to the week."""

    spot_asked = Signal(str, object)
    """Id of the place (empty: none) and the ``date`` to show in the week."""
    gap_asked = Signal(object)
    """The ``Gap`` that is to be explained."""

    def __init__(self) -> None:
        super().__init__()
        self._gaps: tuple[RankedGap, ...] = ()
        self._has_need = False
        self._view: CoverageView | None = None
        self.schools = HeatMap(_("Schools and days"), _DAY_PX)
        self.hotspots = HeatMap(_("Selected places and hours of the day"), _HOUR_PX)
        self.chart = NeedChart()
        self.pointed = label("", "muted", wraps=True)
        self.pointed.setContentsMargins(14, 4, 14, 6)
        for heat_map in (self.schools, self.hotspots):
            heat_map.cell_opened.connect(self.spot_asked)
            heat_map.cell_pointed.connect(self._point)
        maps = QSplitter(Qt.Orientation.Horizontal)
        self._school_title = label("", "section", wraps=True)
        self._hotspot_title = label("", "section", wraps=True)
        maps.addWidget(_titled(self._school_title, self.schools))
        self.day = QComboBox()
        self.day.setAccessibleName(_("Day of the selected places"))
        self.day.currentIndexChanged.connect(self._show_hotspots)
        maps.addWidget(_titled(self._hotspot_title, self.hotspots, self.day))
        maps.setChildrenCollapsible(False)
        maps.setSizes([_SCHOOLS_PX, _HOTSPOTS_PX])
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(maps, stretch=1)
        column.addWidget(self.pointed)
        column.addWidget(self.chart)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self._make_gaps())
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([3 * _GAPS_PX, _GAPS_PX])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def show_view(self, view: CoverageView) -> None:
        """Show another week."""
        shown = [n for n in range(len(view.days)) if _has_any(view.schools, n)]
        days = [view.days[n].day for n in shown]
        rows = [
            MapRow(source=row.source, name=row.name, cells=tuple(row.cells[n] for n in shown))
            for row in view.schools
        ]
        self.schools.show_rows(
            rows, [f"{weekday_name(day)} {day.day}" for day in days], list(map(short_date, days))
        )
        self._school_title.setText(_title(_("Schools and days"), view.schools))
        self._hotspot_title.setText(_title(_("Selected places and hours"), view.hotspots))
        self._view = view
        self._offer_days(view)
        self._show_hotspots()
        self.chart.show_points(view.need, ZoneInfo(view.zone))
        self._has_need = bool(view.need)
        self._make_room()
        self._point([])
        self._show_gaps(view)

    def _offer_days(self, view: CoverageView) -> None:
        """Let the user choose all days or one; the weekday that is chosen stays."""
        chosen = max(self.day.currentIndex(), 0)
        self.day.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.day.clear()
        self.day.addItem(_("All days"))
        for header in view.days:
            n = sum(header.day in cell.lacking for row in view.hotspots for cell in row.cells)
            self.day.addItem(f"{short_date(header.day)}{f' ({n})' if n else ''}")
        self.day.setCurrentIndex(chosen)
        self.day.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.day.setVisible(bool(view.hotspots))

    @Slot()
    def _show_hotspots(self) -> None:
        view, at = self._view, self.day.currentIndex() - 1
        if view is None:
            return
        rows = view.hotspots
        if at >= 0:
            day = view.days[at].day
            rows = tuple(replace(row, cells=tuple(c.on(day) for c in row.cells)) for row in rows)
        self.hotspots.show_rows(
            rows,
            [f"{hour:02d}" for hour in view.hours],
            [f"{hour:02d}–{(hour + 1) % 24:02d}" for hour in view.hours],
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Leave what little height there is to the maps."""
        self.chart.setVisible(self._has_need and self.height() >= _WITH_CHART_PX)

    def _make_gaps(self) -> QWidget:
        made = QWidget()
        made.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.gaps_title = label("", "section")
        self.gaps_title.setContentsMargins(14, 10, 14, 2)
        hint = label(_("The most harmful first: priority, then how much work is missing."), "small")
        hint.setWordWrap(True)
        hint.setContentsMargins(14, 0, 14, 6)
        self.gaps = NoteList(_("Gaps, the most harmful first"))
        self.gaps.itemActivated.connect(self.show_chosen)
        self.gaps.currentRowChanged.connect(self._offer)
        self._nothing = label("", "muted", wraps=True)
        self._nothing.setContentsMargins(14, 8, 14, 8)
        self.why = text_button(_("Why, and what helps"))
        self.why.clicked.connect(self.explain_chosen)
        self.show_in_week = text_button(_("Show in the week"))
        self.show_in_week.clicked.connect(self.show_chosen)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 8, 14, 8)
        foot.setSpacing(8)
        foot.addWidget(self.why)
        foot.addWidget(self.show_in_week)
        foot.addStretch()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.gaps_title)
        layout.addWidget(hint)
        layout.addWidget(self._nothing)
        layout.addWidget(self.gaps, stretch=1)
        layout.addLayout(foot)
        return made

    def _show_gaps(self, view: CoverageView) -> None:
        before = self._chosen()
        self._gaps, zone = view.gaps, ZoneInfo(view.zone)
        n = len(view.gaps)
        self.gaps_title.setText(ngettext("{n} gap", "{n} gaps", n))
        self._nothing.setText("" if n else _("Nothing is missing this week."))
        self._nothing.setVisible(not n)
        self.gaps.fill(
            Note(
                lines=words.gap_lines(one, zone),
                tone="danger" if one.harm.priority == 1 else "warning",
                value=one.gap,
            )
            for one in view.gaps
        )
        same = (at for at, one in enumerate(view.gaps) if before and _is_same(one.gap, before))
        self.gaps.setCurrentRow(next(same, 0))  # the most harmful, unless another was chosen
        self._offer()

    def _chosen(self) -> Gap | None:
        row = self.gaps.currentRow()
        return self._gaps[row].gap if 0 <= row < len(self._gaps) else None

    @Slot()
    def show_chosen(self) -> None:
        """Lead to the gap that is chosen in the week."""
        row = self.gaps.currentRow()
        if 0 <= row < len(self._gaps):
            one = self._gaps[row]
            self.spot_asked.emit(one.source, one.day)

    @Slot()
    def explain_chosen(self) -> None:
        """Ask why the gap that is chosen is there."""
        gap = self._chosen()
        if gap is not None:
            self.gap_asked.emit(gap)

    @Slot()
    def _offer(self) -> None:
        is_chosen = self._chosen() is not None
        self.why.setEnabled(is_chosen)
        self.show_in_week.setEnabled(is_chosen)

    @Slot(object)
    def _point(self, lines: list[str]) -> None:
        hint = _("Select a cell to see what it says; Enter shows it in the week.")
        self.pointed.setText(" · ".join(lines) or hint)


def _titled(title: QWidget, below: QWidget, beside: QWidget | None = None) -> QWidget:
    """Return something with a title above it, and maybe a choice beside that."""
    made = QWidget()
    made.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    title.setContentsMargins(14, 10, 14, 4)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    row = QHBoxLayout()
    row.setContentsMargins(0, 2, 12, 2)
    row.addWidget(title, stretch=1)
    if beside is not None:
        row.addWidget(beside)
    layout.addLayout(row)
    layout.addWidget(below, stretch=1)
    return made


def _title(name: str, rows: tuple[MapRow, ...]) -> str:
    """Return a map's name and how many of its places lack people."""
    if not rows:
        return _("{name}: nothing is promised", name=name)
    n = sum(any(cell.coverage.n_gaps for cell in row.cells) for row in rows)
    if not n:
        lacking = _("nobody is missing")
    else:
        lacking = ngettext("{n} place lacks people", "{n} places lack people", n)
    return f"{name} · {lacking}"


def _has_any(rows: tuple[MapRow, ...], column: int) -> bool:
    return any(row.cells[column].coverage.n_promised for row in rows)


def _is_same(one: Gap, other: Gap) -> bool:
    return (one.duty, one.need, one.span) == (other.duty, other.need, other.span)
