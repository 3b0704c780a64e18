"""How many people have how much of a burden: bars without names."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.fairness import LEAST_PEOPLE, Distribution
from planner.services.coverage.fairness import N_WEEKS
from planner.services.coverage.views import Fairness, Spread
from planner.words import _, date_range, ngettext
from ui.coverage import words
from ui.theme import SMALL_PX, font, tokens
from ui.widgets import clear, label

_BAR_PX = 34
_HEIGHT_PX = 96
_FOOT_PX, _HEAD_PX = 18, 16


class Histogram(QWidget):
    """A bar for each number, as high as the people who have it are many; each bar says how many."""

    def __init__(self, found: Distribution, name: str) -> None:
        super().__init__()
        self._found = found
        self.setAccessibleName(f"{name}: {words.spread_line(found)}")
        self.setToolTip("\n".join(self._lines()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _lines(self) -> list[str]:
        return [
            _("{n} each: {people} people", n=n, people=people)
            for n, people in enumerate(self._found.counts)
            if people
        ]

    @override
    def sizeHint(self) -> QSize:
        return QSize(_BAR_PX * len(self._found.counts) + 8, _HEIGHT_PX)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colors, counts = tokens(), self._found.counts
        painter = QPainter(self)
        painter.setFont(font(SMALL_PX))
        most = max(counts)
        wide = min(float(_BAR_PX), self.width() / len(counts))
        foot = self.height() - _FOOT_PX
        for n, people in enumerate(counts):
            high = (foot - _HEAD_PX) * people / most
            bar = QRectF(n * wide + 3, foot - high, wide - 6, high)
            painter.fillRect(bar, QColor(colors.accent))
            column = QRectF(n * wide, 0, wide, 0)
            painter.setPen(QColor(colors.text))
            if people:
                above = column.adjusted(0, bar.top() - _HEAD_PX, 0, bar.top())
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(people))
            painter.setPen(QColor(colors.muted))
            below = column.adjusted(0, foot, 0, self.height())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(n))
        painter.fillRect(QRectF(0, foot, wide * len(counts), 1), QColor(colors.outline))


class FairnessPanel(QWidget):
    """Every burden and, beside each other, the groups that it is told of."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(14, 12, 14, 12)
        self._layout.setSpacing(10)

    def show_fairness(self, fairness: Fairness) -> None:
        """Show other weeks' distributions."""
        clear(self._layout)
        days = date_range(fairness.first.monday, fairness.last.days[-1])
        title = label(_("How burdens are spread, {days}", days=days), "heading")
        hint = label(
            _(
                "Each bar: how many people have so many in the four weeks. Nobody's name or number "
                "is in it; groups of fewer than {n} people are told together, or not at all.",
                n=LEAST_PEOPLE,
            ),
            "muted",
            wraps=True,
        )
        self._layout.addWidget(title)
        self._layout.addWidget(hint)
        if fairness.n_known < N_WEEKS:
            known = ngettext(
                "Only {n} of the {n_weeks} weeks has shifts.",
                "Only {n} of the {n_weeks} weeks have shifts.",
                fairness.n_known,
                n_weeks=N_WEEKS,
            )
            self._layout.addWidget(label(known, wraps=True))
        if not any(spread.distributions for spread in fairness.spreads):
            nothing = label(_("There are too few people to tell of without pointing at anybody."))
            self._layout.addWidget(nothing)
        grid = QWidget()
        cards = QGridLayout(grid)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(10)
        told = [spread for spread in fairness.spreads if spread.distributions]
        for number, spread in enumerate(told):
            cards.addWidget(_card(spread), number // 2, number % 2)
        self._layout.addWidget(grid)
        self._layout.addStretch()


def _card(spread: Spread) -> QFrame:
    name, meaning = words.BURDENS[spread.burden]
    card = QFrame()
    card.setProperty("card", True)  # noqa: FBT003 - Qt's signature
    layout = QVBoxLayout(card)
    layout.setContentsMargins(14, 10, 14, 12)
    layout.setSpacing(4)
    layout.addWidget(label(_(name), "section"))
    layout.addWidget(label(_(meaning), "small", wraps=True))
    for found in spread.distributions:
        group = ", ".join(found.groups)
        layout.addSpacing(6)
        layout.addWidget(label(group, "section", wraps=True))
        layout.addWidget(label(words.spread_line(found), "muted", wraps=True))
        if found.most:
            layout.addWidget(Histogram(found, f"{_(name)}, {group}"))
    layout.addStretch()
    return card
