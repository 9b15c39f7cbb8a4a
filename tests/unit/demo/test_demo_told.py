"""What the pages of the airport and the complaints say follows from their numbers, whatever these are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lvtu import voice
from lvtu.demo import build
from lvtu.demo.coding import codes
from lvtu.demo.facts.airport import AirportFacts, Compared
from lvtu.demo.facts.complaints import ComplaintFacts, Rate
from lvtu.demo.figures import Change
from lvtu.demo.files import read
from lvtu.demo.model import LANGS
from lvtu.demo.page import render


def said(name: str, facts: Any) -> dict[str, Any]:
    page = build.tell(name, facts)
    for lang in LANGS:
        assert render(page, lang)
    return {finding.key: finding.text for finding in page.findings}


def turned(one: Compared, p: float) -> Compared:
    """The years the other way round, as sure as is said."""
    change = one.change
    q = None if one.q is None else p
    return Compared(one.after, one.before, Change(-change.delta, -change.high, -change.low, p), q)


def test_the_airport_got_better(measured: dict[str, Any]) -> None:
    facts: AirportFacts = measured["airport"]
    ratings = {name: turned(one, one.q or 0.0) for name, one in facts.ratings.items()}
    told = said("airport", replace(facts, nps=turned(facts.nps, 0.001), ratings=ratings))
    assert "rose from 35.1 to 40.4" in told["lead"].en and "从 35.1 升到 40.4" in told["lead"].zh
    assert "got significantly better: passing through security" in told["lead"].en
    assert "worse" not in told["lead"].en and "变差" not in told["lead"].zh
    assert "none is significantly worse; 4 are significantly better" in told["changed"].en
    assert "more than chance" in told["nps"].en and "+5.3" in told["nps"].en


def test_nothing_changed_at_the_airport(measured: dict[str, Any]) -> None:
    facts: AirportFacts = measured["airport"]
    ratings = {name: turned(one, 0.4) for name, one in facts.ratings.items()}
    told = said("airport", replace(facts, nps=turned(facts.nps, 0.3), ratings=ratings))
    assert "no significant change" in told["lead"].en and "没有显著变化" in told["lead"].zh
    assert "none is significantly worse; none is significantly better" in told["changed"].en
    assert "may be chance" in told["nps"].en and "可能只是偶然" in told["nps"].zh
    assert build.tell("airport", replace(facts, ratings=ratings)).cards == ()


def test_what_got_worse_is_told_as_it_is(measured: dict[str, Any]) -> None:
    told = said("airport", measured["airport"])
    assert "fell from 40.4 to 35.1" in told["lead"].en
    assert "Passing through security is also among what goes most with recommending" in told["lead"].en
    assert "significantly more" in told["problems"].en and "“Security took too long" in told["problems"].en
    assert "passing through security +1.33 → +1.15" in told["changed"].en


def test_no_company_and_no_issue_differs(measured: dict[str, Any]) -> None:
    facts: ComplaintFacts = measured["complaints"]

    def alike(found: dict[str, list[Rate]]) -> dict[str, list[Rate]]:
        return {by: [replace(one, q=None if one.q is None else 0.5) for one in rates] for by, rates in found.items()}

    told = said("complaints", replace(facts, timely_by=alike(facts.timely_by), relief_by=alike(facts.relief_by)))
    assert "company:" not in told["lead"].en and "do not differ significantly" in told["late"].en
    assert "No issue differs" in told["relief"].en and "没有显著差别" in told["relief"].zh


def test_who_is_late_is_told(measured: dict[str, Any]) -> None:
    told = said("complaints", measured["complaints"])
    assert "41 / 108 concern one company: TMX Finance LLC" in told["lead"].en
    assert "without TMX Finance LLC, title loan 98.6%" in told["late"].en
    assert "one in" not in told["forward"].en and "14.3%" in told["forward"].en


def test_topics_are_those_of_the_reader(measured: dict[str, Any]) -> None:
    rows = read("airport").to_pandas()
    rows = rows[(rows.year == 2018) & (rows.q15problem == 1) & rows.q15a.notna()]
    rows = rows[~rows.q15a.isin(["TO TRANSLATE", "TRANSLATE"])]
    topics = voice.analyse(rows.q15a.tolist(), taxonomy="airports")["topics"].to_pylist()
    found = measured["airport"].said
    weight = rows.weight.to_numpy()
    for topic in found.read.topics:
        hit = np.array([topic.code in (one or ()) for one in topics])
        assert topic.share.value == pytest.approx(weight[hit].sum() / weight.sum())
    often = Counter(code for one in topics for code in one or ())
    assert {topic.code for topic in found.read.topics} == {code for code, n in often.items() if n >= 5}
    security = {code.number(2018) for code in codes() if code.step == "security" and code.question == "q15"}
    so = rows[["q15com1", "q15com2", "q15com3"]].isin(security).any(axis=1).to_numpy()
    spoken = np.array([any(code.startswith("security") for code in one or ()) for one in topics])
    assert [one.value for one in found.security] == pytest.approx([spoken[so].mean(), so[spoken].mean()])
    assert min(one.value for one in found.security) > 0.75, "the reader and the coders mean the same by security"
