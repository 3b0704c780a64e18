"""Panels of which a tab bar shows one at a time."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget


class TabbedPanels(QWidget):
    """Panels on a surface of their own, under tabs that stand as wide as their names.

    Attributes
    ----------
    tabs
        Chooses the panel of the same number.
    panels
        Shows it; what else is put into it stands in for a panel.

    Parameters
    ----------
    name
        What the tabs are called when read aloud.
    """

    def __init__(self, name: str, named: Iterable[tuple[str, QWidget]]) -> None:
        super().__init__()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(name)
        self.tabs.setExpanding(False)
        self.panels = QStackedWidget()
        for text, panel in named:
            self.tabs.addTab(text)
            panel.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.panels.addWidget(panel)
        self.tabs.currentChanged.connect(self.panels.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.panels, stretch=1)
