"""Weeks as they are not: scenarios, promises under negotiation, simulated absences."""
