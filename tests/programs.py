"""Programs of other people that tests open our files in, as fixtures: each gives its path.

``make setup`` installs them as root on Debian. Where one is missing its tests are skipped; in CI
they fail, since nobody would notice.
"""

import os
import shutil
import sys
from ctypes.util import find_library
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def soffice() -> str:
    """Return the path of LibreOffice Calc.

    Each test needs a profile of its own, or those that run at once wait for each other::

        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless", "--convert-to", "csv", "--outdir", tmp_path, workbook,
            ],
            check=True, capture_output=True, timeout=60,
        )

    Each start takes a second or two: open all files in one run (``--convert-to`` takes several).
    """
    return _program("libreoffice-calc-nogui", "soffice", "libreoffice")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium, or of its part without a window."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return _program("chromium-headless-shell", *names)


@pytest.fixture(scope="session")
def browser(chromium: str) -> "Iterator[Browser]":
    """Return Chromium without a window, started once; take ``browser.new_page()`` and close it."""
    from playwright.sync_api import sync_playwright

    if sys.platform == "linux" and find_library("atomic") is None:
        not_there("the browser's driver wants libatomic.so.1; Debian has it in libatomic1")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium)
        yield started
        started.close()


def _program(package: str, *names: str) -> str:
    path = next(filter(None, map(shutil.which, names)), None)
    return path or not_there(f"{names[0]} is not installed; Debian has it in {package}")


def not_there(said: str) -> NoReturn:
    """Skip the test that wants what is not there, or fail it in CI."""
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)
