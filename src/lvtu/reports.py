"""What is said back after data came in, and about a workspace as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from lvtu.core.sentences import Note, Reason, refusals, tallied
from lvtu.core.words import say

_REASONS = 8


@dataclass
class IngestReport:
    """What became of a source.

    Attributes:
        source: what was read.
        accepted: new events.
        duplicates: events that were there already, or twice in the source.
        rejected: rows set aside with a reason; mend them with ``ws.quarantine(mapping=…)``.
        suppressed: events of customers who asked to be forgotten.
        notes: what is to be known about how it was read: which sheet of a workbook, say.
        rejections: ``place``, ``field``, ``reason``, ``reason_code``, ``reason_values``, ``raw`` of each rejected row.
    """

    source: str
    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    suppressed: int = 0
    notes: list[Note] = field(default_factory=list)
    rejections: pa.Table = field(default_factory=lambda: pa.table({}), repr=False)

    def reasons(self) -> dict[Reason, int]:
        """How many rows were rejected for each reason, most frequent first."""
        if not self.rejections.num_rows:
            return {}
        kept = ("reason", "reason_code", "reason_values")
        rows = self.rejections.select(kept).to_pylist(maps_as_pydicts="strict")
        counted = Counter(Reason.kept(*(row[name] for name in kept)) for row in rows)
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], str(pair[0]))))

    def lines(self) -> list[str]:
        """What became of the source, in the language of the environment."""
        counts = {name: f"{getattr(self, name):,}" for name in ("accepted", "duplicates", "rejected")}
        lines = [say("ingest.report", source=self.source, **counts)]
        if self.suppressed:
            lines.append(say("ingest.suppressed", rows=self.suppressed))
        lines += [f"  · {note.text()}" for note in self.notes]
        return lines + refusals(self.reasons(), _REASONS)

    def as_dict(self) -> dict[str, Any]:
        """The counts as plain values, the reasons and notes as JSON (`lvtu.core.sentences.tallied`)."""
        names = ("source", "accepted", "duplicates", "rejected", "suppressed")
        told = {"reasons": tallied(self.reasons()), "notes": [note.to_json() for note in self.notes]}
        return {name: getattr(self, name) for name in names} | told

    def _repr_html_(self) -> str:
        from lvtu.analyses.html import page

        return page(self.lines())

    def __str__(self) -> str:
        lines = [
            f"{self.source}: {self.accepted:,} accepted, {self.duplicates:,} duplicates, {self.rejected:,} rejected"
        ]
        if self.suppressed:
            lines.append(f"  {self.suppressed:,} of forgotten customers were left out")
        lines += [f"  {note}" for note in self.notes]
        return "\n".join([*lines, *refusals(self.reasons(), _REASONS, "en")])
