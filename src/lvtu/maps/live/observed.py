"""What came after what counts only where somebody saw it."""

from __future__ import annotations

OBSERVED = "(time_basis is null or time_basis != 'order')"
"""Events whose order is not a model's own: of a survey's answers nobody knows which came first."""


def observed(where: str | None) -> str:
    """A condition, and that the order of the events was observed.

    Example:
        >>> observed("channel = 'store'")
        "(channel = 'store') and (time_basis is null or time_basis != 'order')"
    """
    return OBSERVED if where is None else f"({where}) and {OBSERVED}"
