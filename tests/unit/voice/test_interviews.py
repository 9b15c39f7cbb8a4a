"""Transcripts and quotes that keep their places."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from lvtu.voice.interviews import anchored, plain, turns


def test_turns_are_who_says_what() -> None:
    text = (
        "Interviewer: How did it go?\nAnn Lee: Badly. It took\ntwo weeks: two!\n\n"
        "Interviewer: And then?\nAnn Lee: I left.\n"
    )
    found = [(turn.speaker, text[turn.start : turn.end]) for turn in turns(text)]
    assert found == [
        ("Interviewer", "How did it go?"), ("Ann Lee", "Badly. It took\ntwo weeks: two!"),
        ("Interviewer", "And then?"), ("Ann Lee", "I left."),
    ]  # fmt: skip
    assert turns("see https://example.org\nsee https://example.com") == []
    assert turns("What I said was this: no.\nWhat I said was this: yes.") == [], "five words are no name"


def test_subtitles_lose_their_times() -> None:
    vtt = (
        "WEBVTT - talk\n\n1\n00:00:01.000 --> 00:00:04.000 align:start\n"
        "<v.loud Ann Lee>It took <b>two</b> weeks.</v>\n\n00:05.000 --> 00:06.000\n<v Bo>Oh.\n"
    )
    assert plain(vtt) == "Ann Lee: It took two weeks.\nBo: Oh."
    assert plain("1\r\n00:00:01,000 --> 00:00:04,000\r\n慢死了\r\n") == "慢死了"
    assert plain("no <v Ann> here --> at all") == "no <v Ann> here --> at all"


@given(
    st.text("ab \n", max_size=30),
    st.text("ab \n", max_size=30),
    st.text("ab", min_size=1, max_size=5),
    st.integers(0, 99),
)
def test_a_quote_is_found_wherever_it_went(before: str, after: str, quote: str, seed: int) -> None:
    text, dice = before + quote + after, random.Random(seed)
    at = dice.randint(0, len(before))
    changed = before[:at] + "§§§" + before[at:] + quote + after
    place = anchored(quote, text, changed, len(before))
    assert place is not None and changed[slice(*place)] == quote
    if at <= len(before) - 1 or not before:
        assert anchored(quote, text, text, len(before)) == (len(before), len(before) + len(quote))
    assert anchored("§", text, text, 0) is None


def test_of_equal_quotes_the_one_among_its_own_words() -> None:
    before = "first it was slow, then it was slow again"
    after = "it was slow at the till; first it was slow, then it was slow again"
    start = before.rindex("slow")
    assert anchored("slow", before, after, start) == (after.rindex("slow"), after.rindex("slow") + 4)
