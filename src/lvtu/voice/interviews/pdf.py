"""PDF documents: their text page by page, read in a process of its own that is ended when it takes too long."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

from lvtu.errors import BadInput
from lvtu.voice.interviews.files import Brought

PATIENCE = 60
"""Seconds after which a file is given up: 300 dense pages take 2."""

_PROGRAM = Path(__file__).with_name("pages_of_pdf.py")
_ENDS = tuple(".!?:;。！？：；…”」』)）")
_LIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
"""Characters that look like others: fonts name the sign for 人 by the radical ⼈, and fi by its ligature."""

_SHORT = 0.7
"""A line of less than this share of a page's long lines ends a paragraph, if a sentence ends with it."""


def read_pdf(name: str, data: bytes) -> Brought:
    """The text of a PDF with where its pages begin.

    Raises:
        BadInput: it cannot be read (``pdf_broken``), asks for a password (``pdf_locked``), holds pictures of text and
            no text (``scanned_pdf``), or is more than can be read here (``pdf_too_much``).
    """
    told = _told(data)
    if "error" in told:
        raise BadInput(f"pdf_{told['error']}", name=name)
    texts = [flowing(text) for text in told["pages"]]
    if not any(texts):
        raise BadInput("scanned_pdf", name=name, pages=len(texts))
    pages, length = [], 0
    for number, text in enumerate(texts, 1):
        pages.append((length, number))
        length += len(text) + 2
    empty = tuple(number for number, text in enumerate(texts, 1) if not text)
    return Brought(
        told["title"].strip(), "document", "\n\n".join(texts), pages=tuple(pages), empty_pages=empty,
        author=told["author"].strip()[:200], published=told["created"],
    )  # fmt: skip


def _told(data: bytes) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_PROGRAM)], input=data, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return {"error": "too_much"}
    if done.returncode:
        return {"error": "too_much" if b"MemoryError" in done.stderr else "broken"}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def flowing(page: str) -> str:
    """The text of a page without the breaks of its lines; paragraphs stand on lines of their own.

    A paragraph ends at an empty line, and where a line that ends a sentence is clearly shorter than the others. A word
    that is broken at the end of a line is put together.

    Example:
        >>> flowing("Waiting is what guests\\nremember. Half of them\\ntold us so.\\nRooms were liked by all of them.")
        'Waiting is what guests remember. Half of them told us so.\\nRooms were liked by all of them.'
        >>> flowing("退货流程是客⼈抱怨最\\n多的环节。")
        '退货流程是客人抱怨最多的环节。'
    """
    page = _LIKE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), page.replace("\x00", ""))
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in page.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[int(0.8 * (len(lengths) - 1))] if lengths else 0
    out: list[str] = []
    ended = True
    for line in lines:
        if line and not ended:
            out[-1] = _put_together(out[-1], line)
        elif line:
            out.append(line)
        ended = not line or (len(line) < _SHORT * usual and line.endswith(_ENDS))
    return "\n".join(out)


def _put_together(before: str, line: str) -> str:
    if re.search(r"[^\W\d_]-$", before) and line[:1].islower():
        return before[:-1] + line
    wide = before[-1] > "\u2e7f" and line[0] > "\u2e7f"
    return before + ("" if wide else " ") + line
