"""Themes: what customers talk about, found in their words or coded by people, and how that feels and moves."""

from __future__ import annotations

import numpy as np

from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.voice.themes.question import Survey, Themes
from lvtu.voice.themes.reading import coded, found_in, topics_in
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
    keys, texts = np.flatnonzero(used.keys), np.flatnonzero(used.texts)
    texts = texts[texts > 0]
    tree, said = None, snapshot.names("text")
    if spec.codes is not None:
        reading = coded(snapshot.names(spec.codes), keys, spec.code_list or {}, said, texts)
    elif spec.taxonomy is not None:
        reading, tree = topics_in(said, keys, spec.taxonomy)
    else:
        reading = found_in(said, used.keys, spec.themes)
    first, last = used.times.tolist() if len(keys) else (0, 0)
    question = Themes(spec, snapshot, reading, (first, last))
    return ThemesResult(question, engine.fold(question, snapshot), engine, len(keys), tree)
