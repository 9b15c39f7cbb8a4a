"""Is a definition one that can be asked? Everything about it that is not right, with its place and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from lvtu.core.sentences import Cause
from lvtu.errors import BadInput
from lvtu.voice.surveys import definition, parts, questions
from lvtu.voice.surveys.definition import UNCHECKED, Survey, as_json, document_of
from lvtu.voice.surveys.findings import Advice, Finding, Flaw, Place, nearest, spelled
from lvtu.voice.surveys.rules import findings_of

_PATTERNS: Mapping[str, Flaw] = {
    "Key": Flaw("bad_key"), "OptionKey": Flaw("bad_key"), "Language": Flaw("bad_language"),
    "Scale": Flaw("bad_scale"), "Day": Flaw("bad_day"),
}  # fmt: skip
_PATTERN_OF = {
    getattr(module, name).__metadata__[0].pattern: flaw
    for name, flaw in _PATTERNS.items()
    for module in (parts, questions)
    if hasattr(module, name)
}


def check(survey: Any) -> tuple[Finding, ...]:
    """What is wrong with a definition, errors first; empty if nothing is.

    Args:
        survey: a definition, whatever it is: a dict, JSON or YAML, the path of a file, a `Survey`.

    Raises:
        BadInput: there is no such file, or it is neither JSON nor YAML.

    Example:
        >>> ask = {"key": "q1", "kind": "nps", "title": {"en": "Would you recommend us?"}, "show_if": "q0 > 3"}
        >>> bad = {"key": "after", "title": {"en": "After"}, "languages": ["en"], "pages": [{"questions": [ask]}]}
        >>> [(one.place, str(one.what)) for one in check(bad)]
        [('pages[0].questions[0].show_if', "no question is called 'q0'")]
    """
    found = _formed(document_of(survey))
    listed = found if isinstance(found, tuple) else findings_of(found)
    return tuple(sorted(listed, key=lambda one: one.level != "error"))


def sound(document: Any) -> Survey:
    """The survey that a definition is.

    Raises:
        BadInput: it is none; the first flaw is told.
    """
    found = _formed(document)
    if isinstance(found, tuple):
        raise _unsound(found[0], len(found))
    refuse(found)
    return found


def refuse(survey: Survey) -> None:
    """Refuse a survey whose parts do not go together.

    Raises:
        BadInput: so it is.
    """
    errors = [one for one in findings_of(survey) if one.level == "error"]
    if errors:
        raise _unsound(errors[0], len(errors))


def _unsound(first: Finding, errors: int) -> BadInput:
    place = first.place or "survey"
    return BadInput("survey_unsound", place=place, flaw=first.what, advice=first.advice, errors=errors)


def _formed(document: Any) -> Survey | tuple[Finding, ...]:
    """A definition whose form is right, or what is wrong with its form."""
    try:
        text = as_json(document)
    except (ValueError, TypeError, RecursionError) as error:
        reason = Cause("other", sentence=str(error)[:200])
        return (Finding("", Flaw("not_json", reason=reason), Advice("write_json")),)
    try:
        return Survey.model_validate_json(text, context=UNCHECKED)
    except ValidationError as error:
        found = error.errors(include_url=False)
        return tuple(_of_form(one) for one in found if not _follows(one, found))


def _follows(trouble: Any, others: Iterable[Any]) -> bool:
    """Whether a list is too short only because what stands in it is wrong."""
    loc = trouble["loc"]
    return trouble["type"] == "too_short" and any(
        len(one["loc"]) > len(loc) and one["loc"][: len(loc)] == loc for one in others
    )


def _of_form(trouble: Any) -> Finding:
    """What pydantic found, in our words."""
    place, kind, given = _place(trouble["loc"]), trouble["type"], trouble.get("ctx", {})
    last = str(place[-1]) if place else ""
    if kind == "json_invalid":
        return Finding("", Flaw("not_json", reason=Cause("other", sentence=str(given.get("error", ""))[:200])),
                       Advice("write_json"))  # fmt: skip
    if kind == "missing":
        return Finding(spelled(place), Flaw("lacks", name=last), Advice("add", name=last))
    if kind == "extra_forbidden":
        known = _fields_at(trouble["loc"])
        otherwise = Advice("known", names=", ".join(known)) if known else Advice("leave_out", name=last[:60])
        return Finding(spelled(place), Flaw("unknown_name", name=last[:60]), nearest(last, known, otherwise))
    if kind == "union_tag_invalid":
        name = str(given["tag"])[:60]
        advice = nearest(name, questions.KINDS, Advice("known", names=", ".join(questions.KINDS)))
        return Finding(spelled((*place, "kind")), Flaw("unknown_kind", name=name), advice)
    if kind == "union_tag_not_found":
        return Finding(spelled((*place, "kind")), Flaw("lacks", name="kind"),
                       Advice("known", names=", ".join(questions.KINDS)))  # fmt: skip
    if kind == "string_pattern_mismatch":
        return Finding(spelled(place), _PATTERN_OF[given["pattern"]], Advice("mend"))
    reason = Cause.of(kind, trouble["msg"], given)
    return Finding(spelled(place), Flaw("malformed", reason=reason), Advice("mend"))


def _place(loc: tuple[str | int, ...]) -> Place:
    """A place without what pydantic puts in between: the kind of a question, the key of an object."""
    kept: list[str | int] = []
    for at, step in enumerate(loc):
        of_question = at >= 2 and loc[at - 2] == "questions" and isinstance(loc[at - 1], int)
        if not (of_question and step in questions.KINDS) and step != "[key]":
            kept.append(step)
    return tuple(kept)


def _fields_at(loc: tuple[str | int, ...]) -> list[str]:
    """The names that exist where an unknown one was found."""
    kinds = {str(one.model_fields["kind"].annotation.__args__[0]): one for one in _question_types()}
    at: type[BaseModel] = Survey
    for step in loc[:-1]:
        if step == "pages":
            at = definition.Page
        elif step == "quotas":
            at = definition.Quota
        elif step in kinds and at is definition.Page:
            at = kinds[str(step)]
        elif step in ("options", "rows", "columns"):
            at = parts.Option
        elif step == "items":
            at = questions.Item
    return list(at.model_fields)


def _question_types() -> tuple[type[Any], ...]:
    found: tuple[type[Any], ...] = questions.Question.__args__
    return found
