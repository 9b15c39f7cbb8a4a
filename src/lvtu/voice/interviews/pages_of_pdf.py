"""A program of its own: the PDF on standard input as JSON, page by page. See `lvtu.voice.interviews.pdf`."""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
from typing import Any

MEMORY = 2 << 30
"""Bytes that it may take."""


def pages(data: bytes) -> dict[str, Any]:
    """What is in a PDF: ``pages`` (texts), ``title``, ``author``, ``created`` (ISO-8601); or ``error``, why not."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "locked"}
        texts = [page.extract_text() for page in reader.pages]
    except (FileNotDecryptedError, DependencyError):
        return {"error": "locked"}
    except MemoryError:
        return {"error": "too_much"}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError):
        return {"error": "broken"}  # what a broken file does to a reader is not always foreseen
    return {"pages": texts, **_about(reader)}


def _about(reader: Any) -> dict[str, str]:
    try:
        found = reader.metadata
        created = found.creation_date if found else None
        return {
            "title": str(found.title or "") if found else "",
            "author": str(found.author or "") if found else "",
            "created": created.date().isoformat() if created else "",
        }
    except Exception:  # a date that is none, say; the text is there all the same
        return {"title": "", "author": "", "created": ""}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    told = json.dumps(pages(sys.stdin.buffer.read()), ensure_ascii=False)
    sys.stdout.buffer.write(told.encode("utf-8", "replace"))
