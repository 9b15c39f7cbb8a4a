"""Subtitles (WebVTT, SubRip): who says what when."""

from __future__ import annotations

import re

_TIMES = re.compile(r"^(?:(?P<h>\d{1,3}):)?(?P<m>\d\d):(?P<s>\d\d[.,]\d{3})[ \t]+-->[ \t]+.*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^ >]+)*\s+([^>]+)>")
_TAG = re.compile(r"</?[a-z][^>]*>|<\d[\d:.]*>")


def cues(text: str) -> list[tuple[float, str, str]]:
    """The cues of subtitles: when each begins (seconds), whose voice it is, and its words; none of any other text.

    Args:
        text: lines that end with ``\\n``.

    Example:
        >>> cues("1\\n00:00:01,500 --> 00:00:04,000\\n<v Ann>It took\\ntwo weeks.\\n")
        [(1.5, 'Ann', 'It took two weeks.')]
    """
    starts = list(_TIMES.finditer(text))
    over = [*(one.start() for one in starts[1:]), len(text)] if starts else []
    found: list[tuple[float, str, str]] = []
    for one, end in zip(starts, over, strict=True):
        time = int(one["h"] or 0) * 3600 + int(one["m"]) * 60 + float(one["s"].replace(",", "."))
        body = text[one.end() : end].strip("\n").split("\n\n")[0]  # what follows is the number of the next, or a note
        found += [(time, name, words) for name, words in _voices(body)]
    return found


def _voices(body: str) -> list[tuple[str, str]]:
    """The voices of a cue, each with its words in one line."""
    parts = _VOICE.split(body)
    pairs = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    flat = [(name.strip(), _flat(words)) for name, words in pairs]
    return [(name, words) for name, words in flat if words]


def _flat(words: str) -> str:
    lines = [line.strip() for line in _TAG.sub("", words).split("\n")]
    out = ""
    for line in filter(None, lines):
        out += line if not out or out[-1] > "\u2e7f" else f" {line}"
    return out
