"""Letters that print-outs cannot show, told where they are written: a warning, never a refusal."""

from planner.reports.typeface import lacking, shown
from planner.words import _

_PRINTED_NOWHERE = frozenset(
    {
        ("staff", "name"),
        ("staff", "email"),
        ("schools", "email"),
        ("changed_days", "note"),
        ("settings", "name"),
        ("settings", "mail_sender"),
        ("settings", "mail_host"),
        ("settings", "mail_user"),
    }
)
"""Sets with fields of theirs that are in no print-out."""


def unprintable(set_name: str, field: str, text: str) -> str:
    """Return the letters of a field that print-outs cannot show; nothing for most.

    Those without a shape, such as marks that turn the direction of writing, go by their number.
    """
    if (set_name, field) in _PRINTED_NOWHERE:
        return ""
    return ", ".join(shown(letter) for letter in lacking(text))


def warning(set_name: str, field: str, text: str) -> str:
    """Return what to say beside a field that print-outs cannot show as it is; nothing for most."""
    letters = unprintable(set_name, field, text)
    if not letters:
        return ""
    return _("Print-outs cannot show {letters}; write it otherwise.", letters=letters)
