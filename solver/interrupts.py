"""Ctrl-C as a wish to end with the best so far."""

import os
import signal
import threading

INTERRUPTED = 130
"""What a shell makes of a process that Ctrl-C ended."""


def stop_on_interrupt() -> threading.Event:
    """Return what is set by the first Ctrl-C; the second ends the process.

    To be called before other threads and processes are started: they must not see the signal.
    """
    stop = threading.Event()
    if not hasattr(signal, "pthread_sigmask"):
        signal.signal(signal.SIGINT, lambda *_: stop.set())
        return stop

    def watch() -> None:
        signal.sigwait({signal.SIGINT})
        stop.set()
        signal.sigwait({signal.SIGINT})
        os._exit(INTERRUPTED)

    # A handler would not do: children would be interrupted too, and CP-SAT puts in its own.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    threading.Thread(target=watch, daemon=True).start()
    return stop
