"""Make the fonts of maps anew: ``python tools/map_fonts.py FOLDER``.

FOLDER is the unpacked package ``@expo-google-fonts/noto-sans-sc`` (``npm pack @expo-google-fonts/noto-sans-sc``), Noto
Sans SC as TrueType. Of two weights the characters of GB 2312 stay, the traditional forms of its common ones, some of
people's names, and all writing that is not Chinese; hints and layout that no line of a map needs go. The middle dot,
which parts numbers, becomes as narrow as Latin has it. Each file is checked to be below 3 MB.
"""

from __future__ import annotations

import sys
from copy import deepcopy
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src/lvtu/maps/exchange/fonts"
WEIGHTS = {"400Regular/NotoSansSC_400Regular.ttf": "regular.ttf", "600SemiBold/NotoSansSC_600SemiBold.ttf": "bold.ttf"}
TRADITIONAL = ROOT / "tools/text/traditional.txt"
MOST = 3_000_000

_NAMES = (
    "喆堃玥璟昇翀祎珺頔赟韫缦甯珅玙珩囍嘅喺咗嚟嘢佢哋啲乜冇瑄暄烜煊淼垚犇鑫骉彧翊翎邡烨晔祺禛祯琤玘珏璘珣嬅昉旸旻昳晞晗晢睿鋆"
    "铖铭镕鎏钰锴琰琦瑾瑜瑶璇璐璞"
)
"""Characters of people's names, and of Cantonese, that GB 2312 may lack."""

_OTHER = ((0x20, 0x2E7F), (0x3000, 0x30FF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))
"""Ranges that stay whole: Latin, Greek, Cyrillic, punctuation, arrows, signs, kana, full-width forms."""


def wanted() -> set[int]:
    """The characters that stay."""
    kept = {code for first, last in _OTHER for code in range(first, last + 1)}
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            kept |= {ord(one) for one in bytes((high, low)).decode("gb2312", "ignore")}
    return kept | _traditional() | {ord(one) for one in _NAMES}


def _traditional() -> set[int]:
    """The traditional forms of the 3,755 commonest characters, which are the first part of GB 2312."""
    pairs = TRADITIONAL.read_text(encoding="utf-8").split("\n", 2)[2].split()
    return {ord(pair[0]) for pair in pairs if pair[1].encode("gb2312")[0] < 0xD8}


def made(source: Path, into: Path) -> None:
    """One weight of the font with the characters that stay.

    Raises:
        SystemExit: it is too large.
    """
    options = Options(
        layout_features=["kern", "locl", "ccmp", "tnum"], hinting=False, glyph_names=False, name_IDs=["*"],
        drop_tables=["BASE", "GDEF", "STAT", "vhea", "vmtx", "gasp", "prep"],
    )  # fmt: skip
    font = TTFont(source)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    narrowed(font)
    font.save(into)
    size = into.stat().st_size
    print(f"{into.name}: {len(font.getBestCmap()):,} characters, {size:,} bytes")
    if size >= MOST:
        raise SystemExit(f"{into.name} is too large")


def narrowed(font: TTFont, code: int = 0xB7, wide: int = 300) -> None:
    """A character of a font set in less room than a Chinese one, its form in the middle of it; others keep theirs."""
    glyphs, name = font["glyf"], f"narrow{code:x}"
    glyph = deepcopy(glyphs[font.getBestCmap()[code]])
    glyph.coordinates.translate(((wide - glyph.xMin - glyph.xMax) // 2, 0))
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    glyphs[name] = glyph
    glyph.recalcBounds(glyphs)
    font["hmtx"][name] = (wide, glyph.xMin)
    for table in font["cmap"].tables:
        if code in table.cmap:
            table.cmap[code] = name


def main(folder: Path) -> None:
    """Both weights and their licence."""
    OUT.mkdir(parents=True, exist_ok=True)
    for source, name in WEIGHTS.items():
        made(folder / source, OUT / name)
    (OUT / "OFL.txt").write_bytes((folder / "LICENSE_FONT").read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
