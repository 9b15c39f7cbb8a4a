"""What joins, retractions and rules say they change, against the twin; and the guard rail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.test_as_of import people, stored
from contract.test_states import record
from lvtu.core.sentences import Note
from lvtu.errors import BadInput, UnknownName
from lvtu.who import IdentityChange
from naive import identity as twin

NOTHING = Note("identity_nothing")

Changes = dict[str, dict[tuple[str, str], set[str]]]


def said(change: IdentityChange) -> tuple[dict[str, set[str]], dict[str, set[str]], set[str]]:
    """The table as who joined, who split, and whose anonymous events changed hands."""
    rows = change.table.to_pylist()
    joined = {row["id"]: set(row["before"]) for row in rows if row["change"] == "joined"}
    split = {row["id"]: set(row["after"]) for row in rows if row["change"] == "split"}
    return joined, split, {row["id"] for row in rows if row["change"] == "handed_over"}


def expected(events: Any, before: twin.Identity, after: twin.Identity) -> Any:
    joined, split, handed = twin.changes(events, before, after)
    texts = [{one[1]: {other[1] for other in others} for one, others in side.items()} for side in (joined, split)]
    return *texts, {one[1] for one in handed}


def test_changes_are_what_the_twin_finds(tmp_path: Path) -> None:
    events, joins = people(8), ()
    user, device = next((e["user_id"], e["anonymous_id"]) for e in events if "user_id" in e and "anonymous_id" in e)
    owner, mail = next((e["user_id"], e["identifiers"]["email"]) for e in events
                       if "user_id" in e and "email" in e.get("identifiers", {}))  # fmt: skip
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([record(e) for e in events])
        first = ws.join("user1", "user2")
        steps: list[tuple[Any, tuple[str, ...]]] = [
            (lambda: ws.join("user2", "user30"), ()),
            (lambda: ws.join(("anonymous_id", "device9"), ("email", "mail4")), ()),
            (lambda: ws.join_by("email"), ("email",)),
            (lambda: ws.unjoin(first), ("email",)),
            (lambda: ws.unjoin(user, ("anonymous_id", device)), ("email",)),
            (lambda: ws.unjoin(("user_id", "user20"), "user0"), ("email",)),
            (lambda: ws.unjoin(("email", mail), owner), ("email",)),
            (lambda: ws.join_by(), ()),
        ]
        met = [0, 0, 0]
        for step, rules in steps:
            before = twin.Identity(events, stored(ws), joins)
            change = step()
            joins = rules
            after = twin.Identity(events, stored(ws), joins)
            assert said(change) == expected(events, before, after)
            joined, split, _ = said(change)
            assert (change.totals["joined"], change.totals["split"]) == (len(joined), len(split))
            met = [number + bool(found) for number, found in zip(met, said(change), strict=True)]
        assert min(met) >= 2, "or nothing was compared"


def shop(folder: Path, *more: dict[str, Any]) -> lvtu.Workspace:
    ws = lvtu.open(folder)
    ws.append([
        {"user_id": "ann", "anonymous_id": "phone", "event": "In", "time": "2026-03-01T09:00:00Z"},
        {"anonymous_id": "phone", "event": "Seen", "time": "2026-03-01T10:00:00Z"},
        {"user_id": "anna", "event": "Paid", "time": "2026-03-02T09:00:00Z", "identifiers": {"email": "a@x"}},
        {"anonymous_id": "tab", "event": "Seen", "time": "2026-03-03T09:00:00Z"},
        *more,
    ])  # fmt: skip
    return ws


def test_a_preview_stores_nothing(tmp_path: Path) -> None:
    with shop(tmp_path / "w") as ws:
        view = ws.join("ann", "anna", dry_run=True)
        assert said(view) == ({"ann": {"ann", "anna"}}, {}, set()) and view.edge is None
        assert ws.edges() == [] and ws.timeline("ann").table.num_rows == 2
        edge = ws.join("ann", "anna").edge
        assert ws.timeline("ann").table.num_rows == 3
        assert said(ws.unjoin(edge, dry_run=True)) == ({}, {"ann": {"ann", "anna"}}, set())
        assert said(ws.unjoin("ann", ("anonymous_id", "phone"), dry_run=True))[2] == {"phone"}
        ws.join_by("email", dry_run=True)
        assert ws.timeline("ann").table.num_rows == 3 and len(ws.edges()) == 1
        assert ws.identity().rules == ()


def test_h14_every_join_can_be_taken_back_and_stays_in_the_books(tmp_path: Path) -> None:
    alias = {"user_id": "anna", "event": "alias", "time": "2026-03-04", "identifiers": {"previous_id": "ann"}}
    with shop(tmp_path / "w", alias) as ws:
        assert ws.timeline("ann").table.num_rows == 4
        assert said(ws.unjoin("ann", "anna"))[1] == {"ann": {"ann", "anna"}}
        assert ws.timeline("ann").table.num_rows == 2
        change = ws.unjoin("ann", ("anonymous_id", "phone"))
        assert change.table.to_pylist() == [
            {"change": "handed_over", "kind": "anonymous_id", "id": "phone", "before": ["ann"], "after": ["phone"]}
        ]
        assert ws.timeline("ann").table.num_rows == 1
        with pytest.raises(BadInput, match="nothing joins anonymous_id:phone and user_id:ann directly"):
            ws.unjoin("ann", ("anonymous_id", "phone"))
        assert not ws.unjoin(change).diff, "a second time changes nothing"
        assert [(e["source"], e["retracted_by"]) for e in ws.edges()] == [("alias", "unjoin"), ("sign_in", "unjoin")]
        with pytest.raises(UnknownName, match="unknown edge '99'"):
            ws.unjoin(99)
        with pytest.raises(BadInput, match="no number of an edge"):
            ws.unjoin("ann")


def test_an_identifier_of_many_joins_nothing_and_is_listed(tmp_path: Path) -> None:
    crowd = [{"user_id": f"u{n}", "event": "In", "time": f"2026-03-05T09:{n}:00Z", "identifiers": {"email": "shop@x"}}
             for n in range(10, 21)]  # fmt: skip
    with shop(tmp_path / "w", *crowd[:10]) as ws:
        assert ws.join_by("email").totals["joined"] == 1, "ten are a customer with many ids"
        ws.append(crowd[10:])
        assert len(ws.identity().report.joined) == 0
        assert [(q.kind, q.id, q.users) for q in ws.identity().report.quarantined] == [("email", "shop@x", 11)]
        note = Note("identity_crowded", identifier="email shop@x", users=12, most=10)
        assert str(note) == "email shop@x touches 12 user ids, more than 10: it joins nothing"
        change = ws.join("ann", ("email", "shop@x"))
        assert not change.diff and change.notes == (NOTHING, note)
        assert note in ws.identity("u10").notes


def test_a_slip_of_the_pen_is_noticed(tmp_path: Path) -> None:
    with shop(tmp_path / "w") as ws:
        assert ws.join("ann", "anma").notes == (
            NOTHING, Note("identity_unseen", identifier="user_id anma"),
        )  # fmt: skip
        assert ws.join("ann", ("email", "a@x")).notes == (NOTHING,)
        assert Note("identity_unseen", identifier="email b@x") in ws.join("ann", ("email", "b@x")).notes


def test_a_change_reads_like_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with shop(tmp_path / "w") as ws:
        change = ws.join("ann", "anna")
        monkeypatch.setenv("LVTU_LANG", "en")
        assert [line.split() for line in repr(change).splitlines()] == [
            ["joined:", "edge", "1"], [], ["change", "id", "before", "after"], ["joined", "ann", "ann,", "anna", "ann"],
        ]  # fmt: skip
        monkeypatch.setenv("LVTU_LANG", "zh")
        assert repr(change).splitlines()[0] == "已合并：关联号 1"


def test_one_customers_identifiers(tmp_path: Path) -> None:
    with shop(tmp_path / "w") as ws:
        edge = ws.join("ann", "anna").edge
        ws.unjoin("ann", ("anonymous_id", "phone"))
        found = ws.identity("anna")
        assert found.customers == ("ann",)
        rows = [(r["kind"], r["id"], r["how"], r["with"], r["edge"], r["retracted"] is not None)
                for r in found.table.to_pylist()]  # fmt: skip
        assert rows == [
            ("user_id", "ann", "seen", None, None, False),
            ("anonymous_id", "phone", "sign_in", "ann", 2, True),
            ("user_id", "anna", "seen", None, None, False),
            ("email", "a@x", "seen_with", "anna", None, False),
            ("user_id", "anna", "join", "ann", edge, False),
        ]
        ws.join_by("email")
        assert "rule" in ws.identity("a@x").table["how"].to_pylist()
        assert ws.identity("a@x").customers == ws.identity(("email", "a@x")).customers == ("ann",)
        assert ws.identity("phone").customers == ("phone",)
        with pytest.raises(UnknownName):
            ws.identity(("user_id", "phone"))


def test_a_shared_device_names_all_its_customers(tmp_path: Path) -> None:
    bo = {"user_id": "bo", "anonymous_id": "phone", "event": "In", "time": "2026-03-02T09:00:00Z"}
    with shop(tmp_path / "w", bo) as ws:
        found = ws.identity("phone")
        assert found.customers == ("ann", "bo")
        assert found.notes == (Note("identity_shared", identifier="phone", customers=2),)
        assert ws.identity("ann").notes == found.notes


def test_the_summary_lists_what_needs_an_eye(tmp_path: Path) -> None:
    bo = {"user_id": "bo", "anonymous_id": "phone", "event": "In", "time": "2026-03-02T09:00:00Z"}
    with shop(tmp_path / "w", bo) as ws:
        first, second = ws.join("ann", "anna").edge, ws.join("ann", "bo").edge
        ws.unjoin(second)
        found = ws.identity().as_dict()
        assert found["joined"] == (("ann", "anna"),)
        assert [one["users"] for one in found["shared_anonymous"]] == [("ann", "bo")]
        assert [(edge["edge"], edge["retracted"] is None) for edge in found["edges"]] == [
            (second, False),
            (first, True),
        ]
        assert found["counts"]["unmatched_anonymous"] == 1
