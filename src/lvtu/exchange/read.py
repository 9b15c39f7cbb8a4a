"""Bringing an export into an empty workspace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from lvtu.errors import BadInput
from lvtu.exchange import books
from lvtu.exchange.layout import DOCUMENTS, EVENTS, IDENTITY, about
from lvtu.exchange.write import Exported

if TYPE_CHECKING:
    from lvtu.intake import Progress
    from lvtu.workspace import Workspace


def read(ws: Workspace, folder: Path, progress: Progress | None = None) -> Exported:
    """Bring it in; see `lvtu.Workspace.import_from`."""
    told = about(folder)
    ledger, lake = ws._ledger, ws._committer.lake
    if lake.version >= 0 or ledger.documents() or ledger.edges(retracted=True) or ledger.insights.all():
        raise BadInput("workspace_in_use", path=str(ws.layout.root))
    events = next(folder / name for ending in EVENTS if (name := f"events.{ending}") in told["files"])
    report = ws.ingest(events, progress=progress) if told["events"] else None
    kept = books.keep_documents(ledger, lake, json.loads((folder / DOCUMENTS).read_text(encoding="utf-8")))
    edges = books.keep_identity(ledger, json.loads((folder / IDENTITY).read_text(encoding="utf-8")))
    return Exported(report.accepted if report else 0, kept, edges, report.rejected if report else 0)
