"""Interviews and documents: brought, read, marked, and quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lvtu.catalog.documents import Document
from lvtu.catalog.people import Person
from lvtu.catalog.recordings import Recording, Recordings
from lvtu.core.words import Lang
from lvtu.errors import UnknownName
from lvtu.service.access import Access
from lvtu.service.documents import current
from lvtu.service.interviews.schemas import (
    ChangedInterview,
    CodeOf,
    FileRead,
    InterviewOf,
    InterviewRow,
    Quotes,
    RecordingOf,
    SpeakerOf,
)
from lvtu.service.interviews.seen import Seen
from lvtu.service.problems import NotFound
from lvtu.voice.interviews import asks, pseudonyms, read_file, turns
from lvtu.voice.interviews.book import KIND, Book
from lvtu.voice.interviews.models import Citation, Coding, Interview, NewHighlight
from lvtu.voice.interviews.quotes import Format, Quote, written
from lvtu.voice.interviews.reading import clock
from lvtu.voice.interviews.sounds import read_sound

_CODES = 5
_AROUND = 40
"""Characters on each side of words that are found."""


def listed(access: Access, search: str, form: str | None, lang: Lang) -> list[InterviewRow]:
    """All texts in which some words stand, the newest first."""
    found = []
    for one in reversed(_book(access).all()):
        body, words, seen = one.body, search.strip().casefold(), Seen(access, one)
        if form not in (None, body["form"]) or words not in f"{body['title']}\n{body['text']}".casefold():
            continue
        codes = Counter(code for mark in body["highlights"] for code in mark["codes"])
        found.append(
            InterviewRow(
                id=one.id, title=seen.shown(body["title"]), form=body["form"], date=body["date"],
                characters=len(body["text"]), pages=len(body.get("pages", ())) or None,
                speakers=[seen.shown(name) for name in seen.read.names.values()], highlights=len(body["highlights"]),
                codes=[code for code, _ in codes.most_common(_CODES)], source=_source(seen, lang),
                found=_found(seen.text, words), updated=one.updated.isoformat(),
            )
        )  # fmt: skip
    return found


def one(access: Access, id: str, lang: Lang) -> InterviewOf:
    """A text with its highlights.

    Raises:
        NotFound: there is none of that id.
    """
    with _asked():
        return _told(access, _book(access).get(id), lang)


def look(path: Path) -> FileRead:
    """What is in a file.

    Raises:
        BadInput: see `lvtu.voice.interviews.read_file`.
    """
    found = read_file(path.name, path.read_bytes())
    citation = Citation(
        author=found.author, publisher=found.publisher, url=found.url, published=found.published
    )  # fmt: skip
    spoken = Counter(turn.speaker for turn in turns(found.text)) if found.form != "document" else Counter[str]()
    who = [
        SpeakerOf(name=name, pseudonym=alias, turns=spoken[name], asks=asks(name))
        for name, alias in pseudonyms(list(spoken), {}).items()
    ]
    return FileRead.model_validate({
        "title": found.title, "form": found.form, "text": found.text, "citation": citation, "times": found.times,
        "pages": found.pages, "file": found.file, "sha256": found.sha256, "who": who,
        "empty_pages": found.empty_pages,
    })  # fmt: skip


def add(access: Access, given: Interview, lang: Lang) -> InterviewOf:
    """Keep a text."""
    return _told(access, _book(access).add(given), lang)


def put(access: Access, id: str, given: ChangedInterview, lang: Lang) -> InterviewOf:
    """Change a text; highlights go where their words went.

    Raises:
        NotFound: there is none of that id.
        Conflict: somebody changed it in the meantime.
    """
    with _asked():
        return _told(access, _book(access).put(id, given, given.version), lang)


def remove(access: Access, id: str) -> None:
    """Remove a text with its highlights; insights that quote it lose the words, and say so.

    Raises:
        NotFound: there is none of that id.
    """
    with _asked():
        _book(access).remove(id)
    access.served.workspace.insights.withdraw(id)


def highlight(access: Access, id: str, given: NewHighlight, lang: Lang) -> InterviewOf:
    """Mark a passage.

    Raises:
        NotFound: there is no text of that id.
        BadInput: the text says something else there.
    """
    with _asked():
        kept, made = _book(access).highlight(id, given)
        return _told(access, kept, lang).model_copy(update={"new_highlight": made})


def code(access: Access, id: str, highlight: str, given: Coding, lang: Lang) -> InterviewOf:
    """Say what a highlight is about.

    Raises:
        NotFound: there is no such text or highlight.
    """
    with _asked():
        return _told(access, _book(access).code(id, highlight, given), lang)


def forget(access: Access, id: str, highlight: str, lang: Lang) -> InterviewOf:
    """Remove a highlight.

    Raises:
        NotFound: there is no such text or highlight.
    """
    with _asked():
        return _told(access, _book(access).forget(id, highlight), lang)


def record(access: Access, id: str, path: Path, lang: Lang) -> InterviewOf:
    """Keep the recording of an interview, in the place of the one that was there.

    Raises:
        NotFound: there is no text of that id.
        BadInput: the file holds no sound (``no_recording``).
    """
    with _asked():
        kept = _book(access).get(id)
    type_, content = read_sound(path)
    _recordings(access).put(id, path.name, type_, content)
    return _told(access, kept, lang)


def sound(access: Access, id: str, first: int, most: int) -> tuple[Recording, bytes]:
    """Some bytes of a recording.

    Raises:
        NotFound: the text has none.
    """
    kept = _recordings(access).of([id]).get(id)
    if kept is None:
        raise NotFound("recording", id, [])
    with _asked():
        return kept, _recordings(access).sound(id, first, most)


def unrecord(access: Access, id: str, lang: Lang) -> InterviewOf:
    """Remove the recording of an interview.

    Raises:
        NotFound: there is no text of that id.
    """
    with _asked():
        kept = _book(access).get(id)
    _recordings(access).remove(id)
    return _told(access, kept, lang)


def rename(access: Access, code: str, becomes: str) -> Quotes:
    """Call a code otherwise in all texts.

    Raises:
        NotFound: nothing carries it.
    """
    with _asked():
        _book(access).rename(code, becomes)
    return quotes(access, becomes, "", None)


def quotes(access: Access, code: str | None, search: str, interview: str | None) -> Quotes:
    """The highlights of all texts or of one, and all codes."""
    kept = [Seen(access, document) for document in _book(access).all()]
    marked = [(seen, mark) for seen in kept for mark in seen.read.marks]
    words = search.strip().casefold()
    chosen = [
        (seen, mark) for seen, mark in marked
        if code in (None, *mark["codes"]) and words in f"{mark['quote']}\n{mark['note']}".casefold()
        and interview in (None, seen.kept.id)
    ]  # fmt: skip
    people = _people(access, (mark for _, mark in chosen))
    chosen.sort(key=lambda pair: pair[1]["created"], reverse=True)
    found = [told for seen, mark in chosen for told in seen.highlights([mark], people)]
    return Quotes(highlights=found, codes=_codes(marked), total=len(marked))


def exported(
    access: Access, code: str | None, search: str, interview: str | None, form: Format, lang: Lang
) -> bytes:  # fmt: skip
    """The same highlights as a file, text by text in the order in which they stand there."""
    kept = {one.id: Seen(access, one) for one in _book(access).all()}
    order = {id: number for number, id in enumerate(kept)}
    found = quotes(access, code, search, interview).highlights
    found.sort(key=lambda one: (order[one.interview], one.start is None, one.start or 0))
    told = [
        Quote(
            id=one.id, quote=one.quote, interview=one.interview, title=one.title, form=one.form, date=one.date,
            start=one.start, end=one.end, speaker=one.speaker, time=clock(one.time), page=one.page, codes=one.codes,
            note=one.note, colour=one.colour, sentiment=one.sentiment,
            source=kept[one.interview].shown(kept[one.interview].read.cited(one.page, lang)),
            marked_by=one.author_name, marked=one.created,
        )
        for one in found
    ]  # fmt: skip
    return written(told, form, lang)


def _codes(marked: list[tuple[Seen, dict[str, Any]]]) -> list[CodeOf]:
    """Every code with its uses, the most frequent first."""
    uses = Counter(code for _, mark in marked for code in mark["codes"])
    texts = Counter(code for _, code in {(seen.kept.id, code) for seen, mark in marked for code in mark["codes"]})
    latest = sorted((mark for _, mark in marked), key=lambda mark: str(mark["created"]))
    colours = {code: mark["colour"] for mark in latest for code in mark["codes"]}
    return [
        CodeOf(code=name, colour=colours[name], highlights=number, interviews=texts[name])
        for name, number in sorted(uses.items(), key=lambda use: (-use[1], use[0]))
    ]


def _recordings(access: Access) -> Recordings:
    return access.catalog.recordings(access.workspace_id)


def _book(access: Access) -> Book:
    return Book(access.documents(KIND), access.person.id)


@contextmanager
def _asked() -> Iterator[None]:
    """Answer what is not there with 404, and what was changed meanwhile with 409."""
    with current():
        try:
            yield
        except UnknownName as error:
            sort = error.code.removeprefix("unknown_")
            raise NotFound(sort, str(error.values["name"]), map(str, error.known)) from None


def _told(access: Access, kept: Document, lang: Lang) -> InterviewOf:
    body, seen = kept.body, Seen(access, kept)
    people = _people(access, body["highlights"], kept.author)
    author = people.get(kept.author or "")
    who = seen.who()
    heard = None if access.masked else _recordings(access).of([kept.id]).get(kept.id)
    recording = None if heard is None else RecordingOf(name=heard.name, type=heard.type, bytes=heard.size)
    return InterviewOf(
        id=kept.id, version=kept.version, highlights=seen.highlights(seen.read.marks, people), turns=seen.turns(),
        author_name=author.name if author else "", created=kept.created.isoformat(), updated=kept.updated.isoformat(),
        title=seen.shown(body["title"]), form=body["form"], text=seen.text, date=body["date"], who=who,
        customer=body["customer"] and access.shown(body["customer"]), citation=body["citation"],
        speakers=[] if access.masked else body.get("speakers", []), times=seen.posts(seen.read.times),
        pages=seen.posts(seen.read.pages), file=seen.shown(body.get("file", "")), sha256=body.get("sha256", ""),
        source=_source(seen, lang), recording=recording,
    )  # fmt: skip


def _source(seen: Seen, lang: Lang) -> str:
    return seen.shown(seen.read.cited(None, lang, titled=False)) if any(seen.kept.body["citation"].values()) else ""


def _found(text: str, words: str) -> str | None:
    at = text.casefold().find(words) if words else -1
    if at < 0:
        return None
    start, end = max(at - _AROUND, 0), at + len(words) + _AROUND
    around = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{around}{'…' if end < len(text) else ''}"


def _people(access: Access, marks: Iterable[Mapping[str, Any]], *more: str | None) -> Mapping[str, Person]:
    authors = {mark["author"] for mark in marks} | set(more)
    return access.catalog.people.named({author for author in authors if author})
