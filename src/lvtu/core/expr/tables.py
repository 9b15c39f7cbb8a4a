"""The grammar as tables: Lark turns ``grammar.lark`` into them once, here they are loaded.

Importing Lark and building the parser takes 100 to 170 ms, too much for a command that reads one
short condition; loading the tables takes 1 ms. They carry the grammar's checksum: when the grammar has
been edited they are rebuilt in memory, and :func:`write` writes them anew.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_GRAMMAR, _TABLES = _HERE / "grammar.lark", _HERE / "tables.json"
END = "$END"
"""The terminal after the last one."""


@dataclass(frozen=True)
class Rule:
    """One production.

    Attributes:
        origin: the nonterminal it makes.
        size: how many symbols it takes.
        kept: which of them matter to the builder.
        action: the builder's method; None hands its only child on.
        inline: its children belong to the rule around it.
    """

    origin: str
    size: int
    kept: tuple[int, ...]
    action: str | None
    inline: bool


@dataclass(frozen=True)
class Tables:
    """What the parser runs on.

    Attributes:
        token: matches any token; the group's name is its terminal.
        keywords: terminal of each keyword, by its lower-case word.
        rules: the productions.
        states: per state, what each symbol leads to: n ≥ 0 is the next state, −1−r reduces rule r.
        final: the state in which the whole text has been read.
    """

    token: re.Pattern[str]
    keywords: dict[str, str]
    rules: list[Rule]
    states: list[dict[str, int]]
    final: int


@cache
def tables() -> Tables:
    """The tables of the grammar; the first state is 0."""
    data = json.loads(_TABLES.read_text("utf-8")) if _TABLES.exists() else {}
    if data.get("grammar") != _checksum():
        data = compile_grammar()
    rules = [Rule(origin, size, tuple(kept), action, inline) for origin, size, kept, action, inline in data["rules"]]
    return Tables(re.compile(data["token"]), data["keywords"], rules, data["states"], data["final"])


def _checksum() -> int:
    return zlib.crc32(_GRAMMAR.read_bytes().replace(b"\r\n", b"\n"))


def compile_grammar() -> dict[str, Any]:
    """The tables as plain data, made by Lark; the same grammar always gives the same data."""
    from lark import Lark
    from lark.grammar import Rule as LarkRule
    from lark.lexer import TerminalDef

    lark = Lark(_GRAMMAR.read_text("utf-8"), parser="lalr", maybe_placeholders=False)
    data, memo = lark.memo_serialize([TerminalDef, LarkRule])
    terminals = sorted((t for t in memo.values() if t["__type__"] == "TerminalDef"), key=lambda t: str(t["name"]))
    rules = sorted(key for key, item in memo.items() if item["__type__"] == "Rule")
    states, final = _number(data["parser"]["parser"], {key: place for place, key in enumerate(rules)})
    return {
        "grammar": _checksum(),
        "token": _token_pattern([t for t in terminals if not _is_word(t)]),
        "keywords": {t["pattern"]["value"].lower(): t["name"] for t in terminals if _is_word(t)},
        "rules": [list(_rule(memo[key])) for key in rules],
        "states": states,
        "final": final,
    }


def write() -> None:
    """Write ``tables.json`` anew, after ``grammar.lark`` has been edited."""
    _TABLES.write_text(json.dumps(compile_grammar(), ensure_ascii=False) + "\n", "utf-8")


def _is_word(terminal: dict[str, Any]) -> bool:
    pattern = terminal["pattern"]
    return pattern["__type__"] == "PatternStr" and str(pattern["value"]).isidentifier()


def _token_pattern(terminals: list[dict[str, Any]]) -> str:
    """One pattern with a group per terminal; the longer of two that begin alike is tried first."""

    def group(terminal: dict[str, Any]) -> str:
        pattern = terminal["pattern"]
        text = pattern["value"] if pattern["__type__"] == "PatternRE" else re.escape(pattern["value"])
        flags = "".join(sorted(pattern["flags"]))
        return f"(?P<{terminal['name']}>" + (f"(?{flags}:{text}))" if flags else f"{text})")

    return "|".join(map(group, sorted(terminals, key=lambda t: (-t["priority"], -len(t["pattern"]["value"])))))


def _rule(rule: dict[str, Any]) -> tuple[str, int, list[int], str | None, bool]:
    origin, symbols = rule["origin"]["name"], rule["expansion"]
    kept = [place for place, symbol in enumerate(symbols) if not symbol.get("filter_out")]
    inline = origin.startswith("_")
    passes = inline or (rule["options"]["expand1"] and len(kept) == 1)
    action = rule["alias"] or (None if passes else origin)
    return origin, len(symbols), kept, action, inline


def _number(parser: dict[str, Any], rules: dict[int, int]) -> tuple[list[dict[str, int]], int]:
    """The states as they are met from the first: Lark's own numbers vary from run to run."""
    (first,), (final,) = parser["start_states"].values(), parser["end_states"].values()
    order, states = {first: 0}, []
    for state in (queue := [first]):
        row = {}
        for token, (reduces, target) in sorted(
            parser["states"][state].items(), key=lambda pair: parser["tokens"][pair[0]]
        ):
            if not reduces and target not in order:
                order[target] = len(order)
                queue.append(target)
            row[parser["tokens"][token]] = -1 - rules[target["@"]] if reduces else order[target]
        states.append(row)
    return states, order[final]
