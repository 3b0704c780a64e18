from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets import YieldingRow


def row_of(qtbot, *texts):
    window = QWidget()  # a window of its own is never smaller than all of its layout
    qtbot.addWidget(window)
    row = YieldingRow()
    row.setParent(window)
    parts = [QLabel(text) for text in texts]
    for part in parts:
        row.row.addWidget(part)
    return row, parts


def test_parts_give_way_in_their_order_as_the_row_narrows(qtbot):
    row, (name, dates, note) = row_of(qtbot, "The week " * 4, "of many days " * 4, "noted " * 4)
    row.yield_in_order(note, dates)
    row.window().show()
    shown = []
    for width in (1500, name.sizeHint().width() + 30):
        row.resize(width, 30)
        shown.append([part.isVisible() for part in (name, dates, note)])
    assert shown == [[True, True, True], [True, False, False]]
    row.resize(name.sizeHint().width() + dates.sizeHint().width() + 40, 30)
    assert [part.isVisible() for part in (name, dates, note)] == [True, True, False]


def test_a_part_without_anything_to_show_takes_no_room(qtbot):
    row, (name, dates) = row_of(qtbot, "The week", "of many days")
    row.yield_in_order(dates)
    row.window().show()
    row.resize(1500, 30)
    row.want(dates, is_wanted=False)
    assert not dates.isVisible()
    row.want(dates, is_wanted=True)
    assert dates.isVisible()
    assert row.minimumSizeHint().width() < name.sizeHint().width() + dates.sizeHint().width()
