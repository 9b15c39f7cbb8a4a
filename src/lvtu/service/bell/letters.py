"""E-mails to those who answer for numbers that are not to be relied on any more: one for each map, at each look."""

from __future__ import annotations

from collections.abc import Iterable

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.ids import uuid7
from lvtu.catalog.notices import Unsure
from lvtu.catalog.people import Person
from lvtu.core.words import LANGS, Lang, say
from lvtu.core.words import language as spoken
from lvtu.errors import UnknownName
from lvtu.maps import JourneyMap
from lvtu.service.bell.places import called
from lvtu.service.comments.telling import send_all
from lvtu.service.home import Served
from lvtu.service.invitations.asking import asking_of
from lvtu.service.invitations.ways import Letter

_LISTED = 10
"""Numbers that a letter lists; the rest is under the bell."""


def numbers_told(catalog: Catalog, served: Served, told: Iterable[tuple[str, str, Unsure]]) -> None:
    """Send what was found on maps, where the workspace sends e-mails; nothing waits for it, and it is tried once.

    Args:
        catalog: the home's.
        served: the workspace.
        told: the map, the person and the number, as they were put under their bells.
    """
    asking = asking_of(catalog, served.id)
    if asking.smtp is None:
        return
    sheets: dict[tuple[str, str], list[Unsure]] = {}
    for map_id, person, cell in told:
        sheets.setdefault((map_id, person), []).append(cell)
    people = catalog.people.named({person for _, person in sheets})
    letters = []
    for (map_id, person), cells in sheets.items():
        try:
            document = served.workspace.maps.of(map_id).document
        except UnknownName:
            continue
        if person in people and people[person].email:
            letters.append(_letter(served, document, people[person], cells, asking.address))
    send_all(letters, asking)


def _letter(
    served: Served, document: JourneyMap, person: Person, cells: list[Unsure], address: str | None
) -> Letter:  # fmt: skip
    lang: Lang = next((one for one in LANGS if one == person.language), spoken())
    title = document.title.get(lang)
    link = "" if address is None else f"{address.rstrip('/')}/w/{served.name}/maps/{document.id}"
    lines = [f"{called(document, *cell.place, lang)}: {cell.why[lang]}" for cell in cells[:_LISTED]]
    text = "\n\n".join(part for part in (say("maps.letters.stale", lang, title=title), "\n".join(lines), link) if part)
    subject = say("maps.letters.stale_subject", lang, title=title, n=len(cells))
    return Letter(uuid7(), person.email, subject, text, link, lang, served.name)
