"""Which records are of one person: precision and recall on labelled sets, names by hand, the same answer every time."""

from __future__ import annotations

import math
import random
import re
import sys
from itertools import combinations
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from benchmarks.linking import CHINESE, SETS, Scores, chinese

from lvtu.errors import BadInput
from lvtu.identity import linking
from lvtu.identity.comparing import derived, levels
from lvtu.identity.linking import Linked, link
from lvtu.identity.persons import cleaned
from lvtu.who.records import read_records
from lvtu.who.reviews import THRESHOLD
from parts import ROOT, shared

FLOORS = {"Febrl 1": (0.99, 0.98), "splink fake 1000": (0.99, 0.60)}
"""The least precision and recall at the threshold that stands if none is asked for."""


@pytest.fixture(scope="module")
def scores() -> dict[str, Scores]:
    for name in FLOORS:
        shared(f"identity/{SETS[name]}")
    return {name: Scores(name) for name in FLOORS}


@pytest.mark.parametrize("name", FLOORS)
def test_labelled_pairs_are_found(scores: dict[str, Scores], name: str) -> None:
    precision, recall = scores[name].at(THRESHOLD)
    least = FLOORS[name]
    assert precision >= least[0] and recall >= least[1], (precision, recall)


def test_the_page_says_what_is_measured(scores: dict[str, Scores]) -> None:
    page = (ROOT / "docs/how-to/linking.md").read_text(encoding="utf-8")
    header, _, *rows = re.findall(r"^\|.*\|$", page, re.MULTILINE)[: 2 + 6]
    names = [cell.strip() for cell in header.split("|")[2:-1]]
    assert set(names) == set(SETS)
    for row in rows:
        threshold, *cells = (cell.strip() for cell in row.split("|")[1:-1])
        for name, cell in zip(names, cells, strict=True):
            if name in scores:
                told = [float(part) / 100 for part in cell.split("/")]
                assert told == pytest.approx(scores[name].at(float(threshold)), abs=0.003), (threshold, name)


@pytest.fixture(scope="module")
def small() -> pa.Table:
    return read_records(chinese(150, 40, seed=5), None, None, {}).fields


@pytest.fixture(scope="module")
def linked(small: pa.Table) -> Linked:
    return link(small, 0.01)


def test_the_same_records_have_the_same_answer(small: pa.Table, linked: Linked) -> None:
    again = link(small, 0.9)
    assert again.pairs == tuple(pair for pair in linked.pairs if pair.probability >= 0.9)
    assert again.expected == linked.expected
    assert 20 < len(again.pairs) < len(linked.pairs)


def test_the_evidence_adds_up_to_the_probability(small: pa.Table, linked: Linked) -> None:
    """Bayes: the odds before, times what each field says, are the odds after."""
    every = len(small) * (len(small) - 1) / 2
    before = math.log2(linked.expected / (every - linked.expected))
    for pair in linked.pairs:
        after = before + sum(said.bits for said in pair.evidence.values())
        assert 1 / (1 + 2**-after) == pytest.approx(pair.probability, abs=0.01)
        assert all(said.bits == 0 for said in pair.evidence.values() if said.agreement == "missing")
    assert sum(pair.probability for pair in linked.pairs) == pytest.approx(linked.expected, rel=0.05)


def test_the_words_of_the_evidence_are_true(small: pa.Table, linked: Linked) -> None:
    rows = small.to_pylist()
    for pair in linked.pairs:
        for field, said in pair.evidence.items():
            left, right = rows[pair.left][field], rows[pair.right][field]
            assert (said.agreement == "missing") == (left is None or right is None)
            assert (said.agreement == "same") == (left is not None and left == right)


# Names, by hand: 4 same, then what the steps of the comparison are called here.

STEPS = ["same", "words", "short of 3", "short of 2"]
NAMES = [
    ("张伟", "张伟", "same"),
    ("张伟", "张 伟", "same"),
    ("张伟", "伟张", "words"),
    ("张伟", "张玮", "short of 2"),
    ("张伟", "李伟", "short of 2"),
    ("张伟", "李娜", "else"),
    ("王建国", "王建军", "short of 3"),
    ("王建国", "汪建国", "short of 3"),
    ("王建国", "王志强", "else"),
    ("欧阳娜娜", "欧阳娜那", "short of 3"),
    ("司马相如", "司马光", "else"),
    ("张三丰", "张三", "else"),
    ("José Núñez", "jose nunez", "same"),
    ("Robert Allen", "Allen, Robert", "words"),
    ("Robert Allen", "Robert Alen", "alike"),
    ("Robert Allen", "Rob Alan", "somewhat alike"),
    ("Robert Allen", "Sir Robert Miles Davis", "a word"),
    ("Robert Allen", "Ann Lee", "else"),
    ("张伟", "Zhang Wei", "else"),
    ("张伟", None, "missing"),
]


@pytest.mark.parametrize(("left", "right", "expected"), NAMES)
def test_names_are_compared_as_people_would(left: str, right: str | None, expected: str) -> None:
    records = cleaned({"name": pa.array([left, right, "王芳", "Ann Lee"])})
    names = ["missing", *STEPS, "alike", "somewhat alike", "a word", "else"]
    assert names[step("name", records)] == expected


PARTS = [
    (("Ann", "Lee"), ("Ann", "Lee"), "same"),
    (("Ann", "Lee"), ("Lee", "Ann"), "words"),
    (("Robert", "Allen"), ("Robbert", "Alen"), "both alike"),
    (("Robert", "Allen"), ("Alen", "Robbert"), "both alike"),
    (("Robert", "Allen"), ("Zoe", "Allen"), "family name"),
    (("Robert", "Allen"), (None, "Allen"), "family name"),
    (("Robert", "Allen"), ("Robert", "Quist"), "given name"),
    (("Robert", "Allen"), ("Allen", "Quist"), "crossed"),
    (("Robert", "Allen"), ("Zoe", "Alen"), "one alike"),
    (("Robert", "Allen"), ("Zoe", "Quist"), "else"),
    (("伟", "张"), ("伟", "张"), "same"),
    (("建国", "王"), ("建军", "王"), "short of 3"),
    (("伟", "张"), ("军", "张"), "short of 2"),
    (("伟", "张"), ("建国", "张"), "family name"),
]


@pytest.mark.parametrize(("left", "right", "expected"), PARTS)
def test_names_in_two_columns(left: tuple[Any, Any], right: tuple[Any, Any], expected: str) -> None:
    given, family = zip(left, right, ("芳", "王"), ("Ann", "Quist"), strict=True)
    records = cleaned({"given_name": pa.array(given), "family_name": pa.array(family)})
    names = ["missing", *STEPS, "both alike", "family name", "given name", "crossed", "one alike", "else"]
    assert names[step("name", records)] == expected


OTHERS = [
    ("birth_date", "1990-01-02", "1990-01-02", 1),
    ("birth_date", "1990-01-02", "1990-01-20", 2),
    ("birth_date", "1990-01-02", "1991-10-02", 3),
    ("birth_date", "1990-01-02", "1975-11-23", 4),
    ("email", "ann@x.org", "ann@y.org", 2),
    ("email", "ann.lee@x.org", "ann.le@x.org", 3),
    ("email", "ann.lee@x.org", "zoe@quist.net", 5),
    ("phone", "021-55556666", "55556666", 2),
    ("phone", "13800138000", "13800138010", 3),
    ("phone", "13800138000", "13912345678", 4),
    ("postcode", "200120", "200210", 2),
    ("postcode", "200120", "100086", 3),
    ("city", "liverpool", "liverpol", 2),
    ("city", "liverpool", "hull", 3),
    ("address", "2 main street", "2 main stret", 2),
]


@pytest.mark.parametrize(("kind", "left", "right", "expected"), OTHERS)
def test_other_fields(kind: str, left: str, right: str, expected: int) -> None:
    assert step(kind, cleaned({kind: pa.array([left, right])})) == expected


def step(field: str, records: pa.Table) -> int:
    """Which step of a field's comparison the first two records reach, asked of DuckDB without Splink."""
    steps = [each["sql_condition"] for each in levels(field, records)["comparison_levels"]]
    with duckdb.connect() as connection:
        connection.register("given", records.append_column("unique_id", pa.array(range(len(records)))))
        connection.execute(f"create table records as {derived(records.column_names)}")
        columns = [row[0] for row in connection.execute("describe records").fetchall()]
        sides = ", ".join(f"{s}.{name} as {name}_{s}" for s in "lr" for name in columns)
        cases = " ".join(f"when {condition} then {place}" for place, condition in enumerate(steps[:-1]))
        query = f"""select case {cases} else {len(steps) - 1} end from
            (select {sides} from records l, records r where l.unique_id = 0 and r.unique_id = 1)"""
        return int(connection.execute(query).fetchall()[0][0])


# What cannot be linked.


def test_two_fields_are_needed(small: pa.Table) -> None:
    empty = pa.table({"name": small["name"], "city": pa.nulls(len(small), pa.string())})
    for records in (small.select(["name"]), empty):
        with pytest.raises(BadInput, match="fewer than two fields"):
            link(records, 0.9)


def test_without_splink_the_extra_is_named(small: pa.Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(BadInput, match=r"pip install 'lvtu\[link\]'"):
        link(small, 0.9)


def test_records_that_agree_in_nothing_are_not_linked() -> None:
    apart = cleaned({"name": pa.array(["ann", "bo", "cai"]), "phone": pa.array(["1", "2", "3"])})
    assert link(apart, 0.5) == Linked((), 0.0, ())


def agreeing(rows: list[tuple[Any, ...]]) -> int:
    return sum(a == b and None not in a for a, b in combinations(rows, 2))


@pytest.mark.parametrize("taught", [True, False], ids=["taught", "not taught"])
def test_records_without_a_single_error_are_linked(taught: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no doubt at all is left, Splink refuses to learn from a probability of exactly nothing."""
    rows = chinese(60, 0, seed=9)
    twice = [*rows, *(dict(row) for row in rows[:15])]
    fields = read_records(twice, None, None, {}).fields.select(["name", "birth_date", "phone"])

    def refuse(*_: Any, **__: Any) -> None:
        raise ValueError("m_probability value 0.0 is below the minimum allowed value")

    if not taught:
        training = "splink.internals.linker_components.training.LinkerTraining"
        monkeypatch.setattr(f"{training}.estimate_parameters_using_expectation_maximisation", refuse)
    pairs = {(pair.left, pair.right): pair.probability for pair in link(fields, 0.5).pairs}
    assert pairs.keys() == {(row, 60 + row) for row in range(15)}
    assert max(pairs.values()) < 1


def test_whatever_the_fields_say_all_of_them_are_evidence() -> None:
    """Some of these fields teach nothing; Splink leaves a comparison out of a model whose training failed."""
    chance = random.Random(5)
    kinds = ("name", "email", "phone", "address", "postcode", "city", "birth_date")

    def said() -> str:
        return "".join(chance.choice("ab '\"%_\\;-张伟0159@./") for _ in range(chance.randrange(6)))

    rows = [{kind: said() for kind in kinds} for _ in range(150)]
    found = link(cleaned({kind: pa.array([row[kind] for row in rows]) for kind in kinds}), 0.001)
    assert found.pairs and all(pair.evidence.keys() == set(kinds) for pair in found.pairs)


def test_what_too_many_agree_in_is_left_out(small: pa.Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rarest agreements first, until the pairs are as many as allowed."""
    monkeypatch.setattr(linking, "PAIRS_PER_RECORD", 1)
    rows = small.select(["name", "birth_date", "city"]).to_pylist()
    parts = [{**row, "words": "".join(sorted(row["name"])), "birth_month": row["birth_date"][:7],
              "birth_day": row["birth_date"][5:]} for row in rows]  # fmt: skip
    blocks = ["name", "words", "birth_date", "name + city", "birth_month + city", "birth_month", "birth_day"]
    sizes = {block: agreeing([tuple(part[name] for name in block.split(" + ")) for part in parts]) for block in blocks}
    room, expected = len(rows), []
    for block in sorted(blocks, key=sizes.__getitem__):
        room -= sizes[block]
        if room < 0:
            expected.append(block)
    found = link(small.select(["name", "birth_date", "city"]), 0.9)
    assert found.left_out == tuple(expected) != ()
    assert found.pairs


def test_the_constructed_set_has_what_it_says() -> None:
    rows = chinese(30, 10, seed=1)
    assert len({row["客户编号"] for row in rows}) == 40 and CHINESE in SETS
    assert sum(a["姓名"] == b["姓名"] for a, b in zip(rows[:10], rows[30:], strict=True)) < 10
