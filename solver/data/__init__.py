"""The problem, its rules and the solution: frozen, picklable, checked when made."""
