"""Which themes the comments of a question speak of, where in the text, and how each place feels."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import yaml

from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.voice.columns import STEPS, Reader
from lvtu.voice.text.clauses import clauses_of
from lvtu.voice.text.mentions import mentions
from lvtu.voice.text.model import TextModel
from lvtu.voice.text.strings import Strings
from lvtu.voice.text.taxonomy import PRESETS, Taxonomy
from lvtu.voice.themes.finding import themes_in
from lvtu.voice.themes.words import counted

UNIT = STEPS
"""Steps of feeling to one, so that sums are exact."""

UNFELT = np.iinfo(np.int32).min
"""The feeling of what says nothing."""

_PARTS = re.compile(r"[;,|、，；]")


@dataclass(frozen=True, eq=False)
class Places:
    """Where themes are spoken of, in the order of their keys.

    Attributes:
        key: the code of the text, or of the list of codes.
        theme: the number of the theme.
        start, end: characters of the text; −1 where all of it is meant.
        feeling: in steps of `UNIT`; `UNFELT` for none.
    """

    key: Array
    theme: Array
    start: Array
    end: Array
    feeling: Array


class Reading:
    """What the comments of a question say.

    Args:
        names: of the themes, by number.
        keys: how many codes of texts, or of lists of codes, there are.
        places: where themes are spoken of.
        of_places: whether places have feelings of their own; otherwise those of the whole text count.

    Attributes:
        starts: of each key where its themes begin in `themes` and `felt`, (keys + 1).
        themes: the themes of each key, each once.
        felt: the mean feeling of the places of each.
    """

    def __init__(
        self, names: Sequence[str], keys: int, places: Places, *, of_places: bool
    ) -> None:  # fmt: skip
        self.names, self.places, self.of_places = list(names), places, of_places
        pairs, at = np.unique(places.key * max(len(names), 1) + places.theme, return_inverse=True)
        told = places.feeling != UNFELT
        sums = np.bincount(at[told], places.feeling[told], minlength=len(pairs))
        many = np.bincount(at[told], minlength=len(pairs))
        self.felt = np.where(many > 0, np.round(sums / np.maximum(many, 1)), UNFELT).astype(np.int32)
        self.themes = (pairs % max(len(names), 1)).astype(np.int32)
        self.starts = np.searchsorted(pairs // max(len(names), 1), np.arange(keys + 1))


def reader_of(snapshot: Snapshot) -> Reader:
    """Who reads the texts of a workspace."""
    found = snapshot.readings.read
    return found if isinstance(found, Reader) else Reader(TextModel.shipped())


def band(reader: Reader) -> int:
    """How far from zero a feeling is negative or positive, in steps of `UNIT`."""
    return round(float(reader.model.about["band"]) * UNIT)


def found_in(texts: Sequence[str], comments: Array, themes: int | None, reader: Reader) -> Reading:
    """Read texts, and find themes in their clauses.

    Args:
        texts: by code.
        comments: how many comments have it, by code.
        themes: how many; by the number of clauses if not given.
        reader: tells how clauses feel.
    """
    used = np.flatnonzero(comments)
    said = [texts[code] for code in used.tolist()]
    clauses = clauses_of(Strings.of(said))
    rows = np.repeat(np.arange(len(used)), np.diff(clauses.offsets))
    start, end = clauses.starts.tolist(), clauses.ends.tolist()
    part = [said[row][first:last] for row, first, last in zip(rows.tolist(), start, end, strict=True)]
    times: Counter[str] = Counter()
    for one, many in zip(part, comments[used[rows]].tolist(), strict=True):
        times[one] += many
    words, written = counted(times)
    found = themes_in(times, words, written, themes)
    number_of = {one: number for number, one in enumerate(times)}
    place = np.array([number_of[one] for one in part], np.int64)
    theme = found.nearest(words)[place]
    kept = theme >= 0
    first, last = (np.array(side, np.int64)[kept] for side in (start, end))
    places = Places(used[rows[kept]], theme[kept], first, last, felt_in(list(times), reader)[place[kept]])
    names = [" · ".join(way) for way in found.names]
    return Reading(names, len(texts), places, of_places=True)


def topics_in(texts: Sequence[str], used: Array, taxonomy: str, reader: Reader) -> tuple[Reading, Taxonomy]:
    """Read texts, with the topics of a taxonomy as themes; what speaks of a topic speaks of those above it.

    Args:
        texts: by code.
        used: the codes of those that count, in ascending order.
        taxonomy: its name, or its YAML.
        reader: tells how clauses feel.
    """
    tree = Taxonomy.load(taxonomy if taxonomy in PRESETS else yaml.safe_load(taxonomy))
    said = [texts[code] for code in used.tolist()]
    table = mentions(said, taxonomy=tree)
    felt = _felt_around(said, table["row"].to_pylist(), table["start"].to_pylist(), reader)
    above = [_above(code, tree.codes) for code in tree.codes]
    topic = table["topic"].to_pylist()
    own = [above[tree.codes.index(one)] for one in dict.fromkeys(topic)]
    levels = dict(zip(dict.fromkeys(topic), own, strict=True))
    place = np.repeat(np.arange(len(topic)), [len(levels[one]) for one in topic])
    theme = np.array([number for one in topic for number in levels[one]], np.int64)
    row, start, end = (table[name].to_numpy()[place] for name in ("row", "start", "end"))
    places = Places(used[row], theme, start, end, felt[place])
    return Reading(tree.codes, len(texts), places, of_places=True), tree


def _felt_around(said: Sequence[str], rows: Sequence[int], starts: Sequence[int], reader: Reader) -> Array:
    """How the clauses feel in which some places of some texts begin."""
    clauses = clauses_of(Strings.of(said))
    begin, end, offsets = clauses.starts.tolist(), clauses.ends.tolist(), clauses.offsets.tolist()
    parts = []
    for row, start in zip(rows, starts, strict=True):
        low, high = offsets[row], offsets[row + 1]
        which = max(bisect_right(begin, start, low, high) - 1, low)
        parts.append(said[row][begin[which] : end[which]] if high > low else said[row])
    number = {part: at for at, part in enumerate(dict.fromkeys(parts))}
    felt: Array = felt_in(list(number), reader)[[number[part] for part in parts]]
    return felt


def _above(code: str, codes: Sequence[str]) -> list[int]:
    """The numbers of a topic and of those above it."""
    parts = code.split(".")
    return [codes.index(".".join(parts[:depth])) for depth in range(1, len(parts) + 1)]


def coded(values: Sequence[str], used: Array, code_list: Mapping[str, str]) -> Reading:
    """The codes that somebody gave comments, as themes.

    Args:
        values: what the property holds, by code: one code, several with commas or semicolons between, or a JSON list.
        used: those that count.
        code_list: what codes stand for.
    """
    lists = [codes_in(values[at]) for at in used.tolist()]
    every = sorted({code_list.get(code, code) for codes in lists for code in codes})
    number = {name: at for at, name in enumerate(every)}
    key = np.repeat(used, [len(codes) for codes in lists]).astype(np.int64)
    theme = np.array([number[code_list.get(code, code)] for codes in lists for code in codes], np.int64)
    nowhere = np.full(len(key), -1)
    places = Places(key, theme, nowhere, nowhere, np.full(len(key), UNFELT))
    return Reading(every, len(values), places, of_places=False)


def codes_in(value: str) -> list[str]:
    """The codes that a value of a property holds, each once.

    Example:
        >>> codes_in("[12, 202]"), codes_in("12; 13；12"), codes_in("12"), codes_in("slow, rude")
        (['12', '202'], ['12', '13'], ['12'], ['slow', 'rude'])
    """
    parts: list[object] = [*_PARTS.split(value)]
    if value.startswith("["):
        try:
            parts = json.loads(value)
        except ValueError:
            parts = [*_PARTS.split(value.strip("[]"))]
    return list(dict.fromkeys(text for one in parts if one is not None and (text := str(one).strip())))


def felt_in(texts: Sequence[str], reader: Reader) -> Array:
    """The feelings of some texts, in steps of `UNIT`; `UNFELT` where there is nothing to read."""
    return steps_of(reader(pa.array(texts, pa.large_string()), ["sentiment"])["sentiment"])


def steps_of(sentiment: Array) -> Array:
    """Feelings in steps of `UNIT`."""
    found: Array = np.where(np.isnan(sentiment), UNFELT, np.round(np.nan_to_num(sentiment) * UNIT)).astype(np.int32)
    return found
