"""The launcher of the solver, with real processes."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.planning import engine as launcher
from planner.planning import solver_process
from planner.planning.engine import Engine, SolverDiedError, SolverFault
from planner.planning.solver_process import Heard
from solver.data.problem import Problem
from solver.data.solution import Progress, Solution
from solver.formats.json_format import problem_from_text, solution_to_json
from tests.solver.weeks import small_week
from tests.solver.whole import BARE, assert_whole, middle_week


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = Engine(tmp_path / "faults")
    yield made
    made.close()


def saved(path: Path | None) -> Problem:
    assert path is not None
    return problem_from_text(path.read_bytes())


class Watch:
    """Sees the progress of a search, and does something once there is a first roster."""

    def __init__(self, *deeds: Any) -> None:
        self._deeds = deeds
        self.has_roster = False

    def __call__(self, progress: Progress) -> None:
        if progress.n_gaps is not None and not self.has_roster:
            self.has_roster = True
            for deed in self._deeds:
                deed()


def kill(engine: Engine, number: signal.Signals = signal.SIGKILL) -> None:
    assert engine.process_id is not None
    os.kill(engine.process_id, number)


def test_process_is_started_on_first_use_and_kept(engine):
    assert engine.process_id is None
    problem = small_week()
    found = engine.solve(problem, seconds=2)
    first = engine.process_id
    assert_whole(problem, found)
    assert engine.explain(problem, found) == found
    assert engine.process_id == first is not None


def test_questions_about_a_roster_are_answered_even_by_another_process(engine):
    problem = small_week()
    task, demand = problem.tasks[0].id, problem.demands[8]
    explained = engine.explain(problem, BARE)
    ranked = engine.rank(problem, explained, task=task)
    assert any(candidate.is_legal for candidate in ranked)
    assert engine.rank(problem, explained, shift=problem.shifts[0].id)
    repairs = engine.repair(problem, explained, task=task)
    assert all(repair.workers for repair in repairs)
    assert engine.repair(problem, explained, demand=demand.id, start=demand.span.start)
    assert engine.demand_gaps(problem, explained)
    assert engine.wishes(problem, explained) is not None
    kill(engine)
    assert engine.rank(problem, explained, task=task) == ranked


def test_question_about_what_the_problem_lacks_is_a_fault_of_the_caller(engine):
    with pytest.raises(SolverFault, match=r"Rank\.task"):
        engine.rank(small_week(), BARE, task="none")


def test_stop_returns_the_best_so_far_complete(engine):
    problem = middle_week()
    watch = Watch()
    found = engine.solve(
        problem, seconds=30, on_progress=watch, should_stop=lambda: watch.has_roster
    )
    assert_whole(problem, found)


def test_endless_time_is_a_long_time(engine):
    found = engine.solve(small_week(), seconds=float("inf"), should_stop=lambda: True)
    assert found.levels
    assert engine.solve(small_week(), seconds=float("nan"), should_stop=lambda: True).levels


def test_threads_may_ask_side_by_side(engine):
    problem, watch, found = middle_week(), threading.Event(), []

    def solve() -> None:
        found.append(
            engine.solve(
                problem, seconds=300, on_progress=lambda _: watch.set(), should_stop=may_stop.is_set
            )
        )

    may_stop = threading.Event()
    long = threading.Thread(target=solve)
    long.start()
    watch.wait()
    small = small_week()
    short = [
        threading.Thread(target=lambda: found.append(engine.explain(small, BARE))) for _ in range(2)
    ]
    for thread in short:
        thread.start()
    for thread in short:
        thread.join()
    assert found[0] == found[1] != BARE
    may_stop.set()
    long.join()
    assert_whole(problem, found[2])


def test_process_that_died_idle_is_replaced(engine):
    problem = small_week()
    before = engine.explain(problem, BARE)
    first = engine.process_id
    kill(engine)
    assert engine.explain(problem, BARE) == before
    assert engine.process_id not in {first, None}


def test_killed_while_solving_the_last_roster_is_in_hand_and_the_problem_saved(engine):
    problem = middle_week()
    with pytest.raises(SolverDiedError) as caught:
        engine.solve(problem, seconds=30, on_progress=Watch(lambda: kill(engine)))
    assert caught.value.best is not None
    assert_whole(problem, caught.value.best)
    assert saved(caught.value.problem_file) == problem


def test_killed_before_there_is_a_roster_there_is_none(engine):
    problem = middle_week()
    with pytest.raises(SolverDiedError) as caught:
        engine.solve(problem, seconds=300, on_progress=lambda _: kill(engine))
    assert caught.value.best is None
    assert saved(caught.value.problem_file) == problem


def test_solver_that_does_not_answer_a_stop_is_replaced_and_its_roster_kept(engine, monkeypatch):
    monkeypatch.setattr(solver_process, "PATIENCE_S", 0.1)
    problem = middle_week()
    watch = Watch(lambda: kill(engine, signal.SIGSTOP))
    found = engine.solve(
        problem, seconds=30, on_progress=watch, should_stop=lambda: watch.has_roster
    )
    assert_whole(problem, found)


def test_solver_that_does_not_answer_and_has_sent_nothing_has_died(engine, monkeypatch):
    monkeypatch.setattr(solver_process, "FIRST_PATIENCE_S", 0.1)
    is_stopped = threading.Event()

    def stop(_: Progress) -> None:
        kill(engine, signal.SIGSTOP)
        is_stopped.set()

    with pytest.raises(SolverDiedError) as caught:
        engine.solve(middle_week(), seconds=300, on_progress=stop, should_stop=is_stopped.is_set)
    assert caught.value.best is None


WITH_CHILD = """#!/bin/sh
sleep 600 </dev/null >'{fifo}' &
exec '{python}' "$@"
"""


@pytest.mark.parametrize("end", [kill, Engine.close])
def test_children_of_the_solver_end_with_it(engine, tmp_path, monkeypatch, end):
    fifo, python = tmp_path / "fifo", tmp_path / "python"
    os.mkfifo(fifo)
    python.write_text(WITH_CHILD.format(fifo=fifo, python=sys.executable))
    python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(python))
    assert engine.explain(small_week(), BARE).levels
    with fifo.open("rb") as held_by_child:
        end(engine)
        assert held_by_child.read() == b""


def test_caller_that_fails_leaves_the_engine_usable(engine):
    class CallerError(Exception):
        pass

    def fail(_: Progress) -> None:
        raise CallerError

    with pytest.raises(CallerError):
        engine.solve(middle_week(), seconds=300, on_progress=fail)
    assert engine.explain(small_week(), BARE).levels


def test_closed_engine_has_no_process_and_starts_another(engine):
    problem = small_week()
    engine.explain(problem, BARE)
    first = engine.process_id
    engine.close()
    assert engine.process_id is None
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    engine.close()
    assert engine.explain(problem, BARE).levels


def test_closing_ends_what_runs(engine):
    with pytest.raises(SolverDiedError):
        engine.solve(middle_week(), seconds=300, on_progress=lambda _: engine.close())


class Scripted:
    """A process that sends what it was told to."""

    has_ended = False

    def __init__(self, best: Solution | None, failure: dict[str, Any]) -> None:
        self.best = best
        self.failure = failure

    def ask(self, request: dict[str, Any], heard: Heard, _should_stop: Any) -> dict[str, Any]:
        if request["op"] == "explain":
            return {"event": "done", "solution": request["solution"]}
        if self.best is not None:
            heard.take({"event": "improved", "solution": solution_to_json(self.best)})
        return {"event": "failed", **self.failure}

    def end(self) -> None:
        pass


@pytest.mark.parametrize("best", [None, BARE])
def test_fault_of_the_solver_names_the_saved_problem_and_has_the_last_roster(
    engine, monkeypatch, best
):
    failure = {"kind": "fault", "message": "m", "traceback": "where", "problem_file": "/a/b.json"}
    monkeypatch.setattr(launcher, "SolverProcess", lambda _: Scripted(best, failure))
    with pytest.raises(SolverFault, match=r"(?s)where.*/a/b\.json") as caught:
        engine.solve(small_week(), seconds=1)
    assert caught.value.best == best
    assert caught.value.problem_file == Path("/a/b.json")


def test_lack_of_memory_is_as_if_the_solver_had_died(engine, monkeypatch):
    failure = {"kind": "out-of-memory", "message": "m"}
    monkeypatch.setattr(launcher, "SolverProcess", lambda _: Scripted(BARE, failure))
    with pytest.raises(SolverDiedError) as caught:
        engine.solve(small_week(), seconds=1)
    assert caught.value.best == BARE


PROGRAM = """
import sys
from pathlib import Path
from planner.planning import engine as launcher
from tests.solver.weeks import week
from tests.solver.whole import BARE

shared = launcher.engine()
if sys.argv[1] == "exit":
    shared.explain(week(), BARE)
    print("ready", flush=True)
else:
    shared.solve(week(), seconds=300, on_progress=lambda _: print("ready", flush=True))
"""


@pytest.mark.parametrize("end", ["exit", "kill"])
def test_solver_ends_with_the_program_however_it_ends(tmp_path, end):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, end],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
    ) as program:
        assert program.stdout.readline() == b"ready\n"
        if end == "kill":
            program.kill()
        # The solver holds this stream too, so it ends only when both are gone.
        assert program.stderr.read() == b""
