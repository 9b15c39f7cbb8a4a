"""Who is who: stitching finds what the truth says, and joins no two customers who share no device."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

import lvtu
from unit.simulator.simulations import Simulated


def customers_of(ws: Any) -> dict[str, set[str]]:
    """The customers under which each user id and anonymous id is found."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = ws.sql("select distinct customer, user_id, anonymous_id from events").to_pylist()
    for row in rows:
        for name in ("user_id", "anonymous_id"):
            if row[name]:
                found[row[name]].add(row["customer"])
    return found


def test_sign_ins_join_what_they_should(ws: Any, usual: Simulated) -> None:
    _, truth = usual
    found = customers_of(ws)
    shares = set(truth.customers.filter(truth.customers["shares"])["customer"].to_pylist())
    known = set(truth.customers.filter(truth.customers["known"])["customer"].to_pylist())
    owners: dict[str, set[str]] = defaultdict(set)
    for device in truth.devices.to_pylist():
        theirs, customer = found[device["anonymous_id"]], device["customer"]
        if customer in shares:
            continue
        assert len(theirs) == 1, "a device that nobody shares is one customer's"
        owners[next(iter(theirs))].add(customer)
        if device["signed_in"]:
            assert theirs == found[customer]
        else:
            assert theirs == {device["anonymous_id"]}, "a device that was never signed in on stays by itself"
    assert all(len(one) == 1 for one in owners.values()), "and no two customers are one"
    assert all(len(found[one]) == 1 for one in known)
    assert len(known - shares) > 500


def test_unionids_join_more(tmp_path: Path) -> None:
    """WeChat's id, seen in the mini program and at sign-ins in the app, joins what no sign-in does."""
    events, truth = lvtu.simulate(customers=800, seed=2)
    with lvtu.open(tmp_path / "ws") as ws:
        ws.ingest(events)
        before = customers_of(ws)
        ws.join_by("unionid")
        after = customers_of(ws)
    apps = {one["customer"] for one in truth.devices.to_pylist() if one["channel"] == "app" and one["signed_in"]}
    chinese = set(truth.customers.filter(pc.equal(truth.customers["language"], "zh"))["customer"].to_pylist())
    alone = [
        one for one in truth.devices.to_pylist()
        if one["channel"] == "mini_program" and not one["signed_in"] and one["customer"] in apps & chinese
    ]  # fmt: skip
    assert len(alone) > 5
    for device in alone:
        assert before[device["anonymous_id"]] != before[device["customer"]]
        assert after[device["anonymous_id"]] == after[device["customer"]]


def test_some_browsers_are_shared(usual: Simulated) -> None:
    events, truth = usual
    rows = truth.devices.to_pylist()
    holders: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        holders[row["anonymous_id"]].add(row["customer"])
    several = {name for name, some in holders.items() if len(some) > 1}
    assert several
    assert several <= {row["anonymous_id"] for row in rows if row["shared"]}
    assert all(row["channel"] == "web" for row in rows if row["shared"])
    signed = events.filter(pc.is_valid(events["user_id"]))
    pairs = set(zip(signed["anonymous_id"].to_pylist(), signed["user_id"].to_pylist(), strict=True))
    assert {(row["anonymous_id"], row["customer"]) for row in rows if row["signed_in"]} <= pairs


@pytest.mark.parametrize("kind", ["phone", "email", "openid", "unionid", "member"])
def test_identifiers_are_those_of_the_truth(usual: Simulated, kind: str) -> None:
    """Each stands in events of its customer alone, and nobody else could have it."""
    events, truth = usual
    theirs = dict(zip(truth.customers["customer"].to_pylist(), truth.customers[kind].to_pylist(), strict=True))
    holder = {row["anonymous_id"]: row["customer"] for row in truth.devices.to_pylist() if not row["shared"]}
    seen = 0
    rows = events.filter(pc.is_valid(events["identifiers"])).select(["user_id", "anonymous_id", "identifiers"])
    for row in rows.to_pylist(maps_as_pydicts="strict"):
        if kind in row["identifiers"]:
            customer = row["user_id"] or holder.get(row["anonymous_id"])
            assert customer is None or row["identifiers"][kind] == theirs[customer]
            seen += 1
    assert seen > 20
    given = [one for one in theirs.values() if one]
    assert len(set(given)) == len(given)
    if kind == "email":
        assert all(one.endswith("@example.com") for one in given)
