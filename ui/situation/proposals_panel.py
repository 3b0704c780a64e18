"""Proposed presence windows: tried, and then accepted, edited or declined one by one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.domain.situation_trial import Method
from planner.services.situation.proposals import (
    Proposal,
    Proposals,
    ProposalState,
    TrialProgress,
    WindowTerms,
)
from planner.words import _, ngettext
from ui.situation import words
from ui.theme import theme
from ui.widgets import MessageBar, airy, label, primary_button, text_button

_PLACES_M = (300, 500, 800)
_HOURS = (2, 3, 4, 6, 8)
_ROW_PX = 30
_PLACE, _WHEN, _DOSE, _EXPECTED, _MEASURED, _STATE = range(6)


class ProposalsPanel(QWidget):
    """Terms above, what the trial says, the windows below."""

    asked = Signal(object)
    """The ``WindowTerms`` to propose by."""
    stop_asked = Signal()
    accept_asked = Signal(object)
    """The tuple of proposals to make windows of."""
    edit_asked = Signal(object)
    decline_asked = Signal(object)
    taken_back = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._proposals: tuple[Proposal, ...] = ()
        self.count = airy(QSpinBox())
        self.count.setRange(1, 200)
        self.count.setValue(WindowTerms().n_windows)
        self.count.setMinimumWidth(92)
        self.count.setAccessibleName(_("Windows a week"))
        self.hours = _choice(_("Hours of a window"), [(f"{n} h", n) for n in _HOURS], 4)
        self.place = _choice(_("Width of a place"), [(f"{n} m", n) for n in _PLACES_M], 500)
        self.try_button = primary_button(_("Propose and try"), "play")
        self.try_button.clicked.connect(self._ask)
        self.stop_button = text_button(_("Stop"), "square")
        self.stop_button.clicked.connect(self.stop_asked)
        self.stop_button.hide()
        self.verdict = MessageBar(is_closable=False)
        self.methods = _MethodTable()
        self.table = _ProposalTable()
        self.table.itemSelectionChanged.connect(self._judge)
        self.table.cellDoubleClicked.connect(self._edit)
        self.said = label(
            _("Proposes windows from the incidents, and tries them on weeks it has not seen."),
            "muted",
            wraps=True,
        )
        self._make_buttons()
        self._lay_out()
        self._judge()
        theme().changed.connect(self._fill)

    def terms(self) -> WindowTerms:
        """Return what is asked for."""
        return WindowTerms(
            n_windows=self.count.value(),
            hours=self.hours.currentData(),
            place_m=self.place.currentData(),
        )

    def show_progress(self, progress: TrialProgress | None) -> None:
        """Say how far the trial is."""
        self.try_button.setEnabled(False)
        self.stop_button.show()
        self.said.setText(
            _("Tried {n} of {n_all} weeks …", n=progress.n_done, n_all=progress.n_all)
            if progress
            else _("Reading the incidents …")
        )

    def show_proposals(self, found: Proposals) -> None:
        """Show what was proposed and what the trial says of it."""
        self._proposals = found.proposals
        text, tone = words.verdict(found.trial, found.terms)
        if found.n_incidents:
            self.verdict.say(text, tone)
        else:
            self.verdict.hide()
        self.methods.fill(found)
        self._fill()
        n = ngettext("{n} proposed window", "{n} proposed windows", len(found.proposals))
        self.said.setText(
            _("{n}, learned from {n_incidents} incidents.", n=n, n_incidents=found.n_incidents)
            if found.proposals
            else _("Nothing can be proposed: no incident in this choice has a position.")
        )
        self.end()

    @Slot()
    def _fill(self) -> None:
        self.table.fill(self._proposals)

    def end(self) -> None:
        """Stop saying that something is tried."""
        self.try_button.setEnabled(True)
        self.stop_button.hide()
        self._judge()

    def clear(self) -> None:
        """Show nothing, as the incidents are others now."""
        self._proposals = ()
        self.verdict.hide()
        self.methods.hide()
        self.table.setRowCount(0)
        self.said.setText(
            _("Proposes windows from the incidents, and tries them on weeks it has not seen.")
        )
        self.end()

    def chosen(self) -> tuple[Proposal, ...]:
        """Return the proposals whose rows are marked, in order."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return tuple(self._proposals[row] for row in rows)

    def _make_buttons(self) -> None:
        self.accept_button = primary_button(_("Accept"), "check")
        self.accept_button.setToolTip(_("Make presence windows of the marked rows"))
        self.accept_button.clicked.connect(lambda: self.accept_asked.emit(self._open_ones()))
        self.edit_button = text_button(_("Edit and accept …"))
        self.edit_button.clicked.connect(self._edit)
        self.decline_button = text_button(_("Decline …"), "x")
        self.decline_button.clicked.connect(lambda: self.decline_asked.emit(self._open_ones()))
        self.back_button = text_button(_("Take back"), "undo-2")
        self.back_button.setToolTip(_("Let a declined window be proposed again"))
        self.back_button.clicked.connect(lambda: self.taken_back.emit(self._declined_ones()))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for text, widget in (
            (_("Windows a week"), self.count),
            (_("Hours of a window"), self.hours),
            (_("Width of a place"), self.place),
        ):
            top.addWidget(label(text, "muted"))
            top.addWidget(widget)
        top.addWidget(self.try_button)
        top.addWidget(self.stop_button)
        top.addStretch()
        below = QHBoxLayout()
        below.setSpacing(8)
        for button in (
            self.accept_button,
            self.edit_button,
            self.decline_button,
            self.back_button,
        ):
            below.addWidget(button)
        below.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.said)
        layout.addWidget(self.verdict)
        layout.addWidget(self.methods)
        layout.addWidget(self.table, stretch=1)
        layout.addLayout(below)

    def _open_ones(self) -> tuple[Proposal, ...]:
        return tuple(one for one in self.chosen() if one.state is ProposalState.OPEN)

    def _declined_ones(self) -> tuple[Proposal, ...]:
        return tuple(one for one in self.chosen() if one.state is ProposalState.DECLINED)

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self.terms())

    @Slot()
    def _edit(self) -> None:
        mine = self._open_ones()
        if len(mine) == 1:
            self.edit_asked.emit(mine[0])

    @Slot()
    def _judge(self) -> None:
        n_open = len(self._open_ones())
        self.accept_button.setEnabled(n_open > 0)
        self.accept_button.setText(
            " " + (ngettext("Accept {n}", "Accept {n}", n_open) if n_open > 1 else _("Accept"))
        )
        self.edit_button.setEnabled(n_open == 1)
        self.decline_button.setEnabled(n_open > 0)
        self.back_button.setEnabled(bool(self._declined_ones()))


class _ProposalTable(QTableWidget):
    """A row for each proposal, the best first."""

    def __init__(self) -> None:
        super().__init__(0, 6)
        self.setAccessibleName(_("Proposed windows"))
        heads = (
            _("Place"),
            _("Day and hours"),
            _("Visits"),
            _("Expected share"),
            _("Measured share"),
            "",
        )
        tips = {
            _EXPECTED: _("Share of the incidents to be expected in the window"),
            _MEASURED: _("What windows of this rank covered in the weeks of the trial, on average"),
        }
        _dress(self, _PLACE, heads, tips)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def fill(self, proposals: Sequence[Proposal]) -> None:
        """Show other proposals; the rows that were marked stay marked."""
        marked = {index.row() for index in self.selectedIndexes()}
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.setRowCount(len(proposals))
        for row, one in enumerate(proposals):
            measured = "–" if one.measured is None else words.percent(one.measured, 2)
            visits = ngettext("{n} visit", "{n} visits", one.n_visits)
            texts = (
                f"{one.rank}. {one.name}",
                words.when(one),
                visits,
                words.percent(one.expected, 2),
                measured,
                _(words.STATES[one.state]),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column in {_EXPECTED, _MEASURED}:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                if one.state is not ProposalState.OPEN:
                    item.setForeground(self.palette().placeholderText())
                self.setItem(row, column, item)
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature
        if not marked and proposals:
            self.setCurrentCell(0, _PLACE)


class _MethodTable(QTableWidget):
    """How the proposals did beside the rules of thumb."""

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.setAccessibleName(_("How the proposals did on weeks they have not seen"))
        heads = ("", _("Covered"), _("Hit rate (95 %)"), _("Accuracy index PAI (95 %)"))
        tip = _(
            "Hit rate divided by the share of places and hours that the windows take; 1 is as "
            "good as chance. Only places where something was reported before count."
        )
        _dress(self, 0, heads, {3: tip})
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.hide()

    def fill(self, found: Proposals) -> None:
        """Show another trial; nothing is shown of one that said nothing."""
        results = found.trial.results
        self.setVisible(bool(results))
        self.setRowCount(len(results))
        for row, (method, result) in enumerate(results.items()):
            covered = _("{n} of {n_all}", n=round(result.hits), n_all=found.trial.n_incidents)
            texts = (
                _(words.METHODS[method]),
                covered,
                words.ranged(result.hit_rate, words.percent),
                words.ranged(result.pai, words.decimal),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if method is Method.PROPOSED:
                    strong = item.font()
                    strong.setBold(True)
                    item.setFont(strong)
                self.setItem(row, column, item)
        self.setFixedHeight(34 + _ROW_PX * max(len(results), 1))


def _dress(table: QTableWidget, widest: int, heads: Sequence[str], tips: Mapping[int, str]) -> None:
    for column, text in enumerate(heads):
        head = QTableWidgetItem(text)
        head.setToolTip(tips.get(column, ""))
        table.setHorizontalHeaderItem(column, head)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW_PX)
    across = table.horizontalHeader()
    across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    across.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
    across.setHighlightSections(False)


def _choice(name: str, entries: Sequence[tuple[str, int]], chosen: int) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for text, value in entries:
        made.addItem(text, value)
    made.setCurrentIndex(made.findData(chosen))
    return made
