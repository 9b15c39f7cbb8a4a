"""Interviews and documents of a workspace, in the catalog with their highlights, which stay with their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lvtu.catalog.columns import now
from lvtu.catalog.documents import Document, Documents
from lvtu.catalog.ids import uuid7
from lvtu.errors import BadInput, UnknownName
from lvtu.voice.interviews.anchors import anchored, carried
from lvtu.voice.interviews.models import Coding, Described, Highlight, Interview, NewHighlight
from lvtu.voice.interviews.transcript import transcript

KIND = "interview"
"""Of documents of the catalog."""

_TRIES = 5

Body = dict[str, Any]


class Book:
    """All interviews and documents of one workspace.

    Args:
        documents: those of `KIND`.
        person: the id of who changes something; None where no person does.
    """

    def __init__(self, documents: Documents, person: str | None = None) -> None:
        self._documents, self._person = documents, person

    def all(self) -> list[Document]:
        """Every text, the oldest first."""
        return self._documents.list()

    def get(self, id: str) -> Document:
        """One.

        Raises:
            UnknownName: there is none of that id.
        """
        return self._documents.get(id)

    def add(self, given: Interview) -> Document:
        """Keep a text."""
        body = given.model_dump() | {"highlights": []}
        if not given.times and not given.pages:
            heard = transcript(given.text, given.form == "interview")
            body |= {"text": heard.text, "times": heard.times}
        return self._documents.add(body, author=self._person)

    def put(self, id: str, given: Described, version: int) -> Document:
        """Change a text; highlights, times and pages go where their words went.

        Raises:
            UnknownName: there is none of that id.
            BadInput: somebody changed it in the meantime (``changed_by_another``).
        """
        before = self._documents.get(id).body
        heard, was = transcript(given.text, given.form == "interview"), before["text"]
        body = before | given.model_dump(include=set(Described.model_fields)) | {
            "text": heard.text,
            "times": heard.times or carried(before.get("times", []), was, heard.text),
            "pages": carried(before.get("pages", []), was, heard.text),
            "highlights": [_moved(mark, was, heard.text) for mark in before["highlights"]],
        }  # fmt: skip
        return self._documents.put(id, body, editor=self._person, version=version)

    def remove(self, id: str) -> None:
        """Remove a text with its highlights.

        Raises:
            UnknownName: there is none of that id.
        """
        self._documents.remove(id)

    def highlight(self, id: str, given: NewHighlight) -> tuple[Document, str]:
        """Mark a passage; returns the id of the highlight too.

        Raises:
            UnknownName: there is no text of that id.
            BadInput: the text says something else there (``quote_elsewhere``).
        """
        mark = Highlight(
            id=str(uuid7()), author=self._person, created=now().isoformat(), **given.model_dump()
        ).model_dump()  # fmt: skip

        def added(body: Body) -> list[Body]:
            if body["text"][given.start : given.end] != given.quote:
                raise BadInput("quote_elsewhere", quote=given.quote, at=given.start)
            return [*body["highlights"], mark]

        return self._changed(id, added), mark["id"]

    def code(self, id: str, highlight: str, given: Coding) -> Document:
        """Say what a highlight is about.

        Raises:
            UnknownName: there is no such text or highlight.
        """

        def coded(body: Body) -> list[Body]:
            _one(body, highlight)
            return [mark | given.model_dump() if mark["id"] == highlight else mark for mark in body["highlights"]]

        return self._changed(id, coded)

    def forget(self, id: str, highlight: str) -> Document:
        """Remove a highlight.

        Raises:
            UnknownName: there is no such text or highlight.
        """

        def without(body: Body) -> list[Body]:
            _one(body, highlight)
            return [mark for mark in body["highlights"] if mark["id"] != highlight]

        return self._changed(id, without)

    def rename(self, code: str, becomes: str) -> int:
        """Call a code otherwise in all texts; one that is there already takes the other in.

        Returns:
            How many highlights carried it.

        Raises:
            UnknownName: none does (``unknown_code``).
        """
        uses = [(one.id, sum(code in mark["codes"] for mark in one.body["highlights"])) for one in self.all()]
        if not any(times for _, times in uses):
            known = {name for one in self.all() for mark in one.body["highlights"] for name in mark["codes"]}
            raise UnknownName("code", code, sorted(known))

        def renamed(body: Body) -> list[Body]:
            return [
                mark | {"codes": list(dict.fromkeys(becomes if one == code else one for one in mark["codes"]))}
                for mark in body["highlights"]
            ]

        for id, times in uses:
            if times:
                self._changed(id, renamed)
        return sum(times for _, times in uses)

    def _changed(self, id: str, change: Callable[[Body], list[Body]]) -> Document:
        """Change the highlights of a text, whatever others do to it at the same time."""
        left = _TRIES
        while True:
            kept, left = self._documents.get(id), left - 1
            body = kept.body | {"highlights": change(kept.body)}
            try:
                return self._documents.put(id, body, editor=self._person, version=kept.version)
            except BadInput as error:
                if error.code != "changed_by_another" or not left:
                    raise


def _one(body: Body, highlight: str) -> None:
    if highlight not in [mark["id"] for mark in body["highlights"]]:
        raise UnknownName("highlight", highlight, [])


def _moved(mark: Body, before: str, after: str) -> Body:
    if mark["start"] is None:  # it was lost; it may have come back
        place = anchored(mark["quote"], "", after, 0)
    else:
        place = anchored(mark["quote"], before, after, mark["start"])
    return mark | dict(zip(("start", "end"), place or (None, None), strict=True))
