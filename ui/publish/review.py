"""Shows everything that is to be seen before a week is published, and asks what must be decided."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.services.roster.views import Decision
from planner.services.week.publish_check import PublishCheck
from planner.words import _, ngettext
from ui.publish import words
from ui.publish.windows import WindowDecisions
from ui.widgets import EmptyState, divider, label, primary_button, text_button
from ui.widgets.notes import Note, NoteList

_SIZE = QSize(920, 620)
_SECTIONS_PX = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """One thing to look at.

    Parameters
    ----------
    count
        How much there is of it; nothing when all is well.
    tone
        How much it matters when there is something.
    """

    title: str
    count: str
    tone: str
    hint: str
    well: tuple[str, str]
    page: Callable[[], QWidget]


class PublishDialog(QDialog):
    """Publishes nothing itself; ``decisions`` is what the user decided."""

    def __init__(self, check: PublishCheck, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = _("Publish {week}", week=check.week)
        self.setWindowTitle(title)
        self.windows = WindowDecisions(check.windows, check.decided, plan.zone)
        self.windows.changed.connect(self._count)
        made = _sections(check, plan, self.windows)
        self.sections = NoteList(_("What to look at before publishing"))
        self.sections.setMinimumWidth(170)
        self.sections.fill(
            Note(
                lines=(one.title, one.count or _("All is well")),
                tone=one.tone if one.count else "success",
            )
            for one in made
        )
        self.pages = QStackedWidget()
        for section in made:
            self.pages.addWidget(_page(section))
        self.sections.currentRowChanged.connect(self.pages.setCurrentIndex)
        self._left = label("", "muted", wraps=True)
        self._consequence = words.consequence(check)
        self._is_refused = bool(check.refused)
        self.publish_button = primary_button(words.publish_text(check), "send")
        self.publish_button.clicked.connect(self.accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.publish_button.click)
        self.publish_button.setToolTip("Ctrl+Enter")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        heading = label(title, "heading")
        heading.setContentsMargins(16, 14, 16, 12)
        layout.addWidget(heading)
        layout.addWidget(divider())
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.addWidget(self.sections)
        middle.addWidget(self.pages)
        middle.setStretchFactor(1, 1)
        middle.setSizes([_SECTIONS_PX, _SIZE.width() - _SECTIONS_PX])
        middle.setChildrenCollapsible(False)
        layout.addWidget(middle, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(self._make_foot())
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self._count()
        worst = [n for n, one in enumerate(made) if one.count and one.tone in {"danger", "warning"}]
        self.sections.setCurrentRow(worst[0] if worst else 0)
        self.sections.setFocus()

    def decisions(self) -> dict[DutyId, Decision]:
        """Return what was decided for each window decided so far."""
        return self.windows.decisions()

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(8)
        row.addWidget(self._left, stretch=1)
        cancel = text_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        for button in (cancel, self.publish_button):
            # Enter in a list is no answer to whether a week shall be published.
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    @Slot()
    def _count(self) -> None:
        n_left = self.windows.n_left
        text = ngettext("{n} window left to decide", "{n} windows left to decide", n_left)
        self.publish_button.setEnabled(n_left == 0 and not self._is_refused)
        self._left.setText(text if n_left else self._consequence)
        if self.windows.choices:
            said = text if n_left else _("All decided")
            tone = "danger" if n_left else "success"
            self.sections.change(0, Note(lines=(_("School windows"), said), tone=tone))


def _sections(check: PublishCheck, plan: Plan, windows: WindowDecisions) -> tuple[_Section, ...]:
    n_windows, n_missing = len(check.windows), sum(gap.missing for gap in check.gaps)
    n_broken, n_overrides = len(check.broken), len(check.overrides)
    n_late = len(check.short_notice)

    def notes(name: str, found: Iterable[Note]) -> Callable[[], QWidget]:
        return lambda: _notes(name, found)

    return (
        _Section(
            title=_("School windows"),
            count=_("{n} to decide", n=n_windows) if n_windows else "",
            tone="danger",
            hint=_("Nobody is planned here. A school's sheet is never blank, so decide each."),
            well=(_("Every school window is covered"), _("There is nothing to decide.")),
            page=lambda: windows,
        ),
        _Section(
            title=_("Gaps"),
            count=ngettext("{n} person missing", "{n} people missing", n_missing)
            if n_missing
            else "",
            tone="warning",
            hint=_("What lacks people and is no school window. It can be published all the same."),
            well=(_("Nothing is missing"), _("Everything else that is asked for is covered.")),
            page=notes(_("Gaps"), words.gap_notes(plan, check)),
        ),
        _Section(
            title=_("Broken rules"),
            count=ngettext("{n} broken rule", "{n} broken rules", n_broken) if n_broken else "",
            tone="danger",
            hint=_("Mend them, or let them stand with a reason, before the week is made known."),
            well=(_("No rule is broken"), _("What is let stand with a reason is listed below.")),
            page=notes(_("Broken rules"), words.broken_notes(plan, check)),
        ),
        _Section(
            title=_("Overrides"),
            count=_("{n} with a reason", n=n_overrides) if n_overrides else "",
            tone="warning",
            hint=_("Broken rules that somebody let stand. The reasons are kept in the version."),
            well=(_("Nothing is let stand"), _("No broken rule had to be excused.")),
            page=notes(_("Overrides"), words.override_notes(plan, check)),
        ),
        _Section(
            title=_("Short notice"),
            count=ngettext("{n} shift", "{n} shifts", n_late) if n_late else "",
            tone="warning",
            hint=_("Working hours that are told later than the rule book asks. Call these people."),
            well=(_("Everybody is told in time"), _("No working hours change at short notice.")),
            page=notes(_("Short notice"), words.notice_notes(plan, check)),
        ),
        _Section(
            title=_("What is not for schools"),
            count=ngettext("{n} sheet", "{n} sheets", len(check.refused)) if check.refused else "",
            tone="danger",
            hint=_("These sheets would show what schools may not see. Mend the data first."),
            well=(_("Every sheet may go out"), _("Schools see nothing that is not theirs.")),
            page=notes(_("What is not for schools"), words.refusal_notes(check)),
        ),
        _Section(
            title=_("New sheets"),
            count=" · ".join(words.receiver_counts(check)),
            tone="muted",
            hint=_("What these hold is replaced: print and send it when the week is published."),
            well=(_("Nobody gets anything new"), _("The sheets that are out there still hold.")),
            page=notes(_("New sheets"), words.sheet_notes(plan, check)),
        ),
    )


def _page(section: _Section) -> QWidget:
    if not section.count:
        return EmptyState("circle-check", *section.well)
    page = QWidget()
    page.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    hint = label(section.hint, "muted", wraps=True)
    hint.setContentsMargins(14, 12, 14, 4)
    layout.addWidget(hint)
    layout.addWidget(section.page(), stretch=1)
    return page


def _notes(name: str, found: Iterable[Note]) -> NoteList:
    notes = NoteList(name)
    notes.fill(found)
    return notes
