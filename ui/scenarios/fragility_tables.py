"""What simulated absences do: coverage, what it hangs on, and what reserve shifts save."""

from collections.abc import Iterator

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from planner.domain.plan import Plan
from planner.services.what_if.fragility_results import ExpectedCoverage, Fragility, WeakDuty
from planner.words import N_, _, short_date
from ui.scenarios import words
from ui.scenarios.table import Cell, ValueTable
from ui.widgets import label

_COVERAGE = (N_("Promise"), N_("Now"), N_("Expected"), N_("1 week in 20"))
_COVERAGE_SHARES = (100, 86, 86, 100)
_SKILLS = (N_("Skill"), N_("People"), N_("Needed for"), N_("Lost"))
_SKILL_SHARES = (120, 80, 100, 76)
_DUTIES = (N_("Duty"), N_("Day"), N_("Lost in"))
_DUTY_SHARES = (260, 90, 90)
_RESERVES = (N_("Reserve shift"), N_("Skill"), N_("Saves"), N_("Expected"), N_("1 week in 20"))
_RESERVE_SHARES = (158, 122, 62, 88, 116)
_MOST_DUTIES = 200


class FragilityTables(QWidget):
    """Shows a result; nobody's name is in it."""

    spot_asked = Signal(str, object)
    """Id of a place and the ``date`` to look at."""

    def __init__(self) -> None:
        super().__init__()
        self._duties: tuple[WeakDuty, ...] = ()
        self.headline = label("", "heading", wraps=True)
        self.certainty = label("", "muted", wraps=True)
        self.coverage = ValueTable(_("Coverage to be expected"))
        self.coverage.head([_(text) for text in _COVERAGE], _COVERAGE_SHARES, is_squeezed=True)
        self.skills = ValueTable(_("The skills that it hangs on"))
        self.skills.head([_(text) for text in _SKILLS], _SKILL_SHARES, is_squeezed=True)
        self.duties = ValueTable(_("The duties that it hangs on"))
        self.duties.head([_(text) for text in _DUTIES], _DUTY_SHARES, is_squeezed=True)
        self.duties.itemDoubleClicked.connect(self._ask_spot)
        self.reserves = ValueTable(_("What reserve shifts would save"))
        self.reserves.head([_(text) for text in _RESERVES], _RESERVE_SHARES, is_squeezed=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for table, row, column, height in (
            (self.coverage, 0, 0, 2),
            (self.duties, 0, 1, 2),
            (self.skills, 1, 0, 2),
            (self.reserves, 1, 1, 2),
        ):
            part = QVBoxLayout()
            part.addWidget(label(table.accessibleName(), "section"))
            part.addWidget(table)
            grid.addLayout(part, row, column)
            grid.setRowStretch(row, height)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addWidget(self.headline)
        layout.addWidget(self.certainty)
        layout.addLayout(grid, stretch=1)

    def show_result(self, plan: Plan, found: Fragility) -> None:
        """Show what is known of a week by now."""
        whole = found.whole
        self.headline.setText(
            _(
                "{expected} of the promise is to be expected instead of {now}; in one week of "
                "twenty {fifth} or less.",
                expected=words.percent(whole.expected),
                now=words.percent(whole.now),
                fifth=words.percent(whole.fifth),
            )
        )
        self.certainty.setText(_certainty(found))
        self.coverage.fill((one.priority, tuple(_coverage(one))) for one in found.coverage)
        self.skills.fill(
            (
                one.skill,
                (
                    Cell(text=words.name_of(plan.skills, one.skill)),
                    Cell(text=str(one.n_people), is_number=True),
                    Cell(text=str(one.n_wanted), is_number=True),
                    Cell(
                        text=words.percent(one.lost_percent),
                        is_number=True,
                        tone="warning" if one.lost_percent >= 1 else "",
                    ),
                ),
            )
            for one in found.skills
        )
        self._duties = found.duties[:_MOST_DUTIES]
        self.duties.fill((number, tuple(_duty(one))) for number, one in enumerate(self._duties))
        self.reserves.fill(_reserves(plan, found))

    @Slot()
    def _ask_spot(self) -> None:
        number = self.duties.chosen()
        if isinstance(number, int):
            self.spot_asked.emit(self._duties[number].place, self._duties[number].day)


def _certainty(found: Fragility) -> str:
    source = _("publication {n}", n=found.publication) if found.publication else _("the draft")
    return _(
        "{week}, {source}: {n} weeks drawn, the average is sure to ±{points} percentage points "
        "(95 %). By a fast rule that moves no shifts, so it is rather a little too dark.",
        week=found.week,
        source=source,
        n=found.n_draws,
        points=words.number(found.whole.half_width),
    )


def _coverage(one: ExpectedCoverage) -> Iterator[Cell]:
    is_whole = one.priority is None
    name = _("All of it") if is_whole else _("Priority {n}", n=one.priority)
    yield Cell(text=name, is_strong=is_whole)
    for value in (one.now, one.expected, one.fifth):
        yield Cell(text=words.percent(value), is_number=True, is_strong=is_whole)


def _duty(one: WeakDuty) -> Iterator[Cell]:
    yield Cell(text=words.duty_text(one))
    yield Cell(text=short_date(one.day))
    yield Cell(
        text=words.percent(one.percent),
        is_number=True,
        tone="danger" if one.percent >= 10 else "warning" if one.percent >= 5 else "",
    )


def _reserves(plan: Plan, found: Fragility) -> Iterator[tuple[object, tuple[Cell, ...]]]:
    whole = found.whole
    yield (
        0,
        (
            Cell(text=_("none"), tone="muted"),
            Cell(text=""),
            Cell(text=""),
            Cell(text=words.percent(whole.expected), is_number=True),
            Cell(text=words.percent(whole.fifth), is_number=True),
        ),
    )
    for one in found.reserves:
        kind = plan.shift_type_by_id.get(one.shift_type) if one.shift_type else None
        skills = ", ".join(sorted(words.name_of(plan.skills, skill) for skill in one.skills))
        name = kind.name if kind else "–"
        saved = words.number(one.saved_heads)
        yield (
            one.n,
            (
                Cell(text=_("+{n}: {shift}, {day}", n=one.n, shift=name, day=short_date(one.day))),
                Cell(text=skills),
                Cell(
                    text=saved,
                    tip=_("{n} places on duties a week, on average", n=saved),
                    is_number=True,
                ),
                Cell(text=words.percent(one.expected), is_number=True),
                Cell(text=words.percent(one.fifth), is_number=True),
            ),
        )
