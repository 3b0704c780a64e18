"""Problems saved for whoever mends what went wrong with them."""

import json
import tempfile
import time
from pathlib import Path

from solver.data.problem import Problem
from solver.formats.json_format import problem_to_json


def save_problem(folder: Path, problem: Problem) -> Path | None:
    """Write a problem into a file of its own and return it; nothing when that cannot be done.

    The file is what ``python -m solver`` solves. Only its owner may read it.
    """
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w",
            encoding="utf-8",
            dir=folder,
            prefix=f"solver-{stamp}-",
            suffix=".json",
            delete=False,
        ) as file:
            json.dump(problem_to_json(problem), file)
    except OSError:
        return None
    return Path(file.name)
