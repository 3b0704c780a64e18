"""Symbols in the colours of the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from ui.theme.theme import svg, theme, tokens

ICON_PX = 18


def set_icon(target: QAction | QAbstractButton, name: str, role: str = "text") -> None:
    """Give a button or action a symbol that follows the theme.

    Parameters
    ----------
    name
        File in ``resources/icons`` without its ending.
    role
        Name of the token that colours it.
    """
    _Dresser(target, name, role)


def icon(name: str, role: str = "text") -> QIcon:
    """Return a symbol in a colour of the theme in force."""
    colors = tokens().as_map()
    made = QIcon()
    made.addPixmap(pixmap(name, colors[role]), QIcon.Mode.Normal)
    made.addPixmap(pixmap(name, colors["disabled"]), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, color: str, size_px: int = ICON_PX) -> QPixmap:
    """Return a symbol as a picture, sharp on the densest screen in use."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return _drawn(name, color, size_px, ratio)


@lru_cache(maxsize=256)
def _drawn(name: str, color: str, size_px: int, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(size_px, size_px) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg(name, color))).render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return picture


class _Dresser(QObject):
    """Redraws the symbol of what it belongs to whenever the theme changes."""

    def __init__(self, target: QAction | QAbstractButton, name: str, role: str) -> None:
        super().__init__(target)
        self._target = target
        self._name = name
        self._role = role
        theme().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._target.setIcon(icon(self._name, self._role))
