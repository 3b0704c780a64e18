"""How tables of messages look: plain rows whose columns share the width there is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

_ROW_PX = 30


def dress(table: QTableView) -> None:
    """Let a table show whole rows, and leave the tab key to the window."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW_PX)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )


def share_width(table: QTableView, shares: Sequence[int]) -> None:
    """Give each column that is shown its share of the width; the last takes what is left."""
    width = table.viewport().width()
    whole = sum(share for n, share in enumerate(shares) if not table.isColumnHidden(n))
    for column, share in enumerate(shares[:-1]):
        table.setColumnWidth(column, width * share // whole)
