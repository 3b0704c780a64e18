"""The commands but those of the parts: names, keys, symbols and when each can be given."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from PySide6.QtCore import Qt
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
    OWN_ROSTER = auto()
    QUIT = auto()
    UNDO = auto()
    REDO = auto()
    COPY = auto()
    PASTE = auto()
    REMOVE = auto()
    LOCK = auto()
    NOTE = auto()
    COPY_WEEK = auto()
    CANDIDATES = auto()
    REASONS = auto()
    ABSENCE = auto()
    CALLS = auto()
    SWAPS = auto()
    PREVIOUS = auto()
    NEXT = auto()
    THIS_WEEK = auto()
    GENERATE = auto()
    STOP = auto()
    PUBLISH = auto()
    VERSIONS = auto()
    SEND = auto()
    PRINT = auto()
    REPORT_BACK = auto()
    FORGET = auto()
    EXPORT = auto()
    PEOPLE = auto()
    PLACES = auto()
    DAY = auto()
    FOUR_WEEKS = auto()
    SEARCH = auto()
    PALETTE = auto()
    HELP = auto()
    TOUR = auto()
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
    UNDOABLE = auto()
    """There is a command to undo."""
    REDOABLE = auto()
    """There is a command to do again."""


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    tip: str
    keys: str
    icon: str
    need: Need
    is_of_week: bool = False
    """Whether its keys belong to the week page, and mean something else elsewhere."""


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
    Command.OWN_ROSTER: _Row(
        N_("O&wn roster (Excel grid) …"),
        N_("Read or judge a roster that you keep in a spreadsheet of your own"),
        "Ctrl+Shift+I",
        "calendar",
        Need.QUIET,
    ),
    Command.QUIT: _Row(N_("&Quit"), N_("Close the window"), "Ctrl+Q", "", Need.NOTHING),
    Command.UNDO: _Row(
        N_("&Undo"), N_("Take back the last command"), "Ctrl+Z", "undo-2", Need.UNDOABLE
    ),
    Command.REDO: _Row(
        N_("R&edo"),
        N_("Do again what was taken back"),
        "Ctrl+Shift+Z",
        "redo-2",
        Need.REDOABLE,
    ),
    Command.COPY: _Row(
        N_("&Copy shifts"),
        N_("Copy the shifts of the selected cells"),
        "Ctrl+C",
        "",
        Need.PLAN,
        is_of_week=True,
    ),
    Command.PASTE: _Row(
        N_("&Paste shifts"),
        N_("Put the copied shifts where the selection begins, on free days"),
        "Ctrl+V",
        "",
        Need.PLAN,
        is_of_week=True,
    ),
    Command.REMOVE: _Row(
        N_("&Remove shifts"),
        N_("Take the shifts of the selected cells away"),
        "Del",
        "x",
        Need.PLAN,
        is_of_week=True,
    ),
    Command.LOCK: _Row(
        N_("&Lock or free"),
        N_("Lock the selected shifts and their duties, so that generating leaves them"),
        "Ctrl+L",
        "lock",
        Need.PLAN,
        is_of_week=True,
    ),
    Command.NOTE: _Row(
        N_("&Note …"),
        N_("Write a note on the selected shift or day"),
        "Ctrl+M",
        "",
        Need.PLAN,
        is_of_week=True,
    ),
    Command.COPY_WEEK: _Row(
        N_("Copy last &week"),
        N_("Put what the people shown worked last week on their free days"),
        "Ctrl+Shift+W",
        "",
        Need.QUIET_PLAN,
        is_of_week=True,
    ),
    Command.CANDIDATES: _Row(
        N_("Who &can take this?"),
        N_("Rank who could take the selected gap, shift or duty"),
        "Ctrl+T",
        "users",
        Need.PLAN,
        is_of_week=True,
    ),
    Command.REASONS: _Row(
        N_("W&hy is this uncovered?"),
        N_("Say why each gap of the week is there, and what would close it"),
        "Ctrl+Shift+T",
        "info",
        Need.QUIET_PLAN,
    ),
    Command.ABSENCE: _Row(
        N_("Report an &absence …"),
        N_("Somebody is ill or a squad is called away: find out what to do"),
        "Ctrl+Shift+A",
        "circle-alert",
        Need.QUIET_PLAN,
    ),
    Command.CALLS: _Row(
        N_("Ca&ll list …"),
        N_("Who is to be asked, and who has accepted"),
        "Ctrl+Shift+L",
        "",
        Need.PLAN,
    ),
    Command.SWAPS: _Row(
        N_("S&wap requests …"),
        N_("Who wants to change shifts with whom"),
        "",
        "",
        Need.PLAN,
    ),
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
    Command.VERSIONS: _Row(
        N_("&Versions …"),
        N_("Compare the draft and what was published"),
        "Ctrl+Shift+V",
        "",
        Need.PLAN,
    ),
    Command.SEND: _Row(
        N_("Sen&d …"),
        N_("Send what was published to schools and staff, and see who has got it"),
        "Ctrl+Shift+S",
        "",
        Need.PLAN,
    ),
    Command.PRINT: _Row(
        N_("P&rint …"),
        N_("Look at the print-outs, save or print them"),
        "Ctrl+P",
        "printer",
        Need.PLAN,
    ),
    Command.REPORT_BACK: _Row(
        N_("Report-&back …"),
        N_("Look at the report-back on a promise, follow its numbers, and save it"),
        "Ctrl+Shift+B",
        "circle-check",
        Need.PLAN,
    ),
    Command.FORGET: _Row(
        N_("Forget old &personal data …"),
        N_("See how much is older than the retention time, and forget who did what"),
        "",
        "",
        Need.PLAN,
    ),
    Command.EXPORT: _Row(
        N_("E&xport …"),
        N_("Write the week or the whole plan as calendars, tables, maps or data"),
        "Ctrl+E",
        "download",
        Need.PLAN,
    ),
    Command.PEOPLE: _Row(N_("P&eople"), N_("Show people and days"), "Ctrl+1", "users", Need.PLAN),
    Command.PLACES: _Row(N_("P&laces"), N_("Show places and days"), "Ctrl+2", "map-pin", Need.PLAN),
    Command.DAY: _Row(N_("Da&y"), N_("Show one day hour by hour"), "Ctrl+3", "clock", Need.PLAN),
    Command.FOUR_WEEKS: _Row(
        N_("&Four weeks"),
        N_("Show four weeks at a glance"),
        "Ctrl+4",
        "calendar-days",
        Need.PLAN,
    ),
    Command.SEARCH: _Row(
        N_("&Search"), N_("Search person or place"), "Ctrl+F", "search", Need.PLAN
    ),
    Command.PALETTE: _Row(
        N_("Find a &command …"),
        N_("Find commands, people and places by typing"),
        "Ctrl+K",
        "search",
        Need.NOTHING,
    ),
    Command.HELP: _Row(
        N_("&Manual"), N_("Open the manual at this page"), "F1", "book-open", Need.NOTHING
    ),
    Command.TOUR: _Row(
        N_("&Tour"), N_("See the most important things in a minute"), "", "", Need.PLAN
    ),
    Command.ABOUT: _Row(
        N_("&About Närvaro"), N_("Version, licences and who made it"), "", "info", Need.NOTHING
    ),
}


def make_actions(window: QWidget) -> dict[Command, QAction]:
    """Return an action for each command, in the language in force; they belong to ``window``."""
    actions = {}
    for command, row in _TABLE.items():
        action = QAction(_(row.text), window)
        action.setObjectName(command.value)
        action.setToolTip(_(row.tip))
        if row.keys:
            action.setShortcut(QKeySequence(row.keys))
        if row.icon:
            set_icon(action, row.icon, "muted")
        if row.is_of_week:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        actions[command] = action
    return actions


def of_week() -> tuple[Command, ...]:
    """Return the commands whose keys belong to the week page."""
    return tuple(command for command, row in _TABLE.items() if row.is_of_week)


def enable(
    actions: Mapping[Command, QAction],
    *,
    has_plan: bool,
    is_generating: bool,
    can_undo: bool,
    can_redo: bool,
) -> None:
    """Enable what can be done now."""
    met = {
        Need.NOTHING: True,
        Need.QUIET: not is_generating,
        Need.PLAN: has_plan,
        Need.QUIET_PLAN: has_plan and not is_generating,
        Need.ENGINE: is_generating,
        Need.UNDOABLE: can_undo,
        Need.REDOABLE: can_redo,
    }
    for command, action in actions.items():
        action.setEnabled(met[_TABLE[command].need])
