"""Stages and steps of a map from what a survey asks: a step for each question that is rated, in the survey's order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from lvtu.analyses.base import view_of
from lvtu.analyses.members import lines_at
from lvtu.analyses.scores.measures import usual_of
from lvtu.core.expr.nodes import Among, And, Compare, Expr, Match, Or
from lvtu.core.units import instant
from lvtu.core.words import LANGS, say
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.discovery import keys_of
from lvtu.maps.live.asking import Asking
from lvtu.maps.live.observed import QUESTION
from lvtu.maps.questioned import grouped, overall, words_told
from lvtu.store.journeys.block import Block
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
        stage: the group of questions it stands in, as the survey tells; empty where it tells none.
        overall: whether it asks about everything at once: no step, but a number of the whole map.
        survey: which survey it is of, from 0, the one that was answered last: questions that were answered in one
            response are of one survey.
    """

    title: str
    scale: str | None
    n: int
    name: str = ""
    stage: str = ""
    overall: bool = False
    survey: int = 0


@dataclass
class _Seen:
    """By question and scale how many answers there are, and the sum of their places in the response; by question when
    it was answered last; pairs of questions that were answered in one response."""

    answers: dict[tuple[str, str | None], list[float]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    together: set[tuple[str, str]] = field(default_factory=set)

    def add(self, question: str, scale: str | None, n: float, places: float) -> None:
        """Count some answers."""
        sums = self.answers.setdefault((question, scale), [0.0, 0.0])
        sums[0] += n
        sums[1] += places


class _Asked:
    """The pass over all answers, as engines fold it."""

    def __init__(self, where: str | None, since: int, until: int, snapshot: Snapshot) -> None:
        self.where, self.since, self.until, self.snapshot = where, since, until, snapshot

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return {QUESTION, "scale", "score", "text"}

    def empty(self, snapshot: Snapshot) -> _Seen:
        """The state of no customers."""
        return _Seen()

    def partial(self, block: Block, state: _Seen) -> _Seen:
        """Add a block's customers."""
        codes, titles = block.codes(QUESTION)
        scales, names = block.codes("scale")
        time, view = block.column("time"), view_of(block, self.snapshot, self.where)
        asked = (codes != 0) & (time >= self.since) & (time < self.until)
        if len(view):
            asked &= view != 0
        if len(block.keep):
            asked &= block.keep[lines_at(block, np.arange(block.rows))] != 0
        rows = np.flatnonzero(asked)
        if not len(rows):
            return state
        lines = lines_at(block, rows)
        first = np.r_[True, (np.diff(lines) != 0) | (np.diff(time[rows]) != 0)]
        at = np.arange(len(rows))
        places = at - np.maximum.accumulate(np.where(first, at, 0))
        scored = ~np.isnan(block.numbers("score")[rows])
        said = block.codes("text")[0][rows] != 0
        for one, on in ((scored, True), (said & ~scored, False)):
            keys = codes[rows][one].astype(np.int64) * (len(names) + 1) + (scales[rows][one] if on else 0)
            for key in np.unique(keys).tolist():
                code, scale = divmod(key, len(names) + 1)
                mine = keys == key
                state.last[titles[code]] = max(state.last.get(titles[code], 0), int(time[rows][one][mine].max()))
                state.add(titles[code], names[scale] if on and scale else None if on else "", int(mine.sum()),
                          float(places[one][mine].sum()))  # fmt: skip
        inside = np.flatnonzero(~first[1:])
        pairs = np.unique(np.stack([codes[rows][inside], codes[rows][inside + 1]]), axis=1)
        state.together |= {(titles[one], titles[other]) for one, other in pairs.T.tolist()}
        return state

    def merge(self, left: _Seen, right: _Seen) -> _Seen:
        """Add two states."""
        for (question, scale), (n, places) in right.answers.items():
            left.add(question, scale, n, places)
        for question, time in right.last.items():
            left.last[question] = max(left.last.get(question, 0), time)
        left.together |= right.together
        return left


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
        asked = _Asked(where, start, end, snapshot)
        try:
            snapshot.prepare(asked.reads())
        except UnknownName:  # no answer says what it answers
            return ()
        seen: _Seen = engine.fold(asked, snapshot)
        answered = [(title, scale, int(n), places / n) for (title, scale), (n, places) in seen.answers.items()]
        surveys = [
            told([one for one in answered if one[0] in titles and one[2] >= LEAST])
            for titles in _surveys(seen.last, seen.together)
        ]
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


def _surveys(last: Mapping[str, int], together: Collection[tuple[str, str]]) -> list[set[str]]:
    """The questions of each survey that are rated or answered in words, the one that was answered last first.

    What is neither, as the choice of an answer, holds a survey together all the same.
    """
    of = {title: {title} for title in (*last, *(title for pair in together for title in pair))}
    for one, other in sorted(together):
        if of[one] is not of[other]:
            of[one] |= of[other]
            for title in of[other]:
                of[title] = of[one]
    found = {id(titles): titles & last.keys() for titles in of.values()}
    return sorted(filter(None, found.values()), key=lambda titles: (-max(last[one] for one in titles), min(titles)))


def told(seen: Sequence[tuple[str, str | None, int, float]]) -> tuple[Question, ...]:
    """Questions from their words, scale (empty: answered in words), answers, and usual place in the survey.

    Example:
        >>> seen = [("您对候诊等待的满意度", "csat5", 90, 1.0), ("您对预约挂号的满意度", "csat5", 99, 0.0),
        ...         ("您有多大可能推荐我们？", "nps", 99, 2.0), ("您的建议", "", 40, 3.0)]
        >>> [(one.name, one.overall) for one in told(seen)]
        [('预约挂号', False), ('候诊等待', False), ('您有多大可能推荐我们？', True), ('您的建议', False)]
    """
    order = sorted(seen, key=lambda one: (one[3], one[0]))
    parts = [one[0] for one in order if one[1] and not overall(one[0], one[1])]
    called = grouped(parts)
    found = []
    for title, scale, n, _ in order:
        stage, name = called.get(title, ("", title))
        if scale is not None:
            found.append(Question(title, scale or None, n, name, stage, bool(scale) and title not in called))
    return tuple(found)


def rated(ws: Asking, where: str | None, since: str | None, until: str | None) -> bool:
    """Whether questions of a survey can be steps of a map: two of them, that one may come after the other."""
    return sum(bool(one.scale) and not one.overall and not one.survey for one in questions(ws, where, since, until)) > 1


def surveyed(
    ws: Asking, where: str | None, since: str | None, until: str | None,
    chosen: Sequence[Mapping[str, str]] | None = None,
) -> Part:  # fmt: skip
    """Stages, steps and the head of a map, from the questions of a survey.

    A step is shown by the answers to its question, and by comments that name what it is about: so what customers wrote
    at the end of a survey stands where it belongs, and at no step where it names none.

    Args:
        ws: the workspace.
        where: only answers for which this is true.
        since, until: when they were given.
        chosen: the steps, in order: the words of the ``question`` of each, what the step is called (``name``) and the
            ``stage`` it is in (that of the step before where empty). If not given, those of the survey that was
            answered last, as `questions` proposes.

    Returns:
        Parts of a map's document.

    Raises:
        BadInput: nobody rated anything.
        UnknownName: there is no such question.
    """
    found = questions(ws, where, since, until)
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
    spoken = [one.title for one in found if one.scale is None and one.survey in asked]
    mentions = words_told(names)
    stages, steps = _whole(chosen), []
    for key, name, one, stage, words in zip(keys, names, chosen, stages.of, mentions, strict=True):
        rules = [{"where": answers_to(one["question"])}]
        if spoken and words:
            rules.append({"where": str(And((Among(QUESTION, tuple(spoken)), _said(words))))})
        steps.append({"key": key, "stage": stage, "name": _both(name), "entry": rules})
    of_all = [one for one in found if one.overall and one.survey in asked]
    return {
        "stages": stages.parts,
        "steps": steps,
        "bindings": list(_head(of_all, {one["question"] for one in chosen})),
    }


@dataclass(frozen=True)
class _Stages:
    """The stages, and by step the key of its own."""

    parts: list[Part]
    of: list[str]


def _whole(chosen: Sequence[Mapping[str, str]]) -> _Stages:
    """The stages that steps name, in order; one for all where none does."""
    names: list[str] = []
    of: list[int] = []
    for one in chosen:
        name = one.get("stage", "").strip()
        if name in names[:-1]:
            raise BadInput("stage_apart", stage=name)
        if name and name not in names:
            names.append(name)
        of.append(max(len(names) - 1, 0))
    titles = [_both(name) for name in names] or [{lang: say("maps.surveyed.whole", lang) for lang in LANGS}]
    parts: list[Part] = [{"key": f"stage-{number}", "name": title} for number, title in enumerate(titles, 1)]
    return _Stages(parts, [parts[place]["key"] for place in of])


def _both(name: str) -> dict[str, str]:
    return dict.fromkeys(LANGS, name)


def _said(words: Sequence[tuple[str, str]]) -> Expr:
    """That a comment has one of the words."""
    parts = [Match("text", manner, word) for manner, word in words]
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _head(of_all: Sequence[Question], taken: set[str]) -> Iterator[Part]:
    """What was asked about everything at once, as numbers of the whole map."""
    for number, one in enumerate((one for one in of_all if one.title not in taken), 1):
        metric = usual_of(one.scale).name
        spec = {"metric": metric, "scale": one.scale, "where": answers_to(one.title)}
        told = {lang: say("overview.figures.nps", lang) for lang in LANGS} if metric == "nps" else _both(one.name)
        yield {"key": f"overall-{number}", "analysis": "scores", "spec": spec, "title": told}
