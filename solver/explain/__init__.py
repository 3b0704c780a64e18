"""Why a task lacks heads."""
