"""What the cards of a map rest on, and what they could rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from lvtu.core.words import Lang, say
from lvtu.errors import UnknownName
from lvtu.insights.comments import found as comments_in
from lvtu.insights.kinds import kind_of
from lvtu.maps import Map
from lvtu.maps.compiled import model_of
from lvtu.maps.forgotten import Left
from lvtu.maps.live.ledger import filled, resting
from lvtu.service.access import Access, Role
from lvtu.service.cells.reliance import (
    AssumedCard,
    EvidenceFound,
    EvidenceGroup,
    EvidenceKindOf,
    EvidenceOffered,
    MapEvidence,
    WordsLeft,
)
from lvtu.service.cells.schemas import BehindCard
from lvtu.service.cells.sources import Sources
from lvtu.service.maps.found import found, map_of

_FORMS = {"interview": "interview", "note": "observation", "document": "document"}
"""The kind of evidence, by the form of the text."""

_MOST = 12
"""Sources of one kind that are offered."""


def ledger(access: Access, id: str, lang: Lang) -> MapEvidence:
    """What the cards of a map rest on.

    Raises:
        NotFound: there is none of that id.
    """
    with found(id):
        document = map_of(access, id).document
    told = resting(document, Sources(access, lang).gone)
    kinds = sorted(told.kinds, key=lambda kind: (-told.kinds[kind], kind))
    cards = {card.key: card for card in document.cards}
    return MapEvidence(
        cards=told.cards, supported=told.supported, coverage=told.coverage,
        shown="—" if told.coverage is None else f"{100 * told.coverage:.0f}%",
        kinds=[
            EvidenceKindOf(kind=kind, name=say(f"maps.rests.kinds.{kind}", lang), cards=told.kinds[kind])
            for kind in kinds
        ],
        assumptions=[
            AssumedCard(
                key=key, lane=cards[key].lane, step=cards[key].step,
                step_title=document.step(cards[key].step).name.get(lang),
                lane_title=document.lane(cards[key].lane).label.get(lang), text=_text(cards[key].text, lang),
            )
            for key in told.assumptions
        ],
        words=[
            WordsLeft(
                card=key, text=_text(cards[key].text, lang) if key in cards else "",
                step=cards[key].step if key in cards else None, lane=cards[key].lane if key in cards else None,
            )
            for key in (left.card for left in words_left(access, id))
        ],
    )  # fmt: skip


def words_left(access: Access, id: str) -> list[Left]:
    """The cards that may hold words of somebody who was forgotten, for those who can settle it."""
    return access.served.workspace.maps.words_left(id) if access.role >= Role.editor else []


def settle(access: Access, id: str, card: str, take: bool, lang: Lang) -> MapEvidence:
    """Take the words of such a card out, or let them stay.

    Raises:
        NotFound: there is no map of that id.
        UnknownName: the card is none of these.
    """
    left = {one.card: one for one in words_left(access, id)}
    with found(id):
        map_of(access, id).state()
        if card not in left:
            raise UnknownName("card", card, list(left))
    if take:
        left[card].take()
    else:
        left[card].keep()
    return ledger(access, id, lang)


def cards(access: Access, map_: Map, step: str, lang: Lang) -> list[BehindCard]:
    """The cards that stand over a step, with what each rests on."""
    document, sources = map_.document.spoken(lang), Sources(access, lang)
    return [
        BehindCard(
            key=card.key, lane=card.lane, lane_title=document.lane(card.lane).label.get(lang), kind=card.kind,
            text=_text(card.text, lang), owner=card.owner, evidence=shown,
            assumed=not filled(document, card) and all(one.gone is not None for one in shown),
        )
        for card in document.cards
        if step in document.spanned(card)
        for shown in [[sources.shown(one, place) for place, one in enumerate(card.evidence)]]
    ]  # fmt: skip


def offered(access: Access, id: str, step: str | None, search: str, lang: Lang) -> EvidenceOffered:
    """What a card could rest on: insights and their quotes, highlights and documents, what customers said.

    Raises:
        NotFound: there is none of that id.
    """
    with found(id):
        map_ = map_of(access, id)
        sources, words = Sources(access, lang), search.strip().lower()
        every = [*_learnt(sources), *_marked(sources), *_said(access, map_, step, search.strip(), sources)]
    fits = [one for one in every if words in f"{one.title} {one.quote or ''}".lower()]
    kept: list[EvidenceFound] = []
    for group in get_args(EvidenceGroup):
        kept += [one for one in fits if one.group == group][:_MOST]
    return EvidenceOffered(found=kept)


def _learnt(sources: Sources) -> Iterator[EvidenceFound]:
    for one in sources.insights.values():
        kind = one.quotes[0].kind if one.quotes else "observation"
        yield _offer(sources, "insight", kind, one.id, one.title)
        for quote in one.quotes:
            if quote.words is not None:
                yield _offer(sources, "insight", quote.kind, quote.id, one.title, quote.words)


def _marked(sources: Sources) -> Iterator[EvidenceFound]:
    for id, (seen, mark) in sources.highlights.items():
        body = seen.read.body
        if mark["start"] is not None:
            title, words = seen.shown(body["title"]), seen.shown(mark["quote"])
            yield _offer(sources, "highlight", _FORMS[body["form"]], id, title, words)
    for id, seen in sources.documents.items():
        body = seen.read.body
        yield _offer(sources, "document", _FORMS[body["form"]], id, seen.shown(body["title"]))


def _said(access: Access, map_: Map, step: str | None, search: str, sources: Sources) -> Iterator[EvidenceFound]:
    """Comments at the step, of those that the map is about, the newest first."""
    document = map_.document
    known = {one.key for one in document.steps}
    conditions = [f"({document.where})"] if document.where else []
    conditions += [f"touchpoint = '{step}'"] if step in known else []
    if search:
        quoted = search.replace("\\", "\\\\").replace("'", "\\'")
        conditions.append(f"text contains '{quoted}'")
    model = model_of(document, map_.live.library)
    if not model.touchpoints:
        return
    condition = " and ".join(conditions) or "text is not null"
    ws = access.served.workspace
    for number in ws.through(model).asked(lambda snapshot, _: comments_in(snapshot, condition, _MOST)):
        comment = sources.comment(str(number))
        if comment is not None:
            kind = kind_of(comment.event, comment.scale)
            yield _offer(sources, "comment", kind, str(number), comment.event, sources.said(comment.text.strip()))


def _offer(
    sources: Sources, group: EvidenceGroup, kind: str, source: str, title: str, quote: str | None = None
) -> EvidenceFound:
    return EvidenceFound(
        group=group, group_name=say(f"maps.rests.groups.{group}", sources.lang), kind=kind,
        kind_name=say(f"maps.rests.kinds.{kind}", sources.lang), source=source, title=title, quote=quote,
    )  # fmt: skip


def _text(text: object, lang: Lang) -> str:
    return "" if text is None else str(getattr(text, lang))
