"""A retailer that does not exist: simulated customers, what they do and say, and what was planted in it.

``simulate.simulate`` makes the events and the truth; ``pains`` says what can be planted; ``plan`` is the journey.
"""

from lvtu.simulator.pains import DEFAULT, EFFECTS, KINDS, Effect, Pain
from lvtu.simulator.plan import STEPS
from lvtu.simulator.simulate import simulate
from lvtu.simulator.truth import Planted, Truth

__all__ = ["DEFAULT", "EFFECTS", "KINDS", "STEPS", "Effect", "Pain", "Planted", "Truth", "simulate"]
