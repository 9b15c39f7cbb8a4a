"""Which answers a survey allows, in plain Python over the plain definition: the twin of `lvtu.voice.surveys`.

It knows the conditions that `property/survey_strategies.py` writes: comparisons and ``is null``, joined by ``and`` or
by ``or``.
"""

from __future__ import annotations

import datetime
import math
import re

from naive.maxdiff import designed

KANO = ["like", "must_be", "neutral", "live_with", "dislike"]


def judge(definition, answers):
    """Whether the response as a whole is allowed, and the questions that it was shown."""
    if not isinstance(answers, dict):
        return False, []
    left, fine, shown, facts = set(answers), True, [], {}
    for page in definition["pages"]:
        page_shown = true(page.get("show_if"), facts)
        for question in page["questions"]:
            key = question["key"]
            left.discard(key)
            given = answers.get(key)
            if not (page_shown and true(question.get("show_if"), facts)):
                fine = fine and empty(given)
                continue
            shown.append(key)
            if empty(given) or nothing_in(question, given):
                fine = fine and not question.get("required", False)
            elif allowed(question, given):
                facts.update(told(question, given))
            else:
                fine = False
    return fine and not left, shown


def empty(value):
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())


def nothing_in(question, value):
    """Whether an answer of parts has no part that says anything, and none that should not be there."""
    if not isinstance(value, dict):
        return False
    if question["kind"] == "maxdiff":
        sets = value.get("sets")
        return (
            set(value) == {"design", "sets"} and point(value["design"], 0, 63) and isinstance(sets, dict) and sets != {}
            and all(name in compared(question, value["design"]) and empty(one) for name, one in sets.items())
        )  # fmt: skip
    if question["kind"] == "matrix":
        return all(row in keys(question["rows"]) and empty(one) for row, one in value.items())
    if question["kind"] == "servqual":
        sides = question.get("sides", ["expectation", "perception"])
        return all(
            item in keys(question["items"])
            and (empty(one) or (isinstance(one, dict) and all(s in sides and empty(v) for s, v in one.items())))
            for item, one in value.items()
        )
    return False


def keys(listed):
    return [one["key"] for one in listed]


def number(value):
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def point(value, low, high):
    return number(value) and value == math.floor(value) and low <= value <= high


def words(value, longest):
    return (
        isinstance(value, str)
        and value.strip() != ""
        and len(value.strip()) <= longest
        and all(
            c in "\n\t\r" or (ord(c) >= 32 and ord(c) != 127 and not 0xD800 <= ord(c) <= 0xDFFF) for c in value.strip()
        )
    )


def allowed(question, value):
    """Whether one answer, which is not empty, is allowed."""
    kind = question["kind"]
    if kind == "nps":
        return point(value, 0, 10)
    if kind in ("csat", "rating"):
        return point(value, 1, question.get("points", 5))
    if kind == "ces":
        return point(value, 1, 7)
    if kind == "emoji":
        return point(value, -2, 2)
    if kind == "consent":
        return value is True or value is False
    if kind == "text":
        return words(value, question.get("longest", 2000))
    if kind == "number":
        low, high = question.get("low"), question.get("high")
        return (
            number(value)
            and abs(value) <= 10**15
            and (low is None or value >= low)
            and (high is None or value <= high)
            and (not question.get("whole") or value == math.floor(value))
        )
    if kind == "date":
        return day(value, question.get("low"), question.get("high"))
    if kind == "single":
        return chosen(question, value)
    if kind == "multi":
        return several(question, value)
    if kind == "ranking":
        top = question.get("top") or len(question["options"])
        return (
            isinstance(value, list)
            and len(value) == top
            and all(isinstance(one, str) and one in keys(question["options"]) for one in value)
            and len(set(value)) == top
        )
    if kind == "maxdiff":
        return best_and_worst(question, value)
    if kind == "file":
        return sent(question, value)
    return in_parts(question, value)


TYPES = {
    "image": ["image/png", "image/jpeg", "image/webp"],
    "pdf": ["application/pdf"],
    "text": ["text/plain", "text/csv"],
}


def sent(question, value):
    if not isinstance(value, list) or len(value) > question.get("files", 1):
        return False
    types = [one for kind in question.get("accepts", ["image", "pdf"]) for one in TYPES[kind]]
    ids = [one.get("file") if isinstance(one, dict) else None for one in value]
    return len({str(one) for one in ids}) == len(ids) and all(
        isinstance(one, dict)
        and set(one) == {"file", "name", "type", "bytes"}
        and isinstance(one["file"], str)
        and re.fullmatch("[0-9a-f]{32}", one["file"])
        and words(one["name"], 200)
        and one["type"] in types
        and point(one["bytes"], 1, question.get("megabytes", 5) * 2**20)
        for one in value
    )


def compared(question, design):
    """The options of each set of a design, by its number."""
    shown = designed(
        question["key"], keys(question["options"]), question.get("size", 4), question.get("sets"), int(design)
    )
    return {str(number + 1): one for number, one in enumerate(shown)}


def best_and_worst(question, value):
    if not isinstance(value, dict) or set(value) != {"design", "sets"} or not point(value["design"], 0, 63):
        return False
    shown, sets = compared(question, value["design"]), value["sets"]
    if not isinstance(sets, dict) or not sets or any(name not in shown for name in sets):
        return False
    if question.get("required") and any(empty(sets.get(name)) for name in shown):
        return False
    return all(
        isinstance(pair, dict)
        and set(pair) == {"best", "worst"}
        and all(isinstance(one, str) and one in shown[name] for one in pair.values())
        and pair["best"] != pair["worst"]
        for name, pair in sets.items()
        if not empty(pair)
    )


def day(value, low, high):
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        return False
    try:
        found = datetime.datetime.strptime(value.strip(), "%Y-%m-%d").date()
    except ValueError:
        return False
    return (low is None or found.isoformat() >= low) and (high is None or found.isoformat() <= high)


def chosen(question, value):
    if isinstance(value, dict):
        return bool(question.get("other")) and list(value) == ["other"] and words(value["other"], 10_000)
    return isinstance(value, str) and value in keys(question["options"])


def several(question, value):
    if not isinstance(value, list) or not all(chosen(question, one) for one in value):
        return False
    names = ["other" if isinstance(one, dict) else one for one in value]
    alone = [one["key"] for one in question["options"] if one.get("alone") and one["key"] in names]
    if len(names) != len(set(names)) or len(names) > question.get("most", len(names)):
        return False
    return len(names) == 1 if alone else len(names) >= question.get("least", 1)


def in_parts(question, value):
    """Answers of matrix, SERVQUAL and Kano."""
    if not isinstance(value, dict):
        return False
    needed = question.get("required", False)
    if question["kind"] == "kano":
        return set(value) == {"functional", "dysfunctional"} and all(
            isinstance(one, str) and one in KANO for one in value.values()
        )
    listed = keys(question["rows"] if question["kind"] == "matrix" else question["items"])
    if any(name not in listed for name in value) or (needed and any(empty(value.get(name)) for name in listed)):
        return False
    given = [one for one in value.values() if not empty(one)]
    if question["kind"] == "matrix":
        if "columns" in question:
            return all(isinstance(one, str) and one in keys(question["columns"]) for one in given)
        return all(point(one, 1, question["points"]) for one in given)
    sides, high = question.get("sides", ["expectation", "perception"]), question.get("points", 7)
    return all(
        isinstance(one, dict)
        and all(side in sides and (empty(v) or point(v, 1, high)) for side, v in one.items())
        and not (needed and any(empty(one.get(side)) for side in sides))
        for one in given
    )


def told(question, value):
    """What conditions can read of an answer, by name."""
    key, kind = question["key"], question["kind"]
    if kind == "multi":
        names = ["other" if isinstance(one, dict) else one for one in value]
        return {key: "…"} | {f"{key}.{one}": one in names for one in [*keys(question["options"]), "other"]}
    if kind == "ranking":
        return {key: "…"} | {f"{key}.{one}": place + 1 for place, one in enumerate(value)}
    if kind == "single":
        return {key: "other" if isinstance(value, dict) else value}
    if kind == "servqual":
        return {key: "…"} | {
            f"{key}.{item}.{side}": v for item, one in value.items() if one for side, v in one.items() if not empty(v)
        }
    if isinstance(value, dict):
        return {key: "…"} | {f"{key}.{part}": one for part, one in value.items() if not empty(one)}
    return {key: value.strip() if isinstance(value, str) else value}


def true(condition, facts):
    """Whether a condition is true; unknown is not."""
    if condition is None:
        return True
    if " or " in condition:
        return any(single(one, facts) is True for one in condition.split(" or "))
    return all(single(one, facts) is True for one in condition.split(" and "))


def single(comparison, facts):
    if comparison.endswith(" is null"):
        return facts.get(comparison.removesuffix(" is null")) is None
    name, sign, literal = comparison.split(" ", 2)
    value = facts.get(name)
    if value is None:
        return None
    if literal in ("true", "false"):
        value, other = str(value).lower() if isinstance(value, bool) else value, literal
    elif literal.startswith("'"):
        value, other = value, literal.strip("'")
    else:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        other = float(literal)
    if sign in ("=", "!="):
        return (value == other) == (sign == "=")
    return {"<": value < other, "<=": value <= other, ">": value > other, ">=": value >= other}[sign]
