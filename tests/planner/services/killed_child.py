"""A program that does all that a plan can be asked until it is killed; it says what it has done.

``python -m tests.planner.services.killed_child PLAN``: for each seed that it reads, a copy of
itself says its process id, and then gives command after command, and says each one's name once it
is accepted. ``… PLAN generate`` makes a roster instead, and says that it has begun.
"""

import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from planner.domain import edits
from planner.services import history
from planner.services.imports import importing
from planner.services.plans import OpenPlan, open_plan
from planner.services.publish import publishing
from planner.services.roster import generating
from planner.services.roster.generating import Proposal
from planner.services.roster.views import Decision
from planner.services.week import editing
from tests.planner.small import WEEK, make_roster

Step = Callable[[OpenPlan, random.Random], object]


def main(target: str) -> None:
    """Begin a copy for each seed, and say when it has ended."""
    for line in sys.stdin:
        process_id = os.fork()
        if not process_id:
            _say(str(os.getpid()))
            rng = random.Random(int(line))
            with open_plan(target) as plan:
                while True:
                    _say(step(plan, rng))
        os.waitpid(process_id, 0)
        _say("ended")


def step(plan: OpenPlan, rng: random.Random) -> str:
    """Give one command and return its name; the same for the same plan and numbers."""
    found = history.history(plan)
    possible = ["accept", "edit", "edit", "edit", "import"]
    possible += ["undo"] * bool(found.undoable) + ["redo"] * bool(found.redoable)
    possible += ["publish"] * bool(plan.store.draft_revision(WEEK))
    name = rng.choice(possible)
    STEPS[name](plan, rng)
    return name


def generate(target: str) -> None:
    """Make a roster."""
    with open_plan(target) as plan:
        generating.generate(plan, WEEK, seconds=600, on_progress=lambda _: _say("begun"))
        _say("done")


def _accept(plan: OpenPlan, rng: random.Random) -> None:
    roster = make_roster(plan.plan)
    gone = {shift.id for shift in roster.shifts if rng.random() < 0.3}
    roster = edits.remove_shifts(roster, gone)
    generating.accept(plan, Proposal(roster=roster, n_gaps=0))


def _edit(plan: OpenPlan, rng: random.Random) -> None:
    before = plan.store.load_roster(WEEK)
    day, text = rng.choice(WEEK.days), f"Ring {rng.randrange(10**9)}"
    at = plan.plan.absences[0].start
    after = edits.write_note(before, day, None, text=text, author="", at=at)
    if after.shifts:
        shift = rng.choice(after.shifts)
        after = edits.remove_shifts(after, {shift.id})
    editing.keep(plan, before, after, "remove-shifts")


def _import(plan: OpenPlan, rng: random.Random) -> None:
    rows = "".join(f"skill-{n},Namn {rng.randrange(10**9)}\n" for n in range(100))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "skills.csv").write_text(f"id,name\n{rows}", encoding="utf-8")
        importing.import_(plan, Path(folder))


def _publish(plan: OpenPlan, _rng: random.Random) -> None:
    windows = publishing.uncovered_windows(plan, WEEK)
    publishing.publish(plan, WEEK, {window.duty: Decision.OWN_STAFF for window in windows})


def _undo(plan: OpenPlan, _rng: random.Random) -> None:
    final = history.history(plan).final
    history.undo(plan, past=final.number if final else None)


STEPS: dict[str, Step] = {
    "accept": _accept,
    "edit": _edit,
    "import": _import,
    "publish": _publish,
    "undo": _undo,
    "redo": lambda plan, _rng: history.redo(plan),
}


def _say(text: str) -> None:
    os.write(sys.stdout.fileno(), f"{text}\n".encode())  # whole, or not at all


if __name__ == "__main__":
    (generate if sys.argv[2:] else main)(sys.argv[1])
