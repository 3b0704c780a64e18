"""Somebody is away: plans that repair a week, calls, and swaps."""
