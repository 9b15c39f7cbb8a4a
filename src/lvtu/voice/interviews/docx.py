"""Word documents: their paragraphs as text. Nothing but the standard library, as nothing but the words is wanted."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from lvtu.errors import BadInput

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ABOUT = "{http://purl.org/dc/elements/1.1/}"
_MOST = 60_000_000
"""Bytes of a part once it is unpacked: a small file may hold any number of the same ones."""

_BREAKS = {f"{_WORDS}tab": "\t", f"{_WORDS}br": "\n", f"{_WORDS}cr": "\n"}


def read_docx(name: str, data: bytes) -> tuple[str, str, str]:
    """Title, author and text of a Word document; tables a row to a line. What was deleted under review is not read.

    Raises:
        BadInput: it is none (``docx_broken``).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            body = _parsed(packed, "word/document.xml")
            about = _parsed(packed, "docProps/core.xml") if "docProps/core.xml" in packed.namelist() else None
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, RuntimeError, NotImplementedError, EOFError):
        raise BadInput("docx_broken", name=name) from None
    said = ["" if about is None else about.findtext(f"{_ABOUT}{key}") or "" for key in ("title", "creator")]
    return said[0].strip(), said[1].strip(), "\n".join(_lines(body)).strip()


def _parsed(packed: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """A part of the file. It cannot hold entities that grow: the parser of Python's own refuses them."""
    with packed.open(part) as file:
        content = file.read(_MOST + 1)
    if len(content) > _MOST:
        raise zipfile.BadZipFile(part)
    return ElementTree.fromstring(content)


def _lines(body: ElementTree.Element) -> list[str]:
    found = []
    rows = {paragraph: row for row in body.iter(f"{_WORDS}tr") for paragraph in row.iter(f"{_WORDS}p")}
    last = None
    for paragraph in body.iter(f"{_WORDS}p"):
        text = "".join(_texts(paragraph))
        row = rows.get(paragraph)
        if row is not None and row is last:
            found[-1] += f"\t{text}"
        else:
            found.append(text)
        last = row
    return found


def _texts(paragraph: ElementTree.Element) -> list[str]:
    return [
        one.text or "" if one.tag == f"{_WORDS}t" else _BREAKS[one.tag]
        for one in paragraph.iter()
        if one.tag == f"{_WORDS}t" or one.tag in _BREAKS
    ]
