"""Segments for those who may not see identifiers: by name, not by a condition that could spell identifiers out."""

from __future__ import annotations

from lvtu.errors import BadInput
from lvtu.service.access import Access


def named_only(access: Access, segment: str | None) -> None:
    """Make sure that whoever asks may ask of these customers.

    Args:
        access: who asks.
        segment: a segment's name, or a condition on customers.

    Raises:
        BadInput: they only look, and it is no name of a segment, with ``@3`` for a version.
    """
    if not segment or not access.masked:
        return
    known = [one.key for one in access.served.workspace.segments()]
    name, at, version = segment.strip().strip("'").partition("@")
    if name not in known or (at and not version.isdecimal()):
        raise BadInput("segment_by_name", segment=segment, known=known)
