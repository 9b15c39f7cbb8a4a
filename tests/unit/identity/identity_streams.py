"""Random streams of events and edges, and the arrays that the store would make of them."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from lvtu.identity import Aliases, Edge, Edges, Identifier, Ids, Links, Observations, reduce_sign_ins

USERS = [f"u{n}" for n in range(6)]
DEVICES = [f"d{n}" for n in range(6)] + ["u1"]  # one text is both kinds
PREVIOUS = ["u0", "u1", "u2", "d0", "d1", "d2", "never"]
VALUES = ["x", "y", "z"]


def hasher(values):
    digests = [blake2b(v.encode(), digest_size=16).digest() for v in values]
    words = np.frombuffer(b"".join(digests), np.uint64).reshape(-1, 2)
    return words[:, 0].copy(), words[:, 1].copy()


class Rows(dict):
    """Numbers given in order of appearance, with the earliest time of each."""

    def __init__(self):
        self.first = []

    def row(self, value, time):
        if value is None:
            return -1
        if value not in self:
            self[value] = len(self)
            self.first.append(time)
        self.first[self[value]] = min(self.first[self[value]], time)
        return self[value]

    def ids(self, texts=True):
        hi, lo = hasher(self)
        return Ids(hi, lo, np.array(self.first, np.int64), pa.array(list(self), pa.string()) if texts else None)


class Stream:
    """A growing stream: ``add`` events, ``observations`` of all so far."""

    def __init__(self, events=()):
        self.users, self.devices = Rows(), Rows()
        self.columns, self.aliases, self.links, self.events = [], {}, {}, []
        self.add(events)

    def add(self, events):
        for event in events:
            time = event["time"]
            user = self.users.row(event.get("user_id"), time)
            device = self.devices.row(event.get("anonymous_id"), time)
            self.columns.append((device, user, time))
            self.events.append(event)
            for kind, value in (event.get("identifiers") or {}).items():
                if kind != "previous_id":
                    _earliest(self.links, (kind, value, user, device), time)
                elif event.get("event") == "alias" and user >= 0:
                    _earliest(self.aliases, (user, value), time)
        return self

    def arrays(self):
        columns = np.array(self.columns, np.int64).reshape(-1, 3).T
        return columns[0].astype(np.int32), columns[1].astype(np.int32), columns[2].copy()

    def observations(self, texts=True):
        device, user, time = self.arrays()
        kinds = sorted({kind for kind, *_ in self.links})
        told, seen = list(self.aliases), list(self.links)
        return Observations(
            self.users.ids(texts),
            self.devices.ids(texts),
            reduce_sign_ins(device, user, time, len(self.devices)),
            Aliases(_ints(u for u, _ in told), *hasher([v for _, v in told]), _longs(self.aliases.values())),
            Links(
                tuple(kinds),
                _ints(kinds.index(kind) for kind, *_ in seen),
                *hasher([value for _, value, *_ in seen]),
                _ints(user for *_, user, _ in seen),
                _ints(device for *_, device in seen),
                _longs(self.links.values()),
                pa.array([value for _, value, *_ in seen], pa.string()),
            ),
        )

    def owners(self, resolution):
        """The customer of each event, as (kind, text)."""
        device, user, time = self.arrays()
        return [resolution.name(int(c)) for c in resolution.owners(user, device, time)]


def _earliest(table, key, time):
    table[key] = min(table.get(key, time), time)


def _ints(values):
    return np.array(list(values), np.int32)


def _longs(values):
    return np.array(list(values), np.int64)


def columns(edges):
    return Edges.of(edges, hasher)


def naive(edges):
    """Edges as the plain-Python twin takes them."""
    return [(tuple(e.left), tuple(e.right), e.time, e.ground, e.retracted_at) for e in edges]


TIMES = st.integers(0, 12)
NOTHING = st.none()


def _event(number):
    """One event out of one drawn number: ten times faster than a draw for each of its fields."""

    def one_of(choices):
        nonlocal number
        number, at = divmod(number, len(choices))
        return choices[at]

    user = one_of([None, *USERS])
    device = one_of([*DEVICES, None] if user else DEVICES)
    kind = one_of([None, "email", "phone"])
    ids = {kind: one_of(VALUES)} if kind else {}
    alias = one_of([False] * 4 + [True])
    ids |= {"previous_id": one_of(PREVIOUS)} if alias else {}
    time = number % 13
    return {
        "time": time,
        "user_id": user,
        "anonymous_id": device,
        "event": "alias" if alias else "seen",
        "identifiers": ids,
    }


_one_event = st.integers(0, 7 * 8 * 3 * 3 * 5 * 7 * 13).map(_event)
events = st.one_of(st.lists(_one_event, max_size=6), st.lists(_one_event, min_size=8, max_size=30))
rules = st.sampled_from([(), ("email",), ("email", "phone")])

_user = st.tuples(st.just("user_id"), st.sampled_from([*USERS, "unseen"]))
_device = st.tuples(st.just("anonymous_id"), st.sampled_from([*DEVICES, "unseen"]))
_value = st.tuples(st.sampled_from(["email", "phone"]), st.sampled_from(VALUES))
_ends = {
    "join": (st.one_of(_user, _device, _value), st.one_of(_user, _device, _value)),
    "review": (_user, st.one_of(_user, _device)),
    "alias": (_user, st.one_of(_user, _device)),
    "rule": (_value, st.one_of(_user, _device)),
    "sign_in": (_user, _device),
    "proposed": (_user, _user),
}


@st.composite
def edge(draw):
    source = draw(st.sampled_from(list(_ends)))
    left, right = draw(_ends[source][0]), draw(_ends[source][1])
    if left == right:
        right = ("user_id", "other")
    time = draw(TIMES)
    gone = draw(st.one_of(NOTHING, st.integers(time, 14)))
    return Edge(Identifier(*left), Identifier(*right), time, source, gone)


edges = st.lists(edge(), max_size=6)


@st.composite
def crowds(draw):
    """About ten users on one device, with one email, or with one former id."""
    size, on = draw(st.integers(9, 12)), draw(st.sampled_from(["device", "email", "alias", "guest"]))
    crowd = [{"time": n, "user_id": f"c{n}", "anonymous_id": None, "event": "seen"} for n in range(size)]
    for one in crowd:
        if on == "device":
            one["anonymous_id"] = "d0"
        elif on == "email":
            one["identifiers"] = {"email": "x"}
        else:
            one |= {"event": "alias", "identifiers": {"previous_id": "d0" if on == "alias" else "u0"}}
    return crowd + crowd[: draw(st.integers(0, 2))]


crowds = crowds()
