"""One map of a workspace: read, edited, undone, kept in versions, compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, cast

from lvtu.catalog.ids import uuid7
from lvtu.core.languages import chosen
from lvtu.core.units import moment
from lvtu.core.words import LANGS, Lang, say
from lvtu.errors import BadInput
from lvtu.maps.answered import Answered
from lvtu.maps.authors import Author, By, Signed
from lvtu.maps.changes import Change, changes, undone
from lvtu.maps.changes import applied as with_changes
from lvtu.maps.document import JourneyMap
from lvtu.maps.edits import made
from lvtu.maps.exports import Exports
from lvtu.maps.images import type_of
from lvtu.maps.nesting import refuse_cycle
from lvtu.maps.undoing import stacks

if TYPE_CHECKING:
    import pyarrow as pa

    from lvtu.maps.history import Difference, Told
    from lvtu.maps.live import Filled
    from lvtu.maps.process import Course, Otherwise
    from lvtu.maps.shelf import Mapped

_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
"""Ids stand in addresses."""

_TRIES = 5
"""Times that an edit is made anew where somebody else was first."""

Allow = Callable[[str, tuple[Change, ...]], None]
"""Raises an error where an edit is not to be made."""


class Map(Answered, Exports):
    """A map of a workspace. What is done with it is kept at once; nothing that was in it is lost.

    Args:
        ws: the workspace.
        id: the map's.
        allow: is told the name of an edit and what it changes before it is kept, and may refuse it.
    """

    def __init__(self, ws: Mapped, id: str, allow: Allow | None = None) -> None:
        self._ws, self.id, self.allow = ws, id, allow

    @property
    def document(self) -> JourneyMap:
        """The map as it is.

        Raises:
            UnknownName: it has been taken away.
        """
        return JourneyMap.load(self._ws._ledger.maps.read(self.id).document)

    @property
    def step(self) -> int:
        """How often it has been edited.

        Raises:
            UnknownName: it has been taken away.
        """
        return self._ws._ledger.maps.step(self.id)

    def state(self) -> tuple[JourneyMap, int]:
        """The map as it is and how often it has been edited, both of one moment.

        Raises:
            UnknownName: it has been taken away.
        """
        kept = self._ws._ledger.maps.read(self.id)
        return JourneyMap.load(kept.document), kept.step

    def __repr__(self) -> str:
        return f"Map({self.document.title.en!r})"

    def _repr_html_(self) -> str:
        """What a notebook shows: the picture of `svg`, in a frame that scrolls."""
        return f'<div style="overflow-x: auto">{self.svg()}</div>'

    def to_json(self) -> str:
        """The map as JSON, with everything that is in it; `Maps.load` reads it."""
        return self.document.to_json()

    def edit(self, edit: str, *, by: By = None, once: str | None = None, **arguments: Any) -> None:
        """Change the map; see `lvtu.maps.edits` for what can be done.

        Args:
            edit: the name of the edit: ``split_step``, ``put``, …
            by: who does it; who runs this if not given.
            once: what the edit is known by to whoever sends it: one that came under this before is not made again.
            **arguments: the edit's.

        Raises:
            BadInput: it does not fit the map, or others edit it so often that it never came about.
        """
        signed = Author.of(by).signed
        self._change(lambda now: (made(now, {"edit": edit, **arguments}), signed), edit, once)

    def apply(self, some: list[Change], what: str = "changed", *, by: By = None, once: str | None = None) -> None:
        """Make changes that somebody else made.

        Args:
            some: they.
            what: the name of the edit.
            by, once: as with `edit`.

        Raises:
            BadInput: what they change has been changed otherwise meanwhile.
        """
        signed = Author.of(by).signed
        self._change(lambda now: (with_changes(now, some), signed), what, once)

    def undo(self, *, by: By = None, once: str | None = None) -> None:
        """Take back one's own last edit that has not been taken back; that is an edit too.

        Args:
            by: whose; who runs this if not given.
            once: as with `edit`.

        Raises:
            BadInput: there is none, or somebody else has changed the same things since.
        """
        self._take_back("undone", by, once)

    def redo(self, *, by: By = None, once: str | None = None) -> None:
        """Do again what one took back last, if one has edited nothing since; that is an edit too.

        Args:
            by: who; who runs this if not given.
            once: as with `edit`.

        Raises:
            BadInput: there is nothing, or somebody else has changed the same things since.
        """
        self._take_back("redone", by, once)

    def undoable(self, language: Lang | None = None, *, by: By = None) -> tuple[str | None, str | None]:
        """What `undo` would take back and what `redo` would do again, in words; None where there is nothing.

        Args:
            language: ``zh`` or ``en``; that of the environment if not given.
            by: whose edits; those of who runs this if not given.
        """
        from lvtu.maps.history import deed

        back, again = (deed(self.document, self.history(some[-1] - 1), chosen(language)) if some else None
                       for some in self._stacks(Author.of(by)))  # fmt: skip
        return back, again

    def _stacks(self, author: Author) -> tuple[list[int], list[int]]:
        made = self._ws._ledger.maps.made(self.id)
        mine = (one for one in made if author.made(one.by, one.author))
        return stacks((one.step, one.what, one.author or (one.by,)) for one in mine)

    def _take_back(self, what: Literal["undone", "redone"], by: By, once: str | None) -> None:
        maps, author = self._ws._ledger.maps, Author.of(by)

        def make(now: JourneyMap) -> tuple[JourneyMap, Signed]:
            mine, back = self._stacks(author)
            steps = mine if what == "undone" else back
            if not steps:
                raise BadInput("nothing_to_undo" if what == "undone" else "nothing_to_redo", map=now.title.en)
            done = maps.steps(self.id, steps[-1] - 1)[0]
            made = with_changes(now, undone([Change.model_validate(one) for one in done.changes]))
            return made, author.taking_back(Signed(done.by, done.author))

        self._change(make, what, once)

    def _change(self, make: Callable[[JourneyMap], tuple[JourneyMap, Signed]], what: str, once: str | None) -> None:
        """Make an edit on the map as it is; where somebody else was first, once more on what they left."""
        maps = self._ws._ledger.maps
        for turn in range(_TRIES):
            if once is not None and maps.came(self.id, once):
                return
            now, step = self.state()
            try:
                document, signed = make(now)
                self._keep(document, what, signed, (now, step), once)
                return
            except BadInput as error:
                if error.code != "map_moved_on" or turn == _TRIES - 1:
                    raise

    def add_image(self, content: bytes) -> str:
        """Keep a picture (PNG, JPEG, WebP) that cards of the map can name as their `image`; returns its id.

        Raises:
            BadInput: it is none of these, or larger than `lvtu.maps.images.LARGEST`.
        """
        image = uuid7()
        self._ws._ledger.maps.add_image(self.id, image, type_of(content), content)
        return image

    def image(self, id: str) -> tuple[str, bytes]:
        """The type and the content of a picture of the map.

        Raises:
            UnknownName: it has no such picture.
        """
        return self._ws._ledger.maps.image(self.id, id)

    def history(self, after: int = 0) -> list[dict[str, Any]]:
        """Every edit, the oldest first: ``step``, ``time`` (ISO-8601), ``by``, ``author``, ``what``, ``changes``.

        `by` is what whoever made it was called then, `author` their id on the server; None: known by the name alone.

        Args:
            after: the step behind which they are told.
        """
        return [
            {"step": one.step, "time": moment(one.time).isoformat(), "by": one.by, "author": one.author,
             "what": one.what,
             "changes": [Change.model_validate(change) for change in one.changes]}
            for one in self._ws._ledger.maps.steps(self.id, after)
        ]  # fmt: skip

    @property
    def edited(self) -> tuple[str, str]:
        """When it was edited last (ISO-8601), and by whom.

        Raises:
            UnknownName: it has been taken away.
        """
        time, by, _ = self._ws._ledger.maps.last(self.id)
        return moment(time).isoformat(), by

    @property
    def signed(self) -> Signed:
        """Who edited it last.

        Raises:
            UnknownName: there is no such map.
        """
        return Signed(*self._ws._ledger.maps.last(self.id)[1:])

    def publish(self, name: str, *, by: By = None, answers: Filled | None = None) -> int:
        """Keep the map as it is under a name, for good; returns the number of the version.

        Args:
            name: its name.
            by: who keeps it; who runs this if not given.
            answers: what the data say to it: what moves later is told against that; asked now if not given.

        Raises:
            BadInput: it has no scenario: whoever looks at it later could not tell for whom and when it holds.
        """
        document = self.document
        if not document.scenarios:
            raise BadInput("map_without_scenario", map=document.title.en)
        number = self._ws._ledger.maps.publish(self.id, name, *Author.of(by).signed)
        self.live.see(by, number, answers)
        return number

    def versions(self) -> list[dict[str, Any]]:
        """The named versions: ``number``, ``name``, ``time`` (ISO-8601), ``by``, ``author``, ``step``.

        By whom is told as in `history`; the last is after how many edits it was kept.
        """
        kept = self._ws._ledger.maps.versions(self.id)
        return [one._asdict() | {"time": moment(one.time).isoformat()} for one in kept]

    def version(self, number: int) -> JourneyMap:
        """The map as it was when a version was kept.

        Raises:
            UnknownName: there is no such version.
        """
        return JourneyMap.load(self._ws._ledger.maps.version(self.id, number))

    def restore(self, number: int, *, by: By = None) -> None:
        """Make the map what it was when a version was kept. What came between stays in the history.

        Raises:
            UnknownName: there is no such version.
        """
        self._keep(self.version(number), "restored", Author.of(by).signed)

    def diff(self, other: JourneyMap | Map | int) -> tuple[Change, ...]:
        """What is otherwise in another map, or was in a version: from that to this."""
        return changes(self._other(other), self.document)

    def _other(self, other: JourneyMap | Map | int) -> JourneyMap:
        return self.version(other) if isinstance(other, int) else other.document if isinstance(other, Map) else other

    def difference(self, other: JourneyMap | Map | int, language: Lang | None = None) -> Difference:
        """What is otherwise than in another map, or in a version, step by step and in words.

        Args:
            other: what it is compared with.
            language: ``zh`` or ``en``; that of the environment if not given.
        """
        from lvtu.maps.history import difference

        return difference(self._other(other), self.document, chosen(language), self._ws._ledger.maps.titles())

    def courses(self, answers: Filled | None = None) -> list[Course]:
        """What each of its paths takes and costs; see `lvtu.maps.process.courses`.

        Args:
            answers: what the data say to it; asked now if not given.
        """
        from lvtu.maps.process import courses

        return courses(self.document, self.answers() if answers is None else answers)

    def otherwise(self, other: JourneyMap | Map | int, answers: Filled | None = None) -> list[Otherwise]:
        """By how much its paths are quicker or cheaper than those of another map, or of a version, path by path.

        Args:
            other: what it is compared with.
            answers: what the data say to this map, and to its versions; asked now if not given.
        """
        from lvtu.maps.process import compared

        now = self.answers() if answers is None else answers
        was = other.answers() if isinstance(other, Map) else now
        return compared(self._other(other), was, self.document, now)

    def told(self, language: Lang | None = None, part: str | None = None, key: str = "") -> list[Told]:
        """The history in words, the newest edit first.

        Args:
            language: ``zh`` or ``en``; that of the environment if not given.
            part: of which part alone: ``steps``, ``cards``, ``cells``, …; of a cell `key` is ``lane/step``.
            key: its key.
        """
        from lvtu.maps.history import told

        return told(self.document, self.history(), chosen(language), part, key)

    def votings(self, language: Lang | None = None) -> pa.Table:
        """What people chose among the cards at workshops, ranked (`lvtu.maps.votings.ranked`).

        Args:
            language: in which language; that of the caller if not given.
        """
        from lvtu.maps.votings import ranked

        return ranked(self.document, chosen(language))

    def to_be(self, title: str | Mapping[str, str] | None = None, *, by: By = None) -> Map:
        """A copy that tells how the journey is meant to be. Stages, steps, lanes and cards keep their keys.

        It remembers the map that it was made of (`JourneyMap.pair`); `difference` tells what is otherwise in it.

        Args:
            title: what it is called; as this one, “to be”, if not given.
            by: who makes it; who runs this if not given.
        """
        now = self.document
        said = title or {lang: say("maps.to_be", lang, title=now.title.get(lang)) for lang in LANGS}
        given = now.document() | {"id": uuid7(), "title": said, "state": "to_be", "status": "draft", "pair": self.id}
        made = Map(self._ws, given["id"], self.allow)
        made._keep(JourneyMap.load(given), "paired", Author.of(by).signed)
        return made

    def pairs(self) -> list[Map]:
        """The map that it was made of, if it tells how a journey is to be; otherwise those that were made of it."""
        return self._paired(self.document)

    def _paired(self, document: JourneyMap) -> list[Map]:
        pair = document.pair
        maps = self._ws._ledger.maps
        if pair is not None:
            return [Map(self._ws, pair)] if maps.there(pair) else []
        return [Map(self._ws, one.id) for one in maps.naming(self.id) if one.document.get("pair") == self.id]

    def remove(self) -> None:
        """Take the map away, with its history and versions; steps that it told in detail are told by none then."""
        self._ws._ledger.maps.remove(self.id)
        for kept in self._ws._ledger.maps.all():
            one = Map(self._ws, kept.id)
            for step in one.document.steps:
                if step.child == self.id:
                    one.nest(step.key, None)

    def nest(self, step: str, child: str | None, *, by: By = None) -> None:
        """Let another map tell a step in detail.

        Args:
            step: the key of the step.
            child: the id of the map; None: none does any more.
            by: who says so; who runs this if not given.

        Raises:
            UnknownName: there is no such step or map.
            BadInput: a map would contain itself.
        """
        if child is not None:
            self._ws._ledger.maps.read(child)
        self.edit("change", part="steps", key=step, fields={"child": child}, by=by)
        below = None if child is None else Map(self._ws, child)
        if below is not None and below.document.parent is None:
            below.edit("describe", fields={"parent": {"map": self.id, "step": step}}, by=by)

    def _read(self, id: str) -> JourneyMap | None:
        maps = self._ws._ledger.maps
        return JourneyMap.load(maps.read(id).document) if maps.there(id) else None

    def _keep(
        self, document: JourneyMap, what: str, signed: Signed, on: tuple[JourneyMap, int] | None = None,
        once: str | None = None,
    ) -> None:  # fmt: skip
        """Keep the map as it is after an edit, which was made `on` what it was at a step; on what it is else."""
        maps = self._ws._ledger.maps
        if not any(told.strip() for told in (document.title.zh, document.title.en)):
            raise BadInput("map_untitled")
        refuse_cycle(document, self._read)
        step, log = 0, cast("tuple[Change, ...]", ())
        if on is not None or maps.there(self.id):
            before, step = on or self.state()
            log = changes(before, document)
            if not log:
                return
            if self.allow is not None:
                self.allow(what, log)
        elif not _ID.fullmatch(self.id):
            raise BadInput("bad_map_id", id=self.id)
        told = [one.model_dump(mode="json", exclude_none=True) for one in log]
        maps.write(document.document(), told, what, signed.by, step, once, signed.author)
