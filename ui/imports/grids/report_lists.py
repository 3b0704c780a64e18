"""The lists of a judged roster: broken rules, hours, coverage and gaps."""

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from planner import messages
from planner.domain.duties import DutyKind, Moment
from planner.domain.roster import Finding
from planner.services.shadow.values import Shadow, ShadowGap, WindowCoverage
from planner.words import N_, _, hours, ngettext
from ui.imports.grids.bars import MINUTES_ROLE, BarDelegate
from ui.theme import icon

TARGET_ROLE = Qt.ItemDataRole.UserRole
"""What a row is about: a ``Finding``, ``PersonHours``, ``WindowCoverage`` or ``ShadowGap``."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROWS = "QTreeView::item { padding-top: 4px; padding-bottom: 4px; }"
"""Room above and below the texts of a list."""
_MOST_EXAMPLES = 100
_KINDS: Mapping[DutyKind, str] = {
    DutyKind.SCHOOL: N_("School"),
    DutyKind.PRESENCE: N_("Presence"),
    DutyKind.VISIT: N_("Visits"),
    DutyKind.WALK: N_("Safety walk"),
    DutyKind.SESSION: N_("Information session"),
}
_MOMENTS = {Moment.BEFORE: N_("Before school"), Moment.AFTER: N_("After school")}
RULES: Mapping[str, str] = {
    "working-time": N_("Too many counted hours in the period"),
    "shifts-per-day": N_("Several shifts on one day"),
    "consecutive-days": N_("Too many days in a row"),
    "daily-rest": N_("Too little daily rest"),
    "weekly-rest": N_("Too little weekly rest"),
    "rest-between": N_("Too little rest between two shifts"),
    "continuous-work": N_("Too long without a break"),
    "blocked": N_("At work while absent or not available"),
    "bound": N_("A shift over bound time"),
    "overlap": N_("Two shifts at the same time"),
    "not-offered": N_("Shifts that the contract does not allow"),
    "not-employed": N_("A shift without employment"),
    "lead": N_("A squad without officer in charge"),
}
"""What breaks each rule that a roster of shifts is judged by, as a heading."""


class ReportList(QTreeWidget):
    """Rows about people, places or gaps."""

    targeted = Signal(object)
    """What the chosen row is about; nothing for a heading."""

    def __init__(self, name: str, headings: list[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setHeaderLabels(headings)
        self.setUniformRowHeights(True)
        self.setStyleSheet(ROWS)
        self.setAlternatingRowColors(True)
        self.header().setStretchLastSection(True)
        self.currentItemChanged.connect(self._tell)

    def add(
        self, texts: list[str], target: object, under: QTreeWidgetItem | None = None
    ) -> QTreeWidgetItem:
        """Add a row."""
        item = QTreeWidgetItem(texts)
        item.setData(0, TARGET_ROLE, target)
        item.setToolTip(0, texts[0])
        if under is None:
            self.addTopLevelItem(item)
        else:
            under.addChild(item)
        return item

    def fit(self, *, first_stretches: bool = False) -> None:
        """Give each column what it needs; the first, or else the last, gets what is left."""
        self.header().setStretchLastSection(False)
        for column in range(self.columnCount()):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, min(self.columnWidth(column) + 12, 340))
        if first_stretches:
            self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        else:
            self.header().setStretchLastSection(True)

    @Slot()
    def _tell(self) -> None:
        item = self.currentItem()
        self.targeted.emit(item.data(0, TARGET_ROLE) if item else None)


def rules_list(found: Shadow) -> ReportList:
    """Return the broken rules, each with its worst examples."""
    made = ReportList(_("Broken rules"), [_("Rule"), _("Breaches"), _("People")])
    for rule in found.rules:
        texts = [_(RULES[rule.code]), str(len(rule.findings)), str(rule.n_people)]
        heading = made.add(texts, rule.findings[0])
        for column in (1, 2):
            heading.setTextAlignment(column, _RIGHT)
        for finding in rule.findings[:_MOST_EXAMPLES]:
            made.add([finding_line(found, finding), "", ""], finding, heading)
    if (first := made.topLevelItem(0)) is not None:
        first.setExpanded(True)
    made.fit(first_stretches=True)
    return made


def finding_line(found: Shadow, finding: Finding) -> str:
    """Return whom, when and with which numbers a rule is broken; the heading says the rest."""
    whole = messages.finding_text(found.plan, finding)
    return whole if finding.values else whole.partition(": ")[0]


def hours_list(found: Shadow) -> ReportList:
    """Return everybody's hours against the contract, the farthest above it first."""
    headings = [_("Person"), _("Counted"), _("Contract"), _("Difference"), _("Below and above")]
    made = ReportList(_("Hours"), headings)
    made.setRootIsDecorated(False)
    bars = BarDelegate(made)
    bars.most_min = max((abs(one.over_min) for one in found.hours), default=1) or 1
    made.setItemDelegateForColumn(4, bars)
    for one in sorted(found.hours, key=lambda one: -one.over_min):
        sign = "+" if one.over_min > 0 else ""
        texts = [
            one.name,
            hours(one.counted_min),
            hours(one.target_min),
            f"{sign}{hours(one.over_min)}",
            "",
        ]
        item = made.add(texts, one)
        item.setData(4, MINUTES_ROLE, one.over_min)
        for column in (1, 2, 3):
            item.setTextAlignment(column, _RIGHT)
        if one.n_findings:
            item.setIcon(0, icon("triangle-alert", "warning"))
    made.fit()
    made.setColumnWidth(4, 180)
    return made


def coverage_list(found: Shadow) -> ReportList:
    """Return every window with how often it can be covered, the least covered first."""
    made = ReportList(_("Coverage"), [_("Place"), _("Window"), _("Covered"), ""])
    made.setRootIsDecorated(False)
    for one in sorted(found.windows, key=_share):
        share = _share(one)
        texts = [
            one.title,
            window_text(one),
            _("{n_covered} of {n_wanted}", n_covered=one.n_covered, n_wanted=one.n_wanted),
            f"{round(100 * share)} %",
        ]
        item = made.add(texts, one)
        item.setIcon(0, icon(*_state(share)))
        for column in (2, 3):
            item.setTextAlignment(column, _RIGHT)
    made.fit(first_stretches=True)
    return made


def _share(one: WindowCoverage) -> float:
    return one.n_covered / one.n_wanted if one.n_wanted else 1.0


def _state(share: float) -> tuple[str, str]:
    if share >= 1.0:
        return "circle-check", "success"
    return ("triangle-alert", "warning") if share >= 0.5 else ("circle-alert", "danger")


def window_text(one: WindowCoverage) -> str:
    """Return which window of a place it is."""
    return _(_MOMENTS[one.moment]) if one.moment else _(_KINDS[one.kind])


def gaps_list(found: Shadow) -> ReportList:
    """Return what is not covered, with what would help least costly."""
    made = ReportList(_("Gaps"), [_("What and when"), _("Missing"), _("Why"), _("Close to it")])
    made.setRootIsDecorated(False)
    for one in found.gaps:
        texts = [gap_line(found, one), str(one.gap.missing), why(one), near(found, one)]
        item = made.add(texts, one)
        item.setTextAlignment(1, _RIGHT)
        for column in (2, 3):
            item.setToolTip(column, texts[column])
    made.fit()
    return made


def gap_line(found: Shadow, one: ShadowGap) -> str:
    """Return what lacks people, and when."""
    whole = messages.gap_text(found.plan, one.gap)
    return whole.partition(": ")[0]


def why(one: ShadowGap) -> str:
    """Return what keeps how many people from a gap."""
    if not one.blockers:
        return messages.gap_reason(one.gap.reason, one.gap.proof)
    return " · ".join(messages.blocker_text(each.code, each.n_staff) for each in one.blockers)


def near(found: Shadow, one: ShadowGap) -> str:
    """Return who is at work just before or after, and how much is short."""
    if one.nearest is None:
        return ""
    member = found.plan.staff_by_id[one.nearest.staff]
    return ngettext(
        "{name}, {n} minute short",
        "{name}, {n} minutes short",
        one.nearest.short_min,
        name=member.display_name,
    )


class Tab(IntEnum):
    """The parts of a report."""

    RULES = 0
    HOURS = 1
    COVERAGE = 2
    GAPS = 3
