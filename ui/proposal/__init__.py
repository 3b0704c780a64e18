"""What the engine proposes, taken whole or in parts."""

from ui.proposal.dialog import ProposalDialog

__all__ = ["ProposalDialog"]
