"""What is made of messages directly is what the mapping of Segment's messages makes of them, byte for byte."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from lvtu.core.contracts import Check, Contract
from lvtu.service.arrivals.clocks import Clocks
from lvtu.service.arrivals.envelope import BATCHES, TYPES, envelope_of
from lvtu.service.arrivals.messages import Delivery, opened, records_of

NOW = datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)
GONE = object()

TEXTS = ["ann", "客户 1", "😀", "", " ", "null", "true", "0", "-1.50", "1e5", "a/b", 'quo"te', "back\\slash", "\u2028",
         "tab\there", "nul\x00", "\x1f", "\x0b", "\ud83d", "x" * 300, "é", "\x7f", "1_000"]  # fmt: skip
NUMBERS = [0, 1, -1, 19.99, 0.1, 1e-7, 1e16, 1.5e300, -0.0, 2**53, 2**63, 2**64, 10**30, 10**400, float("nan"),
           float("inf"), 123456789012345680000.0, 5e-324]  # fmt: skip
ODD = [None, True, False, [], {}, [1, None], {"a": {}}, "", "12.5", "¥1,200"]
TIMES = ["2026-05-01T11:00:00Z", "2026-05-01T11:00:00.123Z", "2026-05-01T11:00:00.123456+08:00", "2026-05-01",
         "2026-05-01 11:00", "2026-05-01T11:00:00", "2026-05-01T11:00:00.1234567Z", "2026-05-02T12:00:00.123456Z",
         "2026-05-02T12:00:00.123457Z", "2030-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z",
         "9999-12-31T23:59:59Z", "2026-02-30T00:00:00Z", "2026-05-01T24:00:00Z", "2026-05-01T11:00:60Z", "never", "",
         1777630000, 1777630000123, "1777630000", None, "2026-05-01T11:00Z", "20260501T110000Z", "2026-W18-5",
         "2026-05-01T11:00:00+14:59", "2026-05-01T11:00:00-15:00", "2026-05-01t11:00:00z", "２０２６-05-01T11:00:00Z",
         "2026-05-01T11:00:00Z\n"]  # fmt: skip


CHECKS = {
    one["event"]: Check(Contract.load(one))
    for one in [
        {"event": "Seen", "mode": "enforce", "required": ["a"], "properties": {"a": {"type": ["string", "array"]}}},
        {
            "event": "Bought",
            "mode": "warn",
            "properties": {"total": {"type": "integer"}, "b": {"enum": ["ann", 0, True]}},
        },
        {"event": "group", "mode": "enforce", "properties": {"group_phone": {"type": "integer"}}},
        {"event": "Page Viewed", "mode": "observe", "required": ["name"]},
    ]
}


class Chance(random.Random):
    """A source of messages; how often something ugly is in the next one is itself left to chance."""

    ugly = 0.0

    def turn(self) -> None:
        self.ugly = self.choice([0.0, 0.02, 0.2])


def value(chance: Chance, depth: int = 0) -> Any:
    kind = chance.randrange(8)
    if kind < 3 or depth > 3:
        return chance.choice(TEXTS[:9])
    if kind == 3:
        return chance.choice(NUMBERS[:5])
    if kind == 4 and chance.ugly:
        return chance.choice([*TEXTS, *NUMBERS, *ODD])
    if kind == 5:
        return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {chance.choice("abcdé"): value(chance, depth + 1) for _ in range(chance.randrange(4))}


def some(chance: Chance, good: list[Any], ugly: list[Any]) -> Any:
    """Mostly something good or nothing, at times anything."""
    return chance.choice(good) if chance.random() >= chance.ugly else chance.choice(ugly)


def properties(chance: Chance) -> Any:
    found = {chance.choice(["a", "b", "name", "context", "group_id", "category"]): value(chance) for _ in range(3)}
    anything = [*TEXTS, *NUMBERS, *ODD]
    found["revenue"] = some(chance, [GONE, 12.5, 30], anything)
    found["total"] = some(chance, [GONE, GONE, 7], anything)
    found["currency"] = some(chance, [GONE, "EUR", ""], anything)
    if chance.random() < 0.3:
        found["scale"] = some(chance, ["nps", "text", "csat5"], anything)
        found["score"] = some(chance, [4, 4.5, 11, "3", GONE], anything)
        found["text"] = some(chance, ["很好", GONE], anything)
        found["weight"] = some(chance, [1.5, GONE], anything)
    return some(chance, [{key: item for key, item in found.items() if item is not GONE}, {}, GONE, None], ODD)


def traits(chance: Chance) -> Any:
    found = {"email": some(chance, ["a@x.example", GONE], [*TEXTS, *ODD]), "phone": some(chance, [GONE, 123], ODD)}
    return some(chance, [{key: item for key, item in found.items() if item is not GONE}, GONE, GONE], ODD)


def context(chance: Chance) -> Any:
    found = {
        "library": some(chance, [{"name": "analytics.js"}, {"name": "analytics-ios", "version": "1"}, GONE], ODD),
        "channel": some(chance, [GONE, "browser", "kiosk"], [*TEXTS, *ODD]),
        "device": some(chance, [GONE, GONE, {"id": "d9"}], [{"id": 7}, {"id": None}, *ODD]),
        "externalIds": some(
            chance, [GONE, GONE, [{"type": "member", "id": "m1"}]], [[{"type": "", "id": 1}], [3], *ODD]
        ),
        "groupId": some(chance, [GONE, GONE, "g1"], [*TEXTS, *ODD]),
        "traits": traits(chance),
    }
    return some(chance, [{key: item for key, item in found.items() if item is not GONE}, {}, GONE], ODD)


def message(chance: Chance) -> Any:
    chance.turn()
    ids = [*TEXTS, 7, 7.5, *ODD]
    found = {
        "type": some(chance, list(TYPES), ["", "tracks", None, 3, GONE, []]),
        "event": some(chance, ["Seen", "Bought", GONE], ids),
        "userId": some(chance, ["u1", "u2", GONE], ids),
        "anonymousId": some(chance, ["d1", "d2", GONE], ids),
        "messageId": some(chance, [f"m{chance.randrange(99)}", GONE], ids),
        "timestamp": some(chance, [*TIMES[:3], GONE], TIMES),
        "originalTimestamp": some(chance, [GONE, GONE, GONE, TIMES[1]], TIMES),
        "sentAt": some(chance, [GONE, GONE, "2026-05-01T11:00:01Z"], TIMES),
        "receivedAt": some(chance, [GONE], TIMES),
        "groupId": some(chance, [GONE, "g1", "g2"], ids),
        "previousId": some(chance, ["old", GONE], ids),
        "name": some(chance, [GONE, "Home"], [*ids, *NUMBERS]),
        "category": some(chance, [GONE, "Shop"], ids),
        "channel": some(chance, [GONE, "server", "mobile"], ids),
        "integrations": some(chance, [GONE, {}, {"All": True}], ODD),
        "batch": some(chance, [GONE], [[], 3]),
        "properties": properties(chance),
        "traits": traits(chance),
        "context": context(chance),
    }
    found = {key: item for key, item in found.items() if item is not GONE}
    return some(chance, [found], [3, None, "text", [], {}])


Request = tuple[str, bytes, datetime]


def groups(chance: Chance) -> list[list[Request]]:
    """Requests that share a transaction come within seconds; between those, sessions may end."""
    found, received = [], NOW
    for _ in range(15):
        received += timedelta(seconds=chance.choice([1, 60, 3000]))
        found.append([request(chance, received := received + timedelta(seconds=chance.random())) for _ in range(4)])
    return found


def request(chance: Chance, received: datetime) -> Request:
    kind = chance.choice([*BATCHES, "batch", "batch", *TYPES])
    body: Any = message(chance)
    if kind in BATCHES:
        body = {"batch": [message(chance) for _ in range(chance.randrange(1, 12))]}
        body["context"] = context(chance) if chance.random() < 0.1 else GONE
        body["sentAt"] = some(chance, ["2026-05-01T12:00:00Z", "2026-05-01T09:00:00+00:00", GONE], TIMES)
        body = {key: item for key, item in body.items() if item is not GONE}
    elif not isinstance(body, dict):
        body = {}
    ascii_ = chance.random() < 0.5
    text = json.dumps(body, ensure_ascii=ascii_, separators=chance.choice([(",", ":"), (", ", ": ")]))
    return kind, text.encode("utf-8", "surrogatepass"), received


def read(requests: list[list[Request]], odd: bool) -> tuple[list[Delivery], list[int], pa.Table]:
    """What is made of requests, how many messages of each are taken directly, and the records.

    Args:
        requests: group by group.
        odd: whether all messages take the long way.
    """
    clocks, all_of_them, direct, tables = Clocks(), [], [], []
    for group in requests:
        envelopes = [envelope_of(*one) for one in group]
        found = [opened(replace(one, odd=one.odd or odd), clocks, CHECKS) for one in envelopes]
        direct += [len(one.plain) for one in found]
        tables.append(records_of(found))
        all_of_them += found
    return all_of_them, direct, pa.concat_tables(tables)


def rows_of(records: pa.Table, given: set[str]) -> list[dict[str, Any]]:
    rows = records.to_pylist()
    for row in rows:  # an id that was not given is made, each time another
        row["message_id"] = row["message_id"] if row["message_id"] in given else "made"
    return sorted(rows, key=repr)


def refused_of(deliveries: list[Delivery]) -> list[Any]:
    found = [(n, one.index, one.field, one.reason) for n, each in enumerate(deliveries) for one in each.refused]
    return sorted(found, key=repr)


@pytest.mark.parametrize("seed", range(12))
def test_both_ways_give_the_same(seed: int) -> None:
    requests = groups(Chance(seed))
    direct, taken, records = read(requests, odd=False)
    mapped, none, expected = read(requests, odd=True)
    assert sum(taken) > sum(one.size for one in direct) / 8
    assert not any(none)
    text = b"\n".join(body for group in requests for _, body, _ in group).decode("utf-8", "replace")
    given = {name for table in (records, expected) for name in table["message_id"].to_pylist()
             if json.dumps(name)[1:-1] in text or name in text}  # fmt: skip
    assert rows_of(records, given) == rows_of(expected, given)
    assert refused_of(direct) == refused_of(mapped)
    assert [one.judge.found for one in direct] == [one.judge.found for one in mapped]
    assert any(one.judge.found for one in direct)
    assert [one.accepted for one in direct] == [one.accepted for one in mapped]
    assert records.schema == expected.schema


def test_what_libraries_send_is_taken_directly() -> None:
    """Two messages as Segment's libraries for browsers and for Python write them, against a record written by hand."""
    browser = {
        "timestamp": "2026-05-01T11:59:58.500Z", "integrations": {}, "type": "page", "name": "Home",
        "properties": {"path": "/", "referrer": "", "search": "", "title": "旅图", "url": "https://x.example/"},
        "context": {"page": {"path": "/"}, "userAgent": "Mozilla", "locale": "zh-CN",
                    "library": {"name": "analytics.js", "version": "npm:next-1.81.0"}},
        "anonymousId": "a1", "userId": None, "messageId": "ajs-next-1",
    }  # fmt: skip
    python = {
        "integrations": {}, "anonymousId": None, "properties": {"revenue": 39.95, "currency": "EUR"}, "type": "track",
        "timestamp": "2026-05-01T11:59:59.123456+00:00", "userId": "ann", "event": "Order Completed", "messageId": "p1",
        "context": {"library": {"name": "analytics-python", "version": "2.3"}},
    }  # fmt: skip
    body = json.dumps({"batch": [browser, python], "sentAt": "2026-05-01T12:00:00+00:00"}).encode()
    sent = opened(envelope_of("batch", body, NOW), Clocks(), {})
    assert list(sent.plain) == [0, 1]
    page, order = records_of([sent]).to_pylist()
    assert (page["event"], page["channel"], page["anonymous_id"], page["user_id"]) == ("Page Viewed", "web", "a1", None)
    assert page["time"] == datetime(2026, 5, 1, 11, 59, 58, 500000, tzinfo=UTC)
    assert json.loads(page["properties"]) == browser["properties"] | {"name": "Home", "context": browser["context"]}
    assert (order["event"], order["channel"], order["user_id"]) == ("Order Completed", None, "ann")
    assert (order["value"], order["currency"], order["received_at"]) == (39.95, "EUR", NOW)
    assert order["sequence"] == page["sequence"] + 1


def test_an_answer_is_told_by_its_scale() -> None:
    """A score with a scale, a comment, and what looks like either: against fields written by hand."""
    said: list[dict[str, Any]] = [
        {"score": 9, "scale": "nps", "text": "快", "language": "zh", "weight": 2.5, "order": 17},
        {"scale": "text", "text": "Fast", "language": "en"},
        {"text": "Buy now", "language": "en"},
        {"scale": 2.5, "score": 7},
        {"scale": "map", "zoom": 3},
        {"score": 11, "scale": "nps"},
    ]
    messages = [
        {"type": "track", "event": "Told", "userId": "ann", "messageId": f"m{n}", "properties": one}
        for n, one in enumerate(said)
    ]
    messages.append({"type": "page", "userId": "ann", "messageId": "m9", "properties": said[0]})
    sent = opened(envelope_of("batch", json.dumps({"batch": messages}).encode(), NOW), Clocks(), {})
    rows = {row["message_id"]: row for row in records_of([sent]).to_pylist()}
    told = {
        id: tuple(row[name] for name in ("score", "scale", "text", "language", "weight")) for id, row in rows.items()
    }
    nothing = (None,) * 5
    assert told == {
        "m0": (9.0, "nps", "快", "zh", 2.5), "m1": (None, None, "Fast", "en", None), "m2": nothing, "m3": nothing,
        "m4": nothing, "m9": nothing,
    }  # fmt: skip
    assert all(json.loads(rows[f"m{n}"]["properties"]) == said[n] for n in range(5)), "nothing is lost"
    assert [(one.index, one.field) for one in sent.refused] == [(5, "properties.score")]
