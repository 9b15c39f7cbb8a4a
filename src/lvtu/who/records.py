"""Records of persons from a CRM: whose each is, and which column holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect import text_table
from lvtu.collect.sources import name_of
from lvtu.collect.words import IDENTIFIERS, bare, ranked
from lvtu.core.sentences import Note
from lvtu.errors import BadInput, UnknownName
from lvtu.identity.edges import ANONYMOUS, USER
from lvtu.identity.persons import COMPARED, KINDS, cleaned

Fields = Mapping[str, str | Sequence[str]]
"""Which column (or columns) holds a kind of field."""


@dataclass(frozen=True)
class Records:
    """Records that have an identifier.

    Attributes:
        kind: what kind of identifier it is.
        ids: of each record, ``string[n]``.
        columns: which columns hold what.
        fields: what is compared, cleaned; ``n`` rows.
        place: the source's short name.
        notes: what is to be known of how it was read.
    """

    kind: str
    ids: pa.Array
    columns: dict[str, tuple[str, ...]]
    fields: pa.Table
    place: str
    notes: tuple[Note, ...]

    def without(self, rows: pa.Array) -> Records:
        """The records but those where ``rows`` is true."""
        kept = pc.invert(rows)
        return Records(self.kind, self.ids.filter(kept), self.columns, self.fields.filter(kept), self.place, self.notes)


def read_records(source: Any, column: str | None, kind: str | None, fields: Fields) -> Records:
    """Read a source of records.

    Args:
        source: anything that `lvtu.collect.read` reads.
        column: which holds the customers' identifier; one headed like a user id if not given.
        kind: what kind of identifier that is; by its heading if not given, else a user id.
        fields: which columns hold what, where their headings do not tell.

    Raises:
        BadInput: nothing can be read, no column has an identifier, or no row, or there is too little to compare.
        UnknownName: there is no such column, or no such kind of field.
    """
    table, notes = text_table(source)
    names = table.column_names
    chosen = _chosen(column, names) if column is not None else _first_headed(USER, names)
    if chosen is None:
        raise BadInput("no_identifier_column", known=names)
    columns = _columns(names, chosen, {name: (each,) if isinstance(each, str) else tuple(each)
                                       for name, each in fields.items()})  # fmt: skip
    ids = pc.utf8_trim_whitespace(table[chosen].combine_chunks())
    blank = pc.fill_null(pc.equal(ids, ""), True)
    if pc.all(blank).as_py():
        raise BadInput("no_identifiers", column=chosen)
    found = cleaned({name: _together(table, each) for name, each in columns.items()})
    if len(set(COMPARED) & set(found.column_names)) < 2:
        raise BadInput("too_few_fields", known=KINDS)
    place = Path(source).name if isinstance(source, str | Path) else name_of(source)
    records = Records(kind or _kind(chosen), ids, columns, found, place, tuple(notes))
    if pc.any(blank).as_py():
        more = Note("records_without", rows=int(pc.sum(blank).as_py()), column=chosen)
        records = Records(records.kind, ids, columns, found, place, (*notes, more)).without(blank)
    return records


def _columns(names: list[str], identifier: str, named: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Which columns hold each kind of field; an address may stand in several."""
    for name in named:
        if name not in KINDS:
            raise UnknownName("record_field", name, KINDS)
    columns = {name: tuple(_chosen(each, names) for each in given) for name, given in named.items()}
    used = {each for given in columns.values() for each in given}
    free = [name for name in names if name not in used and (name != identifier or _kind(name) in KINDS)]
    for kind in KINDS:
        if kind in columns:
            continue
        if kind == "address":
            headed = tuple(name for name in free if bare(name) in ranked(kind))
        else:
            first = _first_headed(kind, free)
            headed = () if first is None else (first,)
        if headed:
            columns[kind] = headed
    return columns


def _chosen(name: str, names: list[str]) -> str:
    if name not in names:
        raise UnknownName("column", name, names)
    return name


def _first_headed(kind: str, names: list[str]) -> str | None:
    """The column whose heading tells a kind best."""
    ranks = ranked(kind)
    headed = [name for name in names if bare(name) in ranks]
    return min(headed, key=lambda name: ranks[bare(name)], default=None)


def _kind(heading: str) -> str:
    """The kind of identifier that a heading tells; a user id if it tells none."""
    return next((kind for kind in (ANONYMOUS, *IDENTIFIERS) if bare(heading) in ranked(kind)), USER)


def _together(table: pa.Table, names: Sequence[str]) -> pa.Array:
    """The texts of some columns, with blanks between them."""
    parts = [pc.fill_null(table[name].combine_chunks(), "") for name in names]
    return parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, pa.scalar(" "))
