from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.planning.remembering import Remembered


@dataclass(frozen=True)
class Stretch:
    """A stretch of time that counts for something."""

    start: int
    end: int
    value: int = 1


def remembered(*wanted: Stretch) -> Remembered[Stretch, Stretch, int]:
    return Remembered(
        wanted,
        when_wanted=lambda stretch: stretch,
        when_there=lambda stretch: stretch,
        touches=meet,
        reckon=lambda _wanted, found: sum(piece.value for piece in found),
    )


def meet(one: Stretch, other: Stretch) -> bool:
    return one.start < other.end and other.start < one.end


@pytest.mark.parametrize("times", [1, 2])
def test_pieces_that_somebody_has_twice_count_twice(times):
    known = remembered(Stretch(0, 10))
    known.put("one", [Stretch(0, 5, value=3)] * times)
    known.put("other", [Stretch(9, 12, value=4), Stretch(10, 12, value=9)])
    assert known.results == (3 * times + 4,)
    known.put("one", [Stretch(0, 5, value=3)])
    assert known.results == (7,)
    known.put("other", [])
    assert known.results == (3,)


stretches = st.builds(
    lambda start, length: Stretch(start, start + length), st.integers(0, 30), st.integers(0, 12)
)


@given(wanted=st.lists(stretches, max_size=6), pieces=st.lists(stretches, max_size=6))
def test_every_piece_that_meets_what_is_wanted_counts(wanted, pieces):
    known = remembered(*wanted)
    known.put("somebody", pieces)
    assert known.results == tuple(sum(meet(one, piece) for piece in pieces) for one in wanted)
