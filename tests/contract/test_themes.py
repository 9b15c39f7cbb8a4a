"""Themes against their twin, on comments with planted themes, shifts and codes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contract.cases import Case, buckets, ugly, workspace
from lvtu import voice
from lvtu.errors import BadInput, UnknownName
from lvtu.voice.text import TextModel
from lvtu.voice.themes.reading import UNIT, codes_in
from naive import themes as naive
from naive.journeys import Event
from property.strategies import CONDITIONS, START

DAY = 24 * 3600 * 10**6
BAND = round(TextModel.shipped().about["band"] * UNIT) / UNIT

SPEAKING = {
    "parcel": ("快递{a}还没到仓库", "仓库里的快递{a}", "快递{a}丢在仓库"),
    "staff": ("店员{a}不理顾客", "顾客等店员{a}", "店员对顾客{a}"),
    "login": ("login password {b} rejected", "password {b} for the login", "login page forgets my password {b}"),
    "food": ("soup and noodles {b}", "noodles {b} with cold soup", "{b} soup, then noodles"),
}
"""Sentences of a theme share two words that no other theme has."""
FILL = {"a": ("三天", "两次", "昨晚", "早上", "周末"), "b": ("twice", "tonight", "outside", "upstairs", "monday")}


def sentence(dice: random.Random, theme: str) -> str:
    return dice.choice(SPEAKING[theme]).format(a=dice.choice(FILL["a"]), b=dice.choice(FILL["b"]))


def spoken(dice: random.Random, themes: list[str]) -> str:
    """A comment that speaks of some themes, one after the other."""
    return "。".join(sentence(dice, theme) for theme in themes)


def told_by(text: str) -> set[str]:
    """Which themes a text speaks of, by their words."""
    words = {"parcel": "快递", "staff": "店员", "login": "password", "food": "noodles"}
    return {theme for theme, word in words.items() if word in text}


def comments(seed: int, number: int = 400) -> list[Event]:
    """Comments of few customers over two hundred days, some of two themes, some of none."""
    dice, found = random.Random(seed), []
    for at in range(number):
        themes = dice.choices([["parcel"], ["staff"], ["login"], ["food"], ["parcel", "staff"], []], k=1)[0]
        text = spoken(dice, themes) or dice.choice(("好的", "ok", "🙂"))
        found.append(
            Event(f"m{seed}-{at}", START + dice.randrange(200) * DAY, f"c{dice.randrange(60)}", dice.choice("AB"),
                  channel=dice.choice((None, "web", "store")), text=text)
        )  # fmt: skip
    return found


def coded(events: list[Event]) -> list[Event]:
    """The events, some with codes in one of the ways in which people write them, some with a text besides."""
    found = []
    for event in events:
        dice = random.Random(event.message_id)
        codes = dice.choice((None, "12", "[12, 202]", "202; 7", "7，12", ["7", 12], 202))
        more = {"codes": codes} if codes is not None else {}
        text = dice.choice((None, "送货很快", "terrible queue", "…"))
        found.append(replace(event, properties=event.properties | more, text=text))
    return found


def feeling(text: str | None) -> float | None:
    told = None if text is None else voice.analyse([text])["sentiment"].to_pylist()[0]
    return None if told is None else round(told * UNIT) / UNIT


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("coded")
    base, late = coded(ugly(81, customers=150)), coded(ugly(82, customers=40, prefix="new") + ugly(83, customers=30))
    with buckets(4):
        return [
            Case("plain", workspace(folder / "plain", base), base),
            Case("tail", workspace(folder / "tail", base, late), base + late),
        ]


NAMES = {"12": "long lines", "7": "dirty"}


def said(event: Event) -> list[str] | None:
    codes = event.properties.get("codes")
    if codes is None or (isinstance(codes, str) and not codes):
        return None
    every = codes if isinstance(codes, list) else codes_in(str(codes))
    return sorted({NAMES.get(str(code), str(code)) for code in every})


def agree(case: Case, group: Callable[[Event], Any], by: str | None, **options: Any) -> None:
    """The answer is the twin's."""
    spelled = {name: getattr(value, "text", value) for name, value in options.items()}
    result = case.ws.themes(by, codes="codes", code_list=NAMES, zone="UTC", period="day", quotes=0, **spelled)
    felt: dict[str | None, float | None] = {}

    def feels(event: Event, theme: str | None) -> float | None:
        return felt.setdefault(event.text, feeling(event.text))

    def compare(row: dict[str, Any], told: naive.Told) -> None:
        for name, value in told.figures(BAND).items():
            assert row[name] == pytest.approx(value), (name, row)

    for table, where in ((result.themes, None), (result.groups, group)):
        twin = naive.themes(case.events, said, feels, where or (lambda e: None), **options)
        rows = table.to_pylist()
        column = result.groups.column_names[1] if where else ""
        if where and not by:
            continue
        found = {(row["theme"], row.get(column), None): row for row in rows}
        assert found.keys() == {key for key in twin if isinstance(key[0], str)}
        for key, row in found.items():
            compare(row, twin[key])
            cell = {"group": row[column]} if where else {}
            assert set(result.customers(row["theme"], **cell)) == twin[key].customers

    def day(event: Event) -> datetime:
        when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=event.time)
        return when.replace(hour=0, minute=0, second=0, microsecond=0)

    twin = naive.themes(case.events, said, feels, period=day, **options)
    for row in result.trend.to_pylist():
        told = twin.get((row["theme"] if row["theme"] is not None else ..., None, row["period"]))
        assert (told is None) == (row["comments"] == 0)
        if told is not None:
            compare(row, told)
            assert row["n"] == told.of
            theme = {} if row["theme"] is None else {"theme": row["theme"]}
            assert set(result.customers(**theme, period=row["period"])) == told.customers


def test_codes_of_every_state(states: list[Case]) -> None:
    for case in states:
        agree(case, lambda e: e.channel, "channel")
    agree(states[0], lambda e: e.properties.get("plan"), "plan", where=CONDITIONS[0])
    agree(states[1], lambda e: None, None, since=START + 2, until=START + 9)


def test_what_a_customer_said(states: list[Case]) -> None:
    case = states[1]
    result = case.ws.themes(codes="codes", code_list="12 = long lines; 7 = dirty")
    unique = {event.message_id: event for event in case.events}.values()
    for who in sorted({event.customer for event in unique})[:20]:
        told = result.explain(who)
        twin = [(theme, event.message_id) for event in unique if event.customer == who for theme in said(event) or ()]
        assert sorted((row["theme"], row["message_id"]) for row in told.table.to_pylist()) == sorted(twin)
        assert len(told.text("zh").splitlines()) == max(len(twin), 1) + 1
    table = result.explain(next(e.customer for e in unique if said(e) and e.text)).table
    texts = {event.message_id: event.text for event in unique}
    assert all(row["text"] == texts[row["message_id"]] for row in table.to_pylist())


# Topics of a taxonomy.

OURS = """
name: {zh: 我们的, en: Ours}
topics:
  - key: service
    name: {zh: 服务, en: Service}
    topics:
      - key: parcel
        name: {zh: 快递, en: Parcels}
        keywords: [快递, 仓库]
      - key: staff
        name: {zh: 店员, en: Staff}
        keywords: [店员, 顾客]
  - key: login
    name: {zh: 登录, en: Signing in}
    keywords: [password]
"""


def test_topics_of_a_taxonomy_are_counted_with_those_above_them(made: Any) -> None:
    events = comments(11)
    result = made(events).ws.themes(taxonomy=OURS, quotes=2)

    def topics(event: Event) -> list[str]:
        own = told_by(event.text or "") - {"food"}
        return sorted(
            {f"service.{one}" if one != "login" else one for one in own} | {"service" for one in own - {"login"}}
        )

    twin = naive.themes(events, topics, lambda e, theme: None)
    rows = {row["theme"]: row for row in result.themes.to_pylist()}
    assert rows.keys() == {"service", "service.parcel", "service.staff", "login"}
    for theme, row in rows.items():
        told = twin[theme, None, None]
        assert (row["comments"], row["customers"]) == (len(told.comments), len(told.customers))
        assert set(result.customers(theme)) == told.customers
        assert all(quoted(quote) in ("快递", "仓库", "店员", "顾客", "password") for quote in row["quotes"])
    assert result.unthemed == len(twin[None, None, None].comments)
    assert result.called("service.parcel", "en") == "Service › Parcels"
    assert result.called("service.parcel", "zh") == "服务 › 快递"
    assert "服务 › 快递" in str(result.chart("zh")["yAxis"])
    assert made(events).ws.themes(taxonomy="retail").taxonomy is not None
    with pytest.raises(UnknownName, match="retails"):
        made(events).ws.themes(taxonomy="retails")


def test_a_question_names_no_file(made: Any, tmp_path: Any) -> None:
    (tmp_path / "ours.yaml").write_text(OURS, encoding="utf-8")
    with pytest.raises(UnknownName):
        made(comments(12, 20)).ws.themes(taxonomy=str(tmp_path / "ours.yaml"))


# Themes that are found.


def test_planted_themes_are_found_in_both_languages_and_counted(made: Any) -> None:
    events = comments(1)
    result = made(events).ws.themes(themes=4)
    found = {frozenset(told_by(row["quotes"][0]["text"])): row for row in result.themes.to_pylist()}
    assert len(found) == result.themes.num_rows == 4
    names = {row["theme"]: told_by(row["theme"].replace("login", "password").replace("soup", "noodles"))
             for row in result.themes.to_pylist()}  # fmt: skip
    assert sorted(len(own) for own in names.values()) == [1, 1, 1, 1], "each is called by its own words"
    of = {name: next(iter(own)) for name, own in names.items()}
    twin = naive.themes(events, lambda e: sorted(told_by(e.text or "")), lambda e, theme: None)
    for row in result.themes.to_pylist():
        told = twin[of[row["theme"]], None, None]
        assert (row["comments"], row["customers"]) == (len(told.comments), len(told.customers))
        assert set(result.customers(row["theme"])) == told.customers
    assert result.comments == 400 and result.unthemed == len(twin[None, None, None].comments)
    assert set(result.customers(None)) == twin[None, None, None].customers
    assert result.coverage == pytest.approx(1 - result.unthemed / 400)
    with pytest.raises(UnknownName, match="no theme is called 'x'"):
        result.customers("x")


def test_feelings_are_those_of_the_clauses(made: Any) -> None:
    events = comments(2)
    result = made(events).ws.themes(themes=4)
    of = {row["theme"]: next(iter(told_by(quoted(row["quotes"][0])))) for row in result.themes.to_pylist()}

    def feels(event: Event, theme: str | None) -> float | None:
        parts = [one for one in voice.clauses([event.text])["text"].to_pylist() if theme in told_by(one)]
        told = [one for one in map(feeling, parts) if one is not None]
        return round(sum(told) / len(told) * UNIT) / UNIT if told else None

    twin = naive.themes(events, lambda e: sorted(told_by(e.text or "")), feels)
    for row in result.themes.to_pylist():
        told = twin[of[row["theme"]], None, None].figures(BAND)
        assert row["rated"] == told["rated"]
        assert row["sentiment"] == pytest.approx(told["sentiment"], abs=1 / UNIT)


def quoted(quote: dict[str, Any]) -> str:
    """The part of a quote that speaks of its theme."""
    text: str = quote["text"]
    return text[quote["start"] : quote["end"]]


def test_quotes_are_what_somebody_wrote(made: Any) -> None:
    events = comments(3)
    result = made(events).ws.themes(themes=4, quotes=4)
    wrote = {event.message_id: event for event in events}
    for row in result.themes.to_pylist():
        assert len(row["quotes"]) >= 2
        assert len({quote["customer"] for quote in row["quotes"]}) == len(row["quotes"])
        about = set()
        for quote in row["quotes"]:
            event = wrote[quote["message_id"]]
            assert (quote["text"], quote["customer"], quote["event"]) == (event.text, event.customer, event.event)
            assert quote["time"] == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=event.time)
            about |= told_by(quoted(quote))
        assert len(about) == 1
    assert all(not row["quotes"] for row in made(events).ws.themes(quotes=0).themes.to_pylist())


def test_the_same_comments_give_the_same_themes(made: Any) -> None:
    events = comments(4)
    first = made(events).ws.themes()
    with buckets(8):
        shuffled = random.Random(1).sample(events, len(events))
        again = made(shuffled[:150], shuffled[150:]).ws.themes()
    assert again.themes.equals(first.themes) and again.trend.equals(first.trend)


def shifted(after: float, seed: int, weeks: int = 30, each: int = 80) -> list[Event]:
    """Weeks of comments, of which a share speaks of food: 8 %, and from week 18 on another share."""
    dice, found = random.Random(seed), []
    for week in range(weeks):
        for at in range(each):
            share = 0.08 if week < 18 else after
            theme = "food" if dice.random() < share else dice.choice(("parcel", "staff", "login"))
            when = START + (week * 7 + dice.randrange(7)) * DAY
            found.append(Event(f"s{week}-{at}", when, f"c{dice.randrange(900)}", "Review", text=sentence(dice, theme)))
    return found


def test_a_planted_shift_is_told_with_its_size_and_time(made: Any) -> None:
    result = made(shifted(0.2, 5)).ws.themes(themes=4, period="week", quotes=0)
    rows = {("food" if "soup" in row["theme"] else row["theme"]): row for row in result.themes.to_pylist()}
    food = rows["food"]
    planted = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(weeks=18)
    assert food["trend"] == "rising" and abs(food["since"] - planted) <= timedelta(days=10)
    assert abs(food["share_before"] - 0.08) < 0.03 and abs(food["share_after"] - 0.2) < 0.04
    assert food["p_adjusted"] < 0.001
    change = next(row for row in result.changes.to_pylist() if row["theme"] == food["theme"])
    assert change["measure"] == "share" and change["low"] < 0.12 < change["high"]
    assert "themes_changes" in [note.code for note in result.notes]
    new = made(shifted(0.2, 5)).ws.journeys(where="not (text contains 'soup' and time < '2026-05-07')").themes(
        themes=4, period="week", quotes=0
    )  # fmt: skip
    assert [row["trend"] for row in new.themes.to_pylist() if "soup" in row["theme"]] == ["new"]


def test_nothing_is_told_where_nothing_moves(made: Any) -> None:
    told = [made(shifted(0.08, seed)).ws.themes(themes=4, period="week", quotes=0) for seed in (6, 7, 8)]
    assert sum(one.changes.num_rows for one in told) == 0
    assert {row["trend"] for one in told for row in one.themes.to_pylist()} == {"steady"}


def test_questions_that_make_no_sense(made: Any) -> None:
    ws = made(comments(9, 30)).ws
    with pytest.raises(BadInput, match="no property that holds codes"):
        ws.themes(code_list={"1": "a"})
    with pytest.raises(BadInput, match="different kinds of themes"):
        ws.themes(codes="channel", themes=3)
    with pytest.raises(BadInput, match="is no list of codes"):
        ws.themes(codes="channel", code_list="12")
    with pytest.raises(UnknownName):
        ws.themes(codes="nothing")
    assert ws.themes(codes="channel").themes["theme"].to_pylist()
    nobody = ws.themes(event_where="text = 'x'")
    assert nobody.comments == 0 and nobody.coverage is None and [note.code for note in nobody.notes] == ["no_comments"]
