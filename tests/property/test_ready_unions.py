"""Whatever another system sends instead of what its page shows is read or set aside; a ready reader never fails.

Beside that: what is read again has the same ids, and nothing that is missing becomes a score.
"""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.collect import read
from parts import examples
from unit.collect.test_reviews import APP_STORE, DIANPING, JD, PLAY
from unit.collect.test_survey_apis import DETAILS, PAGE, PAGES, WEBHOOK
from unit.collect.test_survey_sheets import IMPORTS, LABELS, NAMES, WJX, WORDS
from unit.collect.test_tickets import CONVERSATIONS, CSAT, FIRST, MESSAGES, RATINGS, RESOLVED, SURVEYS


def rows_of(table):
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


SOURCES = {
    "surveymonkey": [DETAILS, PAGES[0]], "typeform": [WEBHOOK, PAGE], "zendesk": [FIRST, RATINGS, SURVEYS],
    "chatwoot": [CONVERSATIONS, MESSAGES, *CSAT, RESOLVED], "app_store": [APP_STORE], "google_play": rows_of(PLAY),
    "reviews": rows_of(JD) + rows_of(DIANPING), "wjx": rows_of(WJX), "qualtrics": rows_of([NAMES, WORDS, IMPORTS,
     *LABELS]),
}  # fmt: skip
JUNK = st.sampled_from([
    None, "", "x", "-1", "0", 0, -1, 7, 1.5, 10**30, True, [], {}, [None], [[]], {"id": {}}, {"a": [1]}, "１２",
     "9" * 400,
    "2026-13-45", "☃" * 3, "<b", "0000-00-00 00:00", [{"id": None}], "0:0", "5星", "nan", "\ud83d\ude00",
])  # fmt: skip


def places(value, path=()):
    """The path to every part of a value."""
    found = [path] if path else []
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        found += places(item, (*path, key))
    return found


def spoilt(source, path, junk):
    """A copy with one part replaced."""
    source = copy.deepcopy(source)
    part = source
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = junk
    return source


PLACES = {name: st.sampled_from(places(source)) for name, source in SOURCES.items()}


def read_all(source, name):
    records, rejected = [], 0
    for batch in read([row for row in source if isinstance(row, dict)], name):
        records += batch.records.to_pylist()
        rejected += batch.rejected.num_rows
    return records, rejected


@pytest.mark.parametrize("name", SOURCES)
@settings(max_examples=examples(60))
@given(st.data())
def test_a_spoilt_payload_is_read_or_set_aside(name, data):
    path, junk = data.draw(PLACES[name]), data.draw(JUNK)
    records, _ = read_all(spoilt(SOURCES[name], path, junk), name)
    assert all(row["event"] and row["time"] and (row["user_id"] or row["anonymous_id"]) for row in records)
    assert all((row["score"] is None) == (row["scale"] is None) for row in records)
    assert all(row["message_id"] for row in records)


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_read_again_has_the_same_ids_and_names_nobody_twice(name):
    first, rejected = read_all(SOURCES[name], name)
    again, _ = read_all(json.loads(json.dumps(SOURCES[name])), name)
    assert [row["message_id"] for row in first] == [row["message_id"] for row in again]
    assert len(first) > 2 and rejected <= 1
