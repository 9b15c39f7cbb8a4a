"""How a text is read, in plain Python: folded codes, grams as tuples, a set of buckets, a sum."""

from __future__ import annotations

from math import sqrt

BLANK, HAN, LATIN, DIGIT, MARK, SYMBOL, LETTER, KANA = range(8)
WORDS = (LATIN, DIGIT, LETTER)


def folded(text: str, table: list[int]) -> list[tuple[int, str, int]]:
    """Kind, folded character and place of what is left of each character of a text."""
    out: list[tuple[int, str, int]] = []
    for place, character in enumerate(text):
        code = ord(character)
        entry = table[code] if code < len(table) else code | (HAN if 0x20000 <= code < 0x40000 else SYMBOL) << 24
        if entry == 0:
            continue
        one = (entry >> 24, chr(entry & 0xFFFFFF))
        room = 1 if one[0] == BLANK else 2
        if len(out) >= room and all(before[:2] == one for before in out[-room:]):
            continue
        out.append((*one, place))
    return out


def turns(codes: list[tuple[int, str]], at: int) -> bool:
    """Whether a Chinese character turns what follows."""
    one, after = codes[at][1], codes[at + 1][1] if at + 1 < len(codes) else ""
    return one in "没未无" or (one == "不" and after not in [*"错仅但过愧论断"])


def grams(text: str, table: list[int], negations: set[str]) -> list[tuple[str, tuple[tuple[int, str], ...], int, int]]:
    """All grams of a text: what sort it is, its codes, its first and last place."""
    codes = folded(text, table)
    plain = [one[:2] for one in codes]
    out = []
    at, negated = 0, 0
    while at < len(codes):
        if codes[at][0] not in WORDS:
            for size in (1, 2, 3):
                part = codes[at : at + size]
                if len(part) < size or part[-1][0] == BLANK or any(one[0] in WORDS for one in part[:-1]):
                    break
                out.append(("window", tuple(plain[at : at + size]), part[0][2], part[-1][2]))
                if negated and size < 3 and codes[at][0] == HAN:
                    out.append(("turned window", tuple(plain[at : at + size]), part[0][2], part[-1][2]))
            if codes[at][0] == HAN:
                negated = 6 if turns(plain, at) else max(0, negated - 1)
            elif codes[at][0] == MARK or (codes[at][0] == BLANK and at and codes[at - 1][0] == HAN):
                negated = 0
            at += 1
            continue
        end = at
        while end < len(codes) and (
            codes[end][0] in WORDS
            or (plain[end] == (MARK, "'") and end + 1 < len(codes) and codes[end + 1][0] == LATIN)
        ):
            end += 1
        if at and plain[at - 1] == (MARK, "@"):
            at = end
            continue
        if plain[end : end + 2] == [(MARK, ":"), (MARK, "/")]:
            while end < len(codes) and codes[end][0] != BLANK:
                end += 1
            at = end
            continue
        word, first, last = tuple(plain[at:end]), codes[at][2], codes[end - 1][2]
        out.append(("word", word, first, last))
        sort = "turned part" if negated else "part"
        if negated:
            out.append(("turned word", word, first, last))
            negated -= 1
        spelled = "".join(character for _, character in word)
        if spelled in negations or (len(spelled) > 3 and spelled.endswith("'t")):
            negated = 3
        edged = [None, *word, None]
        places = [first, *(one[2] for one in codes[at:end]), last]
        for start in range(len(edged)):
            for size in (2, 3, 4, 5):
                if start + size <= len(edged):
                    part = tuple(one or (0, " ") for one in edged[start : start + size])
                    out.append((sort, part, places[start], places[start + size - 1]))
        at = end
    return out


SALTS = {"window": 1, "turned window": 1, "word": 7, "turned word": 7, "part": 3, "turned part": 5}


def bucket(gram: tuple[str, tuple[tuple[int, str], ...], int, int], bits: int) -> int:
    """The bucket of a gram."""
    sort, codes = gram[:2]
    key = SALTS[sort]
    after = [999] if sort in ("turned word", "turned window") else []
    for number in [kind << 24 | ord(character) for kind, character in codes] + after:
        key = (key ^ number) * 0x9E3779B97F4A7C15 % 2**64
        key ^= key >> 29
    return key >> (64 - bits)


def logit(text: str, table: list[int], negations: set[str], weights: list[int], scale: float) -> float:
    """What one head makes of a text, before its intercept."""
    bits = len(weights).bit_length() - 1
    found = {bucket(gram, bits) for gram in grams(text, table, negations)}
    return sum(weights[one] for one in found) * scale / sqrt(max(1, len(found)))
