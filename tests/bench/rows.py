"""What is measured, and what it should reach: the table's rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.compact import LEVEL_WEIGHTS

Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run of :mod:`tests.bench.measure`; several rows may read it."""

    kind: str
    instance: str
    seconds: float

    @property
    def id(self) -> str:
        """What it is called in the results."""
        return f"{self.kind}/{self.instance}/{self.seconds:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table: a number that some measurements of one seed give, the less the better.

    Parameters
    ----------
    value
        Takes the results in order; nothing when they do not hold the number.
    reach, aim
        What it should be at most, and what would be very good.
    unit
        ``s``, ``ms``, ``%``, ``MB``, ``×`` or nothing.
    floor
        Takes the results; returns what no engine could be below, where that is known.
    is_quick
        Measured by ``make bench`` too.
    """

    text: str
    measurements: tuple[Measurement, ...]
    value: Callable[[Sequence[Result]], float | None]
    reach: float | None
    aim: float | None
    unit: str = "s"
    floor: Callable[[Sequence[Result]], float | None] = lambda _: None
    is_quick: bool = False


def field(name: str) -> Callable[[Sequence[Result]], float | None]:
    """Return a reader of one number of the first result."""
    return lambda results: results[0].get(name)


def average_ms(name: str) -> Callable[[Sequence[Result]], float | None]:
    """Return a reader of the average of some seconds, in milliseconds."""
    return lambda results: 1000 * sum(results[0][name]) / len(results[0][name])


def worst_of(*names: str) -> Callable[[Sequence[Result]], float | None]:
    """Return a reader of the largest of some seconds."""
    return lambda results: max(max(results[0][name]) for name in names)


def level_gap(result: Result, level: str) -> float | None:
    """Return the share of a level's value that is not proved to be needed; nothing unbounded."""
    value, bound = result["levels"][level]
    if bound is None:
        return None
    return 0.0 if value == bound else (value - bound) / value


def gap_of(*levels: str) -> Callable[[Sequence[Result]], float | None]:
    """Return a reader of the largest gap of some levels, in percent."""

    def read(results: Sequence[Result]) -> float | None:
        gaps = [level_gap(results[0], level) for level in levels]
        known = [gap for gap in gaps if gap is not None]
        return 100 * max(known) if len(known) == len(gaps) else None

    return read


def combined_of(result: Result) -> int:
    """Return the weighted sum of a result's levels."""
    return sum(weight * result["levels"][level][0] for level, weight in LEVEL_WEIGHTS.items())


def _ratio_to(name: str) -> Callable[[Sequence[Result]], float | None]:
    """Return a reader of the engine's objective by one of the compact model's.

    It reads 0 when that found nothing.
    """

    def read(results: Sequence[Result]) -> float | None:
        engine, compact = results
        if compact[name] is None:
            return 0.0
        return combined_of(engine) / compact[name] if compact[name] else None

    return read


def _least_ratio_to(name: str) -> Callable[[Sequence[Result]], float | None]:
    """Return a reader of what no roster costs less than, by the compact model's objective.

    That is its bound, or what is proved of the first level if that is more.
    """

    def read(results: Sequence[Result]) -> float | None:
        engine, compact = results
        first = next(iter(LEVEL_WEIGHTS))
        proved = LEVEL_WEIGHTS[first] * (engine["levels"][first][1] or 0)
        return max(0.0, compact["bound"], proved) / compact[name] if compact[name] else None

    return read


def _solve(instance: str, seconds: float = 60) -> tuple[Measurement, ...]:
    return (Measurement("solve", instance, seconds),)


_QUICK_GAPS = {"M-06-loose", "L-06-loose", "L-12-tight"}


def _gap_rows() -> list[Row]:
    limits = {6: ((1, 0.1), (3, 0.5)), 12: ((5, 1), (5, 1)), 20: ((15, 3), (15, 3))}
    names = ("M-06-loose", "M-06-tight", "L-06-loose", "L-06-tight", "L-12-tight", "L-20-tight")
    return [
        Row(
            text=f"{name}: gap of {level} to a proved bound at 60 s",
            measurements=_solve(name),
            value=gap_of(level),
            reach=limits[int(name[2:4])][name[0] == "L"][0],
            aim=limits[int(name[2:4])][name[0] == "L"][1],
            unit="%",
            is_quick=name in _QUICK_GAPS,
        )
        for name in names
        for level in ("promised", "rest")
    ]


def _ratio_rows() -> list[Row]:
    kinds = (
        ("objective against that of the compact model's roster, 60 s each", "roster", 0.4, 0.25),
        ("objective against what the compact model leaves of it", "combined", None, None),
    )
    return [
        Row(
            text=f"{name}: {text}",
            measurements=(*_solve(name), Measurement("compact", name, 60)),
            value=_ratio_to(of),
            reach=reach,
            aim=aim,
            unit="×",
            floor=_least_ratio_to(of),
            is_quick=name.endswith("loose"),
        )
        for name in ("M-06-loose", "L-06-loose", "M-06-tight", "L-06-tight")
        for text, of, reach, aim in kinds
    ]


def _window_rows() -> list[Row]:
    return [
        Row(
            text=f"{name}: school windows uncovered that a roster could cover",
            measurements=_solve(name),
            value=field("open_windows"),
            reach=0,
            aim=0,
            unit="",
            is_quick=name == "L-06-loose",
        )
        for name in ("example", "L-06-loose", "L-06-tight")
    ]


def _explanation_rows() -> list[Row]:
    asked = (Measurement("explain", "L-06-tight", 20),)
    worst = {
        "who could take a task, ranked": (("task_candidates_s",), 0.1),
        "who could take a shift, ranked": (("shift_candidates_s",), 0.1),
        "a task's gap closed by weeks picked anew": (("week_s",), 3),
        "a task's gap closed otherwise": (("move_s", "swap_s", "relax_s", "add_s"), 3),
    }
    return [
        Row(
            text="L-06-tight: why a task lacks heads, on average",
            measurements=asked,
            value=average_ms("reasons_s"),
            reach=10,
            aim=None,
            unit="ms",
            is_quick=True,
        ),
        *(
            Row(
                text=f"L-06-tight: {what}, at worst",
                measurements=asked,
                value=worst_of(*names),
                reach=reach,
                aim=None,
                is_quick=True,
            )
            for what, (names, reach) in worst.items()
        ),
    ]


ROWS = (
    Row(
        text="L-06-loose: first complete plan",
        measurements=_solve("L-06-loose"),
        value=field("first_s"),
        reach=5,
        aim=2,
        is_quick=True,
    ),
    *(
        Row(
            text=f"{name}: complete, named and checked",
            measurements=_solve(name),
            value=field("checked_s"),
            reach=30,
            aim=10,
            is_quick=name == "L-06-loose",
        )
        for name in ("example", "L-06-loose")
    ),
    *_ratio_rows(),
    *_gap_rows(),
    *_window_rows(),
    Row(
        text="L-12-4weeks: largest gap to the joint bound at 180 s",
        measurements=_solve("L-12-4weeks", 180),
        value=gap_of("promised", "rest"),
        reach=10,
        aim=None,
        unit="%",
    ),
    Row(
        text="L-12-4weeks: largest gap to the joint bound at 90 s",
        measurements=_solve("L-12-4weeks", 90),
        value=gap_of("promised", "rest"),
        reach=None,
        aim=2,
        unit="%",
    ),
    Row(
        text="XL-06-loose: complete, named and checked",
        measurements=_solve("XL-06-loose", 90),
        value=field("checked_s"),
        reach=90,
        aim=45,
    ),
    Row(
        text="L-06-loose: replanned after three sick calls, fewest changes proved",
        measurements=(Measurement("replan", "L-06-loose", 10),),
        value=field("proved_s"),
        reach=5,
        aim=2,
        is_quick=True,
    ),
    Row(
        text="L-06-loose: from stop to the best so far",
        measurements=(Measurement("stop", "L-06-loose", 60),),
        value=field("stopped_s"),
        reach=0.5,
        aim=0.1,
        is_quick=True,
    ),
    Row(
        text="L-06-loose: most memory of a process of the search",
        measurements=_solve("L-06-loose"),
        value=field("memory_mb"),
        reach=512,
        aim=300,
        unit="MB",
        is_quick=True,
    ),
    *_explanation_rows(),
)
"""All rows; those that share a measurement lie near each other where they can."""
