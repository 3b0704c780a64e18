"""The worker process and its protocol, with a real process."""

import json
import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from solver import solving
from solver.checks import level_values
from solver.data.problem import Problem, Task
from solver.data.solution import LevelResult, Solution
from solver.engine import EngineFaultError
from solver.explain.candidates import Candidate
from solver.explain.explainer import Explainer
from solver.explain.gaps import DemandGap
from solver.explain.repairs import Repair
from solver.explain.wishes import WishAnswer
from solver.formats.dataclass_json import read_json
from solver.formats.json_format import (
    problem_from_text,
    problem_to_json,
    solution_from_json,
    solution_to_json,
)
from solver.questions import MOST_KEPT
from solver.solving import SolveOptions, priced
from solver.worker import Worker
from tests.solver.weeks import small_week, week
from tests.solver.whole import BARE, assert_whole, middle_week


class Process:
    def __init__(self, *options: str) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "solver", "--worker", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def send(self, message: object) -> None:
        line = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.child.stdin.write(line + b"\n")
        self.child.stdin.flush()

    def answers(self) -> Iterator[dict[str, Any]]:
        for line in self.child.stdout:
            yield json.loads(line)

    def until(self, event: str, number: object = None) -> dict[str, Any]:
        return next(
            each
            for each in self.answers()
            if each["event"] == event and number in {None, each["id"]}
        )

    def last(self) -> dict[str, Any]:
        return next(each for each in self.answers() if each["event"] in {"done", "failed"})

    def close(self) -> int:
        self.child.stdin.close()
        code = self.child.wait(20)
        self.child.stdout.close()
        return code


@pytest.fixture
def process() -> Iterator[Process]:
    running = Process()
    yield running
    if running.child.poll() is None:
        running.child.kill()
    with suppress(BrokenPipeError):
        running.close()


def solve_request(number: object, problem: Problem, **more: object) -> dict[str, Any]:
    options = {"seconds": 5, "seed": 0, "n_workers": 1, "repeatable": False}
    return {"id": number, "op": "solve", "problem": problem_to_json(problem), **options, **more}


def explain_request(number: object, problem: Problem, solution: Solution) -> dict[str, Any]:
    return {
        "id": number,
        "op": "explain",
        "problem": problem_to_json(problem),
        "solution": solution_to_json(solution),
    }


def test_solve_is_answered_by_progress_and_rosters_and_the_best_of_them(process):
    problem = small_week()
    process.send(solve_request(7, problem, seconds=4))
    events = []
    for answer in process.answers():
        assert answer["id"] == 7
        events.append(answer["event"])
        if answer["event"] == "done":
            assert_whole(problem, solution_from_json(answer["solution"]))
            break
    assert {"progress", "improved", "done"} == set(events)
    assert process.close() == 0


def test_worker_gives_way_to_other_processes(process):
    process.send({})
    process.last()
    assert os.getpriority(os.PRIO_PROCESS, process.child.pid) > os.getpriority(os.PRIO_PROCESS, 0)


def test_stop_is_answered_by_the_last_roster_sent_complete_and_explained(process):
    problem = middle_week()
    process.send(solve_request(1, problem, seconds=30, n_workers=2))
    sent = process.until("improved")
    process.send({"op": "stop", "id": 1})
    for answer in process.answers():
        if answer["event"] == "done":
            break
        sent = answer if answer["event"] == "improved" else sent
    solution = solution_from_json(answer["solution"])
    assert_whole(problem, solution)
    best = solution_from_json(sent["solution"])
    assert [each.value for each in solution.levels] <= [each.value for each in best.levels]


def test_stop_before_there_is_a_roster_is_answered_by_one_nevertheless(process):
    problem = middle_week()
    process.send(solve_request(1, problem, seconds=300))
    process.send({"op": "stop", "id": 1})
    assert_whole(problem, solution_from_json(process.last()["solution"]))


def test_stop_of_what_does_not_run_is_passed_over(process):
    process.send({"op": "stop", "id": 1})
    process.send({"op": "stop", "id": "x"})
    process.send(explain_request(2, small_week(), BARE))
    assert process.last()["id"] == 2


def test_roster_is_explained_while_another_is_searched(process):
    process.send(solve_request("long", middle_week(), seconds=300))
    process.until("progress", "long")
    problem = small_week()
    process.send(explain_request("short", problem, BARE))
    explained = solution_from_json(process.until("done", "short")["solution"])
    assert {each.level: each.value for each in explained.levels} == level_values(problem, BARE)
    assert {gap.task for gap in explained.gaps} == {task.id for task in problem.tasks}
    process.send({"op": "stop", "id": "long"})
    assert process.until("done", "long")


def test_explained_roster_has_right_levels_whatever_it_claims(process):
    problem = small_week()
    process.send(solve_request(1, problem, seconds=3, work_limit=0.5, repeatable=True))
    found = solution_from_json(process.last()["solution"])
    first, *rest = found.levels
    wrong = LevelResult(level=first.level, value=first.value + 1, bound=first.bound)
    claimed = Solution(shifts=found.shifts, tasks=found.tasks, levels=(wrong, *rest))
    process.send(explain_request(2, problem, claimed))
    explained = solution_from_json(process.last()["solution"])
    assert_whole(problem, explained)
    assert {each.bound for each in explained.levels if each.value} == {None}


def test_explained_roster_keeps_the_bounds_of_levels_that_are_as_claimed(process):
    problem = small_week()
    process.send(solve_request(1, problem, seconds=3))
    found = solution_from_json(process.last()["solution"])
    process.send(explain_request(2, problem, found))
    assert solution_from_json(process.last()["solution"]) == found


def about(number: int, operation: str, roster: str, **fields: object) -> dict[str, Any]:
    return {"id": number, "op": operation, "roster": roster, **fields}


def test_questions_about_a_roster_are_answered_without_sending_it_again(process):
    problem = small_week()
    explainer = Explainer(problem, priced(problem, BARE))
    task, demand, shift = problem.tasks[0], problem.demands[8], problem.shifts[0]
    process.send({**explain_request(1, problem, BARE), "roster": "bare"})
    assert process.last()["event"] == "done"

    def asked(operation: str, kind: type, field: str, **fields: object) -> list[object]:
        process.send(about(2, operation, "bare", **fields))
        return [read_json(kind, each) for each in process.last()[field]]

    assert asked("rank", Candidate, "candidates", task=task.id) == list(
        explainer.candidates_for_task(task.id)
    )
    assert asked("rank", Candidate, "candidates", shift=shift.id) == list(
        explainer.candidates_for_shift(shift.id)
    )
    assert asked("repair", Repair, "repairs", task=task.id) == list(
        explainer.repairs_of_task(task.id)
    )
    start = demand.span.start
    assert asked("repair", Repair, "repairs", demand=demand.id, start=start) == list(
        explainer.repairs_of_demand(demand.id, start)
    )
    assert asked("demand-gaps", DemandGap, "demand_gaps") == list(explainer.demand_gaps())
    assert asked("wishes", WishAnswer, "wishes") == list(explainer.wishes())


def test_roster_that_was_never_sent_or_long_ago_is_unknown(process):
    problem = small_week()
    names = [f"r{number}" for number in range(MOST_KEPT + 1)]
    for name in names:
        process.send({**explain_request(1, problem, BARE), "roster": name})
        assert process.last()["event"] == "done"
    for name, event in (("never", "failed"), (names[0], "failed"), (names[1], "done")):
        process.send(about(1, "explain", name))
        answer = process.last()
        assert answer["event"] == event
        assert event == "done" or answer["kind"] == "unknown-roster"


@pytest.mark.parametrize(
    ("operation", "fields", "named"),
    [
        ("rank", {}, "Rank names one of task, shift"),
        ("rank", {"task": "x", "shift": "y"}, "Rank names one of task, shift"),
        ("rank", {"task": "none"}, "Rank.task"),
        ("rank", {"shift": "none"}, "Rank.shift"),
        ("rank", {"task": "none", "instead_of": "nobody"}, "Rank.instead_of"),
        ("rank", {"task": 7}, "Rank.task"),
        ("repair", {"task": "none"}, "Repair.task"),
        ("repair", {"demand": "none", "start": 0}, "Repair.demand"),
        ("repair", {"demand": "d0-0", "start": -1}, "Repair.start"),
        ("repair", {"demand": "d0-0"}, "Repair.start"),
        ("wishes", {"of": "w"}, "Wishes has an unknown field"),
        ("explain", {"roster": 5}, "roster is 5"),
    ],
)
def test_wrong_question_is_refused_by_name(answers, operation, fields, named):
    request = {**explain_request(1, small_week(), BARE), "op": operation, **fields}
    Worker(answers.out).take(json.dumps(request).encode())
    answer = answers.next()
    assert answer["kind"] in {"bad-request", "invalid-problem"}
    assert named in answer["message"]


BAD_LINES = {
    "no JSON": b"no json",
    "no UTF-8": b'{"id": "\xff"}',
    "no object": b"[1, 2]",
    "nothing in it": b"{}",
    "deep": b"[" * 100_000,
    "endless number": b'{"id": ' + b"9" * 10_000 + b"}",
    "key twice": b'{"id": 1, "id": 2, "op": "stop"}',
    "not a number": b'{"id": 1, "op": "solve", "problem": {}, "seconds": NaN}',
    "unknown op": b'{"id": 1, "op": "dance"}',
    "op of no text": b'{"id": 1, "op": {}}',
    "id of no kind": b'{"id": [1], "op": "stop"}',
    "id of a truth": b'{"id": true, "op": "stop"}',
    "no problem": b'{"id": 1, "op": "solve"}',
}


def test_line_that_is_no_request_is_refused_and_the_process_lives(process):
    for line in BAD_LINES.values():
        process.send(line)
        answer = process.last()
        assert answer["kind"] == "bad-request"
        assert "\n" not in answer["message"]
    process.send(b"")
    process.send(explain_request(3, small_week(), BARE))
    assert process.last()["event"] == "done"
    assert process.close() == 0


@pytest.mark.parametrize(
    "option",
    [
        {"seconds": "5"},
        {"seconds": -1},
        {"seconds": 1e300},
        {"seed": -1},
        {"seed": 0.5},
        {"n_workers": 0},
        {"repeatable": 1},
        {"colour": "red"},
    ],
)
def test_wrong_option_is_refused_by_name(answers, option):
    worker = Worker(answers.out)
    worker.take(json.dumps(solve_request(1, small_week(), **option)).encode())
    answer = answers.next()
    assert (answer["id"], answer["kind"]) == (1, "bad-request")
    assert next(iter(option)) in answer["message"]


def test_wrong_problem_is_refused_by_the_fields_name(answers):
    request = solve_request(1, small_week())
    request["problem"]["levels"] = []
    Worker(answers.out).take(json.dumps(request).encode())
    answer = answers.next()
    assert (answer["id"], answer["kind"]) == (1, "invalid-problem")
    assert "level" in answer["message"]


def test_roster_of_another_problem_is_refused(answers):
    request = explain_request(1, small_week(), BARE)
    request["solution"]["tasks"] = [{"task": "x", "worker": "y", "start": 0}]
    Worker(answers.out).take(json.dumps(request).encode())
    assert answers.next()["kind"] == "invalid-problem"


def test_end_of_input_ends_a_running_search(process):
    process.send(solve_request(1, middle_week(), seconds=300))
    process.until("progress")
    assert process.close() == 0


WITH_CHILD = """
import multiprocessing, sys, time
from solver.worker import serve

if __name__ == "__main__":
    child = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(600,))
    child.start()
    serve()
"""


def test_children_end_with_the_worker(tmp_path):
    script = tmp_path / "with_child.py"
    script.write_text(WITH_CHILD)
    with subprocess.Popen(
        [sys.executable, script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    ) as worker:
        worker.stdin.write(b"{}\n")
        worker.stdin.flush()
        assert b"failed" in worker.stdout.readline()
        worker.stdin.close()
        # The child holds this stream too, so it ends only when both are gone.
        assert worker.stderr.read() == b""
        assert worker.wait() == 0


class Answers:
    """What a worker in this process writes."""

    def __init__(self) -> None:
        source, target = os.pipe()
        self.out = os.fdopen(target, "wb")
        self._lines = os.fdopen(source, "rb")

    def next(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._lines.readline())
        return answer

    def rest(self) -> list[dict[str, Any]]:
        self.out.close()
        return [json.loads(line) for line in self._lines]

    def close(self) -> None:
        self.out.close()
        self._lines.close()


@pytest.fixture
def answers() -> Iterator[Answers]:
    made = Answers()
    yield made
    made.close()


def failing(error: BaseException, *rosters: Solution) -> Callable[..., Solution]:
    """Return what solves by sending some rosters and then failing."""

    def solve(_problem: Problem, **options: Any) -> Solution:
        for roster in rosters:
            options["on_improvement"](roster)
        raise error

    return solve


@pytest.mark.parametrize(("n_contacts", "n_begun"), [(4, 0), (20, SolveOptions().n_workers)])
def test_question_about_a_roster_of_many_has_processes_ready_for_a_search(
    answers, n_contacts, n_begun
):
    others = {*multiprocessing.active_children()}
    problem = week(n_teams=1, team_size=6, n_contacts=n_contacts, n_sites=4, n_spots=1)
    worker = Worker(answers.out)
    worker.take(json.dumps(explain_request(1, problem, BARE)).encode())
    assert len({*multiprocessing.active_children()} - others) == n_begun
    assert answers.next()["event"] == "done"
    worker.end()
    assert {*multiprocessing.active_children()} == others


def test_fault_is_told_and_its_problem_saved(answers, monkeypatch, tmp_path):
    monkeypatch.setattr(solving, "solve", failing(EngineFaultError("it is wrong")))
    problem = small_week()
    folder = tmp_path / "not there yet"
    Worker(answers.out, folder).take(json.dumps(solve_request(1, problem)).encode())
    answer = answers.next()
    assert (answer["event"], answer["kind"]) == ("failed", "fault")
    assert "it is wrong" in answer["message"]
    assert "EngineFaultError" in answer["traceback"]
    assert [str(path) for path in folder.iterdir()] == [answer["problem_file"]]
    assert problem_from_text(Path(answer["problem_file"]).read_bytes()) == problem


def test_fault_is_told_when_nothing_can_be_saved(answers, monkeypatch, tmp_path):
    monkeypatch.setattr(solving, "solve", failing(ValueError("it is wrong")))
    file = tmp_path / "file"
    file.touch()
    worker = Worker(answers.out, file)
    worker.take(json.dumps(solve_request(1, small_week())).encode())
    answer = answers.next()
    assert (answer["kind"], answer["problem_file"]) == ("fault", None)
    assert list(tmp_path.iterdir()) == [file]


def test_lack_of_memory_is_no_fault(answers, monkeypatch, tmp_path):
    monkeypatch.setattr(solving, "solve", failing(MemoryError()))
    Worker(answers.out, tmp_path).take(json.dumps(solve_request(1, small_week())).encode())
    assert answers.next()["kind"] == "out-of-memory"
    assert list(tmp_path.iterdir()) == []


class Search:
    """A search that sends a roster, and then hears of nothing before it is let go."""

    def __init__(self, roster: Solution) -> None:
        self.roster = roster
        self.may_end = threading.Event()
        self.has_ended = threading.Event()

    def __call__(self, _problem: Problem, **options: Any) -> Solution:
        options["on_improvement"](self.roster)
        self.may_end.wait()
        options["on_improvement"](self.roster)
        self.has_ended.set()
        return self.roster


TASK = Task(
    id="t", place=None, earliest_start=0, latest_start=0, duration_min=1, level="promise",
    missing_points=3,
)  # fmt: skip


@pytest.fixture
def search(monkeypatch) -> Iterator[tuple[Problem, Search]]:
    problem = Problem(
        horizon=small_week().horizon,
        days=(),
        levels=("promise",),
        rule_books=(),
        shifts=(),
        workers=(),
        tasks=(TASK,),
    )
    level = LevelResult(level="promise", value=3, bound=None)
    made = Search(Solution(shifts=(), tasks=(), levels=(level,)))
    monkeypatch.setattr(solving, "solve", made)
    yield problem, made
    made.may_end.set()


@pytest.mark.parametrize("settled_s", [0, 1000])
def test_search_that_does_not_end_is_answered_for(answers, search, monkeypatch, settled_s):
    """The roster may have been explained beforehand or not."""
    monkeypatch.setattr(solving, "_SETTLED_S", settled_s)
    problem, stuck = search
    worker = Worker(answers.out)
    worker.take(json.dumps(solve_request(1, problem)).encode())
    assert answers.next()["event"] == "improved"
    worker.take(b'{"op": "stop", "id": 1}')
    answer = answers.next()
    assert answer["event"] == "done"
    assert_whole(problem, solution_from_json(answer["solution"]))
    stuck.may_end.set()
    stuck.has_ended.wait()
    assert answers.rest() == []


def test_request_with_the_id_of_one_that_runs_is_refused(answers, search):
    problem, _ = search
    worker = Worker(answers.out)
    worker.take(json.dumps(solve_request(1, problem)).encode())
    assert answers.next()["event"] == "improved"
    worker.take(json.dumps(explain_request(1, problem, BARE)).encode())
    answer = answers.next()
    assert (answer["kind"], answer["id"]) == ("bad-request", 1)
    worker.take(b'{"op": "stop", "id": 1}')
    assert answers.next()["event"] == "done"


def test_roster_that_claims_other_points_than_it_pays_is_a_fault_when_it_is_wanted(
    answers, search, tmp_path
):
    problem, stuck = search
    wrong = LevelResult(level="promise", value=2, bound=None)
    stuck.roster = Solution(shifts=(), tasks=(), levels=(wrong,))
    worker = Worker(answers.out, tmp_path)
    worker.take(json.dumps(solve_request(1, problem)).encode())
    assert answers.next()["event"] == "improved"
    worker.take(b'{"op": "stop", "id": 1}')
    assert answers.next()["kind"] == "fault"
