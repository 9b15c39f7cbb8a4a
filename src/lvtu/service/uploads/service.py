"""Looking at uploads, and importing them: what ``lvtu ingest`` does, step by step."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lvtu.collect import Mapping as ColumnMapping
from lvtu.collect.preview import Preview, preview
from lvtu.core.sentences import gathered
from lvtu.errors import LvtuError
from lvtu.reports import IngestReport
from lvtu.service.access import Access
from lvtu.service.home import Served
from lvtu.service.jobs import Ending
from lvtu.service.uploads.repository import Upload, Uploads
from lvtu.service.uploads.words import said_twice
from lvtu.service.webhooks.service import send

_TELL_EVERY = 0.5
"""Seconds between two notes of how far an import is."""


def of(served: Served) -> Uploads:
    """The uploads of a workspace."""
    return Uploads(served.workspace.layout.uploads)


def preview_of(path: Path, mapping: dict[str, Any]) -> Preview:
    """What a mapping would make of a file."""
    return preview(path, ColumnMapping.load(mapping))


def begin(access: Access, upload: Upload, mapping: dict[str, Any]) -> Upload:
    """Start importing an upload behind the request; who wants to know is told when it is done.

    Raises:
        BadInput: the mapping does not fit it.
        Conflict: it is being imported already.
        NotFound: the file is gone.
    """
    served, catalog = access.served, access.catalog
    uploads = of(served)
    path = uploads.path(upload)
    chosen = ColumnMapping.load(mapping)
    preview(path, chosen, rows=1)  # a mapping that does not fit is told now, not later
    held = uploads.alone(upload.id)
    held.__enter__()
    begun = replace(upload, state="importing", rows=0, share=None, mapping=mapping, report=None, error=None)

    def job(check: Callable[[], None]) -> None:
        try:
            done = _imported(served, uploads, begun, path, chosen, check)
            uploads.save(done)
            if done.report is not None:
                send(catalog, served, "upload.finished", {"id": done.id, "name": done.name, **_counts(done.report)})
        finally:
            held.__exit__(None, None, None)

    try:
        uploads.save(begun)
        served.jobs.start(f"import-{upload.id}", job)
    except BaseException:
        held.__exit__(None, None, None)
        raise
    return begun


def _imported(
    served: Served, uploads: Uploads, begun: Upload, path: Path, mapping: ColumnMapping, check: Callable[[], None]
) -> Upload:
    """The upload after its import, whatever came of that."""
    told = time.monotonic()
    now = begun

    def progress(rows: int, share: float | None) -> None:
        nonlocal told, now
        check()
        now = replace(now, rows=rows, share=share)
        if time.monotonic() - told > _TELL_EVERY:
            told = time.monotonic()
            uploads.save(now)

    try:
        report = served.workspace.ingest(path, mapping, progress=progress)
    except Ending:
        uploads.save(replace(now, state="interrupted"))
        raise
    except LvtuError as error:
        return replace(now, state="failed", error=error.problem())
    except Exception:
        uploads.save(replace(now, state="failed", error=LvtuError("unforeseen").problem()))
        raise
    return replace(now, state="done", share=1.0, report=kept(report))


def kept(report: IngestReport) -> dict[str, Any]:
    """A report as it is kept: its sentences in both languages."""
    reasons = [
        {**said_twice(reason), "rows": rows, "values": values} for reason, rows, values in gathered(report.reasons())
    ]
    return {
        "source": report.source,
        **_counts(vars(report)),
        "reasons": reasons,
        "notes": list(map(said_twice, report.notes)),
    }


def _counts(report: Mapping[str, Any]) -> dict[str, int]:
    return {name: report[name] for name in ("accepted", "duplicates", "rejected", "suppressed")}
