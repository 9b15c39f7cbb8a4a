"""The lifecycle: a short list of places in a customer's life, from first hearing of a brand to recommending it.

Stage models cut the same path differently. Each of their stages says which place it stands for, and by that the models
are laid beside each other (`lvtu.core.model.crosswalk`).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from lvtu.errors import UnknownName

LIFECYCLE = ("awareness", "consideration", "decision", "purchase", "use", "support", "loyalty")
"""The places in order: 意识, 考虑, 决策, 购买, 使用, 售后, and 反馈与忠诚 in one, since both are what comes back."""


def _place(value: str) -> str:
    if value not in LIFECYCLE:
        raise UnknownName("lifecycle", value, LIFECYCLE)
    return value


Lifecycle = Annotated[str, AfterValidator(_place)]
"""One of `LIFECYCLE`."""
