"""Stages and steps of a map from what a survey asks: a step for each question that is rated, in the survey's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from lvtu.analyses.scores.measures import usual_of
from lvtu.core.expr.nodes import Among, And, Compare, Expr, Match, Or
from lvtu.core.units import instant
from lvtu.core.words import LANGS, say
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.asked import Answered, Seen, in_order, surveys_of
from lvtu.maps.discovery import keys_of
from lvtu.maps.live.asking import Asking
from lvtu.maps.live.observed import QUESTION
from lvtu.maps.questioned import followed, grouped, overall, words_told
from lvtu.maps.stages import GUESSES, Asked, By, both, guessed
from lvtu.store.journeys.snapshot import Snapshot

LEAST = 5
"""Answers that a question has at least, to be a step."""

Part = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """A question that customers answered.

    Attributes:
        title: its words, as the survey has them.
        scale: what it is rated on; None where it is answered in words.
        n: answers.
        name: what the step is called that it makes.
        stage: the stretch of the journey it is about; empty where nothing tells one.
        by: what the stage is told by (`lvtu.maps.stages`); where it is not the survey itself, it is a guess.
        overall: whether it asks about everything at once: no step, but a number of the whole map.
        survey: which survey it is of, from 0, the one that was answered last: questions that were answered in one
            response are of one survey.
        of: the words of the rated question that it explains, where it is answered in words and stands right behind it.
    """

    title: str
    scale: str | None
    n: int
    name: str = ""
    stage: str = ""
    by: By = ""
    overall: bool = False
    survey: int = 0
    of: str = ""


def questions(
    ws: Asking, where: str | None = None, since: str | None = None, until: str | None = None
) -> tuple[Question, ...]:
    """The questions of surveys that customers answered, in the order in which they were asked.

    Those that are rated come with what a step of theirs is called and with the group they stand in; those that are
    answered in words have no scale. One with fewer than `LEAST` answers is left out.

    Args:
        ws: the workspace.
        where: only answers for which this is true.
        since, until: when they were given.
    """

    def count(snapshot: Snapshot, engine: Engine) -> tuple[Question, ...]:
        if not any(block.customers for block in snapshot.blocks):
            return ()
        start = snapshot.times[0] if since is None else instant(since)
        end = snapshot.times[1] + 1 if until is None else instant(until)
        if not snapshot.carry(QUESTION):  # no answer says what it answers
            return ()
        asked = Answered(where, start, end, snapshot)
        snapshot.prepare(asked.reads())
        seen: Seen = engine.fold(asked, snapshot)
        surveys = [told(*one) for one in _surveys(seen)]
        surveys = [asked for asked in surveys if asked]
        return tuple(replace(one, survey=number) for number, asked in enumerate(surveys) for one in asked)

    return ws.asked(count)


def answers_to(question: str) -> str:
    """The condition that the answers to a question fit.

    Example:
        >>> answers_to("How's the room?")
        "question = 'How''s the room?'"
    """
    return str(Compare(QUESTION, "=", question))


def _surveys(seen: Seen) -> Iterator[tuple[list[tuple[str, str | None, int]], dict[str, str]]]:
    """Of each survey its questions in order, each with scale and answers, and the sections that they stand in."""
    places: dict[str, float] = {}
    for (title, _), (n, sums) in seen.answers.items():
        places[title] = min(places.get(title, inf), sums / n)
    for titles in surveys_of(seen.last, seen.after):
        pairs = {pair for pair in seen.after if pair[0] in titles or pair[1] in titles}
        order = in_order({one: places[one] for one in titles}, pairs)
        ranks = {one: rank for rank, one in enumerate(order)}
        answered = [(*asked, int(n)) for asked, (n, _) in seen.answers.items() if asked[0] in ranks and n >= LEAST]
        yield sorted(answered, key=lambda one: ranks[one[0]]), seen.sections


def told(
    seen: Sequence[tuple[str, str | None, int]], sections: Mapping[str, str] | None = None
) -> tuple[Question, ...]:
    """Questions from their words, scale (empty: answered in words) and answers, in the order in which they were asked.

    Args:
        seen: they.
        sections: by question the title of the page or group in which it stands, where the survey has any.

    Example:
        >>> seen = [("您对预约挂号的满意度", "csat5", 99), ("您对候诊等待的满意度", "csat5", 90),
        ...         ("请说明原因", "", 20), ("您有多大可能推荐我们？", "nps", 99), ("您的建议", "", 40)]
        >>> [(one.name, one.overall, one.of) for one in told(seen)][1:4]
        [('候诊等待', False, ''), ('请说明原因', False, '您对候诊等待的满意度'), ('您有多大可能推荐我们？', True, '')]
    """
    parts = [title for title, scale, _ in seen if scale and not overall(title, scale)]
    called = grouped(parts)
    pages = sections or {}
    guess = guessed([Asked(called[one][1], called[one][0], pages.get(one, "")) for one in parts])
    stages = dict(zip(parts, guess.stages, strict=True))
    behind = followed([(title, bool(scale)) for title, scale, _ in seen if scale is not None], called)
    found = []
    for title, scale, n in seen:
        if scale is not None:
            _, name = called.get(title, ("", title))
            stage = stages.get(title, "")
            found.append(
                Question(
                    title,
                    scale or None,
                    n,
                    name,
                    stage,
                    guess.by if stage else "",
                    bool(scale) and title not in called,
                    of=behind.get(title, ""),
                )
            )
    return tuple(found)


def rated(ws: Asking, where: str | None, since: str | None, until: str | None) -> bool:
    """Whether questions of a survey can be steps of a map: two of them, that one may come after the other."""
    return sum(bool(one.scale) and not one.overall and not one.survey for one in questions(ws, where, since, until)) > 1


def surveyed(
    found: Sequence[Question], chosen: Sequence[Mapping[str, str]] | None = None,
    title: str | Mapping[str, str] | None = None,
) -> Part:  # fmt: skip
    """Stages, steps and the head of a map, from the questions of a survey.

    A step is shown by the answers to its question, by what explains them (`Question.of`), and by other comments that
    name what it is about: so what customers wrote at the end of a survey stands where it belongs, and at no step where
    it names none.

    Args:
        found: the questions, as `questions` tells them.
        chosen: the steps, in order: the words of the ``question`` of each, what the step is called (``name``) and the
            ``stage`` it is in (that of the step before where empty). If not given, those of the survey that was
            answered last, as `questions` proposes. A stage that is as it was guessed is marked so in the map.
        title: what the map is called, and its only stage where nothing tells any.

    Returns:
        Parts of a map's document.

    Raises:
        BadInput: nobody rated anything.
        UnknownName: there is no such question.
    """
    parts = [one for one in found if one.scale and not one.overall and not one.survey]
    if chosen is None:
        chosen = [{"question": one.title, "name": one.name, "stage": one.stage} for one in parts]
    if not chosen:
        raise BadInput("nothing_rated")
    known = {one.title: one for one in found if one.scale}
    asked = {known[one["question"]].survey for one in chosen if one["question"] in known}
    for one in chosen:
        if one["question"] not in known:
            raise UnknownName("question", one["question"], list(known))
    names = [one.get("name") or known[one["question"]].name for one in chosen]
    keys = keys_of(names)
    taken = {one["question"] for one in chosen}
    spoken = [one.title for one in found if one.scale is None and one.survey in asked and one.of not in taken]
    behind = [one for one in found if one.scale is None and one.of in taken]
    mentions = words_told(names)
    stages, steps = _whole(chosen, title, known), []
    for key, name, one, stage, words in zip(keys, names, chosen, stages.of, mentions, strict=True):
        own = (one["question"], *(after.title for after in behind if after.of == one["question"]))
        rules = [{"where": answers_to(title)} for title in own]
        if spoken and words:
            rules.append({"where": str(And((Among(QUESTION, tuple(spoken)), _said(words))))})
        steps.append({"key": key, "stage": stage, "name": dict.fromkeys(LANGS, name), "entry": rules})
    of_all = [one for one in found if one.overall and one.survey in asked]
    return {
        "stages": stages.parts,
        "steps": steps,
        "bindings": list(_head(of_all, taken)),
    }


@dataclass(frozen=True)
class _Stages:
    """The stages, and by step the key of its own."""

    parts: list[Part]
    of: list[str]


def _whole(
    chosen: Sequence[Mapping[str, str]], title: str | Mapping[str, str] | None, known: Mapping[str, Question]
) -> _Stages:
    """The stages that steps name, in order; one for all, called as the map is, where none does.

    One whose steps all stand where they were guessed to be is marked so.
    """
    names: list[str] = []
    of: list[int] = []
    for step in chosen:
        name = step.get("stage", "").strip()
        if name in names[:-1]:
            raise BadInput("stage_apart", stage=name)
        if name and name not in names:
            names.append(name)
        of.append(max(len(names) - 1, 0))
    titles: list[Mapping[str, str]] = [_both(name, names) for name in names] or [_all_of_it(title)]
    parts: list[Part] = [{"key": f"stage-{number}", "name": title} for number, title in enumerate(titles, 1)]
    for place, name in enumerate(names):
        within = [known[one["question"]] for one, at in zip(chosen, of, strict=True) if at == place]
        if all(one.stage == name and one.by in GUESSES for one in within):
            parts[place]["guessed"] = True
    return _Stages(parts, [parts[place]["key"] for place in of])


def _all_of_it(title: str | Mapping[str, str] | None) -> Mapping[str, str]:
    """What the only stage is called: as the map is, if that has a name."""
    if title is not None and not isinstance(title, str):
        return title
    return {lang: title or say("maps.surveyed.whole", lang) for lang in LANGS}


def _both(name: str, beside: Sequence[str]) -> Mapping[str, str]:
    """A stage's name, in both languages where it is a known one of the journey that all of them are of."""
    known = both(name, beside)
    return dict.fromkeys(LANGS, name) if known is None else {lang: known.get(lang) for lang in LANGS}


def _said(words: Sequence[tuple[str, str]]) -> Expr:
    """That a comment has one of the words."""
    parts = [Match("text", manner, word) for manner, word in words]
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _head(of_all: Sequence[Question], taken: set[str]) -> Iterator[Part]:
    """What was asked about everything at once, as numbers of the whole map."""
    for number, one in enumerate((one for one in of_all if one.title not in taken), 1):
        metric = usual_of(one.scale).name
        spec = {"metric": metric, "scale": one.scale, "where": answers_to(one.title)}
        nps = {lang: say("overview.figures.nps", lang) for lang in LANGS}
        told = nps if metric == "nps" else dict.fromkeys(LANGS, one.name)
        yield {"key": f"overall-{number}", "analysis": "scores", "spec": spec, "title": told}
