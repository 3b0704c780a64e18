"""What is on the pages of a PDF: their sizes and links, and each as a picture."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from ctypes import byref, c_float, c_int
from dataclasses import dataclass
from threading import Lock

import pypdfium2
from pypdfium2 import raw

_ONE_AT_A_TIME = Lock()
"""PDFium's functions may not be called by two threads at once, not even for different documents.

Closing is such a call too, so all that is opened is closed before the next may begin.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as a picture: ``height`` rows of ``width`` pixels of four bytes, red first."""

    width: int
    height: int
    rgba: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A place on a page that leads to another, in points from the upper left corner.

    Parameters
    ----------
    page, page_top
        Where it leads to: the page, from 0, and how far down.
    """

    left: float
    top: float
    right: float
    bottom: float
    page: int
    page_top: float


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of each page of a PDF, in points."""
    with _opened(pdf) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


def page_links(pdf: bytes) -> tuple[tuple[PageLink, ...], ...]:
    """Return what leads to another place of a PDF, for each of its pages."""
    with _opened(pdf) as document:
        heights = [document.get_page_size(number)[1] for number in range(len(document))]
        return tuple(tuple(_links(document, number, heights)) for number in range(len(document)))


def render_page(pdf: bytes, page: int, scale: float) -> PageImage:
    """Return a page of a PDF as a picture.

    Parameters
    ----------
    page
        From 0.
    scale
        Pixels for each point of the page.
    """
    with _opened(pdf) as document:
        picture = document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        with closing(picture):
            return PageImage(width=picture.width, height=picture.height, rgba=bytes(picture.buffer))


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        yield document  # its pages are closed with it, whoever still holds them


def _links(
    document: pypdfium2.PdfDocument, number: int, heights: Sequence[float]
) -> Iterator[PageLink]:
    page, height = document[number], heights[number]
    at, link = c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, byref(at), byref(link)):
        goal = raw.FPDFLink_GetDest(document, link)
        there = raw.FPDFDest_GetDestPageIndex(document, goal) if goal else -1
        area = raw.FS_RECTF()
        if there < 0 or not raw.FPDFLink_GetAnnotRect(link, byref(area)):
            continue
        has_x, has_y, has_zoom = c_int(), c_int(), c_int()
        x, y, zoom = c_float(), c_float(), c_float()
        raw.FPDFDest_GetLocationInPage(
            goal, *map(byref, (has_x, has_y, has_zoom)), *map(byref, (x, y, zoom))
        )
        yield PageLink(
            left=area.left,
            top=height - area.top,
            right=area.right,
            bottom=height - area.bottom,
            page=there,
            page_top=heights[there] - y.value if has_y.value else 0.0,
        )
