"""Starts Qt and the window."""

import signal
import sys

from PySide6.QtWidgets import QApplication

from ui import crash, theme
from ui.jobs import memory
from ui.languages import speak
from ui.preferences import Preferences
from ui.window import MainWindow


def run(target: str | None = None) -> int:
    """Show the window until it is closed; return the program's exit code.

    Parameters
    ----------
    target
        Plan to open; the last one, or the welcome page, when nothing.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("narvaro")
    app.setApplicationDisplayName("Närvaro")
    preferences = Preferences()
    speak(app, preferences.language)
    theme.install(app, preferences.mode)
    crash.install_hook()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    memory.search_here(app)
    window = MainWindow(preferences)
    window.presenter.plan_opened.connect(memory.keep_for_good)
    window.show()
    chosen = target or next(iter(preferences.recent), None)
    if chosen:
        window.open(chosen)
    return app.exec()
