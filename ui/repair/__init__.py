"""Somebody is away: report it, choose a plan, call people, see which sheets changed; and swaps."""

from ui.repair.absence_dialog import AbsenceDialog, Away
from ui.repair.dialog import RepairDialog
from ui.repair.swaps_dialog import SwapsDialog

__all__ = ["AbsenceDialog", "Away", "RepairDialog", "SwapsDialog"]
