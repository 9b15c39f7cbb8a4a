"""Word of mouth against its twin; and the simulated retailer's, whose happy customers recommend it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

import lvtu
from contract.cases import Case, ugly, workspace
from contract.experiences import cases_in, hashed, near
from contract.instruments import opens
from lvtu import voice
from lvtu.analyses.word_of_mouth.question import State, WordOfMouthQuestion
from lvtu.analyses.word_of_mouth.spec import WordOfMouthSpec
from lvtu.errors import UnknownName
from naive import word_of_mouth as naive
from naive.intervals import wilson
from naive.journeys import last_time
from naive.touchpoint_quality import Thing, interval, mean
from property.strategies import START
from property.test_laws import holds

NAMED = {"promoters": "promoter", "detractors": "detractor", "converted": "converted", "lost": "lost", "open": "open",
         "referrals": "referral"}  # fmt: skip


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases_in(tmp_path_factory.mktemp("mouth"))


@cache
def label(text: str) -> str | None:
    found: str | None = voice.analyse([text])["label"][0].as_py()
    return found


def index(things: Any) -> float | None:
    """The plain mean of the parts' means."""
    parts = sorted({one.part for one in things})
    means = [mean([one for one in things if one.part == part]) for part in parts]
    return fmean(one for one in means if one is not None) if means else None


def agree(case: Case, by: str | None = None, within: int = 4, mentions: str | None = None, **more: Any) -> None:
    options = {**more, **({"mentions": f"channel = '{mentions}'"} if mentions else {})}
    result = case.ws.word_of_mouth(by, referral="event = 'C'", within=within, **options)
    horizon = min(last_time(case.events), more.get("until", 1 << 62))
    chosen = (lambda event: event.channel == mentions) if mentions else None
    twin = naive.mouths(case.events, by, lambda event: event.event == "C", within, horizon, label, mentions=chosen,
                        **more)  # fmt: skip
    rows = {row.get(by) if by else None: row for row in result.table.to_pylist()}
    assert rows.keys() == twin.keys()
    parts = hashed(case)
    for group, row in rows.items():
        mouth, counts = twin[group], twin[group].counts
        assert {name: row[name] for name in NAMED} == {name: counts[kind] for name, kind in NAMED.items()}
        assert row["answers"] == counts["promoter"] + counts["passive"] + counts["detractor"]
        assert row["referrers"] == len(mouth.who.get("referral", ()))
        for name, part, whole in (
            ("positive", "positive", ("positive", "neutral", "negative")),
            ("conversion", "converted", ("converted", "lost")),
        ):  # fmt: skip
            n = sum(counts[one] for one in whole)
            assert row[name] == (counts[part] / n if n else None)
            if n:
                assert (row[f"{name}_low"], row[f"{name}_high"]) == pytest.approx(wilson(counts[part], n))
        check(row, mouth.things, parts)


def check(row: dict[str, Any], things: list[Thing], parts: Any) -> None:
    """The recommendation, the parts in points, and the index with its interval."""
    of = {part: [one for one in things if one.part == part] for part in ("willing", "said")}
    for part, own in of.items():
        assert near(row[part], mean(own))
    willing = mean(of["willing"])
    assert near(row["nps"], None if willing is None else 2 * willing - 100)
    known = [one for part, own in of.items() if len(own) >= 5 for one in own]
    told = index(known)
    assert near(row["word_of_mouth"], told)
    ends = None if told is None else interval(known, lambda some: alike(some, known), parts)
    assert all(map(near, (row["word_of_mouth_low"], row["word_of_mouth_high"]), ends or (None, None)))


def alike(some: Any, known: list[Thing]) -> float | None:
    """The index without a group; none where a part of it is only that group's."""
    return index(some) if {one.part for one in some} == {one.part for one in known} else None


def test_it_is_the_twin(cases: list[Case]) -> None:
    agree(cases[0])
    agree(cases[1], "channel", weighted=False)
    agree(cases[1], "plan", within=1, mentions="web")
    agree(cases[1], "event", since=START + 2, until=START + 9)


def test_the_order_decides(tmp_path: Path) -> None:
    """B17: a referral before the answer, or too late, is none of it; whoever still has time counts neither way."""

    def event(who: str, day: int, name: str, score: float | None = None) -> dict[str, Any]:
        scored = {} if score is None else {"score": score, "scale": "nps"}
        return {"user_id": who, "event": name, "time": f"2026-03-{day:02}T09:00:00Z", **scored}

    with lvtu.open(tmp_path / "w") as ws:
        ws.append([
            event("before", 1, "Invite Sent"), event("before", 2, "Asked", 10), event("after", 2, "Asked", 9),
            event("after", 9, "Invite Sent"), event("late", 2, "Asked", 10), event("late", 10, "Invite Sent"),
            event("passive", 2, "Asked", 8), event("passive", 3, "Invite Sent"), event("waits", 14, "Asked", 10),
            event("last", 20, "Looked"),
        ])  # fmt: skip
        result = ws.word_of_mouth(referral="event = 'Invite Sent'", within="7d")
        row = result.table.to_pylist()[0]
        assert (row["converted"], row["lost"], row["open"], row["conversion"]) == (1, 2, 1, 1 / 3)
        assert (row["referrals"], row["referrers"], row["nps"]) == (4, 4, 80.0)
        assert result.customers(who="converted") == ["after"] and result.customers(who="lost") == ["before", "late"]
        assert "still has time" in result.explain("waits").text("en")


def test_numbers_open_their_customers(cases: list[Case]) -> None:
    asked = {"referral": "event = 'C'", "within": 4}
    opens([cases[1].ws.word_of_mouth("channel", **asked), cases[0].ws.word_of_mouth(**asked)])
    with pytest.raises(UnknownName):
        cases[0].ws.word_of_mouth(**asked).customers(who="fans")


@pytest.mark.parametrize("by", [None, "channel"])
def test_laws_word_of_mouth(cases: list[Case], by: str | None) -> None:
    snapshot = cases[1].ws.snapshot()
    spec = WordOfMouthSpec(by=by, referral="event = 'C'", within=4)
    snapshot.prepare(spec.reads())

    def told(state: State) -> Any:
        scores = {group: (dict(one.responses), one.squares) for group, one in sorted(state.scores.items())}
        return state.sums.tolist(), state.answers.tolist(), state.promoters.tolist(), state.referrers.tolist(), scores

    holds(WordOfMouthQuestion(spec, snapshot), snapshot, told)


def test_nobody_told_anybody(tmp_path: Path) -> None:
    result = workspace(tmp_path / "bare", ugly(74, customers=5)).word_of_mouth(referral="event = 'none'")
    assert result.table.num_rows == 0 and [note.code for note in result.notes] == ["mouth_none"]
    assert result.chart("zh") and repr(result)
