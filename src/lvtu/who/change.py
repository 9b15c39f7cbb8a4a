"""What a change of who is who means for people: who joined, who split, whose anonymous events changed hands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.core.sentences import Note
from lvtu.core.words import Lang, known, say
from lvtu.identity.diff import Diff, compare
from lvtu.identity.edges import ANONYMOUS, USER, Edge, Identifier
from lvtu.identity.observed import Hasher, Observations, Rules
from lvtu.identity.report import identity_report
from lvtu.identity.resolution import Resolution
from lvtu.identity.wiring import LIMIT

_LISTED = 1_000
_SCHEMA = pa.schema(
    [
        ("change", pa.string()),
        ("kind", pa.string()),
        ("id", pa.string()),
        ("before", pa.list_(pa.string())),
        ("after", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True)
class Terms:
    """What is stored: the list of edges and the rules."""

    edges: tuple[Edge, ...]
    rules: Rules


@dataclass(frozen=True)
class Truth:
    """What the events say, and who is who by that and some terms."""

    seen: Observations
    resolution: Resolution
    hasher: Hasher


class IdentityChange:
    """What a join, a retraction or a rule means: who joined, who split, whose anonymous events changed hands.

    It is worked out when it is first looked at, over the events there are then; that reads every event once.

    Attributes:
        action: ``join``, ``unjoin``, ``join_by`` or ``accept``.
        edges: the numbers of the edges; none for a rule, and for a preview of a join.
    """

    def __init__(
        self, action: str, edges: tuple[int, ...], named: Sequence[Identifier], both: Callable[[], tuple[Truth, Truth]]
    ) -> None:  # fmt: skip
        self.action, self.edges = action, edges
        self._named, self._both = named, both

    @property
    def edge(self) -> int | None:
        """The number of the edge, if it is one."""
        return self.edges[0] if len(self.edges) == 1 else None

    @property
    def named_edges(self) -> str:
        """The numbers as `lvtu unjoin` takes them: ``7``, ``7-12``, or with gaps ``7,9-12``."""
        runs: list[list[int]] = []
        for edge in sorted(self.edges):
            if runs and edge == runs[-1][-1] + 1:
                runs[-1].append(edge)
            else:
                runs.append([edge])
        return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs) or "—"

    @cached_property
    def _truths(self) -> tuple[Truth, Truth]:
        return self._both()

    @cached_property
    def diff(self) -> Diff:
        """The change itself; its lists hold at most a thousand of each kind, its totals count all."""
        before, after = self._truths
        return compare(before.resolution, after.resolution, limit=_LISTED)

    @property
    def totals(self) -> dict[str, int]:
        """How many customers ``joined``, ``split``, were ``renamed``; how many anonymous ids ``handed_over``."""
        return self.diff.totals

    @cached_property
    def table(self) -> pa.Table:
        """A row for each change.

        ``change`` is ``joined``, ``split``, ``renamed`` or ``handed_over``; ``kind`` and ``id`` say whose: the customer
        (now, and before for a split), or the anonymous id whose events changed hands; ``before`` and ``after`` list
        the customers they were and are, by the ids that speak for them.
        """
        rows = [_row("joined", one.customer, one.others, (one.customer,)) for one in self.diff.joined]
        for name, changes in (("split", self.diff.split), ("renamed", self.diff.renamed)):
            rows += [_row(name, change.customer, (change.customer,), change.others) for change in changes]
        rows += [_row("handed_over", moved.anonymous, moved.before, moved.after) for moved in self.diff.handed_over]
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What to know about it: what joins nothing since too many users have it, what no event has shown yet."""
        notes = [] if self.diff else [Note("identity_nothing")]
        before, after = ({(s.kind, s.id): s.users for s in _strays(truth)} for truth in self._truths)
        named = {(end.kind, text): end.value for end in self._named for text in (end.value, self._hash(end))}
        for stray, users in sorted(after.items()):
            if stray not in before or stray in named:
                shown = f"{stray[0]} {named.get(stray, stray[1])}"
                notes.append(Note("identity_crowded", identifier=shown, users=users, most=LIMIT))
        unseen = [end for end in self._named if not self._seen(end)]
        notes += [Note("identity_unseen", identifier=f"{end.kind} {end.value}") for end in unseen]
        if sum(self.totals.values()) > self.table.num_rows:
            notes.append(Note("identity_totals", **self.totals))
        return tuple(notes)

    def _seen(self, end: Identifier) -> bool:
        """Whether any event has shown an identifier."""
        seen = self._truths[1].seen
        hi, lo = self._truths[1].hasher([end.value])
        if end.kind in (USER, ANONYMOUS):
            ids = seen.users if end.kind == USER else seen.anonymous
            return bool(ids.find(hi, lo)[0] >= 0)
        of_kind = [place for place, kind in enumerate(seen.links.kinds) if kind == end.kind]
        same = (seen.links.hi == hi[0]) & (seen.links.lo == lo[0]) & np.isin(seen.links.kind, of_kind)
        return bool(same.any())

    def _hash(self, end: Identifier) -> str:
        """How a report shows an identifier of which only the hash is kept."""
        hi, lo = (int(word[0]) for word in self._truths[1].hasher([end.value]))
        return f"{hi:016x}{lo:016x}"

    def as_dict(self) -> dict[str, Any]:
        """The same as plain JSON: ``action``, ``edge``, ``totals``, and lists of each kind of change."""
        return {
            "action": self.action,
            "edge": self.edge,
            "edges": list(self.edges),
            **self.diff.as_dict(),
            "notes": [note.to_json() for note in self.notes],
        }

    def lines(self, lang: Lang | None = None) -> list[str]:
        """What was done, and how much it changed, for people."""
        return [say(f"change.{self.action}", lang, edge=self.named_edges)]

    def for_people(self, lang: Lang | None = None) -> pa.Table:
        """The table with lists as texts and the kinds of change in the reader's language."""
        rows = self.table
        said = [say(f"change.{change}", lang) for change in rows["change"].to_pylist()]
        lists = {name: [", ".join(ids) for ids in rows[name].to_pylist()] for name in ("before", "after")}
        return pa.table({"change": pa.array(said, pa.string()), "id": rows["id"], **{
            name: pa.array(texts, pa.string()) for name, texts in lists.items()
        }})  # fmt: skip

    def _repr_html_(self) -> str:
        from lvtu.analyses.html import page

        shown = self.for_people()
        return page(self.lines(), [("", shown)] if shown.num_rows else [], [note.text() for note in self.notes])

    def __repr__(self) -> str:
        from lvtu.analyses.text import as_text

        notes = [note.text() for note in self.notes]
        shown = self.for_people()
        text = "\n".join(self.lines())
        if not shown.num_rows:
            return "\n".join([text, *(f"· {note}" for note in notes)])
        return text + "\n\n" + as_text(shown.rename_columns([heading(name) for name in shown.column_names]), notes)

    __str__ = __repr__


def heading(column: str) -> str:
    """What a column of identity is called."""
    return known(f"columns.{column}") or column


def _row(change: str, of: Identifier, before: Sequence[Identifier], after: Sequence[Identifier]) -> dict[str, Any]:
    ids = ([one.value for one in side] for side in (before, after))
    return dict(zip(_SCHEMA.names, (change, of.kind, of.value, *ids), strict=True))


def _strays(truth: Truth) -> Any:
    return identity_report(truth.seen, truth.resolution, limit=_LISTED).quarantined
