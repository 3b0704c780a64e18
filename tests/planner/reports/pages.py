"""Web pages as a parser and a browser see them."""

import re

import tinyhtml5
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tinyhtml5.parser import HTMLParser

_RULES = {
    "resultTypes": ["violations", "incomplete"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
_REACHES_OUT = re.compile(
    r"<script|<link|<iframe|<img|src=|@import|url\(|https?:|\bon\w+=", re.IGNORECASE
)


def text_of(html: str) -> str:
    """Return what a page says, with every run of white space as one space.

    What begins or ends a word is seen: elements next to each other stand apart.
    """
    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    assert body is not None
    return " ".join(" ".join(body.itertext()).split())


def faults(html: str) -> list[str]:
    """Return what a strict reader of HTML finds wrong, and what would load something else."""
    parser = HTMLParser()
    parser.parse(html)
    return [code for _at, code, _values in parser.errors] + _REACHES_OUT.findall(html)


def barriers(page: Page) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA and good practice, or is not sure of."""
    found = Axe().run(page, options=_RULES).response
    return [
        f"{rule['id']}: {node['html']}"
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"]
    ]


def is_too_wide(page: Page) -> bool:
    """Tell whether a reader has to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
