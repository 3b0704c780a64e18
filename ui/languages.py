"""One language for our own words and for Qt's."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from planner import words


def speak(app: QApplication, code: str) -> None:
    """Let the whole program speak ``sv`` or ``en``; widgets that exist are not made anew."""
    words.set_language(code)
    QLocale.setDefault(QLocale(code))
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{words.language()}", folder):
        app.installTranslator(translator)
