"""The table that folds code points: case, width, accents, digits, traditional characters; and the kind of each."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np

from lvtu.kernels import text as kernels

SIZE = 0x10000
ALIKE = dict(zip("，。！？；：（）【】「」“”‘’、～〜…—–·《》", ',.!?;:()()()""\'\',~~.--.""', strict=True))
"""Punctuation that two scripts write differently."""
TRADITIONAL = {
    pair[0]: pair[1]
    for line in (Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for pair in line.split()
}
WITHOUT_BLANKS = ("HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")


def table() -> np.ndarray:
    """The table, uint32: kind and folded code of each code point of the first plane; 0 for what is left out."""
    return np.array([_entry(chr(code)) for code in range(SIZE)], np.uint32)


def _entry(character: str) -> int:
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me", "Cs") or "\ufe00" <= character <= "\ufe0f":
        return 0
    folded = ALIKE.get(character) or TRADITIONAL.get(character) or _plain(character)
    kind = _kind(folded)
    if kind == kernels.DIGIT:
        folded = "0"
    if kind == kernels.BLANK:
        folded = " "
    return ord(folded) | kind << kernels.KIND


def _plain(character: str) -> str:
    """The character without case, width and accents, if that is one character."""
    text = unicodedata.normalize("NFKC", character).lower()
    if len(text) != 1:
        text = character.lower()
    bare = [one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)]
    return bare[0] if len(bare) == 1 else text if len(text) == 1 else character


def _kind(character: str) -> int:
    category, code = unicodedata.category(character), ord(character)
    if category[0] in "ZC":
        return kernels.BLANK
    if category[0] == "N":
        return kernels.DIGIT
    if category[0] in "LM":
        name = unicodedata.name(character, "")
        if 0x3400 <= code < 0xA000 or name.startswith("CJK") or character == "々":
            return kernels.HAN
        if name.startswith("LATIN"):
            return kernels.LATIN
        return kernels.KANA if name.startswith(WITHOUT_BLANKS) else kernels.LETTER
    return kernels.SYMBOL if category == "So" else kernels.MARK
