"""Properties found in JSON text: against Python's own parser, however the objects are spelled."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lvtu.core.expr.values import as_text
from lvtu.store.journeys.reading import read_fields
from lvtu.store.journeys.texts import Texts, as_sequence, joined
from lvtu.store.lake import Lake

NAMES = ["plan", "plän", "p", "a.b", 'a"b', "a\\b", "客", "plan2", "none", "properties.channel"]
VALUES: list[Any] = [
    "basic", "", "a,b", 'quo"te', "back\\slash", "}{", "客户", "null", "12", "1.50", "\n", "é", 0, 7, -3, 10**25, 0.5,
    -0.5, 1.5e300, 1e-7, 0.1 + 0.2, 100.0, True, False, None, [], {}, [1, "x]", {"plan": 3}], {"b": [2]},
]  # fmt: skip
RAW = [
    "1.0",
    "1.50",
    "-0",
    "-0.0",
    "1E5",
    "1e5",
    "0.001",
    "0.0001",
    "0.00001",
    "123456789012345.6",
    '"\\u00e9"',
    "12.0",
]


def spelled(dice: random.Random, found: dict[str, Any], raw: dict[str, str]) -> str:
    """One object as JSON text, in one of the ways it may be written."""
    space = dice.choice(["", "", " ", "\t\n "])
    ascii = dice.random() < 0.3
    pairs = [(json.dumps(k, ensure_ascii=ascii), json.dumps(v, ensure_ascii=ascii)) for k, v in found.items()]
    pairs += [(json.dumps(k, ensure_ascii=ascii), v) for k, v in raw.items()]
    dice.shuffle(pairs)
    inside = ",".join(f"{space}{k}{space}:{space}{v}{space}" for k, v in pairs)
    return f"{space}{{{inside}}}{space}"


def lake_of(folder: Path, texts: list[str | None], commits: int = 3) -> Lake:
    lake, size = Lake(folder / "lake"), len(texts) // commits + 1
    for start in range(0, len(texts), size):
        part = texts[start : start + size]
        ids = range(start, start + len(part))
        lake.append(pa.table({"event_id": pa.array(ids, pa.int64()), "properties": pa.array(part, pa.string())}))
    return lake


@pytest.mark.parametrize("seed", range(3))
def test_every_spelling(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    objects: list[dict[str, Any] | None] = []
    texts: list[str | None] = []
    for _ in range(600):
        if dice.random() < 0.1:
            objects.append(None)
            texts.append(None)
            continue
        # seed 0 has no backslash in a key, and is read by the kernel alone
        names = [n for n in NAMES if seed or not set('"\\') & set(n)]
        chosen = dice.sample(names, dice.randint(0, 5))
        found = {name: dice.choice(VALUES) for name in chosen}
        raw = {name: dice.choice(RAW) for name in dice.sample(names, 2) if name not in found}
        text = spelled(dice, found, raw)
        texts.append(text)
        objects.append(json.loads(text))
    lake = lake_of(tmp_path, texts)
    read = read_fields(lake, NAMES, len(texts))
    for name in NAMES:
        key = name.removeprefix("properties.")
        wanted = [as_text((each or {}).get(key)) or "" for each in objects]
        if name == "a.b":  # a path, where there is no such name
            wanted = [
                text
                or (
                    as_text((each or {}).get("a", {}).get("b")) or "" if isinstance((each or {}).get("a"), dict) else ""
                )
                for text, each in zip(wanted, objects, strict=True)
            ]
        if name == "properties.channel":
            wanted = [""] * len(objects)
        field = read[name]
        assert [field.values[code] for code in field.numbers.tolist()] == wanted, name
        assert len(set(field.values)) == len(field.values)


PATHS = ["No.", ".a", "a..b", ".", "a.", "", "*", "a.*", "*.b", "a*b", "a.b*", "a.b"]


def first(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of which the first of two equal keys counts, as everywhere else."""
    found = dict(reversed(pairs))
    return {key: found[key] for key, _ in pairs}


@pytest.mark.parametrize("escaped", [False, True])
def test_names_that_are_no_paths(tmp_path: Path, escaped: bool) -> None:
    objects: list[dict[str, Any]] = [{name: number} for number, name in enumerate(PATHS)]
    objects += [{"a": {"b": 1, "": 2, "*": 3, "b*": 4}, "b": 5}, {"": {"a": 6, "": 7}, "*": {"b": 8}}]
    objects += [{"*": None, "": None}, {"*": "é\n", "": [1, {"x": 2.0}]}]
    objects += [{"a\\b": 1, "x": 2}] if escaped else []
    texts = [json.dumps(each) for each in objects] + [None, '{"*":1,"*":2,"":3,"":4}']
    lake = lake_of(tmp_path, list(texts), commits=1)
    read = read_fields(lake, PATHS, len(texts))
    every = [json.loads(text or "{}", object_pairs_hook=first) for text in texts]
    for name in PATHS:
        wanted = [as_text(each.get(name)) or "" for each in every]
        if name in ("a.b", "a.b*"):  # the names that are paths too
            wanted[len(PATHS)] = "1" if name == "a.b" else "4"
        field = read[name]
        assert [field.values[code] for code in field.numbers.tolist()] == wanted, name


def test_a_value_that_is_not_json_is_missing(tmp_path: Path) -> None:
    words = ["inf", "Inf", "INFINITY", "-inf", "Nan", "NaN", "[inf]", '{"b":[1,nan]}']
    texts: list[str | None] = ['{"plan":"pro"}', *(f'{{"plan":{word},"p":"x"}}' for word in words), '{"plan":1.50}']
    for escaped in ([], ['{"a\\b":1}']):
        lake = lake_of(tmp_path / str(len(escaped)), [*texts, *escaped], commits=1)
        read = read_fields(lake, ["plan", "p", "*"], len(texts) + len(escaped))
        found = [read["plan"].values[code] for code in read["plan"].numbers.tolist()]
        assert [text for text in found if text] == ["pro", "1.5"]
        assert [read["p"].values[code] for code in read["p"].numbers.tolist()].count("x") == len(words)


def test_many_values_stay_in_arrow(tmp_path: Path) -> None:
    texts = [json.dumps({"id": f"{i:06x}-é", "n": i % 3}) for i in range(120_000)]
    read = read_fields(lake_of(tmp_path, list(texts)), ["id", "n"], len(texts))
    values = read["id"].values
    assert isinstance(values, Texts)
    assert read["n"].values == ["", "0", "1", "2"]
    assert [values[int(code)] for code in read["id"].numbers[[0, 7, 119_999]]] == ["000000-é", "000007-é", "01d4bf-é"]
    assert values.index("000007-é") == read["id"].numbers[7]
    assert values[1:].index("000007-é", 3) == read["id"].numbers[7] - 1
    with pytest.raises(ValueError, match="not among"):
        values.index("000007-é", 9)
    assert list(values[1:4]) == ["000000-é", "000001-é", "000002-é"]
    both, places = joined(values, ["", "new", "000001-é"])
    assert [both[int(place)] for place in places] == ["", "new", "000001-é"]
    assert len(both) == len(values) + 1


def test_lists_are_joined() -> None:
    base, fresh = ["", "a", "b"], ["", "c", "b", "d"]
    both, places = joined(base, fresh)
    assert list(both) == ["", "a", "b", "c", "d"]
    assert [both[place] for place in places] == fresh
    assert joined(base, [""])[0] == base
    assert list(joined([""], fresh)[0]) == fresh
    assert as_sequence(pa.array(["", "x"])) == ["", "x"]
