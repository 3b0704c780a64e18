"""Shows a page of Markdown in the colours of the theme, pictures as wide as there is room."""

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QImage,
    QPainter,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit
from typing_extensions import override

import resources
from planner.words import _
from ui.folding import folded
from ui.help.dress import TEXT_PX, dress
from ui.help.manual import FOLDER, page_of_link
from ui.theme import font, theme, tokens

_SIDE_PX = 36
_COLUMN_PX = 760


class PageBrowser(QTextBrowser):
    """Shows one page; links to other pages are asked for, others are opened outside."""

    page_asked = Signal(str)
    """Name of the page that the user wants to see."""

    def __init__(self) -> None:
        super().__init__()
        self._markdown = ""
        self._typed = ""
        self._shown: QTextDocument | None = None
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setAccessibleName(_("Page of the manual"))
        self._face = font(TEXT_PX)
        self._face.clearFeatures()  # in running text figures need not be as wide as each other
        self.anchorClicked.connect(self._follow)
        theme().changed.connect(self._show_again)

    def show_markdown(self, markdown: str, typed: str = "") -> None:
        """Show a page from its top, or from the first of the ``typed`` words, which are marked."""
        self._markdown, self._typed = markdown, typed
        self._render()
        found = self._mark()
        if found:
            self.setTextCursor(
                QTextCursor(found[0].document().findBlock(found[0].selectionStart()))
            )
            self.ensureCursorVisible()
        else:
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def mark(self, typed: str) -> None:
        """Mark the ``typed`` words on the page that is shown."""
        self._typed = typed
        self._mark()

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        link = name.toString() if isinstance(name, QUrl) else name
        path = resources.path(FOLDER, *link.split("/"))
        dark = path.with_name(path.name.replace("-light.", "-dark."))
        picture = QImage(str(dark if tokens().is_dark and dark.exists() else path))
        picture = picture.convertToFormat(QImage.Format.Format_RGB32)  # a line is drawn on it
        if kind != QTextDocument.ResourceType.ImageResource.value or picture.isNull():
            return None
        ratio = self.devicePixelRatioF()
        width = min(round(self._column_px() * ratio), picture.width())
        scaled = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        _frame(scaled)
        scaled.setDevicePixelRatio(ratio)
        return scaled

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show_again()

    def _column_px(self) -> int:
        return max(min(self.viewport().width() - 2 * _SIDE_PX, _COLUMN_PX), 1)

    def _render(self) -> None:
        # A new document each time: reading into one that exists keeps formats of what was there.
        old, new = self._shown, QTextDocument(self)
        new.setDefaultFont(self._face)
        new.setMarkdown(self._markdown)
        dress(new)
        frame = new.rootFrame()
        shape = frame.frameFormat()
        shape.setLeftMargin(_SIDE_PX)
        shape.setTopMargin(_SIDE_PX - 8)
        shape.setRightMargin(self.viewport().width() - _SIDE_PX - self._column_px())
        shape.setBottomMargin(_SIDE_PX)
        frame.setFrameFormat(shape)
        self.setDocument(new)
        self._shown = new
        if old is not None:
            old.deleteLater()

    @Slot()
    def _show_again(self) -> None:
        """Show the same page for another width or theme, where it was."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._render()
        self._mark()
        bar.setValue(round(share * bar.maximum()))

    def _mark(self) -> list[QTextCursor]:
        """Mark the typed words and return where they are."""
        text = folded(self.document().toPlainText())
        found, marks = [], []
        for word in folded(self._typed).letters.split():
            at = text.letters.find(word)
            while at >= 0:
                cursor = QTextCursor(self.document())
                cursor.setPosition(text.origins[at])
                end = text.origins[at + len(word) - 1] + 1
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                found.append(cursor)
                at = text.letters.find(word, at + len(word))
        for cursor in found:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format.setBackground(QColor(tokens().warning_fill))
            mark.format.setForeground(QColor(tokens().warning))
            marks.append(mark)
        self.setExtraSelections(marks)
        return sorted(found, key=QTextCursor.selectionStart)

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        name = page_of_link(link.toString())
        if name:
            self.page_asked.emit(name)
        elif link.scheme() == "https":
            QDesktopServices.openUrl(link)


def _frame(picture: QImage) -> None:
    """Draw a line around a picture, which may be as light or dark as the page."""
    painter = QPainter(picture)
    painter.setPen(QColor(tokens().outline))
    painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
    painter.end()
