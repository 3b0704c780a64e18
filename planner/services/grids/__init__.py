"""A planner's own roster grid, brought into the plan."""
