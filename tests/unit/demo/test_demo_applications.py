"""The bank's numbers, recomputed from the log with plain loops; the log is not shipped."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from statistics import median

import polars as pl
import pytest

from lvtu.demo import build
from lvtu.demo.facts.applications import ApplicationFacts
from lvtu.demo.files import NAMES
from lvtu.demo.model import LANGS
from lvtu.demo.page import render
from parts import shared

Lines = dict[str, list[tuple[datetime, str]]]


@pytest.fixture(scope="module")
def lines() -> Lines:
    log = pl.read_parquet(
        shared("eventlogs/bpic2017_application_full.parquet"),
        columns=["case:concept:name", "concept:name", "time:timestamp"],
    ).filter(~pl.col("concept:name").str.starts_with("W_"))
    found: Lines = defaultdict(list)
    for who, event, time in log.rows():
        found[who].append((time, event))
    return {who: sorted(rows, key=lambda row: row[0]) for who, rows in found.items()}


def test_ways(bank: ApplicationFacts, lines: Lines) -> None:
    spans = defaultdict(list)
    for rows in lines.values():
        folded = [row for n, row in enumerate(rows) if n == 0 or row[1] != rows[n - 1][1]]
        spans[tuple(event for _, event in folded)].append(folded[-1][0] - folded[0][0])
    ways = Counter({path: len(found) for path, found in spans.items()})
    assert (bank.different, bank.once) == (len(ways), sum(n == 1 for n in ways.values()))
    assert [(tuple(way.path), way.customers) for way in bank.ways] == ways.most_common(5)
    for way in bank.ways:
        assert way.share.value == way.customers / len(lines)
        assert way.median_time == pytest.approx(median(spans[tuple(way.path)]) / timedelta(microseconds=1), rel=0.01)


def test_how_they_end(bank: ApplicationFacts, lines: Lines) -> None:
    assert (bank.events, bank.applications) == (sum(map(len, lines.values())), len(lines))
    names = [{event for _, event in rows} for rows in lines.values()]
    for end, figure in bank.ends.items():
        assert figure.value == pytest.approx(sum(end in found for found in names) / len(names))
    silent = [found for found in names if "A_Complete" in found and "A_Validating" not in found]
    assert bank.silent.n == len(silent)
    assert bank.silent.value == pytest.approx(sum("A_Cancelled" in found for found in silent) / len(silent))


def test_the_design(bank: ApplicationFacts, lines: Lines) -> None:
    """Who keeps to the design, by a regular expression; who lacks a step, by whether it was ever done."""
    letters = {
        "A_Create Application": "c", "A_Submitted": "s", "A_Concept": "k", "A_Accepted": "a", "O_Create Offer": "o",
        "O_Sent (mail and online)": "m", "O_Sent (online only)": "m", "A_Validating": "v", "A_Pending": "p",
    }  # fmt: skip
    texts = ["".join(letters.get(event, "") for _, event in rows) for rows in lines.values()]
    assert bank.fitting.value * len(lines) == pytest.approx(sum(bool(re.fullmatch("cs?kao+m+v+p", t)) for t in texts))
    for letter, step in zip("cskaomvp", bank.steps, strict=True):
        done = sum(letter in text for text in texts)
        assert step.completed + step.elsewhere == done
        assert step.missing + step.skipped == len(texts) - done
        assert (step.skipped > 0) == (letter == "s")


def test_hand_offs(bank: ApplicationFacts, lines: Lines) -> None:
    """Each source takes the first target after it that no earlier source has taken."""
    ends = {"A_Pending", "A_Incomplete", "A_Denied"}
    pairs = [
        ("A_Create Application", {"A_Accepted"}, 2), ("A_Complete", {"A_Validating"}, 14), ("A_Validating", ends, 3),
        ("A_Incomplete", {"A_Validating"}, 7),
    ]  # fmt: skip
    last = max(rows[-1][0] for rows in lines.values())
    for (source, targets, limit), handed in zip(pairs, bank.handed, strict=True):
        within, waits, lost = timedelta(days=limit), [], Counter()
        for rows in lines.values():
            open_sources: list[datetime] = []
            for time, event in rows:
                if event in targets and open_sources:
                    waits.append(time - open_sources.pop(0))
                if event == source:
                    open_sources.append(time)
            lost.update("pending" if time + within >= last else "broken" for time in open_sources)
        assert handed.handoffs == len(waits) + lost.total()
        assert handed.late == sum(wait > within for wait in waits)
        assert (handed.broken, handed.pending) == (lost["broken"], lost["pending"])
        assert handed.median_time == pytest.approx(median(waits) / timedelta(microseconds=1), rel=0.02)
        assert handed.low < handed.share < handed.high


def test_most_incomplete_papers_end_in_a_loan(lines: Lines) -> None:
    after: Counter = Counter()
    for rows in lines.values():
        events = [event for _, event in rows]
        for number, event in enumerate(events):
            if event == "A_Incomplete" and "A_Validating" not in events[number:]:
                after["A_Pending" in events[number:]] += 1
    assert after[True] > after[False] * 2


@pytest.mark.parametrize("lang", LANGS)
def test_the_page(bank: ApplicationFacts, lang: str) -> None:
    page = build.tell("applications", bank)
    text = render(page, lang, (*NAMES, "applications"))
    assert f'href="applications.{lang}.html" aria-current=page' in text
    if lang == "en":
        assert not re.search(r"[\u4e00-\u9fff]", text.replace("中文", "").replace("旅图", ""))
    for finding in page.findings:
        zh, en = (set(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?%?", said)) for said in (finding.text.zh, finding.text.en))
        assert zh <= en, finding.key
