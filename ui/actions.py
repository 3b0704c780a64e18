"""Every command of the window: one table of names, keys, symbols and when it can be given."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from planner.words import N_, _
from ui.theme import set_icon


class Command(StrEnum):
    """A command that the user can give."""

    NEW = auto()
    OPEN = auto()
    EXAMPLE = auto()
    IMPORT = auto()
    QUIT = auto()
    PREVIOUS = auto()
    NEXT = auto()
    THIS_WEEK = auto()
    GENERATE = auto()
    STOP = auto()
    PUBLISH = auto()
    PRINT = auto()
    PEOPLE = auto()
    PLACES = auto()
    SEARCH = auto()
    ABOUT = auto()


class Need(Enum):
    """What a command needs before it can be given."""

    NOTHING = auto()
    QUIET = auto()
    """The engine is at rest."""
    PLAN = auto()
    """A plan is open."""
    QUIET_PLAN = auto()
    """A plan is open and the engine is at rest."""
    ENGINE = auto()
    """The engine is at work."""


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    tip: str
    keys: str
    icon: str
    need: Need


_TABLE: Mapping[Command, _Row] = {
    Command.NEW: _Row(
        N_("&New plan …"), N_("Make an empty plan"), "Ctrl+N", "file-plus", Need.QUIET
    ),
    Command.OPEN: _Row(N_("&Open …"), N_("Open a plan file"), "Ctrl+O", "folder-open", Need.QUIET),
    Command.EXAMPLE: _Row(
        N_("Västerås &example …"), N_("Make a plan from the example"), "", "school", Need.QUIET
    ),
    Command.IMPORT: _Row(
        N_("&Import …"),
        N_("Read records into the plan from a folder or workbook"),
        "Ctrl+I",
        "upload",
        Need.QUIET_PLAN,
    ),
    Command.QUIT: _Row(N_("&Quit"), N_("Close the window"), "Ctrl+Q", "", Need.NOTHING),
    Command.PREVIOUS: _Row(
        N_("&Previous week"), N_("Go one week back"), "Alt+Left", "chevron-left", Need.PLAN
    ),
    Command.NEXT: _Row(
        N_("&Next week"), N_("Go one week on"), "Alt+Right", "chevron-right", Need.PLAN
    ),
    Command.THIS_WEEK: _Row(
        N_("&This week"), N_("Go to the week that today is in"), "Alt+Home", "", Need.PLAN
    ),
    Command.GENERATE: _Row(
        N_("&Generate …"), N_("Make the week's roster"), "Ctrl+G", "play", Need.QUIET_PLAN
    ),
    Command.STOP: _Row(
        N_("&Stop"), N_("Stop and keep the best roster so far"), "Ctrl+.", "square", Need.ENGINE
    ),
    Command.PUBLISH: _Row(
        N_("P&ublish …"),
        N_("Give the week a number and make it final"),
        "Ctrl+U",
        "send",
        Need.QUIET_PLAN,
    ),
    Command.PRINT: _Row(
        N_("P&rint …"),
        N_("Look at the print-outs, save or print them"),
        "Ctrl+P",
        "printer",
        Need.PLAN,
    ),
    Command.PEOPLE: _Row(N_("P&eople"), N_("Show people and days"), "Ctrl+1", "users", Need.PLAN),
    Command.PLACES: _Row(N_("P&laces"), N_("Show places and days"), "Ctrl+2", "map-pin", Need.PLAN),
    Command.SEARCH: _Row(
        N_("&Search"), N_("Search person or place"), "Ctrl+F", "search", Need.PLAN
    ),
    Command.ABOUT: _Row(
        N_("&About Närvaro"), N_("Version, licences and who made it"), "F1", "info", Need.NOTHING
    ),
}


def make_actions(window: QWidget) -> dict[Command, QAction]:
    """Return an action for each command, in the language in force; they belong to ``window``."""
    actions = {}
    for command, row in _TABLE.items():
        action = QAction(_(row.text), window)
        action.setToolTip(_(row.tip))
        if row.keys:
            action.setShortcut(QKeySequence(row.keys))
        if row.icon:
            set_icon(action, row.icon, "muted")
        actions[command] = action
    return actions


def enable(actions: Mapping[Command, QAction], *, has_plan: bool, is_generating: bool) -> None:
    """Enable what can be done now."""
    met = {
        Need.NOTHING: True,
        Need.QUIET: not is_generating,
        Need.PLAN: has_plan,
        Need.QUIET_PLAN: has_plan and not is_generating,
        Need.ENGINE: is_generating,
    }
    for command, action in actions.items():
        action.setEnabled(met[_TABLE[command].need])
