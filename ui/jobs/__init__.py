"""Work beside the window: services block, so each call of one is a job on another thread."""

import sys
from collections.abc import Callable
from itertools import count
from threading import Event
from time import perf_counter

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QRunnable,
    Qt,
    QThreadPool,
    Signal,
    Slot,
)
from typing_extensions import override

from planner import pauses

__all__ = ["Job", "Runner"]

_LOCK_HELD_S = 0.0005
_STEP_S = 0.004
"""How long work goes on before it lets the window go first: a quarter of a frame."""
_TURN_S = 0.05
"""How long the window is waited for at most, so that work ends while the window is at work too."""
_TURN = QEvent.Type(QEvent.registerEventType())
_LAST = Qt.EventPriority.LowEventPriority.value - 1
"""Behind all else that the window was asked for, painting too."""


class Job(QObject):
    """One call; its signals arrive on the window's thread.

    A receiver that is gone by then gets nothing: connect methods of the object that waits.

    Parameters
    ----------
    work
        Called once on another thread, with this job; it must touch no widget.
    """

    progressed = Signal(object)
    """What ``report`` was given."""
    done = Signal(object)
    """What ``work`` returned."""
    failed = Signal(object)
    """The exception that ``work`` raised."""

    def __init__(self, work: Callable[["Job"], object]) -> None:
        super().__init__()
        self._work = work
        self._stop = Event()
        self._is_dropped = False
        self._turn = Event()
        self._began = 0.0

    def report(self, progress: object) -> None:
        """Tell the window how far the work is; called by the work."""
        if not self._is_dropped:
            self.progressed.emit(progress)

    def stop(self) -> None:
        """Ask the work to end soon with the best it has."""
        self._stop.set()

    def drop(self) -> None:
        """Ask the work to end soon, and tell nobody what it comes to: who asked is going, too.

        That it failed is still told. Signals are not blocked, for then Qt for Python does not hear
        that the job is gone, and takes the next one at its address for the same.
        """
        self._is_dropped = True
        self.stop()

    def should_stop(self) -> bool:
        """Tell the work whether somebody asked it to end."""
        return self._stop.is_set()

    def run(self) -> None:
        """Do the work and tell how it went; called by the runner.

        At its pauses the work waits until the window has done all that it was asked for.
        """
        try:
            with pauses.letting(self._let_window_go_first):
                result = self._work(self)
        except Exception as error:  # noqa: BLE001 - a door: the window decides what becomes of it
            self.failed.emit(error)
        else:
            if not self._is_dropped:
                self.done.emit(result)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == _TURN:
            self._turn.set()
            return True
        return super().event(event)

    def _let_window_go_first(self) -> None:
        if perf_counter() - self._began < _STEP_S or self.should_stop():
            return
        self._turn.clear()
        QCoreApplication.postEvent(self, QEvent(_TURN), _LAST)
        self._turn.wait(_TURN_S)
        self._began = perf_counter()


class Runner(QObject):
    """Runs jobs on a few threads; one long job leaves room for short ones.

    A job lives until the window's thread has heard all of it: were its thread the last to hold
    it, it would be gone while the window is still told of it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The window's thread asks for the interpreter's lock after every call of Qt, and would
        # wait five milliseconds each time while a job computes.
        sys.setswitchinterval(_LOCK_HELD_S)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(3)
        self._line = QThreadPool(self)
        self._line.setMaxThreadCount(1)
        self._jobs: dict[int, Job] = {}
        self._numbers = count()

    def start(self, job: Job) -> None:
        """Run ``job`` as soon as a thread is free."""
        self._run(job, self._pool)

    def line_up(self, job: Job) -> None:
        """Run ``job`` when all that were lined up before it have ended: what writes, in order."""
        self._run(job, self._line)

    def close(self) -> None:
        """Ask every job to stop and wait until the last has ended; what is lined up is done.

        What they come to is told no more, as half an answer would be taken for a whole one.
        """
        for job in self._jobs.values():
            job.drop()
        self._line.waitForDone()
        self._pool.waitForDone()
        self._jobs.clear()

    def _run(self, job: Job, pool: QThreadPool) -> None:
        number = next(self._numbers)
        self._jobs[number] = job
        runnable = _Runnable(number, job)
        runnable.end.left.connect(self._forget, Qt.ConnectionType.QueuedConnection)
        pool.start(runnable)

    @Slot(int)
    def _forget(self, number: int) -> None:
        self._jobs.pop(number, None)


class _End(QObject):
    """Tells of the end of a job; there is somebody to tell it even when the runner is gone."""

    left = Signal(int)
    """The number of a job that its thread no longer holds."""


class _Runnable(QRunnable):
    def __init__(self, number: int, job: Job) -> None:
        super().__init__()
        self._number = number
        self._job: Job | None = job
        self.end = _End()

    @override
    def run(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.run()
            del job
            self.end.left.emit(self._number)
