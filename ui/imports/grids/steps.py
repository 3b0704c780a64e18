"""The steps from a planner's own roster to the plan."""

from collections.abc import Mapping
from enum import IntEnum

from planner.words import N_


class GridStep(IntEnum):
    """Where the planner is."""

    SOURCE = 0
    MEANING = 1
    PREVIEW = 2
    RESULT = 3


STEP_TEXTS: Mapping[int, str] = {
    GridStep.SOURCE: N_("1 Choose"),
    GridStep.MEANING: N_("2 Understand"),
    GridStep.PREVIEW: N_("3 Look"),
    GridStep.RESULT: N_("4 Done"),
}
