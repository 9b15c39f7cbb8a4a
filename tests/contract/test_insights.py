"""Insights in Python: what is quoted stands there word for word, follows its customer, and is forgotten with them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.decoding import leaks
from lvtu.errors import BadInput, UnknownName
from lvtu.insights.tables import table_of
from lvtu.workspace import Workspace

SLOW = "Lovely shoes 😀. The refund took two weeks, Zelda Lindenweg speaking!"
ROWS: list[dict[str, Any]] = [
    {"message_id": "t1", "user_id": "bo", "event": "Ticket Created", "time": "2026-03-02T08:00:00Z",
     "text": "  Where is my refund?\n"},
    {"message_id": "r1", "user_id": "zelda-4711", "event": "Review Posted", "time": "2026-03-01T08:00:00Z",
     "text": SLOW, "scale": "stars5", "score": 2},
    {"message_id": "s1", "user_id": "cy", "event": "Service Rated", "time": "2026-03-03T08:00:00Z",
     "text": "refund still missing, write to zelda-4711", "scale": "csat5", "score": 1},
    {"message_id": "s2", "anonymous_id": "phone", "event": "Service Rated", "time": "2026-03-04", "scale": "csat5",
     "score": 5},
    {"message_id": "r2", "anonymous_id": "phone", "event": "Review Posted", "time": "2026-03-05", "text": "fine",
     "time_basis": "day"},
]  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    ws = lvtu.open(tmp_path / "shop")
    ws.ingest(ROWS)
    return ws


def test_a_quote_is_what_stands_there(shop: Workspace) -> None:
    made = shop.insights.add("Refunds take too long", by="ann")
    for words in ("two weeks", None):
        made = shop.insights.quote(made.id, message_id="r1", words=words, by="ann")
    part, whole = made.quotes
    assert (part.words, whole.words) == ("two weeks", SLOW)
    assert SLOW[part.start : part.stop] == "two weeks", "places are code points, behind an emoji too"
    assert (part.kind, part.source, part.basis) == ("review", "comment", "exact")
    assert part.time is not None and part.time.isoformat() == "2026-03-01T08:00:00+00:00"
    assert part.speaker == whole.speaker and part.speaker not in (None, "zelda-4711")
    [trimmed] = shop.insights.quote(shop.insights.add("B", by="ann").id, where="event = 'Ticket Created'").quotes
    assert (trimmed.words, trimmed.start, trimmed.kind) == ("Where is my refund?", 2, "ticket")


def test_comments_are_found_by_a_condition_the_newest_first(shop: Workspace) -> None:
    made = shop.insights.add("Refunds", by="ann")
    one = shop.insights.quote(made.id, where="text contains 'refund'", words="refund")
    assert [quote.words for quote in one.quotes] == ["refund"] and one.quotes[0].kind == "survey"
    every = shop.insights.quote(made.id, where="text contains 'refund'", words="refund", most=9)
    assert {quote.kind for quote in every.quotes} == {"survey", "ticket", "review"}
    assert len(every.quotes) == 3, "the same passage twice is one quote"
    assert every.reliability == made.reliability.__class__(
        round(100 * 3 / 7, 1), "emerging", 3, 3, ("review", "survey", "ticket"), 3.0
    )
    with pytest.raises(BadInput) as nobody:
        shop.insights.quote(made.id, where="event = 'Service Rated' and score = 5")
    assert nobody.value.code == "nobody_said", "a score without words is nothing to quote"
    mistakes: tuple[tuple[dict[str, Any], str], ...] = (
        ({"message_id": "r1", "words": "three weeks"}, "not_said"),
        ({"message_id": "s2"}, "nothing_said"),
        ({"message_id": "none"}, "unknown_message"),
        ({"message_id": "r1", "where": "true"}, "which_comment"),
        ({"message_id": "r1", "kind": "rumour"}, "unknown_evidence_kind"),
    )
    for wrong, code in mistakes:
        with pytest.raises(BadInput) as refused:
            shop.insights.quote(made.id, **wrong)
        assert refused.value.code == code


def test_who_speaks_follows_who_is_who(shop: Workspace) -> None:
    made = shop.insights.add("Both", by="ann")
    for message in ("t1", "r2"):
        made = shop.insights.quote(made.id, message_id=message)
    assert made.reliability.speakers == 2 and made.quotes[1].basis == "day"
    shop.join("bo", ("anonymous_id", "phone"))
    after = shop.insights.get(made.id)
    assert after.reliability.speakers == 1 and after.quotes[0].speaker == after.quotes[1].speaker
    assert after.reliability.voices == 1.5


def test_what_was_done_is_kept(shop: Workspace) -> None:
    made = shop.insights.add("Refunds", by="ann")
    changed = shop.insights.change(made.id, version=1, title="Refunds take weeks", state="confirmed", by="bo")
    assert (changed.version, changed.state, changed.by) == (2, "confirmed", "ann")
    assert shop.insights.change(made.id, state="confirmed", by="bo").version == 2, "nothing new is no new version"
    with pytest.raises(BadInput) as late:
        shop.insights.change(made.id, version=1, owner="Service")
    assert late.value.code == "changed_by_another"
    quoted = shop.insights.quote(made.id, message_id="t1", by="cy")
    shop.insights.unquote(made.id, quoted.quotes[0].id, by="cy")
    told = [(one.what, one.by, one.was, one.became) for one in shop.insights.history(made.id)]
    id = quoted.quotes[0].id
    assert told == [
        ("made", "ann", None, None),
        ("title", "bo", "Refunds", "Refunds take weeks"),
        ("state", "bo", "draft", "confirmed"),
        ("quoted", "cy", None, id),
        ("unquoted", "cy", id, None),
    ]
    assert shop._ledger.insights._database.rows("SELECT * FROM evidence") == []
    shop.insights.remove(made.id)
    with pytest.raises(UnknownName):
        shop.insights.get(made.id)


def test_it_belongs_to_places_that_there_are(shop: Workspace) -> None:
    for wrong, code in (
        ({"state": "true"}, "unknown_state"),
        ({"topic": "nowhere"}, "unknown_topic"),
        ({"stage": "x"}, "no_journey_model"),
    ):
        with pytest.raises(BadInput) as refused:
            shop.insights.add("A", **wrong)
        assert refused.value.code == code
    shop.save_model(shop.model("five-stage"))
    with pytest.raises(UnknownName):
        shop.insights.add("A", stage="x")
    stage = next(iter(shop.model().names("stage")))
    made = shop.insights.add("A", stage=stage, step="asks for the money back", topic="service")
    assert (made.place.stage, made.place.step, made.place.topic) == (stage, "asks for the money back", "service")


def test_forgetting_takes_the_words_away_and_says_so(shop: Workspace, tmp_path: Path) -> None:
    book = shop.insights
    made = book.add("Refunds, says zelda-4711", "Ask zelda-4711 again", owner="bo", by="ann")
    made = book.change(made.id, title="Refunds take weeks, says zelda-4711", by="ann")
    for message in ("r1", "t1", "s1"):
        made = book.quote(made.id, message_id=message, by="ann")
    before = made.reliability
    receipt = shop.forget("zelda-4711")
    assert receipt.events == 1
    after = book.get(made.id)
    hers, his, named = after.quotes
    assert (hers.words, hers.gone, hers.speaker, hers.event, hers.time) == (None, "forgotten", None, None, None)
    assert (his.words, his.gone) == ("Where is my refund?", None)
    assert named.words == "refund still missing, write to (erased)"
    assert (after.title, after.text) == ("Refunds take weeks, says (erased)", "Ask (erased) again")
    assert after.version > made.version, "whoever has the old one open cannot save it over this one"
    assert (before.quotes, after.reliability.quotes) == (3, 2) and after.reliability.value < before.value
    assert [(one.what, one.by) for one in book.history(made.id)][-1] == ("forgotten", "")
    assert "gone" in book.export("md") and "zelda" not in book.export("json")
    shop.close()
    # 's1' is somebody else's text: the log keeps what others said; the insights do not keep her name in it.
    secrets = ["Zelda Lindenweg", "two weeks", "says zelda-4711", "Ask zelda-4711"]
    assert leaks(tmp_path / "shop", secrets) == []


def test_who_is_forgotten_meanwhile_is_not_quoted(shop: Workspace) -> None:
    """The words were read, then she is forgotten, then they are written down: they do not stay."""
    made = shop.insights.add("Refunds", by="ann")
    number = shop.voice.desk().event_of("r1")
    kept = shop._ledger.insights.quote

    def late(*given: Any, **more: Any) -> str:
        shop.forget("zelda-4711")
        return kept(*given, **more)

    shop._ledger.insights.quote = late  # type: ignore[method-assign]
    with pytest.raises(UnknownName):
        shop.insights.quote_comment(made.id, number)
    [quote] = shop.insights.get(made.id).quotes
    assert (quote.words, quote.gone) == (None, "forgotten")
    path = shop.layout.root
    shop.close()
    assert leaks(path, ["two weeks"]) == []


def test_tables_and_files_hold_no_name(shop: Workspace) -> None:
    made = shop.insights.add("=Refunds", state="confirmed", owner="Service", step="refund", by="ann")
    made = shop.insights.quote(made.id, where="text contains 'refund'", words="refund", most=2)
    shop.insights.add("Only a guess", by="ann")
    rows = shop.insights.table.to_pylist()
    assert [(row["title"], row["reliability"], row["level"], row["quotes"]) for row in rows] == [
        ("Only a guess", None, "none", 0), ("=Refunds", 25.0, "emerging", 2),
    ]  # fmt: skip
    assert table_of([]).num_rows == 0
    sheet = list(csv.DictReader(io.StringIO(shop.insights.export("csv"))))
    assert [(row["title"], row["words"]) for row in sheet] == [
        ("Only a guess", ""), ("'=Refunds", "refund"), ("'=Refunds", "refund"),
    ]  # fmt: skip
    told = json.loads(shop.insights.export("json", made.id))
    assert [quote["words"] for quote in told[0]["quotes"]] == ["refund", "refund"]
    read = shop.insights.export("md")
    assert "> refund" in read and "2 quotes by 2 speakers" in read
    for text in (read, shop.insights.export("csv"), shop.insights.export("json")):
        assert not any(name in text for name in ("zelda-4711", '"bo"', "cy,"))
    with pytest.raises(UnknownName):
        shop.insights.export("pdf")  # type: ignore[arg-type]


def test_they_go_with_an_export(shop: Workspace, tmp_path: Path) -> None:
    made = shop.insights.add("Refunds", "for weeks", owner="Service", by="ann")
    shop.insights.change(made.id, state="confirmed", by="bo")
    for message in ("r1", "t1"):
        shop.insights.quote(made.id, message_id=message, by="ann")
    shop.insights.quote(shop.insights.add("Shared", by="ann").id, message_id="t1")
    shop.forget("zelda-4711")
    shop.export(tmp_path / "out")
    other = lvtu.open(tmp_path / "other")
    other.import_from(tmp_path / "out")

    def told(ws: Workspace) -> list[Any]:
        return [
            (one.id, one.version, one.title, one.text, one.state, one.owner, one.by, one.made, one.changed,
             one.reliability, [(each.id, each.words, each.start, each.gone, each.added) for each in one.quotes],
             ws.insights.history(one.id))
            for one in ws.insights.list()
        ]  # fmt: skip

    assert told(other) == told(shop) and len(told(other)) == 2
    shared = {quote.id for one in other.insights.list() for quote in one.quotes if quote.words}
    assert len(shared) == 1, "one passage that two insights stand on stays one"
