"""Somebody is away: report it, choose a plan, call people, see which sheets changed; and swaps."""

from ui.repair.absence_dialog import AbsenceDialog, Away
from ui.repair.dialog import CALLS_TAB, PLANS_TAB, RepairDialog
from ui.repair.swaps_dialog import SwapsDialog

__all__ = [
    "CALLS_TAB",
    "PLANS_TAB",
    "AbsenceDialog",
    "Away",
    "RepairDialog",
    "SwapsDialog",
]
