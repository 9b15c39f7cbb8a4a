"""What is worked out before anybody asks: once a server answers, beside the requests, what pages need first.

The first look at a large workspace reads every event for the names of properties, the sources, the identifiers that are
searched; in a new process even a small one waits for kernels and libraries to be loaded. Whoever opens the first page
a moment later finds that done, or under way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from lvtu.core.expr.values import column as column_of
from lvtu.errors import LvtuError
from lvtu.service.analyses.service import read_spec
from lvtu.service.home import Home, Served
from lvtu.service.inbox import service as inbox
from lvtu.service.names import service as names
from lvtu.service.overview.service import Asked
from lvtu.service.sources import service as sources
from lvtu.service.voice import behind, themes
from lvtu.service.voice.service import Asked as AskedVoice
from lvtu.service.workspaces.service import about

PAUSE = 2.0
"""Seconds after the start: a server that only takes events for a moment does none of this."""

LATER = 10
"""So many pauses lie between one worker and the next."""

_EVENTS, _PROPERTIES = 2, 4
"""So many of the most frequent ones."""


def warm(home: Home, number: int = 1) -> None:
    """Begin, in a thread of each workspace, one after another; returns at once.

    Args:
        home: the workspaces.
        number: of the worker. A second one begins much later: it finds on the disk most of what the first one made, and
            two at once would leave no core to those who ask.
    """
    turn = threading.Lock()
    for served in list(home.served.values()):
        served.jobs.start("what pages need first", partial(_warm, served, turn, PAUSE * (1 + LATER * (number - 1))))


def _warm(served: Served, turn: threading.Lock, pause: float, _check: Callable[[], None]) -> None:
    ending = served.jobs.ending
    ending.wait(pause)
    with turn:
        for step in steps(served):
            if ending.is_set():
                return
            with suppress(LvtuError, OSError):  # whoever asks is told
                step()


def steps(served: Served) -> Iterator[Callable[[], object]]:
    """What the pages ask for, in the order in which people come to them."""
    at, found = served.answers.moment, list[str]()
    yield partial(about, served, "viewer", "en")
    yield lambda: served.overviews.count(Asked())
    yield lambda: served.voices.count(AskedVoice())
    yield lambda: found.extend(one.name for one in names.events(served, at(), "", _EVENTS, "en"))
    yield lambda: names.fields(served, at(), "en")
    if found:
        start, end = found[0], found[-1]
        for name, spec in (
            ("funnel", {"steps": found}), ("trend", {"event": start}), ("retention", {"start": start, "back": end}),
            ("flow", {"start": start}), ("graph", {}),
        ):  # fmt: skip
            yield partial(served.answers.ask, read_spec(name, spec))
    yield partial(sources.sources, served)
    yield partial(sources.catalogue, served, "")
    yield served.workspace.expect_searches
    yield partial(_make_columns, served)
    yield lambda: behind.drivers(served, AskedVoice(), None, "en")
    yield lambda: behind.after(served, AskedVoice(), None, "en")
    yield partial(inbox.read_ahead, served)
    yield partial(_find_themes, served)


def _find_themes(served: Served) -> None:
    """What customers talk about, where they wrote anything."""
    counted = served.voices.count(AskedVoice())
    if counted.facts is not None and counted.facts.texts:
        served.answers.ask(themes.question(served, counted, AskedVoice(), "en"))


def _make_columns(served: Served) -> None:
    """What people break down by: the properties that most events have, in one pass."""
    snapshot = served.answers.moment().snapshot
    texts = [one.name for one in served.properties.known(snapshot) if one.kind == "text"]
    snapshot.prepare([column_of(name) for name in texts[:_PROPERTIES]])
