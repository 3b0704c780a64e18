"""Where the command ``narvaro`` begins."""

import os
import sys


def main() -> int:
    """Run the command line; without arguments, or after ``demo``, show the window."""
    arguments = sys.argv[1:]
    if not arguments:
        return _show(None)
    from planner import cli

    code = cli.main(arguments)
    is_demo = "demo" in arguments and not {"--help", "--no-window"} & set(arguments)
    if code != 0 or not is_demo or not _has_display():
        return code
    from planner.services.examples.demo import DEMO_PLAN

    return _show(str(DEMO_PLAN))


def _show(target: str | None) -> int:
    from ui.app import run

    return run(target)


def _has_display() -> bool:
    """Tell whether a window can be shown; asked before Qt, which ends the program without one."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
