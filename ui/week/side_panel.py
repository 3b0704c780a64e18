"""Right of the grids: gaps, findings, and the details of the selected cell."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.plan import Plan
from planner.domain.roster import Finding, Gap, Override, Severity
from planner.words import _
from ui.theme import pixmap, tokens
from ui.week import words
from ui.week.painting import Brushes
from ui.widgets import label, text_button

_Value = TypeVar("_Value")

PANEL_PX = 316
_MARK_PX = 16
_TEXT_LEFT_PX = 38
_LINES_ROLE = Qt.ItemDataRole.UserRole
_TONE_ROLE = Qt.ItemDataRole.UserRole + 1
_VALUE_ROLE = Qt.ItemDataRole.UserRole + 2

_SYMBOLS = {"danger": "circle-alert", "warning": "triangle-alert", "muted": "info"}
_TONES = {
    Severity.VIOLATION: "danger",
    Severity.FACT: "warning",
    Severity.OVERRIDDEN: "muted",
    Severity.WARNING: "warning",
    Severity.INFO: "muted",
}


class SidePanel(QWidget):
    """Lists what needs attention above, and explains the selected cell below."""

    gap_chosen = Signal(object)
    """The ``Gap`` that the user points at."""
    finding_chosen = Signal(object)
    """The ``Finding`` that the user points at."""
    override_asked = Signal(object)
    """The ``Finding`` that the user wants to let stand."""
    withdrawal_asked = Signal(object)
    """The ``Override`` that the user takes back."""
    candidates_asked = Signal(object)
    """The ``Gap`` that the user looks for people for."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("What needs attention"))
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(_("Gaps"))
        self.tabs.addTab(_("Findings"))
        self.tabs.addTab(_("Overrides"))
        self.gaps = _Notes(_("Gaps"))
        self.gaps.currentItemChanged.connect(self._choose_gap)
        self.gaps.itemClicked.connect(self._choose_gap)
        self.findings = _Notes(_("Findings"))
        self.findings.currentItemChanged.connect(self._choose_finding)
        self.overrides = _Notes(_("Overrides"))
        for notes in (self.gaps, self.findings, self.overrides):
            notes.currentItemChanged.connect(self._offer)
        self.button = text_button("")
        self.button.clicked.connect(self._act)
        self._lists = QStackedWidget()
        self._nothing = label("", "muted", wraps=True)
        self._nothing.setContentsMargins(16, 14, 16, 14)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        for page in (self.gaps, self.findings, self.overrides, self._nothing):
            self._lists.addWidget(page)
        self.tabs.currentChanged.connect(self._show_tab)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._make_upper())
        splitter.addWidget(self._make_details())
        splitter.setSizes([420, 260])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def show_notes(
        self,
        plan: Plan,
        gaps: tuple[Gap, ...],
        findings: tuple[Finding, ...],
        overrides: tuple[Override, ...] = (),
    ) -> None:
        """List a week's gaps, the most important first, findings, and rules that stand broken."""
        self.gaps.show_values(plan, gaps, lambda gap: (words.gap_lines(plan, gap), "danger"))
        self.findings.show_values(
            plan,
            findings,
            lambda finding: (words.finding_lines(plan, finding), _TONES[finding.severity]),
        )
        self.overrides.show_values(
            plan, overrides, lambda override: (words.override_lines(plan, override), "muted")
        )
        self.tabs.setTabText(0, _("Gaps ({n})", n=sum(gap.missing for gap in gaps)))
        self.tabs.setTabText(1, _("Findings ({n})", n=len(findings)))
        self.tabs.setTabText(2, _("Overrides ({n})", n=len(overrides)))
        self._show_tab(self.tabs.currentIndex())

    def show_details(self, title: str, subtitle: str, lines: list[str]) -> None:
        """Explain a cell."""
        self.details.setText(words.details_html(title, subtitle, lines))

    def clear_details(self) -> None:
        """Say that nothing is selected."""
        self.details.setText(words.details_html("", _("Select a cell to see its day."), []))

    def _make_upper(self) -> QWidget:
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(self.tabs)
        above.addWidget(self._lists, stretch=1)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 8, 14, 8)
        foot.addWidget(self.button)
        foot.addStretch()
        above.addLayout(foot)
        return upper

    def _make_details(self) -> QWidget:
        self.details = QLabel()
        self.details.setTextFormat(Qt.TextFormat.RichText)
        self.details.setWordWrap(True)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setContentsMargins(16, 4, 16, 12)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.clear_details()
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setWidget(self.details)
        scroller.setAccessibleName(_("Details"))
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        title = label(_("Details"), "section")
        title.setContentsMargins(16, 12, 16, 6)
        layout.addWidget(title)
        layout.addWidget(scroller, stretch=1)
        return whole

    @Slot(int)
    def _show_tab(self, at: int) -> None:
        chosen = (self.gaps, self.findings, self.overrides)[at]
        if chosen.count():
            self._lists.setCurrentWidget(chosen)
        else:
            texts = (
                _("Nothing is missing."),
                _("Nothing to remark on."),
                _("No broken rule stands. One can be let stand under Findings, with a reason."),
            )
            self._nothing.setText(texts[at])
            self._lists.setCurrentWidget(self._nothing)
        self.button.setText((_("Who can take this?"), _("Let it stand …"), _("Withdraw"))[at])
        self._offer()

    def has_focus(self) -> bool:
        """Tell whether the keyboard is in one of the lists."""
        return any(notes.hasFocus() for notes in (self.gaps, self.findings, self.overrides))

    def current_gap(self) -> Gap | None:
        """Return the gap that is pointed at."""
        chosen = self._chosen()
        return chosen if isinstance(chosen, Gap) else None

    def _chosen(self) -> object:
        """Return what the current line of the list shown stands for."""
        shown = self._lists.currentWidget()
        item = shown.currentItem() if isinstance(shown, _Notes) else None
        return item.data(_VALUE_ROLE) if item is not None else None

    @Slot()
    def _offer(self) -> None:
        """Show the button of the list where there is something to do."""
        chosen = self._chosen()
        is_fact = isinstance(chosen, Finding) and chosen.severity is not Severity.VIOLATION
        self.button.setVisible(chosen is not None and not is_fact)

    @Slot()
    def _act(self) -> None:
        match self._chosen():
            case Gap() as gap:
                self.candidates_asked.emit(gap)
            case Finding() as finding:
                self.override_asked.emit(finding)
            case Override() as override:
                self.withdrawal_asked.emit(override)
            case _:
                pass

    @Slot(QListWidgetItem)
    def _choose_gap(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.gap_chosen.emit(item.data(_VALUE_ROLE))

    @Slot(QListWidgetItem)
    def _choose_finding(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.finding_chosen.emit(item.data(_VALUE_ROLE))


class _Notes(QListWidget):
    """Notes of a few lines each, with a symbol in the colour of how much they matter."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._values: tuple[object, ...] = ()
        self.setAccessibleName(name)
        self.setItemDelegate(_NoteDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doItemsLayout()  # the lines break elsewhere now

    def show_values(
        self,
        plan: Plan,
        values: tuple[_Value, ...],
        describe: Callable[[_Value], tuple[tuple[str, ...], str]],
    ) -> None:
        """Show a note for each value: its lines and tone; what is shown already stays."""
        if plan is self._plan and values == self._values:
            return
        self._plan, self._values = plan, values
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.clear()
        for value in values:
            lines, tone = describe(value)
            item = QListWidgetItem("\n".join(lines))
            item.setData(_LINES_ROLE, lines)
            item.setData(_TONE_ROLE, tone)
            item.setData(_VALUE_ROLE, value)
            item.setToolTip("\n".join(lines))
            self.addItem(item)
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature


class _NoteDelegate(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self._brushes = Brushes()

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self._lay_out(None, QRect(0, 0, width, 0), index) + 12)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colors = tokens()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colors.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(colors.raised))
        painter.fillRect(box.left() + 14, box.bottom(), box.width() - 28, 1, QColor(colors.line))
        tone = index.data(_TONE_ROLE)
        mark = pixmap(_SYMBOLS[tone], colors.as_map()[tone], _MARK_PX)
        painter.drawPixmap(box.left() + 14, box.top() + 8, mark)
        self._lay_out(painter, box, index)
        painter.restore()

    def _lay_out(
        self, painter: QPainter | None, box: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> int:
        """Draw the lines of a note, if there is a painter, and return how high they are."""
        colors, brushes = tokens(), self._brushes
        width = box.width() - _TEXT_LEFT_PX - 14
        y = 7.0
        for number, text in enumerate(index.data(_LINES_ROLE)):
            face = brushes.strong if number == 0 else brushes.small
            layout = QTextLayout(text, face)
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WordWrap)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                line.setPosition(QPointF(0, y))
                y += line.height() + 1
            layout.endLayout()
            if painter is not None:
                painter.setPen(QColor(colors.text if number < 2 else colors.muted))
                layout.draw(painter, QPointF(box.left() + _TEXT_LEFT_PX, box.top()))
        return round(y)
