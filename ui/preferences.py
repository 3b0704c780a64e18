"""What this user of this computer chose: language, theme, recent plans, the window's place."""

import os
from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings

from planner.words import LANGUAGES
from ui.theme import Mode

_MAX_RECENT = 8
_MAX_RECENT_COMMANDS = 6


class Preferences:
    """Kept in one INI file; a value that cannot be read counts as not set.

    Parameters
    ----------
    path
        The file; the user's configuration folder unless given.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._file = QSettings(
            str(path or user_config_path("narvaro", appauthor=False) / "window.ini"),
            QSettings.Format.IniFormat,
        )

    @property
    def language(self) -> str:
        """Return the language of the window; Swedish until somebody chooses."""
        code = str(self._file.value("language", ""))
        return code if code in LANGUAGES else LANGUAGES[0]

    @language.setter
    def language(self, code: str) -> None:
        self._file.setValue("language", code)

    @property
    def mode(self) -> Mode:
        """Return the theme chosen; the system's until somebody chooses."""
        chosen = str(self._file.value("theme", ""))
        return Mode(chosen) if chosen in set(Mode) else Mode.SYSTEM

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._file.setValue("theme", mode.value)

    @property
    def recent(self) -> tuple[str, ...]:
        """Return the plans opened lately, the latest first; files that are gone are left out."""
        targets = self._texts("recent")
        return tuple(each for each in targets if "://" in each or Path(each).exists())

    def remember(self, target: str) -> None:
        """Put a plan first among the recent ones."""
        target = target if "://" in target else os.path.abspath(target)  # noqa: PTH100 - no links
        others = [each for each in self.recent if each != target]
        self._file.setValue("recent", [target, *others][:_MAX_RECENT])

    @property
    def geometry(self) -> QByteArray:
        """Return the place and size of the window; empty until it was closed once."""
        stored = self._file.value("geometry")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._file.setValue("geometry", geometry)

    @property
    def recent_commands(self) -> tuple[str, ...]:
        """Return the names of the commands found by typing lately, the latest first."""
        return self._texts("recent_commands")

    def remember_command(self, name: str) -> None:
        """Put a command first among those used lately."""
        others = [each for each in self.recent_commands if each != name]
        self._file.setValue("recent_commands", [name, *others][:_MAX_RECENT_COMMANDS])

    @property
    def import_source(self) -> str:
        """Return what was imported last: a path; empty until something was."""
        return str(self._file.value("import_source", ""))

    @import_source.setter
    def import_source(self, path: str) -> None:
        self._file.setValue("import_source", path)

    @property
    def roster_source(self) -> str:
        """Return the roster of one's own that was read last: a path; empty until one was."""
        return str(self._file.value("roster_source", ""))

    @roster_source.setter
    def roster_source(self, path: str) -> None:
        self._file.setValue("roster_source", path)

    @property
    def print_kind(self) -> str:
        """Return what was printed last: a kind's name; empty until something was."""
        return str(self._file.value("print_kind", ""))

    @print_kind.setter
    def print_kind(self, kind: str) -> None:
        self._file.setValue("print_kind", kind)

    @property
    def is_tour_known(self) -> bool:
        """Return whether the tour has been offered or taken once."""
        return str(self._file.value("is_tour_known", "")).lower() == "true"

    @is_tour_known.setter
    def is_tour_known(self, is_known: bool) -> None:
        self._file.setValue("is_tour_known", is_known)

    def _texts(self, key: str) -> tuple[str, ...]:
        stored = self._file.value(key, [])
        texts = [stored] if isinstance(stored, str) else stored
        return tuple(str(each) for each in texts) if isinstance(texts, list) else ()
