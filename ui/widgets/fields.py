"""Fields that are stepped up and down, with the air around their text that other fields have."""

from typing import TypeVar

from PySide6.QtWidgets import QAbstractSpinBox

_FieldT = TypeVar("_FieldT", bound=QAbstractSpinBox)
_AIR_PX = 8


def airy(field: _FieldT) -> _FieldT:
    """Return a field of numbers or times whose text keeps a distance from its left edge."""
    # The style sheet's padding does not reach the line inside where buttons are styled too.
    field.lineEdit().setTextMargins(_AIR_PX, 0, 0, 0)
    return field
