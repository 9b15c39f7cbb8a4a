"""Themes: what customers talk about, found in their words or coded by people, and how that feels and moves."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

import numpy as np

from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.voice.columns import Reader
from lvtu.voice.text.taxonomy import Taxonomy
from lvtu.voice.themes.question import Survey, Themes, Used
from lvtu.voice.themes.reading import Reading, band, coded, found_in, reader_of, topics_in
from lvtu.voice.themes.result import ThemesResult
from lvtu.voice.themes.spec import ThemesSpec

SPEC = ThemesSpec


def run(spec: ThemesSpec, snapshot: Snapshot, engine: Engine) -> ThemesResult:
    """Answer the question: what comments there are, what they speak of, how often and when.

    Raises:
        UnknownName: no event has the property that is to hold codes.
        BadInput: there are too many groups for so many themes and periods.
    """
    survey = Survey(spec, snapshot)
    used = engine.fold(survey, snapshot)
    keys, reader = np.flatnonzero(used.keys), reader_of(snapshot)
    reading, tree = _read(spec, snapshot, used, reader)
    first, last = used.times.tolist() if len(keys) else (0, 0)
    question = Themes(spec, snapshot, reading, (first, last), band(reader))
    return ThemesResult(question, engine.fold(question, snapshot), engine, len(keys), tree)


Read = tuple[Reading, Taxonomy | None]

_KEPT: OrderedDict[tuple[object, ...], Read] = OrderedDict()
_MOST_KEPT = 4


def _read(spec: ThemesSpec, snapshot: Snapshot, used: Used, reader: Reader) -> Read:
    """What the comments say; the last few readings are kept, for the same comments are asked by channel, by week, ….

    Two threads that miss at once both read, and keep the same.
    """
    there = np.flatnonzero(used.keys)
    if spec.codes is not None:
        return coded(snapshot.names(spec.codes), there, spec.code_list or {}), None
    said = snapshot.names("text")
    some = [said[code] for code in there[:: max(len(there) // 64, 1)].tolist()]  # that codes stand for the same
    comments = hashlib.blake2b(used.keys.tobytes() + repr(some).encode()).digest()
    key = (snapshot.folder, snapshot.token, snapshot.readings.edition, spec.themes, spec.taxonomy, comments)
    found = _KEPT.get(key)
    if found is None:
        if spec.taxonomy is not None:
            found = topics_in(said, there, spec.taxonomy, reader)
        else:
            found = found_in(said, used.keys, spec.themes, reader), None
        _KEPT[key] = found
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return found
