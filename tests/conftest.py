"""What every test relies on: no screen, no leaked windows, the same examples each time in CI."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from planner import words

pytest_plugins = ["tests.programs", "tests.database_server", "tests.mail_server"]

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A test may speak any language; the next one begins with the one that this began with."""
    before = words.language()
    yield
    words.set_language(before)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Destroy the windows of the test that ends; Qt keeps them until its event loop returns."""
    if "PySide6.QtCore" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
