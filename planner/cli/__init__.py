"""The command line: each command is one call of a service, and words around it.

Exit codes: 0 done; 1 done, but the roster breaks a rule, leaves a gap (``gaps --fail``) or was not
published for want of decisions; 2 wrong input, said in one sentence; 3 a fault of the program, with
a report in the user's log folder; 130 stopped with Ctrl-C before there was anything to keep.
"""

from planner.cli.main import main

__all__ = ["main"]
