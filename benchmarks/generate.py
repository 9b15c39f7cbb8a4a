"""Makes the events that are measured: seeded, and with the ugly parts of life in them.

The shape of one population (10 M events, or 1 M; 100 M is ten populations in successive periods of 200 days,
so memory stays that of one):

* 413 k people per 10 M events, log-normally many events each (mean 21.8), and one person alone with 1 M of
  them (100 k in the 1 M file). Events come in sessions: seconds inside one, days between.
* 30 event names. Ranks 1 to 22 follow Zipf's law (17 % … 1.4 % of events), the last eight are rare
  (0.4 % … 0.06 %). A third of the events continue the one before (the next name in its block of four), so
  funnels have somebody in their last step.
* Eight channels, four sources, ``value`` on orders and payments (5 %).
* Identity: 12 % of people never sign in, 8 % are known by ``user_id`` only, the others browse anonymously, sign
  in, and browse signed out now and then. 15 % have a second device, 5 % of devices are shared by two people.
  An anonymous event belongs to the person last signed in on its device, else to the next one to sign in there,
  else to the device alone.
* 300 properties, as JSON text: ``plan`` (10 values) and ``city`` (1,000, Zipf), both constant per customer so that
  every rule for "which event's value" gives one answer; ``device_type`` (3 values, missing where there is no device);
  ``amount`` of mixed type (a number, the text of a number, or "n/a") on 40 % of events; ``request_id``, a UUID,
  on 25 %; and 295 sparse ones of which each event has two.
* Rows come in order of arrival; 5 % arrive late, by six hours on average.
* No two events of one customer share an instant: peers break ties in different ways, so counts could not be compared.

Two files per size: ``events-SIZE.parquet`` is what a person would have (strings, JSON), and
``codes-SIZE.parquet`` the same events resolved, dictionary-encoded and sorted by (customer, time), from which
each peer loads its best layout without being timed.
"""

from __future__ import annotations

import json
import time as clock
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

DATA = Path(__file__).parent / "data"
BPI = Path(__file__).parents[2] / "shared" / "data" / "eventlogs" / "bpic2017_application_full.parquet"
SIZES = {"1M": 1_000_000, "10M": 10_000_000, "100M": 100_000_000}
VERSION = 4

SECOND = 1_000_000
DAY = 86_400 * SECOND
SPAN = 200 * DAY
START = 1_735_689_600 * SECOND  # 2025-01-01
CHUNK = 1_000_000
POPULATION = 10_000_000
MISSING = 255

EVENTS = [
    "Page Viewed",
    "Product Viewed",
    "Product Added",
    "Checkout Started",
    "Search Performed",
    "Product List Viewed",
    "Cart Viewed",
    "Order Completed",
    "Promotion Viewed",
    "Product Clicked",
    "Payment Info Entered",
    "Product Removed",
    "Product Shared",
    "Coupon Entered",
    "Coupon Applied",
    "Wishlist Product Added",
    "Store Visited",
    "Hotline Called",
    "Email Opened",
    "Email Link Clicked",
    "Push Opened",
    "Payment Completed",
    "Review Posted",
    "Return Requested",
    "Return Received",
    "Order Refunded",
    "Chat Started",
    "Complaint Filed",
    "Complaint Answered",
    "Complaint Closed",
]
CHANNELS = ["web", "app", "mini_program", "wechat", "email", "hotline", "store", "social"]
SOURCES = ["site", "app", "crm", "shop"]
PLANS = ["free", "trial", "basic", "starter", "plus", "pro", "team", "business", "enterprise", "partner"]
CITIES = [
    f"{name}-{i:03d}"
    for i in range(100)
    for name in (
        ["Hangzhou", "Shanghai", "Beijing", "Shenzhen", "Chengdu", "Nanjing", "Wuhan", "Qingdao", "Suzhou", "Xiamen"]
    )
]
DEVICES = ("mobile", "desktop", "tablet")
SPARSE = 295
PROPERTIES = 5 + SPARSE


def shares() -> np.ndarray:
    """The share of each event name."""
    rare = np.geomspace(0.005, 0.0005, 8)
    common = 1 / (np.arange(22) + 1.5)
    return np.concatenate([common / common.sum() * (1 - rare.sum()), rare])


@dataclass
class Population:
    """The core of the events, sorted by (customer, time) of the resolved customer."""

    customer: np.ndarray  # int32, dense
    time: np.ndarray  # int64, µs
    event: np.ndarray  # uint8
    person: np.ndarray  # int32, who did it, known or not
    signed: np.ndarray  # bool: the row carries user_id
    device: np.ndarray  # int32, -1 for none
    channel: np.ndarray  # uint8

    @property
    def customers(self) -> int:
        return int(self.customer[-1]) + 1


def sizes(rng: np.random.Generator, events: int, big: int) -> np.ndarray:
    """How many events each person has; person 0 has ``big``."""
    people = round((events - big) / 21.8)
    raw = rng.lognormal(0, 1.1, people)
    counts = np.maximum(1, np.minimum(raw / raw.mean() * 21.8, 4_000).astype(np.int64))
    short = events - big - counts.sum()
    where = rng.integers(0, people, abs(int(short)) * 2)
    if short < 0:
        where = np.unique(where[counts[where] > 1])
    counts += np.bincount(where[: abs(int(short))], minlength=people) * np.sign(short)
    counts[np.argmax(counts)] += events - big - counts.sum()
    return np.concatenate([[big], counts])


def lines(rng: np.random.Generator, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Person, time within the span and session number of every event, sorted by (person, time)."""
    n, people = int(counts.sum()), len(counts)
    person = np.repeat(np.arange(people, dtype=np.int32), counts)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    fresh = rng.random(n, dtype=np.float32) < 0.2
    fresh[first] = True
    between = np.minimum(3 * DAY, 40 * DAY / np.maximum(1, counts * 0.2))
    gap = (rng.standard_exponential(n, dtype=np.float32) * np.where(fresh, between[person], 40 * SECOND)).astype(
        np.int64
    )
    gap[first] = rng.integers(0, 120 * DAY, people)
    gap[0] = 0
    total = np.cumsum(gap)
    total -= np.repeat(total[first] - gap[first], counts)
    total[: counts[0]] = rng.integers(0, SPAN, counts[0])
    total %= SPAN
    session = np.cumsum(fresh, dtype=np.int32)
    order = by(person, total)
    return person, total[order], session[order]


def by(group: np.ndarray, time: np.ndarray) -> np.ndarray:
    """The order of (group, time), for times within one span."""
    return np.argsort(group.astype(np.int64) * SPAN + time, kind="stable")


def names(rng: np.random.Generator, n: int) -> np.ndarray:
    """Event codes: drawn by share, a third of them continuing the event before."""
    edges = np.cumsum(shares())[:-1]
    event = np.searchsorted(edges, rng.random(n), side="right").astype(np.uint8)
    codes = np.arange(len(EVENTS))
    block = np.where(codes < 22, codes // 4 * 4, 22 + (codes - 22) // 4 * 4)
    size = np.where(block == 20, 2, 4)
    following = (block + (codes - block + 1) % size).astype(np.uint8)
    goes_on = np.flatnonzero(rng.random(n, dtype=np.float32) < 0.33)
    goes_on = goes_on[goes_on > 0]
    for _ in range(3):
        event[goes_on] = following[event[goes_on - 1]]
    return event


def devices(
    rng: np.random.Generator, person: np.ndarray, session: np.ndarray, people: int
) -> tuple[np.ndarray, np.ndarray]:
    """Device (−1: none) and whether the row carries ``user_id``, for every event."""
    kind = np.searchsorted([0.12, 0.20], rng.random(people))  # 0 never signs in, 1 user_id only, 2 both
    kind[0] = 2
    second = np.full(people, -1, dtype=np.int64)
    own = np.flatnonzero(rng.random(people) < 0.15)
    second[own] = people + np.arange(len(own))
    shared = rng.permutation(np.flatnonzero(kind == 2)[1:])[: 2 * int(0.08 * people)].reshape(2, -1)
    second[shared[1]] = shared[0]  # the guest's second device is the owner's first
    sessions = int(session.max()) + 1
    on_second = (rng.random(sessions) < 0.3)[session] & (second[person] >= 0)
    device = np.where(on_second, second[person], person)
    device[kind[person] == 1] = -1
    counts = np.bincount(person, minlength=people)
    rank = np.arange(len(person)) - np.repeat(np.cumsum(counts) - counts, counts)
    start = (rng.random(people) ** 2 * 0.5 * counts).astype(np.int64)
    signed = (rank >= start[person]) & (rng.random(sessions) < 0.85)[session]
    signed[person == 0] = True
    signed[kind[person] == 0] = False
    signed[kind[person] == 1] = True
    return device.astype(np.int32), signed


def owners(person: np.ndarray, time: np.ndarray, device: np.ndarray, signed: np.ndarray) -> np.ndarray:
    """Whose each event is: the signed-in person's, else the device's last one's, or next one's, or its own."""
    owner = person.astype(np.int64)
    on = np.flatnonzero(device >= 0)
    on = on[by(device[on], time[on])]
    n, place = len(on), np.arange(len(on))
    known, machine = signed[on], device[on]
    last = np.maximum.accumulate(np.where(known, place, -1))
    coming = np.minimum.accumulate(np.where(known, place, n)[::-1])[::-1]
    from_last = (last >= 0) & (machine[last] == machine)
    from_next = (coming < n) & (machine[np.minimum(coming, n - 1)] == machine)
    alone = int(person.max()) + 1 + machine.astype(np.int64)
    found = np.where(from_next, person[on][np.minimum(coming, n - 1)], alone)
    owner[on] = np.where(from_last, person[on][last], found)
    return owner


def distinct_times(customer: np.ndarray, time: np.ndarray) -> np.ndarray:
    """Times moved on by microseconds until no customer has two events at one instant."""
    while len(ties := np.flatnonzero((time[1:] <= time[:-1]) & (customer[1:] == customer[:-1]))):
        time[ties + 1] = time[ties] + 1
    return time


def population(seed: int, events: int, big: int) -> Population:
    """The core of one population."""
    rng = np.random.default_rng(seed)
    counts = sizes(rng, events, big)
    person, time, session = lines(rng, counts)
    device, signed = devices(rng, person, session, len(counts))
    owner = owners(person, time, device, signed)
    used = np.bincount(owner) > 0
    customer = (np.cumsum(used) - 1)[owner].astype(np.int32)
    order = by(customer, time)
    customer, time = customer[order], distinct_times(customer[order], time[order])
    channel = rng.choice(8, int(session.max()) + 1, p=np.array([30, 25, 15, 10, 8, 2, 6, 4]) / 100).astype(np.uint8)
    return Population(
        customer, time, names(rng, events), person[order], signed[order], device[order], channel[session][order]
    )


def mix(values: np.ndarray, salt: int) -> np.ndarray:
    """A well-spread 64-bit hash of integers (splitmix64)."""
    with np.errstate(over="ignore"):
        z = values.astype(np.uint64) + np.uint64(salt) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


_HEX = np.array([list(f"{i:02x}".encode()) for i in range(256)], dtype=np.uint8)


def hexes(raw: np.ndarray) -> np.ndarray:
    """Rows of bytes as rows of hexadecimal letters."""
    return _HEX[raw].reshape(len(raw), -1)


def uuids(raw: np.ndarray) -> np.ndarray:
    """Rows of 16 bytes as the 36 letters of a UUID."""
    letters, out = hexes(raw), np.full((len(raw), 36), ord("-"), dtype=np.uint8)
    for to, since, until in ((0, 0, 8), (9, 8, 12), (14, 12, 16), (19, 16, 20), (24, 20, 32)):
        out[:, to : to + until - since] = letters[:, since:until]
    return out


def strings(letters: np.ndarray, valid: np.ndarray | None = None, *, absent: str | None = None) -> pa.Array:
    """Rows of letters as a string array; rows that are not valid are null, or empty with ``absent=""``."""
    n, width = letters.shape
    valid = np.ones(n, dtype=bool) if valid is None else valid
    offsets = np.concatenate([[0], np.cumsum(valid * width)]).astype(np.int32)
    mask = None if absent == "" else pa.py_buffer(np.packbits(valid, bitorder="little"))
    data = letters if valid.all() else letters[valid]
    return pa.Array.from_buffers(
        pa.string(), n, [mask, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(data))]
    )


def prefixed(text: str, letters: np.ndarray, suffix: str = "") -> np.ndarray:
    """Rows of letters with the same text before and after each."""
    n = len(letters)
    return np.hstack(
        [np.tile(np.frombuffer(t.encode(), np.uint8), (n, 1)) if t else np.empty((n, 0), np.uint8) for t in (text,)]
        + [letters]
        + ([np.tile(np.frombuffer(suffix.encode(), np.uint8), (n, 1))] if suffix else [])
    )


def plan_of(customer: np.ndarray) -> np.ndarray:
    """The plan's code of each customer; the first plans have more customers."""
    share = np.cumsum(1 / (np.arange(10) + 2))
    return np.searchsorted(share[:-1] / share[-1], mix(customer, 1) / 2.0**64).astype(np.uint8)


def city_of(customer: np.ndarray) -> np.ndarray:
    """The city's code of each customer, Zipf."""
    share = np.cumsum(1 / (np.arange(1000) + 5))
    return np.searchsorted(share[:-1] / share[-1], mix(customer, 2) / 2.0**64).astype(np.uint16)


def device_type_of(device: np.ndarray) -> np.ndarray:
    """The type's code of each device, ``MISSING`` without one."""
    code = np.searchsorted([0.65, 0.93], mix(device, 3) / 2.0**64).astype(np.uint8)
    return np.where(device < 0, np.uint8(MISSING), code)


def _fragments() -> dict[str, pa.Array]:
    """The pieces from which a row's JSON is joined."""
    cities = [f'{{"plan":"{p}","city":"{c}"' for p in PLANS for c in CITIES]
    kinds = [f',"device_type":"{d}"' for d in DEVICES] + [""]
    sparse = []
    for i in range(SPARSE):
        forms = ("{}", '"v{}"', "0.{}5", '"option {}"') if i % 5 else ("true", "false")
        sparse += [f',"attr_{i:03d}":' + forms[v % len(forms) if not i % 5 else i % 4].format(v) for v in range(8)]
    amounts = [f',"amount":{v / 4}' for v in range(1000)] + [f',"amount":"{v / 4}"' for v in range(214)]
    amounts += [',"amount":"n/a"'] * 214
    return {
        name: pa.array(v)
        for name, v in (("cities", cities), ("kinds", kinds), ("sparse", sparse), ("amounts", [*amounts, ""]))
    }


def properties(
    rng: np.random.Generator, fragments: dict[str, pa.Array], customer: np.ndarray, device: np.ndarray
) -> pa.Array:
    """The JSON text of each row."""
    n = len(customer)
    home = plan_of(customer).astype(np.int32) * 1000 + city_of(customer)
    kind = np.minimum(device_type_of(device), 3)
    one = (rng.random(n) ** 2 * SPARSE).astype(np.int32)
    two = (one + 1 + rng.integers(0, SPARSE - 1, n, dtype=np.int32)) % SPARSE
    value = rng.integers(0, 8, (2, n), dtype=np.int32)
    last = len(fragments["amounts"]) - 1
    amount = np.where(rng.random(n, dtype=np.float32) < 0.4, rng.integers(0, last, n, dtype=np.int32), last)
    request = prefixed(',"request_id":"', uuids(rng.integers(0, 256, (n, 16), dtype=np.uint8)), '"')
    return pc.binary_join_element_wise(
        fragments["cities"].take(pa.array(home)),
        fragments["kinds"].take(pa.array(kind)),
        fragments["sparse"].take(pa.array(one * 8 + value[0])),
        fragments["sparse"].take(pa.array(two * 8 + value[1])),
        fragments["amounts"].take(pa.array(amount.astype(np.int32))),
        strings(request, rng.random(n, dtype=np.float32) < 0.25, absent=""),
        pa.scalar("}"),
        "",
    )


def rows(seed: int, core: Population, number: int) -> Iterator[pa.Table]:
    """The events as a person would have them, in order of arrival, a chunk at a time."""
    rng = np.random.default_rng((seed, 1))
    n = len(core.time)
    late = (rng.random(n, dtype=np.float32) < 0.05) * (
        rng.standard_exponential(n, dtype=np.float32) * (6 * 3600 * SECOND)
    )
    arrival = np.argsort(core.time + late.astype(np.int64), kind="stable").astype(np.int32)
    fragments, salt = _fragments(), 100 * number
    dictionary = {
        name: pa.array(values) for name, values in (("event", EVENTS), ("channel", CHANNELS), ("source", SOURCES))
    }
    for since in range(0, n, CHUNK):
        at = arrival[since : since + CHUNK]
        event, channel, device = core.event[at], core.channel[at], core.device[at]
        paid = np.isin(event, (EVENTS.index("Order Completed"), EVENTS.index("Payment Completed")))
        ids = np.stack([mix(device, 4 + salt), mix(device, 5 + salt)], axis=1).view(np.uint8).reshape(-1, 16)
        users = hexes(mix(core.person[at], 6 + salt).view(np.uint8).reshape(-1, 8))
        yield pa.table(
            {
                "message_id": strings(uuids(rng.integers(0, 256, (len(at), 16), dtype=np.uint8))),
                "user_id": strings(prefixed("cus_", users), core.signed[at]),
                "anonymous_id": strings(uuids(ids), device >= 0),
                "time": pa.array(core.time[at] + START + number * SPAN).cast(pa.timestamp("us", "UTC")),
                "event": pa.DictionaryArray.from_arrays(event, dictionary["event"]).cast(pa.string()),
                "channel": pa.DictionaryArray.from_arrays(channel, dictionary["channel"]).cast(pa.string()),
                "source": pa.DictionaryArray.from_arrays(channel // 2, dictionary["source"]).cast(pa.string()),
                "value": pa.array(np.round(rng.lognormal(4, 1, len(at)), 2), mask=~paid),
                "properties": properties(rng, fragments, core.customer[at], device),
            }
        )


def codes(core: Population, number: int, offset: int) -> pa.Table:
    """The events resolved, encoded and sorted by (customer, time): what the peers load."""
    return pa.table(
        {
            "customer": core.customer + np.int32(offset),
            "time": core.time + START + number * SPAN,
            "event": core.event,
            "channel": core.channel,
            "plan": plan_of(core.customer),
            "city": city_of(core.customer),
            "device_type": device_type_of(core.device),
        }
    )


def paths(size: str) -> tuple[Path, Path, Path]:
    """Where the events, the codes and the description of a size are kept."""
    return DATA / f"events-{size}.parquet", DATA / f"codes-{size}.parquet", DATA / f"meta-{size}.json"


def generate(size: str, seed: int = 20250101) -> dict[str, object]:
    """Makes the files of a size, unless they are there, and returns their description."""
    events, encoded, description = paths(size)
    if description.exists() and (known := json.loads(description.read_text()))["version"] == VERSION:
        return known
    DATA.mkdir(exist_ok=True)
    began, n = clock.perf_counter(), SIZES[size]
    parts = max(1, n // POPULATION)
    per = n // parts
    writers: dict[Path, pq.ParquetWriter] = {}
    offset = 0
    with ThreadPoolExecutor(1) as writing:
        for number in range(parts):
            core = population(seed + number, per, min(per // 10, 1_000_000) if number == 0 else 4_000)
            tables = [(encoded, codes(core, number, offset))]
            offset += core.customers
            pending = [writing.submit(_write, writers, path, table) for path, table in tables]
            for chunk in rows(seed + number, core, number):
                pending[-1].result()
                pending.append(writing.submit(_write, writers, events, chunk))
            pending[-1].result()
    for writer in writers.values():
        writer.close()
    known = {
        "version": VERSION, "size": size, "events": n, "customers": offset, "properties": PROPERTIES, "seed": seed,
        "seconds": round(clock.perf_counter() - began, 1), "bytes": events.stat().st_size,
    }  # fmt: skip
    description.write_text(json.dumps(known))
    return known


def _write(writers: dict[Path, pq.ParquetWriter], path: Path, table: pa.Table) -> None:
    """Appends a table to its file."""
    if path not in writers:
        plain = ["message_id", "properties", "time", "customer", "value"]
        coded = [name for name in table.column_names if name not in plain]
        writers[path] = pq.ParquetWriter(
            path, table.schema, compression="zstd", compression_level=1, use_dictionary=coded
        )
    writers[path].write_table(table, row_group_size=CHUNK)
