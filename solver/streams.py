"""Standard output is for answers: what libraries print of their own accord goes nowhere."""

import os


def silence_libraries() -> None:
    """Send to nowhere whatever is written to the process's standard output from now on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
