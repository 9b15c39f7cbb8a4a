"""Every error Lvtu raises on purpose: what was wrong, what exists, what to try.

All errors share one shape, the same in Python, on the command line and over HTTP
(``problem+json``): a stable ``code``, a sentence ``what``, the list ``known`` of what does exist,
and the hint ``try_``.

Example:
    >>> error = UnknownName("event", "Cart Viewd", {"Cart Viewed": 12031, "Order Completed": 20})
    >>> print(error)
    unknown event 'Cart Viewd'; did you mean 'Cart Viewed' (12,031 events)? Known: Cart Viewed, Order Completed
    >>> error.code
    'unknown_event'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_SHOWN = 12


class LvtuError(Exception):
    """Base of all errors.

    Args:
        what: one sentence that says what was wrong, naming the offending value.
        known: what exists instead, most useful first.
        try_: what to do next.
    """

    code = "error"

    def __init__(self, what: str, *, known: Iterable[str] = (), try_: str = "") -> None:
        self.what = what
        self.known = tuple(known)
        self.try_ = try_
        super().__init__(str(self))

    def __str__(self) -> str:
        text = self.what
        if self.try_:
            text += f"; {self.try_}"
        if self.known:
            more = len(self.known) - _SHOWN
            text += (" " if text.endswith("?") else ". ") + "Known: " + ", ".join(self.known[:_SHOWN])
            text += f" and {more:,} more" if more > 0 else ""
        return text

    def problem(self) -> dict[str, object]:
        """The error as the body of an ``application/problem+json`` answer."""
        return {"code": self.code, "what": self.what, "known": list(self.known), "try": self.try_}


class BadInput(LvtuError):
    """A value, file, mapping or option that cannot be used as given."""

    code = "bad_input"


class BadExpression(BadInput):
    """A filter that does not parse or compares what cannot be compared."""

    code = "bad_expression"


class UnknownName(BadInput):
    """A name (event, property, channel, analysis, …) that does not exist here.

    Args:
        kind: what sort of name, in the singular: ``event``, ``property``, ``analysis``.
        name: the name as given.
        known: the names that exist, or a mapping from name to its number of events.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str] | Mapping[str, int]) -> None:
        self.code = f"unknown_{kind.replace(' ', '_')}"
        names = list(known)
        near = get_close_matches(name, names, n=1, cutoff=0.6)
        hint = ""
        if near:
            count = f" ({known[near[0]]:,} events)" if isinstance(known, Mapping) else ""
            hint = f"did you mean {near[0]!r}{count}?"
        super().__init__(f"unknown {kind} {name!r}", known=names, try_=hint)


class NotAWorkspace(LvtuError):
    """A folder that holds something, but no workspace."""

    code = "not_a_workspace"


class Busy(LvtuError):
    """Another process holds the lease that this operation needs."""

    code = "busy"


class Corrupt(LvtuError):
    """A stored file is not what its manifest says."""

    code = "corrupt"


class Erased(LvtuError):
    """A snapshot from before an erasure: it can no longer be shown."""

    code = "erased"
