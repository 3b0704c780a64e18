"""Distributions of burdens: right in sum, and nobody can be pointed out."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.fairness import LEAST_PEOPLE, distributions, joined_groups

groups = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.lists(st.integers(0, 7), max_size=12), max_size=6
)


def test_a_distribution_says_how_many_people_have_how_much():
    (found,) = distributions({"Polisen": [0, 2, 2, 1, 3, 2]})
    assert found.groups == ("Polisen",)
    assert found.counts == (1, 1, 3, 1)
    assert (found.least, found.most, found.n_people) == (0, 3, 6)
    assert found.mean == 10 / 6


def test_small_groups_are_told_together():
    found = distributions({"a": [1] * 3, "b": [2] * 9, "c": [0] * 2})
    assert [(one.groups, one.n_people) for one in found] == [(("a", "c"), 5), (("b",), 9)]


def test_the_smallest_other_group_joins_what_is_too_small_together():
    found = distributions({"a": [1] * 7, "b": [2] * 9, "c": [0] * 2})
    assert [one.groups for one in found] == [("a", "c"), ("b",)]


def test_nothing_is_told_of_fewer_people_than_five():
    assert distributions({"a": [1, 1], "b": [2, 2]}) == ()
    assert distributions({}) == ()


@given(groups)
def test_nobody_is_lost_or_told_of_in_a_group_too_small(of_group):
    found = distributions(of_group)
    assert all(one.n_people >= LEAST_PEOPLE for one in found)
    everybody = [n for people in of_group.values() for n in people]
    if len(everybody) >= LEAST_PEOPLE:
        told = Counter()
        for one in found:
            told.update({n: people for n, people in enumerate(one.counts) if people})
        assert told == Counter(everybody)
    else:
        assert found == ()
    names = [name for joined in joined_groups(of_group) for name in joined]
    assert len(names) == len(set(names))
