"""How much one request may hold, and how its body is read without holding more."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

from lvtu.errors import BadInput
from lvtu.service.problems import TooLarge

BATCH_BYTES = 500 * 1024
"""A body, unpacked, has so many bytes at most."""

MESSAGE_BYTES = 32 * 1024
"""A message has so many at most."""

WAITING_MESSAGES = 50_000
"""Messages that wait for the disk; whoever comes when there are so many is asked to come again."""

UNMOVED_MESSAGES = 5_000_000
"""Messages on disk that nobody could move to the lake; from there on no more are taken."""


async def body_of(chunks: AsyncIterator[bytes], encoding: str, most: int = BATCH_BYTES) -> bytes:
    """A request's body, unpacked.

    Args:
        chunks: the bytes as they come.
        encoding: the header ``Content-Encoding``.
        most: so many bytes it may have; no more are unpacked.

    Raises:
        TooLarge: it has more.
        BadInput: it is packed otherwise than with gzip, or is no gzip.
    """
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise BadInput("encoding_unknown", encoding=encoding, known=["gzip", "identity"])
    unpack = zlib.decompressobj(wbits=31) if encoding.endswith("gzip") else None
    body = bytearray()
    packed = 0
    async for chunk in chunks:
        packed += len(chunk)
        try:
            body += unpack.decompress(chunk, most + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise BadInput("no_gzip", reason=str(error)) from None
        if max(len(body), packed) > most:
            raise TooLarge("body_too_large", most=most // 1024)
    if unpack and not unpack.eof:
        raise BadInput("no_gzip", reason="it breaks off")
    return bytes(body)
