"""Reading a condition: tokens as the parser's state allows them, shift and reduce by the tables."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from lvtu.core.expr.automata import MOST_CELLS, automaton_of
from lvtu.core.expr.builder import BUILD
from lvtu.core.expr.customers import Path
from lvtu.core.expr.nodes import Expr, Leaf
from lvtu.core.expr.problems import Unreadable, unexpected
from lvtu.core.expr.tables import END, Rule, tables
from lvtu.core.expr.tokens import Token
from lvtu.errors import BadExpression, BadInput

_DEEPEST = 300

LONGEST = 1_000_000
"""Characters of a condition at most: a list of a hundred thousand customers, say."""

MOST_COMPARISONS = 10_000
"""Comparisons in one condition at most, where a list is one: they take a second."""


MOST_FIELDS = 100
"""Fields and properties of one condition at most: each is looked up in every event."""


class _Item(NamedTuple):
    """One symbol on the stack: the state after it, what it stands for, and its place in the text."""

    state: int
    value: object
    start: int
    end: int


def parse(text: str) -> Expr:
    """The condition that a text says.

    Raises:
        BadExpression: the text is no condition; the message shows the place, what was expected and a hint. Or it is
            longer than `LONGEST`, makes more than `MOST_COMPARISONS`, names more than `MOST_FIELDS` fields, or its
            paths need too large tables, one by one or all together.

    Example:
        >>> print(parse("channel in ('web', “门店”) AND not value<=1e2"))
        channel in ('web', '门店') and not value <= 100
    """
    if len(text) > LONGEST:
        raise BadExpression("condition_too_long", most=LONGEST)
    return _read(text)


@lru_cache(1024)
def _read(text: str) -> Expr:
    """Kept, for a question reads its conditions in every block that it is asked of; what is read never changes."""
    return _Reader(text).read()


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str) -> None:
        self.text, self.tables = text, tables()
        self.stack = [_Item(0, None, 0, 0)]
        self.before = ""
        self.cells, self.fields, self.comparisons = 0, set[str](), 0

    def read(self) -> Expr:
        if not self.text.strip():
            raise Unreadable("empty_condition", self.text, 0, 0)
        at = 0
        while True:
            kind, start, at = self._token(at)
            step = self._settle(kind, start, at)
            if kind == END:
                break
            self.stack.append(_Item(step, Token(kind, self.text[start:at]), start, at))
            self.before = kind
            if len(self.stack) > _DEEPEST:
                raise Unreadable("too_deep", self.text, start, at)
        result = self.stack[-1].value
        assert isinstance(result, Expr)
        return result

    def _token(self, at: int) -> tuple[str, int, int]:
        """The next token: its terminal and place. A word is a keyword where the state takes it as one."""
        found = self.tables.token.match(self.text, at)
        while found and found.lastgroup == "SPACE":
            found = self.tables.token.match(self.text, at := found.end())
        if at == len(self.text):
            return END, at, at
        if not found:
            return "", at, at + 1
        kind = str(found.lastgroup)
        word = self.tables.keywords.get(found[0].lower()) if kind == "NAME" else None
        accepted = self.tables.states[self.stack[-1].state]
        return str(word) if word in accepted else kind, *found.span()

    def _settle(self, kind: str, start: int, end: int) -> int:
        """Reduce what the token completes; the state to go to, or the final one at the end of the text."""
        if not self._fits(kind):
            raise unexpected(self.text, start, end, kind, self.before, self._expected())
        while (step := self.tables.states[self.stack[-1].state].get(kind, self.tables.final)) < 0:
            self._reduce(self.tables.rules[-1 - step])
        return step

    def _reduce(self, rule: Rule) -> None:
        taken = self.stack[-rule.size :]
        del self.stack[-rule.size :]
        start, end = taken[0].start, taken[-1].end
        value = self._build(rule, [taken[place].value for place in rule.kept], start, end)
        state = self.tables.states[self.stack[-1].state][rule.origin]
        self.stack.append(_Item(state, value, start, end))

    def _build(self, rule: Rule, children: list[object], start: int, end: int) -> object:
        if rule.inline:
            return _grown(children)
        flat = [item for child in children for item in (child if isinstance(child, _Growing) else [child])]
        if rule.action is None:
            return flat[0]
        try:
            built = BUILD[rule.action](*flat)
            if isinstance(built, Path | Leaf):
                self._afford(built)
            return built
        except BadInput as error:
            raise Unreadable.at(error, self.text, start, end) from None

    def _afford(self, part: Path | Leaf) -> None:
        """Count what a part takes: each may be small enough, and fifty of them too many."""
        if isinstance(part, Path):
            self.cells += automaton_of(part).cells
        else:
            self.fields |= part.names
            self.comparisons += 1
        if self.cells > MOST_CELLS:
            raise BadExpression("paths_too_large")
        if len(self.fields) > MOST_FIELDS:
            raise BadExpression("too_many_fields", most=MOST_FIELDS)
        if self.comparisons > MOST_COMPARISONS:
            raise BadExpression("too_many_comparisons", most=MOST_COMPARISONS)

    def _expected(self) -> list[str]:
        """The terminals that would really fit here: a reduction may lead to a state that refuses them."""
        here = self.tables.states[self.stack[-1].state]
        return [kind for kind in here if (kind.isupper() or kind == END) and self._fits(kind)]

    def _fits(self, kind: str) -> bool:
        """Whether the token can follow; tried on states alone, so that an error finds the stack as it was."""
        states = [item.state for item in self.stack]
        while (step := self.tables.states[states[-1]].get(kind)) is not None and step < 0:
            rule = self.tables.rules[-1 - step]
            del states[-rule.size :]
            states.append(self.tables.states[states[-1]][rule.origin])
        return step is not None or (kind == END and states[-1] == self.tables.final)


class _Growing(list[object]):
    """The items of a repetition, until the rule around it takes them."""


def _grown(children: list[object]) -> _Growing:
    """The same list, longer: copying it for each item would make long lists slow."""
    first, *rest = children
    if isinstance(first, _Growing):
        first.extend(rest)
        return first
    return _Growing(children)
