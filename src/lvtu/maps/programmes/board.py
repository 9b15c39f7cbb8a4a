"""The board of a project's ideas: questions that they answer, dots that people vote with, and what becomes of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from lvtu.catalog.ids import uuid7
from lvtu.core.model.text import Text
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.document import JourneyMap
from lvtu.maps.document.cards import Card
from lvtu.maps.programmes.project import DOTS, Project, Question

Becomes = Literal["opportunity", "action"]
"""What an idea can become on the map."""


@dataclass(frozen=True)
class Idea:
    """An idea, or what became of one.

    Attributes:
        card: the card that says it.
        owner: the department that takes it; None where none does.
        question: the key of the question that it answers; None: none.
        dots: how many people's dots stand on it, all together.
        voters: how many people voted for it.
    """

    card: Card
    owner: Text | None
    question: str | None
    dots: int
    voters: int


def ideas(project: Project, map_: JourneyMap | None) -> list[Idea]:
    """The ideas, opportunities and actions of a project's map, those with most dots first.

    Example:
        >>> from lvtu.maps import JourneyMap
        >>> shop = JourneyMap.load({
        ...     "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}],
        ...     "steps": [{"key": "pay", "stage": "buy", "name": "Pay"}],
        ...     "lanes": [{"key": "chances", "role": "opportunities", "label": "Ideas"}],
        ...     "cards": [
        ...         {"key": key, "lane": "chances", "step": "pay", "kind": "idea", "text": key}
        ...         for key in ("scan", "save")
        ...     ],
        ... })
        >>> votes = {"ann": ("save", "save"), "bo": ("save", "scan")}
        >>> project = Project(programme="project-5", title="Pay", votes=votes, started="2026-01-01", by="ann")
        >>> [(one.card.key, one.dots, one.voters) for one in ideas(project, shop)]
        [('save', 3, 2), ('scan', 1, 1)]
    """
    dots = Counter(key for given in project.votes.values() for key in given)
    voters = Counter(key for given in project.votes.values() for key in set(given))
    answers = {key: one.key for one in project.questions for key in one.ideas}
    if map_ is None:
        return []
    found = [
        Idea(card, map_.department(card.owner), answers.get(card.key), dots[card.key], voters[card.key])
        for card in map_.cards
        if card.kind in ("idea", "opportunity", "action") and card.text is not None
    ]
    return sorted(found, key=lambda one: -one.dots)


def left(project: Project, person: str, map_: JourneyMap | None) -> int:
    """How many dots somebody has left; those on ideas that are gone come back."""
    there = {card.key for card in (map_.cards if map_ is not None else ())}
    return DOTS - sum(key in there for key in project.votes.get(person, ()))


def voted(project: Project, map_: JourneyMap, person: str, idea: str, dots: int) -> dict[str, Any]:
    """The votes of a project after somebody put so many dots on an idea.

    Raises:
        UnknownName: the map has no such idea.
        BadInput: they have not so many dots.
    """
    there = [card.key for card in map_.cards if card.kind == "idea"]
    if idea not in there:
        raise UnknownName("idea", idea, there)
    others = [key for key in project.votes.get(person, ()) if key != idea and key in there]
    if dots < 0 or len(others) + dots > DOTS:
        raise BadInput("too_many_dots", most=DOTS, left=DOTS - len(others))
    return {"votes": {**project.votes, person: (*others, *[idea] * dots)}}


def asked(project: Project, text: str, step: str | None) -> dict[str, Any]:
    """The questions of a project with one more."""
    made = Question(key=f"q-{uuid7()}", text=text, step=step)
    return {"questions": (*project.questions, made)}


def answered(project: Project, question: str, idea: str) -> dict[str, Any]:
    """The questions of a project, of which one is answered by an idea.

    Raises:
        UnknownName: the project has no such question.
    """
    known = [one.key for one in project.questions]
    if question not in known:
        raise UnknownName("project_question", question, known)
    return {
        "questions": tuple(
            one.model_copy(update={"ideas": (*one.ideas, idea)}) if one.key == question else one
            for one in project.questions
        )
    }
