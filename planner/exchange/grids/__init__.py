"""Roster grids that planners keep in spreadsheets: read as they are, causes and numbers dropped."""
