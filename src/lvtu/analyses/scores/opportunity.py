"""Importance beside satisfaction. Pure arithmetic on answers."""

from __future__ import annotations


def opportunity(importance: float, satisfaction: float) -> float:
    """Ulwick's opportunity of a need, importance + max(importance − satisfaction, 0); both from 0 to 10.

    Source: A. W. Ulwick, What Customers Want, 2005.

    Example:
        >>> round(opportunity(8.2, 4.1), 1), opportunity(5, 9)
        (12.3, 5)
    """
    return importance + max(importance - satisfaction, 0)
