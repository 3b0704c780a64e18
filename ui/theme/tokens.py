"""The colours of both themes, by what they mean."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One theme's colours as ``#rrggbb``; texts keep 4.5 to 1 on the surfaces they stand on.

    Parameters
    ----------
    ground, surface, raised
        Behind everything; behind content; behind what is pressed or hovered.
    shifts
        Fill and ink of the shift types, by ``color_index``.
    """

    is_dark: bool
    ground: str
    surface: str
    raised: str
    line: str
    outline: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    accent_hover: str
    selection: str
    free_day: str
    danger: str
    danger_fill: str
    warning: str
    warning_fill: str
    success: str
    success_fill: str
    neutral_fill: str
    shifts: tuple[tuple[str, str], ...]

    def as_map(self) -> dict[str, str]:
        """Return the single colours by name, for the style sheet."""
        return {
            field.name: value
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), str)
        }


LIGHT = Tokens(
    is_dark=False,
    ground="#f3f5f8",
    surface="#ffffff",
    raised="#e9edf3",
    line="#e0e4ea",
    outline="#838d9b",
    text="#1b2430",
    muted="#566273",
    disabled="#98a1ae",
    accent="#1f5fd0",
    on_accent="#ffffff",
    accent_hover="#184fb0",
    selection="#dce8fd",
    free_day="#f4f6f9",
    danger="#b3221c",
    danger_fill="#fde9e7",
    warning="#835000",
    warning_fill="#fcf0d4",
    success="#18693a",
    success_fill="#e0f4e7",
    neutral_fill="#e8ebf0",
    shifts=(
        ("#dbe8fd", "#1b4797"),
        ("#d8f2e0", "#175c34"),
        ("#fdf0cc", "#744600"),
        ("#e9e3fc", "#51309f"),
        ("#d3f1f0", "#0d5758"),
        ("#fbe2ee", "#8b2059"),
        ("#e6ecd2", "#47560f"),
        ("#dfe4ec", "#354256"),
    ),
)

DARK = Tokens(
    is_dark=True,
    ground="#14171c",
    surface="#1b1f26",
    raised="#282e38",
    line="#2c323c",
    outline="#77828f",
    text="#e7ebf0",
    muted="#a2adbb",
    disabled="#66707e",
    accent="#75a7ff",
    on_accent="#0c1730",
    accent_hover="#93baff",
    selection="#233a62",
    free_day="#171a20",
    danger="#ff9b92",
    danger_fill="#4a2020",
    warning="#f3c460",
    warning_fill="#43340f",
    success="#7fd6a0",
    success_fill="#173a26",
    neutral_fill="#2b313b",
    shifts=(
        ("#1d3a6b", "#c6dbff"),
        ("#184a2e", "#bdf0d0"),
        ("#55400b", "#ffe4a0"),
        ("#3f2f75", "#ded3ff"),
        ("#11494b", "#b5efee"),
        ("#5e2243", "#ffcfe5"),
        ("#3e4914", "#e0edb2"),
        ("#363f4d", "#d8e0ec"),
    ),
)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
