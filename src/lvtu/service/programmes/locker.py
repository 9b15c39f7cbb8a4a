"""What a project rests on: the documents that were brought in for it, and the cards of its map that rest on them."""

from __future__ import annotations

from lvtu.core.words import Lang
from lvtu.maps import JourneyMap
from lvtu.maps.document import Card
from lvtu.maps.document.evidence import EvidenceKind
from lvtu.maps.programmes.project import Project
from lvtu.service.access import Access
from lvtu.service.cells.sources import Sources
from lvtu.service.problems import NotFound
from lvtu.service.programmes.schemas import ProjectCard, ProjectDocument
from lvtu.voice.interviews.files import Form

_KINDS: dict[Form, EvidenceKind] = {"interview": "interview", "note": "observation", "document": "document"}


def documents(access: Access, project: Project, map_: JourneyMap | None, lang: Lang) -> list[ProjectDocument]:
    """The documents of a project, as whoever asks may see them."""
    if not project.documents:
        return []
    sources = Sources(access, lang)
    marks: dict[str, set[str]] = {}
    for mark, (within, _) in sources.highlights.items():
        marks.setdefault(within.kept.id, set()).add(mark)
    found = []
    for id in project.documents:
        seen = sources.documents.get(id)
        body = seen.read.body if seen is not None else {}
        named = {id, *marks.get(id, ())}
        found.append(
            ProjectDocument(
                id=id, title=seen.shown(body["title"]) if seen is not None else "", form=body.get("form"),
                date=body.get("date", ""), cards=[one for one, card in _told(map_, lang) if _rests(card, named)],
            )
        )  # fmt: skip
    return found


def cards(map_: JourneyMap | None, lang: Lang) -> list[ProjectCard]:
    """The cards of a map that say something."""
    return [one for one, _ in _told(map_, lang)]


def kind_of(access: Access, document: str, lang: Lang) -> EvidenceKind:
    """Which kind of evidence a document is.

    Raises:
        NotFound: there is no such document.
    """
    known = Sources(access, lang).documents
    if document not in known:
        raise NotFound("interview", document, [])
    form: Form = known[document].read.body["form"]
    return _KINDS[form]


def _told(map_: JourneyMap | None, lang: Lang) -> list[tuple[ProjectCard, Card]]:
    if map_ is None:
        return []
    steps = {step.key: step.name.get(lang) for step in map_.steps}
    return [
        (ProjectCard(key=card.key, text=card.text.get(lang), step=steps[card.step], evidence=bool(card.evidence)), card)
        for card in map_.cards
        if card.text is not None
    ]


def _rests(card: Card, named: set[str]) -> bool:
    return any(one.source in named for one in card.evidence)
