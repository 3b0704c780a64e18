"""What is seen of a widget."""

from PySide6.QtWidgets import QWidget


def colors_of(widget: QWidget) -> set[str]:
    """Return the colours in a small widget's picture."""
    picture = widget.grab().toImage()
    return {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
