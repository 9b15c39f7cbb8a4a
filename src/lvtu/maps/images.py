"""Pictures on cards: what is taken, told by what it begins with and never by what it says of itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

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


WIDEST = 640
"""Pixels to which a picture is reduced where a map shows it: twice what it is wide there, at most."""


@dataclass(frozen=True)
class Shown:
    """A picture as a map shows it.

    Attributes:
        width, height: in pixels.
        type: its media type.
        content: it.
    """

    width: int
    height: int
    type: str
    content: bytes


_MOST = 256
_REDUCED: dict[str, Shown | None] = {}
"""The last ones, by their id: what is kept under an id never changes."""


def reduced(id: str, read: Callable[[], tuple[str, bytes]]) -> Shown | None:
    """A picture as a map shows it; None where it cannot be read.

    Args:
        id: the picture's.
        read: reads its type and content; asked where it was not shown lately.
    """
    if id in _REDUCED:
        return _REDUCED[id]
    while len(_REDUCED) >= _MOST:
        _REDUCED.pop(next(iter(_REDUCED)), None)
    found = _REDUCED[id] = shown(read()[1])
    return found


def shown(content: bytes, widest: int = WIDEST) -> Shown | None:
    """A picture as large as a map shows it, upright, without what cameras note in it; None where it cannot be read."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as read:
            upright = ImageOps.exif_transpose(read)
            upright.thumbnail((widest, widest))
            clear = upright.mode in ("RGBA", "LA", "PA", "P")
            out = io.BytesIO()
            if clear:
                upright.convert("RGBA").save(out, "PNG")
            else:
                upright.convert("RGB").save(out, "JPEG", quality=82)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    return Shown(*upright.size, "image/png" if clear else "image/jpeg", out.getvalue())
