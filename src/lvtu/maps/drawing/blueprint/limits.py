"""Within what time a link has to be taken up, and how often it is."""

from __future__ import annotations

from lvtu.core.units import duration, spell
from lvtu.core.words import spoken
from lvtu.maps.blueprint.rules import missed
from lvtu.maps.document import Link
from lvtu.maps.drawing.numbers import number
from lvtu.maps.drawing.sheet import Sheet


def limitless(sheet: Sheet, link: Link) -> bool:
    """Whether a hand-off does not say within what time, and nobody accepted that."""
    waived = {waiver.key for waiver in sheet.map.waivers}
    return link.kind == "hands_over" and link.sla is None and not waived & {"no_sla", f"no_sla:{link.key}"}


def limit(sheet: Sheet, link: Link) -> tuple[str, ...]:
    """Within what time, and how often that was kept; below it how often it was not, where it breaks."""
    if link.sla is None:
        return (sheet.say("no_limit"),) if limitless(sheet, link) else ()
    words = sheet.say("within", time=spoken(spell(duration(link.sla)), sheet.lang))
    kept = sheet.filled.kept.get(link.key)
    if kept is None:
        return (words,)
    words += f" · {number(kept.share, 'share', sheet.lang)}"
    if not missed(kept):
        return (words,)
    return words, sheet.say("late_never", late=f"{kept.late:,}", broken=f"{kept.broken:,}")
