"""How well a workspace's texts are read: against what people corrected, how much is left open, and what has drifted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from scipy import stats

from lvtu.analyses.intervals import Z95, wilson
from lvtu.analyses.means import Scores
from lvtu.analyses.overview.changes import of_means
from lvtu.core.expr.values import as_text
from lvtu.core.units import DAY
from lvtu.listening.agreement import fleiss, judgments
from lvtu.listening.correcting import COLUMNS
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.store.corrections import Correction
    from lvtu.store.journeys.snapshot import Snapshot
    from lvtu.voice.columns import Reader

WINDOW = 28
"""Days that are looked at, and compared with three times as many before."""

SAMPLE = 1_500
"""Texts of each side whose words are compared, at most."""

_ROUNDS = 499
_LABELLED = ("label", "emotion", "intent", "topic", "urgency", "language")
_SEED = 20260101


@dataclass(frozen=True)
class Quality:
    """How well texts are read.

    Attributes:
        table: a row for each figure: ``what`` it is, ``of`` what, ``value`` with ``low`` and ``high`` (95 %), ``n``,
            and of drifts ``p_value``.

            * ``accuracy``: the share of what people looked at that the model had read as they say, with Wilson's
              interval. Who corrects looks for mistakes: of all texts it is more.
            * ``agreement``: Fleiss' κ of people who judged the same texts (`lvtu.listening.agreement`), ``n`` texts.
            * ``uncategorised``: the share of the last texts that show no topic, no emotion, or nothing to read.
            * ``drift``: the last days less those before. Of ``sentiment`` the difference of the means (Welch); of each
              label the difference of its share, tested together (χ²); of ``vocabulary`` the Jensen–Shannon divergence
              (in bits) of which pieces of words texts hold, with the divergence below which 95 % of random divisions of
              the same texts stay as ``high``, and the share of these that reach it as ``p_value``.
        days: how many days are the last ones.
    """

    table: pa.Table
    days: int

    def to_pandas(self) -> Any:
        """The table."""
        return self.table.to_pandas()


def quality(
    snapshot: Snapshot, reader: Reader, said: list[Correction], ever: list[Correction], days: int = WINDOW
) -> Quality:
    """Figures of a workspace.

    Args:
        snapshot: of what.
        reader: who reads.
        said: what people corrected.
        ever: all that they ever said, oldest first.
        days: how many days before the last text are looked at.
    """
    rows = [*_accuracies(snapshot, reader, said), *_agreements(ever), *_of_texts(snapshot, reader, days)]
    kinds = pa.schema([("what", pa.string()), ("of", pa.string()), ("value", pa.float64()), ("low", pa.float64()),
                       ("high", pa.float64()), ("n", pa.int64()), ("p_value", pa.float64())])  # fmt: skip
    return Quality(pa.Table.from_pylist(rows, schema=kinds), days)


def _accuracies(snapshot: Snapshot, reader: Reader, said: list[Correction]) -> Iterator[dict[str, Any]]:
    events = sorted({one.event for one in said})
    if not events:
        return
    texts = snapshot.lake.take(np.array(events, np.int64), ["text"])["text"]
    read = dict(zip(events, reader.table(texts).to_pylist(), strict=True))
    for name in _LABELLED:
        pairs = [(_read(read[one.event], name), as_text(one.value)) for one in said if one.what == COLUMNS[name]]
        if pairs:
            yield _share("accuracy", name, sum(model == person for model, person in pairs), len(pairs))


def _agreements(ever: list[Correction]) -> Iterator[dict[str, Any]]:
    for name in _LABELLED:
        found = fleiss(judgments(ever, COLUMNS[name]))
        if found is not None:
            told = {"value": found.kappa, "low": found.low, "high": found.high, "n": found.n}
            yield {"what": "agreement", "of": name, **told}


def _read(row: dict[str, Any], name: str) -> str | None:
    if name == "topic":
        return row["topics"][0] if row["topics"] else None
    return as_text(row[name])


def _share(what: str, of: str, part: int, whole: int) -> dict[str, Any]:
    low, high = wilson(part, whole) or (None, None)
    return {"what": what, "of": of, "value": part / whole if whole else None, "low": low, "high": high, "n": whole}


@dataclass(frozen=True)
class _Texts:
    """Texts of a stretch of time: numbers of events, feelings, and the codes of some columns."""

    events: Array
    sentiment: Array
    codes: dict[str, Array]

    def of(self, rows: Array) -> _Texts:
        return _Texts(
            self.events[rows], self.sentiment[rows], {name: codes[rows] for name, codes in self.codes.items()}
        )


_COLUMNS = ("sentiment_label", "emotion", "topic_read")


def _of_texts(snapshot: Snapshot, reader: Reader, days: int) -> Iterator[dict[str, Any]]:
    time, texts = _texts(snapshot)
    if not len(time):
        return
    last = time.max()
    late, early = time > last - days * DAY, (time <= last - days * DAY) & (time > last - 4 * days * DAY)
    now, before = texts.of(np.flatnonzero(late)), texts.of(np.flatnonzero(early))
    for of, name in (("topics", "topic_read"), ("emotion", "emotion"), ("sentiment", "sentiment_label")):
        yield _share("uncategorised", of, int(np.count_nonzero(now.codes[name] == 0)), len(now.events))
    if len(now.events) > 1 and len(before.events) > 1:
        yield from _drifts(snapshot, reader, now, before)


def _texts(snapshot: Snapshot) -> tuple[Array, _Texts]:
    """All texts, and when they were said."""
    snapshot.prepare(["text_length", "sentiment", *_COLUMNS])
    parts: list[tuple[Array, ...]] = []
    for block in snapshot.blocks:
        rows = np.flatnonzero(~np.isnan(block.numbers("text_length")))
        if len(block.keep):
            lines = np.searchsorted(block.column("offsets"), rows, side="right") - 1
            rows = rows[block.keep[lines] != 0]
        columns = [block.numbers("sentiment"), *(block.codes(name)[0] for name in _COLUMNS)]
        events = block.column("event_id")[rows].astype(np.int64)
        parts.append((block.column("time")[rows], events, *(column[rows] for column in columns)))
    nothing = (np.empty(0),) * (3 + len(_COLUMNS))
    time, events, sentiment, *codes = (np.concatenate(one) for one in zip(*parts or [nothing], strict=True))
    return time, _Texts(events, sentiment, dict(zip(_COLUMNS, codes, strict=True)))


def _drifts(snapshot: Snapshot, reader: Reader, now: _Texts, before: _Texts) -> Iterator[dict[str, Any]]:
    one, other = (side.sentiment[~np.isnan(side.sentiment)] for side in (now, before))
    change = of_means(_scores(one), _scores(other)) if len(one) and len(other) else None
    if change is not None:
        yield {"what": "drift", "of": "sentiment", "value": change.difference, "low": change.low, "high": change.high,
               "n": len(one) + len(other), "p_value": change.p_value}  # fmt: skip
    yield from _labels(snapshot, now, before)
    yield from _vocabulary(snapshot, reader, now, before)


def _scores(values: Array) -> Scores:
    found = Scores()
    found.add(values, np.full(len(values), np.nan))
    return found


def _labels(snapshot: Snapshot, now: _Texts, before: _Texts) -> Iterator[dict[str, Any]]:
    names = snapshot.names("sentiment_label")
    counts = np.array([np.bincount(side.codes["sentiment_label"], minlength=len(names))[1:] for side in (now, before)])
    known, totals = np.flatnonzero(counts.sum(0)), counts.sum(1)
    if len(known) < 2 or not totals.all():
        return
    p = float(stats.chi2_contingency(counts[:, known], correction=False).pvalue)
    for code in known.tolist():
        shares = counts[:, code] / totals
        half = Z95 * float(np.sqrt((shares * (1 - shares) / totals).sum()))
        difference = float(shares[0] - shares[1])
        yield {"what": "drift", "of": names[code + 1], "value": difference, "low": difference - half,
               "high": difference + half, "n": int(totals.sum()), "p_value": p}  # fmt: skip


def _vocabulary(snapshot: Snapshot, reader: Reader, now: _Texts, before: _Texts) -> Iterator[dict[str, Any]]:
    from lvtu.voice.text.fitting import design
    from lvtu.voice.text.strings import Strings

    dice = np.random.default_rng(_SEED)
    sides = [np.sort(dice.choice(side.events, min(SAMPLE, len(side.events)), replace=False)) for side in (now, before)]
    texts = snapshot.lake.take(np.concatenate(sides), ["text"])["text"]
    held = design(Strings.of(texts), reader.model).astype(bool).astype(np.float64)
    mine = np.arange(held.shape[0]) < len(sides[0])
    found = divergence(held, mine)
    others = np.array([divergence(held, dice.permutation(mine)) for _ in range(_ROUNDS)])
    p = (1 + np.count_nonzero(others >= found)) / (1 + _ROUNDS)
    yield {"what": "drift", "of": "vocabulary", "value": found, "low": None, "high": float(np.quantile(others, 0.95)),
           "n": len(mine), "p_value": p}  # fmt: skip


def divergence(held: Any, mine: Array) -> float:
    """The Jensen–Shannon divergence, in bits, of what two sides hold.

    Args:
        held: texts × pieces, sparse: 1 where a text holds a piece.
        mine: which texts are the one side's.
    """
    one, all_ = np.asarray(held.T @ mine.astype(float)), np.asarray(held.sum(0)).ravel()
    used = all_ > 0
    p, q = one[used], all_[used] - one[used]
    p, q = p / max(p.sum(), 1), q / max(q.sum(), 1)
    middle = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(side > 0, side * np.log2(side / middle), 0.0).sum() for side in (p, q)]
    return float(sum(parts) / 2)
