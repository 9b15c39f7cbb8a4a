"""Random numbers by name: the same whatever is planted, so that two simulations differ by what was planted alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from lvtu.simulator.plan import STEPS

Array = NDArray[Any]

_VISIT = (
    "gap", "hour", "device", "in_store", "entry", "sign_in", "searches", "lists", "more_products", "which",
    "value", "impression", "impression_noise", "browsing", "browsing_noise", "checkout_asked", "checkout_noise",
    "ease_asked", "ease_noise", "leave", "presale", "presale_answer", "home_feel", "ad_feel",
)  # fmt: skip
_ORDER = (
    "shipped", "damaged", "receipt", "quality", "delivery_asked", "delivery_noise", "reviews",
    "review_day", "review_hour", "stars_noise", "returns", "return_day", "return_hour", "complains", "nps_asked",
    "nps_day", "nps_hour", "nps_noise", "nps_feel", "relation_asked", "relation_noise", "joins", "shares", "invites",
    "posts", "asks", "ask_day", "ask_hour",
)  # fmt: skip
_CARE = ("channel", "answer", "end", "resolved", "rated", "noise", "return", "return_day", "hour")
_FACETS = ("go", "error", "help", "again", "feel", "stay")
_PLACES = {
    name: place
    for place, name in enumerate(
        [
            *_VISIT,
            *_ORDER,
            *(f"{time}.{name}" for time in ("care", "care_again") for name in _CARE),
            *(f"{step}.{facet}" for step in STEPS for facet in _FACETS),
            *(f"care_again.{step}.{facet}" for step in ("chat", "hotline", "ticket") for facet in _FACETS),
        ]
    )
}


class Draws:
    """One round's random numbers of some customers.

    Args:
        stream: where they come from; every round takes as many.
        customers: how many.
    """

    def __init__(self, stream: np.random.Generator, customers: int) -> None:
        self._drawn = stream.random((len(_PLACES), customers), np.float32)

    def uniform(self, name: str, who: Array) -> Array:
        """Between 0 and 1, one for each."""
        return np.asarray(self._drawn[_PLACES[name]][who].astype(np.float64))

    def under(self, name: str, who: Array, share: Array | float) -> Array:
        """True with a probability."""
        return np.asarray(self._drawn[_PLACES[name]][who] < share)

    def normal(self, name: str, who: Array, spread: float = 1.0) -> Array:
        """From a normal distribution around 0."""
        return np.asarray(spread * ndtri(np.clip(self.uniform(name, who), 1e-6, 1 - 1e-6)))

    def lasting(self, name: str, who: Array, median: Array | float, spread: float = 0.6) -> Array:
        """From a log-normal distribution, by its median."""
        return np.asarray(median * np.exp(self.normal(name, who, spread)))

    def several(self, name: str, who: Array, on: float, most: int) -> Array:
        """How often something happens again, each time with the same probability; from a geometric distribution."""
        rolled = np.log(np.maximum(self.uniform(name, who), 1e-9)) / np.log(on)
        return np.asarray(np.minimum(rolled, most), np.int64)
