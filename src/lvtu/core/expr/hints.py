"""What a slip in a condition probably meant: other languages' spellings, missing quotes, open brackets."""

from __future__ import annotations

import re

from lvtu.core.expr.nodes import RESERVED
from lvtu.core.sentences import Hint

_ROUND = Hint("round_brackets")
_CHARACTERS: tuple[tuple[str, Hint], ...] = (
    (r"&", Hint("write_and")),
    (r"\|", Hint("write_or")),
    (r"[!！]", Hint("write_not")),
    (r"~", Hint("write_like")),
    (r"['‘“]", Hint("open_text")),
    (r'"', Hint("open_name")),
    (r"[’”]", Hint("no_open_quote")),
    (r"`", Hint("which_quotes")),
    (r"[\[{【]", _ROUND),
    (r"[;；]", Hint("no_semicolon")),
    (r"%", Hint("quoted_pattern")),
)
_SEVERAL = re.compile(r"\bdid\b[^()]*\bor\s+[^\s()]+\s*$", re.IGNORECASE)
"""What stands before the slip in ``did A or B``."""

_MISSING = ("null", "none", "nil")
_LITERALS = ("STRING", "NUMBER", "TRUE", "FALSE")


def hint_for(text: str, start: int, found: str, kind: str, before: str, expected: frozenset[str]) -> Hint | str:
    """What to do about a token that does not fit; empty when there is nothing helpful to say.

    Args:
        text: the condition.
        start: where the token begins.
        found: the token.
        kind: its terminal; empty for a character that begins no token.
        before: the terminal before it.
        expected: the terminals that would fit.
    """
    if kind == "":
        return _by_character(found)
    if "OPERATOR" in expected and _SEVERAL.search(text[:start]):
        return Hint("several_events")
    if before == "NUMBER" and expected == {"NAME"}:
        return Hint("number_and_unit")
    if kind == "$END":
        return _at_end(before, expected)
    if "STRING" in expected and "NAME" not in expected:
        return _instead_of_value(found, kind, before) or _by_character(found)
    if kind == "NAME" and before == "STRING" and text[start - 1] in "'‘“":
        return Hint("quote_twice")
    if kind == "NAME" and before == "NAME":
        return _two_names(text[:start].split()[-1], found)
    if kind == "OPERATOR" and "AND" in expected:
        return Hint("compare_once")
    if kind == "OPERATOR" and before == "STRING":
        return Hint("name_first")
    if kind in _LITERALS and "NAME" in expected:
        return Hint("name_first")
    return _by_neighbour(kind, before, expected) or (_by_character(found) if kind == "_BAR" else "")


def _by_character(found: str) -> Hint | str:
    return next((hint for slip, hint in _CHARACTERS if re.match(slip, found)), "")


def _at_end(before: str, expected: frozenset[str]) -> Hint | str:
    if "OPERATOR" in expected or ("STRING" in expected and "NAME" not in expected):
        return Hint("compare_with")
    return Hint("open_bracket") if "_CLOSE" in expected else ""


def _instead_of_value(found: str, kind: str, before: str) -> Hint | str:
    if before in ("SINCE", "UNTIL"):
        return Hint("quote_time", word=before.lower())
    if kind == "OPERATOR":
        return Hint("one_comparison")
    if found.lower() in _MISSING:
        return Hint("is_null")
    if found.startswith('"'):
        return Hint("single_not_double", content=found[1:-1])
    return Hint("single_quotes", content=found) if kind in ("NAME", "NUMBER", "TRUE", "FALSE") else ""


def _two_names(first: str, second: str) -> Hint | str:
    if first.lower() in ("and", "or"):
        return Hint("missing_before", word=first)
    if first.lower() in RESERVED or '"' in first + second:
        return ""
    return Hint("double_quotes", name=f"{first} {second}")


def _by_neighbour(kind: str, before: str, expected: frozenset[str]) -> Hint | str:
    if before == "IS":
        return Hint("is_with_null")
    if before == "NOT" and "IN" in expected:
        return Hint("not_before")
    if before in ("STARTS", "ENDS"):
        return Hint("write_with", word=before.lower())
    if before == "IN":
        return _ROUND
    if kind == "_OPEN" and before == "NAME":
        return Hint("no_functions")
    if kind == "_CLOSE" and "AND" in expected:
        return Hint("no_open_bracket")
    return ""
