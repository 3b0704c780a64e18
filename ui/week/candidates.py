"""Who can take something: the best first, what each costs, and one key that gives it to them."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.plan import Plan
from planner.services.candidates.values import Answer, Candidate, Refusal, Wanted
from planner.words import _, ngettext
from ui.theme import set_icon
from ui.week import candidate_words
from ui.week.candidate_rows import Row, RowList
from ui.widgets import icon_button, label, primary_button, text_button

_LIST_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_ENTER_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CandidatePanel(QWidget):
    """Lists who can take what is wanted, to be chosen by arrow keys and Enter, or by a click.

    Parameters
    ----------
    find
        Answers within a moment; asked once the panel shows that it looks.
    assign
        Gives it to whom is chosen.
    """

    closed = Signal()
    """The user is done with it: assigned, or left it."""

    def __init__(
        self, find: Callable[[Wanted], Answer], assign: Callable[[Candidate], None]
    ) -> None:
        super().__init__()
        self._find, self._assign = find, assign
        self._plan = Plan()
        self._wanted: Wanted | None = None
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Who can take this?"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self.heading = label("", "section", wraps=True)
        self.when = label("", "muted")
        self.close_button = icon_button("x", _("Close"))
        self.close_button.clicked.connect(self.closed)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Filter by name"))
        self.search.setAccessibleName(_("Filter by name"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Looking for people …"))
        self.nothing = label("", "muted", wraps=True)
        self.found = RowList(_("Who can take this?"))
        self.more = label("", "small", wraps=True)
        self.others = text_button("")
        self.others.setCheckable(True)
        self.others.setProperty("flat", True)  # noqa: FBT003 - Qt's signature
        self.others.toggled.connect(self._show_others)
        self.refused = RowList(_("Who cannot"))
        self.button = primary_button(_("Assign"))
        self.button.clicked.connect(self._act)
        self.found.currentRowChanged.connect(self._choose_found)
        self.refused.currentRowChanged.connect(self._choose_refused)
        for rows in (self.found, self.refused):
            rows.installEventFilter(self)
            rows.itemDoubleClicked.connect(self._act)
        self.search.installEventFilter(self)
        self._lay_out()
        self._fill(None)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _ENTER_KEYS:
                self._act()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
            if watched is self.search and event.key() in _LIST_KEYS:
                self._active.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def ask(self, plan: Plan, wanted: Wanted) -> None:
        """Look for who can take what is wanted, and show it."""
        self._plan, self._wanted = plan, wanted
        self.search.clear()
        self._fill(None)
        self.busy.show()
        self.nothing.setText(_("Looking for people …"))
        self.nothing.show()
        self._timer.start(0)  # after the panel has been drawn

    def clear(self) -> None:
        """Show nothing, and look for nobody any more."""
        self._timer.stop()
        self._wanted = None
        self._fill(None)

    @property
    def chosen(self) -> Candidate | None:
        """Whom the user has chosen."""
        return self._active.chosen

    @property
    def _active(self) -> RowList:
        """The list in which somebody is chosen."""
        return self.refused if self.refused.currentRow() >= 0 else self.found

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.addWidget(self.heading, stretch=1)
        title.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignTop)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 10, 8)
        top.setSpacing(4)
        top.addLayout(title)
        top.addWidget(self.when)
        top.addSpacing(4)
        top.addWidget(self.search)
        top.addWidget(self.busy)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 8, 14, 10)
        foot.addWidget(self.button)
        self.nothing.setContentsMargins(16, 8, 16, 8)
        self.more.setContentsMargins(16, 4, 16, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.nothing)
        layout.addWidget(self.found, stretch=3)
        layout.addWidget(self.more)
        layout.addWidget(self.others)
        layout.addWidget(self.refused, stretch=2)
        layout.addStretch()
        layout.addLayout(foot)
        order = (self.search, self.found, self.others, self.refused, self.button, self.close_button)
        for one, other in pairwise(order):
            self.setTabOrder(one, other)

    @Slot()
    def _ask(self) -> None:
        if self._wanted is not None:
            self._fill(self._find(self._wanted))
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, answer: Answer | None) -> None:
        """Show an answer; nothing when there is none yet."""
        plan = self._plan
        candidates = answer.candidates if answer else ()
        refusals = answer.refusals if answer else ()
        self.busy.hide()
        self.heading.setText(candidate_words.heading(answer) if answer else "")
        if answer and answer.span is None:
            self.heading.setText(_("Who can take this?"))
        self.when.setText(candidate_words.when(plan, answer) if answer else "")
        self.search.setVisible(bool(candidates or refusals))
        self.found.fill(_row(plan, candidate) for candidate in candidates)
        self.refused.fill(_refused_row(plan, refusal) for refusal in refusals)
        self.found.setVisible(bool(candidates))
        self.nothing.setVisible(answer is not None and not candidates)
        if answer is not None:
            self.nothing.setText(
                _("Nobody can take this within the rules. Below is why, person by person.")
                if refusals
                else _("This is not wanted any more; the roster has changed meanwhile.")
            )
        n_more = answer.n_more if answer else 0
        self.more.setText(
            ngettext(
                "{n} other may be able to, at a higher cost.",
                "{n} others may be able to, at a higher cost.",
                n_more,
            )
        )
        self.more.setVisible(n_more > 0)
        self.others.setText(ngettext("{n} person cannot", "{n} people cannot", len(refusals)))
        self.others.setVisible(bool(refusals))
        self.others.setChecked(bool(refusals) and not candidates)
        self._show_others(is_shown=self.others.isChecked())
        self.found.choose_first()
        self._offer()

    @Slot(bool)
    def _show_others(self, is_shown: bool) -> None:  # noqa: FBT001 - a slot
        set_icon(self.others, "chevron-down" if is_shown else "chevron-right")
        self.refused.setVisible(is_shown)
        if not is_shown and self.refused.currentRow() >= 0:
            self.refused.setCurrentRow(-1)
            self.found.choose_first()

    @Slot()
    def _narrow(self) -> None:
        typed = self.search.text()
        n_shown = self.found.narrow(typed)
        n_others = self.refused.narrow(typed)
        if self.others.isVisible() and typed.strip() and n_others and not n_shown:
            self.others.setChecked(True)
        self.refused.setCurrentRow(-1)
        self.found.choose_first()
        self._offer()

    @Slot(int)
    def _choose_found(self, row: int) -> None:
        if row >= 0:
            self.refused.setCurrentRow(-1)
        self._offer()

    @Slot(int)
    def _choose_refused(self, row: int) -> None:
        if row >= 0:
            self.found.setCurrentRow(-1)
        self._offer()

    def _offer(self) -> None:
        """Let the button say what it would do."""
        chosen = self.chosen
        self.button.setEnabled(chosen is not None)
        self.button.setVisible(self.found.count() + self.refused.count() > 0)
        if chosen is None or chosen.is_legal:
            self.button.setText(_("Assign"))
        else:
            self.button.setText(_("Assign against the rule"))

    @Slot()
    def _act(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self._assign(chosen)
            self.closed.emit()


def _row(plan: Plan, candidate: Candidate) -> Row:
    costs = candidate.costs
    chips = candidate_words.chips(plan, candidate)
    tones = {chip.tone for chip in chips}
    mark = "danger" if costs.broken else "warning" if tones & {"danger", "warning"} else "success"
    return Row(
        name=candidate_words.names(candidate),
        phone=candidate_words.phones(candidate),
        text=candidate_words.way(plan, candidate),
        chips=chips,
        mark=mark,
        candidate=candidate,
    )


def _refused_row(plan: Plan, refusal: Refusal) -> Row:
    if refusal.against_rules is not None:
        return _row(plan, refusal.against_rules)
    return Row(
        name=refusal.person.name,
        phone=refusal.person.service_phone,
        text=candidate_words.reason(plan, refusal),
        chips=(),
        mark="muted",
        candidate=None,
    )
