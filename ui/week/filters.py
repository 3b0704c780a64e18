"""Narrows the grids: a search text, an employer, a squad."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from planner.domain.ids import EmployerId, SquadId
from planner.words import _

_SPACE_PX = 8
_ARROW_PX = 40
"""Of a choice, its frame and arrow."""


class FilterRow(QWidget):
    """A search field and two choices; the squads offered are those of the employer chosen.

    A choice of nothing is not shown.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_of_people = True
        self._employers: tuple[tuple[EmployerId, str], ...] = ()
        self._squads: tuple[tuple[SquadId, str, EmployerId], ...] = ()
        self._text = QLineEdit()
        self._text.setPlaceholderText(_("Search person or place"))
        self._text.setAccessibleName(_("Search person or place"))
        self._text.setClearButtonEnabled(True)
        self._text.textChanged.connect(self.changed)
        self._employer = QComboBox()
        self._employer.setAccessibleName(_("Employer"))
        self._employer.currentIndexChanged.connect(self._choose_employer)
        self._squad = QComboBox()
        self._squad.setAccessibleName(_("Squad"))
        self._squad.currentIndexChanged.connect(self.changed)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 5, 0, 5)
        layout.setSpacing(_SPACE_PX)
        metrics = self.fontMetrics()
        all_employers, all_squads = map(
            metrics.horizontalAdvance, (_("All employers"), _("All squads"))
        )
        for part, least, most in (
            (self._text, 80, 190),
            (self._employer, all_employers + _ARROW_PX, 176),
            (self._squad, all_squads + _ARROW_PX, 140),
        ):
            part.setMinimumWidth(least)
            part.setMaximumWidth(most)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            layout.addWidget(part, stretch=most)

    @override
    def sizeHint(self) -> QSize:
        shown = [part for part in (self._text, self._employer, self._squad) if not part.isHidden()]
        wide = sum(part.maximumWidth() + _SPACE_PX for part in shown)
        return QSize(wide, super().sizeHint().height())

    def show_groups(
        self,
        employers: tuple[tuple[EmployerId, str], ...],
        squads: tuple[tuple[SquadId, str, EmployerId], ...],
    ) -> None:
        """Offer the employers and squads of a week; a choice made earlier stays."""
        if (employers, squads) == (self._employers, self._squads):
            return
        self._employers, self._squads = employers, squads
        _offer(self._employer, _("All employers"), employers)
        self._offer_squads()
        self._show_choices()

    def show_group_choice(self, *, is_shown: bool) -> None:
        """Show or hide what narrows people only."""
        self._is_of_people = is_shown
        self._show_choices()

    def _show_choices(self) -> None:
        self._employer.setVisible(self._is_of_people and bool(self._employers))
        self._squad.setVisible(self._is_of_people and bool(self._squads))
        self.updateGeometry()

    def employer(self) -> EmployerId | None:
        """Return the employer chosen; nothing for all."""
        chosen: EmployerId | None = self._employer.currentData()
        return chosen

    def squad(self) -> SquadId | None:
        """Return the squad chosen; nothing for all."""
        chosen: SquadId | None = self._squad.currentData()
        return chosen

    def text(self) -> str:
        """Return the search text."""
        return self._text.text()

    def sought(self) -> str:
        """Return what may leave somebody or some place out, in words; empty when nothing does."""
        text = self.text().strip()
        chosen = (box for box in (self._employer, self._squad) if box.currentData() is not None)
        said = [_("“{text}”", text=text)] if text else []
        return ", ".join([*said, *(box.currentText() for box in chosen)])

    def clear(self) -> None:
        """Show everybody and every place."""
        self._text.clear()
        self._employer.setCurrentIndex(0)
        self._squad.setCurrentIndex(0)

    def search(self) -> None:
        """Put the keyboard into the search field."""
        self._text.setFocus()
        self._text.selectAll()

    @Slot()
    def _choose_employer(self) -> None:
        self._offer_squads()
        self.changed.emit()

    def _offer_squads(self) -> None:
        employer = self.employer()
        offered = tuple(
            (squad, name) for squad, name, owner in self._squads if employer in {None, owner}
        )
        _offer(self._squad, _("All squads"), offered)


def _offer(box: QComboBox, everything: str, entries: tuple[tuple[str, str], ...]) -> None:
    chosen = box.currentData()
    box.blockSignals(True)  # noqa: FBT003 - Qt's signature
    box.clear()
    box.addItem(everything, None)
    for value, name in entries:
        box.addItem(name, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.blockSignals(False)  # noqa: FBT003 - Qt's signature
