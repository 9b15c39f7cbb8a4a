"""Proposals: kept, decided, never made twice; against a twin, with the model's answer given."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import lvtu
from contract.decoding import leaks
from lvtu.core.sentences import Note
from lvtu.errors import BadInput, UnknownName
from lvtu.identity.linking import Evidence, Linked, Pair
from lvtu.store.ledger import Ledger
from lvtu.store.proposals import Proposed
from lvtu.who import IdentityChange
from lvtu.who.reviews import Reviews
from lvtu.workspace import Workspace
from naive.proposals import Books

USERS = [f"u{number}" for number in range(9)]
LEARNED = Note("probabilities_learned")
FEW = Note("few_to_learn_from", pairs=0)

Found = list[tuple[str, str, float]]


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Found:
    """What the model finds among the records of `USERS`: fill it in. A record's row is its user's number."""
    pairs: Found = []

    def link(records: pa.Table, threshold: float) -> Linked:
        rows = {name: row for row, name in enumerate(records["name"].to_pylist())}
        spelled = [(re.sub(r"\W", " ", left), re.sub(r"\W", " ", right), p) for left, right, p in pairs]
        known = [(left, right, p) for left, right, p in spelled if p >= threshold and {left, right} <= rows.keys()]
        evidence = {"name": Evidence("close", 3.5), "city": Evidence("missing", 0.0)}
        answer = [Pair(*sorted((rows[left], rows[right])), p, evidence) for left, right, p in known]
        return Linked(tuple(sorted(answer, key=lambda pair: -pair.probability)), 0.0, ())

    monkeypatch.setattr("lvtu.who.reviews.link", link)
    return pairs


def records(users: list[str] = USERS) -> list[dict[str, Any]]:
    return [{"user_id": user, "name": user, "city": "secret town"} for user in users]


def shop(folder: Path, users: list[str] = USERS) -> Workspace:
    ws = lvtu.open(folder)
    ws.ingest([{"user_id": user, "event": "Seen", "time": f"2026-01-0{1 + number % 9}T00:00:00Z"}
               for number, user in enumerate(users)])  # fmt: skip
    return ws


def customers(ws: Workspace) -> set[frozenset[str]]:
    rows = ws.sql("select customer, list(distinct user_id) as users from events group by customer").to_pylist()
    return {frozenset(row["users"]) for row in rows}


def decisions(ws: Workspace) -> dict[frozenset[str], str]:
    rows = ws.proposals(all=True).table.to_pylist()
    pairs = [frozenset((row["left"], row["right"])) for row in rows]
    assert len(set(pairs)) == len(pairs), "a pair was proposed twice"
    return dict(zip(pairs, (row["decision"] for row in rows), strict=True))


def numbers(ws: Workspace) -> dict[frozenset[str], int]:
    rows = ws.proposals(all=True).table.to_pylist()
    return {frozenset((row["left"], row["right"])): row["proposal"] for row in rows}


def test_whatever_people_do_the_books_say_what_the_twin_says(found: Found, tmp_path: Path) -> None:
    chance, books = random.Random(6), Books()
    done = dict.fromkeys(["link", "again", "accept", "reject", "refused", "join", "unjoin"], 0)
    with shop(tmp_path / "w") as ws:
        for _ in range(45):
            step = chance.choice(["link", "accept", "accept", "reject", "reject", "join", "unjoin"])
            known = numbers(ws)
            some = chance.choice(sorted(known, key=sorted)) if known else None
            if step == "link":
                found[:] = [(*sorted(chance.sample(USERS, 2)), 0.99) for _ in range(4)]
                expected = books.propose([frozenset(pair[:2]) for pair in found])
                rows = ws.link(records()).table.to_pylist()
                assert {frozenset((row["left"], row["right"])) for row in rows} == set(expected)
                done["again"] += len({pair[:2] for pair in found}) - len(set(expected))
            elif step == "accept" and some:
                ws.accept(known[some])
                books.accept(some)
            elif step == "reject" and some:
                if books.reject(some):
                    ws.reject([known[some]])
                else:
                    step = "refused"
                    with pytest.raises(BadInput, match="was accepted and joins"):
                        ws.reject(known[some])
            elif step == "join":
                pair = chance.sample(USERS, 2)
                ws.join(*pair)
                books.join(frozenset(pair))
            elif step == "unjoin" and books.joins:
                pair = chance.choice(sorted(books.joins, key=sorted))
                ws.unjoin(*sorted(pair))
                books.joins.remove(pair)
            done[step] += 1
            assert decisions(ws) == books.decisions
            if step in ("accept", "unjoin", "join"):
                assert customers(ws) == books.customers(USERS)
    assert min(done.values()) > 0, done


def test_a_proposal_joins_nothing_until_it_is_accepted(found: Found, tmp_path: Path) -> None:
    found[:] = [("u0", "u1", 0.97), ("u2", "u3", 0.99), ("u4", "u5", 0.4)]
    with shop(tmp_path / "w") as ws:
        alone = customers(ws)
        answer = ws.link(records())
        columns = ["proposal", "left", "right", "probability", "decision"]
        rows = [tuple(row.values()) for row in answer.table.select(columns).to_pylist()]
        assert rows == [(1, "u2", "u3", 0.99, "open"), (2, "u0", "u1", 0.97, "open")]
        assert answer.notes == (FEW, LEARNED)
        evidence = [{"field": "name", "agreement": "close", "bits": 3.5},
                    {"field": "city", "agreement": "missing", "bits": 0.0}]  # fmt: skip
        assert answer.table["evidence"].to_pylist() == [evidence, evidence]
        assert ws.proposals().table.to_pylist() == answer.table.to_pylist()
        assert customers(ws) == alone
        assert ws.identity().as_dict()["proposals"] == 2 and ws.identity().as_dict()["edges"] == []
        assert "proposed" in ws.identity("u0").table["how"].to_pylist()

        preview = ws.accept(2, dry_run=True)
        assert joined(preview) == {"u0": ["u0", "u1"]} and preview.edges == ()
        assert customers(ws) == alone
        change = ws.accept(2)
        assert joined(change) == joined(preview)
        assert change.edge == 3 and ws.edges()[2]["source"] == "review:splink 0.9700"
        assert frozenset(("u0", "u1")) in customers(ws)
        assert "proposed" not in ws.identity("u0").table["how"].to_pylist()
        assert [row["proposal"] for row in ws.proposals().table.to_pylist()] == [1]
        assert ws.accept(2).edges == (3,) and len(ws.edges()) == 3, "once more changes nothing"

        before = ws.as_of(2).trend(period="month").table["customers"].to_pylist()
        assert (before, ws.as_of(3).trend(period="month").table["customers"].to_pylist()) == ([9], [8])
        assert ws.unjoin(change).table["change"].to_pylist() == ["split"]
        assert customers(ws) == alone
        row = ws.proposals(all=True).table.to_pylist()[1]
        assert (row["decision"], row["edge"], row["retracted"] is None) == ("accepted", 3, False)
        assert ws.link(records()).table.num_rows == 0, "what was taken back is not proposed again"


def joined(change: IdentityChange) -> dict[str, list[str]]:
    return {row["id"]: row["before"] for row in change.table.to_pylist() if row["change"] == "joined"}


def test_all_above_a_probability_at_once_and_back(found: Found, tmp_path: Path) -> None:
    found[:] = [("u0", "u1", 0.999), ("u2", "u3", 0.99), ("u4", "u5", 0.96)]
    with shop(tmp_path / "w") as ws:
        ws.link(records())
        ws.reject(2)
        change = ws.accept(threshold=0.99)
        assert joined(change) == {"u0": ["u0", "u1"]}, "one was rejected, one is less probable"
        both = ws.accept([2, 3])
        assert (both.edges, both.named_edges, both.edge) == ((5, 6), "5-6", None)
        assert ws.unjoin(both).totals["split"] == 2
        assert ws.accept(threshold=0.5).totals["joined"] == 0
        assert decisions(ws) == {frozenset(pair[:2]): "accepted" for pair in found}


def test_a_preview_proposes_nothing(found: Found, tmp_path: Path) -> None:
    found[:] = [("u0", "u1", 0.97)]
    with shop(tmp_path / "w") as ws:
        answer = ws.link(records(), dry_run=True)
        assert (answer.table["proposal"].to_pylist(), answer.table["left"].to_pylist()) == ([None], ["u0"])
        assert ws.proposals(all=True).table.num_rows == 0 and ws.edges() == []


def test_what_is_told_of_pairs_that_are_not_proposed(found: Found, tmp_path: Path) -> None:
    found[:] = [("u0", "u2", 0.97), ("u3", "u4", 0.96), ("u5", "u6", 0.98)]
    with shop(tmp_path / "w") as ws:
        ws.join("u0", "u1")
        ws.join("u1", "u2")  # u0 and u2 are one by way of u1
        ws.unjoin(ws.join("u3", "u4"))
        answer = ws.link(records())
        assert answer.table["left"].to_pylist() == ["u5"]
        told = (Note("linked_already", pairs=1), Note("proposed_before", pairs=1), FEW, LEARNED)
        assert answer.notes == told
        assert str(answer).startswith("pairs proposed: 1, from 9 records, at a probability of 0.95 or more")


def test_several_records_of_one_identifier(found: Found, tmp_path: Path) -> None:
    """The most probable pair of records speaks for two identifiers, and a record is never its own double."""
    found[:] = [("a", "b", 0.97), ("a", "c", 0.99), ("b", "c", 0.98)]
    rows = [{"user_id": {"a": "u0", "b": "u0", "c": "u1"}[name], "name": name, "city": "x"} for name in "abc"]
    with shop(tmp_path / "w") as ws:
        answer = ws.link(rows)
        rows = answer.table.to_pylist()
        assert [(row["left"], row["right"], row["probability"]) for row in rows] == [("u0", "u1", 0.99)]
        assert answer.notes == (FEW, LEARNED)


def test_identifiers_of_other_kinds(found: Found, tmp_path: Path) -> None:
    found[:] = [("a@x", "b@x", 0.99), ("c@x", "d@x", 0.99), ("e@x", "f@x", 0.99)]
    mails = ["a@x", "b@x", "c@x", "d@x", "e@x", "f@x"]
    owners = {"a@x": "u0", "b@x": "u1", "c@x": "u2", "d@x": "u2"}
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([{"user_id": user, "identifiers": {"email": mail}, "event": "Seen", "time": "2026-01-01T00:00:00Z"}
                   for mail, user in owners.items()])  # fmt: skip
        ws.join_by("email")
        answer = ws.link([{"email": mail, "name": mail, "city": "x"} for mail in mails], id="email")
        assert [(row["kind"], row["left"]) for row in answer.table.to_pylist()] == [("email", "a@x"), ("email", "e@x")]
        assert answer.notes[0] == Note("linked_already", pairs=1)
        assert joined(ws.accept(answer.numbers)) == {"u0": ["u0", "u1"]}, "nobody has shown e@x and f@x yet"


def test_an_identifier_that_several_have_is_nobodys(found: Found, tmp_path: Path) -> None:
    found[:] = [("a@x", "shop@x", 0.99), ("a@x", "b@x", 0.99)]
    owners = [("u0", "a@x"), ("u0", "b@x"), ("u0", "shop@x"), ("u1", "shop@x")]
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([{"user_id": user, "identifiers": {"email": mail}, "event": "Seen", "time": "2026-01-01T00:00:00Z"}
                   for user, mail in owners])  # fmt: skip
        answer = ws.link([{"email": mail, "name": mail, "city": "x"} for mail in ("a@x", "b@x", "shop@x")], id="email")
        assert answer.table["right"].to_pylist() == ["shop@x"], "a@x and b@x are both u0's"


def test_forgetting_takes_proposals_along(found: Found, tmp_path: Path) -> None:
    found[:] = [("u0", "u1", 0.97), ("u1", "u2", 0.98), ("u3", "u4", 0.99), ("u5", "crm-only", 0.97)]
    with shop(tmp_path / "w") as ws:
        rows = records([*USERS, "crm-only"])
        assert ws.link(rows).table.num_rows == 4
        ws.accept(numbers(ws)[frozenset(("u0", "u1"))])
        ws.reject(numbers(ws)[frozenset(("u3", "u4"))])
        ws.forget("u1")
        ws.forget("u3")
        ws.forget("crm-only")
        assert decisions(ws) == {} and ws.edges() == []
        assert ws._ledger._database.rows("SELECT * FROM proposals") == []
        answer = ws.link(rows)
        assert answer.table.num_rows == 0
        assert Note("records_forgotten", rows=4) in answer.notes, "u0 was u1 by then"
        assert leaks(tmp_path / "w", ["u1", "crm-only"]) == []
    assert leaks(tmp_path / "w", ["u1", "crm-only", "secret town"]) == []


def test_of_the_records_nothing_else_is_kept(found: Found, tmp_path: Path) -> None:
    found[:] = [("u0", "u1", 0.97)]
    (tmp_path / "crm of u5.csv").write_text("user_id,name,city\nu0,u0,secret town\nu1,u1,secret town\n")
    with shop(tmp_path / "w") as ws:
        ws.link(tmp_path / "crm of u5.csv")
        assert leaks(tmp_path / "w", ["secret town"]) == []
        assert ws.proposals().table["records"].to_pylist() == ["crm of u5.csv"]
        ws.forget("u5")  # the file is called after them
        assert ws.proposals().table["records"].to_pylist() == ["(erased)"]
    assert leaks(tmp_path / "w", ["u5"]) == []


def test_who_is_forgotten_while_the_model_learns(found: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found[:] = [("u0", "u1", 0.97), ("u2", "u3", 0.98)]
    with shop(tmp_path / "w") as ws:
        add = Reviews._add

        def late(*arguments: Any) -> Any:
            ws.forget("u0")
            return add(*arguments)

        monkeypatch.setattr(Reviews, "_add", late)
        assert ws.link(records()).table["left"].to_pylist() == ["u2"]
        assert decisions(ws) == {frozenset(("u2", "u3")): "open"}


def test_two_who_link_at_once_propose_a_pair_once(tmp_path: Path) -> None:
    pair = [Proposed("user_id", "a", "b", 0.97, {}), Proposed("user_id", "b", "c", 0.97, {})]
    with lvtu.open(tmp_path / "w") as ws:
        one, other = ws._ledger, Ledger(ws.layout.catalog)
        assert one.proposals.add(pair[:1], 1, "proposed:splink", "x.csv") == [1]
        turned = Proposed("user_id", "b", "a", 0.97, {})
        assert other.proposals.add([turned, pair[1]], 1, "proposed:splink", "x.csv") == [None, 2]
        assert other.proposals.accept([1], 5) == [3]
        assert one.proposals.accept([1, 1], 6) == [3, 3], "nothing is joined twice"
        other.close()


WRONG = [
    (lambda ws: ws.link(records(), threshold=0), "above 0 and up to 1, not 0"),
    (lambda ws: ws.link(records(), threshold=1.5), "above 0 and up to 1, not 1.5"),
    (lambda ws: ws.accept(), "not said which proposals"),
    (lambda ws: ws.accept(1, threshold=0.9), "not said which proposals"),
    (lambda ws: ws.accept(threshold=7), "above 0 and up to 1"),
    (lambda ws: ws.reject([]), "not said which proposals"),
    (lambda ws: ws.accept(9), "unknown proposal '9'"),
    (lambda ws: ws.reject([1, 9]), "unknown proposal '9'"),
    (lambda ws: ws.unjoin(1), r"1 is a proposal.*ws.reject\(1\)"),
    (lambda ws: ws.unjoin("u0", "u1"), "nothing joins"),
    (lambda ws: ws.unjoin([]), "is no number of an edge"),
]


@pytest.mark.parametrize(("wrong", "says"), WRONG)
def test_what_is_wrong_is_said_and_changes_nothing(wrong: Any, says: str, found: Found, tmp_path: Path) -> None:
    found[:] = [("u0", "u1", 0.97)]
    with shop(tmp_path / "w") as ws:
        ws.link(records())
        with pytest.raises((BadInput, UnknownName), match=says):
            wrong(ws)
        assert decisions(ws) == {frozenset(("u0", "u1")): "open"} and len(ws.edges()) == 1


def test_nobody_to_compare(tmp_path: Path) -> None:
    with shop(tmp_path / "w") as ws:
        assert ws.link(records(["u0"])).table.num_rows == 0
