"""Conditions and texts that are made to take long: refused with a sentence, or answered in no more than their size."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import lvtu
from lvtu.core.expr import automata, parse
from lvtu.core.expr.parser import MOST_FIELDS
from lvtu.errors import BadExpression
from lvtu.privacy.documents import Without
from lvtu.service.masking import scrubbed
from service.inprocess import Client, served


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    home = tmp_path_factory.mktemp("home")
    with lvtu.open(home / "shop") as ws:
        ws.ingest(
            [
                {"user_id": f"c{n}", "event": event, "time": f"2026-03-{1 + n:02d}", "text": "a" * 3000}
                for n in range(20)
                for event in "ABC"
            ]
        )
    with served(home) as client:
        yield client


def dfa(number: int) -> str:
    """A path that remembers which of the last twelve events were A: thousands of states."""
    return "(A | B)* -> A" + " -> (A | B)" * 9 + " -> C" * number


REFUSED = {
    "long": (" or ".join(f"value = {n}" for n in range(10_001)), "too_many_comparisons"),
    "long list": ("value in (" + ",".join(map(str, range(200_000))) + ")", "condition_too_long"),
    "fields": (" and ".join(f"p{n} is null" for n in range(MOST_FIELDS + 1)), "too_many_fields"),
    "fields of events": (" or ".join(f"did A[p{n} = 1]" for n in range(MOST_FIELDS + 1)), "too_many_fields"),
    "deep": ("(" * 50_000 + "value = 1" + ")" * 50_000, "too_deep"),
    "not": ("not " * 20_000 + "value = 1", "too_deep"),
    "one table": ("(A | B)* -> A" + " -> (A | B)" * 20, "path_too_large"),
    "many tables": (" or ".join(map(dfa, range(1, 40))), "paths_too_large"),
    "pieces": ("A{1,100000}", "path_too_large"),
    "nested": ("C -> (A{0,99} -> B{0,99}){9}", "path_too_large"),
    "digits": ("A{" + "9" * 100_000 + "}", "path_too_large"),
    "digits at the end": ("A{1," + "9" * 5_000 + "}", "path_too_large"),
    "steps": ("A" + " then B within 2 days" * 2_000, "too_many_steps"),
    "number": ("value = 1e999999999", "number_too_large"),
    "digits of a number": ("value = " + "9" * 100_000, "number_too_large"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_take_long_is_refused(shop: Client, name: str) -> None:
    condition, code = REFUSED[name]
    answer = shop.post("/api/w/shop/count", json={"where": condition})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    told = shop.post("/api/w/shop/parse", json={"condition": condition}).json()
    assert (told["ok"], told["problem"]["code"]) == (False, code)
    if code == "condition_too_long":
        assert len(answer.content) < 1_000, "it is not sent back"


@pytest.mark.parametrize(
    "condition",
    [
        "text like '" + "%a" * 3_000 + "%b'",
        "text like '" + "%_" * 3_000 + "%b'",
        "text contains '" + "a" * 100_000 + "b'",
        "value in (" + ",".join(map(str, range(20_000))) + ")",
        "(A* -> B* -> C*)* -> " * 8 + "A",
        "(" + " -> ".join(["(A | B)?"] * 100) + ")* -> A",
        " or ".join(f"did A at least {n} times in {n} days" for n in range(2, 500)),
        "‘" * 50_000,
        "a" + ".a" * 50_000 + "!",
    ],
)
def test_what_only_looks_long_is_answered(shop: Client, condition: str) -> None:
    assert shop.post("/api/w/shop/count", json={"where": condition}).status_code in (200, 400)


def test_a_segment_of_segments_of_segments(shop: Client) -> None:
    """Each names the one before twice: two to the power of thirty, if they were written out."""
    shop.put("/api/w/shop/segments/s0", json={"title": "0", "condition": "did A"})
    for n in range(1, 31):
        condition = f"in segment 's{n - 1}' or not in segment 's{n - 1}' and did Z"
        shop.put(f"/api/w/shop/segments/s{n}", json={"title": str(n), "condition": condition.replace("Z", "B")})
    assert shop.post("/api/w/shop/count", json={"where": "in segment 's30'"}).json()["customers"] == 20
    shop.put("/api/w/shop/segments/s0", json={"title": "0", "condition": "in segment 's30'"})
    answer = shop.post("/api/w/shop/count", json={"where": "in segment 's30'"})
    assert (answer.status_code, answer.json()["code"]) == (400, "segment_of_itself")


def test_tables_are_counted_together() -> None:
    """The limit is what one large path may take: fifty small ones no more than that."""
    one = automata.automaton_of(parse(dfa(1))).cells  # type: ignore[arg-type]
    most = automata.MOST_CELLS // one
    assert 2 <= most < 39
    parse(" or ".join(map(dfa, range(1, most // 2))))
    with pytest.raises(BadExpression):
        parse(" or ".join(map(dfa, range(1, 2 * most))))


LONG = {
    "no blank": "a",
    "country codes": "+1",
    "addresses": "a@b-",
    "hosts": "a@b.c.",
    "digits": "1 ",
    "brackets": "user_id in (",
    "fields": "identifiers.",
    "quotes": "user_id ‘",
    "ranges": "user_id between ",
}


@contextmanager
def processor(seconds: float) -> Iterator[None]:
    """Fail after so many seconds of processor; what holds it here takes hours where it is broken."""

    def too_much(*_: object) -> None:
        raise AssertionError("it takes too long")

    before = signal.signal(signal.SIGVTALRM, too_much)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_texts_of_customers_are_masked_and_erased_in_no_more_than_their_length(piece: str) -> None:
    """Events carry texts that anybody may have written; quadratic work on half a megabyte is hours."""
    text = piece * (500_000 // len(piece))
    with processor(30):
        assert scrubbed(text)
        assert Without({"zelda@example.org", "7"}).written(text) == text
