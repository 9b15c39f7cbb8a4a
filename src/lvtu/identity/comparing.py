"""What is compared of two records, and which pairs are worth it: the rules of `linking`, as Splink reads them.

The steps of a comparison stand from equal to different; how much each step says is learned. DuckDB's distances count
bytes, and a Chinese character has three of them: names in Chinese are compared character by character here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.identity.persons import HAN

BLOCKS: tuple[tuple[str, ...], ...] = (
    ("email",),
    ("phone",),
    ("mailbox",),
    ("name",),
    ("words",),
    ("birth_date",),
    ("address",),
    ("name", "city"),
    ("family_name", "birth_year"),
    ("given_name", "birth_year"),
    ("family_name", "postcode"),
    ("given_name", "postcode"),
    ("family_name", "city"),
    ("given_name", "city"),
    ("birth_month", "city"),
    ("birth_month", "postcode"),
    ("birth_month",),
    ("birth_day",),
    ("family_name",),
    ("given_name",),
    ("postcode",),
)
"""Columns in which two records must agree to be looked at; any one of these is enough. See `derived`."""

_LONGEST_HAN = 4
_WORDS = f"""case when regexp_full_match(name, '{HAN}') then array_to_string(list_sort(string_split(name, '')), '')
    else array_to_string(list_sort(string_split(name, ' ')), ' ') end as words"""
_DERIVED = {
    "name": (
        _WORDS,
        f"case when regexp_full_match(name, '{HAN}') and length(name) <= {_LONGEST_HAN} then name end as han",
    ),
    "email": ("nullif(split_part(email, '@', 1), '') as mailbox",),
    "birth_date": (
        "nullif(birth_date[:4], '') as birth_year",
        "nullif(birth_date[:7], '') as birth_month",
        "nullif(birth_date[6:], '') as birth_day",
    ),
}


def derived(columns: Iterable[str]) -> str:
    """The query that adds what pairs are found by: a name's words in order, an e-mail's front, a birth date's parts."""
    more = [expression for column in columns for expression in _DERIVED.get(column, ())]
    return f"select {', '.join(['*', *more])} from given"


def levels(field: str, records: pa.Table) -> dict[str, Any]:
    """The comparison of one field.

    Args:
        field: one of `persons.COMPARED`.
        records: the records: their names may be Chinese or not, in one column or in two.
    """
    steps = _name(records) if field == "name" else _STEPS[field]
    return {
        "output_column_name": field,
        "comparison_levels": [
            {"sql_condition": f"{field}_l is null or {field}_r is null", "is_null_level": True},
            _step(f"{field}_l = {field}_r", field if field in _FREQUENT else None),
            *steps,
            {"sql_condition": "ELSE"},
        ],
    }


def _step(condition: str, frequency_of: str | None = None) -> dict[str, Any]:
    return {"sql_condition": condition} | ({"tf_adjustment_column": frequency_of} if frequency_of else {})


def _alike(left: str, right: str, least: float) -> str:
    return f"jaro_winkler_similarity({left}, {right}) >= {least}"


def _typos(field: str, most: int) -> dict[str, Any]:
    return _step(f"damerau_levenshtein({field}_l, {field}_r) <= {most}")


def _similar(field: str, *least: float) -> list[dict[str, Any]]:
    return [_step(_alike(f"{field}_l", f"{field}_r", each)) for each in least]


_FREQUENT = ("name", "birth_date", "email", "phone", "city")
"""Of these, agreeing in a frequent value says less: 张伟, 1900-01-01, info@ and a capital city are no proof."""

_STEPS: dict[str, list[dict[str, Any]]] = {
    "birth_date": [_typos("birth_date", 1), _typos("birth_date", 2)],
    "email": [_step("split_part(email_l, '@', 1) = split_part(email_r, '@', 1)"), *_similar("email", 0.92, 0.85)],
    "phone": [_step("right(phone_l, 8) = right(phone_r, 8)"), _typos("phone", 1)],
    "address": _similar("address", 0.92, 0.8),
    "postcode": [_typos("postcode", 1)],
    "city": _similar("city", 0.9),
}


def _name(records: pa.Table) -> list[dict[str, Any]]:
    """The steps between equal and different names, as far as the records have such names."""
    han = pc.match_substring_regex(records["name"], f"^{HAN}$")
    chinese, others = bool(pc.any(han).as_py()), not pc.all(han).as_py()
    guard = "han_l is null and han_r is null and " if chinese else ""
    steps = [_step("words_l = words_r"), *([_short(3), _short(2)] if chinese else [])]
    if not {"given_name", "family_name"} <= set(records.column_names):
        shared = "list_has_any(string_split(name_l, ' '), string_split(name_r, ' '))"
        alike = [_alike("name_l", "name_r", least) for least in (0.92, 0.84)]
        return steps + ([_step(guard + condition) for condition in (*alike, shared)] if others else [])
    straight = [("given_name_l", "given_name_r"), ("family_name_l", "family_name_r")]
    crossed = [("given_name_l", "family_name_r"), ("family_name_l", "given_name_r")]
    both = " or ".join(f"({_both(pairs, 0.88)})" for pairs in (straight, crossed))
    either = " or ".join(_alike(left, right, 0.85) for left, right in straight)
    return [
        *steps,
        *([_step(f"{guard}({both})")] if others else []),
        _step("family_name_l = family_name_r", "family_name"),
        _step("given_name_l = given_name_r", "given_name"),
        _step(" or ".join(f"{left} = {right}" for left, right in crossed)),
        *([_step(f"{guard}({either})")] if others else []),
    ]


def _both(pairs: Sequence[tuple[str, str]], least: float) -> str:
    return " and ".join(_alike(left, right, least) for left, right in pairs)


def _short(characters: int) -> dict[str, Any]:
    """Chinese names of equal length, one character of which differs: of two, that is half the name."""
    length = "= 2" if characters == 2 else "> 2"
    differing = " + ".join(f"(han_l[{place}] <> han_r[{place}])::int" for place in range(1, _LONGEST_HAN + 1))
    return _step(f"length(han_l) = length(han_r) and length(han_l) {length} and {differing} = 1")
