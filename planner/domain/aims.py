"""What a repair of a week tries to be best at."""

from enum import StrEnum


class Aim(StrEnum):
    """What comes right after the coverage that was promised."""

    PEOPLE = "people"
    """As few people as can be get other shifts or duties."""
    COVERAGE = "coverage"
    """As little as can be lacks of the further staffing."""
    OVERTIME = "overtime"
    """As little as can be is worked beyond the contracts."""
