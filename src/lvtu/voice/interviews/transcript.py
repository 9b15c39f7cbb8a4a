"""Transcripts: who speaks where in a text, and subtitles as plain transcripts."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPEAKER = re.compile(r"^[ \t]*(?P<name>[^\s:：][^:：\n]{0,38}?)[ \t]*[:：](?!//)[ \t]*", re.MULTILINE)
_WORDS = 4
"""A name has so many words at most: what is longer is a sentence with a colon."""

_TIMES = re.compile(r"^(?:\d+\s*\n)?(?:\d\d:)?\d\d:\d\d[.,]\d{3}\s+-->\s+.*\n?", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^ >]+)*\s+([^>]+)>")
_TAG = re.compile(r"</?[a-z][^>]*>")


@dataclass(frozen=True)
class Turn:
    """What somebody says without a break.

    Attributes:
        speaker: as the transcript calls them.
        start, end: characters of the text, without the name.
    """

    speaker: str
    start: int
    end: int


def turns(text: str) -> list[Turn]:
    """Who says what: lines that begin with a name and a colon, Chinese or Latin; a name counts if it speaks twice.

    Args:
        text: the transcript.

    Returns:
        The turns in order, each up to the next one; none where nobody is named twice, as in a document.

    Example:
        >>> text = "访谈者：您当时怎么退的货？\\n客户：找了半天入口。\\n访谈者：后来呢？\\n客户：打了热线。"
        >>> [(turn.speaker, text[turn.start : turn.end]) for turn in turns(text)][1]
        ('客户', '找了半天入口。')
        >>> turns("Note: nobody is named twice here.")
        []
    """
    found = [one for one in _SPEAKER.finditer(text) if len(one["name"].split()) <= _WORDS]
    names = [one["name"] for one in found]
    found = [one for one in found if names.count(one["name"]) > 1]
    over = [*(one.start() for one in found[1:]), len(text)]
    return [
        Turn(one["name"], one.end(), one.end() + len(text[one.end() : end].rstrip()))
        for one, end in zip(found, over, strict=False)
    ]


def plain(text: str) -> str:
    """Subtitles (WebVTT, SubRip) as a transcript: without times and numbers, voices as names; any other text as it is.

    Example:
        >>> plain("WEBVTT\\n\\n00:01.000 --> 00:04.000\\n<v Ann>It took two weeks.\\n")
        'Ann: It took two weeks.'
    """
    if not _TIMES.search(text):
        return text
    body = re.sub(r"^\ufeff?WEBVTT[^\n]*\n", "", text.replace("\r\n", "\n"))
    body = _TAG.sub("", _VOICE.sub(r"\1: ", _TIMES.sub("", body)))
    lines = [line.strip() for line in body.split("\n")]
    return "\n".join(line for line in lines if line)
