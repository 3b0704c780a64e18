"""Right of the grids: gaps, findings, and the details of the selected cell."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from planner.domain.plan import Plan
from planner.domain.roster import Finding, Gap, Override, Severity
from planner.words import _
from ui.week import words
from ui.widgets import label, text_button
from ui.widgets.notes import Note, NoteList

PANEL_PX = 316

_TONES = {
    Severity.VIOLATION: "danger",
    Severity.FACT: "warning",
    Severity.OVERRIDDEN: "muted",
    Severity.WARNING: "warning",
    Severity.INFO: "muted",
}


_Values = tuple[Gap, ...] | tuple[Finding, ...] | tuple[Override, ...]


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
    reasons_asked = Signal(object)
    """The ``Gap`` that the user asks the reason of."""
    candidates_asked = Signal(object)
    """The ``Gap`` that the user looks for people for."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = _make_tabs()
        self.gaps = NoteList(_("Gaps"))
        self.gaps.currentRowChanged.connect(self._choose_gap)
        self.gaps.clicked.connect(self._choose_current_gap)
        self.findings = NoteList(_("Findings"))
        self.findings.currentRowChanged.connect(self._choose_finding)
        self.overrides = NoteList(_("Overrides"))
        for notes in (self.gaps, self.findings, self.overrides):
            notes.currentRowChanged.connect(self._offer)
        self._plan: Plan | None = None
        self._has_roster = False
        self._listed: dict[NoteList, _Values] = {}
        self._filled: dict[NoteList, _Values] = {}
        self.button = text_button("")
        self.button.clicked.connect(self._act)
        self.why_button = text_button(_("Why?"))
        self.why_button.setToolTip(_("Why is this uncovered, and what would close it?"))
        self.why_button.clicked.connect(self._ask_reasons)
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
        *,
        has_roster: bool,
    ) -> None:
        """List a week's gaps, as they are given, findings, and rules that stand broken.

        Of a week without a roster nothing is known to be missing; the list says so.
        """
        self._has_roster = has_roster
        if plan is not self._plan:
            self._plan = plan
            self._filled.clear()
        self._listed = {self.gaps: gaps, self.findings: findings, self.overrides: overrides}
        n_missing = sum(gap.missing for gap in gaps)
        self.tabs.setTabText(0, _("Gaps ({n})", n=n_missing) if gaps else _("Gaps"))
        self.tabs.setTabText(1, _("Findings ({n})", n=len(findings)) if findings else _("Findings"))
        self.tabs.setTabText(
            2, _("Overrides ({n})", n=len(overrides)) if overrides else _("Overrides")
        )
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
        foot.addWidget(self.why_button)
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
        self._fill(chosen)
        if chosen.count():
            self._lists.setCurrentWidget(chosen)
        else:
            texts = (
                _("Nothing is missing.")
                if self._has_roster
                else _("What is missing is told once the week has a roster."),
                _("Nothing to remark on."),
                _("No broken rule stands. One can be let stand under Findings, with a reason."),
            )
            self._nothing.setText(texts[at])
            self._lists.setCurrentWidget(self._nothing)
        self.button.setText((_("Who can take this?"), _("Let it stand …"), _("Withdraw"))[at])
        self._offer()

    def _fill(self, notes: NoteList) -> None:
        """Put into words what a list is to show, once it is looked at and unless it does so."""
        plan, values = self._plan, self._listed.get(notes, ())
        if plan is not None and self._filled.get(notes) != values:
            self._filled[notes] = values
            notes.fill(_note(plan, value) for value in values)

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
        if not isinstance(shown, NoteList) or shown.currentRow() < 0:
            return None
        return shown.note(shown.currentRow()).value

    @Slot()
    def _offer(self) -> None:
        """Show the button of the list where there is something to do."""
        chosen = self._chosen()
        is_fact = isinstance(chosen, Finding) and chosen.severity is not Severity.VIOLATION
        self.button.setVisible(chosen is not None and not is_fact)
        self.why_button.setVisible(isinstance(chosen, Gap))

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

    @Slot()
    def _ask_reasons(self) -> None:
        gap = self.current_gap()
        if gap is not None:
            self.reasons_asked.emit(gap)

    @Slot()
    def _choose_current_gap(self) -> None:
        self._choose_gap(self.gaps.currentRow())

    @Slot(int)
    def _choose_gap(self, row: int) -> None:
        if row >= 0:
            self.gap_chosen.emit(self.gaps.note(row).value)

    @Slot(int)
    def _choose_finding(self, row: int) -> None:
        if row >= 0:
            self.finding_chosen.emit(self.findings.note(row).value)


def _make_tabs() -> QTabBar:
    tabs = QTabBar()
    tabs.setAccessibleName(_("What needs attention"))
    tabs.setUsesScrollButtons(False)
    tabs.setExpanding(False)
    tabs.setProperty("narrow", True)  # noqa: FBT003 - Qt's signature
    for text in (_("Gaps"), _("Findings"), _("Overrides")):
        tabs.addTab(text)
    return tabs


def _note(plan: Plan, value: Gap | Finding | Override) -> Note:
    match value:
        case Gap():
            return Note(lines=words.gap_lines(plan, value), tone="danger", value=value)
        case Finding():
            lines, tone = words.finding_lines(plan, value), _TONES[value.severity]
            return Note(lines=lines, tone=tone, value=value)
        case Override():
            return Note(lines=words.override_lines(plan, value), value=value)
