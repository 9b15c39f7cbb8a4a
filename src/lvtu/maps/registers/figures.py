"""What ranks entries: Ulwick's opportunity, RICE, value by effort. Pure arithmetic on what is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lvtu.analyses.scores.opportunity import opportunity
from lvtu.maps.registers.entry import Known


def odi(numbers: Mapping[str, Known]) -> Known | None:
    """Ulwick's opportunity of a need; None where its importance or its satisfaction is not known.

    Source: A. W. Ulwick, What Customers Want, 2005. Without an interval of its own: answers to both sides may come from
    the same customers.

    Example:
        >>> odi({"importance": Known(8.2, "person"), "satisfaction": Known(4.1, "survey", 31)})
        Known(value=12.3, source='formula', n=31, low=None, high=None, estimate=None)
    """
    sides = [numbers.get(name) for name in ("importance", "satisfaction")]
    if sides[0] is None or sides[1] is None:
        return None
    value = round(opportunity(sides[0].value, sides[1].value), 9)
    return Known(value, "formula", min((one.n for one in sides if one is not None and one.n is not None), default=None))


def rice(numbers: Mapping[str, Known]) -> Known | None:
    """Reach · impact · confidence / effort; None where one of them is not known.

    Source: S. McBride, RICE: simple prioritization for product managers, Intercom 2016.

    Example:
        >>> given = {"reach": 4000, "impact": 2, "confidence": 0.8, "effort": 3}
        >>> round(rice({name: Known(value, "person") for name, value in given.items()}).value, 1)
        2133.3
    """
    parts = [numbers.get(name) for name in ("reach", "impact", "confidence", "effort")]
    if any(one is None for one in parts):
        return None
    reach, impact, confidence, effort = (one.value for one in parts if one is not None)
    return Known(reach * impact * confidence / effort, "formula", numbers["reach"].n)


def value_per_effort(numbers: Mapping[str, Known]) -> Known | None:
    """What an opportunity is worth for each month of work; None where one of them is not known."""
    value, effort = numbers.get("value"), numbers.get("effort")
    return None if value is None or effort is None else Known(value.value / effort.value, "formula")


def greatest(some: Iterable[Known | None]) -> Known | None:
    """The greatest of some numbers; None where none is known."""
    return max((one for one in some if one is not None), key=lambda one: one.value, default=None)
