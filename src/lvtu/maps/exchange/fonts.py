"""The fonts of what leaves the app: shipped ones, and where they lack a character one of the machine's."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lvtu.core.sentences import Note
from lvtu.maps.drawing.scene import Label, Part, Scene, Shape
from lvtu.maps.exchange.outlines import outline

FAMILY = "Noto Sans SC"
REGULAR, BOLD = (Path(__file__).with_name("fonts") / name for name in ("regular.ttf", "bold.ttf"))
"""Two weights with the same characters: those of GB 2312 and writing that is not Chinese."""

LACKING = "〓"
"""What stands for a character that no font has, as Chinese printers do."""

_FOLDERS = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("${WINDIR}/Fonts", "${LOCALAPPDATA}/Microsoft/Windows/Fonts"),
}
_ELSEWHERE = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_LARGE = re.compile(
    r"noto ?sans ?(mono)?cjk|noto ?sans ?[sth]c|source ?han|pingfang|hiragino|msyh|msjh|simsun|simhei|wqy"
    r"|droid ?sans ?fallback|arial ?unicode|unifont|symbola|emoji|dejavu ?sans|seguisym", re.IGNORECASE,
)  # fmt: skip
"""Fonts that hold much of what others lack; of all that a machine may have, only these are opened."""

_PLANE = 0xFFFF
"""The last code point whose text can be read back from a PDF that reportlab writes."""

_UNSEEN = ("Cc", "Cf", "Mn", "Zl", "Zp")
"""Characters without a form of their own: controls, joiners, variation selectors."""


@dataclass(frozen=True)
class Fonts:
    """What a picture is set in.

    Attributes:
        more: fonts of the machine that hold what the shipped ones lack.
        lacking: characters that none has, in order.
        drawn: characters of fonts that cannot be embedded, each with the font whose outline of it is drawn.
    """

    more: tuple[Path, ...] = ()
    lacking: str = ""
    drawn: Mapping[str, Path] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is to be said where a character stands as `LACKING`."""
        return (Note("characters_lacking", characters=" ".join(self.lacking), sign=LACKING),) if self.lacking else ()

    def spelled(self, text: str) -> str:
        """A text as it can be set: `LACKING` for what no font has.

        Example:
            >>> Fonts(lacking="𠮷").spelled("𠮷野家")
            '〓野家'
        """
        return text.translate({ord(one): LACKING for one in self.lacking}) if self.lacking else text


def fonts_for(scenes: Iterable[Scene], *, embedded: bool = False) -> Fonts:
    """The fonts that some pictures need.

    Args:
        scenes: they.
        embedded: whether the fonts of the machine must have outlines that a PDF can hold; single characters of
            others are drawn.
    """
    texts = "".join(text for scene in scenes for text in _texts(scene.shapes))
    wanted = {one for one in set(texts) if unicodedata.category(one) not in _UNSEEN and ord(one) not in held(REGULAR)}
    more = []
    for path in _others() if wanted else ():
        found = {one for one in wanted if ord(one) in held(path, embedded)}
        if found:
            more.append(path)
            wanted -= found
        if not wanted:
            break
    drawn = {one: path for path in reversed(_others()) for one in wanted if outline(path, one)} if embedded else {}
    return Fonts(tuple(more), "".join(sorted(wanted - drawn.keys())), drawn)


@cache
def held(path: Path, embedded: bool = False) -> frozenset[int]:
    """The characters of a font, as code points; none where it cannot be read, or not be embedded.

    Example:
        >>> ord("旅") in held(REGULAR), held(REGULAR) == held(BOLD)
        (True, True)
    """
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            known = frozenset(font.getBestCmap() or ())
            if not embedded:
                return known
            return frozenset(one for one in known if one <= _PLANE) if "glyf" in font else frozenset()
    except (OSError, TTLibError, KeyError):
        return frozenset()


@cache
def _others() -> tuple[Path, ...]:
    """Fonts of the machine that hold much, those for Chinese first."""
    folders = (Path(os.path.expandvars(one)).expanduser() for one in _FOLDERS.get(sys.platform, _ELSEWHERE))
    files = sorted(path for folder in folders if folder.is_dir() for path in folder.rglob("*.[to]t[fc]"))
    ranked = [(found.start() if found else -1, path) for path in files for found in (_LARGE.search(path.name),)]
    return tuple(path for rank, path in ranked if rank >= 0)


def _texts(shapes: Sequence[Shape]) -> Iterator[str]:
    for shape in shapes:
        if isinstance(shape, Part):
            yield from _texts(shape.shapes)
        elif isinstance(shape, Label):
            yield from shape.lines
