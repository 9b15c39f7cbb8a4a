"""Surveys as people write, publish and close them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from lvtu.analyses.intervals import wilson
from lvtu.catalog.surveys import KeptSurvey
from lvtu.core.words import Lang, say
from lvtu.errors import BadInput
from lvtu.service.access import Access
from lvtu.service.documents import inline, looked_up
from lvtu.service.surveys.schemas import (
    ChangedSurvey,
    Checked,
    Converted,
    FindingOf,
    Foreign,
    LeftOut,
    NewSurvey,
    PresetOf,
    Preview,
    ProblemOf,
    SurveyListed,
    SurveyOf,
    Tally,
    TriedSurvey,
    VersionOf,
)  # fmt: skip
from lvtu.service.surveys.settings import SurveySettings
from lvtu.voice.surveys import Evaluated, Response, Survey, check, evaluate, events_of, sheet, survey_js
from lvtu.voice.surveys.parts import Key, in_language
from lvtu.voice.surveys.ready import PRESETS, preset

KIND = "survey"

_KEY: TypeAdapter[str] = TypeAdapter(Key)
_NOBODY = {"started": 0, "partial": 0, "complete": 0, "left": 0, "screened": 0}


def listed(access: Access, lang: Lang) -> list[SurveyListed]:
    """All, those that were changed last first."""
    counts = access.catalog.responses.counts(access.workspace_id)
    found = access.catalog.surveys.of_workspace(access.workspace_id)
    newest = sorted(found, key=lambda one: one.updated, reverse=True)
    return [SurveyListed(**_told(access, one, counts.get(one.id, {}), lang)) for one in newest]


def get(access: Access, id: str, lang: Lang) -> SurveyOf:
    """One.

    Raises:
        NotFound: there is none of that id.
    """
    return _whole(access, kept_of(access, id), lang)


def kept_of(access: Access, id: str) -> KeptSurvey:
    """One, as it is kept.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        return access.catalog.surveys.get(access.workspace_id, id)


def add(access: Access, new: NewSurvey, lang: Lang) -> SurveyOf:
    """Keep a new draft.

    Raises:
        BadInput: it has no key, or that of another survey.
    """
    settings = new.settings.model_dump(mode="json")
    kept = access.catalog.surveys.add(
        access.workspace_id, _key(new.definition), new.definition, settings, author=access.person.id
    )
    return _whole(access, kept, lang)


def put(access: Access, id: str, changed: ChangedSurvey, lang: Lang) -> SurveyOf:
    """Change the draft and the settings. The key stays what it was: events carry it.

    Raises:
        NotFound: there is none of that id.
        Conflict: somebody changed it in the meantime.
        BadInput: the definition has another key.
    """
    before = kept_of(access, id)
    if _key(changed.definition) != before.key:
        raise BadInput("survey_key_stays", key=before.key)
    with looked_up(KIND, id):
        kept = access.catalog.surveys.put(
            access.workspace_id, id, changed.definition, changed.settings.model_dump(mode="json"),
            editor=access.person.id, version=changed.version,
        )  # fmt: skip
    return _whole(access, kept, lang)


def publish(access: Access, id: str, lang: Lang) -> SurveyOf:
    """Ask the draft from now on.

    Raises:
        NotFound: there is none of that id.
        BadInput: the draft has a flaw.
    """
    Survey.load(kept_of(access, id).draft)
    with looked_up(KIND, id):
        return _whole(
            access, access.catalog.surveys.publish(access.workspace_id, id, editor=access.person.id), lang
        )  # fmt: skip


def close(access: Access, id: str, lang: Lang) -> SurveyOf:
    """Take no more answers.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        return _whole(access, access.catalog.surveys.close(access.workspace_id, id, editor=access.person.id), lang)


def remove(access: Access, id: str) -> None:
    """Remove one; the events of its answers stay.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        access.catalog.surveys.remove(access.workspace_id, id)


def versions(access: Access, id: str) -> list[VersionOf]:
    """What was published, newest first.

    Raises:
        NotFound: there is no survey of that id.
    """
    kept = kept_of(access, id)
    return [
        VersionOf(number=one.number, definition=one.definition, author=one.author, created=one.created)
        for one in access.catalog.surveys.versions(kept.id)
    ]


# Definitions that are not kept.


def presets(lang: Lang) -> list[PresetOf]:
    """Surveys that are ready to be asked."""
    return [
        PresetOf(
            name=name, title=say(f"survey_presets.{name}.title", lang), what=say(f"survey_presets.{name}.what", lang),
            definition=preset(name),
        )
        for name in PRESETS
    ]  # fmt: skip


def checked(definition: Any, lang: Lang) -> Checked:
    """What is to be known of a definition."""
    found = findings(definition, lang)
    return Checked(sound=all(one.level != "error" for one in found), findings=found)


def findings(definition: Any, lang: Lang) -> list[FindingOf]:
    """The findings about a definition, errors first."""
    return [
        FindingOf(
            level=one.level, place=one.place, code=one.what.code, what=one.what.text(lang), advice=one.advice.text(lang)
        )
        for one in check(inline(definition, KIND))
    ]


def converted(foreign: Foreign, lang: Lang) -> Converted:
    """A definition of SurveyJS as one of ours.

    Raises:
        BadInput: it is none.
    """
    found = survey_js(inline(foreign.definition, KIND), foreign.key)
    left = [LeftOut(place=one.place, what=one.what.text(lang)) for one in found.left]
    return Converted(definition=found.survey.to_dict(), left_out=left)


def preview(tried: TriedSurvey, lang: Lang) -> Preview:
    """What becomes of answers.

    Raises:
        BadInput: the definition has a flaw.
    """
    judged = evaluate(Survey.load(inline(tried.definition, KIND)), tried.answers)
    return Preview(
        accepted=judged.accepted, answers=judged.answers, shown=list(judged.shown), problems=problems_of(judged, lang),
        sheet=sheet(judged, tried.response, tried.language or lang),
        events=events_of(judged, Response(tried.response, "2026-01-01", tried.language)) if judged.accepted else [],
    )  # fmt: skip


def problems_of(judged: Evaluated, lang: Lang) -> list[ProblemOf]:
    """What is wrong with answers, in words."""
    return [ProblemOf(field=one.field, code=one.reason.code, reason=one.reason.text(lang)) for one in judged.problems]


# How they are told.


def tally(counts: Mapping[str, int]) -> Tally:
    """How many responses there are, by state."""
    found = _NOBODY | dict(counts)
    started, complete = sum(found.values()), found["complete"]
    over = complete + found["left"]
    between = wilson(complete, over) if over else None
    low, high = between or (None, None)
    return Tally(
        started=started, complete=complete, left=found["left"], open=found["started"] + found["partial"],
        screened=found["screened"], rate=complete / over if over else None, low=low, high=high,
    )  # fmt: skip


def _whole(access: Access, kept: KeptSurvey, lang: Lang) -> SurveyOf:
    counts = access.catalog.responses.counts(access.workspace_id).get(kept.id, {})
    return SurveyOf(
        **_told(access, kept, counts, lang), definition=kept.draft, findings=findings(kept.draft, lang),
        settings=SurveySettings.model_validate(kept.settings),
    )  # fmt: skip


def _told(access: Access, kept: KeptSurvey, counts: Mapping[str, int], lang: Lang) -> dict[str, Any]:
    asked = None if kept.published is None else access.catalog.surveys.version(kept.id, kept.published)
    changed = asked is not None and asked.definition != kept.draft | {"version": kept.published}
    return {
        "id": kept.id, "key": kept.key, "title": _title(kept.draft, lang) or kept.key,
        "purpose": str(kept.draft.get("purpose", "survey")), "state": kept.state, "version": kept.version,
        "published": kept.published, "changed": changed, "questions": _questions(kept.draft), "link": kept.link,
        "responses": tally(counts), "editor": kept.editor, "created": kept.created, "updated": kept.updated,
    }  # fmt: skip


def _key(definition: Mapping[str, Any]) -> str:
    """The key of a definition, which may have flaws otherwise.

    Raises:
        BadInput: it has none.
    """
    try:
        return _KEY.validate_python(definition.get("key"))
    except ValidationError:
        raise BadInput("survey_without_key") from None


def _title(definition: Mapping[str, Any], lang: Lang) -> str:
    """What a draft is called; it may be anything."""
    title = definition.get("title")
    texts = {name: one for name, one in title.items() if isinstance(one, str)} if isinstance(title, dict) else {}
    return in_language(texts, lang) if texts else ""


def _questions(definition: Mapping[str, Any]) -> int:
    pages = definition.get("pages")
    found = [page.get("questions") for page in pages if isinstance(page, dict)] if isinstance(pages, list) else []
    return sum(len(one) for one in found if isinstance(one, list))
