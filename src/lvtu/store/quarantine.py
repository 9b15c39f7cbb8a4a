"""Rejected rows, kept with the reason until somebody mends or drops them.

Each ingest appends its rejections as NDJSON files of their own, synced before the ingest is reported
done. Mending takes rows by id, ingests them again and drops them.
"""

from __future__ import annotations

import dataclasses
import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from lvtu.core.sentences import Reason
from lvtu.errors import Corrupt
from lvtu.store import files


@dataclass(frozen=True)
class Rejected:
    """One row that could not be accepted.

    Attributes:
        place: where it was found, for people: ``orders.csv:17``.
        field: the field at fault, or "" for the whole row.
        reason: an English sentence that rows with the same trouble share.
        raw: the row as it came, as text.
        ingest: the id of the ingest that read it.
        time: when it was rejected, µs since 1970 UTC.
        id: given by the quarantine.
        reason_code, reason_values: the reason as a `lvtu.core.sentences.Reason`; rows kept before there were codes
            have none.
    """

    place: str
    field: str
    reason: str
    raw: str
    ingest: str
    time: int
    id: str = ""
    reason_code: str = ""
    reason_values: Mapping[str, str] = dataclasses.field(default_factory=dict)


Rows = list[Rejected]
"""Rejected rows in order."""


class Quarantine:
    """The rejected rows of a workspace, in a folder of NDJSON files. Writers hold the writer's lease.

    Args:
        folder: the folder, made if absent.

    Example:
        >>> import tempfile
        >>> quarantine = Quarantine(Path(tempfile.mkdtemp()))
        >>> row = Rejected("orders.csv:17", "time", "no time", "a,,b", ingest="i1", time=0)
        >>> quarantine.append([row])
        >>> [(found.place, found.reason) for found in quarantine.list()]
        [('orders.csv:17', 'no time')]
        >>> quarantine.reasons()
        {Reason('other', sentence='no time'): 1}
    """

    def __init__(self, folder: Path) -> None:
        self.folder = files.make_folder(folder)

    def append(self, rows: Iterable[Rejected]) -> None:
        """Keep rows; they are on disk when it returns."""
        by_ingest: dict[str, Rows] = {}
        for row in rows:
            by_ingest.setdefault(row.ingest, []).append(row)
        for group in by_ingest.values():
            stem = f"{group[0].time:020d}-{uuid.uuid4().hex[:12]}"
            self._write(
                self.folder / f"{stem}.ndjson",
                [{**asdict(row), "id": f"{stem}:{n}"} for n, row in enumerate(group)],
            )

    def __iter__(self) -> Iterator[Rejected]:
        """The rows, oldest ingest first."""
        for path in self._paths():
            for row in _read(path):
                yield Rejected(**cast(Any, row))

    def __len__(self) -> int:
        """How many rows wait."""
        return sum(1 for _ in self)

    def list(self, *, reason: str | None = None, ingest: str | None = None, limit: int | None = None) -> Rows:
        """The rows, oldest ingest first; only those of a reason or an ingest, and only the first `limit`."""
        found: Rows = []
        for row in self:
            if limit is not None and len(found) >= limit:
                break
            if reason in (None, row.reason) and ingest in (None, row.ingest):
                found.append(row)
        return found

    def reasons(self) -> dict[Reason, int]:
        """How many rows wait for each reason, most frequent first."""
        kept = (Reason.kept(row.reason, row.reason_code, row.reason_values) for row in self)
        return dict(Counter(kept).most_common())

    def take(self, ids: Iterable[str]) -> Rows:
        """The rows with these ids; unknown ids are passed over. They stay until `drop`."""
        wanted = set(ids)
        return [row for row in self if row.id in wanted]

    def drop(self, ids: Iterable[str]) -> int:
        """Remove rows (they have been mended, or are of no use); returns how many there were."""
        unwanted = set(ids)
        stems = {id.rpartition(":")[0] for id in unwanted}
        return self._remove(lambda row: row["id"] in unwanted, [p for p in self._paths() if p.stem in stems])

    def erase(self, matches: Callable[[str], bool]) -> int:
        """Remove the rows whose raw text satisfies a predicate and leave none of their bytes; returns how many."""
        files.remove_leftovers(self.folder)
        return self._remove(lambda row: matches(str(row["raw"])), self._paths())

    def _remove(self, unwanted: Callable[[dict[str, object]], bool], paths: Iterable[Path]) -> int:
        removed = 0
        for path in paths:
            rows = list(_read(path))
            kept = [row for row in rows if not unwanted(row)]
            removed += len(rows) - len(kept)
            if not kept:
                files.remove_durably([path])
            elif len(kept) < len(rows):
                self._write(path, kept)
        return removed

    def _paths(self) -> Iterable[Path]:
        return sorted(self.folder.glob("*.ndjson"))

    def _write(self, path: Path, rows: Iterable[dict[str, object]]) -> None:
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        files.write_durably(path, text.encode(errors="backslashreplace"))  # lone surrogates become JSON escapes


def _read(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise Corrupt("line_not_json", place=f"{path}:{number}") from error
