"""What to say about a condition that cannot be read: the place, what was expected there, a hint."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from lvtu.core.expr.hints import hint_for
from lvtu.errors import BadExpression

_SHOWN = 90
_VALUE = {"STRING", "NUMBER", "TRUE", "FALSE"}
_MATCHING = {"IN", "BETWEEN", "LIKE", "CONTAINS", "STARTS", "ENDS"}
_GROUPS = (
    ({"NAME", "NOT", "_OPEN"}, "a condition such as plan = 'pro'"),
    (_VALUE, "a value ('text', a number, true or false)"),
    (
        _MATCHING | {"OPERATOR", "IS", "NOT"},
        "a comparison (=, !=, <, >, in, between, like, contains, is null, …)",
    ),
    (_MATCHING, "`in`, `between`, `like`, `contains`, `starts with` or `ends with`"),
)
_WORDS = {
    "NAME": "a name",
    "STRING": "a text in single quotes",
    "NUMBER": "a number",
    "OPERATOR": "a comparison",
    "_OPEN": "(",
    "_CLOSE": ")",
    "_COMMA": "a comma",
    "$END": "the end",
}


class Unreadable(BadExpression):
    """A condition with a mistake at a known place.

    Args:
        what: one sentence.
        text: the whole condition.
        start: where the mistake begins, in characters.
        end: where it ends.
        known: what could stand there.
        try_: what to do.
    """

    def __init__(
        self, what: str, text: str, start: int, end: int, *, known: Collection[str] = (), try_: str = ""
    ) -> None:
        self.text, self.start, self.end = text, start, max(end, start + 1)
        super().__init__(what, known=known, try_=try_)

    def __str__(self) -> str:
        """The sentence, the line with a caret under the place, the hint."""
        first = self.text.rfind("\n", 0, self.start) + 1
        left = max(first, self.start - _SHOWN // 2)
        before, after = self.text[left : self.start], self.text[self.start :].split("\n", 1)[0]
        before, after = ("…" if left > first else "") + before, _cut(after, _SHOWN)
        marked = after[: self.end - self.start] or " "
        lines = [
            self.what,
            f"    {before}{after}".rstrip(),
            "    " + " " * _width(before) + "^" * _width(marked),
        ]
        return "\n".join([*lines, self.try_] if self.try_ else lines)

    def problem(self) -> dict[str, object]:
        """The error for ``problem+json``, with the text and the place."""
        return super().problem() | {"text": self.text, "start": self.start, "end": self.end}


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
    words = expectations(expected)
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    found = "the end" if kind == "$END" else text[start:end]
    hint = hint_for(text, start, found, kind, before, frozenset(expected))
    return Unreadable(f"expected {listed}; found {_cut(found, 40)}", text, start, end, known=words, try_=hint)


def expectations(terminals: Collection[str]) -> list[str]:
    """Terminals in words, groups first.

    Example:
        >>> expectations(["NUMBER", "STRING", "TRUE", "FALSE"]), expectations(["AND", "$END"])
        (["a value ('text', a number, true or false)"], ['`and`', 'the end'])
    """
    left, words = set(terminals), []
    for group, word in _GROUPS:
        if group <= left:
            left -= group
            words.append(word)
    order = sorted(left, key=lambda terminal: (terminal == "$END", terminal))
    return words + [_WORDS.get(terminal, f"`{terminal.lower()}`") for terminal in order]
