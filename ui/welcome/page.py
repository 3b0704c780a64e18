"""What the window shows while no plan is open."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner.words import _
from ui.theme import pixmap, set_icon, theme, tokens
from ui.widgets import label

_PATH_ROLE = Qt.ItemDataRole.UserRole


class WelcomePage(QWidget):
    """Offers to make or open a plan, and the plans opened lately.

    Parameters
    ----------
    create, open_file, example, own_roster
        Actions of the window that the tiles trigger.
    """

    recent_chosen = Signal(str)
    """Path or address of a plan opened lately."""

    def __init__(
        self, create: QAction, open_file: QAction, example: QAction, own_roster: QAction
    ) -> None:
        super().__init__()
        card = QFrame()
        card.setProperty("card", True)  # noqa: FBT003 - Qt's signature
        card.setFixedWidth(860)
        inside = QHBoxLayout(card)
        inside.setContentsMargins(36, 34, 36, 34)
        inside.setSpacing(40)
        inside.addLayout(self._make_begin(create, open_file, example, own_roster), stretch=1)
        inside.addLayout(self._make_recent(), stretch=1)
        inner = QWidget()
        inner.setProperty("plain", True)  # noqa: FBT003 - Qt's signature
        column = QVBoxLayout(inner)
        column.addStretch(2)
        column.addLayout(self._make_title())
        column.addSpacing(26)
        column.addWidget(card, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        scrolled = QScrollArea()  # a low window shows a part of it
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the button with the keyboard
        scrolled.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled)
        theme().changed.connect(self._draw)
        self._draw()

    def show_recent(self, targets: tuple[str, ...]) -> None:
        """List plans, the latest first."""
        self.recent.clear()
        for target in targets:
            path = Path(target)
            item = QListWidgetItem(f"{path.stem}\n{path.parent}")
            item.setData(_PATH_ROLE, target)
            item.setToolTip(target)
            item.setSizeHint(QSize(0, 50))
            self.recent.addItem(item)
        self.recent.setVisible(bool(targets))
        self._nothing.setVisible(not targets)

    def _make_title(self) -> QVBoxLayout:
        self._symbol = QLabel()
        self._symbol.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = label(_("Närvaro"), "title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = label(_("Plan presence, keep the promise, and show that it was kept."), "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout()
        layout.setSpacing(4)
        for part in (self._symbol, title, hint):
            layout.addWidget(part)
        return layout

    def _make_begin(
        self, create: QAction, open_file: QAction, example: QAction, own_roster: QAction
    ) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(6)
        layout.addWidget(label(_("Begin"), "section"))
        layout.addSpacing(6)
        for text, hint, icon, action in (
            (
                _("Open plan …"),
                _("A plan file on this computer or a share"),
                "folder-open",
                open_file,
            ),
            (
                _("New plan …"),
                _("An empty plan, to import schools and staff into"),
                "file-plus",
                create,
            ),
            (
                _("Try the Västerås example …"),
                _("Real schools; made-up staff, times and places"),
                "school",
                example,
            ),
            (
                _("Begin with my own roster …"),
                _("An Excel grid: see in a quarter of an hour what the rules say of it"),
                "calendar",
                own_roster,
            ),
        ):
            tile = QPushButton(f"  {text}")
            tile.setProperty("tile", True)  # noqa: FBT003 - Qt's signature
            set_icon(tile, icon, "accent")
            tile.setIconSize(QSize(20, 20))
            tile.setAccessibleDescription(hint)
            tile.clicked.connect(action.trigger)
            below = label(hint, "small", wraps=True)
            below.setContentsMargins(4, 0, 0, 8)
            layout.addWidget(tile)
            layout.addWidget(below)
        layout.addStretch()
        return layout

    def _make_recent(self) -> QVBoxLayout:
        self.recent = QListWidget()
        self.recent.setAccessibleName(_("Recent plans"))
        self.recent.setMinimumHeight(200)
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.recent.itemActivated.connect(self._choose)
        self.recent.itemClicked.connect(self._choose)
        self._nothing = label(
            _("Plans that you open are listed here. New here? Try the example."),
            "muted",
            wraps=True,
        )
        layout = QVBoxLayout()
        layout.setSpacing(6)
        layout.addWidget(label(_("Recent plans"), "section"))
        layout.addSpacing(6)
        layout.addWidget(self.recent, stretch=1)
        layout.addWidget(self._nothing)
        layout.addStretch()
        return layout

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        self.recent_chosen.emit(item.data(_PATH_ROLE))

    def _draw(self) -> None:
        self._symbol.setPixmap(pixmap("shield", tokens().accent, 44))
