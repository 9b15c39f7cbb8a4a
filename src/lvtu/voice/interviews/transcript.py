"""Transcripts: who speaks where in a text, and when; subtitles and marked times as plain transcripts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lvtu.voice.interviews.subtitles import cues

Posts = Sequence[tuple[int, float]]
"""Characters of a text with what holds from there on: seconds since a recording began, or the number of a page."""

_SPEAKER = re.compile(r"^[ \t]*(?P<name>[^\s:：][^:：\n]{0,38}?)[ \t]*[:：](?!//)[ \t]*", re.MULTILINE)
_WORDS = 4
"""A name has so many words at most: what is longer is a sentence with a colon."""

_CLOCK = r"[\[(（【]?\s*(?P<time>(?:\d{1,2}[:：])?\d{1,2}[:：]\d\d(?:[.,]\d{1,3})?)\s*[\])）】]?"
_BEFORE = re.compile(rf"^[ \t]*{_CLOCK}[ \t]+(?P<words>\S.*)$")
_BEHIND = re.compile(
    rf"^[ \t]*(?P<name>[^\s:：\d\[(（【][^:：\n\[(（【]{{0,38}}?)[ \t]*{_CLOCK}[ \t]*(?:[:：][ \t]*(?P<words>.*))?$"
)
_NO_NAME = re.compile(r"[\[(（【]?\d{1,2}")

_ASKS = re.compile(
    r"(?:访谈|采访|提问|调研|研究)(?:者|员|人)|主持人|问|interviewer|moderator|researcher|facilitator|host|q", re.I
)
_ROLE = re.compile(
    rf"(?:(?:{_ASKS.pattern})|(?:受访|被访|参与|回答)(?:者|人)|(?:说话|发言)人|客户|顾客|用户|嘉宾|答|customer|participant"
    r"|respondent|interviewee|speaker|guest|client|user|[aps])[ _-]?\d{0,3}",
    re.I,
)


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


@dataclass(frozen=True)
class Transcript:
    """What is said, and when.

    Attributes:
        text: lines that begin with a name and a colon, as far as names are known.
        times: where in the text which second begins.
    """

    text: str
    times: tuple[tuple[int, float], ...] = ()


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
    found = [one for one in _SPEAKER.finditer(text) if _named(one["name"])]
    names = Counter(one["name"] for one in found)
    found = [one for one in found if names[one["name"]] > 1]
    over = [*(one.start() for one in found[1:]), len(text)]
    return [
        Turn(one["name"], one.end(), one.end() + len(text[one.end() : end].rstrip()))
        for one, end in zip(found, over, strict=False)
    ]


def pseudonyms(names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """What speakers are called wherever they are quoted.

    Args:
        names: as the transcript calls them, in the order in which they first speak.
        chosen: what somebody chose to call some of them.

    Returns:
        For each name what was chosen; a name that is a part to play (Interviewer, 客户) stays, all others are numbered.

    Example:
        >>> pseudonyms(["访谈者", "王芳", "Speaker 2", "Ann Lee"], {"Ann Lee": "Ms L"})
        {'访谈者': '访谈者', '王芳': 'P1', 'Speaker 2': 'Speaker 2', 'Ann Lee': 'Ms L'}
    """
    found, number = {}, 0
    for name in dict.fromkeys(names):
        free = not _ROLE.fullmatch(name)
        number += free
        found[name] = chosen.get(name) or (f"P{number}" if free else name)
    return found


def asks(name: str) -> bool:
    """Whether somebody of this name asks the questions.

    Example:
        >>> asks("访谈者"), asks("Interviewer 2"), asks("Ann")
        (True, True, False)
    """
    return re.fullmatch(rf"(?:{_ASKS.pattern})[ _-]?\d{{0,3}}", name, re.I) is not None


def holding(posts: Posts, place: int) -> float | None:
    """What holds at a character of a text: the value of the last post at it or before it.

    Example:
        >>> holding([(0, 1), (900, 2)], 899), holding([(10, 4.0)], 3)
        (1, None)
    """
    at = bisect_right(posts, place, key=lambda post: post[0]) - 1
    return posts[at][1] if at >= 0 else None


def transcript(text: str, spoken: bool = True) -> Transcript:
    """A transcript as it is kept: times stand beside the text, not in it.

    Args:
        text: subtitles (WebVTT, SubRip); or lines with a time before or behind the name, as meeting recorders write
            them (``[00:12] Ann: …``, ``王芳 00:12`` and the words below); or any other text, which stays as it is.
        spoken: whether somebody speaks in it: elsewhere times in front of lines belong to the text.

    Example:
        >>> transcript("WEBVTT\\n\\n00:01.000 --> 00:04.000\\n<v Ann>It took two weeks.\\n")
        Transcript(text='Ann: It took two weeks.', times=((0, 1.0),))
        >>> transcript("王芳 00:12\\n找了半天。\\n王芳 01:09\\n打了热线。")
        Transcript(text='王芳: 找了半天。\\n王芳: 打了热线。', times=((0, 12.0), (10, 69.0)))
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    heard = cues(text)
    if heard:
        return _joined(heard)
    return _without_times(text) if spoken else Transcript(text)


def _named(name: str) -> bool:
    return len(name.split()) <= _WORDS and not _NO_NAME.fullmatch(name)


def _joined(heard: Sequence[tuple[float, str, str]]) -> Transcript:
    """Cues as flowing text: a line for each turn, and where nobody is named for each few sentences."""
    text, times, line, speaks = "", [], 0, ""
    for time, name, words in heard:
        turn = bool(name and name != speaks) or _SPEAKER.match(words) is not None
        if text and (turn or (not speaks and len(text) - line > _PARAGRAPH and text.endswith(_ENDS))):
            text += "\n"
            line = len(text)
        elif text and (text[-1].isalnum() or text[-1] < "\u2e80"):
            text += " "
        times.append((len(text), time))
        text += f"{name}: {words}" if turn and name else words
        speaks = name or speaks
    return Transcript(text, tuple(times))


_PARAGRAPH = 240
"""Characters after which what nobody is named for goes on in a new line."""

_ENDS = tuple(".!?。！？…")


def _without_times(text: str) -> Transcript:
    """Take the times out of lines, where at least two lines have one in the same manner."""
    lines = text.split("\n")
    behind = [_behind(line) for line in lines]
    names = Counter(found["name"] for found in behind if found)
    behind = [found if found and names[found["name"]] > 1 else None for found in behind]
    before = [_BEFORE.match(line) for line in lines]
    ways = [found for found in (behind, before) if sum(one is not None for one in found) > 1]
    if not ways:
        return Transcript(text)
    text, times, waits = "", [], False
    for line, found in zip(lines, ways[0], strict=True):
        if found is not None:
            text += "\n" if text else ""
            times.append((len(text), _seconds(found["time"])))
            words = found["words"] or ""
            text += f"{found['name']}: {words}" if ways[0] is behind else words
            waits = not words
        elif not waits:
            text += f"\n{line}" if text else line
        elif line.strip():  # the words that belong to a name stand below it
            text += line
            waits = False
    return Transcript(text, tuple(times))


def _behind(line: str) -> re.Match[str] | None:
    found = _BEHIND.match(line)
    return found if found and _named(found["name"]) else None


def _seconds(clock: str) -> float:
    """Seconds of a time such as ``1:02:03`` or ``02:03.5``."""
    total = 0.0
    for part in re.split("[:：]", clock.replace(",", ".")):
        total = total * 60 + float(part)
    return total
