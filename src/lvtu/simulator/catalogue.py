"""What the shop sells: names in both languages, and prices in each currency."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_WORTH = (1.0, 6.3, 7.0)
"""What a price in yuan is divided by, by the place of the currency in `lvtu.simulator.people.CURRENCIES`."""


@dataclass(frozen=True)
class Catalogue:
    """The products, each an item of every array.

    Attributes:
        names: in Chinese and in English, ``[language, product]``.
        categories: likewise.
        prices: ``[currency, product]``.
        popular: their shares of all looks, cumulated.
    """

    names: Array
    categories: Array
    prices: Array
    popular: Array

    def __len__(self) -> int:
        return len(self.popular)

    def pick(self, at: Array) -> Array:
        """Products by their popularity, for uniform numbers."""
        return np.minimum(np.searchsorted(self.popular, at), len(self) - 1)

    def said(self, names: Array, product: Array, chinese: Array) -> Array:
        """Names (or categories) in each customer's language."""
        return np.asarray(names[np.where(chinese, 0, 1), product])


@cache
def catalogue() -> Catalogue:
    """The products of ``phrases/products.json``."""
    found = json.loads((Path(__file__).parent / "phrases" / "products.json").read_text(encoding="utf-8"))
    products = found["products"]
    yuan = np.array([one["cny"] for one in products], float)
    prices = np.array([np.where(worth == 1, yuan, np.ceil(yuan / worth) - 0.01) for worth in _WORTH])
    shares = 1 / (np.arange(len(products)) + 4.0)
    return Catalogue(
        names=np.array([[one[lang] for one in products] for lang in ("zh", "en")], object),
        categories=np.array(
            [[found["categories"][one["category"]][lang] for one in products] for lang in ("zh", "en")], object
        ),
        prices=prices,
        popular=np.cumsum(shares) / shares.sum(),
    )
