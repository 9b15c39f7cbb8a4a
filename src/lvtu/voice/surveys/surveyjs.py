"""Definitions of SurveyJS taken over: what can be said here is said, and what cannot is listed, never dropped silently.

Source: https://surveyjs.io/form-library/documentation/design-survey/create-a-simple-survey
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lvtu.errors import BadInput
from lvtu.voice.surveys.checks import check
from lvtu.voice.surveys.definition import Survey
from lvtu.voice.surveys.findings import Place, spelled
from lvtu.voice.surveys.logic import RESERVED
from lvtu.voice.surveys.surveyjs_kinds import KNOWN, Left, kind_of_element, slug
from lvtu.voice.surveys.surveyjs_logic import condition_of

_PIPE = re.compile(r"\{([^{}]+)\}")
_PAGE = {"name", "title", "description", "visibleIf", "elements", "questions"}
_TOP = {"title", "description", "pages", "elements", "questions", "locale", "completedHtml"}
_TAGS = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class LeftOut:
    """Something that was not taken over.

    Attributes:
        place: where it is in the document.
        what: what it is.
    """

    place: str
    what: Left


@dataclass(frozen=True)
class Imported:
    """A survey from elsewhere.

    Attributes:
        survey: it.
        left: what of the document it does not say, in order.
    """

    survey: Survey
    left: tuple[LeftOut, ...]


def survey_js(document: Any, key: str = "imported") -> Imported:
    """The survey that a definition of SurveyJS asks.

    Args:
        document: the parsed JSON.
        key: what the survey is to be known by.

    Raises:
        BadInput: it is no definition of SurveyJS, or nothing of it can be asked here.

    Example:
        >>> likely = {"type": "rating", "name": "How likely", "rateMin": 0, "rateMax": 10}
        >>> found = survey_js({"title": "After", "elements": [likely, {"type": "file", "name": "photo"}]})
        >>> [(one.key, one.kind) for one in found.survey.questions()], [one.place for one in found.left]
        ([('How_likely', 'nps')], ['elements[1]'])
    """
    if not isinstance(document, dict):
        raise BadInput("no_surveyjs")
    try:
        return _imported(document, key)
    except RecursionError:
        raise BadInput("no_surveyjs") from None


def _imported(document: dict[str, Any], key: str) -> Imported:
    going = _Going(str(document.get("locale") or "en"))
    found: dict[str, Any] = {"key": key, "title": going.text(document.get("title") or key)}
    if description := document.get("description"):
        found["description"] = going.text(description)
    found["pages"] = [page for place, one in _pages(document) if (page := going.page(place, one)) is not None]
    if not found["pages"]:
        raise BadInput("no_surveyjs")
    going.rest((), document, _TOP)
    if thanks := document.get("completedHtml"):
        found["thanks"] = going.text(thanks)
    found["languages"] = going.settle(found)
    return Imported(_mended(found, going), tuple(going.left))


def _pages(document: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """The pages; a document without any is one itself."""
    listed = document.get("pages")
    if isinstance(listed, list):
        for at, page in enumerate(listed):
            if isinstance(page, dict):
                yield ("pages", at), page
    else:
        yield (), {name: document[name] for name in ("elements", "questions") if name in document}


@dataclass
class _Going:
    """A document that is being read.

    Attributes:
        language: of texts that do not say theirs.
        left: what cannot be said here.
        keys: the name of a question there → its key here.
        values: the key of a question → the value of an option there → its key here.
        kinds: the key of a question → its kind here.
    """

    language: str
    left: list[LeftOut] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def leave(self, place: Place, what: Left) -> None:
        """List what is not taken over."""
        self.left.append(LeftOut(spelled(place), what))

    def rest(self, place: Place, part: Mapping[str, Any], known: set[str]) -> None:
        """List the properties that are not known."""
        for name in part:
            if name not in known:
                self.leave((*place, str(name)), Left("property", name=str(name)[:60]))

    def page(self, place: Place, page: Mapping[str, Any]) -> dict[str, Any] | None:
        """A page with its questions; None without any."""
        shown = self.condition((*place, "visibleIf"), page.get("visibleIf"))
        found: dict[str, Any] = {name: self.text(page[name]) for name in ("title", "description") if page.get(name)}
        questions = list(self.questions(place, page, ()))
        if place:
            self.rest(place, page, _PAGE)
        if not questions:
            return None
        return {**found, **({"show_if": shown} if shown else {}), "questions": questions}

    def questions(self, place: Place, holder: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """The questions of a page or a panel, those of panels within among them."""
        name = "elements" if "elements" in holder else "questions"
        listed = holder.get(name)
        for at, element in enumerate(listed if isinstance(listed, list) else ()):
            here: Place = (*place, name, at)
            if not isinstance(element, dict):
                self.leave(here, Left("type", type=str(element)[:60]))
                continue
            shown = self.condition((*here, "visibleIf"), element.get("visibleIf"))
            conditions = (*above, shown) if shown else above
            if element.get("type") == "panel":
                self.rest(here, element, _PAGE | {"type"})
                yield from self.questions(here, element, conditions)
            elif (question := self.question(here, element)) is not None:
                grouped = [f"({one})" if len(conditions) > 1 else one for one in conditions]
                yield question | ({"show_if": " and ".join(grouped)} if conditions else {})

    def question(self, place: Place, element: Mapping[str, Any]) -> dict[str, Any] | None:
        """A question; None where there is none like it here."""
        said = kind_of_element(element, self.text)
        if isinstance(said, Left):
            self.leave(place, said)
            return None
        name = str(element.get("name") or f"question{len(self.keys) + 1}")
        key = slug(name, {*self.keys.values(), *RESERVED}, "q", len(self.keys) + 1)
        found = {"key": key, **said.question, "title": self.text(element.get("title") or name)}
        if element.get("description"):
            found["help"] = self.text(element["description"])
        self.keys[name], self.kinds[key], self.values[key] = key, said.question["kind"], said.values
        if element.get("isRequired") is True:
            found["required"] = True
        self.rest(place, element, KNOWN | said.read)
        return found

    def condition(self, place: Place, written: Any) -> str | None:
        """A condition in our language; None where there is none, or none like it."""
        if not written:
            return None
        found = condition_of(str(written), self.keys, self.kinds, self.values)
        if found is None:
            self.leave(place, Left("condition", condition=str(written)[:200]))
        return found

    def text(self, said: Any) -> dict[str, str]:
        """A text by language, without the marks of HTML; answers within it by the keys here."""
        by_language = said if isinstance(said, dict) else {"default": said}
        return {
            self.language if name == "default" else _language(str(name)): _PIPE.sub(self.piped, _TAGS.sub("", str(one)))
            for name, one in by_language.items()
        }

    def piped(self, place: re.Match[str]) -> str:
        """An earlier answer within a text."""
        key = self.keys.get(place[1].strip())
        if key is None or self.kinds[key] in ("matrix", "ranking"):
            self.leave((), Left("piped", name=place[1].strip()[:60]))
            return "…"
        return f"{{{key}}}"

    def settle(self, found: Any) -> list[str]:
        """The languages that every text is in; the others are taken out, and listed."""
        texts = [*_texts(found)]
        every = dict.fromkeys(language for text in texts for language in text)
        kept = [one for one in every if all(text.get(one, "").strip() for text in texts)]
        if not kept:
            kept = [self.language]
            for text in texts:
                text.setdefault(self.language, next(iter(text.values()), "") or "…")
        for language in every:
            if language not in kept:
                self.leave((), Left("language", language=language))
        for text in texts:
            for language in [one for one in text if one not in kept]:
                del text[language]
        return kept


def _texts(part: Any) -> Iterator[dict[str, str]]:
    """The texts of a definition under construction."""
    for name, one in part.items() if isinstance(part, dict) else enumerate(part):
        if name in ("title", "description", "help", "thanks", "text", "low", "high") and isinstance(one, dict):
            yield one
        elif isinstance(one, dict | list):
            yield from _texts(one)


def _language(name: str) -> str:
    """A language as BCP 47 writes it."""
    first, *rest = name.replace("_", "-").split("-")
    return "-".join([first.lower(), *rest])


def _mended(found: dict[str, Any], going: _Going) -> Survey:
    """The survey, without conditions that turn out not to go together with the rest."""
    for finding in check(found):
        if finding.level == "error" and finding.place.endswith("show_if"):
            holder: Any = found
            for step in re.findall(r"\w+", finding.place)[:-1]:
                holder = holder[int(step) if step.isdigit() else step]
            if condition := holder.pop("show_if", None):
                going.left.append(LeftOut(finding.place, Left("condition", condition=str(condition))))
    return Survey.load(found)
