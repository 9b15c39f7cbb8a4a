"""What spreadsheets make of the files they are given."""

from __future__ import annotations


def no_formula(text: str) -> str:
    """A text that a spreadsheet takes for a text: whoever sends events, or is interviewed, chooses what stands in it.

    Example:
        >>> no_formula("=1+1"), no_formula("Order Paid")
        ("'=1+1", 'Order Paid')
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
