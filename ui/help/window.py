"""The manual's window: contents and search at the left, a page at the right."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.words import _, language
from ui.help.browser import PageBrowser
from ui.help.contents import EXCERPT_ROLE, NAME_ROLE, ContentsDelegate
from ui.help.manual import Page, read_manual, search
from ui.widgets import icon_button, label


class HelpWindow(QWidget):
    """Shows the manual beside the window that it belongs to, in the language in force."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Närvaro’s manual"))
        self.resize(1080, 760)
        self._pages = {page.name: page for page in read_manual(language())}
        self._visited: list[str] = []
        self._at = -1
        self.back = icon_button("chevron-left", _("Back"))
        self.back.clicked.connect(self._go_back)
        self.forward = icon_button("chevron-right", _("Forward"))
        self.forward.clicked.connect(self._go_forward)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search the manual"))
        self.search.setAccessibleName(_("Search the manual"))
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._open_first)
        self.contents = QListWidget()
        self.contents.setAccessibleName(_("Contents"))
        self.contents.setItemDelegate(ContentsDelegate(self.contents))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.currentItemChanged.connect(self._choose)
        self._nothing = label("", "muted", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(14, 10, 14, 10)
        self.browser = PageBrowser()
        self.browser.page_asked.connect(self.show_page)
        self._lay_out()
        for keys, slot in (
            ("Alt+Left", self._go_back),
            ("Alt+Right", self._go_forward),
            ("Ctrl+F", self._begin_search),
            ("Esc", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self._list()

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Show a page and come to the front; a name that is unknown shows the first page."""
        known = name if name in self._pages else next(iter(self._pages))
        self._visit(known)
        self.show()
        self.raise_()
        self.activateWindow()

    def page(self) -> str:
        """Return the name of the page that is shown; nothing before the first."""
        return self._visited[self._at] if self._visited else ""

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.back)
        top.addWidget(self.forward)
        top.addSpacing(4)
        top.addWidget(self.search, stretch=1)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.contents)
        self._lists.addWidget(self._nothing)
        left = QWidget()
        left.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._lists, stretch=1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.browser)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([290, 790])
        splitter.setChildrenCollapsible(False)
        left.setMinimumWidth(220)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _visit(self, name: str) -> None:
        """Show a page, and let Back return to the one before."""
        if name != self.page():
            self._visited = [*self._visited[: self._at + 1], name]
            self._at = len(self._visited) - 1
        self._show()

    def _show(self) -> None:
        page = self._pages[self.page()]
        self.browser.show_markdown(page.markdown, self.search.text())
        self.setWindowTitle(_("{page} – Närvaro’s manual", page=page.title))
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at + 1 < len(self._visited))
        self._point_at(page.name)

    def _point_at(self, name: str) -> None:
        self.contents.blockSignals(True)  # noqa: FBT003 - Qt's signature
        names = [self.contents.item(at).data(NAME_ROLE) for at in range(self.contents.count())]
        self.contents.setCurrentRow(names.index(name) if name in names else -1)
        self.contents.blockSignals(False)  # noqa: FBT003 - Qt's signature

    @Slot()
    def _list(self) -> None:
        """List every page, or those that have what is typed."""
        typed = self.search.text().strip()
        listed: list[tuple[Page, str]] = [(page, "") for page in self._pages.values()]
        if typed:
            hits = search(tuple(self._pages.values()), typed)
            listed = [(hit.page, hit.excerpt) for hit in hits]
        self.contents.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.contents.clear()
        for page, excerpt in listed:
            item = QListWidgetItem(page.title)
            item.setData(NAME_ROLE, page.name)
            item.setData(EXCERPT_ROLE, excerpt)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                f"{page.title}: {excerpt}" if excerpt else page.title,
            )
            self.contents.addItem(item)
        self.contents.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._nothing.setText(_("No page has “{typed}”. Try another word.", typed=typed))
        self._lists.setCurrentWidget(self.contents if listed else self._nothing)
        if self._visited:
            self._point_at(self.page())
            self.browser.mark(typed)

    @Slot()
    def _open_first(self) -> None:
        if self.contents.count():
            self._visit(self.contents.item(0).data(NAME_ROLE))

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._visit(item.data(NAME_ROLE))

    @Slot()
    def _begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _go_back(self) -> None:
        if self._at > 0:
            self._at -= 1
            self._show()

    @Slot()
    def _go_forward(self) -> None:
        if self._at + 1 < len(self._visited):
            self._at += 1
            self._show()
