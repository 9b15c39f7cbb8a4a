"""The plan of the journey that is simulated: its stages, their steps, and how each feels when nothing hurts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lvtu.core.model import JourneyModel
from lvtu.core.units import instant

START = instant("2025-01-01T00:00:00+08:00")
"""The first instant (µs): the beginning of 2025 in Shanghai."""

END = instant("2026-01-01T00:00:00+08:00")
"""The first instant after the last (µs): nothing that would come later is told."""

STAGES = ("awareness", "consideration", "purchase", "delivery", "service", "loyalty")
"""The stages in order; `model` names them for people."""


@dataclass(frozen=True)
class Step:
    """A step of the journey at which pains can be planted.

    Attributes:
        key: its stable name, also the touchpoint's in the model.
        stage: the stage it belongs to.
        event: what shows that a customer came to it.
        feeling: how it feels in the mean when nothing hurts, −2…+2.
        go: the share of those who come to it that go on, when nothing hurts; 1 where nobody chooses.
        stay: the median time that it takes, seconds; of deliveries the median time on the way at home.
        annoy, think, repeat: the events that show that a pain of the kind was met. Waiting shows in the times.
    """

    key: str
    stage: str
    event: str
    feeling: float
    go: float
    stay: float
    annoy: str = "Error Shown"
    think: str = "Help Viewed"
    repeat: str = "Step Repeated"


STEPS = {
    step.key: step
    for step in (
        Step("search", "consideration", "Products Searched", 0.4, 0.86, 25),
        Step("product", "consideration", "Product Viewed", 0.8, 0.20, 55),
        Step("cart", "consideration", "Product Added", 0.6, 0.60, 80),
        Step("checkout", "purchase", "Checkout Started", 0.6, 0.74, 90),
        Step("payment", "purchase", "Payment Info Entered", 0.6, 0.93, 30),
        Step("store", "purchase", "Store Visited", 0.8, 0.38, 240, "Complaint Made", "Staff Asked"),
        Step("delivery", "delivery", "Order Shipped", 0.9, 1.0, 190_000, "Complaint Made", "Order Tracked",
             "Delivery Attempted"),
        Step("chat", "service", "Chat Started", 0.5, 1.0, 75, "Complaint Made", "Help Viewed", "Contact Transferred"),
        Step("hotline", "service", "Call Started", 0.1, 1.0, 150, "Complaint Made", "Help Viewed",
             "Contact Transferred"),
        Step("ticket", "service", "Ticket Created", 0.1, 1.0, 21_600, "Complaint Made", "Help Viewed",
             "Contact Transferred"),
        Step("refund", "service", "Return Requested", -0.2, 1.0, 300_000, "Complaint Made", "Help Viewed",
             "Contact Transferred"),
    )
}  # fmt: skip
"""The steps at which pains can be planted, in order."""

CALM = {"ad": 0.3, "home": 0.5, "review": 0.9, "survey": 1.15}
"""How other touchpoints feel in the mean: an advertisement, the home page, the product once it is used, the brand."""

STAGE_OF = {
    "ad": "awareness", "home": "awareness", **{step.key: step.stage for step in STEPS.values()},
    "review": "loyalty", "survey": "loyalty",
}  # fmt: skip
"""The stage of each touchpoint at which customers feel something."""


@cache
def model() -> JourneyModel:
    """The journey model that fits the events: stages, touchpoints and channels, named in Chinese and English."""
    return JourneyModel.load(Path(__file__).with_name("model.yaml"))
