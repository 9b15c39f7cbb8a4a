"""Conditions of SurveyJS in the language of conditions: the simple forms, ``{q1} <= 6 and {q2} contains 'a'``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lvtu.core.expr.nodes import spell_literal

_JOINT = re.compile(r"\s+(and|or)\s+|\s*(&&|\|\|)\s*", re.IGNORECASE)
_COMPARED = re.compile(
    r"\{\s*([^{}]+?)\s*\}\s*(<=|>=|<>|!=|==|=|<|>|contains|notcontains|equal|notequal|less|greater|lessorequal"
    r"|greaterorequal)\s*('[^']*'|\"[^\"]*\"|-?[0-9]+(?:\.[0-9]+)?|true|false)",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"\{\s*([^{}]+?)\s*\}\s*(notempty|empty)", re.IGNORECASE)
_SIGNS = {"==": "=", "<>": "!=", "equal": "=", "notequal": "!=", "less": "<", "greater": ">", "lessorequal": "<=",
          "greaterorequal": ">="}  # fmt: skip


def condition_of(
    written: str, keys: Mapping[str, str], kinds: Mapping[str, str], values: Mapping[str, Mapping[str, str]]
) -> str | None:
    """The condition in our language; None where it is not of a simple form.

    Args:
        written: it.
        keys: the name of a question → its key here.
        kinds: the key of a question → its kind.
        values: the key of a question → the value of an option → its key here.

    Example:
        >>> keys, kinds = {"How": "q1", "what": "q2"}, {"q1": "nps", "q2": "multi"}
        >>> condition_of("{How} <= 6 and {what} contains 'a b'", keys, kinds, {"q2": {"a b": "a_b"}})
        'q1 <= 6 and q2.a_b = true'
    """
    pieces = _JOINT.split(written.strip())
    parts, joints = pieces[::3], [one or two for one, two in zip(pieces[1::3], pieces[2::3], strict=True)]
    ours = {"&&": "and", "||": "or"}
    said = {ours.get(joint, joint.lower()) for joint in joints}
    found = [_single(part, keys, kinds, values) for part in parts]
    if len(said) > 1 or None in found:
        return None
    return f" {said.pop() if said else ''} ".join(str(one) for one in found)


def _single(
    part: str, keys: Mapping[str, str], kinds: Mapping[str, str], values: Mapping[str, Mapping[str, str]]
) -> str | None:
    if given := _GIVEN.fullmatch(part.strip()):
        key = keys.get(given[1])
        return None if key is None else f"{key} is {'not ' if given[2].lower() == 'notempty' else ''}null"
    found = _COMPARED.fullmatch(part.strip())
    key = keys.get(found[1]) if found else None
    if found is None or key is None:
        return None
    sign, literal = _SIGNS.get(found[2].lower(), found[2].lower()), found[3].strip("'\"")
    options = values.get(key) or {}
    if kinds[key] == "multi":
        if sign not in ("contains", "notcontains") or literal not in options:
            return None
        return f"{key}.{options[literal]} = {'true' if sign == 'contains' else 'false'}"
    if kinds[key] == "single":
        return f"{key} {sign} '{options[literal]}'" if sign in ("=", "!=") and literal in options else None
    if sign in ("contains", "notcontains"):
        return f"{key} {'not ' if sign == 'notcontains' else ''}contains {spell_literal(literal)}"
    return f"{key} {sign} {spell_literal(literal) if kinds[key] in ('text', 'date') else literal}"
