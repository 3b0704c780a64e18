"""The figures at the top of the page: one for each measure, one for each other thing to know."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from planner.coverage_words import MEASURES
from planner.domain.coverage_counts import Coverage
from planner.services.coverage.views import CoverageView
from planner.words import _, hours, ngettext
from ui.coverage import words
from ui.theme import tokens
from ui.widgets import Chip, clear, label

_BAR_PX = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its name, what it means and how much it matters.

    Parameters
    ----------
    coverage
        Drawn as a bar; nothing for what is no share of the promise.
    """

    name: str
    number: str
    said: str
    tone: str
    coverage: Coverage | None = None


class Tiles(QWidget):
    """Figures as wide as each other, in a row or, where that has no room, in two."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles: list[_Tile] = []
        self._n_columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)

    def show_view(self, view: CoverageView) -> None:
        """Show another week's figures."""
        clear(self._grid)
        self._tiles = [_Tile(figure) for figure in figures(view)]
        self._arrange(self._fitting())

    @override
    def minimumSizeHint(self) -> QSize:
        height = self._grid.minimumHeightForWidth(self.width())  # names take two lines, or one
        return QSize(self._least_px(_half(len(self._tiles))), height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting() != self._n_columns:
            self._arrange(self._fitting())

    def _fitting(self) -> int:
        """Return how many figures stand in a row."""
        n_tiles = len(self._tiles)
        return n_tiles if self._least_px(n_tiles) <= self.width() else _half(n_tiles)

    def _least_px(self, n_columns: int) -> int:
        widest = max((tile.minimumSizeHint().width() for tile in self._tiles), default=0)
        return n_columns * (widest + self._grid.spacing())

    def _arrange(self, n_columns: int) -> None:
        self._n_columns = n_columns
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, *divmod(number, n_columns))
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(column < n_columns))


def _half(number: int) -> int:
    return (number + 1) // 2


def figures(view: CoverageView) -> Iterator[Figure]:
    """Yield what the page tells first."""
    for measure, coverage in view.measures:
        is_short = coverage.n_gaps > 0
        yield Figure(
            name=_(MEASURES[measure]),
            number=f"{coverage.n_planned}/{coverage.n_promised}",
            said=words.rest(coverage),
            tone="danger"
            if is_short
            else "success"
            if coverage.n_planned == coverage.n_promised
            else "neutral",
            coverage=coverage,
        )
    if view.need:
        n = view.n_below_minimum
        yield Figure(
            name=_("Hours below the minimum staffing"),
            number=str(n),
            said=_("of {n} hours", n=len(view.need)),
            tone="danger" if n else "success",
        )
    yield from _evening(view)
    n = len(view.lone)
    yield Figure(
        name=_("Alone after dusk"),
        number=str(n),
        said=ngettext("duty", "duties", n),
        tone="warning" if n else "success",
    )


def _evening(view: CoverageView) -> Iterator[Figure]:
    evening = view.evening
    found = evening.hours
    if found.needed:
        short = found.needed - found.covered
        yield Figure(
            name=_("Officer-hours the evenings lack"),
            number=str(short),
            said=_("of {n} needed", n=found.needed),
            tone="warning" if short else "success",
        )
    since = evening.since_published or evening.since_base
    if since is not None:
        is_published = evening.since_published is not None
        yield Figure(
            name=_("Evening hours moved to the day"),
            number=hours(since.moved_min),
            said=_("since first published") if is_published else _("against the base roster"),
            tone="danger" if since.moved_min else "success",
        )


class _Tile(QFrame):
    """One figure."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's signature
        name = label(figure.name, "muted", wraps=True)
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        name.setMinimumWidth(60)
        number = label(figure.number, "title")
        chip = Chip()
        chip.show_state(figure.said, figure.tone)
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(3)
        layout.addWidget(name, stretch=1)
        layout.addWidget(number)
        layout.addWidget(chip, alignment=Qt.AlignmentFlag.AlignLeft)
        if figure.coverage is not None:
            layout.addWidget(ShareBar(figure.coverage))
        else:
            layout.addSpacing(_BAR_PX + layout.spacing())  # numbers stand at one height
        self.setAccessibleName(f"{figure.name}: {figure.number}, {figure.said}")


class ShareBar(QWidget):
    """What became of promised duties as lengths: planned, decided otherwise, missing."""

    def __init__(self, coverage: Coverage) -> None:
        super().__init__()
        self._coverage = coverage
        self.setFixedHeight(_BAR_PX)

    @override
    def sizeHint(self) -> QSize:
        return QSize(80, _BAR_PX)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_share(painter, self._coverage, (0, 0, self.width(), self.height()))


def paint_share(painter: QPainter, coverage: Coverage, box: tuple[int, int, int, int]) -> None:
    """Paint the parts of a bar beside each other; what is missing ends it."""
    colors = tokens()
    left, top, width, height = box
    parts = (
        (coverage.n_planned, colors.success),
        (coverage.n_own_staff + coverage.n_cancelled, colors.outline),
        (coverage.n_gaps, colors.danger),
    )
    at = 0
    for n, color in parts:
        start, at = at, at + n
        if n:
            x = left + width * start // coverage.n_promised
            end = left + width * at // coverage.n_promised
            painter.fillRect(x, top, max(end - x, 2), height, QColor(color))
