"""The named segments of a workspace: conditions, and lists of customers that are kept without their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from lvtu.core.segments.segment import Segment
from lvtu.core.sentences import Note
from lvtu.store.documents import Documents
from lvtu.store.ledger import Ledger

if TYPE_CHECKING:
    from lvtu.store.journeys.block import Meaning
    from lvtu.store.journeys.snapshot import Snapshot


class SavedSegment(Segment):
    """A segment as it was kept, and who of a list could not be.

    Attributes:
        not_found: identifiers that nobody has.
        of_several: identifiers that several customers have (a shared device's).
    """

    not_found: tuple[str, ...] = ()
    of_several: tuple[str, ...] = ()

    @property
    def notes(self) -> list[Note]:
        """What must be known of it."""
        unknown, shared = self.not_found, self.of_several
        notes = [Note("unknown_members", members=len(unknown), examples=unknown[:3])] if unknown else []
        return notes + ([Note("shared_members", members=len(shared), examples=shared[:3])] if shared else [])


class Segments(Mapping[str, "Meaning"]):
    """What each name stands for: a condition, or an event of each customer of a list.

    A name may say a version, ``VIP@2``. They are read from the books whenever one is asked for.

    Attributes:
        documents: the definitions.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.documents: Documents[Segment] = Documents(ledger, "segment", Segment.load, _given)

    def __getitem__(self, name: str) -> Meaning:
        segment = self.documents.named(name)
        return segment.members or () if segment.condition is None else segment.condition

    def __contains__(self, name: object) -> bool:
        return str(name).partition("@")[0] in list(self)

    def __iter__(self) -> Iterator[str]:
        return iter([segment.key for segment in self.documents.list()])

    def __len__(self) -> int:
        return len(self.documents.list())

    def save(self, segment: Any, snapshot: Snapshot) -> SavedSegment:
        """Keep a segment as the next version of its key; a list of customers as an event of each.

        Args:
            segment: whatever `Segment.load` takes.
            snapshot: whose customers a list names.

        Raises:
            BadInput: it is not consistent.
        """
        from lvtu.store.journeys.listed import members_of

        given = Segment.load(segment)
        if given.customers is None:
            return SavedSegment(**self.documents.save(given).model_dump())
        found = members_of(snapshot, given.customers)
        update = {"customers": None, "members": tuple(found.events), "unknown": len(found.unknown),
                  "shared": len(found.shared)}  # fmt: skip
        kept = self.documents.save(given.model_copy(update=update))
        return SavedSegment(**kept.model_dump(), not_found=tuple(found.unknown), of_several=tuple(found.shared))


@cache
def _given() -> dict[str, Segment]:
    from lvtu.core.segments.standard import LIFECYCLE

    return {segment.key: segment for segment in LIFECYCLE}
