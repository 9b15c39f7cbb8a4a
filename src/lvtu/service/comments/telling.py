"""Telling people by e-mail that a comment names them, or that a review asks them: where the workspace sends any."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Literal

from lvtu.catalog.comments import Comment
from lvtu.catalog.people import Person
from lvtu.core.words import Lang, say
from lvtu.maps import JourneyMap
from lvtu.service.access import Access
from lvtu.service.invitations.asking import Asking, asking_of
from lvtu.service.invitations.ways import Letter, send

LOG = logging.getLogger("lvtu.service")

Why = Literal["mentioned", "asked", "concerns"]


def tell(
    access: Access, document: JourneyMap, comment: Comment, people: Iterable[str], base: str, lang: Lang
) -> None:  # fmt: skip
    """Send an e-mail to those whom a comment names.

    They find it in the app in any case, so nothing waits for it and it is tried once.

    Args:
        access: who says it.
        document: the map.
        comment: what was said.
        people: the ids of those who are told; whoever says it is not.
        base: the address of the server, where the workspace names no other.
        lang: in which language, for those who chose none.
    """
    letters(access, document, comment.id, "mentioned", comment.body, people, base, lang)


def letters(
    access: Access, document: JourneyMap, id: str, why: Why, words: str, people: Iterable[str], base: str,
    lang: Lang,
) -> None:  # fmt: skip
    """Send e-mails behind the request, if the workspace sends any; see `tell`."""
    asking = asking_of(access.catalog, access.workspace_id)
    wanted = set(people) - {access.person.id}
    if asking.smtp is None or not wanted:
        return
    address = (asking.address or base).rstrip("/")
    link = f"{address}/w/{access.served.name}/maps/{document.id}?panel={'review' if why == 'asked' else 'comments'}"
    found = access.catalog.people.named(wanted).values()
    sent = [_letter(access, one, document, id, why, words, link, lang) for one in found if one.email]
    access.served.jobs.start("telling people of a map", lambda check: send_all(sent, asking))


def _letter(
    access: Access, person: Person, document: JourneyMap, id: str, why: Why, words: str, link: str, lang: Lang
) -> Letter:  # fmt: skip
    lang = "zh" if person.language == "zh" else "en" if person.language == "en" else lang
    name = access.person.name or access.person.email or say("insights.local", lang)
    values = {"name": name, "title": document.title.get(lang)}
    text = "\n\n".join(part for part in (say(f"maps.letters.{why}", lang, **values), words, link) if part)
    subject = say(f"maps.letters.{why}_subject", lang, **values)
    return Letter(f"{id}.{person.id}", person.email, subject, text, link, lang, access.served.name)


def send_all(sent: Iterable[Letter], asking: Asking) -> None:
    """Send e-mails, each once; that one did not leave is logged."""
    for letter in sent:
        outcome = send("email", letter, asking)
        if outcome.error:
            LOG.warning("an e-mail about a map did not leave: %s", outcome.error)
