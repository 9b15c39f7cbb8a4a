"""The airport's coded comments: the code lists, and what is counted of them, from the files as they were published."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from scipy import stats

from lvtu.demo import airport
from lvtu.demo.coding import PLACES, QUESTIONS, codes
from lvtu.demo.facts.airport_themes import LEAST, Theme
from lvtu.demo.files import read
from parts import shared
from published import effective, published

CJK = re.compile(r"[\u3400-\u9fff]")


@cache
def listed() -> dict[tuple[str, int], str]:
    """The code list of 2018: (question, code) → its words."""
    sheet = openpyxl.load_workbook(shared("airport/2018_data_dictionary.xlsx")).worksheets[0]
    found, question = {}, ""
    for field, code, words, *_ in sheet.iter_rows(values_only=True, max_col=4):
        name = re.fullmatch(r"Q(\d+)-\d", str(field or "").strip())
        if field and str(field).strip():
            question = f"q{name[1]}" if name else ""
        if question and words and str(code).strip().isdigit():
            found[question, int(code)] = " ".join(str(words).split())
    return found


def test_the_names_are_those_of_the_list_of_2018() -> None:
    for code in codes():
        if 2018 in code.numbers:
            assert code.name.en == re.sub(r"\s*–\s*", " – ", listed()[code.question, code.number(2018)]), code
    named = {(code.question, code.number(2018)) for code in codes() if 2018 in code.numbers}
    blank = {key for key, words in listed().items() if words.lower().startswith("blank")}
    assert set(listed()) - blank == named


def test_every_code_has_both_names_and_one_meaning() -> None:
    keys = [(code.question, year, number) for code in codes() for year, number in code.numbers.items()]
    assert len(keys) == len(set(keys)) > 350
    for code in codes():
        assert CJK.search(code.name.zh) and not CJK.search(code.name.en)
        assert code.kind in ("praise", "complaint", "other")
        assert code.step in ("", *(step.key for step in airport.MODEL.steps))
    assert {code.question for code in codes()} == set(QUESTIONS) == set(PLACES)


def test_a_code_that_changed_its_meaning_is_two() -> None:
    at = {(code.question, year, number): code for code in codes() for year, number in code.numbers.items()}
    for number in (201, 202, 203):
        assert at["q8", 2017, number] is not at["q8", 2018, number]
    assert at["q15", 2017, 32] is at["q15", 2018, 32]
    assert at["q9", 2017, 6] is at["q9", 2018, 7], "dirty boarding areas moved from 6 to 7"
    assert at["q9", 2017, 4] is not at["q9", 2018, 4], "dirty bathrooms, and other airports are cleaner"
    assert ("q15", 2017, 14) not in at, "the list of 2017 does not use it"


@pytest.mark.parametrize("year", [2017, 2018])
def test_every_coded_comment_is_an_event(year: int) -> None:
    table = published(year)
    expected: Counter[tuple[str, int]] = Counter()
    for question in PLACES:
        columns = [name for name in table if re.fullmatch(rf"{question}com\d", name)]
        some = table[table.q15problem == 1] if question == "q15" else table.replace(0, np.nan)
        expected.update((question, int(code)) for row in some[columns].to_numpy() for code in set(row[row >= 0]))
    rows = airport.events(read("airport").filter([one == year for one in read("airport")["year"].to_pylist()]))
    found: Counter[tuple[str, int]] = Counter()
    for event, text in zip(rows["event"].to_pylist(), rows["properties"].to_pylist(), strict=True):
        if event in QUESTIONS.values():
            known = json.loads(text)
            assert QUESTIONS[known["question"]] == event and known["theme"] and known["theme_zh"]
            found[known["question"], known["code"]] += 1
    assert not found - expected
    assert dict(expected - found) == ({("q8", 29): 1, ("q8", 141): 1} if year == 2017 else {}), "no list names them"


def shares(theme: Theme, year: int) -> tuple[float, float, int]:
    """The weighted share of those asked, how many effective ones, and how many people, from the published file."""
    table, question = published(year), theme.code.question
    asked = pd.Series(data=True, index=table.index)
    if question == "q15":
        asked = table.q15problem.isin([1, 2])
    elif question == "q12":
        asked = table.q11tsapre == 1
    columns = [f"{question}com{i}" for i in range(1, 7) if f"{question}com{i}" in table]
    hit = table[columns].eq(theme.code.number(year)).any(axis=1) & asked
    if question == "q15":
        hit &= table.q15problem == 1
    weight = table.weight[asked]
    return weight[hit[asked]].sum() / weight.sum(), effective(weight), int(hit.sum())


def test_shares_and_tests_are_those_of_the_published_files(measured: dict[str, Any]) -> None:
    themes = measured["airport"].themes
    p = {}
    for at, theme in enumerate(themes.found):
        for year, figure in theme.shares.items():
            share, _, people = shares(theme, year)
            assert figure.value == pytest.approx(share, abs=1e-9), theme.code
            assert theme.people[year] == people
        if theme.q is not None:
            (a, n, _), (b, m, _) = shares(theme, 2017), shares(theme, 2018)
            pooled = (a * n + b * m) / (n + m)
            p[at] = 2 * stats.norm.sf(abs(b - a) / np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)))
    adjusted = stats.false_discovery_control(list(p.values()))
    assert [themes.found[at].q for at in p] == pytest.approx(list(adjusted), rel=1e-6)
    assert len(p) > 30 and all(sum(themes.found[at].people.values()) >= LEAST for at in p)
    changed = {themes.found[at].code.name.zh for at, q in zip(p, adjusted, strict=True) if q <= 0.05}
    assert {theme.code.name.zh for theme in themes.changed} == changed
    assert {"安检太慢、太乱或态度差", "机场很干净，维护得好"} <= changed
    assert next(one for one in themes.changed if one.code.number(2018) == 32).people == {2017: 37, 2018: 114}


def test_a_list_that_was_used_in_another_way_is_not_compared(measured: dict[str, Any]) -> None:
    """Of Pre-Check, nobody of 2017 has "shorter line", and 76 people of 2018."""
    themes = measured["airport"].themes
    assert themes.otherwise == ["q12"]
    shorter = next(one for one in themes.found if one.code.question == "q12" and one.code.numbers.get(2018) == 21)
    assert shorter.people == {2017: 0, 2018: 76} and shorter.q is None
    assert not [one for one in themes.tested if one.code.question == "q12"]


def test_people_with_a_problem_at_a_step_are_counted_once(measured: dict[str, Any]) -> None:
    table = published(2018)
    told = measured["airport"].themes.told
    steps = {code.number(2018): code.step for code in codes() if code.question == "q15" and 2018 in code.numbers}
    named = table.loc[table.q15problem == 1, ["q15com1", "q15com2", "q15com3"]]
    for step, people in told.items():
        assert people == named.isin([number for number, one in steps.items() if one == step]).any(axis=1).sum(), step
