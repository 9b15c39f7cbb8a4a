"""What others did to a map since whoever edits it has seen it: an edit is refused rather than to write over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from lvtu.errors import UnknownName
from lvtu.maps import Map
from lvtu.maps.authors import Author, Signed
from lvtu.maps.changes import LINEAGE, Change
from lvtu.service.problems import Conflict


class Meanwhile:
    """What others did to a map behind a step.

    Args:
        map_: the map.
        seen: the step at which whoever edits has seen it; None: as it is now.
        me: who that is.
        called: how they see who made an edit.
    """

    def __init__(self, map_: Map, seen: int | None, me: Author, called: Callable[[Signed], str]) -> None:
        self._map, self._seen, self._me, self._called = map_, seen, me, called

    def refuse(self, made: Sequence[Change]) -> None:
        """Refuse an edit that writes over a field that others changed, or takes away a part that they made or changed.

        Where something stands may be said by both: the last word counts. Lineage only grows.

        Raises:
            Conflict: it does.
        """
        written: dict[tuple[str, str | None, str | None], tuple[Signed, Change]] = {}
        for who, change in self._theirs():
            if change.kind == "changed" and (change.part, change.field) != LINEAGE:
                written[change.part, change.key, change.field] = who, change
            if change.kind in ("added", "changed"):
                written[change.part, change.key, None] = who, change
        for change in made:
            place = change.part, change.key, change.field
            if change.kind in ("changed", "removed") and place in written:
                who, theirs = written[place]
                name = _name(theirs.was) or _name(self._part(theirs)) or theirs.key or ""
                raise Conflict("edited_meanwhile", who=self._called(who), name=name)

    @contextmanager
    def named(self) -> Iterator[None]:
        """Tell of a part that an edit names and that is not there who took it away.

        Raises:
            Conflict: others did.
        """
        try:
            yield
        except UnknownName as error:
            for who, change in self._theirs():
                if change.kind == "removed" and change.key == error.values.get("name"):
                    raise Conflict("removed_meanwhile", who=self._called(who), name=_name(change.was)) from None
            raise

    def _theirs(self) -> Iterator[tuple[Signed, Change]]:
        if self._seen is not None:
            for one in self._map.history(self._seen):
                signed = Signed(one["by"], one["author"])
                if not self._me.made(*signed):
                    yield from ((signed, change) for change in one["changes"])

    def _part(self, change: Change) -> object:
        parts = self._map.document.document().get(change.part, ())
        return next((one for one in parts if isinstance(one, dict) and one.get("key") == change.key), None)


def _name(part: object) -> str:
    """What a part is called, to who reads of it: its name, label or text."""
    words = part
    if isinstance(part, dict) and "en" not in part:
        words = next((part[field] for field in ("name", "label", "text", "title") if part.get(field)), None)
    text = str(words["zh"] if words.get("zh") == words.get("en") else f"{words.get('en')} / {words.get('zh')}") if (
        isinstance(words, dict)
    ) else words if isinstance(words, str) else ""  # fmt: skip
    return text if len(text) <= 60 else f"{text[:59]}…"
