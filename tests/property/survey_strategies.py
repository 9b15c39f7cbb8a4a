"""Definitions of surveys, and answers to them: allowed, nearly allowed, and anything that JSON can be."""

from __future__ import annotations

from hypothesis import strategies as st

from naive.surveys import KANO, compared

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
"""Anything that a parser of JSON gives, NaN and halves of characters too."""

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=12).filter(str.strip)
BOOLEANS = st.booleans()
SIZES = st.integers(1, 4)
HALVES = st.sampled_from(KANO)

POINTS = {"csat": st.sampled_from([3, 4, 5, 7, 10]), "rating": st.integers(2, 10)}
ENDS = {"nps": (0, 10), "ces": (1, 7), "emoji": (-2, 2)}
KINDS = st.sampled_from(["nps", "csat", "ces", "rating", "emoji", "servqual", "kano", "matrix", "single", "multi"])
KINDS |= st.sampled_from(["ranking", "maxdiff", "text", "number", "date", "consent", "file"])
DIMENSIONS = st.sampled_from(["tangibles", "reliability", "responsiveness", "assurance", "empathy"])
DAYS = st.dates().map(lambda day: day.isoformat())
SIDES = st.sampled_from([["expectation", "perception"], ["perception"]])


def said(word: str) -> dict[str, str]:
    return {"zh": f"题 {word}", "en": f"Ask {word}"}


def listed(draw: st.DrawFn, names: str, more: bool = False) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [{"key": one, "text": said(one)} for one in names[: draw(SIZES)]]
    if more and len(found) > 2:
        found[-1]["alone"] = True
    return found


def question(draw: st.DrawFn, key: str) -> dict[str, object]:
    """A question of any kind."""
    kind = draw(KINDS)
    found: dict[str, object] = {"key": key, "kind": kind, "title": said(key)}
    if draw(BOOLEANS):
        found["required"] = draw(BOOLEANS)
    if kind in POINTS:
        found["points"] = draw(POINTS[kind])
    elif kind == "servqual":
        found["items"] = [{**one, "dimension": draw(DIMENSIONS)} for one in listed(draw, "rs")]
        found["sides"] = draw(SIDES)
    elif kind == "kano":
        found |= {"functional": said("with"), "dysfunctional": said("without")}
    elif kind == "matrix":
        found["rows"] = listed(draw, "rs")
        found |= {"points": 5} if draw(BOOLEANS) else {"columns": listed(draw, "xyz")}
    elif kind in ("single", "multi", "ranking"):
        found["options"] = listed(draw, "abcd", more=kind == "multi")
        if kind == "ranking" and draw(BOOLEANS):
            found["top"] = 1
        if kind != "ranking" and draw(BOOLEANS):
            found["other"] = True
        if kind == "multi" and draw(BOOLEANS):
            found["most"] = 1
    elif kind == "maxdiff":
        found["options"] = [{"key": one, "text": said(one)} for one in "abcdef"[: draw(st.integers(3, 6))]]
        found |= draw(st.sampled_from([{}, {"size": 3}, {"size": 3, "sets": 2}, {"size": 5, "sets": 3}]))
    elif kind == "text":
        found["longest"] = draw(st.sampled_from([3, 50]))
    elif kind == "number":
        found |= draw(st.sampled_from([{}, {"low": 0}, {"low": -2.5, "high": 7.5}, {"whole": True, "high": 9}]))
    elif kind == "date":
        found |= draw(st.sampled_from([{}, {"low": "2020-01-01"}, {"low": "2000-02-29", "high": "2030-01-01"}]))
    elif kind == "file":
        found |= draw(st.sampled_from([{}, {"files": 2, "accepts": ["text"]}, {"accepts": ["image", "pdf", "text"]}]))
    elif kind == "consent":
        found["category"] = "mail"
    return found


def comparison(draw: st.DrawFn, earlier: dict[str, object]) -> str:
    """A comparison that an answer to an earlier question can make true."""
    key, kind = earlier["key"], earlier["kind"]
    if draw(st.integers(0, 5)) == 0:
        return f"{key} is null" if not earlier.get("required") else f"{key} is null or {key} is null"
    sign = draw(st.sampled_from(["=", "!=", "<=", ">="]))
    if kind in ENDS or kind in POINTS:
        low, high = ENDS.get(str(kind)) or (1, earlier["points"])
        return f"{key} {sign} {draw(st.integers(low, high))}"
    options = [one["key"] for one in earlier.get("options", earlier.get("rows", earlier.get("items", [])))]  # type: ignore[attr-defined,union-attr]
    part = draw(st.sampled_from(options)) if options else ""
    if kind == "servqual":
        return f"{key}.{part}.perception {sign} {draw(st.integers(1, 7))}"
    if kind == "matrix":
        if "points" in earlier:
            return f"{key}.{part} {sign} {draw(st.integers(1, 5))}"
        return f"{key}.{part} = 'x'"
    if kind == "kano":
        return f"{key}.functional = '{draw(HALVES)}'"
    if kind == "single":
        return f"{key} = '{part}'"
    if kind == "multi":
        return f"{key}.{part} = {'true' if draw(BOOLEANS) else 'false'}"
    if kind == "ranking":
        return f"{key}.{part} = 1"
    if kind == "consent":
        return f"{key} = {'true' if draw(BOOLEANS) else 'false'}"
    if kind == "number":
        return f"{key} {sign} {draw(st.integers(0, 7))}"
    return f"{key} >= '2010-01-01'" if kind == "date" else f"{key} != 'no'"


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, object]:
    """The definition of a survey, most of them sound."""
    pages: list[dict[str, object]] = []
    earlier: list[dict[str, object]] = []
    for _ in range(draw(st.integers(1, 3))):
        asked = []
        before = [*earlier]
        for _ in range(draw(st.integers(1, 3))):
            one = question(draw, f"q{len(earlier) + 1}")
            if earlier and draw(BOOLEANS):
                joint = draw(st.sampled_from([" and ", " or "]))
                parts = [comparison(draw, draw(st.sampled_from(earlier))) for _ in range(draw(st.integers(1, 2)))]
                mixed = any(" or " in part for part in parts)
                one["show_if"] = " or ".join(parts) if mixed else joint.join(parts)
            asked.append(one)
            earlier.append(one)
        page: dict[str, object] = {"questions": asked}
        if before and draw(st.integers(0, 3)) == 0:
            page["show_if"] = comparison(draw, draw(st.sampled_from(before)))
        pages.append(page)
    found: dict[str, object] = {"key": "made", "title": said("all"), "pages": pages}
    if draw(BOOLEANS):
        found["anonymous"] = draw(BOOLEANS)
    return found


def good(draw: st.DrawFn, asked: dict[str, object]) -> object:
    """An answer that a question allows."""
    kind = asked["kind"]
    if kind in ENDS or kind in POINTS:
        low, high = ENDS.get(str(kind)) or (1, asked["points"])
        return draw(st.integers(low, high))
    if kind == "servqual":
        return {one["key"]: {side: draw(st.integers(1, 7)) for side in asked["sides"]} for one in asked["items"]}  # type: ignore[union-attr,attr-defined]
    if kind == "kano":
        return {"functional": draw(HALVES), "dysfunctional": draw(HALVES)}
    if kind == "matrix":
        each = st.integers(1, 5) if "points" in asked else st.sampled_from([one["key"] for one in asked["columns"]])  # type: ignore[union-attr,attr-defined]
        return {one["key"]: draw(each) for one in asked["rows"]}  # type: ignore[union-attr,attr-defined]
    if kind in ("single", "multi", "ranking"):
        keys = [one["key"] for one in asked["options"]]  # type: ignore[union-attr,attr-defined]
        if kind == "ranking":
            return draw(st.permutations(keys))[: asked.get("top", len(keys))]  # type: ignore[misc]
        picked = {"other": draw(WORDS)} if asked.get("other") and draw(BOOLEANS) else draw(st.sampled_from(keys))
        return picked if kind == "single" else [picked]
    if kind == "file":
        accepts = asked.get("accepts", ["image"])
        of = st.fixed_dictionaries({
            "file": st.text("0123456789abcdef", min_size=32, max_size=32), "name": WORDS.map(lambda word: f"{word}.x"),
            "type": st.sampled_from(["text/csv"] if "text" in accepts else ["image/png"]),  # type: ignore[operator]
            "bytes": st.integers(1, 5 << 20),
        })  # fmt: skip
        return draw(
            st.lists(of, min_size=1, max_size=int(str(asked.get("files", 1))), unique_by=lambda one: one["file"])
        )
    if kind == "maxdiff":
        design = draw(st.integers(0, 63))
        pairs = {
            number: draw(st.permutations(shown))[:2]
            for number, shown in compared(asked, design).items()
            if asked.get("required") or number == "1" or draw(BOOLEANS)
        }
        return {"design": design, "sets": {number: {"best": a, "worst": b} for number, (a, b) in pairs.items()}}
    if kind == "text":
        return draw(WORDS)[:3].strip() or "ok"
    if kind == "number":
        return draw(st.integers(0, 7))
    if kind == "date":
        return draw(st.sampled_from(["2020-02-29", "2024-12-31"]))
    return draw(BOOLEANS)


BAD: dict[str, list[object]] = {
    "nps": [11, -1, "9", True, 9.5, float("nan"), float("inf"), [9], {"": 9}, 10**400],
    "csat": [0, 11, "5", False, 1.5], "ces": [0, 8, "7", True], "rating": [0, 11, True, "3"],
    "emoji": [3, -3, True, 0.5],
    "servqual": [5, {"r": 5}, {"r": {"perception": 8}}, {"r": {"perception": True}}, {"zz": {"perception": 3}}, [1]],
    "kano": ["like", {"functional": "like"}, {"functional": "like", "dysfunctional": "hate"}, ["like", "like"]],
    "matrix": [3, {"zz": 3}, {"r": 9}, {"r": True}, {"r": "q"}, [3]],
    "single": ["zz", 1, True, ["a"], {"other": ""}, {"other": "x", "more": 1}, {"else": "x"}],
    "multi": ["a", ["zz"], ["a", "a"], [True], {"other": "x"}, [["a"]], [None]],
    "maxdiff": [
        "a", ["a", "b"], {"design": 64, "sets": {"1": {"best": "a", "worst": "b"}}}, {"design": 3}, {"sets": {}},
        {"design": 5, "sets": {"1": {"best": "a"}}}, {"design": 5, "sets": {"1": {"best": "zz", "worst": "a"}}},
        {"design": 5, "sets": {"1": {"best": "a", "worst": "a"}}}, {"design": True, "sets": {"1": None}},
        {"design": 5, "sets": {"99": {"best": "a", "worst": "b"}}}, {"design": 5, "sets": ["a"]},
    ],
    "file": [
        "a" * 32, ["a" * 32], [{"file": "a" * 32}], [{"file": "A" * 32, "name": "a", "type": "image/png", "bytes": 1}],
        [{"file": "a" * 32, "name": "a", "type": "application/x-msdownload", "bytes": 1}], [None],
        [{"file": "a" * 32, "name": "", "type": "image/png", "bytes": 1}], [{}] * 6,
        [{"file": "a" * 32, "name": "a", "type": "image/png", "bytes": 0}], {"file": "a" * 32},
        [{"file": "a" * 32, "name": "a", "type": "image/png", "bytes": 1, "path": "/etc"}],
    ],
    "ranking": ["a", ["a", "a"], ["zz"], [1], {"a": 1}],
    "text": ["x" * 51, 3, True, ["x"], "a\x00b", "\ud800"], "number": ["3", True, float("nan"), -float("inf"), 10**16],
    "date": ["2023-02-29", "2024-1-1", "20240101", "yesterday", 20240101, "1999-12-31T00:00"],
    "consent": [1, 0, "true", "yes", [True]],
}  # fmt: skip
"""Answers that no question of a kind allows, or none of those above."""


@st.composite
def nearly(draw: st.DrawFn, definition: dict[str, object]) -> dict[str, object]:
    """Answers most of which may be allowed."""
    found: dict[str, object] = {}
    for page in definition["pages"]:  # type: ignore[attr-defined]
        for asked in page["questions"]:
            way = draw(st.integers(0, 9))
            if way < 7:
                found[asked["key"]] = good(draw, asked)
            elif way == 7:
                found[asked["key"]] = draw(st.sampled_from(BAD[asked["kind"]]))
            elif way == 8:
                found[asked["key"]] = draw(JSON)
    return found
