"""Left of the preview: what to print."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.services.prints.print_outs import PRINT_OUTS, PrintKind
from planner.services.prints.weeks_together import KINDS as WEEK_KINDS
from planner.words import LANGUAGES, _
from ui.prints.kinds import IN_ORDER, NAMES, READERS, kinds_of
from ui.theme import tokens
from ui.widgets import airy, label, sorted_by_name

_ID_ROLE = Qt.ItemDataRole.UserRole
_WIDTH = 300
_FEW = 8
"""So many parts are found without a search."""

_MOST_WEEKS = 26
"""Half a year on one print-out."""

_LANGUAGE_NAMES = {"sv": "Svenska", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to print.

    Parameters
    ----------
    part
        Nothing for all.
    name
        What the part is called.
    n_weeks
        More than 1 for one document of several weeks, from the shown one on.
    """

    kind: PrintKind
    part: str | None = None
    name: str = ""
    is_draft: bool = False
    language: str = LANGUAGES[0]
    n_weeks: int = 1


class _Kinds(QListWidget):
    """Kinds under the names of their readers, as high as they are many."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("What to print"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.ensurePolished()  # so that items are measured as they will be drawn
        for reader, name in READERS.items():
            kinds = kinds_of(reader)
            if kinds:
                self._add_heading(_(name))
            for kind in kinds:
                item = QListWidgetItem(_(NAMES[kind]))
                item.setData(_ID_ROLE, kind.value)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{_(name)}: {_(NAMES[kind])}")
                self.addItem(item)

    def kind(self) -> PrintKind:
        return PrintKind(self.currentItem().data(_ID_ROLE))

    def choose(self, kind: str) -> None:
        """Choose a kind; the first when there is no such."""
        items = [self.item(n) for n in range(self.count())]
        offered = [item for item in items if item.data(_ID_ROLE)]
        found = [item for item in offered if item.data(_ID_ROLE) == kind]
        self.setCurrentItem((found or offered)[0])

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(QColor(tokens().muted))  # what is disabled would be too pale to read
        font = item.font()
        font.setWeight(font.Weight.DemiBold)
        item.setFont(font)
        self.addItem(item)

    @override
    def sizeHint(self) -> QSize:
        height = sum(self.sizeHintForRow(n) for n in range(self.count()))
        return QSize(_WIDTH, height + 2 * self.frameWidth())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), 120))


class ChoicePanel(QWidget):
    """Chooses a kind of print-out, its edition and language, and one part of it or all.

    Parameters
    ----------
    kind
        Chosen at first; the first of all when there is no such.
    language
        Of the prints at first.
    """

    parts_changed = Signal()
    """What there is to choose parts from is another."""
    changed = Signal()
    """Another part is chosen, or another language."""

    def __init__(self, *, kind: str = "", language: str = LANGUAGES[0]) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self.kinds = _Kinds()
        self.kinds.choose(kind)
        self.published = QRadioButton(_("The published version"))
        self.draft = QRadioButton(_("The draft"))
        self.published.setChecked(True)
        self._editions = QButtonGroup(self)
        for button in (self.published, self.draft):
            self._editions.addButton(button)
        self.about_edition = label("", "muted", wraps=True)
        self.language = QComboBox()
        self.language.setAccessibleName(_("Language of the print"))
        for code in LANGUAGES:
            self.language.addItem(_LANGUAGE_NAMES[code], code)
        self.language.setCurrentIndex(max(self.language.findData(language), 0))
        self.weeks = airy(QSpinBox())
        self.weeks.setRange(1, _MOST_WEEKS)
        self.weeks.setAccessibleName(_("How many weeks, from this one on"))
        self._about_weeks = label(_("How many weeks, from this one on"), "section")
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Search"))
        self._search.setAccessibleName(_("Search school, person or day"))
        self._search.setClearButtonEnabled(True)
        self.names = QListWidget()
        self.names.setAccessibleName(_("School, person or day"))
        self.names.ensurePolished()  # so that items are measured as they will be drawn
        self._lay_out()
        self._show_edition()
        self._show_parts(0)
        self.kinds.currentItemChanged.connect(self._change_kind)
        self.draft.toggled.connect(self._change_edition)
        self.language.currentIndexChanged.connect(self.changed)
        self.weeks.valueChanged.connect(self.changed)
        self._search.textChanged.connect(self._narrow)
        self.names.currentItemChanged.connect(self.changed)

    def choice(self) -> Choice:
        """Return what is chosen."""
        kind = self.kinds.kind()
        item = self.names.currentItem()
        key = item.data(_ID_ROLE) if self.names.currentRow() >= 0 else ""
        return Choice(
            kind=kind,
            part=key or None,
            name=item.text() if key else "",
            is_draft=PRINT_OUTS[kind].has_drafts and self.draft.isChecked(),
            language=self.language.currentData(),
            n_weeks=self.weeks.value() if kind in WEEK_KINDS else 1,
        )

    def offer(self, parts: Mapping[str, str]) -> None:
        """List what the kind is printed by, and choose what was chosen, else all of it."""
        before = self.choice().part
        with QSignalBlocker(self.names):
            self.names.clear()
            entries = list(parts.items())
            if self.kinds.kind() not in IN_ORDER:
                entries = sorted_by_name(entries, itemgetter(1))
            everything = _("All ({n})", n=len(entries))
            for key, name in [("", everything), *((k, n) for k, n in entries if k)]:
                item = QListWidgetItem(name)
                item.setData(_ID_ROLE, key)
                self.names.addItem(item)
                if key and key == before:
                    self.names.setCurrentItem(item)
            if self.names.currentRow() < 0:
                self.names.setCurrentRow(0)
        self._show_parts(len(entries))
        self._narrow()

    @Slot()
    def _change_kind(self) -> None:
        self._search.clear()
        self.names.clear()
        self._show_edition()
        self._show_parts(0)
        self.parts_changed.emit()

    @Slot()
    def _change_edition(self) -> None:
        self._show_edition()
        self.parts_changed.emit()

    def _show_parts(self, n: int) -> None:
        """Show the list, and the search, as far as there is something to choose from."""
        self.names.setVisible(n > 1)
        self._search.setVisible(n > _FEW)

    def _show_edition(self) -> None:
        for widget in (self._about_weeks, self.weeks):
            widget.setVisible(self.kinds.kind() in WEEK_KINDS)
        has_drafts = PRINT_OUTS[self.kinds.kind()].has_drafts
        for button in (self.published, self.draft):
            button.setVisible(has_drafts)
        if not has_drafts:
            text = _("Schools get published weeks only, so that what hangs on a wall holds.")
        elif self.draft.isChecked():
            text = _("DRAFT stands across every page, so that nobody takes it for what holds.")
        else:
            text = _("What everybody has been told.")
        self.about_edition.setText(text)

    @Slot()
    def _narrow(self) -> None:
        wanted = self._search.text().casefold().strip() if not self._search.isHidden() else ""
        for number in range(1, self.names.count()):
            item = self.names.item(number)
            item.setHidden(wanted not in item.text().casefold())

    def _lay_out(self) -> None:
        editions = QHBoxLayout()
        editions.setSpacing(14)
        editions.addWidget(self.published)
        editions.addWidget(self.draft)
        editions.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 12, 14)
        layout.setSpacing(8)
        layout.addWidget(label(_("What to print"), "section"))
        layout.addWidget(self.kinds)
        layout.addSpacing(4)
        layout.addLayout(editions)
        layout.addWidget(self.about_edition)
        layout.addSpacing(4)
        layout.addWidget(label(_("Language of the print"), "section"))
        layout.addWidget(self.language)
        layout.addWidget(self._about_weeks)
        layout.addWidget(self.weeks)
        layout.addSpacing(4)
        layout.addWidget(self._search)
        layout.addWidget(self.names, stretch=1)
        layout.addStretch()
