"""Sentences as values: a code, its numbers and names. They are worded at the edge, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from errno import errorcode
from typing import Any, ClassVar, TypeAlias

from lvtu.core.words import Lang, known, say

Value: TypeAlias = "str | int | Sentence | tuple[str | Sentence, ...]"
"""What a sentence is about: a name, a number, another sentence, or several of them."""


@dataclass(frozen=True, init=False, repr=False)
class Sentence:
    """A sentence that has not been worded yet; it prints in English.

    Args:
        code: which sentence of its group in the words files.
        **values: what is filled in, by the names in the words.
    """

    group: ClassVar[str]

    code: str
    _values: tuple[tuple[str, Value], ...]

    def __init__(self, code: str, /, **values: Value) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "_values", tuple(values.items()))

    @property
    def values(self) -> dict[str, Value]:
        """The numbers and names by name."""
        return dict(self._values)

    def text(self, lang: Lang | None = None) -> str:
        """The sentence in a language (that of the environment unless given); numbers with separators."""
        return worded(f"{self.group}.{self.code}", self.values, lang)

    def to_json(self) -> dict[str, Any]:
        """``{"code": …, "text": the English sentence}`` and between them each value under its name, numbers as numbers.

        A client words it from ``code`` and the values; ``text`` is for those that know no words.

        Example:
            >>> Note("latest", shown=2, all=1200).to_json()
            {'code': 'latest', 'shown': 2, 'all': 1200, 'text': 'the latest 2 of 1,200 events'}
        """
        return {"code": self.code, **plain(self.values), "text": str(self)}

    def __str__(self) -> str:
        return self.text("en")

    def __repr__(self) -> str:
        given = "".join(f", {name}={value!r}" for name, value in self._values)
        return f"{type(self).__name__}({self.code!r}{given})"


class Note(Sentence):
    """What a reader of an answer must know to read it rightly.

    Example:
        >>> note = Note("unfinished_customers", customers=1200)
        >>> print(note, note.text("zh"), sep="\\n")
        1,200 customers had not finished when the data end, but still had time to
        截至最后一个事件，1,200 位客户尚未走完，但仍在时限之内
    """

    group = "notes"


class Reason(Sentence):
    """Why a row was rejected.

    Example:
        >>> Reason("number", value="ten").text("zh")
        '“ten”不是数字'
    """

    group = "reasons"

    @classmethod
    def kept(cls, sentence: str, code: str = "", values: Mapping[str, str] | None = None) -> Reason:
        """A reason as the quarantine keeps it; one without a code, or with one unknown here, is its sentence.

        Example:
            >>> Reason.kept("no time", "missing", {"field": "time"}).text("zh"), Reason.kept("too odd").text("zh")
            ('缺少 time', 'too odd')
        """
        if known(f"{cls.group}.{code}") is None:
            return Reason("other", sentence=sentence)
        return Reason(code, **(values or {}))

    def stored(self) -> dict[str, Any]:
        """The columns that keep it: the English sentence, the code, and the values as texts."""
        return {"reason": str(self), "reason_code": self.code, "reason_values": {n: str(v) for n, v in self._values}}


class Hint(Sentence):
    """What to do about a mistake, where the mistake alone does not say it.

    Example:
        >>> Hint("near_events", near="Cart Viewed", events=1).text("en")
        "did you mean 'Cart Viewed' (1 event)?"
    """

    group = "hints"


class Term(Sentence):
    """What something is called inside another sentence: a kind of name, a kind of value, a place in a condition."""

    group = "terms"


class Cause(Sentence):
    """What another library, or the system, found wrong.

    Example:
        >>> Cause.of("ENOENT", "no such thing", {}).text("zh"), Cause.of("E1", "it is odd", {}).text("zh")
        ('没有这个文件或文件夹', 'it is odd')
    """

    group = "causes"

    @classmethod
    def of(cls, code: str, sentence: str, values: Mapping[str, object]) -> Cause:
        """A cause by the code it has where it was found; one unknown here is its sentence."""
        if known(f"{cls.group}.{code}") is None:
            return cls("other", sentence=sentence)
        told: dict[str, Value] = {name: str(value) for name, value in values.items()}
        *some, last = re.split(r", | or ", str(values.get("expected", "")))
        return cls(code, **told | ({"expected": Term("either", some=tuple(some), last=last)} if some else {}))

    @classmethod
    def of_system(cls, error: OSError) -> Cause:
        """What the system found wrong."""
        return cls.of(errorcode.get(error.errno or 0, ""), error.strerror or str(error), {})


def tallied(reasons: Mapping[Reason, int]) -> list[dict[str, Any]]:
    """How many rows were rejected for each reason, as JSON."""
    return [{**reason.to_json(), "rows": rows} for reason, rows in reasons.items()]


def gathered(reasons: Mapping[Reason, int]) -> list[tuple[Reason, int, int]]:
    """Reasons that differ in the refused value only, as one: the first of them, its rows, how many values there are.

    A column of the wrong kind has a reason of its own for each value; a person wants to read it once.

    Example:
        >>> ten, six = Reason("number", value="ten"), Reason("number", value="six")
        >>> gathered({ten: 2, Reason("nobody"): 4, six: 3})
        [(Reason('number', value='ten'), 5, 2), (Reason('nobody'), 4, 1)]
    """
    groups: dict[Reason, list[tuple[Reason, int]]] = {}
    for reason, rows in reasons.items():
        kind = Reason(reason.code, **{name: value for name, value in reason.values.items() if name != "value"})
        groups.setdefault(kind, []).append((reason, rows))
    found = [(group[0][0], sum(rows for _, rows in group), len(group)) for group in groups.values()]
    return sorted(found, key=lambda one: -one[1])


def refusals(reasons: Mapping[Reason, int], most: int, lang: Lang | None = None) -> list[str]:
    """A line for each kind of reason, the most frequent first; the last says how many more kinds there are."""
    kinds = gathered(reasons)
    lines = [
        say("ingest.reason" if values == 1 else "ingest.reasons", lang,
            rows=rows, reason=reason.text(lang), values=values)
        for reason, rows, values in kinds[:most]
    ]  # fmt: skip
    return lines + ([say("ingest.more", lang, reasons=len(kinds) - most)] if len(kinds) > most else [])


def worded(key: str, values: Mapping[str, Value], lang: Lang | None) -> str:
    """The text under a key of the words, with values in the same language."""
    return say(key, lang, **{name: _shown(value, lang) for name, value in values.items()})


def plain(values: Mapping[str, Value]) -> dict[str, Any]:
    """Values as JSON has them."""
    return {name: _plain(value) for name, value in values.items()}


def _shown(value: Value, lang: Lang | None) -> str | int:
    if isinstance(value, tuple):
        return say("values.and", lang).join(str(_shown(one, lang)) for one in value)
    return value.text(lang) if isinstance(value, Sentence) else value


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.to_json() if isinstance(value, Sentence) else value
