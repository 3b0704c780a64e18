from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject, Slot

from ui.jobs import Job, Runner


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard = []

    @Slot(object)
    def hear(self, value: object) -> None:
        self.heard.append((value, current_thread() is main_thread()))


@pytest.fixture
def runner(qapp):
    made = Runner(qapp)
    yield made
    made.close()


def test_result_arrives_on_the_windows_thread(runner, qtbot):
    listener = Listener()
    job = Job(lambda _job: current_thread() is main_thread())
    job.done.connect(listener.hear)
    with qtbot.waitSignal(job.done):
        runner.start(job)
    assert listener.heard == [(False, True)]


def test_failure_is_told_and_does_not_escape(runner, qtbot):
    def fail(_job: Job) -> None:
        raise ValueError("no")

    job = Job(fail)
    with qtbot.waitSignal(job.failed) as caught:
        runner.start(job)
    assert isinstance(caught.args[0], ValueError)


def test_progress_arrives_in_order(runner, qtbot):
    def count(job: Job) -> None:
        for number in range(5):
            job.report(number)

    listener = Listener()
    job = Job(count)
    job.progressed.connect(listener.hear)
    with qtbot.waitSignal(job.done):
        runner.start(job)
    assert [value for value, _thread in listener.heard] == [0, 1, 2, 3, 4]


def test_stop_reaches_the_work(runner, qtbot):
    begun = Event()

    def wait(job: Job) -> str:
        begun.set()
        while not job.should_stop():
            job._stop.wait(1)
        return "stopped"

    job = Job(wait)
    with qtbot.waitSignal(job.done) as caught:
        runner.start(job)
        begun.wait(5)
        job.stop()
    assert caught.args == ["stopped"]


@pytest.mark.usefixtures("qapp")
def test_closing_stops_what_runs():
    runner, ended = Runner(), Event()

    def wait(job: Job) -> None:
        job._stop.wait(30)
        ended.set()

    runner.start(Job(wait))
    runner.close()
    assert ended.is_set()


def test_receiver_that_is_gone_gets_nothing(runner, qtbot):
    listener, go = Listener(), Event()
    heard = listener.heard
    job = Job(lambda _job: go.wait(5))
    job.done.connect(listener.hear)
    runner.start(job)
    listener.deleteLater()
    qtbot.waitUntil(lambda: not _is_alive(listener))
    with qtbot.waitSignal(job.done):
        go.set()
    assert heard == []


def _is_alive(thing: QObject) -> bool:
    import shiboken6

    return bool(shiboken6.isValid(thing))
