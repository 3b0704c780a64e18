"""Starts the program as the command does, and ends it when its window is on the screen.

``python -m tests.bench.first_paint [PLAN]``: says how many seconds of the processor's time it took
until it was painted, and with a plan goes on until a week is shown.
"""

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from ui import app
from ui.window import MainWindow

PLAN = sys.argv[1] if len(sys.argv) > 1 else None


class _Watched(MainWindow):
    _is_painted = False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.presenter.week_fetched.connect(self._end)
            print(time.process_time(), flush=True)
            if PLAN is None:
                QTimer.singleShot(0, QApplication.quit)

    def _end(self) -> None:
        QTimer.singleShot(0, self.close)


app.MainWindow = _Watched  # type: ignore[misc]
sys.exit(app.run(PLAN))
