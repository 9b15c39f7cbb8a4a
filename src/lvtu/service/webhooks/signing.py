"""Signatures of Standard Webhooks (version 1.0.0, symmetric): https://www.standardwebhooks.com"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

from lvtu.catalog.webhooks import PREFIX


def headers(id: str, time: int, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """The headers of a message.

    Args:
        id: the message's, the same at every try.
        time: of this try, s since 1970.
        body: what is sent.
        secrets: ``whsec_…``; the message is signed with each.

    Example:
        >>> signed = headers("msg_1", 1_700_000_000, b"{}", ["whsec_c2VjcmV0"])
        >>> signed["webhook-id"], signed["webhook-timestamp"], signed["webhook-signature"][:3]
        ('msg_1', '1700000000', 'v1,')
    """
    content = f"{id}.{time}.".encode() + body
    signatures = [hmac.new(_key(secret), content, hashlib.sha256).digest() for secret in secrets]
    said = " ".join(f"v1,{base64.b64encode(signature).decode()}" for signature in signatures)
    return {
        "webhook-id": id, "webhook-timestamp": str(time), "webhook-signature": said,
        "content-type": "application/json",
    }  # fmt: skip


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(PREFIX))
