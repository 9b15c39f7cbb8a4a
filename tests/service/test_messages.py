"""Requests become messages, clocks are set right, and times far ahead are set aside: without a server."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lvtu.errors import BadInput
from lvtu.service.arrivals.clocks import Clocks
from lvtu.service.arrivals.limits import BATCH_BYTES, MESSAGE_BYTES, body_of
from lvtu.service.arrivals.messages import records_of
from lvtu.service.problems import TooLarge
from service.running import delivery, track

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def times(
    clocks: Clocks, received: datetime, sent: datetime | None, *messages: dict[str, Any], kind: str = "batch"
) -> Any:
    """The times of the records of one request, in its order."""
    body = {"batch": list(messages)} | ({"sentAt": sent.isoformat()} if sent else {})
    found = delivery(kind, json.dumps(body).encode(), received, clocks)
    records = records_of([found])
    assert not found.refused, found.refused
    return records["time"].to_pylist()


def at(moment: datetime, device: str = "d1", **more: Any) -> dict[str, Any]:
    return {"type": "track", "event": "Seen", "anonymousId": device, "timestamp": moment.isoformat(), **more}


@pytest.mark.parametrize(
    ("off", "expected"),
    [(HOUR, HOUR), (-HOUR, -HOUR), (60 * SECOND, 60 * SECOND), (59 * SECOND, 0 * SECOND), (-59 * SECOND, 0 * SECOND)],
)
def test_a_wrong_clock_is_set_right_from_a_minute_on(off: timedelta, expected: timedelta) -> None:
    said = NOW - off - 10 * MINUTE
    assert times(Clocks(), NOW, NOW - off, at(said)) == [said + expected]


def test_one_session_has_one_offset_so_nothing_is_reordered() -> None:
    chance = random.Random(7)
    for _ in range(50):
        clocks, off = Clocks(), chance.choice([-3, 2, 400]) * HOUR
        happened, seen, received = NOW, [], NOW
        for _ in range(20):
            said = []
            for _ in range(chance.randrange(1, 5)):
                happened += chance.random() * SECOND
                said.append(happened - off)
            received = max(received, happened) + chance.random() * 90 * SECOND  # the way takes long, and not alike
            sent = happened - off
            seen += times(clocks, received, sent, *map(at, said))
            happened = max(happened, received - 80 * SECOND)
        assert seen == sorted(seen)


def test_devices_and_sessions_are_told_apart() -> None:
    clocks = Clocks()
    assert times(clocks, NOW, NOW - HOUR, at(NOW - HOUR)) == [NOW]
    assert times(clocks, NOW, NOW, at(NOW, "d2")) == [NOW]
    assert times(clocks, NOW + MINUTE, NOW + MINUTE, at(NOW)) == [NOW + HOUR]  # as the session began
    later = NOW + MINUTE + 31 * MINUTE
    assert times(clocks, later, later, at(later)) == [later]  # set right meanwhile


def test_what_is_not_the_devices_time_stays() -> None:
    said = NOW - 3 * HOUR
    assert times(Clocks(), NOW, None, at(said)) == [said]
    assert times(Clocks(), NOW, NOW - HOUR, at(said), kind="import") == [said]
    assert times(Clocks(), NOW, NOW - HOUR, at(said, originalTimestamp="2020-01-01")) == [said]
    assert times(Clocks(), NOW, NOW - HOUR, {"type": "track", "event": "x", "userId": "u"}) == [NOW]
    nobody_can_shift = at(datetime.max.replace(tzinfo=UTC))
    found = delivery("track", json.dumps(nobody_can_shift | {"sentAt": "0001-01-01T00:00:00Z"}).encode(), NOW, Clocks())
    assert records_of([found]).num_rows == 0
    assert [one.field for one in found.refused] == ["timestamp"]


@pytest.mark.parametrize(("ahead", "accepted"), [(24 * HOUR, 1), (24 * HOUR + SECOND, 0)])
def test_the_far_future_is_set_aside(ahead: timedelta, accepted: int) -> None:
    found = delivery("track", json.dumps(at(NOW + ahead)).encode(), NOW, Clocks())
    assert records_of([found]).num_rows == accepted == found.accepted
    assert [(one.field, one.reason.code) for one in found.refused] == [("timestamp", "future")] * (1 - accepted)


def test_when_it_came_is_ours_to_say() -> None:
    message = at(NOW, receivedAt="2001-01-01T00:00:00Z", batch=[at(NOW), at(NOW)])
    found = delivery("batch", json.dumps({"batch": [message], "receivedAt": "2001-01-01"}).encode(), NOW, Clocks())
    assert records_of([found])["received_at"].to_pylist() == [NOW]


def test_messages_of_one_time_keep_their_order() -> None:
    """Libraries tell the time to a millisecond: within it the order of the batch is the order of what happened."""
    batch = [at(NOW, messageId=name) for name in "dbca"]
    first, later = (
        delivery("batch", json.dumps({"batch": part}).encode(), NOW + after, Clocks())
        for part, after in ((batch[:3], SECOND), (batch[3:], 2 * SECOND))
    )
    rows = records_of([later, first]).to_pylist()
    assert [row["message_id"] for row in sorted(rows, key=lambda row: (row["time"], row["sequence"]))] == list("dbca")


def test_a_batch_shares_its_context() -> None:
    own = at(NOW, context={"locale": "zh"})
    body = {"batch": [at(NOW), own], "context": {"locale": "en", "channel": "kiosk"}}
    records = records_of([delivery("batch", json.dumps(body).encode(), NOW, Clocks())])
    assert records["channel"].to_pylist() == ["kiosk", "kiosk"]
    assert [json.loads(text)["context"]["locale"] for text in records["properties"].to_pylist()] == ["en", "zh"]


def test_several_requests_in_one_table() -> None:
    sent = [
        delivery("batch", json.dumps({"batch": [track(n, timestamp=time) for n, time in enumerate(times)]}).encode(),
                 NOW, Clocks())
        for times in (["2026-01-01"] * 3, ["never"] * 3, ["2026-01-02", "2030-01-01", "2026-01-02"])
    ]  # fmt: skip
    records = records_of(sent)
    assert records["message_id"].to_pylist() == ["m0", "m1", "m2", "m0", "m2"]
    assert [one.accepted for one in sent] == [3, 0, 2]
    assert [[row.index for row in one.refused] for one in sent] == [[], [0, 1, 2], [1]]


def test_a_message_of_the_largest_size() -> None:
    message = at(NOW, pad="")
    for more, fits in ((0, True), (1, False)):
        size = MESSAGE_BYTES - len(json.dumps(message).encode()) + more
        body = json.dumps(message | {"pad": "x" * size}).encode()
        batch = b'{"batch": [' + body + b"]}"
        assert delivery("batch", batch, NOW, Clocks()).accepted == fits
        if not fits:
            with pytest.raises(TooLarge):
                delivery("track", body, NOW, Clocks())


def read(body: bytes, encoding: str = "", step: int = 1000) -> bytes:
    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), step):
            yield body[start : start + step]

    return asyncio.run(body_of(chunks(), encoding))


def test_a_body_of_the_largest_size() -> None:
    whole = random.Random(1).randbytes(BATCH_BYTES)
    assert read(whole) == read(gzip.compress(whole[:-100_000]), "GZIP") + whole[-100_000:] == whole
    assert read(gzip.compress(b"x" * BATCH_BYTES), "gzip") == b"x" * BATCH_BYTES
    for body, encoding in ((whole + b"x", ""), (gzip.compress(b"x" * (BATCH_BYTES + 1)), "gzip")):
        with pytest.raises(TooLarge):
            read(body, encoding)


def test_a_packed_body_that_breaks_off() -> None:
    for size in (0, 5, 100, 1000):
        with pytest.raises(BadInput):
            read(gzip.compress(random.Random(2).randbytes(2000))[:size], "gzip")


def test_false_is_no_zero() -> None:
    """A channel is called what the message says, whatever another said before it."""
    body = {"batch": [track(n, context={"channel": said}) for n, said in enumerate((False, 0, 1.0, True, 1))]}
    found = records_of([delivery("batch", json.dumps(body).encode(), NOW, Clocks())])
    assert found["channel"].to_pylist() == ["False", "0", "1.0", "True", "1"]
