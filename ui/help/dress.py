"""Gives a document that was read from Markdown the look of the theme."""

from PySide6.QtGui import (
    QColor,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
    QTextTableCellFormat,
)

from ui.theme import tokens
from ui.theme.tokens import Tokens

TEXT_PX = 14
_HEADING_PX = {1: 24, 2: 17, 3: 14}
_ABOVE_PX = {1: 0, 2: 20, 3: 12}
_LINE_PERCENT = 130
_INDENT_PX = 28
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_SIZE = QTextFormat.Property.FontPixelSize
_ADJUSTMENT = QTextFormat.Property.FontSizeAdjustment


def dress(document: QTextDocument) -> None:
    """Set headings, code, links, lists and tables in sizes and colours of the theme in force."""
    colors = tokens()
    document.setIndentWidth(_INDENT_PX)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame, colors)
    block = document.begin()
    while block.isValid():
        _dress_block(block, colors)
        block = block.next()


def _dress_block(block: QTextBlock, colors: Tokens) -> None:
    level = block.blockFormat().headingLevel()
    is_in_table = QTextCursor(block).currentTable() is not None
    is_in_list = block.blockFormat().objectIndex() != -1
    cursor = QTextCursor(block)
    shape = QTextBlockFormat()
    has_picture = "\N{OBJECT REPLACEMENT CHARACTER}" in block.text()
    shape.setLineHeight(100 if has_picture else _LINE_PERCENT, _PROPORTIONAL)
    if level:
        shape.setTopMargin(_ABOVE_PX.get(level, 12))
        shape.setBottomMargin(6)
    elif not is_in_table:
        shape.setTopMargin(3 if is_in_list else 6)
        shape.setBottomMargin(3 if is_in_list else 8)
    if has_picture:
        shape.setBottomMargin(16)
    cursor.mergeBlockFormat(shape)
    for start, length, old in _fragments(block):
        new = QTextCharFormat(old)
        new.setForeground(QColor(colors.text))
        if level:
            new.clearProperty(_ADJUSTMENT)
            new.setProperty(_SIZE, _HEADING_PX.get(level, TEXT_PX))
        if old.fontFixedPitch():
            new.setProperty(_SIZE, TEXT_PX - 1)
            new.setFontFixedPitch(False)
            new.setFontFamilies([block.document().defaultFont().family()])
            new.setBackground(QColor(colors.raised))
        if old.isAnchor():
            new.setForeground(QColor(colors.accent))
            new.setFontUnderline(True)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(new)


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    # All at once: changing a format ends the walk over the old ones.
    found = []
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        walk += 1
    return found


def _dress_table(table: QTextTable, colors: Tokens) -> None:
    look = table.format()
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(QColor(colors.line))
    look.setBorderCollapse(True)
    look.setCellSpacing(0)
    look.setCellPadding(7)
    look.setTopMargin(8)
    look.setBottomMargin(12)
    table.setFormat(look)
    head = QTextTableCellFormat()
    head.setBackground(QColor(colors.ground))
    for column in range(table.columns()):
        table.cellAt(0, column).setFormat(head)
