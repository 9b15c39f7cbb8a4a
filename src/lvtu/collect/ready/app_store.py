"""App Store: customer reviews as App Store Connect's API gives them, pages or single ones, also flattened to a table.

A nickname becomes a pseudonym: the same one on the same store is the same customer, who is not joined with anybody by
it. The reviews' times carry their offset. A reply of the developer, if it was included, is ``Review Answered``.

Source: https://developer.apple.com/documentation/appstoreconnectapi/get-v1-apps-_id_-customerreviews
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lvtu.collect.jsons import Unread
from lvtu.collect.ready.parts import as_dict, as_list, digest, filled, first, number, plain_text, pseudonym
from lvtu.core.record import ROW_CUSTOMER
from lvtu.core.sentences import Reason


def app_store_rows(row: dict[str, Any]) -> Iterable[dict[str, Any] | Unread]:
    """The rows of a page of reviews, or of one.

    Example:
        >>> said = {"rating": 5, "title": "Great", "createdDate": "2026-01-15T08:10Z", "reviewerNickname": "Anne"}
        >>> [record] = app_store_rows({"type": "customerReviews", "id": "r1", "attributes": said})
        >>> record["score"], record["properties"]["title"], "Anne" in str(record)
        (5.0, 'Great', False)
    """
    if not isinstance(row.get("data"), list | dict):
        yield from _review(row, {})
        return
    replies = {
        str(each.get("id")): as_dict(each.get("attributes")) for each in map(as_dict, as_list(row.get("included")))
    }
    for each in row["data"] if isinstance(row["data"], list) else [row["data"]]:
        yield from _review(as_dict(each), replies)


def _review(row: dict[str, Any], replies: dict[str, dict[str, Any]]) -> Iterable[dict[str, Any] | Unread]:
    flat = {name.rpartition(".")[2]: value for name, value in row.items() if name.startswith("attributes.")}
    given = as_dict(row.get("attributes")) or flat or row
    if "rating" not in given or row.get("id") is None:
        yield Unread(Reason("no_review"), row)
        return
    id, stars = str(row["id"]), number(given.get("rating"))
    title, body = plain_text(given.get("title")), plain_text(given.get("body"))
    author = pseudonym("app_store", given.get("reviewerNickname"))
    shared: dict[str, Any] = {
        "anonymous_id": author or ROW_CUSTOMER + digest("app_store", id), "channel": "app", "source": "app_store",
        "properties": filled({"title": title, "territory": given.get("territory"), "review_id": id}),
    }  # fmt: skip
    said = filled({"score": stars or None, "scale": "stars5" if stars else None, "text": first(body, title)})
    yield (
        shared
        | said
        | filled({"event": "Review Posted", "time": given.get("createdDate"), "message_id": f"app_store/{id}"})
    )
    reply = as_dict(as_dict(as_dict(row.get("relationships")).get("response")).get("data")).get("id")
    told = replies.get(str(reply), {})
    if told.get("lastModifiedDate"):
        yield shared | {
            "event": "Review Answered", "time": told["lastModifiedDate"], "message_id": f"app_store/{id}/reply",
            "properties": shared["properties"] | filled({"reply": plain_text(told.get("responseBody"))}),
        }  # fmt: skip
