"""What a generated roster would change, person by person, to take over or leave."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
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
from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.services.generating import Proposal
from planner.words import _, ngettext
from ui.differences import DifferencesTree
from ui.widgets import label, text_button


class ProposalDialog(QDialog):
    """Shows a proposal beside the roster as it is, with a box for each person."""

    def __init__(
        self,
        plan: Plan,
        proposal: Proposal,
        current: Roster,
        duties: Sequence[Duty],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Proposal for {week}", week=proposal.week))
        self.resize(980, 680)
        differences = week_differences(plan, current, proposal.roster, duties)
        self.is_empty = differences.is_empty
        self._n_people = len(differences.people)
        self.headline = label(_headline(proposal), "heading", wraps=True)
        self.said = label(counts_text(differences.shifts, differences.duties), "muted", wraps=True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search person or place"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.people = DifferencesTree(_("By person"), _("Person"))
        self.places = DifferencesTree(_("By place"), _("Place"))
        for tree in (self.people, self.places):
            tree.name_versions(_("Draft"), _("Proposal"))
        self.people.show_people(differences, plan.zone, is_choice=True)
        self.places.show_places(differences, plan.zone)
        self.people.itemChanged.connect(self._count)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("By person or by place"))
        self.tabs.setExpanding(False)
        self.tabs.addTab(_("By person"))
        self.tabs.addTab(_("By place"))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.people)
        self.pages.addWidget(self.places)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self._lay_out()
        self._count()

    def chosen(self) -> frozenset[StaffId] | None:
        """Return whose part is taken over; nothing when it is everybody's."""
        people = self.people.chosen()
        return None if len(people) == self._n_people else people

    def _lay_out(self) -> None:
        everybody = text_button(_("All"))
        everybody.clicked.connect(self._choose_all)
        nobody = text_button(_("Nobody"))
        nobody.clicked.connect(self._choose_nobody)
        self.buttons = QDialogButtonBox()
        self.take = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        self.buttons.addButton(_("Discard"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addStretch()
        row.addWidget(self.search)
        row.addWidget(everybody)
        row.addWidget(nobody)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self.headline)
        layout.addWidget(self.said)
        layout.addLayout(row)
        layout.addWidget(self.pages, stretch=1)
        hint = _("What you edited meanwhile stays as it is. Taking over is one step to undo.")
        layout.addWidget(label(hint, "muted", wraps=True))
        layout.addWidget(self.buttons)

    @Slot()
    def _narrow(self) -> None:
        for tree in (self.people, self.places):
            tree.narrow(self.search.text(), only_changed=True)

    @Slot()
    def _choose_all(self) -> None:
        self.people.choose_all(is_chosen=True)

    @Slot()
    def _choose_nobody(self) -> None:
        self.people.choose_all(is_chosen=False)

    @Slot()
    def _count(self) -> None:
        n_people = len(self.people.chosen())
        self.take.setText(
            ngettext("Take over for {n} person", "Take over for {n} people", n_people)
        )
        self.take.setEnabled(n_people > 0)


def _headline(proposal: Proposal) -> str:
    if proposal.trouble is not None:
        return _(messages.CUT_SHORT)
    if proposal.n_gaps:
        return ngettext(
            "With it {n} person is missing.", "With it {n} people are missing.", proposal.n_gaps
        )
    return _("With it nothing is missing.")
