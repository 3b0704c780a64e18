"""Where the program keeps what belongs to this computer and not to a plan."""

from pathlib import Path

import platformdirs

PROGRAM = "narvaro"
"""Name of the program's folders."""


def log_folder() -> Path:
    """Return the folder for reports of faults; it may not exist yet."""
    return platformdirs.user_log_path(PROGRAM, appauthor=False)
