"""The duties of a week as a table: when, where, what was planned, what was reported."""

from collections.abc import Iterable, Sequence
from enum import IntEnum, auto
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor
from typing_extensions import override

from planner.domain.duties import DutyKind
from planner.domain.promises import DeliveryState
from planner.services.promise.report_lines import ReportLine
from planner.words import N_, _
from ui.promise import words
from ui.theme import pixmap, tokens
from ui.widgets.things_model import Index, Role, ThingsModel

_SYMBOL_PX = 16
_HEADINGS = (N_("When"), N_("Where"), N_("Promised"), N_("When published"), N_("Reported"))


class DutyColumn(IntEnum):
    """The columns, from the left."""

    WHEN = 0
    WHERE = auto()
    PROMISED = auto()
    PLANNED = auto()
    REPORTED = auto()


class Show(IntEnum):
    """Which duties are shown."""

    ALL = 0
    OPEN = auto()
    """They are over and nobody reported them."""
    DONE = auto()
    NOT_DONE = auto()
    UNPLANNED = auto()
    """Nobody was to do them when they were published."""


class DutyModel(ThingsModel[ReportLine]):
    """The duties that a filter lets through."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_HEADINGS, parent)
        self._zone = ZoneInfo("UTC")
        self._all: tuple[ReportLine, ...] = ()
        self._filter: tuple[Show, frozenset[DutyKind], str] = (Show.ALL, frozenset(), "")

    def show_lines(self, lines: Sequence[ReportLine], zone: ZoneInfo) -> None:
        """Show the duties of a week."""
        self._all, self._zone = tuple(lines), zone
        self._narrow()

    def narrow(self, show: Show, kinds: Iterable[DutyKind], text: str) -> None:
        """Show those only that a filter lets through and whose place holds a text."""
        self._filter = (show, frozenset(kinds), text.casefold().strip())
        self._narrow()

    def lines(self) -> list[ReportLine]:
        """Return what is shown."""
        return self._rows

    def everything(self) -> tuple[ReportLine, ...]:
        """Return the whole week, shown or not."""
        return self._all

    def _narrow(self) -> None:
        show, kinds, typed = self._filter
        self._fill(
            line
            for line in self._all
            if _passes(line, show)
            and (not kinds or line.kind in kinds)
            and typed in line.title.casefold()
        )

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        line, column = self._rows[index.row()], DutyColumn(index.column())
        match role:
            case Role.DisplayRole | Role.ToolTipRole:
                return self._text(line, column)
            case Role.DecorationRole if column is DutyColumn.REPORTED:
                name, tone = _symbol(line)
                return pixmap(name, getattr(tokens(), tone), _SYMBOL_PX)
            case Role.ForegroundRole if column is DutyColumn.REPORTED:
                return QColor(getattr(tokens(), _symbol(line)[1]))
            case Role.ForegroundRole if column is DutyColumn.PLANNED and not _was_planned(line):
                return QColor(tokens().warning)
            case _:
                return None

    def _text(self, line: ReportLine, column: DutyColumn) -> str:
        match column:
            case DutyColumn.WHEN:
                return words.when(line, self._zone)
            case DutyColumn.WHERE:
                return words.what(line)
            case DutyColumn.PROMISED:
                return _("yes") if line.is_promised else _("no")
            case DutyColumn.PLANNED:
                return words.planned(line)
            case DutyColumn.REPORTED:
                return words.reported(line)


def _was_planned(line: ReportLine) -> bool:
    return line.covered_by is not None and line.covered_by.value in {"roster", "own-staff"}


def _symbol(line: ReportLine) -> tuple[str, str]:
    """Return symbol and colour of what was reported."""
    if line.delivery is None:
        return ("circle-alert", "warning") if line.is_over else ("clock", "muted")
    if line.delivery.state is DeliveryState.DONE:
        return "circle-check", "success"
    return "x", "danger"


def _passes(line: ReportLine, show: Show) -> bool:
    match show:
        case Show.ALL:
            return True
        case Show.OPEN:
            return line.is_over and line.delivery is None
        case Show.DONE:
            return line.delivery is not None and line.delivery.state is DeliveryState.DONE
        case Show.NOT_DONE:
            return line.delivery is not None and line.delivery.state is DeliveryState.NOT_DONE
        case Show.UNPLANNED:
            return not _was_planned(line)
