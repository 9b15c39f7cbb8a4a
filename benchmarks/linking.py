"""How well records are linked: precision and recall at every threshold, on sets whose true pairs are known.

``python -m benchmarks.linking`` prints the table of ``docs/how-to/linking.md``; the case ``linking`` of
``python -m benchmarks`` puts the figures at the default threshold into the results.
"""

from __future__ import annotations

import csv
import random
import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from benchmarks.generate import BPI
from benchmarks.product import Fact
from lvtu.identity.linking import link
from lvtu.who.records import read_records
from lvtu.who.reviews import THRESHOLD

FOLDER = BPI.parent.parent / "identity"
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
FEBRL = {"address": ("street_number", "address_1", "address_2")}


def _rows(file: str) -> list[dict[str, str | None]]:
    """The rows of a labelled set; blanks are missing."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, skipinitialspace=True))
    return [{name: value.strip() or None for name, value in row.items()} for row in rows]


_FAMILY, _GIVEN, _TYPED, _CITIES = (
    each.split()
    for each in (
        "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 欧阳",
        "伟 芳 娜 敏 静 丽 强 磊 军 洋 建国 秀英 志强 晓明 雨桐 子涵 欣怡 浩然 宇轩 梓萱",
        "玮 方 那 民 净 莉 蔷 雷 钧 阳",
        "上海 北京 广州 深圳 杭州 成都 南京 武汉",
    )
)


def chinese(people: int, twice: int, seed: int) -> list[dict[str, Any]]:
    """Constructed records with Chinese names of a small stock, so that many strangers share one.

    Args:
        people: how many there are.
        twice: how many of them have a second record, which differs here and there.
        seed: which they are.
    """
    chance = random.Random(seed)
    rows = [
        {
            "客户编号": f"c{number}",
            "姓名": chance.choice(_FAMILY) + chance.choice(_GIVEN),
            "出生日期": f"{chance.randrange(1950, 2004)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
            "手机号": "" if chance.random() < 0.3 else f"1{chance.choice('35789')}{chance.randrange(10**9):09d}",
            "城市": chance.choice(_CITIES),
        }
        for number in range(people)
    ]
    for number in range(twice):
        again = dict(rows[number], 客户编号=f"d{number}")
        if chance.random() < 0.3:
            again["手机号"] = ""
        if chance.random() < 0.3:
            again["姓名"] = again["姓名"][:-1] + chance.choice(_TYPED)
        if chance.random() < 0.2:
            again["出生日期"] = again["出生日期"][:-1] + str(chance.randrange(10))
        if chance.random() < 0.3:
            again["城市"] = chance.choice(_CITIES)
        rows.append(again)
    return rows


def _known(name: str) -> tuple[list[dict[str, Any]], str, dict[str, Any], dict[str, str]]:
    """The records of a set, their identifying column, what its columns hold, and whose each record is."""
    if name == CHINESE:
        rows = chinese(3_000, 600, seed=3)
        return rows, "客户编号", {}, {row["客户编号"]: row["客户编号"][1:] for row in rows}
    rows = _rows(SETS[name])
    if name == SPLINK:
        return rows, "unique_id", {}, {row["unique_id"]: row.pop("cluster") for row in rows}
    for row in rows:
        del row["soc_sec_id"]  # it alone would tell
    return rows, "rec_id", FEBRL, {row["rec_id"]: row["rec_id"].split("-")[1] for row in rows}


CHINESE, SPLINK = "Chinese, constructed", "splink fake 1000"
SETS = {
    "Febrl 1": "dataset1.csv",
    "Febrl 2": "dataset2.csv",
    "Febrl 3": "dataset3.csv",
    SPLINK: "splink_fake_1000.csv",
    CHINESE: "",
}


class Scores:
    """One set, linked once: which pairs were found, how probable, and which of them are true.

    Attributes:
        records: how many there are.
        true: how many pairs are of one person.
        seconds: what linking took.
    """

    def __init__(self, name: str) -> None:
        records, identifier, fields, people = _known(name)
        read = read_records(records, identifier, None, fields)
        began = time.perf_counter()
        found = link(read.fields, min(THRESHOLDS))
        self.seconds = time.perf_counter() - began
        ids = read.ids.to_pylist()
        self.records = len(ids)
        self.true = sum(len(list(combinations(range(many), 2))) for many in Counter(people.values()).values())
        self._pairs = [(pair.probability, people[ids[pair.left]] == people[ids[pair.right]]) for pair in found.pairs]

    def at(self, threshold: float) -> tuple[float, float]:
        """Precision and recall of the pairs at or above a threshold."""
        right = [true for probability, true in self._pairs if probability >= threshold]
        return sum(right) / max(1, len(right)), sum(right) / self.true


def linking(rounds: int) -> Iterator[Fact]:
    """Precision, recall and time at the default threshold; asked once, for it has one answer."""
    for name in SETS:
        scores = Scores(name)
        precision, recall = scores.at(THRESHOLD)
        what = f"{name}, {scores.records:,} records, {scores.true:,} true pairs"
        yield Fact(f"{what}: precision", 100 * precision, "%", 99, least=True)
        yield Fact("recall", 100 * recall, "%")
        yield Fact("time", scores.seconds, "s")


def main() -> None:
    """Prints the table."""
    scores = {name: Scores(name) for name in SETS}
    print("| threshold | " + " | ".join(scores) + " |\n| --: |" + " --: |" * len(scores))
    for threshold in THRESHOLDS:
        cells = [f"{100 * precision:.2f} / {100 * recall:.1f}" for precision, recall in
                 (one.at(threshold) for one in scores.values())]  # fmt: skip
        print(f"| {threshold:g} | " + " | ".join(cells) + " |")
    for name, one in scores.items():
        print(f"{name}: {one.records:,} records, {one.true:,} true pairs, {one.seconds:.1f} s")


if __name__ == "__main__":
    main()
