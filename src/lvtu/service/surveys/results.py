"""What was answered to a survey, question by question, counted from the events of its responses."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import numpy as np
from pydantic import BaseModel

from lvtu.analyses.intervals import wilson
from lvtu.analyses.kano.formulas import kano
from lvtu.analyses.kano.result import WORDS
from lvtu.analyses.maxdiff.formulas import Counts, preference
from lvtu.analyses.means import Scores
from lvtu.analyses.scores.measures import Measure, Name
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.surveys import KeptSurvey
from lvtu.core.words import Lang, say
from lvtu.service.surveys.schemas import Tally
from lvtu.service.surveys.service import tally
from lvtu.voice.surveys import Survey
from lvtu.voice.surveys import questions as q
from lvtu.voice.surveys.answers import OTHER
from lvtu.voice.surveys.definition import UNCHECKED, as_json
from lvtu.voice.surveys.parts import in_language
from lvtu.workspace import Workspace

_MEASURES: dict[str, Name] = {"nps": "nps", "csat": "csat", "ces": "ces", "emoji": "emotion"}
"""The measure of each kind of question; of all others it is the mean."""


class AnswerShare(BaseModel):
    """How often something was answered.

    Attributes:
        value: the answer, as it stands in the events.
        title: as people read it.
        responses: how many gave it.
        share, low, high: of those who answered, with the 95 % interval (Wilson); null of none.
    """

    value: str
    title: str
    responses: int
    share: float | None
    low: float | None
    high: float | None


class AnswerFigure(BaseModel):
    """What scores come to.

    Attributes:
        measure: ``nps``, ``csat``, ``ces``, ``emotion``, ``mean``; ``best_worst`` of MaxDiff, −1 to 1.
        scale: on which they are.
        value, low, high: the figure with its 95 % interval; null of none.
        n: how many there are.
    """

    measure: str
    scale: str | None
    value: float | None
    low: float | None
    high: float | None
    n: int


class AnswerPart(BaseModel):
    """A question, or a part of one that is answered by itself: a row, a side of a statement, an option of MaxDiff.

    Attributes:
        key: of the part; empty where the question has none.
        title: as people read it.
        answered: how many answered it.
        figure: what scores and numbers come to; null where there are none.
        answers: how often each was given; of MaxDiff how often it was the ``best`` and the ``worst`` of the sets that
            it was shown in, without an interval, for one respondent chooses several times.
    """

    key: str
    title: str
    answered: int
    figure: AnswerFigure | None
    answers: list[AnswerShare]


class QuestionResult(BaseModel):
    """What was answered to a question.

    Attributes:
        key, kind, title: of the question.
        answered: how many responses answered it.
        texts: how many of them in words; the inbox has them.
        parts: what was answered; none where all are texts.
    """

    key: str
    kind: str
    title: str
    answered: int
    texts: int
    parts: list[AnswerPart]


class QuotaOf(BaseModel):
    """How full a quota is.

    Attributes:
        key: of the quota.
        when: for which responses; for all where null.
        complete: how many complete responses count for it,
        most: of so many.
    """

    key: str
    when: str | None
    complete: int
    most: int


class SurveyResults(BaseModel):
    """What was answered to a survey.

    Attributes:
        responses: how many there are; of all times.
        first, last: when the first and the last of the answers counted here came.
        quotas: of the version that is asked, how full they are.
        questions: in the order of the newest version; those of older ones at the end.
    """

    responses: Tally
    first: datetime | None
    last: datetime | None
    quotas: list[QuotaOf]
    questions: list[QuestionResult]


_QUERY = """
select json_extract_string(properties, '$.question') as question,
  json_extract_string(properties, '$.response') as response, score, scale, weight, text is not null as said,
  coalesce(json_extract_string(properties, '$.row'), json_extract_string(properties, '$.item')) as part,
  json_extract_string(properties, '$.side') as side, json_extract(properties, '$.answer')::varchar as answer,
  json_extract_string(properties, '$.functional') as functional,
  json_extract_string(properties, '$.dysfunctional') as dysfunctional,
  json_extract_string(properties, '$.best') as best, json_extract_string(properties, '$.worst') as worst,
  json_extract(properties, '$.shown')::varchar as shown,
  json_extract(properties, '$.context.consent.categoryPreferences')::varchar as consent, time
from events where source = 'survey:{key}' and {when}
  and json_extract_string(properties, '$.question') is not null
"""

_Row = Mapping[str, Any]


def results(
    ws: Workspace, catalog: Catalog, kept: KeptSurvey, since: datetime | None, until: datetime | None, lang: Lang
) -> SurveyResults:
    """What was answered to a survey of a workspace, within a span of time."""
    when = " and ".join([
        *([f"time >= timestamptz '{since.isoformat()}'"] if since else []),
        *([f"time < timestamptz '{until.isoformat()}'"] if until else []),
        "true",
    ])  # fmt: skip
    rows = ws.sql(_QUERY.format(key=kept.key, when=when)).to_pylist()
    by_question: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_question[row["question"]].append(row)
    told: list[QuestionResult] = []
    versions = [
        Survey.model_validate_json(as_json(one.definition), context=UNCHECKED)
        for one in catalog.surveys.versions(kept.id)
    ]
    for survey in versions:
        told += [_told(one, by_question.pop(one.key, []), lang) for one in survey.questions() if _new(one.key, told)]
    times = [row["time"] for row in rows]
    full = catalog.responses.quotas(kept.id)
    quotas = [
        QuotaOf(key=one.key, when=one.when, complete=full.get(one.key, 0), most=one.most)
        for one in (versions[0].quotas if versions else ())
    ]
    counts = catalog.responses.counts(kept.workspace_id).get(kept.id, {})
    return SurveyResults(
        responses=tally(counts), first=min(times, default=None), last=max(times, default=None), quotas=quotas,
        questions=told,
    )  # fmt: skip


def _new(key: str, told: Iterable[QuestionResult]) -> bool:
    return all(one.key != key for one in told)


def _told(question: q.Question, rows: list[_Row], lang: Lang) -> QuestionResult:
    if isinstance(question, q.MaxDiff):
        return QuestionResult(
            key=question.key, kind=question.kind, title=in_language(question.title, lang),
            answered=len({row["response"] for row in rows}), texts=0, parts=_compared(question, rows, lang),
        )  # fmt: skip
    parts: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        parts[row["part"] or "", row["side"] or ""].append(row)
    names = _parts_of(question, lang)
    return QuestionResult(
        key=question.key, kind=question.kind, title=in_language(question.title, lang),
        answered=len({row["response"] for row in rows}), texts=sum(row["said"] for row in rows),
        parts=[] if isinstance(question, q.Comment | q.File) else [
            _part(question, key, names.get(key, ".".join(filter(None, key))), parts.get(key, []), lang)
            for key in [*names, *(one for one in parts if one not in names)]
        ],
    )  # fmt: skip


def _parts_of(question: q.Question, lang: Lang) -> dict[tuple[str, str], str]:
    """What is answered by itself, and what people read there."""
    match question:
        case q.Matrix():
            return {(row.key, ""): in_language(row.text, lang) for row in question.rows}
        case q.Servqual():
            return {
                (item.key, side): f"{in_language(item.text, lang)} ({say(f'survey_sides.{side}', lang)})"
                for item in question.items
                for side in question.sides
            }
        case _:
            return {("", ""): in_language(question.title, lang)}


def _part(question: q.Question, key: tuple[str, str], title: str, rows: list[_Row], lang: Lang) -> AnswerPart:
    given = [_answers(question, row) for row in rows]
    counted = Counter(one for several in given for one in several)
    answered = len({row["response"] for row in rows})
    titles = _titles(question, lang)
    order = [*titles, *(one for one in sorted(counted) if one not in titles)]
    shares = [] if isinstance(question, q.Number | q.Date) else [
        _share(one, titles.get(one, one), counted[one], answered) for one in order
    ]  # fmt: skip
    return AnswerPart(
        key=".".join(filter(None, key)), title=title, answered=answered, figure=_figure(question, rows), answers=shares
    )


def _compared(question: q.MaxDiff, rows: list[_Row], lang: Lang) -> list[AnswerPart]:
    """The options, the best first: each with its score, and how often it was the best and the worst."""
    names = {one.key: in_language(one.text, lang) for one in question.options}
    ends = {
        "best": in_language(question.best, lang) if question.best else say("survey_form.best", lang),
        "worst": in_language(question.worst, lang) if question.worst else say("survey_form.worst", lang),
    }
    chosen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        for key in json.loads(row["shown"] or "[]"):
            chosen[str(key), row["response"]].update(["shown", *(end for end in ends if row[end] == key)])
    counts: dict[str, Counts] = dict.fromkeys(names, Counts())
    for (key, _), one in chosen.items():
        before = counts.get(key, Counts())
        counts[key] = before.with_respondent(one["shown"], one["best"], one["worst"])
    parts = [_preferred(key, names.get(key, key), one, ends) for key, one in counts.items()]
    return sorted(parts, key=lambda part: -2.0 if part.figure is None else -(part.figure.value or 0.0))


def _preferred(key: str, title: str, counts: Counts, ends: Mapping[str, str]) -> AnswerPart:
    found = preference(counts)
    figure = found and AnswerFigure(
        measure="best_worst", scale=None, value=found.score, low=found.low, high=found.high, n=counts.respondents
    )
    shares = [
        AnswerShare(
            value=end, title=said, responses=times, share=times / counts.shown if counts.shown else None,
            low=None, high=None,
        )
        for (end, said), times in zip(ends.items(), (counts.best, counts.worst), strict=True)
    ]  # fmt: skip
    return AnswerPart(key=key, title=title, answered=counts.respondents, figure=figure, answers=shares)


def _share(value: str, title: str, responses: int, answered: int) -> AnswerShare:
    low, high = wilson(responses, answered) or (None, None)
    share = responses / answered if answered else None
    return AnswerShare(value=value, title=title, responses=responses, share=share, low=low, high=high)


def _answers(question: q.Question, row: _Row) -> list[str]:
    """What one event answers, as values that are counted."""
    if row["score"] is not None:
        return [f"{row['score']:g}"]
    if isinstance(question, q.Kano):
        return [kano(row["functional"], row["dysfunctional"])] if row["functional"] and row["dysfunctional"] else []
    if isinstance(question, q.Consent):
        said = json.loads(row["consent"] or "{}").get(question.category)
        return [] if said is None else [str(said).lower()]
    answer = json.loads(row["answer"]) if row["answer"] else None
    if isinstance(question, q.Ranking):
        return [] if not answer else [str(answer[0])]
    several = answer if isinstance(answer, list) else [answer]
    return [str(one) for one in several if one is not None]


def _titles(question: q.Question, lang: Lang) -> dict[str, str]:
    """What may be answered, in its order, and what people read there."""
    match question:
        case q.Emoji():
            return {str(face): say(f"survey_form.face_{face + 2}", lang) for face in range(-2, 3)}
        case q.Nps() | q.Csat() | q.Ces() | q.Rating() | q.Servqual():
            return _numbers(question.ends)
        case q.Matrix(columns=columns) if columns is not None:
            return {one.key: in_language(one.text, lang) for one in columns}
        case q.Matrix():
            return _numbers(question.ends)
        case q.Single() | q.Multi():
            listed = {one.key: in_language(one.text, lang) for one in question.options}
            return listed | ({OTHER: say("survey_answers.other", lang)} if question.other else {})
        case q.Ranking():
            return {one.key: in_language(one.text, lang) for one in question.options}
        case q.Kano():
            return {letter: say(f"values.kano_{word}", lang) for letter, word in WORDS.items()}
        case q.Consent():
            return {one: say(f"survey_answers.{one}", lang) for one in ("true", "false")}
        case _:
            return {}


def _numbers(ends: tuple[int, int]) -> dict[str, str]:
    return {str(one): str(one) for one in range(ends[0], ends[1] + 1)}


def _figure(question: q.Question, rows: list[_Row]) -> AnswerFigure | None:
    if isinstance(question, q.Number):
        pairs = [(json.loads(row["answer"]), row["weight"]) for row in rows if row["answer"]]
    else:
        pairs = [(row["score"], row["weight"]) for row in rows if row["score"] is not None]
        if getattr(question, "scale", None) is None:
            return None
    scale = getattr(question, "scale", None)
    scores = Scores()
    if pairs:
        values, weights = (np.array([one[at] if one[at] is not None else np.nan for one in pairs]) for at in (0, 1))
        scores.add(values.astype(float), weights.astype(float))
    name = _MEASURES.get(question.kind, "mean")
    found = Measure(name, scale).told(scores)
    return AnswerFigure(measure=name, scale=scale, value=found.value, low=found.low, high=found.high, n=len(pairs))
