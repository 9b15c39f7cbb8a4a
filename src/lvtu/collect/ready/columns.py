"""Survey sheets: a row for each response, a column for each question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lvtu.collect.ready.answers import Answer
from lvtu.collect.ready.parts import plain_text
from lvtu.collect.ready.scales import Scales, as_number
from lvtu.core.sentences import Note

_OPEN = re.compile(
    r"建议|意见|原因|为什么|为何|请说明|请描述|想说|哪些地方|留言|补充|comment|\bwhy\b|suggest|feedback|improve|"
    r"tell us|anything else|reason|describe|done better|do better|went well|liked? (?:most|best|least|about)",
    re.IGNORECASE,
)
_LONG, _VARIED, _ROWS = 8, 0.5, 8
"""Characters of a usual answer, and the share of different ones, by which free text is told; answers it takes."""


@dataclass
class Column:
    """A question's column, as far as it has been looked at.

    Attributes:
        title: the question's words.
        text: whether it is answered in words, if the source tells.
        answers: how many answers were seen.
        letters: how long they are together.
        different: different ones.
    """

    title: str
    text: bool | None = None
    answers: int = 0
    letters: int = 0
    different: set[str] = field(default_factory=set)

    def see(self, value: str) -> None:
        """Take note of an answer."""
        self.answers += 1
        self.letters += len(value)
        self.different.add(value)

    def spoken(self) -> bool:
        """Whether people answer in their own words."""
        if self.text is not None:
            return self.text
        if _OPEN.search(self.title):
            return True
        varied = len(self.different) > _VARIED * self.answers
        return self.answers >= _ROWS and varied and self.letters > _LONG * self.answers


class Questions:
    """The columns of a survey sheet: learnt from the first rows, then read row by row."""

    def __init__(self, given: Mapping[str, str], key: Callable[[str], str]) -> None:
        self.columns: dict[str, Column] = {}
        self._scales = Scales(given)
        self._key = key
        self._spoken: dict[str, bool] = {}

    def enter(self, name: str, title: str, text: bool | None = None) -> None:
        """Take note of a column.

        A title that another one has, as "Why?" may be asked after every question, is told behind that of the question
        before: answers are told apart by it.
        """
        before = next(reversed(self.columns.values()), None)
        titles = {column.title for column in self.columns.values()}
        while before is not None and title in titles:
            title = f"{before.title} – {title}"
        self.columns[name] = Column(title, text)

    def learn(self, rows: Iterable[dict[str, Any]], several: str | None = None) -> Iterable[Note]:
        """Look at answers; what is to be known about their scales. Of those with a separator each part is one."""
        for row in rows:
            for name, column in self.columns.items():
                value = row.get(name)
                if value is None or str(value) == "":
                    continue
                if name not in self._spoken:
                    column.see(str(value))
                if not (several and several in str(value)):
                    self._scales.see(name, column.title, value)
        yield from self._scales.settle()
        self._spoken |= {name: column.spoken() for name, column in self.columns.items() if name not in self._spoken}

    def answers(self, row: dict[str, Any], several: str | None = None) -> Iterable[Answer]:
        """The answers of a row."""
        for name, column in self.columns.items():
            value = row.get(name)
            if value is None or str(value) == "":
                continue
            scale = self._scales.of(name)
            score = scale.score(value) if scale else None
            id = self._key(name)
            if scale and score is not None:
                yield Answer(id, column.title, score=score, scale=scale.name)
            elif self._spoken.get(name, False) and as_number(value) is None:
                yield Answer(id, column.title, text=plain_text(value))
            else:
                parts = [part for part in str(value).split(several) if part] if several else [value]
                yield Answer(id, column.title, value=parts if len(parts) > 1 else parts[0] if parts else None)
