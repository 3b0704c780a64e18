"""The evenings: what is planned of them, what became day work, and who is alone after dusk."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.duties import Duty
from planner.domain.evenings import EVENING_HOURS, Moved
from planner.services.coverage.views import CoverageView
from planner.words import _, hours, ngettext
from ui.coverage import words
from ui.theme import tokens
from ui.widgets import Chip, clear, label
from ui.widgets.notes import Note, NoteList

_BAR_PX = 14


class EveningPanel(QWidget):
    """Tells of the evenings on the left, of lone duty on the right."""

    spot_asked = Signal(str, object)
    """Id of the place and the ``date`` of a lone duty that is to be shown in the week."""

    def __init__(self) -> None:
        super().__init__()
        self._left = QVBoxLayout()
        self._left.setSpacing(10)
        self.lone_title = label("", "heading")
        self.lone = NoteList(_("Alone after dusk"))
        self.lone.itemActivated.connect(self._open)
        self._nobody = label(_("Nobody has a duty alone after sunset."), "muted", wraps=True)
        hint = label(
            _(
                "One person alone at a place after sunset, for a quarter of an hour or more. "
                "Sunset is computed for the place. Enter shows the duty in the week."
            ),
            "muted",
            wraps=True,
        )
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.lone_title)
        right.addWidget(hint)
        right.addWidget(self._nobody)
        right.addWidget(self.lone, stretch=1)
        right.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(18)
        layout.addLayout(self._left, stretch=3)
        layout.addLayout(right, stretch=2)

    def show_view(self, view: CoverageView) -> None:
        """Show another week's evenings."""
        clear(self._left)
        start, end = EVENING_HOURS
        title = _("The evenings, {start} to {end}", start=f"{start:%H}", end=f"{end:%H}")
        self._left.addWidget(label(title, "heading"))
        self._left.addWidget(_card(_("Planned against need"), *words.evening_lines(view.evening)))
        evening = view.evening
        if evening.since_published is not None:
            name = _("Since the week was first published")
            self._left.addWidget(_moved_card(name, evening.since_published))
        if evening.since_base is not None:
            name = _("Against the base rosters")
            self._left.addWidget(_moved_card(name, evening.since_base))
        explained = _(
            "Evening by evening, officers together: whoever swaps within an evening changes "
            "nothing. Moved to the day: the evening lost these hours and the same people work them "
            "by day. Fell away: they are away, work less, or on another evening. An evaluation of "
            "Swedish police rosters found that evening teams became day work (Brå 2020:5), so it "
            "is counted here."
        )
        self._left.addWidget(label(explained, "muted", wraps=True))
        self._left.addStretch()
        self._show_lone(view)

    def _show_lone(self, view: CoverageView) -> None:
        n, zone = len(view.lone), ZoneInfo(view.zone)
        self.lone_title.setText(
            ngettext("{n} duty alone after dusk", "{n} duties alone after dusk", n)
        )
        self._nobody.setVisible(not n)
        self.lone.setVisible(bool(n))
        self.lone.fill(
            Note(lines=words.lone_lines(one, zone), tone="warning", symbol="moon", value=one.duty)
            for one in view.lone
        )

    @Slot()
    def _open(self) -> None:
        row = self.lone.currentRow()
        duty = self.lone.note(row).value if row >= 0 else None
        if isinstance(duty, Duty):
            self.spot_asked.emit(duty.source, duty.day)


def _card(title: str, *lines: str) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)  # noqa: FBT003 - Qt's signature
    layout = QVBoxLayout(card)
    layout.setContentsMargins(14, 10, 14, 12)
    layout.setSpacing(6)
    layout.addWidget(label(title, "section"))
    for line in lines:
        layout.addWidget(label(line, wraps=True))
    return card


def _moved_card(title: str, found: Moved) -> QFrame:
    card = _card(title, words.moved_line(found))
    layout = card.layout()
    if isinstance(layout, QVBoxLayout):
        layout.addWidget(MovedBar(found))
        chips = QHBoxLayout()
        for text, tone in (
            (_("{hours} stayed", hours=hours(_stayed(found))), "success"),
            (_("{hours} moved to the day", hours=hours(found.moved_min)), "danger"),
            (_("{hours} fell away", hours=hours(found.fell_away_min)), "neutral"),
        ):
            chip = Chip()
            chip.show_state(text, tone)
            chips.addWidget(chip)
        chips.addStretch()
        layout.addLayout(chips)
    return card


def _stayed(found: Moved) -> int:
    return found.before_min - found.moved_min - found.fell_away_min


class MovedBar(QWidget):
    """The evening before as a length: what stayed, what was moved to the day, what fell away."""

    def __init__(self, found: Moved) -> None:
        super().__init__()
        self._found = found
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.moved_line(found))

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, _BAR_PX)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colors, found = tokens(), self._found
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.neutral_fill))
        whole = max(found.before_min, 1)
        at = 0.0
        for minutes, color, style in (
            (_stayed(found), colors.success, Qt.BrushStyle.SolidPattern),
            (found.moved_min, colors.danger, Qt.BrushStyle.SolidPattern),
            (found.fell_away_min, colors.outline, Qt.BrushStyle.BDiagPattern),
        ):
            wide = self.width() * minutes / whole
            painter.setPen(Qt.PenStyle.NoPen)
            brush = painter.brush()
            brush.setStyle(style)
            brush.setColor(QColor(color))
            painter.fillRect(round(at), 0, round(at + wide) - round(at), self.height(), brush)
            at += wide
