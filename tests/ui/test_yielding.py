import pytest
from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets import YieldingRow


@pytest.fixture
def window(qtbot):
    """A window; a row as one would never be smaller than all of its layout."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def row_of(window, *texts):
    row = YieldingRow()
    row.setParent(window)
    parts = [QLabel(text) for text in texts]
    for part in parts:
        row.row.addWidget(part)
    row.show()
    return row, parts


def test_parts_give_way_in_their_order_as_the_row_narrows(window):
    row, (name, dates, note) = row_of(window, "The week " * 4, "of many days " * 4, "noted " * 4)
    row.yield_in_order(note, dates)
    shown = []
    for width in (1500, name.sizeHint().width() + 30):
        row.resize(width, 30)
        shown.append([part.isVisible() for part in (name, dates, note)])
    assert shown == [[True, True, True], [True, False, False]]
    row.resize(name.sizeHint().width() + dates.sizeHint().width() + 40, 30)
    assert [part.isVisible() for part in (name, dates, note)] == [True, True, False]


def test_a_part_without_anything_to_show_takes_no_room(window):
    row, (name, dates) = row_of(window, "The week", "of many days")
    row.yield_in_order(dates)
    row.resize(1500, 30)
    row.want(dates, is_wanted=False)
    assert not dates.isVisible()
    row.want(dates, is_wanted=True)
    assert dates.isVisible()
    assert row.minimumSizeHint().width() < name.sizeHint().width() + dates.sizeHint().width()


def test_a_part_gives_way_when_another_says_more_than_before(window, qtbot):
    row, (name, chip) = row_of(window, "Week", "Changed since version 12")
    row.yield_in_order(chip)
    row.resize(row.sizeHint().width(), 30)
    qtbot.waitUntil(lambda: chip.width() >= chip.sizeHint().width())
    name.setText("Week of a long name")
    qtbot.waitUntil(lambda: not chip.isVisible())
    qtbot.waitUntil(lambda: name.width() >= name.sizeHint().width())
    name.setText("Week")
    qtbot.waitUntil(chip.isVisible)
    qtbot.waitUntil(lambda: chip.width() >= chip.sizeHint().width())
