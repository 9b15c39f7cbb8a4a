"""Who is who, event by event, in plain Python: the slow twin of ``lvtu.identity``.

Events are dicts with ``time`` and some of ``user_id``, ``anonymous_id``, ``identifiers``, ``event``.
Stored edges are tuples ``(left, right, time, source, retracted_at)`` whose ends are ``(kind, value)``.
"""

from __future__ import annotations

LIMIT = 10


class Groups:
    """Union-find over anything hashable."""

    def __init__(self):
        self.parent = {}

    def find(self, x):
        self.parent.setdefault(x, x)
        while self.parent[x] != x:
            x = self.parent[x]
        return x

    def union(self, a, b):
        self.parent[self.find(a)] = self.find(b)

    def members(self, x):
        return {y for y in list(self.parent) if self.find(y) == self.find(x)}


class Identity:
    """Everything there is to know; ``owner(event)`` is the customer of one event.

    With ``known_by``, events after that time say nothing about who is who; they still have an owner.
    """

    def __init__(self, events, edges=(), joins=(), known_by=None):
        self.first = {}
        for event in events:
            for kind in ("user_id", "anonymous_id"):
                if event.get(kind):
                    key = (kind, event[kind])
                    self.first[key] = min(self.first.get(key, event["time"]), event["time"])
        events = [event for event in events if known_by is None or event["time"] <= known_by]
        self.retracted = {
            (source, left, self.previous(right[1]) if source == "alias" else right)
            for left, right, _, source, gone in edges
            if gone is not None
        }
        self.quarantined = {}
        facts = self.value_facts(events, edges, joins) + self.alias_facts(events, edges)
        self.join_users(facts)
        self.read_sign_ins(events)
        self.bind(facts)
        self.group_free(facts)

    # -- facts: (left, right, time) -------------------------------------------------------------

    def value_facts(self, events, edges, joins):
        facts = {}
        for event in events:
            for kind, value in (event.get("identifiers") or {}).items():
                if kind not in joins:
                    continue
                for other in ("user_id", "anonymous_id"):
                    if event.get(other):
                        fact = ((kind, value), (other, event[other]))
                        if ("rule", *fact) not in self.retracted:
                            facts[fact] = min(facts.get(fact, event["time"]), event["time"])
                        break
        facts = [(left, right, time) for (left, right), time in facts.items()]
        for left, right, time, source, gone in edges:
            unseen = [e for e in (left, right) if e[0] == "anonymous_id" and e not in self.first]
            if source in ("join", "review") and gone is None and not unseen:
                facts.append((left, right, time))
        touched = {}
        for a, b, _ in facts:
            for value, user in ((a, b), (b, a)):
                if value[0] not in ("user_id", "anonymous_id") and user[0] == "user_id" and user in self.first:
                    touched.setdefault(value, set()).add(user)
        return self.without_crowded(facts, touched)

    def alias_facts(self, events, edges):
        said = {}
        for event in events:
            previous = (event.get("identifiers") or {}).get("previous_id")
            if event.get("event") == "alias" and event.get("user_id") and previous:
                key = (("user_id", event["user_id"]), previous)
                said[key] = min(said.get(key, event["time"]), event["time"])
        statements = [(user, previous, time) for (user, previous), time in said.items()]
        for left, right, time, source, gone in edges:
            if source == "alias" and gone is None:
                statements.append((left, right[1], time))
        facts, touched = [], {}
        for user, value, time in statements:
            previous = self.previous(value)
            if previous is None or previous == user or ("alias", user, previous) in self.retracted:
                continue
            facts.append((user, previous, time))
            touched.setdefault(previous, set()).add(user)
        return self.without_crowded(facts, touched, alias=True)

    def previous(self, value):
        for kind in ("user_id", "anonymous_id"):
            if (kind, value) in self.first:
                return (kind, value)
        return None

    def without_crowded(self, facts, touched, alias=False):
        crowded = {value for value, users in touched.items() if len(users) > LIMIT}
        for kind, value in crowded:
            self.quarantined["previous_id" if alias else kind, value] = len(touched[kind, value])
        if alias:
            return [fact for fact in facts if fact[1] not in crowded]
        return [fact for fact in facts if not crowded & {fact[0], fact[1]}]

    # -- users ----------------------------------------------------------------------------------

    def join_users(self, facts):
        self.groups = Groups()
        for left, right, _ in facts:
            if "anonymous_id" not in (left[0], right[0]):
                self.groups.union(left, right)

    def user_of(self, end):
        """The user who speaks for the group of a user or value, or None."""
        users = [m for m in self.groups.members(end) | {end} if m[0] == "user_id" and m in self.first]
        return self.speaker(users) if users else None

    def speaker(self, ids):
        return min(ids, key=lambda i: (self.first[i], i[1].encode()))

    # -- anonymous ids --------------------------------------------------------------------------

    def read_sign_ins(self, events):
        self.claims, saw = {}, {}
        for event in events:
            if event.get("user_id") and event.get("anonymous_id"):
                user, device = ("user_id", event["user_id"]), ("anonymous_id", event["anonymous_id"])
                if ("sign_in", user, device) not in self.retracted:
                    self.claims.setdefault(device, []).append((event["time"], self.user_of(user)))
                    saw.setdefault(device, set()).add(user)
        self.crowded = {device for device, users in saw.items() if len(users) > LIMIT}
        for device in self.crowded:
            del self.claims[device]

    def bind(self, facts):
        bound = {}
        for a, b, time in facts:
            for device, other in ((a, b), (b, a)):
                if device[0] == "anonymous_id" and other[0] != "anonymous_id" and device not in self.crowded:
                    user = self.user_of(other)
                    if user and device not in self.claims:
                        bound.setdefault(device, []).append((time, user))
        self.claims |= bound

    def group_free(self, facts):
        """Devices nobody claimed, together with the userless values and devices they hang on."""
        self.free, beside = Groups(), []

        def closed(end):
            return end in self.claims

        for a, b, _ in facts:
            if "anonymous_id" not in (a[0], b[0]) or {a, b} & self.crowded:
                continue
            a, b = (e if e[0] == "anonymous_id" else self.groups.find(e) for e in (a, b))
            if any(e[0] != "anonymous_id" and self.user_of(e) for e in (a, b)):
                continue
            if closed(a) != closed(b):
                beside.append((b, a) if closed(a) else (a, b))
            elif not closed(a):
                self.free.union(a, b)
        self.beside = {}
        for end, claimed in beside:
            owners = {self.at(claimed, time) for time, _ in self.claims[claimed]}
            self.beside.setdefault(self.free.find(end), set()).update(owners)

    def at(self, device, time):
        """Who has a claimed device at a time."""
        before = [t for t, _ in self.claims[device] if t <= time]
        turn = max(before) if before else min(t for t, _ in self.claims[device])
        return min({user for t, user in self.claims[device] if t == turn}, key=lambda user: user[1].encode())

    def owner_of_device(self, device, time):
        if device in self.crowded:
            return device
        if device in self.claims:
            return self.at(device, time)
        owners = self.beside.get(self.free.find(device), set())
        if len(owners) == 1:
            return next(iter(owners))
        return self.speaker([m for m in self.free.members(device) if m[0] == "anonymous_id"])

    def owner(self, event):
        """The customer of an event, as (kind, value)."""
        if event.get("user_id"):
            return self.user_of(("user_id", event["user_id"]))
        return self.owner_of_device(("anonymous_id", event["anonymous_id"]), event["time"])


def owners(events, edges=(), joins=(), known_by=None):
    """The customer of each event, as (kind, value)."""
    identity = Identity(events, edges, joins, known_by)
    return [identity.owner(event) for event in events]


def as_it_stood(edges, time):
    """The stored edges at a time: later ones absent, later retractions undone."""
    return [
        (left, right, said, source, gone if gone is not None and gone <= time else None)
        for left, right, said, source, gone in edges
        if said <= time
    ]


def changes(events, before, after):
    """Who joined and who split between two identities, as {(kind, value): {(kind, value), …}}, user ids only.

    A customer who joined maps to the customers they were, one who split to those they are; with them the
    anonymous ids of which some event without ``user_id`` has another owner.
    """
    users = {("user_id", event["user_id"]) for event in events if event.get("user_id")}
    were, are = {}, {}
    for user in users:
        was, now = before.user_of(user), after.user_of(user)
        were.setdefault(now, set()).add(was)
        are.setdefault(was, set()).add(now)
    joined = {now: was for now, was in were.items() if len(was) > 1}
    split = {was: now for was, now in are.items() if len(now) > 1}
    handed = {
        ("anonymous_id", event["anonymous_id"])
        for event in events
        if not event.get("user_id") and before.owner(event) != after.owner(event)
    }
    return joined, split, handed
