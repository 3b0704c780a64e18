"""The report-back as a web page that says what its PDF says; its charts stand there as tables."""

from collections.abc import Iterator, Sequence

from planner.reports.report_back import ReportBack
from planner.reports.report_back_document import report_of
from planner.reports.report_blocks import Block, Item
from planner.reports.traced import Piece, pieces
from planner.reports.web_page import render_page


def render_report_back_page(report: ReportBack) -> str:
    """Return the report-back as a web page; the same report gives the same page."""
    found = report_of(report)
    return render_page(
        "report_back.html",
        f"{found.kind}: {found.title}",
        report=found,
        chapters=[(chapter, list(_grouped(chapter.blocks))) for chapter in found.chapters],
        pieces=_pieces,
    )


def _grouped(blocks: Sequence[Block]) -> Iterator[tuple[str, Block | list[Item]]]:
    """Yield each block with the name of its kind; items that follow each other are one list."""
    items: list[Item] = []
    for block in blocks:
        if isinstance(block, Item):
            items.append(block)
            continue
        if items:
            yield "items", items
            items = []
        yield type(block).__name__.lower(), block
    if items:
        yield "items", items


def _pieces(text: str) -> list[Piece]:
    return list(pieces(text))
