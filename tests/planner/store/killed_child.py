"""A program that edits a plan until it is killed; it says each command once it is kept.

``python -m tests.planner.store.killed_child PLAN``: for each seed that it reads, a copy of itself
says its process id, and then renames one of the plan's people, or takes the last rename back, and
says the person and the name that the plan then holds, again and again.
"""

import os
import random
import sys
from dataclasses import replace

from planner.domain.changes import Change
from planner.services.history import history, undo
from planner.services.plans import OpenPlan, open_plan


def main(target: str) -> None:
    """Begin a copy for each seed, and say when it has ended."""
    for line in sys.stdin:
        process_id = os.fork()
        if not process_id:
            give_commands(target, int(line))
        os.waitpid(process_id, 0)
        _say("ended")


def give_commands(target: str, seed: int) -> None:
    """Give command after command."""
    rng = random.Random(seed)
    _say(str(os.getpid()))
    with open_plan(target) as plan:
        while True:
            _step(plan, rng)


def _step(plan: OpenPlan, rng: random.Random) -> None:
    last = history(plan).undoable[-1:]
    if last and last[0].command == "rename" and rng.random() < 0.2:
        changed = undo(plan).changes[0].after
    else:
        member = rng.choice(plan.plan.staff)
        changed = replace(member, display_name=f"{member.id} {rng.randrange(10**9)}")
        with plan.changing("rename", staff=member.id) as store:
            store.apply([Change(set_name="staff", before=member, after=changed)])
    _say(f"{changed.id}\t{changed.display_name}")


def _say(text: str) -> None:
    os.write(sys.stdout.fileno(), f"{text}\n".encode())  # whole, or not at all


if __name__ == "__main__":
    main(sys.argv[1])
