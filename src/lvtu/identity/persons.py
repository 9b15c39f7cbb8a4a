"""What CRM records say of a person, cleaned so that equal things are spelled alike."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

KINDS = (
    "name", "given_name", "family_name", "birth_date", "email", "phone", "address", "postcode", "city",
)  # fmt: skip
"""What a column of records can hold."""

COMPARED = ("name", "birth_date", "email", "phone", "address", "postcode", "city")
"""What records are compared by: the parts of a name are compared together."""

HAN = r"[\p{Han}·]+"
"""A name in Chinese characters."""

_YEAR_FIRST = r"^\D*(\d{4})\D+(\d{1,2})\D+(\d{1,2})(\D.*)?$"
_YEAR_LAST = r"^(\d{1,2})\D+(\d{1,2})\D+(\d{4})(\D.*)?$"
_DIGITS = r"^(\d{4})(\d{2})(\d{2})$"


def cleaned(given: Mapping[str, pa.Array]) -> pa.Table:
    """The columns to compare: ``name`` with its parts where they are given, and the others, null where nothing is said.

    Texts lose case, accents, signs and double blanks; a Chinese name has no blanks. Birth dates are spelled
    ``1971-06-24``; where a day stands before its year, the day is taken to stand before the month, too (as long as a
    file does it one way, equal dates stay equal). Phones are digits, without ``00`` and without China's 86.

    Args:
        given: a column of texts for some of `KINDS`, of equal length.

    Example:
        >>> table = cleaned({"name": pa.array(["José  Núñez", "张 伟"]), "birth_date": pa.array(["24.6.1971", None])})
        >>> table.to_pylist()
        [{'name': 'jose nunez', 'birth_date': '1971-06-24'}, {'name': '张伟', 'birth_date': None}]
    """
    columns = {kind: _emptied(_CLEAN.get(kind, _plain)(_plain(given[kind]))) for kind in KINDS if kind in given}
    parts = [columns[kind] for kind in ("given_name", "family_name") if kind in columns]
    if len(parts) == 2:
        columns = {"name": _joined(*parts)} | columns if "name" not in columns else columns
    elif parts:
        (kind,) = {"given_name", "family_name"} & columns.keys()
        columns.setdefault("name", columns.pop(kind))
        columns.pop(kind, None)
    order = [kind for kind in KINDS if kind in columns]
    return pa.table({kind: columns[kind] for kind in order})


def _plain(texts: pa.Array) -> pa.Array:
    """Small letters of one width, without blanks at the ends and between them but one."""
    spelled = pc.utf8_lower(pc.utf8_normalize(texts.cast(pa.string()), "NFKC"))
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(spelled, r"\s+", " "))


def _name(texts: pa.Array) -> pa.Array:
    bare = pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKD"), r"\p{Mn}+", "")
    bare = pc.replace_substring_regex(pc.utf8_normalize(bare, "NFC"), r"[^\p{L}\p{N}·]+", " ")
    bare = pc.utf8_trim_whitespace(bare)
    together = pc.replace_substring(bare, " ", "")
    return pc.if_else(pc.match_substring_regex(together, f"^{HAN}$"), together, bare)


def _birth_date(texts: pa.Array) -> pa.Array:
    spelled = pc.replace_substring_regex(texts, _DIGITS, r"\1-\2-\3")
    spelled = pc.replace_substring_regex(spelled, _YEAR_FIRST, r"\1-0\2-0\3")
    spelled = pc.replace_substring_regex(spelled, _YEAR_LAST, r"\3-0\2-0\1")
    return pc.replace_substring_regex(spelled, r"-0(\d{2})", r"-\1")


def _phone(texts: pa.Array) -> pa.Array:
    digits = pc.replace_substring_regex(texts, r"\D+", "")
    return pc.replace_substring_regex(digits, r"^(?:00)?(?:86)?(1[3-9]\d{9})$|^00(\d+)$", r"\1\2")


def _tight(texts: pa.Array) -> pa.Array:
    return pc.replace_substring(texts, " ", "")


def _address(texts: pa.Array) -> pa.Array:
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, r"[\s,.;#]+", " "))


_CLEAN = {
    "name": _name, "given_name": _name, "family_name": _name, "city": _name, "birth_date": _birth_date,
    "email": _tight, "phone": _phone, "postcode": _tight, "address": _address,
}  # fmt: skip


def _joined(given: pa.Array, family: pa.Array) -> pa.Array:
    """Whole names of their parts: 张伟, jose nunez; the part that is there, if one is."""
    given, family = (pc.fill_null(part, "") for part in (given, family))
    han = pc.and_(*(pc.match_substring_regex(part, f"^({HAN})?$") for part in (given, family)))
    latin = pc.utf8_trim_whitespace(pc.binary_join_element_wise(given, family, pa.scalar(" ")))
    whole = pc.if_else(han, pc.binary_join_element_wise(family, given, pa.scalar("")), latin)
    return _emptied(whole)


def _emptied(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
