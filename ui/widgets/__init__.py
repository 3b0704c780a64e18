"""Parts that several pages use; they know no page."""

from ui.widgets.asking import TextDialog, ask_text
from ui.widgets.basics import (
    Chip,
    clear,
    divider,
    icon_button,
    label,
    primary_button,
    set_property,
    text_button,
)
from ui.widgets.empty import EmptyState
from ui.widgets.fields import airy
from ui.widgets.message_bar import MessageBar
from ui.widgets.need_chart import NeedChart
from ui.widgets.part_page import PartPage
from ui.widgets.sorting import sorted_by_name
from ui.widgets.tabbed import TabbedPanels
from ui.widgets.week_picker import WeekPicker
from ui.widgets.yielding import YieldingRow

__all__ = [
    "Chip",
    "EmptyState",
    "MessageBar",
    "NeedChart",
    "PartPage",
    "TabbedPanels",
    "TextDialog",
    "WeekPicker",
    "YieldingRow",
    "airy",
    "ask_text",
    "clear",
    "divider",
    "icon_button",
    "label",
    "primary_button",
    "set_property",
    "sorted_by_name",
    "text_button",
]
