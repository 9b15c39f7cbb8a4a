"""What a service standard demands: what is always done, and what never."""

from __future__ import annotations

from lvtu.maps.document import Card
from lvtu.maps.document.details import Standard
from lvtu.maps.document.marked import unmarked
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Label, joined, text
from lvtu.maps.drawing.sheet import Sheet

DO, DONT = "✓", "✗"
_MOST = 10


def rules(
    sheet: Sheet, one: Card, x: float, y: float, room: float, size: float, *, told: bool = True
) -> tuple[list[Label], float]:
    """What is always done behind a tick, what is never done behind a cross, its version and what teaches it below; and
    how high that is.

    Args:
        sheet: what is drawn.
        one: the card of a standard; of any other nothing is said.
        x, y, room: the upper left corner, and how wide it may be.
        size: of the type.
        told: whether the text of the card stands elsewhere; else it is what is done, where nothing more is said.
    """
    said = one.details if isinstance(one.details, Standard) else None
    theme, labels = sheet.palette.theme, list[Label]()
    lead, top = width(DO, size) + 4, y
    signs = ((DO, theme.better), (DONT, theme.soft))
    for (sign, color), words in zip(signs, demands(sheet, one, told=told), strict=True):
        if words:
            body = text(words, x + lead, y, room - lead, size, theme.ink, most=_MOST)
            labels += [Label(x, y + size, (sign,), size, color, bold=True), body]
            y += body.height + 2
    if said is not None:
        version = said.version and f"v{said.version.removeprefix('v')}"
        parts = [part for part in (version, said.since and said.since.isoformat(), said.training) if part]
        small = size - 1
        below = text("\n".join(joined(parts, room, small)), x, y, room, small, theme.faint)
        labels += [below] if below.lines else []
        y += below.height
    return labels, y - top


def demands(sheet: Sheet, one: Card, *, told: bool) -> tuple[str, str]:
    """What is always done and what never; empty where nothing is said."""
    said = one.details if isinstance(one.details, Standard) else None
    do, dont = (sheet.of(words) if words else "" for words in ((said.do, said.dont) if said else (None, None)))
    return (do or ("" if told or dont else unmarked(sheet.of(one.text)))), dont
