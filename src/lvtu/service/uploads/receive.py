"""A file on its way in: from the chunks of a request to the disk, never as a whole in memory."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from lvtu.errors import BadInput
from lvtu.service.problems import TooLarge, of_disk
from lvtu.store import files

_AROUND = 64 * 1024
"""What the form around a file may take."""

_LONGEST = 100
"""Bytes of a name before its last dot, and behind it: what lies on disk has 255 at most, and readers add to it."""

_COMING = ".coming"
"""What a file is called until it is there."""


FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object", "required": ["file"],
                    "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
                }
            }
        },
    }
}  # fmt: skip
"""How the body of such a request is described."""


async def receive(chunks: AsyncIterator[bytes], content_type: str, folder: Path, most: int) -> Path:
    """Put the file of a form on disk.

    Args:
        chunks: the body of the request as it comes.
        content_type: its header.
        folder: where the file goes, under its own name.
        most: its bytes at most.

    Raises:
        TooLarge: it has more.
        BadInput: the body is no form with a file.
        Unavailable: the disk does not take it.
    """
    size = 0
    try:
        with _Form(content_type, folder) as form:
            async for chunk in chunks:
                size += len(chunk)
                refuse_larger(size - _AROUND, most)
                await run_in_threadpool(form.parser.write, chunk)
            form.parser.finalize()
            return form.settled()
    except FormParserError as error:
        raise BadInput("no_upload_form", reason=str(error)) from None
    except OSError as error:
        raise of_disk(error) from None


def refuse_larger(size: int, most: int) -> None:
    """Raise `TooLarge` for a file of more bytes than may be."""
    if size > most:
        raise TooLarge("upload_too_large", most=most // 1_000_000)


def name_of(given: str) -> str:
    """The name under which a file lies: what it is called, without folders and what no disk takes.

    Example:
        >>> name_of("C:\\\\data\\\\五月 订单.csv"), name_of("../../etc/passwd"), name_of("upload.json"), name_of("")
        ('五月 订单.csv', 'passwd', '-upload.json', 'file')
    """
    last = re.split(r"[\\/]", given)[-1]
    name = re.sub(r"[\x00-\x1f\x7f]", "", last).strip().lstrip(".")
    stem, dot, suffix = name.rpartition(".")
    name = f"{_short(stem)}{dot}{_short(suffix)}" or "file"
    return f"-{name}" if name == STATE else name


def _short(text: str) -> str:
    return text.encode()[:_LONGEST].decode(errors="ignore")


STATE = "upload.json"
"""What stands beside the file: what became of it."""


class _Form:
    """A form as it comes: the bytes of its files go to the disk, other fields nowhere.

    Args:
        content_type: the header of the request, which says what stands between the parts.
        folder: where the files go.

    Attributes:
        parser: takes the bytes.
    """

    def __init__(self, content_type: str, folder: Path) -> None:
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or not options.get(b"boundary"):
            raise FormParserError(content_type or "?")
        self._folder = folder
        self._names: list[str] = []
        self._out: BinaryIO | None = None
        self._header, self._value, self._named = b"", b"", b""
        self.parser = MultipartParser(options[b"boundary"], {
            "on_header_field": self._field, "on_header_value": self._put, "on_header_end": self._header_ends,
            "on_headers_finished": self._begin, "on_part_data": self._write, "on_part_end": self._end,
        })  # fmt: skip

    def __enter__(self) -> _Form:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def settled(self) -> Path:
        """The one file, under its own name, and on disk.

        Raises:
            BadInput: there is none, or there are several.
        """
        if len(self._names) != 1 or self._out is not None:
            raise BadInput("one_upload", files=len(self._names))
        path = self._folder / name_of(self._names[0])
        (self._folder / _COMING).replace(path)
        files.sync_tree([path])
        return path

    def _field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _put(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ends(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._named = self._value
        self._header = self._value = b""

    def _begin(self) -> None:
        _, options = parse_options_header(self._named)
        self._named = b""
        if (name := options.get(b"filename")) is not None:
            self._names.append(name.decode("utf-8", "replace"))
            self._out = (self._folder / _COMING).open("wb")

    def _write(self, data: bytes, start: int, end: int) -> None:
        if self._out is not None:
            self._out.write(memoryview(data)[start:end])

    def _end(self) -> None:
        if self._out is not None:
            self._out.close()
            self._out = None
