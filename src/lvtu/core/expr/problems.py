"""What to say about a condition that cannot be read: the place, what was expected there, a hint."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from lvtu.core.expr.hints import hint_for
from lvtu.core.sentences import Hint, Sentence, Term, Value
from lvtu.core.words import Lang
from lvtu.errors import BadExpression, LvtuError

_SHOWN = 90
_VALUE = {"STRING", "NUMBER", "TRUE", "FALSE"}
_MATCHING = {"IN", "BETWEEN", "LIKE", "CONTAINS", "STARTS", "ENDS"}
_EVENTS = {"_OPEN", "_LSQB", "_OUTSIDE", "ANY", "STAR"}
_ON = {"THEN", "_ARROW", "_BAR", "_FINISH", "_LSQB", "STAR", "PLUS", "MAYBE", "REPEAT"}
_GROUPS: tuple[tuple[set[str], set[str], Term], ...] = (
    ({"NAME", "NOT", "_OPEN", "DID"}, {"STRING", "_SEGMENT", "_BEGIN", *_EVENTS}, Term("a_condition")),
    (_VALUE, set(), Term("a_value")),
    ({"NAME", "STRING"}, _EVENTS, Term("an_event")),
    (_MATCHING | {"OPERATOR", "IS", "NOT"}, {"OR", *_ON}, Term("any_comparison")),
    (_MATCHING, set(), Term("a_match")),
    ({"_ARROW"}, _ON - {"THEN"}, Term("more_of_a_path")),
)
"""Terminals that are called by one name: those that must be among the expected, others that may be, the name."""

_END = Term("the_end")
_TERMS: dict[str, str | Term] = {
    "NAME": Term("a_name"),
    "STRING": Term("a_text"),
    "NUMBER": Term("a_number"),
    "OPERATOR": Term("a_comparison"),
    "_OPEN": "(",
    "_CLOSE": ")",
    "_COMMA": Term("a_comma"),
    "_LSQB": "[",
    "_RSQB": "]",
    "$END": _END,
}


class Unreadable(BadExpression):
    """A condition with a mistake at a known place.

    Args:
        code: which mistake.
        condition: the whole condition.
        start: where the mistake begins, in characters.
        end: where it ends.
        known: what could stand there.
        try_: what to do, where it is not ``errors.CODE.try``.
        **values: what the words of the mistake name.
    """

    def __init__(
        self, code: str, condition: str, start: int, end: int, /, *,
        known: Collection[str | Sentence] = (), try_: Hint | str = "", **values: Value,
    ) -> None:  # fmt: skip
        self.condition, self.start, self.end = condition, start, max(end, start + 1)
        super().__init__(code, known=known, try_=try_, **values)

    @classmethod
    def at(cls, error: LvtuError, condition: str, start: int, end: int) -> Unreadable:
        """The same mistake with its place in the condition."""
        return cls(error.args[0], condition, start, end, known=error.known, try_=error.hint, **error.values)

    def text(self, lang: Lang | None = None) -> str:
        """The sentence, the line with a caret under the place, the hint."""
        first = self.condition.rfind("\n", 0, self.start) + 1
        left = max(first, self.start - _SHOWN // 2)
        before, after = self.condition[left : self.start], self.condition[self.start :].split("\n", 1)[0]
        before, after = ("…" if left > first else "") + before, _cut(after, _SHOWN)
        marked = after[: self.end - self.start] or " "
        lines = [
            self.what(lang),
            f"    {before}{after}".rstrip(),
            "    " + " " * _width(before) + "^" * _width(marked),
        ]
        hint = self.try_(lang)
        return "\n".join([*lines, hint] if hint else lines)

    def problem(self) -> dict[str, object]:
        """The error for ``problem+json``, with the condition and the place in it."""
        return super().problem() | {"condition": self.condition, "start": self.start, "end": self.end}


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def unexpected(text: str, start: int, end: int, kind: str, before: str, expected: Collection[str]) -> Unreadable:
    """The error for a token that does not fit.

    Args:
        text: the condition.
        start: where the token begins.
        end: where it ends.
        kind: the token's terminal; empty for a character that begins no token.
        before: the terminal before it.
        expected: the terminals that would fit.
    """
    terms = expectations(expected)
    token = text[start:end]
    found = _END if kind == "$END" else _cut(token, 40)
    hint = hint_for(text, start, token, kind, before, frozenset(expected))
    if len(terms) == 1:
        return Unreadable("expected", text, start, end, known=terms, try_=hint, expected=terms[0], found=found)
    some, last = tuple(terms[:-1]), terms[-1]
    return Unreadable(
        "expected_one_of", text, start, end, known=terms, try_=hint, expected=some, last=last, found=found
    )


def expectations(terminals: Collection[str]) -> list[str | Term]:
    """What terminals are called, groups first.

    Example:
        >>> [str(term) for term in expectations(["NUMBER", "STRING", "TRUE", "FALSE", "AND", "$END"])]
        ["a value ('text', a number, true or false)", '`and`', 'the end']
    """
    left = set(terminals)
    terms: list[str | Term] = []
    for group, others, term in _GROUPS:
        if group <= left:
            left -= group | others
            terms.append(term)
    order = sorted(left, key=lambda terminal: (terminal == "$END", terminal))
    return terms + [_TERMS.get(terminal, f"`{terminal.lower()}`") for terminal in order]
