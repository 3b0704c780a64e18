"""What every print-out as a web page shares: one file that needs nothing else.

The templates are in ``resources/templates``. They hold no script and fetch nothing, so that a page
can be mailed, or put on any web site, as it is.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import resources
from planner import words
from planner.reports.listening import listener
from planner.words import _

if TYPE_CHECKING:
    from jinja2 import Environment

_CALLABLE = re.compile(r"\+?[\d\s()/\u2010-\u2013-]+")
"""How a number looks that nothing but dialling is meant by."""


def render_page(template: str, title: str, **values: object) -> str:
    """Return a page; the same values give the same page.

    Parameters
    ----------
    template
        Its name.
    title
        What a guard calls the page by: whose it is.
    values
        By the names that the template gives them.
    """
    listener().hear_bookmark(title)
    return _environment().get_template(template).render(language=words.language(), **values)


def phone_link(number: str) -> str:
    """Return the address that rings a number; nothing when it is not a number alone."""
    if not _CALLABLE.fullmatch(number.strip()):
        return ""
    return "tel:" + re.sub(r"[^\d+]", "", number)


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.path("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_heard,
    )
    environment.globals["_"] = _
    environment.filters["tel"] = phone_link
    return environment


def _heard(value: object) -> object:
    """Let the listener hear what is filled in, unless it is made of what was heard already."""
    if not hasattr(value, "__html__"):
        listener().hear(str(value))
    return value
