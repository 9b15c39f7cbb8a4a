"""Random conditions and rows, a table of columns made from rows, and the same condition as SQL."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from lvtu.core.expr import Among, And, Between, Compare, Match, Missing, Not, Or, as_number, as_text
from lvtu.core.expr.values import FIELDS
from lvtu.core.units import instant

OPS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
MANNERS = st.sampled_from(["like", "contains", "starts with", "ends with"])
TEXT_NAMES = ["channel", "plan", "Plan Name", "城市", "cart.total", "not", "properties.channel", "mixed"]
TEXTS = ["", "a", "b", "ab", "aba", "A", "it's", "%", "a_b", "门店", "😀", "10", "9", "2018", "7.5", "true", "a\nb"]
PATTERNS = [*TEXTS, "a%", "%b", "%a%b%", "_", "__", "a_", "%_%", "%%", "%😀", "_%a", "a.b", "[ab]"]
NUMBERS = [-1.5, 0.0, 1.0, 7.5, 9.0, 10.0, 2018.0, 1e300]
TIMES = ["2026-01-01", "2026-01-01T08:00:00", "2026-01-02T00:00:00.000001", "1969-12-31"]


def leaves(names=TEXT_NAMES, texts=TEXTS, patterns=PATTERNS):
    name, text, negated = st.sampled_from(names), st.sampled_from(texts), st.booleans()
    number_name = st.sampled_from(["value", "weight", "mixed", "plan", *(n for n in names if n not in ("channel",))])
    time_name, number, time = st.sampled_from(["time", "received_at"]), st.sampled_from(NUMBERS), st.sampled_from(TIMES)
    any_name = st.sampled_from([*names, "value", "time", "received_at", "weight"])
    groups = [
        st.one_of(
            st.builds(Compare, names_, OPS, literals),
            st.builds(Among, names_, st.lists(literals, min_size=1, max_size=7).map(tuple), negated),
            st.builds(Between, names_, literals, literals, negated),
        )
        for names_, literals in ((name, text), (number_name, number), (time_name, time))
    ]
    return st.one_of(
        *groups,
        st.builds(Match, name, MANNERS, st.sampled_from(patterns), negated),
        st.builds(Missing, any_name, negated),
    )


def conditions(leaf=None):
    def grow(children):
        several = st.lists(children, min_size=2, max_size=3).map(tuple)
        return st.one_of(st.builds(Not, children), st.builds(And, several), st.builds(Or, several))

    return st.recursive(leaves() if leaf is None else leaf, grow, max_leaves=8)


def rows(mixed=True):
    anything = st.one_of(
        st.none(),
        st.booleans(),
        st.sampled_from([*TEXTS, *NUMBERS, " 7.50", "1e3", "7 days", "nan"]),
        st.just(["a", 1]),
    )
    text = st.none() | st.sampled_from(TEXTS)
    number = st.none() | st.sampled_from(NUMBERS)
    time = st.none() | st.sampled_from(TIMES).map(instant)
    fields = {"value": number, "weight": number, "time": time, "received_at": time, "channel": text}
    others = {name: anything if name == "mixed" else text for name in TEXT_NAMES if name != "channel"}
    return st.lists(st.fixed_dictionaries(fields | (others if mixed else {})), max_size=12)


def record(row):
    """The row as an event: fields beside a dict of properties."""
    fields = {name: value for name, value in row.items() if name in FIELDS}
    properties = {name.removeprefix("properties."): value for name, value in row.items() if name not in FIELDS}
    return fields | {"properties": properties}


class Table:
    """Columns from rows, coded in the order of first appearance."""

    def __init__(self, rows, dtype=np.uint8):
        self.data, self.rows, self.dtype = rows, len(rows), dtype

    def kind(self, name):
        if name in ("value", "weight"):
            return "number"
        return "time" if name in ("time", "received_at") else "mixed" if name == "mixed" else "text"

    def codes(self, name):
        texts = [as_text(row[name]) for row in self.data]
        values = ["", *dict.fromkeys(text for text in texts if text is not None)]
        return np.array([0 if t is None else values.index(t, 1) for t in texts], self.dtype), values

    def numbers(self, name):
        numbers = (as_number(row[name]) for row in self.data)
        return np.array([np.nan if n is None else n for n in numbers], np.float64)

    def times(self, name):
        times = (row[name] for row in self.data)
        return np.array([np.iinfo(np.int64).min if t is None else t for t in times], np.int64)


def sql(expr) -> str:
    """The condition in DuckDB's SQL over columns of the same names, with ``<name>#`` for a numeric twin."""
    match expr:
        case Not(part):
            return f"(not {sql(part)})"
        case And(parts):
            return "(" + " and ".join(map(sql, parts)) + ")"
        case Or(parts):
            return "(" + " or ".join(map(sql, parts)) + ")"
        case Compare(name, op, value):
            return f"({_column(name, value)} {op} {_literal(name, value)})"
        case Among(name, values, negated):
            listed = ", ".join(_literal(name, value) for value in values)
            return f"({_column(name, values[0])} {'not' if negated else ''} in ({listed}))"
        case Between(name, low, high, negated):
            ends = f"{_literal(name, low)} and {_literal(name, high)}"
            return f"({_column(name, low)} {'not' if negated else ''} between {ends})"
        case Missing(name, negated):
            return f"({_column(name, '')} is {'not' if negated else ''} null)"
        case Match(name, "like", text, negated):
            return f"({_column(name, text)} {'not' if negated else ''} like {_literal(name, text)})"
        case Match(name, manner, text, negated):
            function = {"contains": "contains", "starts with": "starts_with", "ends with": "ends_with"}[manner]
            return f"({'not' if negated else ''} {function}({_column(name, text)}, {_literal(name, text)}))"
    raise TypeError(expr)


def _column(name, literal):
    twin = isinstance(literal, float) and name not in ("value", "weight")
    return '"' + (name + "#" if twin else name).replace('"', '""') + '"'


def _literal(name, value):
    if name in ("time", "received_at"):
        return f"timestamp '{value}'"
    return f"{value!r}::double" if isinstance(value, float) else "'" + value.replace("'", "''") + "'"
