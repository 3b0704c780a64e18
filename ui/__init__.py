"""The window: asks ``planner.services`` and shows what it is told."""
