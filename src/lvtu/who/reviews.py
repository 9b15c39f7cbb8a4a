"""From records to proposals to joins: a program proposes, a person decides, the books keep both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.core.sentences import Note
from lvtu.errors import BadInput, UnknownName
from lvtu.identity.edges import Edge, Identifier, join
from lvtu.identity.linking import Linked, Pair, link
from lvtu.store.committer import Committer
from lvtu.store.ledger import Ledger
from lvtu.store.proposals import Proposal, Proposed, joining
from lvtu.who.books import Who, now
from lvtu.who.change import IdentityChange
from lvtu.who.one import labels
from lvtu.who.proposals import ProposalList, evidence_rows, rows_table, table_of
from lvtu.who.records import Fields, Records, read_records

THRESHOLD = 0.95
"""The least probability of a proposal, unless another is asked for; `docs/how-to/linking.md` says what it finds."""

_SOURCE = "proposed:splink"
_FEW = 50


class Reviews:
    """The proposals of one workspace.

    Args:
        who: who is who in it.
        ledger: keeps the proposals.
        committer: has the list of those who are forgotten, and lets nobody be forgotten meanwhile.
    """

    def __init__(self, who: Who, ledger: Ledger, committer: Committer) -> None:
        self._who, self._ledger, self._committer = who, ledger, committer

    # What is proposed.

    def link(
        self, source: Any, threshold: float, column: str | None, kind: str | None, fields: Fields, dry_run: bool
    ) -> ProposalList:
        """Propose the identifiers of records that are probably of one customer."""
        _check(threshold)
        read = read_records(source, column, kind, fields)
        records = read.without(pa.array(self._forgotten(read)))
        found = link(records.fields, threshold) if len(records.ids) > 1 else Linked((), 0.0, ())
        pairs = _by_identifier(records, found.pairs)
        fresh, joined, told = self._fresh(records.kind, pairs)
        proposed = [Proposed(records.kind, *ends, pair.probability, _plain(pair)) for ends, pair in fresh]
        numbers: list[int | None] = [None] * len(proposed)
        time = now()
        if proposed and not dry_run:
            numbers = self._add(records, proposed, time)
        rows = [_row(*each, records.place, time) for each in zip(numbers, proposed, strict=True)
                if dry_run or each[0] is not None]  # fmt: skip
        counts = {"rows": len(read.ids), "forgotten": len(read.ids) - len(records.ids),
                  "joined": joined, "told": told + len(proposed) - len(rows)}  # fmt: skip
        spec = {"records": records.place, "threshold": threshold, "kind": records.kind, "dry_run": dry_run,
                "fields": {name: list(columns) for name, columns in records.columns.items()}}  # fmt: skip
        said = {"pairs": f"{len(rows):,}", "records": f"{len(records.ids):,}", "threshold": f"{threshold:g}"}
        return ProposalList("link", spec, rows_table(rows), (*records.notes, *_notes(found, counts)), said)

    def _forgotten(self, records: Records) -> np.ndarray[Any, Any]:
        return self._committer.suppression.marks_of(records.kind, records.ids)

    def _add(self, records: Records, proposed: Sequence[Proposed], time: int) -> list[int | None]:
        """Keep proposals, but for those who were forgotten while the model learned."""
        with self._committer.writing():
            ids = pa.array([end for one in proposed for end in (one.left, one.right)], pa.string())
            erased = self._committer.suppression.marks_of(records.kind, ids)
            gone = [bool(left or right) for left, right in erased.reshape(-1, 2)]
            kept = [one for one, hidden in zip(proposed, gone, strict=True) if not hidden]
            numbers = iter(self._ledger.proposals.add(kept, time, _SOURCE, records.place))
        return [None if hidden else next(numbers) for hidden in gone]

    def _fresh(
        self, kind: str, pairs: dict[tuple[str, str], Pair]
    ) -> tuple[list[tuple[tuple[str, str], Pair]], int, int]:
        """The pairs worth a look; how many are one customer already, and how many somebody has spoken of before."""
        if not pairs:
            return [], 0, 0
        terms = self._who.terms()
        told = {frozenset((edge.left, edge.right)) for edge in terms.edges}
        known = [ends for ends in pairs if frozenset(Identifier(kind, end) for end in ends) in told]
        rest = {ends: pair for ends, pair in pairs.items() if ends not in set(known)}
        label = labels(self._who.truth(terms), terms, kind, {end for ends in rest for end in ends})
        fresh = [(ends, pair) for ends, pair in rest.items() if label[ends[0]] != label[ends[1]]]
        return fresh, len(rest) - len(fresh), len(known)

    # What is decided.

    def listed(self, every: bool) -> ProposalList:
        """The proposals that wait, or every one."""
        found = [one for one in self._ledger.proposals.all() if every or one.decision == "open"]
        waiting = sum(one.decision == "open" for one in found)
        said = {"pairs": f"{waiting:,}", "decided": f"{len(found) - waiting:,}"}
        return ProposalList("all_proposals" if every else "proposals", {"all": every}, table_of(found), (), said)

    def accept(self, numbers: Sequence[int], threshold: float | None, dry_run: bool) -> IdentityChange:
        """Join what proposals propose: those of some numbers, or all that wait and are at least so probable."""
        chosen, before = self._chosen(numbers, threshold), self._who.terms()
        time = now()
        new = [one for one in chosen if not one.joins]
        edges = [*before.edges, *(_edge(one, time) for one in new)]
        joined: list[int] = []
        if chosen and not dry_run:
            with self._committer.writing():
                joined = self._ledger.proposals.accept([one.number for one in chosen], time)
        return self._who.change("accept", before, replace(before, edges=tuple(edges)), tuple(joined))

    def reject(self, numbers: Sequence[int]) -> ProposalList:
        """Say that proposals are wrong: they are not made again."""
        chosen = self._chosen(numbers, None)
        if joined := next((one for one in chosen if one.joins), None):
            raise BadInput("proposal_joins", proposal=str(joined.number), edge=str(joined.edge))
        self._ledger.proposals.reject(numbers, now())
        asked = set(numbers)
        found = [one for one in self._ledger.proposals.all() if one.number in asked]
        return ProposalList("reject", {"proposals": sorted(asked)}, table_of(found), (), {"pairs": f"{len(found):,}"})

    def _chosen(self, numbers: Sequence[int], threshold: float | None) -> list[Proposal]:
        every = {one.number: one for one in self._ledger.proposals.all()}
        if threshold is not None:
            _check(threshold)
            return [one for one in every.values() if one.decision == "open" and one.probability >= threshold]
        for number in numbers:
            if number not in every:
                raise UnknownName("proposal", str(number), [str(each) for each in sorted(every)])
        return [every[number] for number in dict.fromkeys(numbers)]


def _check(threshold: float) -> None:
    if not 0 < threshold <= 1:
        raise BadInput("threshold_range", threshold=f"{threshold:g}")


def _by_identifier(records: Records, pairs: Iterable[Pair]) -> dict[tuple[str, str], Pair]:
    """The most probable pair of records of any two identifiers, the smaller first."""
    best: dict[tuple[str, str], Pair] = {}
    for pair in pairs:  # most probable first
        left, right = sorted((records.ids[pair.left].as_py(), records.ids[pair.right].as_py()))
        if left != right:
            best.setdefault((left, right), pair)
    return best


def _edge(one: Proposal, time: int) -> Edge:
    edge = join((one.left_kind, one.left_id), (one.right_kind, one.right_id), time)
    return replace(edge, source=joining(one))


def _plain(pair: Pair) -> dict[str, Any]:
    return {field: list(said) for field, said in pair.evidence.items()}


def _row(number: int | None, one: Proposed, records: str, time: int) -> dict[str, Any]:
    return {
        "proposal": number, "kind": one.kind, "left": one.left, "right": one.right, "probability": one.probability,
        "evidence": evidence_rows(one.evidence), "records": records, "time": time, "decision": "open",
        "edge": None, "retracted": None,
    }  # fmt: skip


def _notes(found: Linked, counts: dict[str, int]) -> tuple[Note, ...]:
    """What to know about a search."""
    notes = []
    if counts["joined"]:
        notes.append(Note("linked_already", pairs=counts["joined"]))
    if counts["told"]:
        notes.append(Note("proposed_before", pairs=counts["told"]))
    if counts["forgotten"]:
        notes.append(Note("records_forgotten", rows=counts["forgotten"]))
    if found.left_out:
        notes.append(Note("not_compared_by", columns=found.left_out))
    if found.expected < _FEW:
        notes.append(Note("few_to_learn_from", pairs=round(found.expected)))
    return (*notes, Note("probabilities_learned"))
