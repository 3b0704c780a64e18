"""Reports of the program's own faults, for whoever mends it."""

import platform
import sys
import traceback
from importlib import metadata
from pathlib import Path

from planner import clock, settings


def report_fault(error: BaseException) -> Path | None:
    """Write a short report of ``error`` into the user's log folder and return its file.

    It holds versions and the traceback. Nothing is returned when the folder cannot be written.
    """
    at = clock.now()
    path = settings.log_folder() / f"fault-{at:%Y%m%d-%H%M%S}.txt"
    lines = [
        f"narvaro {program_version()}",
        f"python {platform.python_version()} on {platform.platform()}",
        f"command {sys.argv[1:2]}",
        f"at {at.isoformat()}",
        "",
        *traceback.format_exception(error),
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")
    except OSError:
        return None
    return path


def program_version() -> str:
    """Return the version of the program that runs."""
    return metadata.version("narvaro")
