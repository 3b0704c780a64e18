"""What a roster breaks and what it costs, in plain Python that shares nothing with the search.

A *breach* is a rule not kept at one place. It is a *violation* iff a planned shift takes part in
it, that is: iff removing every planned shift of the worker removes it. What facts break alone is
reported too, marked as a fact; rules bind only what may still change.
"""

from solver.checks.check import violations, violations_of_worker
from solver.checks.costs import level_values, rule_costs
from solver.checks.violation import Violation

__all__ = ["Violation", "level_values", "rule_costs", "violations", "violations_of_worker"]
