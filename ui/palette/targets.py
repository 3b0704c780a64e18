"""What the palette can go to beside giving commands."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A person, a place or a week.

    Parameters
    ----------
    text
        Its name.
    hint
        What it is; what is typed is looked for here too, at the beginnings of words.
    icon
        File in ``resources/icons`` without its ending.
    go
        Goes there.
    """

    text: str
    hint: str
    icon: str
    go: Callable[[], object]
