"""The search for garbage rests while many records are made, and goes on afterwards."""

import gc

import pytest

from planner.services.imports.memory import unsearched


def test_the_search_rests_and_goes_on_afterwards():
    assert gc.isenabled()
    with unsearched():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_search_goes_on_after_an_import_that_was_stopped():
    with pytest.raises(InterruptedError), unsearched():
        raise InterruptedError
    assert gc.isenabled()


def test_a_search_that_somebody_else_holds_back_stays_held_back():
    with unsearched():
        with unsearched():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
