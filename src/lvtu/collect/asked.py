"""What a survey's export asks, seen from the records that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec
import pyarrow as pa

EXAMPLES = 3
"""Answers of a question that are shown."""

_OWN = frozenset(("question", "response_id", "seconds", "total_score", "origin", "place", "status"))
"""Properties of a response that nobody chose."""


@dataclass(frozen=True)
class AskedIn:
    """A question of a survey.

    Attributes:
        question: its words.
        kind: whether it is ``rated``, answered in words (``said``), or ``chosen`` among answers, which all events
            of the response then carry as a property.
        scale: what it is rated on.
        answers: how many there are.
        examples: some of them, each once.
    """

    question: str
    kind: Literal["rated", "said", "chosen"]
    scale: str | None
    answers: int
    examples: tuple[str, ...]


def asked_in(records: pa.Table) -> tuple[tuple[AskedIn, ...], int]:
    """The questions that records answer, and of how many responses they are; none where it is no survey's export.

    Those that are rated and answered in words stand in the survey's order, those that are chosen behind them.

    Args:
        records: of a ready reader (`lvtu.collect.ready.answers.rows_of`), as `lvtu.core.record.RECORD`.
    """
    told: dict[tuple[str, str | None], tuple[list[int], list[str]]] = {}
    chosen: dict[str, tuple[set[str], list[str]]] = {}
    responses: set[str] = set()
    for row in records.select(["properties", "score", "scale", "text", "sequence"]).to_pylist():
        about = msgspec.json.decode(row["properties"]) if row["properties"] else {}
        response = about.get("response_id")
        if response is None:
            continue
        responses.add(response)
        if "question" in about:
            rated = row["score"] is not None
            places, answers = told.setdefault((about["question"], (row["scale"] or "") if rated else None), ([], []))
            places.append(row["sequence"] or 0)
            answers.append(f"{row['score']:g}" if rated else row["text"] or "")
        for name, value in about.items():
            if name not in _OWN:
                of, values = chosen.setdefault(name, (set(), []))
                of.add(response)
                values.extend(map(str, value) if isinstance(value, list) else [str(value)])
    order = sorted(told.items(), key=lambda one: sum(one[1][0]) / len(one[1][0]))
    asked = [
        AskedIn(question, "said" if scale is None else "rated", scale or None, len(places), _some(answers))
        for (question, scale), (places, answers) in order
    ]
    asked += [AskedIn(name, "chosen", None, len(of), _some(values)) for name, (of, values) in chosen.items()]
    return tuple(asked), len(responses)


def _some(answers: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answers))[:EXAMPLES]
