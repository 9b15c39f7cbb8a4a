"""The interviews and documents of a workspace, in Python."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lvtu.core.words import Lang, language
from lvtu.errors import BadInput, LvtuError

if TYPE_CHECKING:
    from lvtu.catalog.database import Database
    from lvtu.catalog.recordings import Recording, Recordings
    from lvtu.voice.interviews.book import Book
    from lvtu.voice.interviews.files import Form
    from lvtu.voice.interviews.quotes import Quote


class Interviews:
    """What was brought in as interviews, notes and documents, and what is marked in it.

    They are kept in the database of the server that serves the workspace, where the app has them too; each call opens
    it, and lets go of it.

    Args:
        address: of that database.
        workspace_id: the workspace.
        withdraw: takes the words of a text away that is removed from the insights that quote it.
    """

    def __init__(self, address: Callable[[], str], workspace_id: str, withdraw: Callable[[str], object]) -> None:
        self._address, self._workspace, self._withdraw = address, workspace_id, withdraw

    def add(
        self,
        source: str | PathLike[str],
        *,
        title: str | None = None,
        form: Form | None = None,
        date: str = "",
        customer: str | None = None,
        citation: Mapping[str, str] | None = None,
        pseudonyms: Mapping[str, str] | None = None,
    ) -> str:
        """Bring a text in.

        Args:
            source: the path of a file (`lvtu.voice.interviews.ENDINGS`), as a `pathlib.Path`; or the text itself.
            title: what it is called; what the file says if not given. A text needs one.
            form: what it is; by what is in it if not given.
            date: the day it was held or found, 2026-05-01.
            customer: an identifier of the customer who speaks.
            citation: where a document comes from: ``author``, ``publisher``, ``url``, ``published``, ``accessed``.
            pseudonyms: what speakers are called where they are quoted, by their names.

        Returns:
            Its id.

        Raises:
            BadInput: the file cannot be read; see `lvtu.voice.interviews.read_file`.
        """
        from lvtu.voice.interviews.files import Brought, read_file, spoken
        from lvtu.voice.interviews.models import Citation, Interview, Speaker

        path = Path(source) if isinstance(source, PathLike) else None
        found: Brought = read_file(path.name, path.read_bytes()) if path else spoken(str(source))
        said = {name: getattr(found, name) for name in ("author", "publisher", "url", "published")}
        given = Interview(
            title=title or found.title, form=form or found.form, text=found.text, times=list(found.times),
            pages=list(found.pages), file=found.file, sha256=found.sha256, date=date, customer=customer,
            citation=Citation(**said | dict(citation or {})),
            speakers=[Speaker(name=name, pseudonym=other) for name, other in (pseudonyms or {}).items()],
        )  # fmt: skip
        with self._book() as (book, _):
            return book.add(given).id

    def list(self) -> pa.Table:
        """All texts, the oldest first: ``id``, ``title``, ``form``, ``date``, ``characters``, ``highlights``,
        ``recording`` (the name of its file; null where there is none).
        """
        with self._book() as (book, database):
            kept = book.all()
            heard = _recordings(database, self._workspace).of([one.id for one in kept])
            rows = [
                {**{name: one.body[name] for name in ("title", "form", "date")}, "id": one.id,
                 "characters": len(one.body["text"]), "highlights": len(one.body["highlights"]),
                 "recording": heard[one.id].name if one.id in heard else None}
                for one in kept
            ]  # fmt: skip
        return pa.Table.from_pylist(rows, _LISTED)

    def ids(self) -> set[str] | None:
        """The ids of all texts, and of what is marked in them; None where their server's database cannot be asked."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self._book() as (book, _):
                kept = book.all()
        except (LvtuError, SQLAlchemyError, sqlite3.Error, OSError):
            return None
        return {one.id for one in kept} | {mark["id"] for one in kept for mark in one.body["highlights"]}

    def text(self, id: str) -> str:
        """What a text says.

        Raises:
            UnknownName: there is none of that id.
        """
        with self._book() as (book, _):
            return str(book.get(id).body["text"])

    def highlight(
        self, id: str, quote: str, codes: Sequence[str] = (), *, note: str = "", colour: str = "yellow",
        start: int | None = None,
    ) -> str:  # fmt: skip
        """Mark a passage.

        Args:
            id: of the text.
            quote: the passage, word for word.
            codes: what it is about.
            note: what you think of it.
            colour: of the marker: yellow, green, blue, pink, purple.
            start: where it begins; where it first stands if not given.

        Returns:
            The highlight's id.

        Raises:
            UnknownName: there is no such text.
            BadInput: the text does not say so there.
        """
        from lvtu.voice.interviews.models import NewHighlight

        with self._book() as (book, _):
            at = book.get(id).body["text"].find(quote) if start is None else start
            if at < 0:
                raise BadInput("quote_elsewhere", quote=quote, at=0)
            marked: Any = {"start": at, "end": at + len(quote), "quote": quote, "codes": list(codes), "note": note}
            return book.highlight(id, NewHighlight.model_validate({**marked, "colour": colour}))[1]

    def record(self, id: str, file: str | PathLike[str]) -> None:
        """Keep a recording beside the text of what is said in it, in the place of the one that was there.

        What is marked, quoted and put on cards of maps is the text; the recording is heard above it in the app.

        Args:
            id: of the text.
            file: the path of a file of sound (`lvtu.voice.interviews.sounds.SOUNDS`), up to 100 MB.

        Raises:
            UnknownName: there is no such text.
            BadInput: the file cannot be kept; see `lvtu.voice.interviews.sounds.read_sound`.
        """
        from lvtu.voice.interviews.sounds import read_sound

        with self._book() as (book, database):
            book.get(id)
            kind, content = read_sound(Path(file))
            _recordings(database, self._workspace).put(id, Path(file).name, kind, content)

    def recording(self, id: str) -> tuple[Recording, bytes]:
        """What was recorded of a text: about its file (``name``, ``type``, ``size``), and its bytes.

        Raises:
            UnknownName: there is no such text, or it has no recording.
        """
        from lvtu.voice.interviews.sounds import MOST_SOUND

        with self._book() as (book, database):
            book.get(id)
            recordings = _recordings(database, self._workspace)
            content = recordings.sound(id, 0, MOST_SOUND)
            return recordings.of([id])[id], content

    def unrecord(self, id: str) -> None:
        """Remove the recording of a text, if it has one; the text stays.

        Raises:
            UnknownName: there is no such text.
        """
        with self._book() as (book, database):
            book.get(id)
            _recordings(database, self._workspace).remove(id)

    def remove(self, id: str) -> None:
        """Remove a text with its highlights and its recording; insights that quote it lose the words, and say so.

        Raises:
            UnknownName: there is none of that id.
        """
        with self._book() as (book, _):
            book.remove(id)
        self._withdraw(id)

    def quotes(self, code: str | None = None, interview: str | None = None, lang: Lang | None = None) -> pa.Table:
        """What is marked, text by text in the order in which it stands there.

        Args:
            code: only what carries it.
            interview: only what is marked in the text of this id.
            lang: of the words in ``source``; that of the environment if not given.

        Returns:
            A table of `lvtu.voice.interviews.quotes.FIELDS`.
        """
        from lvtu.voice.interviews.quotes import SCHEMA

        return pa.Table.from_pylist([*self.quoted(code, interview, lang)], SCHEMA)

    def quoted(
        self, code: str | None = None, interview: str | None = None, lang: Lang | None = None
    ) -> Sequence[Quote]:  # fmt: skip
        """The same as plain rows, to be written by `lvtu.voice.interviews.quotes.written`."""
        from lvtu.catalog.people import People
        from lvtu.voice.interviews.quotes import quoted
        from lvtu.voice.interviews.reading import Reading

        with self._book() as (book, database):
            kept = [(one.id, Reading(one.body)) for one in book.all() if interview in (None, one.id)]
            authors = {mark["author"] for _, reading in kept for mark in reading.marks if mark["author"]}
            names = {id: person.name for id, person in People(database).named(authors).items()}
        return [one for id, reading in kept for one in quoted(id, reading, code, names, lang or language())]

    @contextmanager
    def _book(self) -> Iterator[tuple[Book, Database]]:
        from lvtu.catalog.database import Database
        from lvtu.catalog.documents import Documents
        from lvtu.voice.interviews.book import KIND, Book

        database = Database(self._address())
        try:
            yield Book(Documents(database, self._workspace, KIND)), database
        finally:
            database.close()


def _recordings(database: Database, workspace_id: str) -> Recordings:
    from lvtu.catalog.recordings import Recordings

    return Recordings(database, workspace_id)


_LISTED = pa.schema([
    ("id", pa.string()), ("title", pa.string()), ("form", pa.string()), ("date", pa.string()),
    ("characters", pa.int64()), ("highlights", pa.int64()), ("recording", pa.string()),
])  # fmt: skip
