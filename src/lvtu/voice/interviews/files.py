"""Files that people bring as interviews and documents: their text, and what they say about themselves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

from lvtu.collect.streams import sniff_encoding
from lvtu.errors import BadInput
from lvtu.voice.interviews.sounds import SOUNDS
from lvtu.voice.interviews.transcript import transcript, turns

ENDINGS = (".txt", ".md", ".vtt", ".srt", ".docx", ".pdf", ".html", ".htm", ".csv", ".tsv")
"""What a file may be called at its end."""

MOST_BYTES = 15_000_000
"""Of a file."""

Form = Literal["interview", "note", "document"]
"""What a text is."""

LONGEST = 400_000
"""Characters of a text."""


@dataclass(frozen=True)
class Brought:
    """What is in a file.

    Attributes:
        title: what it is called, by itself or else by the file's name.
        form: what it is likely to be: ``interview``, ``note`` or ``document``.
        text: what it says.
        times: where in the text which second of the recording begins.
        pages: where in the text which page begins.
        empty_pages: those without text.
        author, publisher, url, published: what it says about where it comes from; empty where it does not.
        file: its name.
        sha256: by which the file can be told again; the file itself is not kept.
    """

    title: str
    form: Form
    text: str
    times: tuple[tuple[int, float], ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    empty_pages: tuple[int, ...] = ()
    author: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    file: str = ""
    sha256: str = ""


def read_file(name: str, data: bytes) -> Brought:
    """The text of a file.

    Args:
        name: the file's; its ending says how it is read, one of `ENDINGS`.
        data: what is in it.

    Raises:
        BadInput: it is of another kind (``unread_file``), or sound (``recording_alone``),
            holds no text (``file_without_text``, ``scanned_pdf``),
            too much of it (``text_too_long``), or cannot be read (``pdf_broken``, ``pdf_locked``, ``pdf_too_much``,
            ``docx_broken``).

    Example:
        >>> read_file("talk.srt", b"1\\n00:00:01,000 --> 00:00:04,000\\nIt took two weeks.\\n").text
        'It took two weeks.'
    """
    ending = PurePath(name).suffix.lower()
    if ending in SOUNDS:
        raise BadInput("recording_alone", name=name)
    if ending not in ENDINGS:
        raise BadInput("unread_file", name=name, known=list(ENDINGS))
    found = _read(ending, name, data)
    if not found.text.strip():
        raise BadInput("file_without_text", name=name)
    if len(found.text) > LONGEST:
        raise BadInput("text_too_long", characters=len(found.text), most=LONGEST)
    title = (found.title or PurePath(name).stem).strip()[:200]
    return replace(found, title=title, file=name[-200:], sha256=hashlib.sha256(data).hexdigest())


def _read(ending: str, name: str, data: bytes) -> Brought:
    """What is in a file; readers are loaded when the first of their kind is brought."""
    if ending == ".pdf":
        from lvtu.voice.interviews.pdf import read_pdf

        return read_pdf(name, data)
    if ending == ".docx":
        from lvtu.voice.interviews.docx import read_docx

        title, author, text = read_docx(name, data)
        return replace(spoken(text), title=title, author=author)
    written = data.decode(sniff_encoding(data), "replace")
    if ending in (".html", ".htm"):
        from lvtu.voice.interviews.html import read_html

        return read_html(written)
    if ending in (".csv", ".tsv"):
        from lvtu.voice.interviews.tables import read_table

        return Brought("", "document", read_table(written.removeprefix("\ufeff")))
    found = spoken(written)
    heading = found.text.partition("\n")[0]
    return replace(found, title=heading.lstrip("# ") if ending == ".md" and heading.startswith("# ") else "")


def spoken(text: str) -> Brought:
    """A text that is in no file: a transcript, or a note where nobody is named.

    Example:
        >>> spoken("[00:02] Ann: Hello\\n[00:09] Bo: Hi\\n[00:11] Ann: Bye").form
        'interview'
    """
    heard = transcript(text)
    form: Form = "interview" if heard.times or turns(heard.text) else "note"
    return Brought("", form, heard.text.strip("\n") if not heard.times else heard.text, heard.times)
