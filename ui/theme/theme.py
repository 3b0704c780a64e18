"""The theme in force: follows the system or the user's choice and dresses the whole program."""

from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui.theme.tokens import DARK, LIGHT, Tokens

FONT_FAMILY = "Inter"
FONT_PX = 13
SMALL_PX = 11

_SHEET_ICONS = {
    "check": "on_accent",
    "minus": "on_accent",
    "chevron-down": "muted",
    "chevron-left": "muted",
    "chevron-right": "muted",
    "chevron-up": "muted",
    "x": "muted",
}


class Mode(StrEnum):
    """What the user chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Owns the colours in force; there is one in a program."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = Mode.SYSTEM) -> None:
        super().__init__(app)
        self.tokens: Tokens = LIGHT
        self.mode = mode
        self._app = app
        self._folder = QTemporaryDir()
        for path in sorted(resources.path("fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
        QDir.setSearchPaths("theme", [self._folder.path()])
        app.setStyle("Fusion")
        app.setFont(font())
        app.styleHints().colorSchemeChanged.connect(self._dress)
        self._dress()

    def choose(self, mode: Mode) -> None:
        """Dress the program as ``mode`` asks."""
        self.mode = mode
        self._dress()

    def _dress(self) -> None:
        # A system that does not say (Unknown) is taken as light.
        is_dark = self.mode is Mode.DARK or (
            self.mode is Mode.SYSTEM and self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        self.tokens = DARK if is_dark else LIGHT
        self._app.setPalette(_palette(self.tokens))
        self._write_sheet_icons()
        template = Path(__file__).with_name("style.qss").read_text(encoding="utf-8")
        shade = "dark" if is_dark else "light"
        self._app.setStyleSheet(Template(template).substitute(self.tokens.as_map(), shade=shade))
        self.changed.emit()

    def _write_sheet_icons(self) -> None:
        # Style sheets take pictures by path only. Each theme has its own names: Qt caches by name.
        shade = "dark" if self.tokens.is_dark else "light"
        colors = self.tokens.as_map()
        for name, role in _SHEET_ICONS.items():
            path = Path(self._folder.path()) / f"{name}-{shade}.svg"
            if not path.exists():
                path.write_bytes(svg(name, colors[role]))


_theme: list[Theme] = []


def install(app: QApplication, mode: Mode = Mode.SYSTEM) -> Theme:
    """Dress ``app`` and return its theme; a second call only chooses the mode."""
    if _theme:
        _theme[0].choose(mode)
    else:
        _theme.append(Theme(app, mode))
    return _theme[0]


def theme() -> Theme:
    """Return the program's theme; ``install`` has been called."""
    return _theme[0]


def tokens() -> Tokens:
    """Return the colours in force."""
    return _theme[0].tokens


def svg(name: str, color: str) -> bytes:
    """Return a symbol of ``resources/icons`` in a colour."""
    text = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace("currentColor", color).encode()


def font(size_px: int = FONT_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the program's font; its figures are as wide as each other."""
    made = QFont(FONT_FAMILY)
    made.setPixelSize(size_px)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.ground,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.free_day,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.raised,
        role.Midlight: tokens.raised,
        role.Mid: tokens.line,
        role.Dark: tokens.outline,
        role.Shadow: tokens.line,
    }
    palette = QPalette()
    for key, color in colors.items():
        palette.setColor(key, QColor(color))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.disabled))
    return palette
