"""Starts Qt and the window."""

import signal
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from planner import words
from ui import crash, theme
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
    words.set_language(preferences.language)
    translate(app, preferences.language)
    theme.install(app, preferences.mode)
    crash.install_hook()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window = MainWindow(preferences)
    window.show()
    chosen = target or next(iter(preferences.recent), None)
    if chosen:
        window.open(chosen)
    return app.exec()


def translate(app: QApplication, code: str) -> None:
    """Let Qt's own words, such as *Cancel*, be in a language too."""
    QLocale.setDefault(QLocale(code))
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{code}", folder):
        app.installTranslator(translator)
