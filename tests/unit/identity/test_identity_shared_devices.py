"""Five devices in a hundred are shared by two people: nobody may be merged with a stranger."""

from __future__ import annotations

from random import Random

import pytest

from lvtu.identity import resolve
from naive.identity import Groups
from unit.identity.identity_streams import Stream, columns


def people_and_devices(random, people=3000, devices=4000, shared=0.05):
    """Events, and for each the person who really did it."""
    events, truth = [], []
    for device in range(devices):
        hands = random.sample(range(people), 2 if random.random() < shared else 1)
        time = 0
        for _ in range(random.randint(1, 6)):
            person = random.choice(hands)
            for step in range(random.randint(1, 4)):
                time += random.randint(1, 9)
                signed = step == 0 and random.random() < 0.9
                user = f"u{person}" if signed else None
                events.append({"time": time, "user_id": user, "anonymous_id": f"d{device}", "event": "seen"})
                truth.append(person)
    return events, truth


@pytest.fixture(scope="module")
def world():
    return people_and_devices(Random(7))


def test_no_user_is_merged_with_a_stranger(world):
    events, _ = world
    stream = Stream(events)
    resolution = resolve(stream.observations(), columns([]))
    assert len(set(resolution.customer_of_user.tolist())) == len(stream.users)
    for event, owner in zip(events, stream.owners(resolution), strict=True):
        if event["user_id"]:
            assert owner == ("user_id", event["user_id"])


def test_plain_union_find_would_have_merged_many(world):
    events, _ = world
    groups = Groups()
    for event in events:
        if event["user_id"]:
            groups.union(("user", event["user_id"]), ("device", event["anonymous_id"]))
    users = [u for u in groups.parent if u[0] == "user"]
    sizes = {}
    for user in users:
        sizes[groups.find(user)] = sizes.get(groups.find(user), 0) + 1
    assert sum(n for n in sizes.values() if n > 1) / len(users) > 0.1


def test_nearly_all_events_go_to_who_did_them(world):
    events, truth = world
    stream = Stream(events)
    owners = stream.owners(resolve(stream.observations(), columns([])))
    right = sum(owner == ("user_id", f"u{person}") for owner, person in zip(owners, truth, strict=True))
    assert right / len(events) > 0.9
