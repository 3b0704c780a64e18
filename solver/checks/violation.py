"""One broken rule."""

from dataclasses import dataclass

from solver.data.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that is not kept at one place.

    Parameters
    ----------
    rule
        Code of the rule, such as ``daily-rest``.
    workers
        Who takes part.
    span
        Where; nothing when the rule has no place in time.
    is_fact
        Only facts take part, so nothing that may change is to blame.
    values
        What was measured and what is allowed, by name.
    """

    rule: str
    workers: tuple[str, ...]
    span: Span | None = None
    is_fact: bool = False
    values: tuple[tuple[str, int], ...] = ()
