"""JSON as it is sent: what was asked stands in answers, and it may hold what UTF-8 cannot."""

from __future__ import annotations

import json
from typing import Any

import msgspec


def written(body: Any) -> bytes:
    """A body of plain values as JSON; half characters are spelled as JSON spells them.

    Example:
        >>> written({"what": "半"}).decode(), written({"what": chr(0xD800)})
        ('{"what":"半"}', b'{"what": "\\\\ud800"}')
    """
    try:
        return msgspec.json.encode(body)
    except UnicodeEncodeError:
        return json.dumps(body).encode()
