"""What a map becomes when it is written: the formats there are, and bytes with what must be said with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from lvtu.core.sentences import Note

Format = Literal["svg", "png", "pdf", "pptx", "xlsx", "csv", "cards", "md", "mermaid", "flowchart", "cjml", "json"]
"""What a map can be written as. ``csv`` is the grid, ``cards`` a table of its cards, ``mermaid`` a journey diagram."""

FORMATS: tuple[Format, ...] = get_args(Format)

ENDINGS: dict[Format, str] = {
    **{one: one for one in FORMATS}, "cards": "csv", "mermaid": "mmd", "flowchart": "mmd", "cjml": "xml",
}  # fmt: skip
"""How the names of their files end."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA: dict[Format, str] = {
    "svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf",
    "pptx": f"{_OFFICE}.presentationml.presentation", "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8", "cards": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8",
    "mermaid": "text/plain; charset=utf-8", "flowchart": "text/plain; charset=utf-8", "json": "application/json",
    "cjml": "application/xml",
}  # fmt: skip

TEXTS: tuple[Format, ...] = ("svg", "csv", "cards", "md", "mermaid", "flowchart", "cjml", "json")
"""Those that people can read as they are."""

_BAD = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""What no file is called on some machine."""


@dataclass(frozen=True)
class Written:
    """A map, or a report on one, as a file.

    Attributes:
        content: its bytes.
        notes: what must be said with it.
    """

    content: bytes
    notes: tuple[Note, ...] = ()


def file_name(title: str, format: Format) -> str:
    """What a map's file is called: its title, as every machine takes it.

    Example:
        >>> file_name("到店：上海/北京", "pdf"), file_name("Web & app?", "cards")
        ('到店：上海 北京.pdf', 'Web & app - cards.csv')
    """
    aside = f" - {format}" if format in ("cards", "flowchart") else ""
    return f"{base_name(title)}{aside}.{ENDINGS[format]}"


def base_name(title: str) -> str:
    """A title as every machine takes it for the name of a file, without its ending."""
    return _BAD.sub(" ", title).strip(" .")[:100].strip() or "map"


def format_of(name: str) -> Format | None:
    """The format that the ending of a file's name tells; None where it tells none.

    Example:
        >>> format_of("shop.PPTX"), format_of("shop.mmd"), format_of("shop.doc")
        ('pptx', 'mermaid', None)
    """
    ending = name.rpartition(".")[2].lower()
    return next((one for one in FORMATS if ENDINGS[one] == ending), None)
