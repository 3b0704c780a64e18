"""Every number that a report shows, by its name."""

from collections.abc import Iterator

from planner.reports.report_blocks import Block, Item, Paragraph, Question, Report, Section, Table
from planner.reports.traced import pieces

Figures = dict[str, int | float | None]


def figures_of(report: Report) -> Figures:
    """Return the numbers of a report; nothing stands for a share of nothing.

    Raises
    ------
    ValueError
        The report shows two numbers for the same thing.
    """
    found: Figures = {}
    for chapter in report.chapters:
        for block in chapter.blocks:
            for text in _texts(block):
                for piece in pieces(text):
                    if piece.figure:
                        _add(found, piece.figure, piece.text)
    return found


def _add(found: Figures, name: str, text: str) -> None:
    value = _value(text)
    if found.setdefault(name, value) != value:
        raise ValueError(f"{name} is {found[name]} and {value}")


def _value(text: str) -> int | float | None:
    if text.isdecimal():
        return int(text)
    return None if text == "–" else float(text.replace(",", "."))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Section() | Item():
            yield block.text
        case Question():
            yield block.answer
        case Table():
            for line in block.lines:
                yield from line.cells
        case _:
            return
