"""Faults in what the engine is given."""


class InvalidProblemError(ValueError):
    """A problem that contradicts itself; the message names the field.

    It is the caller's bug or a broken file, never something a planner did.
    """
