"""What a slip in a condition probably meant: other languages' spellings, missing quotes, open brackets."""

from __future__ import annotations

import re

from lvtu.core.expr.nodes import RESERVED

_OPEN_TEXT = "the text that starts here has no closing quote; a quote inside a text is written twice"
_CHARACTERS: tuple[tuple[str, str], ...] = (
    (r"&", "write `and`"),
    (r"\|", "write `or`"),
    (r"[!！]", "write `not`, or `!=` for is not equal"),
    (r"~", "write `like`, `contains` or `starts with`"),
    (r"['‘“]", _OPEN_TEXT),
    (r'"', "the name that starts here has no closing double quote"),
    (r"[’”]", "this quote closes a text that was never opened"),
    (r"`", "a name with spaces goes in double quotes, a text in single quotes"),
    (r"[\[{【]", "a list goes in round brackets: in ('a', 'b')"),
    (r"[;；]", "leave out the semicolon"),
    (r"%", "% belongs in a quoted pattern: like 'a%'"),
)
_MISSING = ("null", "none", "nil")
_LITERALS = ("STRING", "NUMBER", "TRUE", "FALSE")


def hint_for(text: str, start: int, found: str, kind: str, before: str, expected: frozenset[str]) -> str:
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
        return next((hint for slip, hint in _CHARACTERS if re.match(slip, found)), "")
    if kind == "$END":
        return _at_end(before, expected)
    if "STRING" in expected:
        return _instead_of_value(found, kind, before)
    if kind == "NAME" and before == "STRING" and text[start - 1] in "'‘“":
        return "a quote inside a text is written twice: 'it''s'"
    if kind == "NAME" and before == "NAME":
        return _two_names(text[:start].split()[-1], found)
    if kind == "OPERATOR" and "AND" in expected:
        return "compare once, or write `between 1 and 5`"
    if kind in _LITERALS and "NAME" in expected:
        return "the name comes first: value > 100"
    return _by_neighbour(kind, before, expected)


def _at_end(before: str, expected: frozenset[str]) -> str:
    if "OPERATOR" in expected or "STRING" in expected:
        return "say what it is compared with: plan = 'pro'"
    return "a bracket is still open" if "_CLOSE" in expected else ""


def _instead_of_value(found: str, kind: str, before: str) -> str:
    if kind == "OPERATOR":
        return "write one comparison: =, !=, <, <=, > or >="
    if found.lower() in _MISSING:
        return "a missing value is found by `is null`"
    if found.startswith('"'):
        return f"text goes in single quotes: '{found[1:-1]}'; double quotes are for names"
    return f"text goes in single quotes: '{found}'" if kind in ("NAME", "NUMBER", "TRUE", "FALSE") else ""


def _two_names(first: str, second: str) -> str:
    if first.lower() in ("and", "or"):
        return f"a condition is missing before `{first}`"
    if first.lower() in RESERVED or '"' in first + second:
        return ""
    return f'a name with spaces goes in double quotes: "{first} {second}"'


def _by_neighbour(kind: str, before: str, expected: frozenset[str]) -> str:
    if before == "IS":
        return "`is` goes with null; compare with ="
    if before == "NOT" and "IN" in expected:
        return "write `!=`, or put `not` before the name"
    if before in ("STARTS", "ENDS"):
        return f"write `{before.lower()} with`"
    if before == "IN":
        return "a list goes in round brackets: in ('a', 'b')"
    if kind == "_OPEN" and before == "NAME":
        return "there are no functions here; write a name, a comparison and a value"
    if kind == "_CLOSE" and "AND" in expected:
        return "there is no open bracket to close"
    return ""
