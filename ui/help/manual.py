"""The manual's pages: read from Markdown files, and searched."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import resources
from ui.folding import folded

FOLDER = "help"
_AROUND = 60
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^[-:| ]+$|^\s*(?:-|\d+\.) |[*`#|]+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the manual.

    Parameters
    ----------
    name
        The same in every language: the file's name without language and ending.
    title
        Its first heading.
    markdown
        The whole text, title included.
    """

    name: str
    title: str
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A page that has every word searched for, and a piece of it around the first."""

    page: Page
    excerpt: str


def page_names() -> tuple[str, ...]:
    """Return the names of the pages in the order of the contents."""
    index = resources.path(FOLDER, "pages.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(index)["pages"])


def read_manual(code: str) -> tuple[Page, ...]:
    """Return every page in a language, ``sv`` or ``en``, in the order of the contents."""
    return tuple(_read(name, code) for name in page_names())


def page_of_link(link: str) -> str:
    """Return the page that a link in a page leads to; nothing when it leads elsewhere."""
    path = Path(link)
    is_page = "/" not in link and path.suffix == ".md" and path.stem.count(".") == 1
    return path.stem.split(".")[0] if is_page else ""


def search(pages: Sequence[Page], typed: str) -> tuple[Hit, ...]:
    """Return the pages that have every typed word, those first that have one in their title."""
    wanted = folded(typed).letters.split()
    in_title: list[Hit] = []
    elsewhere: list[Hit] = []
    for page in pages:
        title, text = folded(page.title).letters, plain_text(page.markdown)
        body = folded(text)
        if all(word in title or word in body.letters for word in wanted):
            at = max(body.letters.find(wanted[0]), 0) if wanted else 0
            hit = Hit(page=page, excerpt=_excerpt(text, body.origins[at]) if text else "")
            (in_title if any(word in title for word in wanted) else elsewhere).append(hit)
    return (*in_title, *elsewhere)


def plain_text(markdown: str) -> str:
    """Return what a page says below its title, as one line without marks."""
    body = markdown.partition("\n")[2]
    return " ".join(_MARKS.sub(" ", _LINK.sub(r"\1", body)).split())


def _read(name: str, code: str) -> Page:
    markdown = resources.path(FOLDER, f"{name}.{code}.md").read_text(encoding="utf-8")
    return Page(name=name, title=markdown.partition("\n")[0].lstrip("# "), markdown=markdown)


def _excerpt(text: str, at: int) -> str:
    start = text.rfind(" ", 0, max(at - _AROUND // 3, 0)) + 1
    end = text.find(" ", start + 2 * _AROUND)
    before = "… " if start else ""
    return f"{before}{text[start:]}" if end < 0 else f"{before}{text[start:end]} …"
