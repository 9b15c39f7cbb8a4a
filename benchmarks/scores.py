"""How long figures of answers take: ten million events, of which a tenth are answers on two scales, half with a weight.

Each answer comes with a text, one of those that the simulator writes.

The same events as elsewhere, without their properties.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.cases import library
from benchmarks.generate import DATA, generate, paths
from benchmarks.product import Fact

ANSWERS = 0.1
MODEL = {
    "key": "shop", "title": "Shop",
    "stages": [
        {"key": "look", "name": "Look", "entry": ["Page Viewed", "Product Viewed", "Search Performed"]},
        {"key": "choose", "name": "Choose", "entry": ["Product Added", "Cart Viewed", "Wishlist Product Added"]},
        {"key": "buy", "name": "Buy", "entry": ["Checkout Started", "Order Completed", "Payment Info Entered"]},
        {"key": "use", "name": "Use", "entry": ["Review Posted", "Chat Started", "Return Requested"]},
    ],
}  # fmt: skip

QUESTIONS: dict[str, dict[str, Any]] = {
    "nps by stage and month": {"by": "stage", "period": "month"},
    "csat by channel and week": {"metric": "csat", "by": "channel", "period": "week"},
    "nps of all": {},
    "sentiment by stage and month": {"metric": "sentiment", "by": "stage", "period": "month"},
    "nps by sentiment and month": {"by": "sentiment_label", "period": "month"},
}
REACH = {"nps by stage and month": 300.0, "sentiment by stage and month": 300.0}


def scores(size: str, rounds: int) -> Iterator[Fact]:
    """Figures of answers, asked again and again of an open workspace."""
    with library().open(str(ensure(size))) as ws:
        for name, question in QUESTIONS.items():
            found = ws.scores(**question)
            times = []
            for _ in range(rounds):
                begun = time.perf_counter()
                ws.scores(**question)
                times.append(1e3 * (time.perf_counter() - begun))
            note = f"{sum(found.table['n'].to_pylist()):,} answers count"
            yield Fact(f"scores: {name}, median, warm", median(times), "ms", REACH.get(name), note)


def ensure(size: str, data: Path = DATA) -> Path:
    """The workspace, made if it isn't there."""
    place = data / f"lvtu-{size}-answers.lvtu"
    if not (place / "benchmark-complete").exists():
        generate(size)
        shutil.rmtree(place, ignore_errors=True)
        file = data / f"answers-{size}.parquet"
        write(paths(size)[0], file)
        with library().open(str(place)) as ws:
            ws.ingest(str(file))
            ws.save_model(MODEL, default=True)
            ws.scores(by="stage", period="month")
        file.unlink()
        (place / "benchmark-complete").touch()
    return place


def write(events: Path, answers: Path) -> None:
    """The events, some of them with answers: 0 to 10 on nps, 1 to 5 on csat5, and a text, seeded."""
    dice = np.random.default_rng(20250103)
    source = pq.ParquetFile(events)
    names = [name for name in source.schema_arrow.names if name != "properties"]
    schema = pa.schema([*(source.schema_arrow.field(name) for name in names), pa.field("score", pa.float32()),
                        pa.field("scale", pa.string()), pa.field("weight", pa.float64()),
                        pa.field("text", pa.string())])  # fmt: skip
    texts = pc.unique(pc.drop_null(library().simulate(customers=2_000, seed=1)[0]["text"]))
    with pq.ParquetWriter(answers, schema) as out:
        for batch in source.iter_batches(1_000_000, columns=names):
            n = batch.num_rows
            given, nps = dice.random(n) < ANSWERS, dice.random(n) < 0.6
            score = np.where(nps, dice.integers(0, 11, n), dice.integers(1, 6, n))
            scale = np.where(nps, "nps", "csat5").astype(object)
            more = [pa.array(score, pa.float32(), mask=~given), pa.array(scale, pa.string(), mask=~given),
                    pa.array(dice.uniform(0.2, 3, n), pa.float64(), mask=~given | (dice.random(n) < 0.5)),
                    texts.take(pa.array(dice.integers(0, len(texts), n), mask=~given)).cast(pa.string())]  # fmt: skip
            out.write_batch(pa.record_batch([*batch.columns, *more], schema=schema))
