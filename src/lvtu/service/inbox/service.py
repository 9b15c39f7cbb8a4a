"""What is asked of the inbox, and what people say to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyarrow.compute as pc

from lvtu.analyses.base import names_in
from lvtu.analyses.naming import Naming
from lvtu.analyses.wording.cells import heading
from lvtu.core.segments import as_segment
from lvtu.core.units import instant
from lvtu.core.words import Lang, say, speaking
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.listening.correcting import Desk
from lvtu.service.access import Access, Role
from lvtu.service.home import Served
from lvtu.service.inbox.detail import Around, why
from lvtu.service.inbox.listing import ANSWERED, FACETS, TOPIC, Inbox, Order, State, Wanted, within
from lvtu.service.inbox.rows import Told, told
from lvtu.service.inbox.schemas import Choice, Correction, Facet, SaidWhy
from lvtu.service.inbox.schemas import Inbox as Page
from lvtu.service.masking import scrubbed
from lvtu.service.problems import Forbidden, NotFound
from lvtu.service.segments.named import named_only
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.journeys.texts import as_arrow

_Answer = TypeVar("_Answer")
_HIDING = r"@|%40|\d[\d\s().-]{5,}\d"
"""What a text holds at least that something in is masked."""


@dataclass(frozen=True)
class Asked:
    """What an inbox is asked for; see `lvtu.service.inbox.endpoints`."""

    chosen: dict[str, tuple[str | None, ...]]
    search: str = ""
    where: str | None = None
    segment: str | None = None
    since: str | None = None
    until: str | None = None
    order: Order = "newest"
    after: str | None = None
    limit: int = 50
    model: str | None = None


def page(access: Access, asked: Asked, lang: Lang) -> Page:
    """A page of what customers said.

    Raises:
        Forbidden: a condition, of a reader from whom identifiers are hidden: with it they could spell them out.
        BadInput: a condition cannot be read, there is no such page, …
    """
    named_only(access, asked.segment)
    if access.masked and asked.where:
        raise Forbidden("role_too_small", role=access.role.name, needed=Role.analyst.name)

    def found(snapshot: Snapshot, engine: Engine) -> Page:
        wanted = _wanted(asked, snapshot, access.masked)
        question = Inbox(wanted, snapshot, access.served.inbox, access.served.workspace.documents_version)
        snapshot.prepare(question.reads())
        state: State = engine.fold(question, snapshot)
        shown, more = state.found[: asked.limit], len(state.found) > asked.limit
        return Page(
            said=told(shown, snapshot, _reader(access, lang)),
            total=int(state.totals[0]), customers=int(state.totals[1]),
            facets=_facets(question, state, snapshot, lang),
            next=f"{shown[-1].key}.{shown[-1].event}" if more else None, token=snapshot.token,
        )  # fmt: skip

    return _asked(access, found, asked.model)


def read_ahead(served: Served) -> None:
    """Read all texts of a workspace, if it has any, before anybody looks at them."""

    def read(snapshot: Snapshot, engine: Engine) -> None:
        snapshot.prepare(["text_length"])
        if all(np.isnan(block.numbers("text_length")).all() for block in snapshot.blocks):
            return
        question = Inbox(Wanted(limit=1), snapshot, served.inbox, served.workspace.documents_version)
        snapshot.prepare(question.reads())
        engine.fold(question, snapshot)

    served.workspace.asked(read, engine="local")


def one(access: Access, event: int, model: str | None, lang: Lang) -> SaidWhy:
    """One text, with what made its reading and what happened around it.

    Raises:
        NotFound: there is no such event, or it has no text.
    """
    return _asked(access, lambda snapshot, _: why(Around(event), snapshot, _reader(access, lang)), model)


def correct(access: Access, event: int, correction: Correction, lang: Lang) -> SaidWhy:
    """Say how a text should have been read."""
    said = correction.model_dump(exclude_none=True)
    _existing(access, event, lambda desk: desk.correct(event, said, access.person.id))
    return one(access, event, None, lang)


def undo(access: Access, event: int, lang: Lang) -> SaidWhy:
    """Take back what was said of a text."""
    _existing(access, event, lambda desk: desk.undo(event, access.person.id))
    return one(access, event, None, lang)


def _existing(access: Access, event: int, job: Callable[[Desk], None]) -> None:
    try:
        job(access.served.workspace.voice.desk())
    except UnknownName as error:
        if error.code != "unknown_message":
            raise
        raise NotFound("message", str(event), ()) from None


def _asked(access: Access, answer: Callable[[Snapshot, Engine], _Answer], model: str | None) -> _Answer:
    # Where it is asked: what is found are places in blocks.
    return access.served.workspace.asked(answer, model, engine="local")


def _reader(access: Access, lang: Lang) -> Told:
    ws = access.served.workspace
    books = ws._books_of_voice
    readings, people = books.readings(books.edition), access.catalog.people.named
    return Told(access.zone, lang, access.masked, readings.read, readings.titles, ws._ledger.corrections, people)


def _wanted(asked: Asked, snapshot: Snapshot, hidden: bool) -> Wanted:
    times = {name: instant(time) for name, time in (("since", asked.since), ("until", asked.until)) if time}
    segment = as_segment(asked.segment) if asked.segment else None
    snapshot.prepare(names_in(asked.where, segment))
    return Wanted(
        asked.chosen, asked.where or None, segment, order=asked.order, after=_cursor(asked.after),
        limit=asked.limit + 1, texts=_looked_for(snapshot, asked.search.strip(), hidden), **times,
    )  # fmt: skip


def _looked_for(snapshot: Snapshot, search: str, hidden: bool) -> Array | None:
    """Which texts hold what is looked for, by code; where something in them is masked, as they are shown."""
    if not search:
        return None
    snapshot.prepare(["text"])
    texts = as_arrow(snapshot.names("text"))
    flags = np.array(pc.fill_null(pc.match_substring(texts, search, ignore_case=True), False).to_numpy(), bool)
    flags[0] = False
    if hidden:
        some = np.flatnonzero(flags)
        hiding = pc.match_substring_regex(texts.take(some), _HIDING).to_numpy()
        for code in some[hiding].tolist():
            flags[code] = search.casefold() in scrubbed(texts[code].as_py()).casefold()
    return flags


def _cursor(after: str | None) -> tuple[int, int] | None:
    if not after:
        return None
    try:
        key, event = map(int, after.split("."))
    except ValueError:
        raise BadInput("no_such_page", after=after) from None
    return key, event


def _facets(question: Inbox, state: State, snapshot: Snapshot, lang: Lang) -> list[Facet]:
    naming = Naming.of(snapshot)
    found = [
        Facet(name=name, title=_title(column, lang), choices=_topics(
            snapshot.names(column), counts, naming.names("topic_read", lang), lang
        ) if name == TOPIC else _choices(
            snapshot.names(column), counts, question.wanted.chosen.get(name, ()), naming.names(column, lang), lang
        ))
        for (name, column), counts in zip(question.facets.items(), state.counts, strict=False)
    ]  # fmt: skip
    counts = state.counts[-1].tolist()
    answered = [Choice(value=value, title=say(f"values.{value}", lang), texts=counts[place])
                for place, value in ((1, "yes"), (0, "no"))]  # fmt: skip
    return [*found, Facet(name=ANSWERED, title=say("inbox.answered", lang), choices=answered)]


def _title(column: str, lang: Lang) -> str:
    with speaking(lang):
        return heading(column)


_MOST = 100
"""Choices that are told of one facet."""


def _choices(
    names: Sequence[str], counts: Array, chosen: Sequence[str | None], titles: Mapping[str, str], lang: Lang
) -> list[Choice]:
    there = np.flatnonzero(counts)
    ranked = there[np.argsort(-counts[there], kind="stable")][:_MOST].tolist()
    ranked += [code for code in range(1, len(names)) if code not in ranked and names[code] in chosen]
    return [
        Choice(
            value=names[code] if code else None, texts=int(counts[code]),
            title=titles.get(names[code], names[code]) if code else say("terms.missing", lang),
        )
        for code in ranked
    ]  # fmt: skip


def _topics(names: Sequence[str], counts: Array, titles: Mapping[str, str], lang: Lang) -> list[Choice]:
    """Each topic with all that is within it; a text counts with all of its topics."""
    tally: Counter[str] = Counter()
    for code in (np.flatnonzero(counts[1:]) + 1).tolist():
        tally.update(dict.fromkeys(within(names[code]), int(counts[code])))
    found = [Choice(value=code, title=titles.get(code, code), texts=texts) for code, texts in tally.most_common()]
    none = Choice(value=None, title=say("terms.missing", lang), texts=int(counts[0]))
    return [*found, none] if none.texts else found


def values_of(given: dict[str, list[str] | None]) -> dict[str, tuple[str | None, ...]]:
    """What was chosen in each facet; an empty value is what has none."""
    known = {*FACETS, ANSWERED}
    return {name: tuple(one or None for one in values) for name, values in given.items() if values and name in known}
