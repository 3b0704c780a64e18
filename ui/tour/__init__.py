"""A short tour of the window on the example plan, and the offer of it."""

from ui.tour.offer import TourOffer
from ui.tour.steps import Spot, Step, example_steps
from ui.tour.tour import Tour

__all__ = ["Spot", "Step", "Tour", "TourOffer", "example_steps"]
