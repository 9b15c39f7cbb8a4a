"""Interviews and documents: kept in the catalog with their highlights, which stay with their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lvtu.catalog.columns import now
from lvtu.catalog.documents import Document
from lvtu.catalog.ids import uuid7
from lvtu.catalog.people import Person
from lvtu.errors import BadInput
from lvtu.service.access import Access
from lvtu.service.documents import looked_up
from lvtu.service.interviews.schemas import (
    ChangedInterview,
    CodeOf,
    Coding,
    Highlight,
    HighlightOf,
    Interview,
    InterviewOf,
    InterviewRow,
    NewHighlight,
    Quotes,
    TurnOf,
)
from lvtu.service.masking import scrubbed, scrubbing
from lvtu.service.problems import NotFound
from lvtu.voice.interviews import anchored, plain, turns
from lvtu.voice.text import analyse

KIND = "interview"
_TRIES = 5
_CODES = 5

Body = dict[str, Any]


def listed(access: Access, search: str, form: str | None) -> list[InterviewRow]:
    """All texts in which some words stand, the newest first."""
    found = []
    for one in reversed(access.documents(KIND).list()):
        body, words = one.body, search.casefold()
        if form not in (None, body["form"]) or words not in f"{body['title']}\n{body['text']}".casefold():
            continue
        codes = Counter(code for mark in body["highlights"] for code in mark["codes"])
        speakers = list(dict.fromkeys(turn.speaker for turn in turns(body["text"])))
        found.append(
            InterviewRow(
                id=one.id, title=_shown(access, body["title"]), form=body["form"], date=body["date"],
                characters=len(body["text"]), speakers=[_shown(access, name) for name in speakers],
                highlights=len(body["highlights"]), codes=[code for code, _ in codes.most_common(_CODES)],
                updated=one.updated.isoformat(),
            )
        )  # fmt: skip
    return found


def one(access: Access, id: str) -> InterviewOf:
    """A text with its highlights.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        return _told(access, access.documents(KIND).get(id))


def add(access: Access, given: Interview) -> InterviewOf:
    """Keep a text."""
    body = given.model_dump() | {"text": plain(given.text), "highlights": []}
    return _told(access, access.documents(KIND).add(body, author=access.person.id))


def put(access: Access, id: str, given: ChangedInterview) -> InterviewOf:
    """Change a text; highlights go where their words went.

    Raises:
        NotFound: there is none of that id.
        Conflict: somebody changed it in the meantime.
    """
    with looked_up(KIND, id):
        before = access.documents(KIND).get(id).body
        text = plain(given.text)
        marks = [_moved(mark, before["text"], text) for mark in before["highlights"]]
        body = given.model_dump(exclude={"version"}) | {"text": text, "highlights": marks}
        return _told(access, access.documents(KIND).put(id, body, editor=access.person.id, version=given.version))


def remove(access: Access, id: str) -> None:
    """Remove a text with its highlights; insights that quote it lose the words, and say so.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        access.documents(KIND).remove(id)
    access.served.workspace.insights.withdraw(id)


def highlight(access: Access, id: str, given: NewHighlight) -> InterviewOf:
    """Mark a passage.

    Raises:
        NotFound: there is no text of that id.
        BadInput: the text says something else there.
    """
    mark = Highlight(
        id=str(uuid7()), author=access.person.id, created=now().isoformat(), **given.model_dump()
    ).model_dump()  # fmt: skip

    def added(body: Body) -> list[Body]:
        if body["text"][given.start : given.end] != given.quote:
            raise BadInput("quote_elsewhere", quote=given.quote, at=given.start)
        return [*body["highlights"], mark]

    return _changed(access, id, added)


def code(access: Access, id: str, highlight: str, given: Coding) -> InterviewOf:
    """Say what a highlight is about.

    Raises:
        NotFound: there is no such text or highlight.
    """

    def coded(body: Body) -> list[Body]:
        _one(body, highlight)
        return [mark | given.model_dump() if mark["id"] == highlight else mark for mark in body["highlights"]]

    return _changed(access, id, coded)


def forget(access: Access, id: str, highlight: str) -> InterviewOf:
    """Remove a highlight.

    Raises:
        NotFound: there is no such text or highlight.
    """

    def without(body: Body) -> list[Body]:
        _one(body, highlight)
        return [mark for mark in body["highlights"] if mark["id"] != highlight]

    return _changed(access, id, without)


def quotes(access: Access, code: str | None, search: str) -> Quotes:
    """The highlights of all texts, and all codes."""
    kept = access.documents(KIND).list()
    marked = [(document, mark) for document in kept for mark in document.body["highlights"]]
    uses = Counter(code for _, mark in marked for code in set(mark["codes"]))
    texts = Counter(
        name for one in kept for name in {code for mark in one.body["highlights"] for code in mark["codes"]}
    )
    chosen = [
        (document, mark) for document, mark in marked
        if code in (None, *mark["codes"]) and search.casefold() in f"{mark['quote']}\n{mark['note']}".casefold()
    ]  # fmt: skip
    people = _people(access, (mark for _, mark in chosen))
    chosen.sort(key=lambda pair: pair[1]["created"], reverse=True)
    found = [told for document, mark in chosen for told in _Text(access, document).highlights([mark], people)]
    codes = [CodeOf(code=name, highlights=number, interviews=texts[name]) for name, number in uses.most_common()]
    return Quotes(highlights=found, codes=codes)


def _changed(access: Access, id: str, change: Callable[[Body], list[Body]]) -> InterviewOf:
    """Change the highlights of a text, whatever others do to it at the same time."""
    documents, left = access.documents(KIND), _TRIES
    with looked_up(KIND, id):
        while True:
            kept, left = documents.get(id), left - 1
            body = kept.body | {"highlights": change(kept.body)}
            try:
                return _told(access, documents.put(id, body, editor=access.person.id, version=kept.version))
            except BadInput as error:
                if error.code != "changed_by_another" or not left:
                    raise


def _one(body: Body, highlight: str) -> None:
    if highlight not in [mark["id"] for mark in body["highlights"]]:
        raise NotFound("highlight", highlight, [])


def _moved(mark: Body, before: str, after: str) -> Body:
    if mark["start"] is None:  # it was lost; it may have come back
        place = anchored(mark["quote"], "", after, 0)
    else:
        place = anchored(mark["quote"], before, after, mark["start"])
    return mark | dict(zip(("start", "end"), place or (None, None), strict=True))


def _told(access: Access, kept: Document) -> InterviewOf:
    body, text = kept.body, _Text(access, kept)
    people = _people(access, body["highlights"], kept.author)
    author = people.get(kept.author or "")
    marks = sorted(body["highlights"], key=lambda mark: (mark["start"] is None, mark["start"] or 0))
    return InterviewOf(
        id=kept.id, version=kept.version, highlights=text.highlights(marks, people),
        turns=[TurnOf(speaker=text.shown(one.speaker), **text.place(one.start, one.end)) for one in text.turns],
        author_name=author.name if author else "", created=kept.created.isoformat(), updated=kept.updated.isoformat(),
        title=text.shown(body["title"]), form=body["form"], text=text.whole, date=body["date"],
        customer=body["customer"] and access.shown(body["customer"]), citation=body["citation"],
    )  # fmt: skip


class _Text:
    """A text as somebody may see it: for those who may not see identifiers, places move with what is masked."""

    def __init__(self, access: Access, kept: Document) -> None:
        self.access, self.kept, self.turns = access, kept, turns(kept.body["text"])
        self.whole: str = kept.body["text"]
        self._moved: Callable[[int], int] = int
        if access.masked:
            self.whole, self._moved = scrubbing(self.whole)

    def shown(self, text: str) -> str:
        return _shown(self.access, text)

    def place(self, start: int | None, end: int | None) -> dict[str, Any]:
        return {name: None if at is None else self._moved(at) for name, at in (("start", start), ("end", end))}

    def highlights(self, marks: list[Body], people: Mapping[str, Person]) -> list[HighlightOf]:
        feelings = analyse([mark["quote"] for mark in marks])["sentiment"].to_pylist()
        found = []
        for mark, sentiment in zip(marks, feelings, strict=True):
            author, speaker = people.get(mark["author"] or ""), self._speaker(mark["start"])
            told = {"quote": self.shown(mark["quote"]), "note": self.shown(mark["note"])}
            found.append(
                HighlightOf(
                    **mark | told | self.place(mark["start"], mark["end"]), author_name=author.name if author else "",
                    speaker=speaker and self.shown(speaker), sentiment=sentiment, interview=self.kept.id,
                    title=self.shown(self.kept.body["title"]),
                )
            )  # fmt: skip
        return found

    def _speaker(self, start: int | None) -> str | None:
        if start is None:
            return None
        return next((turn.speaker for turn in self.turns if turn.start <= start < turn.end), None)


def _people(access: Access, marks: Iterable[Body], *more: str | None) -> Mapping[str, Person]:
    authors = {mark["author"] for mark in marks} | set(more)
    return access.catalog.people.named({author for author in authors if author})


def _shown(access: Access, text: str) -> str:
    return scrubbed(text) if access.masked else text
