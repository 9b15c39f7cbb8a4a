"""Pictures on cards: what is taken, told by what it begins with and never by what it says of itself."""

from __future__ import annotations

from lvtu.errors import BadInput

LARGEST = 5 << 20
"""Bytes of the largest picture that is taken."""

_BEGINS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def type_of(content: bytes) -> str:
    """The media type of a picture.

    Raises:
        BadInput: it is no PNG, JPEG or WebP, or too large.

    Example:
        >>> type_of(b"\\xff\\xd8\\xff\\xe0 ...")
        'image/jpeg'
    """
    if len(content) > LARGEST:
        raise BadInput("image_too_large", most=LARGEST >> 20)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    for type, begin in _BEGINS.items():
        if content.startswith(begin):
            return type
    raise BadInput("no_image")
