"""Paths as tables: the smallest there are, and they accept what Python's regular expressions accept."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings

from lvtu.core.expr import parse
from lvtu.core.expr.alphabet import alphabet_of
from lvtu.core.expr.automata import automaton_of
from lvtu.core.expr.customers import Events
from lvtu.core.expr.nodes import Compare
from lvtu.errors import BadExpression
from parts import examples
from property.customer_conditions import allowed, paths


def runs(automaton, letters):
    """Whether the table finds its path in some letters; without the kernel's short cuts."""
    state = automaton.start
    for letter in letters:
        state = automaton.table[state][letter]
    return automaton.final[state]


def spelled(automaton, names):
    """Events of some names, for which no condition holds, as letters."""
    known = automaton.alphabet.names
    return [automaton.alphabet.table[known.index(name) + 1 if name in known else 0][0] for name in names]


PATTERNS = {
    "A -> B": "AB",
    "A -> [^A]* -> B": "A[^A]*B",
    "(A | B -> C)+ -> D": "(?:A|BC)+D",
    "A{2,3} -> (B? -> C){2}": "A{2,3}(?:B?C){2}",
    "(A -> B?){2,} $": r"(?:AB?){2,}\Z",
    "^ [A B]* $": r"\A[AB]*\Z",
    "^ (A? -> B?)* -> C": r"\A(?:A?B?)*C",
    "A+ -> . -> (. -> D)? $": r"A+.(?:.D)?\Z",
    "(A*)* -> B{0,2} -> C": "(?:A*)*B{0,2}C",
    "^ A{3} $": r"\AA{3}\Z",
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_table_accepts_what_the_regular_expression_does(pattern):
    automaton, oracle, dice = automaton_of(parse(pattern)), re.compile(PATTERNS[pattern]), random.Random(pattern)
    found = set()
    for _ in range(3000):
        names = "".join(dice.choices("ABCDE", (4, 4, 3, 2, 1), k=dice.randint(0, 9)))
        expected = oracle.search(names) is not None
        assert runs(automaton, spelled(automaton, names)) == expected, names
        found.add(expected)
    assert found == {True, False}


def distinct(automaton):
    """The pairs of states that some letters tell apart: marked table-filling, until nothing changes."""
    size, letters = len(automaton.table), range(len(automaton.table[0]))
    apart = {(a, b) for a in range(size) for b in range(size) if automaton.final[a] != automaton.final[b]}
    while True:
        more = {
            (a, b)
            for a in range(size)
            for b in range(size)
            if (a, b) not in apart
            and any((automaton.table[a][letter], automaton.table[b][letter]) in apart for letter in letters)
        }
        if not more:
            return apart
        apart |= more


def reached(automaton):
    met, queue = {automaton.start}, [automaton.start]
    while queue:
        for target in automaton.table[queue.pop()]:
            if target not in met:
                met.add(target)
                queue.append(target)
    return met


@given(paths().filter(allowed))
@settings(max_examples=examples(150))
def test_no_table_is_larger_than_it_must_be(path):
    automaton = automaton_of(parse(path.text))
    size = len(automaton.table)
    assert len(distinct(automaton)) == size * (size - 1) and reached(automaton) == set(range(size))
    meaning = automaton.alphabet.meaning
    assert len(set(meaning)) == len(meaning)
    settled = [set(row) == {state} for state, row in enumerate(automaton.table)]
    assert settled == [True] * automaton.settled + [False] * (size - automaton.settled)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A -> B{2,3}", "A -> B -> B -> B?"),
        ("(A | B) -> C", "A -> C | B -> C"),
        ("A+ -> B", "A* -> A -> B"),
        ("(A -> B?)+ -> C", "(A+ -> B?)+ -> C"),
        ("A -> .* -> B", "A -> [^B]* -> B"),
        ("^ .* -> A", "(A | A)+"),
    ],
)
def test_what_means_the_same_is_the_same_table(one, other):
    left, right = (automaton_of(parse(text)) for text in (one, other))
    assert (left.table, left.start, left.final) == (right.table, right.start, right.final)


def test_what_is_required():
    assert automaton_of(parse("A -> (B | C)+ -> D?")).required == {"A"}
    assert automaton_of(parse("A -> [^B]* -> C")).required == {"A", "C"}
    assert automaton_of(parse("^ [^B]* $")).required == set()
    assert automaton_of(parse("A | .{3}")).required == set()
    assert automaton_of(parse("A[value > 1] -> (A or B)")).required == {"A"}


def test_conditions_on_one_name_make_letters_of_it():
    dear, web = Compare("value", ">", 1), Compare("channel", "=", "web")
    parts = [Events(("A",), where=dear), Events(("A",)), Events(negated=True, where=web)]
    alphabet = alphabet_of(parts)
    assert alphabet.names == ("A",) and alphabet.conditions == (dear, web)
    # by name (others, A) and by which conditions hold (none, dear, web, both): which parts an event fits
    fits = [[alphabet.meaning[letter] for letter in row] for row in alphabet.table]
    assert fits == [[0b000, 0b000, 0b100, 0b100], [0b010, 0b011, 0b110, 0b111]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A{501}", "too large a table"),
        ("(A | B)* -> A -> (A | B){30}", "too large a table"),
        (" | ".join(f"A[value > {n}] -> B" for n in range(9)), "9 different conditions on events; 8 are possible"),
        (" -> ".join(f"N{n}" for n in range(300)), "too large a table"),
    ],
)
def test_what_is_too_large_says_so(text, message):
    with pytest.raises(BadExpression, match=message):
        parse(text)


def test_a_long_path_is_read():
    assert len(automaton_of(parse("A{200} -> B")).table) == 202
