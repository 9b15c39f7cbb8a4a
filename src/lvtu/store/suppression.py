"""What must not come back: keyed hashes of the identifiers of erased customers, and of some of their events."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.keys import keys_of
from lvtu.store.ledger import Ledger

ERASED = "(erased)"
"""What stands where somebody was named."""

_IDENTIFIER, _TOKEN, _MESSAGE = b"i", b"t", b"m"
_BETWEEN = re.compile(r"[^\w@.+\-]+")
_CHANGES = "suppressions"


class Suppression:
    """The list in the ledger, as those who take records in need it.

    An identifier is listed with its kind (a member number is not an e-mail address) and, for rows that could not be
    read, as a bare text. Events that only a shared identifier would name are listed by their message ids.

    Args:
        ledger: keeps the list and the key of its hashes.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.core.record import RECORD
        >>> list = Suppression(Ledger(pathlib.Path(tempfile.mkdtemp()) / "catalog.sqlite"))
        >>> list.add(list.of_identifiers([("user_id", "ann")]))
        >>> rows = [{"user_id": "ann"}, {"user_id": "bo"}, {"anonymous_id": "ann"}]
        >>> list.marks(pa.Table.from_pylist(rows, schema=RECORD)).tolist()
        [True, False, False]
        >>> list.names_someone('{"who": "ann"}'), list.names_someone('{"who": "anna"}')
        (True, False)
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._seed = int.from_bytes(ledger.keyed_hash("the seed of message ids")[:8], "little")
        self._read: object = object()
        self._listed: set[bytes] = set()
        self._messages: Array = np.empty((0, 2), np.uint64)

    def of_identifiers(self, identifiers: Iterable[tuple[str, str]]) -> list[bytes]:
        """What to list for identifiers given as (kind, value)."""
        found = list(identifiers)
        return [self._identifier(*pair) for pair in found] + [self._token(value) for _, value in found]

    def of_messages(self, message_ids: pa.Array) -> list[bytes]:
        """What to list for single events."""
        keys = np.stack(keys_of(message_ids, self._seed), axis=1)
        return [_MESSAGE + key.tobytes() for key in keys]

    def add(self, hashes: Iterable[bytes]) -> None:
        """List hashes; when it returns, every process follows."""
        self._ledger.suppress(hashes)
        self._ledger.put(_CHANGES, int(self._ledger.get(_CHANGES) or 0) + 1)

    def marks(self, records: pa.Table) -> Array:
        """Which records belong to somebody erased, shape (rows,)."""
        marked = np.zeros(records.num_rows, bool)
        self._follow()
        if not self._listed or not records.num_rows:
            return marked
        for name in ("user_id", "anonymous_id"):
            marked |= self._in_column(records[name], name)
        maps = records["identifiers"]
        if maps.null_count < len(maps):
            marked |= self._in_maps(_whole(maps))
        return marked | self._in_messages(records["message_id"])

    def marks_of(self, kind: str, values: pa.Array) -> Array:
        """Which identifiers of one kind are those of somebody erased, shape (values,)."""
        self._follow()
        return self._in_column(values, kind) if self._listed and len(values) else np.zeros(len(values), bool)

    def names_someone(self, *texts: str) -> bool:
        """Whether texts (a rejected row's) hold an identifier of somebody erased, as a JSON value or as a word."""
        self._follow()
        return bool(self._listed) and any(self._token(word) in self._listed for text in texts for word in words(text))

    def lists(self, identifier: str) -> bool:
        """Whether an identifier, of whatever kind, is that of somebody erased."""
        self._follow()
        return self._token(identifier) in self._listed

    def _follow(self) -> None:
        """Read the list again if somebody has added to it."""
        changes = self._ledger.get(_CHANGES)
        if changes == self._read:
            return
        every = self._ledger.suppressed()
        keys = sorted(each[1:] for each in every if each[:1] == _MESSAGE)
        self._messages = np.frombuffer(b"".join(keys), np.uint64).reshape(-1, 2)
        self._listed = {each for each in every if each[:1] != _MESSAGE}
        self._read = changes

    def _in_column(self, column: pa.Array | pa.ChunkedArray, kind: str) -> Array:
        encoded: Any = _whole(column)
        if not pa.types.is_dictionary(encoded.type):
            encoded = encoded.dictionary_encode()
        texts = enumerate(encoded.dictionary.to_pylist())
        hits = [place for place, text in texts if text and self._identifier(kind, text) in self._listed]
        found: Array = pc.is_in(encoded.indices, pa.array(hits, encoded.indices.type)).to_numpy(zero_copy_only=False)
        return found

    def _in_maps(self, maps: pa.Array) -> Array:
        marked = np.zeros(len(maps), bool)
        first, last = maps.offsets[0].as_py(), maps.offsets[-1].as_py()
        rows = np.repeat(np.arange(len(maps)), np.diff(maps.offsets.to_numpy()))
        keys, items = maps.keys.slice(first, last - first), maps.items.slice(first, last - first)
        for kind in keys.unique().to_pylist():
            places = np.flatnonzero(pc.equal(keys, kind).to_numpy(zero_copy_only=False))
            marked[rows[places[self._in_column(items.take(pa.array(places)), kind)]]] = True
        return marked

    def _in_messages(self, ids: pa.ChunkedArray) -> Array:
        if not len(self._messages):
            return np.zeros(len(ids), bool)
        hi, lo = keys_of(ids, self._seed)
        near = np.isin(hi, self._messages[:, 0])
        listed = {key.tobytes() for key in self._messages}
        for row in np.flatnonzero(near).tolist():
            near[row] = hi[row].tobytes() + lo[row].tobytes() in listed
        return near

    def _identifier(self, kind: str, value: str) -> bytes:
        return _IDENTIFIER + self._ledger.keyed_hash(f"{kind}\0{value}")

    def _token(self, value: str) -> bytes:
        return _TOKEN + self._ledger.keyed_hash(value)


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(column, pa.Array):
        return column
    whole = column.combine_chunks()
    return pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole


def words(text: str) -> Iterator[str]:
    """The values of a JSON text, or the text itself, whole and cut at spaces and punctuation.

    Example:
        >>> sorted(set(words('{"mail": ["a@x.org", 7]}')))
        ['7', 'a@x.org']
    """
    for value in values(text):
        yield value
        yield from (part for part in _BETWEEN.split(value) if part)


def values(text: str) -> Iterator[str]:
    """The values of a JSON text as texts; a text that is no JSON is its own value."""
    try:
        yield from _leaves(json.loads(text))
    except ValueError:
        yield text


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
