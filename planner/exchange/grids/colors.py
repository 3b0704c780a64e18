"""The fill of a cell as a colour, whichever way the spreadsheet says it."""

import colorsys
from typing import Any

_THEME = (
    "ffffff",
    "000000",
    "e7e6e6",
    "44546a",
    "4472c4",
    "ed7d31",
    "a5a5a5",
    "ffc000",
    "5b9bd5",
    "70ad47",
)
"""The colours of the theme that spreadsheets begin with, in the order of their numbers."""
_NO_COLOR = {"ffffff", "000000"}
"""White is paper; black with a pattern is what programs write for no colour at all."""


def fill_of(cell: Any) -> str:
    """Return the fill of a worksheet's cell as ``rrggbb``; empty for none."""
    fill = cell.fill
    if fill is None or fill.fill_type != "solid":
        return ""
    color = fill.fgColor
    if color.type == "rgb" and isinstance(color.rgb, str):
        found = color.rgb[-6:].lower()
    elif color.type == "theme" and 0 <= color.theme < len(_THEME):
        found = _tinted(_THEME[color.theme], color.tint or 0.0)
    elif color.type == "indexed":
        found = _indexed(color.indexed)
    else:
        found = ""
    return "" if found in _NO_COLOR else found


def _indexed(number: int) -> str:
    from openpyxl.styles.colors import COLOR_INDEX

    return COLOR_INDEX[number][-6:].lower() if 0 <= number < len(COLOR_INDEX) else ""


def _tinted(color: str, tint: float) -> str:
    """Return a colour made lighter (positive) or darker (negative)."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    channels = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(channel * 255):02x}" for channel in channels)
