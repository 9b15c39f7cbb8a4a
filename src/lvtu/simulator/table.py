"""From what happened to a table of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lvtu.core.record import RECORD, SIMULATED
from lvtu.simulator.log import COLUMNS, Chunk, Column, Log
from lvtu.simulator.people import CURRENCIES, People
from lvtu.simulator.plan import END
from lvtu.simulator.texts import Speaker, Words

Array = NDArray[Any]

_KINDS: dict[str, tuple[type, Any]] = {
    "device": (np.int8, -1), "currency": (np.int8, -1), "known": (np.bool_, True), "value": (np.float64, np.nan),
    "score": (np.float32, np.nan),
}  # fmt: skip
_SAID: dict[str, tuple[type, Any]] = {
    "kind": (np.object_, None), "wish": (np.object_, ""), "about": (np.object_, ""), "mood": (np.float64, np.nan),
}  # fmt: skip
"""The types of columns, and what stands for none; all others are texts."""
_SIGNING = ("Signed In", "Signed Up")


@dataclass(frozen=True)
class Rows:
    """Events of one name, a row each."""

    who: Array
    time: Array
    columns: dict[str, Array]
    json: pa.Array
    said: dict[str, Array]


@dataclass(frozen=True)
class Spoken:
    """What was said in one event, and what is meant with it."""

    message_id: str
    customer: str
    language: str
    kind: str
    words: Words


def records(log: Log, people: People, seed: int) -> tuple[pa.Table, list[Spoken]]:
    """The records of what happened, customer by customer, each in the order of time.

    Args:
        log: it.
        people: to whom.
        seed: the simulation's.

    Returns:
        The table in the record's schema, and what is said in it.
    """
    parts = [_rows(event, chunks) for event, chunks in log.events()]
    who = np.concatenate([part.who for part in parts])
    time = np.concatenate([part.time for part in parts])
    order = np.lexsort((np.arange(len(who)), time, who))
    who, time = who[order], time[order]
    columns = {name: np.concatenate([part.columns[name] for part in parts])[order] for name in parts[0].columns}
    said = {name: np.concatenate([part.said[name] for part in parts])[order] for name in parts[0].said}
    turn = _turns(who, len(people))
    ids = _message_ids(people, who, turn, seed)
    spoken, texts, languages = _spoken(people, who, said, ids, seed)
    device, known = columns["device"].astype(np.int64), columns["known"].astype(bool)
    user = pc.if_else(pa.array(known), _taken(people.user, who), pa.scalar(None, pa.string()))
    anonymous = np.where(device >= 0, people.anonymous[who, np.maximum(device, 0)], None)
    currencies = pa.array(CURRENCIES).take(_codes(columns["currency"]))
    fields = {
        "message_id": ids, "time": pa.array(time), "received_at": pa.array(time + 180_000 + time * 7919 % 4_000_000),
        "user_id": user, "anonymous_id": pa.array(anonymous, pa.string()),
        "identifiers": _identifiers(people, who, device, columns),
        "event": pa.array(columns["event"], pa.string()), "channel": pa.array(columns["channel"], pa.string()),
        "source": pc.binary_join_element_wise(SIMULATED, pa.array(columns["source"], pa.string()), ""),
        "value": pa.array(columns["value"], from_pandas=True), "currency": currencies,
        "score": pa.array(columns["score"].astype(np.float32), from_pandas=True),
        "scale": pa.array(columns["scale"], pa.string()), "text": texts, "language": languages,
        "sequence": pa.array(turn), "time_basis": pa.repeat(pa.scalar("exact"), len(who)),
        "properties": pa.concat_arrays([part.json for part in parts]).take(pa.array(order)),
    }  # fmt: skip
    arrays = [
        fields[field.name].cast(field.type) if field.name in fields else pa.nulls(len(who), field.type)
        for field in RECORD
    ]
    return pa.Table.from_arrays(arrays, schema=RECORD), spoken


def _taken(texts: Array, places: Array) -> pa.Array:
    return pa.array(texts, pa.string()).take(pa.array(places))


def _codes(places: Array) -> pa.Array:
    return pa.array(places.astype(np.int64), mask=places < 0)


def _rows(event: str, chunks: Sequence[Chunk]) -> Rows:
    who = np.concatenate([chunk.who for chunk in chunks])
    time = np.concatenate([chunk.time for chunk in chunks])
    here = np.flatnonzero(time < END)
    columns = {name: _spread(chunks, [c.columns[name] for c in chunks], _KINDS.get(name))[here] for name in COLUMNS}
    columns["event"] = np.full(len(here), event, object)
    names = dict.fromkeys(name for chunk in chunks for name in chunk.properties)
    properties = {name: _spread(chunks, [c.properties.get(name) for c in chunks], None)[here] for name in names}
    said = {
        name: _spread(chunks, [None if c.said is None else getattr(c.said, name) for c in chunks], kind)[here]
        for name, kind in _SAID.items()
    }
    said["product"] = properties.get("product", np.full(len(here), "", object))
    return Rows(who[here], time[here], columns, _json(properties, len(here)), said)


def _spread(chunks: Sequence[Chunk], given: Sequence[Column], kind: tuple[type, Any] | None) -> Array:
    """One column of several chunks; a scalar stands for all rows of its chunk.

    Args:
        chunks: they.
        given: what each says.
        kind: the type, and what stands for none; without it, that of the first array, texts as objects.
    """
    if kind is None:
        first = next((np.asarray(one) for one in given if one is not None), np.array(None))
        kind = (first.dtype.type, np.nan) if first.dtype.kind in "biuf" else (np.object_, None)
    out: Array = np.empty(sum(len(chunk.who) for chunk in chunks), kind[0])
    end = 0
    for chunk, value in zip(chunks, given, strict=True):
        out[end : end + len(chunk.who)] = kind[1] if value is None else value
        end += len(chunk.who)
    return out


def _json(properties: dict[str, Array], rows: int) -> pa.Array:
    """One JSON object a row; what is missing is left out."""
    pieces = [pa.repeat(pa.scalar('{"simulated":true'), rows)]
    for name, values in properties.items():
        if values.dtype.kind == "b":
            text = pc.if_else(pa.array(values), "true", "false")
        elif values.dtype.kind in "iu":
            text = pa.array(values).cast(pa.string())
        elif values.dtype.kind == "f":
            whole = bool(np.all(np.isnan(values) | (values == np.floor(values))))
            given = pa.array(np.round(values, 2), from_pandas=True)
            text = (given.cast(pa.int64()) if whole else given).cast(pa.string())
        else:
            text = pc.binary_join_element_wise('"', pa.array(values, pa.string()), '"', "")
        pieces.append(pc.coalesce(pc.binary_join_element_wise(f',"{name}":', text, ""), ""))
    return pc.binary_join_element_wise(*pieces, pa.repeat(pa.scalar("}"), rows), "")


def _turns(who: Array, customers: int) -> Array:
    """The place of each event among those of its customer."""
    first = np.searchsorted(who, np.arange(customers))
    return np.asarray(np.arange(len(who)) - first[who])


def _message_ids(people: People, who: Array, turn: Array, seed: int) -> pa.Array:
    number = pa.array(people.number[who]).cast(pa.string())
    return pc.binary_join_element_wise(f"sim{seed}", number, pa.array(turn).cast(pa.string()), "-")


def _spoken(
    people: People, who: Array, said: dict[str, Array], ids: pa.Array, seed: int
) -> tuple[list[Spoken], pa.Array, pa.Array]:
    """Everything that is said, in order; the texts and their languages by row."""
    texts: list[str | None] = [None] * len(who)
    languages: list[str | None] = [None] * len(who)
    spoken = []
    speaker = Speaker(f"{seed}.{people.number[0]}")
    for row in np.flatnonzero(~np.isnan(said["mood"])).tolist():
        language = "zh" if people.chinese[who[row]] else "en"
        kind = said["kind"][row]
        words = speaker.say(
            language, kind, float(said["mood"][row]), said["about"][row], said["wish"][row], said["product"][row] or ""
        )
        texts[row], languages[row] = words.text, language
        spoken.append(Spoken(ids[row].as_py(), people.user[who[row]], language, kind, words))
    return spoken, pa.array(texts, pa.string()), pa.array(languages, pa.string())


def _identifiers(people: People, who: Array, device: Array, columns: dict[str, Array]) -> pa.Array:
    """Further identifiers: WeChat's in the mini program, those of the account at a sign-in, the card at the till."""
    signing = np.isin(columns["event"], _SIGNING)
    mini, till = device == 2, (columns["source"] == "till") & (columns["event"] != "Complaint Made")
    kinds = {
        "email": signing, "member": till, "openid": mini, "phone": signing,
        "unionid": mini | (signing & (device == 1) & people.chinese[who]),
    }  # fmt: skip
    given = np.array([[one is not None for one in getattr(people, kind)] for kind in kinds])
    shown = np.array(list(kinds.values())) & given[:, who]
    counts = shown.sum(axis=0)
    row, kind = np.nonzero(shown.T)
    values = np.array([getattr(people, name) for name in kinds], object)[kind, who[row]]
    ends = np.concatenate([[0], np.cumsum(counts)])
    offsets = pa.array(ends.astype(np.int32), mask=np.append(counts == 0, False))
    keys = pa.array(list(kinds)).take(pa.array(kind))
    return pa.MapArray.from_arrays(offsets, keys, pa.array(values, pa.string()))
