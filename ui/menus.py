"""The menu bar."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from planner.words import LANGUAGES, N_, _, language
from ui.actions import Command
from ui.theme import Mode

_MODES = {Mode.SYSTEM: N_("As the &system"), Mode.LIGHT: N_("&Light"), Mode.DARK: N_("&Dark")}
_LANGUAGE_NAMES = {"sv": "&Svenska", "en": "&English"}
"""Each in its own language, so that whoever looks for it can read it."""


class Menus(QObject):
    """Fills a menu bar with the commands and the choices of theme and language."""

    theme_chosen = Signal(object)
    """The ``Mode``."""
    language_chosen = Signal(str)
    recent_chosen = Signal(str)

    def __init__(
        self,
        bar: QMenuBar,
        actions: Mapping[Command, QAction],
        parts: Iterable[QAction],
        mode: Mode,
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._actions = actions
        bar.clear()
        self._fill(_("&File"), Command.NEW, Command.OPEN, Command.EXAMPLE)
        file = self._last
        self._recent = file.addMenu(_("&Recent plans"))
        file.addSeparator()
        file.addActions(
            [actions[Command.IMPORT], actions[Command.OWN_ROSTER], actions[Command.EXPORT]]
        )
        file.addActions([actions[Command.REPORT_BACK], actions[Command.FORGET]])
        file.addSeparator()
        file.addActions([actions[Command.QUIT]])
        self._fill(_("&Edit"), Command.UNDO, Command.REDO)
        self._last.addSeparator()
        for command in (
            Command.COPY,
            Command.PASTE,
            Command.REMOVE,
            Command.LOCK,
            Command.NOTE,
            Command.COPY_WEEK,
        ):
            self._last.addAction(actions[command])
        self._fill(
            _("&View"),
            Command.PEOPLE,
            Command.PLACES,
            Command.DAY,
            Command.FOUR_WEEKS,
        )
        self._last.addSeparator()
        self._last.addActions(list(parts))
        self._last.addSeparator()
        self._last.addActions([actions[Command.SEARCH], actions[Command.PALETTE]])
        self._last.addSeparator()
        self._offer_themes(self._last.addMenu(_("&Theme")), mode)
        self._offer_languages(self._last.addMenu(_("L&anguage")))
        self._fill(_("&Week"), Command.PREVIOUS, Command.NEXT, Command.THIS_WEEK)
        self._last.addSeparator()
        for command in (
            Command.GENERATE,
            Command.STOP,
            Command.CANDIDATES,
            Command.REASONS,
            Command.ABSENCE,
            Command.CALLS,
            Command.SWAPS,
            Command.PUBLISH,
            Command.VERSIONS,
            Command.SEND,
            Command.PRINT,
        ):
            self._last.addAction(actions[command])
        self._fill(_("&Help"), Command.HELP, Command.TOUR, Command.ABOUT)

    def show_recent(self, targets: tuple[str, ...]) -> None:
        """List the plans opened lately."""
        self._recent.clear()
        self._recent.setEnabled(bool(targets))
        for target in targets:
            action = self._recent.addAction(target.replace("&", "&&"))
            action.setData(target)
            action.triggered.connect(self._choose_recent)

    def _fill(self, title: str, *commands: Command) -> None:
        self._last: QMenu = self._bar.addMenu(title)
        for command in commands:
            self._last.addAction(self._actions[command])

    def _offer_themes(self, menu: QMenu, chosen: Mode) -> None:
        group = QActionGroup(menu)
        for mode, text in _MODES.items():
            action = menu.addAction(_(text))
            action.setCheckable(True)
            action.setChecked(mode is chosen)
            action.setData(mode.value)
            group.addAction(action)
        group.triggered.connect(self._choose_theme)

    def _offer_languages(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for code in LANGUAGES:
            action = menu.addAction(_LANGUAGE_NAMES[code])
            action.setCheckable(True)
            action.setChecked(code == language())
            action.setData(code)
            group.addAction(action)
        group.triggered.connect(self._choose_language)

    def _choose_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(Mode(action.data()))

    def _choose_language(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())

    def _choose_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.recent_chosen.emit(action.data())
