"""Shift minimisation (Krishnamoorthy, Ernst and Baatar 2012): jobs to as few workers as can be."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, kw_only=True)
class Instance:
    """Jobs as start and end, and by worker the jobs that he or she can do."""

    jobs: list[tuple[int, int]]
    can_do: list[set[int]]


def read(text: str) -> Instance:
    """Return the instance in a file's text."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    at = next(n for n, line in enumerate(lines) if line.startswith("Jobs"))
    n_jobs = int(lines[at].partition("=")[2])
    jobs = [tuple(map(int, line.split())) for line in lines[at + 1 : at + 1 + n_jobs]]
    at = next(n for n, line in enumerate(lines) if line.startswith("Qualifications"))
    n_workers = int(lines[at].partition("=")[2])
    can_do = [
        set(map(int, re.findall(r"\d+", line.partition(":")[2])))
        for line in lines[at + 1 : at + 1 + n_workers]
    ]
    return Instance(jobs=[(start, end) for start, end in jobs], can_do=can_do)


def judge(instance: Instance, assignments: Sequence[int | None]) -> tuple[list[str], int]:
    """Return what an assignment breaks, in words, and how many workers it uses.

    Parameters
    ----------
    assignments
        The worker of each job.
    """
    broken = []
    of_worker: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for job, worker in enumerate(assignments):
        if worker is None:
            broken.append(f"nobody does job {job}")
        elif job not in instance.can_do[worker]:
            broken.append(f"worker {worker} cannot do job {job}")
        else:
            of_worker[worker].append((*instance.jobs[job], job))
    if len(assignments) != len(instance.jobs):
        broken.append(f"{len(assignments)} of {len(instance.jobs)} jobs are told of")
    for worker, mine in of_worker.items():
        mine.sort()
        broken += [
            f"worker {worker} does {one[2]} and {other[2]} at once"
            for one, other in pairwise(mine)
            if other[0] < one[1]
        ]
    return broken, len(of_worker)
