"""Texts that a spreadsheet would take for a formula, made harmless and read back as they were."""

import re

_RISKY = re.compile(r"'*[=+\-@\t\r＝＋－＠]")  # noqa: RUF001 - spreadsheets take wide signs too
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")  # noqa: RUF001
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it if a spreadsheet could take it for a formula.

    Numbers stay what they are. A text that looks guarded already gets one more, so that
    :func:`unguarded` gives back every text exactly.
    """
    if _RISKY.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """Return the text that :func:`guarded` made ``text`` of."""
    return text[1:] if _GUARDED.match(text) else text
