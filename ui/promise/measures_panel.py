"""The measures of a promise: a card for each, and one of them week by week or place by place."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from planner.domain.follow_up import MeasureFollowUp, PromiseFollowUp
from planner.domain.ids import MeasureId
from planner.domain.weeks import IsoWeek
from planner.promise_words import KINDS, standing
from planner.words import _
from ui.promise import words
from ui.promise.tally_bar import Legend
from ui.promise.tally_table import TallyTable
from ui.widgets import Chip, label

_WEEK_PX, _PLACE_PX = 170, 240


class MeasuresPanel(QWidget):
    """Shows whether each measure is kept, and leads from a number to the week behind it."""

    week_opened = Signal(object)
    """The ``IsoWeek`` of a row."""

    def __init__(self) -> None:
        super().__init__()
        self._found: PromiseFollowUp | None = None
        self._chosen: MeasureId | None = None
        self._week: IsoWeek | None = None
        self.cards: dict[MeasureId, QPushButton] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(10)
        self.title = label("", "heading", wraps=True)
        self.verdict = Chip()
        self.said = label("", "muted", wraps=True)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("How the measure is divided"))
        self.weeks = TallyTable(_("The measure week by week"), _("Week"), _WEEK_PX)
        self.places = TallyTable(_("The measure place by place"), _("Place"), _PLACE_PX)
        self.weeks.row_opened.connect(self.week_opened)
        self._tables = QStackedWidget()
        for name, table in ((_("Week by week"), self.weeks), (_("Place by place"), self.places)):
            self.tabs.addTab(name)
            self._tables.addWidget(table)
        self.tabs.currentChanged.connect(self._tables.setCurrentIndex)
        self._lay_out()

    def show_follow_up(self, found: PromiseFollowUp, week: IsoWeek | None) -> None:
        """Show the measures of a promise; the one that was chosen stays so."""
        self._found, self._week = found, week
        ids = [one.measure.id for one in found.measures]
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else None
        if list(self.cards) != ids:
            self._make_cards(found)
        for one in found.measures:
            self.cards[one.measure.id].setText(words.card_text(found, one))
        self._show_measure()

    def measure(self) -> MeasureFollowUp | None:
        """Return the chosen measure."""
        measures = self._found.measures if self._found else ()
        return next((one for one in measures if one.measure.id == self._chosen), None)

    def _make_cards(self, found: PromiseFollowUp) -> None:
        for card in self.cards.values():
            self._row.removeWidget(card)
            card.deleteLater()
        self.cards = {}
        for one in found.measures:
            card = QPushButton()
            card.setProperty("tile", True)  # noqa: FBT003 - Qt's signature
            card.setCheckable(True)
            card.setAutoExclusive(True)
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            card.setProperty("measure", one.measure.id)
            card.clicked.connect(self._choose)
            self.cards[one.measure.id] = card
            self._row.addWidget(card)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, stretch=1)
        head.addWidget(self.verdict, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(self._row)
        layout.addLayout(head)
        layout.addWidget(self.said)
        layout.addWidget(self.tabs)
        layout.addWidget(self._tables, stretch=1)
        layout.addWidget(Legend())

    @Slot()
    def _choose(self) -> None:
        self._chosen = MeasureId(self.sender().property("measure"))
        self._show_measure()

    def _show_measure(self) -> None:
        found, one = self._found, self.measure()
        if found is None or one is None:
            return
        self.cards[one.measure.id].setChecked(True)
        self.title.setText(one.measure.name or _(KINDS[one.measure.kind]))
        self.verdict.show_state(*standing(found, one))
        self.said.setText(words.measure_text(found, one))
        self.weeks.show_rows(
            ((week.week, words.week_text(week.week), week.tally) for week in one.weeks), self._week
        )
        self.places.show_rows((place.place, place.title, place.tally) for place in one.places)
