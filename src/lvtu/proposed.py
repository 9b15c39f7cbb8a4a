"""Whom records of a CRM take for one customer: proposals, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lvtu.errors import BadInput
from lvtu.store.committer import Committer
from lvtu.store.ledger import Ledger
from lvtu.who.books import Who

if TYPE_CHECKING:
    from lvtu.who import IdentityChange
    from lvtu.who.proposals import ProposalList
    from lvtu.who.reviews import Reviews

Numbers = int | Sequence[int]


class Proposing:
    """The proposals of a workspace."""

    _who: Who
    _ledger: Ledger
    _committer: Committer

    def link(
        self,
        records: Any,
        *,
        threshold: float | None = None,
        id: str | None = None,
        kind: str | None = None,
        fields: Mapping[str, str | Sequence[str]] | None = None,
        dry_run: bool = False,
    ) -> ProposalList:
        """Find the records of a CRM that are probably of one customer, and propose to join them. Nothing is joined.

        What is kept is each pair of identifiers with its probability and what each field said (same, close, different),
        not the fields themselves. Pairs that are one customer already, and pairs that were proposed, joined or taken
        back before, are not proposed. Needs the extra ``lvtu[link]``.

        Args:
            records: a CSV, Parquet, XLSX or JSON file of persons, or such a table: see `ingest`.
            threshold: the least probability, 0…1; 0.95 if not given.
            id: the column with the customers' identifier; one headed like a user id if not given.
            kind: what kind of identifier that is, ``email`` say; by its heading if not given, else ``user_id``.
            fields: which column holds what, where its heading does not tell: ``{"city": "suburb"}``, several columns
                for one field as a list. Known are ``name``, ``given_name``, ``family_name``, ``birth_date``,
                ``email``, ``phone``, ``address``, ``postcode`` and ``city``; at least two are needed.
            dry_run: keep nothing, only say what would be proposed.

        Raises:
            BadInput: Splink is not installed, the file cannot be read, or has too little in it.
            UnknownName: there is no such column.
        """
        from lvtu.who.reviews import THRESHOLD

        least = THRESHOLD if threshold is None else threshold
        return self._reviews().link(records, least, id, kind, fields or {}, dry_run)

    def proposals(self, *, all: bool = False) -> ProposalList:
        """The proposals that wait for somebody to decide, most probable first.

        Args:
            all: those that were accepted or rejected, too.
        """
        return self._reviews().listed(all)

    def accept(
        self, proposals: Numbers = (), *, threshold: float | None = None, dry_run: bool = False
    ) -> IdentityChange:
        """Join what proposals propose. ``ws.unjoin(change)`` takes it back.

        Accepting once more changes nothing; a proposal that was rejected, or whose join was taken back, joins again.

        Args:
            proposals: the number of one, or several.
            threshold: instead, all that wait and are at least so probable.
            dry_run: store nothing, only say what it would mean.

        Returns:
            Who joined, once it is looked at; ``.edges`` are the numbers of the joins.

        Raises:
            UnknownName: there is no such proposal.
        """
        numbers = _numbers(proposals)
        if bool(numbers) == (threshold is not None):
            raise BadInput("which_proposals")
        return self._reviews().accept(numbers, threshold, dry_run)

    def reject(self, proposals: Numbers) -> ProposalList:
        """Say that proposals are wrong; they are not made again.

        Args:
            proposals: the number of one, or several.

        Raises:
            UnknownName: there is no such proposal.
            BadInput: one was accepted and joins: take its edge back first.
        """
        numbers = _numbers(proposals)
        if not numbers:
            raise BadInput("which_proposals")
        return self._reviews().reject(numbers)

    def _reviews(self) -> Reviews:
        from lvtu.who.reviews import Reviews

        return Reviews(self._who, self._ledger, self._committer)


def _numbers(proposals: Numbers) -> tuple[int, ...]:
    return (proposals,) if isinstance(proposals, int) else tuple(proposals)
