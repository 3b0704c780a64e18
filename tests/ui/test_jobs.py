from threading import Event, current_thread, main_thread
from weakref import finalize

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot

from planner.pauses import letting, pause
from ui import jobs
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


@pytest.mark.usefixtures("qapp")
def test_closing_tells_nothing_of_what_it_stopped():
    runner, listener, begun = Runner(), Listener(), Event()

    def wait(job: Job) -> None:
        begun.set()
        job._stop.wait(30)

    job = Job(wait)
    job.done.connect(listener.hear)
    runner.start(job)
    begun.wait(30)
    runner.close()
    QCoreApplication.processEvents()
    assert listener.heard == []


@pytest.mark.usefixtures("qapp")
def test_closing_tells_of_what_was_lined_up_and_failed():
    runner, listener, begun = Runner(), Listener(), Event()

    def fail(job: Job) -> None:
        begun.set()
        job._stop.wait(30)
        raise OSError

    job = Job(fail)
    job.failed.connect(listener.hear)
    runner.line_up(job)
    begun.wait(30)
    runner.close()
    QCoreApplication.processEvents()
    assert [type(told) for told, _thread in listener.heard] == [OSError]


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


class Window(QObject):
    """Notes in a list when it was asked for something."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self.order = order

    def event(self, event: QEvent) -> bool:
        self.order.append("window")
        return super().event(event)


def test_work_that_pauses_lets_the_window_do_all_that_it_was_asked_for(runner, qtbot, monkeypatch):
    monkeypatch.setattr(jobs, "_TURN_S", 30)
    order: list[str] = []
    window, begun = Window(order), Event()

    def work(_job: Job) -> None:
        begun.wait()
        pause()
        order.append("work")

    job = Job(work)
    with qtbot.waitSignal(job.done):
        runner.start(job)
        for _ in range(3):
            event = QEvent(QEvent.Type.User)
            QCoreApplication.postEvent(window, event, Qt.EventPriority.LowEventPriority.value)
        begun.set()
    assert order == ["window"] * 3 + ["work"]


@pytest.mark.usefixtures("qapp")
def test_work_goes_on_while_the_window_is_at_work_itself():
    ended = []
    job = Job(lambda _job: pause())
    job.done.connect(ended.append)
    job.run()  # here, so that the window's loop cannot answer
    assert ended == [None]


@pytest.mark.usefixtures("qapp")
def test_work_that_was_stopped_waits_for_nobody(monkeypatch):
    monkeypatch.setattr(jobs, "_TURN_S", 30)
    job = Job(lambda _job: pause())
    job.stop()
    ended = []
    job.done.connect(ended.append)
    job.run()
    assert ended == [None]


def test_nobody_is_let_go_first_outside_a_job():
    asked = []
    with letting(lambda: asked.append("once")):
        pause()
    pause()
    assert asked == ["once"]


def test_job_that_nobody_holds_is_let_go_on_the_windows_thread(runner, qtbot):
    on_windows_thread: list[bool] = []

    def start() -> None:
        job = Job(lambda _job: None)
        finalize(job, lambda: on_windows_thread.append(current_thread() is main_thread()))
        runner.start(job)

    for _ in range(100):
        start()
    qtbot.waitUntil(lambda: len(on_windows_thread) == 100)
    assert all(on_windows_thread)
