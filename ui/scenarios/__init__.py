"""What if: scenarios side by side, a promise tested before it is signed, and how fragile a week is.

It changes nothing of the plan; a roster that was found can be looked at as a proposal.
"""

from ui.scenarios.page import ScenariosPage

__all__ = ["ScenariosPage"]
