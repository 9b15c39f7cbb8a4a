"""Google Play: the monthly CSV of reviews (UTF-16), and of the same columns in any other encoding.

The times in milliseconds are read, not those in words. What the developer replied is an event of its own, ``Review
Answered``. A rating without words has a score only. Who wrote it is not told, so each review is a customer of its
own, who is never joined with anybody; its id is the review's, from the link, which is the same in next month's file.

Source: https://support.google.com/googleplay/android-developer/answer/6135870
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lvtu.collect.ready.parts import digest, filled, first, number, plain_text
from lvtu.core.record import ROW_CUSTOMER

_ID = re.compile(r"reviewid=([^&#]+)", re.IGNORECASE)


def google_play_rows(row: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The rows of a review, and of the reply to it.

    Example:
        >>> row = {"Package Name": "com.x", "Star Rating": "4", "Review Submit Millis Since Epoch": "1767323045000"}
        >>> [record] = google_play_rows(row)
        >>> record["score"], record["time"], record["event"]
        (4.0, 1767323045000, 'Review Posted')
    """
    link = str(row.get("Review Link") or "")
    sent, device = row.get("Review Submit Millis Since Epoch"), row.get("Device")
    found = _ID.search(link)
    id = found[1] if found else digest(row.get("Package Name"), sent, device, row.get("Reviewer Language"))
    stars = number(row.get("Star Rating"))
    about = filled({
        "product": row.get("Package Name"), "version": row.get("App Version Name"),
        "version_code": row.get("App Version Code"), "device": device, "title": plain_text(row.get("Review Title")),
        "review_id": id,
    })  # fmt: skip
    shared = filled({
        "anonymous_id": ROW_CUSTOMER + digest("google_play", id), "channel": "app", "source": "google_play",
        "properties": about,
    })  # fmt: skip
    said = filled(
        {"score": stars or None, "scale": "stars5" if stars else None, "text": plain_text(row.get("Review Text"))}
    )
    language = filled({"language": row.get("Reviewer Language")})
    at = first(_millis(sent), row.get("Review Submit Date and Time"))
    yield shared | said | language | filled({"event": "Review Posted", "time": at, "message_id": f"google_play/{id}"})
    replied = _millis(row.get("Developer Reply Millis Since Epoch"))
    if replied is not None:
        reply = about | filled({"reply": plain_text(row.get("Developer Reply Text"))})
        own = {"event": "Review Answered", "time": replied, "message_id": f"google_play/{id}/reply"}
        yield shared | own | {"properties": reply}


def _millis(value: Any) -> int | None:
    found = number(value)
    return None if not found else int(found)
