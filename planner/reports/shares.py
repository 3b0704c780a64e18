"""Shares of what was promised, drawn so that a copying machine keeps them apart."""

from reportlab.lib.colors import Color, HexColor

from planner.domain.coverage_counts import Coverage
from planner.domain.tallies import Tally
from planner.reports.document import INK, PAPER, SOFT, Document

PLANNED = HexColor(0x5A6472)
OWN_STAFF = HexColor(0xC3C8CF)
_EDGE = 0.6


def draw_bar(
    doc: Document, coverage: Coverage, left: float, top: float, size: tuple[float, float]
) -> None:
    """Draw a level bar: planned dark, own staff light, what is cancelled or lacks people white."""
    width, height = size
    doc.box(left, top, width, height, fill=SOFT, radius=0)
    inner = width - 2 * _EDGE
    doc.box(left + _EDGE, top + _EDGE, inner, height - 2 * _EDGE, fill=PAPER, radius=0)
    at = left + _EDGE
    for n, color in ((coverage.n_planned, PLANNED), (coverage.n_own_staff, OWN_STAFF)):
        part = inner * n / max(coverage.n_promised, 1)
        if n:
            doc.box(at, top + _EDGE, part, height - 2 * _EDGE, fill=color, radius=0)
        at += part


def draw_swatch(doc: Document, coverage: Coverage, left: float, top: float, side: float) -> None:
    """Draw a small upright one; a gap is a black frame."""
    edge = 1.2 if coverage.n_gaps else _EDGE
    doc.box(left, top, side, side, fill=INK if coverage.n_gaps else SOFT, radius=0)
    inner = side - 2 * edge
    doc.box(left + edge, top + edge, inner, inner, fill=PAPER, radius=0)
    foot = top + side - edge
    for n, color in ((coverage.n_planned, PLANNED), (coverage.n_own_staff, OWN_STAFF)):
        part = inner * n / max(coverage.n_promised, 1)
        foot -= part
        if n:
            doc.box(left + edge, foot, inner, part, fill=color, radius=0)


def draw_parts(
    doc: Document, tally: Tally, left: float, top: float, size: tuple[float, float]
) -> None:
    """Draw a level bar of what became of promised things.

    Done is dark, not done light, not reported white; what is still to come is an empty frame.
    """
    width, height = size
    doc.box(left, top, width, height, border=OWN_STAFF, radius=0)
    n_all = max(tally.promised, 1)
    for n, color in _parts(tally):
        part = width * n / n_all
        if n:
            doc.box(left, top, part, height, fill=SOFT, radius=0)
            inner = max(part - 2 * _EDGE, 0)
            doc.box(left + _EDGE, top + _EDGE, inner, height - 2 * _EDGE, fill=color, radius=0)
        left += part


def draw_column(
    doc: Document, tally: Tally, left: float, foot: float, size: tuple[float, float]
) -> None:
    """Draw the same upright, from ``foot`` upwards.

    Parameters
    ----------
    size
        Width, and height of one promised thing.
    """
    width, step = size
    for n, color in _parts(tally):
        part = step * n
        foot -= part
        if n:
            doc.box(left, foot, width, part, fill=SOFT, radius=0)
            inner = max(part - 2 * _EDGE, 0)
            doc.box(left + _EDGE, foot + _EDGE, width - 2 * _EDGE, inner, fill=color, radius=0)


def _parts(tally: Tally) -> tuple[tuple[int, Color], ...]:
    return (
        (tally.done, PLANNED),
        (tally.n_not_done, OWN_STAFF),
        (tally.not_reported + tally.under_way, PAPER),
    )
