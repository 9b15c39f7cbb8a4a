"""Seeing to feedback: what is there, what becomes of it, what of it everybody may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lvtu.catalog.feedback import CLOSED, Change, Decision, KeptFeedback
from lvtu.catalog.surveys import KeptSurvey
from lvtu.core.words import Lang
from lvtu.errors import BadInput
from lvtu.service.access import Access
from lvtu.service.documents import looked_up
from lvtu.service.feedback.schemas import (
    FeedbackChange,
    FeedbackCount,
    FeedbackDecision,
    FeedbackDoor,
    FeedbackMerge,
    FeedbackMessage,
    FeedbackPiece,
    FeedbackPieces,
    FeedbackPublication,
    FeedbackWhole,
    PublicWords,
)  # fmt: skip
from lvtu.service.feedback.telling import contact_of, tell, words_of
from lvtu.service.invitations.asking import asking_of
from lvtu.service.invitations.service import why_of
from lvtu.service.problems import NotFound
from lvtu.service.surveys.published import of_number
from lvtu.voice.surveys import Survey
from lvtu.voice.surveys.parts import in_language

KIND = "feedback"


@dataclass(frozen=True)
class Wanted:
    """Which pieces are asked for."""

    status: Sequence[str] = ()
    kind: Sequence[str] = ()
    owner: str | None = None
    door: str | None = None
    before: str | None = None
    limit: int = 50


def listed(access: Access, wanted: Wanted, base: str, lang: Lang) -> FeedbackPieces:
    """Pieces, newest first, and how many there are of each status and kind."""
    found = access.catalog.feedback.listed(
        access.workspace_id, status=wanted.status, kind=wanted.kind, owner=wanted.owner, survey_id=wanted.door,
        before=wanted.before, limit=wanted.limit + 1,
    )  # fmt: skip
    shown = found[: wanted.limit]
    counts = access.catalog.feedback.counts(access.workspace_id)
    return FeedbackPieces(
        counts=[FeedbackCount(status=status, kind=kind, pieces=n) for (status, kind), n in counts.items()],  # type: ignore[arg-type]
        doors=doors(access, base, lang), answered=access.catalog.feedback.any_answered(access.workspace_id),
        pieces=_Teller(access).pieces(shown),
        next=shown[-1].id if len(found) > wanted.limit else None,
    )  # fmt: skip


def doors(access: Access, base: str, lang: Lang) -> list[FeedbackDoor]:
    """The surveys by which feedback comes, as far as they were ever published."""
    address = (asking_of(access.catalog, access.workspace_id).address or base).rstrip("/")
    found = []
    for one in access.catalog.surveys.of_workspace(access.workspace_id):
        version = None if one.published is None else access.catalog.surveys.version(one.id, one.published)
        if version is not None and version.definition.get("purpose") == "feedback":
            title = in_language(version.definition["title"], lang)
            url = f"{address}/f/{one.link}"
            found.append(FeedbackDoor(id=one.id, key=one.key, title=title, url=url, open=one.state == "open"))
    return found


def get(access: Access, id: str, base: str, lang: Lang) -> FeedbackWhole:
    """A piece with all that belongs to it.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        kept = access.catalog.feedback.get(access.workspace_id, id)
    teller, catalog = _Teller(access), access.catalog
    changes = catalog.feedback.changes(id)
    survey = teller.survey(kept)
    address = (asking_of(catalog, access.workspace_id).address or base).rstrip("/")
    return FeedbackWhole(
        **teller.piece(kept), answers=(kept.given or {}).get("answers", {}), merged_into=kept.merged_into,
        merged=teller.pieces(catalog.feedback.within([id])), changes=[_change(one) for one in changes],
        message=_message(access, changes, survey, lang), follow=f"{address}/f/{survey.link}/{kept.token}",
        before=_words(kept.public),
    )  # fmt: skip


def decide(access: Access, id: str, decision: FeedbackDecision) -> list[Change]:
    """Say what is to be about a piece; what is changed is told.

    Raises:
        NotFound: there is none of that id.
        Conflict: somebody changed it meanwhile.
        BadInput: it is merged into another, nobody of that id sees to anything here, or it is closed and told without
            an answer.
    """
    with looked_up(KIND, id):
        kept = access.catalog.feedback.get(access.workspace_id, id)
    named = decision.model_fields_set
    answer = None if decision.answer is None else {str(lang): text for lang, text in decision.answer.items()}
    new = Decision(
        decision.status or kept.status, decision.owner if "owner" in named else kept.owner,
        answer if "answer" in named else kept.answer, decision.tell,
    )  # fmt: skip
    if new.owner not in (None, kept.owner):
        members = [one.person.id for one in access.catalog.people.members(access.workspace_id)]
        if new.owner not in (*members, access.person.id):
            raise NotFound("person", new.owner or "", [])
    if new.tell and new.status in CLOSED and not new.answer:
        raise BadInput("feedback_needs_answer")
    with looked_up(KIND, id):
        return _told(access, access.catalog.feedback.decide(
            access.workspace_id, id, new, version=decision.version, person_id=access.person.id
        ))  # fmt: skip


def publish(access: Access, id: str, words: FeedbackPublication | None, version: int) -> list[Change]:
    """Let everybody read of a piece in these words; in none, nobody.

    Raises:
        NotFound: there is none of that id.
        Conflict: somebody changed it meanwhile.
        BadInput: it is merged into another.
    """
    public = None if words is None else words.model_dump(mode="json", include={"title", "text"})
    with looked_up(KIND, id):
        return _told(access, access.catalog.feedback.publish(
            access.workspace_id, id, public, version=version, person_id=access.person.id
        ))  # fmt: skip


def merge(access: Access, id: str, merging: FeedbackMerge) -> list[Change]:
    """Say that a piece says the same as another one.

    Raises:
        NotFound: there is none of that id.
        BadInput: they are the same, of two surveys, or one is merged already.
    """
    with looked_up(KIND, id):
        return _told(access, access.catalog.feedback.merge(
            access.workspace_id, id, merging.into, tell=merging.tell, person_id=access.person.id
        ))  # fmt: skip


def split(access: Access, id: str) -> list[Change]:
    """Take a piece out of the one that it was merged into.

    Raises:
        NotFound: there is none of that id, or it is not merged.
    """
    with looked_up(KIND, id):
        return _told(access, access.catalog.feedback.split(access.workspace_id, id, person_id=access.person.id))


def _told(access: Access, changes: list[Change]) -> list[Change]:
    tell(access.served, access.catalog, changes)
    return changes


class _Teller:
    """Tells pieces; each survey is read once.

    Args:
        access: who asks.
    """

    def __init__(self, access: Access) -> None:
        self._access = access
        self._surveys: dict[str, KeptSurvey] = {}
        self._asked: dict[tuple[str, int], Survey] = {}

    def survey(self, kept: KeptFeedback) -> KeptSurvey:
        """The survey that a piece came by."""
        if kept.survey_id not in self._surveys:
            self._surveys[kept.survey_id] = self._access.catalog.surveys.get(kept.workspace_id, kept.survey_id)
        return self._surveys[kept.survey_id]

    def pieces(self, found: Sequence[KeptFeedback]) -> list[FeedbackPiece]:
        """Pieces, with their votes and how many others were merged into them."""
        ids = [one.id for one in found]
        votes, merged = self._access.catalog.feedback.votes(ids), self._access.catalog.feedback.within(ids)
        into = [one.merged_into for one in merged]
        return [FeedbackPiece(**self._told(one, votes.get(one.id, 0), 1 + into.count(one.id))) for one in found]

    def piece(self, kept: KeptFeedback) -> dict[str, Any]:
        """A piece, as the fields of one."""
        return self.pieces([kept])[0].model_dump()

    def _told(self, kept: KeptFeedback, votes: int, pieces: int) -> dict[str, Any]:
        given = kept.given or {}
        return {
            "id": kept.id, "door": kept.survey_id, "kind": kept.kind, "status": kept.status, "owner": kept.owner,
            "words": words_of(self._definition(kept), given), "customer": given.get("who", {}).get("customer"),
            "contact": contact_of(given), "channel": given.get("channel"), "touchpoint": given.get("touchpoint"),
            "page": given.get("page"), "language": kept.language, "came": kept.completed or kept.created,
            "answer": kept.answer, "public": _words(kept.public) if kept.public_id is not None else None,
            "votes": votes, "pieces": pieces, "version": kept.version,
        }  # fmt: skip

    def _definition(self, kept: KeptFeedback) -> Survey:
        key = (kept.survey_id, kept.number)
        if key not in self._asked:
            found = of_number(self._access.served, self._access.catalog, self.survey(kept), kept.number)
            self._asked[key] = found.survey
        return self._asked[key]


def _words(public: Mapping[str, Any] | None) -> PublicWords | None:
    return None if public is None else PublicWords(title=public["title"], text=public.get("text") or {})


def _change(one: Change) -> FeedbackChange:
    return FeedbackChange(
        at=one.at, who=one.person_id, what=one.what, status=one.body.get("status"), owner=one.body.get("owner")
    )


def _message(
    access: Access, changes: Sequence[Change], survey: KeptSurvey, lang: Lang
) -> FeedbackMessage | None:  # fmt: skip
    last = next((one for one in changes if one.body.get("tell")), None)
    if last is None:
        return None
    cause = last.body.get("cause")
    sent = access.catalog.invitations.of_causes(survey.id, [cause]).get(cause) if cause else None
    code = last.body.get("unsent") if sent is None else sent.why
    return FeedbackMessage(
        at=last.at, way=last.body.get("way"), state="none" if sent is None else sent.state, code=code,
        why=why_of(code, lang),
    )  # fmt: skip
