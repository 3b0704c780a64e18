"""What a generated roster would change, person by person, to take over or leave."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from planner import messages
from planner.difference_words import counts_text
from planner.domain.differences import week_differences
from planner.domain.duties import Duty
from planner.domain.ids import StaffId
from planner.domain.merging import merged, parts
from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.services.roster.generating import Outcome, Proposal
from planner.words import _, ngettext
from ui.differences import DifferencesTree
from ui.proposal import words
from ui.widgets import EmptyState, label, primary_button, text_button


class ProposalDialog(QDialog):
    """Shows what a proposal makes of the roster as it is, with a box for each person.

    Parameters
    ----------
    weigh
        Says what a roster of the week comes to, to show it for those who are ticked; without it
        only the proposal's own figure is shown.
    """

    def __init__(
        self,
        plan: Plan,
        proposal: Proposal,
        current: Roster,
        duties: Sequence[Duty],
        parent: QWidget | None,
        *,
        weigh: Callable[[Roster], Outcome] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Proposal for {week}", week=proposal.week))
        self.resize(980, 680)
        self._proposal, self._current, self._weigh = proposal, current, weigh
        self._base = proposal.base or current
        self._heads = {duty.id: duty.heads for duty in duties}
        differences = week_differences(plan, current, self._merged(None), duties)
        self.is_empty = differences.is_empty
        self._n_people = differences.n_people
        self._before = weigh(current) if weigh else None
        self.headline = label(words.headline(proposal), "heading", wraps=True)
        trouble = proposal.trouble
        self.trouble = label(messages.cut_short(trouble.file if trouble else None), wraps=True)
        self.trouble.setVisible(proposal.trouble is not None)
        self.said = label(counts_text(differences.shifts, differences.duties), "muted", wraps=True)
        stays = words.kept(plan, parts(self._base, current, proposal.roster).kept)
        self.kept = label(stays, wraps=True)
        self.kept.setVisible(bool(stays))
        self._make_filter()
        self.people = DifferencesTree(_("By person"), _("Person"))
        self.places = DifferencesTree(_("By place"), _("Place"))
        for tree in (self.people, self.places):
            tree.name_versions(_("Draft"), _("Proposal"))
        self.people.show_people(differences, plan.zone, is_choice=True)
        self.places.show_places(differences, plan.zone)
        self.people.itemChanged.connect(self._count)
        self.nothing = EmptyState(
            "circle-check", _("No difference here"), _("Nothing differs, or nothing matches.")
        )
        self.pages = QStackedWidget()
        for page in (self.people, self.places, self.nothing):
            self.pages.addWidget(page)
        self.take = primary_button("")
        self.take.setToolTip("Ctrl+Enter")
        self.take.clicked.connect(self.accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.take.click)
        self._lay_out()
        self._narrow()
        self._count()
        self.people.setFocus()
        first = self.people.topLevelItem(0)
        if first is not None:
            self.people.setCurrentItem(first)

    def chosen(self) -> frozenset[StaffId] | None:
        """Return whose part is taken over; nothing when it is everybody's."""
        people = self.people.chosen()
        return None if len(people) == self._n_people else people

    def _merged(self, people: frozenset[StaffId] | None) -> Roster:
        """Return the roster that some people's part of the proposal, or all of it, leads to."""
        return merged(
            self._base, self._current, self._proposal.roster, heads=self._heads, people=people
        )

    def _make_filter(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("By person or by place"))
        self.tabs.setExpanding(False)
        self.tabs.addTab(_("By person"))
        self.tabs.addTab(_("By place"))
        self.tabs.currentChanged.connect(self._narrow)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search person or place"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(160)
        self.search.textChanged.connect(self._narrow)
        self.everybody = text_button(_("All"))
        self.everybody.setToolTip(_("Tick everybody who is shown"))
        self.everybody.clicked.connect(self._choose_all)
        self.nobody = text_button(_("Nobody"))
        self.nobody.setToolTip(_("Tick nobody who is shown"))
        self.nobody.clicked.connect(self._choose_nobody)
        for button in (self.everybody, self.nobody):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        self.discard = text_button(_("Discard"))
        self.discard.setAutoDefault(False)
        self.discard.clicked.connect(self.reject)
        above = QHBoxLayout()
        above.setSpacing(8)
        for widget in (self.tabs, self.search, self.everybody, self.nobody):
            above.addWidget(widget, stretch=1 if widget is self.search else 0)
        below = QHBoxLayout()
        below.setSpacing(8)
        hint = label(_("Taking over is one step, which can be undone."), "muted", wraps=True)
        below.addWidget(hint, stretch=1)
        below.addWidget(self.discard)
        below.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(10)
        for said in (self.headline, self.trouble, self.said, self.kept):
            layout.addWidget(said)
        layout.addLayout(above)
        layout.addWidget(self.pages, stretch=1)
        layout.addLayout(below)

    @Slot()
    def _narrow(self) -> None:
        trees = (self.people, self.places)
        n_shown = [tree.narrow(self.search.text(), only_changed=True) for tree in trees]
        at = self.tabs.currentIndex()
        self.pages.setCurrentWidget(trees[at] if n_shown[at] else self.nothing)
        self.everybody.setEnabled(at == 0)
        self.nobody.setEnabled(at == 0)

    @Slot()
    def _choose_all(self) -> None:
        self._choose(is_chosen=True)

    @Slot()
    def _choose_nobody(self) -> None:
        self._choose(is_chosen=False)

    def _choose(self, *, is_chosen: bool) -> None:
        self.people.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.people.choose_all(is_chosen=is_chosen)
        self.people.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.people.viewport().update()
        self._count()

    @Slot()
    def _count(self) -> None:
        n_people = len(self.people.chosen())
        self.take.setText(
            ngettext("Take over for {n} person", "Take over for {n} people", n_people)
        )
        self.take.setEnabled(n_people > 0)
        if self._weigh is not None and self._before is not None:
            after = self._weigh(self._merged(self.chosen()))
            self.headline.setText(words.comparison(self._before, after))
