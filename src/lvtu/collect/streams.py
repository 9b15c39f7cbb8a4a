"""Text files as blocks of whole lines in UTF-8, whatever their compression and encoding.

A file that breaks off (a truncated gzip, say) gives all its whole lines; what broke is told after them.
"""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from lvtu.core.sentences import Cause, Reason
from lvtu.errors import BadInput

BLOCK = 16 << 20
_SNIFF = 1 << 20

LONGEST = 16 << 20
"""Bytes of one line, or of one object of a JSON document, at most: it is held as a whole, several times over."""

_DENSE, _DENSE_FROM = 200, 256 << 20
"""What is packed may become so many times as large, beyond a size that no one minds: more is made to fill disks."""


@dataclass
class Lines:
    """The blocks of one text file; iterate once.

    Attributes:
        path: the file.
        encoding: its encoding; sniffed if None.
        trouble: why the file ended early, once it has.
        tail: the last, broken line of such a file.
        position: compressed bytes read so far.
        block: bytes of a block, at least.
        fallback: the encoding of a text that is none of the others.
    """

    path: Path
    encoding: str | None = None
    trouble: Reason | None = None
    tail: bytes = b""
    position: int = 0
    block: int = BLOCK
    fallback: str = "latin-1"

    def __iter__(self) -> Iterator[bytes]:
        kept: list[bytes] = []
        size = line = 0
        for piece in self.pieces():
            cut = piece.rfind(b"\n") + 1
            line = len(piece) - cut if cut else line + len(piece)
            if line > LONGEST:
                self.trouble, kept = Reason("long_line", most=LONGEST >> 20), _whole_lines(kept)
                break
            kept.append(piece)
            size += len(piece)
            if size >= self.block and cut:
                yield b"".join(kept[:-1]) + piece[:cut]
                kept, size = [piece[cut:]], len(piece) - cut
        rest = b"".join(kept)
        if self.trouble is not None:
            cut = rest.rfind(b"\n") + 1
            rest, self.tail = rest[:cut], rest[cut:]
        if rest:
            yield rest

    def pieces(self) -> Iterator[bytes]:
        """The text in UTF-8, cut anywhere; bytes that cannot be decoded stay what they are, and are found by row."""
        pieces = self._inflated()
        first = next(pieces, b"")
        encoding = self.encoding or sniff_encoding(first, self.fallback)
        first = first.removeprefix(codecs.BOM_UTF8) if encoding.replace("_", "-") in ("utf-8", "utf-8-sig") else first
        if encoding.replace("_", "-") in ("utf-8", "utf-8-sig", "ascii"):
            yield first
            yield from pieces
            return
        decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
        try:
            for piece in chain([first], pieces):
                yield decoder.decode(piece).encode("utf-8", "surrogateescape")
            yield decoder.decode(b"", final=True).encode("utf-8", "surrogateescape")
        except UnicodeError as error:
            self.trouble = Reason("encoding", encoding=encoding, error=str(error))

    def _inflated(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            magic = file.read(4)
            file.seek(0)
            try:
                if magic[:2] == b"\x1f\x8b":
                    yield from self._gzip(file)
                elif magic == b"\x28\xb5\x2f\xfd":
                    yield from self._zstd(file)
                else:
                    while piece := file.read(_SNIFF):
                        self.position += len(piece)
                        yield piece
            except (OSError, zlib.error) as error:
                self.trouble = Reason("breaks_off", error=" ".join(str(error).split()))
            except _TooDense:
                self.trouble = Reason("too_dense", most=_DENSE)

    def _gzip(self, file: BinaryIO) -> Iterator[bytes]:
        """All members of a gzip file, as far as they go."""
        inflate, begun, size = zlib.decompressobj(31), False, 0
        while piece := file.read(_SNIFF // 4):
            self.position += len(piece)
            while piece:
                begun = True
                yield (text := inflate.decompress(piece, _SNIFF))
                size += len(text)
                self._check_density(size)
                piece = inflate.unconsumed_tail
                if inflate.eof:
                    piece, inflate, begun = inflate.unused_data.lstrip(b"\0"), zlib.decompressobj(31), False
        if begun:
            raise zlib.error("the compressed data is truncated")

    def _zstd(self, file: BinaryIO) -> Iterator[bytes]:
        with pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd") as stream:
            size = 0
            while piece := stream.read(1 << 16):
                self.position = file.tell()
                size += len(piece)
                self._check_density(size)
                yield piece

    def _check_density(self, size: int) -> None:
        if size > max(_DENSE_FROM, _DENSE * self.position):
            raise _TooDense


class _TooDense(Exception):
    """What is packed becomes too much."""


def _whole_lines(pieces: list[bytes]) -> list[bytes]:
    """Pieces of a text without the line that has no end in them."""
    text = b"".join(pieces)
    return [text[: text.rfind(b"\n") + 1]]


class Stream(io.RawIOBase):
    """Blocks as a file to read from, for parsers that want one."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes; 0 at the end."""
        while not self._left:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._left = memoryview(block)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def sniff_encoding(head: bytes, fallback: str = "latin-1") -> str:
    """The encoding of a text by its first bytes: utf-8, utf-16, gb18030, else latin-1.

    Example:
        >>> [sniff_encoding(head) for head in ("客户,时间".encode("gb18030"), "é".encode(), b"caf\\xe9 cr\\xe8me")]
        ['gb18030', 'utf-8', 'latin-1']
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for order, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
        sample = head[zero:2000:2]
        if len(sample) > 2 and sample.count(0) > 0.6 * len(sample) and 0 not in head[1 - zero : 200 : 2]:
            return order
    if _decodes(head, "utf-8"):
        return "utf-8"
    if _mostly(head):
        return "utf-8"
    return "gb18030" if _decodes(head, "gb18030") and _chinese(head) else fallback


def _decodes(head: bytes, encoding: str) -> bool:
    """Whether the bytes are that encoding, but for a character cut off at the end."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _chinese(head: bytes) -> bool:
    """Whether what is not ASCII is mostly common Chinese, as latin-1 text read as gb18030 is not."""
    foreign = [c.encode("gb18030") for c in head.decode("gb18030", "ignore") if ord(c) > 127]
    marks = {c.encode("gb18030") for c in "，。：；！？（）、“”"}
    common = [c for c in foreign if c in marks or (len(c) == 2 and 0xB0 <= c[0] <= 0xF7 and c[1] >= 0xA1)]
    return bool(foreign) and len(common) >= 0.8 * len(foreign)


def _mostly(head: bytes) -> bool:
    """Whether this is UTF-8 with some broken bytes: most of what is not ASCII decodes."""
    text = head.decode("utf-8", "replace")
    foreign = sum(ord(c) > 127 for c in text)
    return foreign > 0 and text.count("�") < 0.1 * foreign


def text_head(path: Path, encoding: str | None, size: int = _SNIFF, fallback: str = "latin-1") -> bytes:
    """The first lines of a text file in UTF-8.

    Raises:
        BadInput: the file cannot be opened.
    """
    lines, head = Lines(path, encoding, fallback=fallback), b""
    try:
        for piece in lines.pieces():
            head += piece
            if len(head) >= 4 * size or (len(head) >= size and b"\n" in head):
                break
    except OSError as error:
        raise BadInput("cannot_read", file=path.name, reason=Cause.of_system(error)) from None
    if len(head) >= size or lines.trouble is not None:
        head = head[: head.rfind(b"\n") + 1] or (head if lines.trouble is None else b"")
    return head[: 4 * size]
