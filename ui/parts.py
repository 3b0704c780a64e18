"""The parts of an open plan: one table of their names, keys, symbols and how each is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from planner.services.plans import OpenPlan
from planner.words import N_, _
from ui.jobs import Runner
from ui.theme import set_icon
from ui.widgets import PartPage


class Part(StrEnum):
    """A part of the plan, in the order in which they stand in the window."""

    WEEK = auto()
    COVERAGE = auto()
    PROMISE = auto()
    SITUATION = auto()
    SCENARIOS = auto()
    DATA = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """How a part is named, reached and made.

    Parameters
    ----------
    title
        On its tab.
    text, tip, keys, icon
        Of its command in the menu.
    topic
        The manual's page about it.
    make
        Makes its page; what it needs is imported then, so that the window opens without it.
    """

    title: str
    text: str
    tip: str
    keys: str
    icon: str
    topic: str
    make: Callable[[OpenPlan, Runner], PartPage]


def _coverage(open_plan: OpenPlan, runner: Runner) -> PartPage:
    from ui.coverage import CoveragePage

    return CoveragePage(open_plan, runner)


def _promise(open_plan: OpenPlan, runner: Runner) -> PartPage:
    from ui.promise import PromisePage

    return PromisePage(open_plan, runner)


def _situation(open_plan: OpenPlan, runner: Runner) -> PartPage:
    from ui.situation import SituationPage

    return SituationPage(open_plan, runner)


def _scenarios(open_plan: OpenPlan, runner: Runner) -> PartPage:
    from ui.scenarios import ScenariosPage

    return ScenariosPage(open_plan, runner)


def _data(open_plan: OpenPlan, runner: Runner) -> PartPage:
    from ui.records import RecordsPage

    return RecordsPage(open_plan, runner)


PARTS: Mapping[Part, PartRow] = {
    Part.COVERAGE: PartRow(
        title=N_("Coverage"),
        text=N_("Co&verage"),
        tip=N_("Where and when presence is missing, and how evenings are spread"),
        keys="Ctrl+6",
        icon="grid-3x3",
        topic="coverage",
        make=_coverage,
    ),
    Part.PROMISE: PartRow(
        title=N_("Promise"),
        text=N_("Pro&mise"),
        tip=N_("What was promised, planned and done, and where it is reported"),
        keys="Ctrl+7",
        icon="shield",
        topic="promise",
        make=_promise,
    ),
    Part.SITUATION: PartRow(
        title=N_("Situational picture"),
        text=N_("S&ituational picture"),
        tip=N_("When and where incidents happen, and which presence is proposed"),
        keys="Ctrl+8",
        icon="map-pin",
        topic="situation",
        make=_situation,
    ),
    Part.SCENARIOS: PartRow(
        title=N_("What if"),
        text=N_("W&hat if"),
        tip=N_("Scenarios side by side, a promise before it is signed, and how fragile a week is"),
        keys="Ctrl+9",
        icon="eye",
        topic="what-if",
        make=_scenarios,
    ),
    Part.DATA: PartRow(
        title=N_("Data"),
        text=N_("&Data"),
        tip=N_("Staff, schools, places, shift types and rules"),
        keys="Ctrl+5",
        icon="list",
        topic="data",
        make=_data,
    ),
}
"""Every part but the week, which the window makes itself and whose views have commands."""


def part_actions(window: QWidget) -> dict[Part, QAction]:
    """Return a command for each part, in the language in force; they belong to ``window``."""
    actions = {}
    for part, row in PARTS.items():
        action = QAction(_(row.text), window)
        action.setObjectName(part.value)
        action.setToolTip(_(row.tip))
        action.setShortcut(QKeySequence(row.keys))
        set_icon(action, row.icon, "muted")
        actions[part] = action
    return actions
