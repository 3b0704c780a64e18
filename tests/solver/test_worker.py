"""The worker process and its protocol, with a real process."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from solver.formats.json_format import problem_to_json, solution_from_json
from tests.solver.weeks import small_week, week


class Process:
    def __init__(self) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "solver", "--worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def send(self, message: object) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        self.child.stdin.write(text + "\n")
        self.child.stdin.flush()

    def answers(self) -> Iterator[dict]:
        for line in self.child.stdout:
            yield json.loads(line)

    def last(self) -> dict:
        return next(each for each in self.answers() if each["event"] in {"done", "failed"})

    def close(self) -> int:
        self.child.stdin.close()
        code = self.child.wait(20)
        self.child.stdout.close()
        return code


@pytest.fixture
def process():
    running = Process()
    yield running
    if running.child.poll() is None and not running.child.stdin.closed:
        running.close()


def request(number: int, problem: object, **more: object) -> dict:
    options = {"seconds": 5, "seed": 0, "n_workers": 1, "repeatable": False}
    return {"id": number, "op": "solve", "problem": problem, **options, **more}


def test_solve_is_answered_by_progress_and_a_solution(process):
    process.send(request(7, problem_to_json(small_week()), seconds=4))
    events = []
    for answer in process.answers():
        assert answer["id"] == 7
        events.append(answer["event"])
        if answer["event"] == "done":
            assert solution_from_json(answer["solution"]).shifts
            break
    assert {"progress", "improved", "done"} <= set(events)
    assert process.close() == 0


def test_stop_ends_a_search_with_its_best(process):
    process.send(request(1, problem_to_json(week()), seconds=300))
    next(iter(process.answers()))
    process.send({"op": "stop", "id": 1})
    assert process.last()["event"] == "done"


def test_broken_problem_is_refused_and_the_process_lives(process):
    broken = problem_to_json(small_week())
    broken["levels"] = []
    process.send(request(1, broken))
    answer = process.last()
    assert (answer["id"], answer["kind"]) == (1, "invalid-problem")
    process.send("no json")
    assert process.last()["kind"] == "fault"
    process.send({"id": 3, "op": "dance"})
    assert process.last()["id"] == 3
    assert process.close() == 0


def test_end_of_input_ends_a_running_search(process):
    process.send(request(1, problem_to_json(week()), seconds=300))
    next(iter(process.answers()))
    assert process.close() == 0
