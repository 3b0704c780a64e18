"""Faults in what the engine is given."""

_MOST_SHOWN = 60


class InvalidProblemError(ValueError):
    """A problem that contradicts itself; the message names the field.

    It is the caller's bug or a broken file, never something a planner did.
    """


def shown(value: object) -> str:
    """Return a name or value as part of a sentence: on one line and short, whatever it is."""
    if isinstance(value, str) and value.isprintable() and 0 < len(value) <= _MOST_SHOWN:
        return value
    if isinstance(value, dict | list):
        # Nobody knows how deep it is, so it is not looked into.
        return f"{'a list' if isinstance(value, list) else 'an object'} of {len(value)}"
    if isinstance(value, int) and abs(value) > 10**_MOST_SHOWN:
        return "a huge number"
    return f"{value!r:.{_MOST_SHOWN}}"
