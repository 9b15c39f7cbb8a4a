"""From a file of events to something sorted that can be asked: each way in a process of its own, with its peak memory.

``python -m benchmarks.build KIND SIZE`` runs one way and prints its figures as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

from benchmarks import cases, memory
from benchmarks.generate import paths

CODED = ("user_id", "anonymous_id", "event", "channel", "source")


def polars(size: str, engine: str) -> None:
    """Polars reads the file, makes its ids and names categorical and sorts all columns by (customer, time, message_id).

    Customers are taken to be ``user_id`` or else ``anonymous_id``: it is spared working out who is who.
    """
    import polars as pl

    codes = [pl.col(name).cast(pl.Categorical) for name in CODED]
    customer = pl.coalesce("user_id", "anonymous_id").cast(pl.Categorical).to_physical().alias("customer")
    plan = pl.scan_parquet(paths(size)[0]).with_columns(*codes, customer).sort("customer", "time", "message_id")
    assert plan.collect(engine=engine).height


KINDS = {
    "Polars": lambda size: polars(size, "in-memory"),
    "Polars, streaming": lambda size: polars(size, "streaming"),
    "ingest": cases.ingest,
    "journeys": cases.rebuild,
}


def run(kind: str, size: str) -> dict[str, float]:
    """Seconds and peak bytes of one way, in a new process.

    Raises:
        RuntimeError: the process failed; the last line it wrote says why.
    """
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.build", kind, size], capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise RuntimeError(lines[-1])
    return json.loads(done.stdout.splitlines()[-1])


def main(kind: str, size: str) -> None:
    """Runs one way here and prints its figures."""
    if kind in ("ingest", "journeys"):
        cases.library()  # importing is not part of the work, for Polars neither
    else:
        import polars  # noqa: F401
    began = time.perf_counter()
    KINDS[kind](size)
    print(json.dumps({"seconds": time.perf_counter() - began, "peak": memory.peak()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
