"""Everything that a workspace's files say, once their encodings and compressions are undone."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def files(root: Path) -> Iterator[Path]:
    """Each file and folder below one; what goes meanwhile, because a server is at work there, is passed over."""
    for folder, names, others in os.walk(root):
        yield from (Path(folder, name) for name in (*names, *others))


def texts(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Each file with what it says: its name, its raw bytes, and those of everything in it."""
    for path in sorted(files(root)):
        name = str(path.relative_to(root)).encode()
        yield path, name
        if path.is_file():
            with suppress(FileNotFoundError):
                for text in (path.read_bytes(), *_decoded(path)):
                    yield path, text


def leaks(root: Path, secrets: Iterable[str]) -> list[str]:
    """Where one of the secrets is found, in any of the encodings it may have."""
    needles = {form: secret for secret in secrets for form in _forms(secret)}
    found = []
    for path, text in texts(root):
        found += [f"{secret!r} in {path.relative_to(root)}" for form, secret in needles.items() if form in text]
    return sorted(set(found))


def _forms(secret: str) -> set[bytes]:
    forms = {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    return {form.encode() for form in forms} | {secret.encode("utf-16-le")}


def _decoded(path: Path) -> Iterator[bytes]:
    head = path.read_bytes()[:16]
    if head.startswith(b"PAR1"):
        yield from _parquet(path)
    elif head.startswith(b"ARROW1"):
        yield from _table(pa.ipc.open_file(str(path)).read_all())
    elif head.startswith(b"SQLite format 3"):
        yield from _sqlite(path)
    elif head.startswith(b"\x1f\x8b"):
        yield gzip.decompress(path.read_bytes())
    elif head.startswith(b"\x28\xb5\x2f\xfd"):
        yield pa.input_stream(str(path), compression="zstd").read()
    elif path.suffix in (".json", ".ndjson"):
        yield from (repr(json.loads(line)).encode() for line in path.read_text().split("\n") if _is_json(line))


def _parquet(path: Path) -> Iterator[bytes]:
    file = pq.ParquetFile(path)
    yield repr((file.metadata.to_dict(), file.metadata.metadata, file.schema_arrow.metadata)).encode()
    for group in range(file.num_row_groups):
        for column in range(file.metadata.num_columns):
            statistics = file.metadata.row_group(group).column(column).statistics
            if statistics is not None and statistics.has_min_max:
                yield repr((statistics.min_raw, statistics.max_raw, statistics.min, statistics.max)).encode()
    yield from _table(file.read())


def _table(table: pa.Table) -> Iterator[bytes]:
    yield repr(table.schema.metadata).encode()
    for column in table.columns:
        for chunk in column.chunks:
            yield from (each.to_pybytes() for each in chunk.buffers() if each is not None)
            if pa.types.is_dictionary(chunk.type):
                yield _spelled(chunk.dictionary.to_pylist())
        yield _spelled(column.to_pylist())


def _sqlite(path: Path) -> Iterator[bytes]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        for name in names:
            for row in connection.execute(f'select * from "{name}"'):
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()
                    yield from _inflated(value)


def _inflated(value: Any) -> Iterator[bytes]:
    """What a blob holds if it is a stream of Arrow records or compressed."""
    if isinstance(value, bytes):
        with suppress(pa.ArrowInvalid, OSError):
            yield from _table(pa.ipc.open_stream(value).read_all())
        with suppress(zlib.error):
            yield zlib.decompress(value)


def _spelled(values: list[Any]) -> bytes:
    return "\n".join(str(value) for value in values).encode()


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
