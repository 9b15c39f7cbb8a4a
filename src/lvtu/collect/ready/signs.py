"""By what the files of other systems are recognised: keys and columns that only they have."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np

from lvtu.collect.frames import Frame
from lvtu.collect.ready.parts import as_dict, as_list, known_ids
from lvtu.collect.ready.reviews import columns_of
from lvtu.collect.ready.sheet import sheet_of

_LOOKED_AT = 5
_ANY = (
    ("ga4", {"event_name", "event_timestamp", "event_params"}),
    ("segment", {"type", "messageId"}),
    ("google_play", {"Package Name", "Star Rating", "Review Submit Millis Since Epoch"}),
    ("qualtrics", {"StartDate", "EndDate", "RecordedDate", "ResponseId"}),
    ("typeform", {"form_response"}),
    ("typeform", {"items", "page_count", "total_items"}),
    ("zendesk", {"tickets", "metric_sets"}),
    ("zendesk", {"tickets", "after_cursor"}),
    ("zendesk", {"tickets", "end_of_stream"}),
    ("zendesk", {"satisfaction_ratings"}),
    ("zendesk", {"survey_responses"}),
    ("zendesk", {"responder_id", "answers", "subjects"}),
    ("zendesk", {"requester_id", "via", "created_at", "status"}),
    ("surveymonkey", {"response_status", "survey_id", "pages"}),
)
_QUESTION = re.compile(r"^\s*(?:Q|第)?\d{1,3}(?:[、.．:：)）]|题)")
_REVIEW = re.compile(r"review|stars?|评|笔记|点评", re.IGNORECASE)


def recognised(frame: Frame) -> str | None:
    """Which system's export the first rows of a source are; None for what is nobody's.

    Example:
        >>> from lvtu.collect.frames import ColumnFrame
        >>> import pyarrow as pa
        >>> table = pa.table({"序号": ["1"], "提交答卷时间": ["2026/3/1 9:05:00"], "1、您的性别": ["女"]})
        >>> recognised(ColumnFrame(table, "answers", np.arange(1)))
        'wjx'
    """
    names = set(frame.names())
    for system, needed in _ANY:
        if needed <= names:
            return system
    if {"提交答卷时间"} <= names or ({"序号", "提交时间"} <= names and any(_QUESTION.match(name) for name in names)):
        return "wjx"
    rows = [json.loads(text) for text in frame.raw(np.arange(min(_LOOKED_AT, len(frame.numbers)))).to_pylist()]
    found = next(filter(None, map(_of_row, rows)), None)
    if found is not None:
        return found
    if "batch" in names and len(names) < 8:
        return "segment"
    if frame.has("properties.distinct_id") and "event" in names:
        return "mixpanel"
    if _are_reviews(names):
        return "reviews"
    return "sheet" if sheet_of(frame.names()) else None


def _of_row(row: dict[str, Any]) -> str | None:
    """Which system's a JSON object is, by what lies deeper."""
    inside = as_list(as_dict(row.get("data")).get("payload")) or as_list(row.get("payload"))
    data = as_list(row.get("data"))
    one = as_dict(next(iter(inside or data), row))
    details = as_dict(row.get("details")) or row
    if "response_status" in one or any("questions" in as_dict(page) for page in as_list(details.get("pages"))):
        return "surveymonkey"
    if one.get("type") == "customerReviews" or {"attributes.rating", "attributes.createdDate"} <= set(row):
        return "app_store"
    if ("conversation_id" in one and ("message_type" in one or "feedback_message" in one)) or (
        "inbox_id" in one and "meta" in one
    ):
        return "chatwoot"
    answers = as_list(row.get("answers"))
    return "typeform" if answers and "field" in as_dict(answers[0]) else None


def _are_reviews(names: set[str]) -> bool:
    """Whether a table's columns are a review's: words and stars, or words of which the name says what they are."""
    found = columns_of(dict.fromkeys(names))
    if "time" not in found or "text" not in found or known_ids(dict.fromkeys(names, "x1"))[0]:
        return False  # a shop's own table, which tells the customer, is mapped column by column
    telling = any(_REVIEW.search(found[part]) for part in ("text", "stars", "id") if part in found)
    return telling and ("stars" in found or "author" in found or "product" in found)
