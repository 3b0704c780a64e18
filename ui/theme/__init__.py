"""How the program looks: colours, font, symbols and the style sheet of both themes."""

from ui.theme.icons import icon, pixmap, set_icon
from ui.theme.theme import FONT_PX, SMALL_PX, Mode, Theme, font, install, theme, tokens
from ui.theme.tokens import DARK, LIGHT, Tokens, contrast

__all__ = [
    "DARK",
    "FONT_PX",
    "LIGHT",
    "SMALL_PX",
    "Mode",
    "Theme",
    "Tokens",
    "contrast",
    "font",
    "icon",
    "install",
    "pixmap",
    "set_icon",
    "theme",
    "tokens",
]
