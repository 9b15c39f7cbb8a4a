"""From whose perspective a map may be looked at over HTTP."""

from __future__ import annotations

from lvtu.maps.live.whom import EVERYBODY
from lvtu.service.access import Access
from lvtu.service.customers import find
from lvtu.service.segments.named import named_only


def asked(access: Access, who: str | None) -> str | None:
    """A perspective as `lvtu.maps.Map.answers` takes it: a customer by the number of an event, never by their name.

    Who only looks may ask for personas, for segments by name, and for customers by what stands for them in addresses.

    Args:
        access: who asks.
        who: ``persona:KEY``, ``customer:IDENTIFIER``, a segment's name, a condition, ``everybody``; None for everybody.

    Raises:
        BadInput: who asks may only name segments, and this is a condition.
        NotFound: nobody has the identifier.
    """
    if not who or who == EVERYBODY:
        return who or None
    kind, _, name = who.partition(":")
    if kind == "persona":
        return who
    if kind == "customer":
        ws = access.served.workspace
        return f"customer:{find.ref_of(*find.place(ws, ws.snapshot(), name))}"
    named_only(access, who)
    return who
