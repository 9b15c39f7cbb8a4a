"""What people write, as it is drawn: lines with bold and italic in them, and lists whose items hang."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lvtu.maps.document.marked import Paragraph, Run, paragraphs
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Label, text


def written(words: str, x: float, y: float, room: float, size: float, color: str, most: int) -> list[Label]:
    """A card's text, its upper left corner at x, y.

    Args:
        words: it, with its marks (`lvtu.maps.document.marked`).
        x, y, room: its place, and how wide it may be.
        size, color: of the type.
        most: lines at most.

    Example:
        >>> for label in written("- so **very** slow", 0, 0, 64, 12, "#000000", 4):
        ...     print(round(label.x, 2), label.lines, [[tuple(run) for run in line] for line in label.runs])
        0 ('•',) []
        10.92 ('so very', 'slow') [[('so ', False, False), ('very', True, False)], [('slow', False, False)]]
    """
    labels: list[Label] = []
    for part in paragraphs(words):
        if most <= 0:
            break
        made, high = _paragraph(part, x, y, room, size, color, most)
        labels += made
        most -= max(len(made[-1].lines), 1)
        y += max(high, size)
    return labels


def _paragraph(
    part: Paragraph, x: float, y: float, room: float, size: float, color: str, most: int
) -> tuple[list[Label], float]:
    lead = width(part.lead, size)
    words = part.text[len(part.lead) :]
    bold = part.bold or any(run.bold for run in part.runs)
    body = text(words, x + lead, y, room - lead, size, color, most=most, bold=bold)
    runs = tuple(_cut(part.runs, body.lines)) if part.runs else ()
    made = replace(body, bold=part.bold, runs=runs) if runs else body
    bullet = [Label(x, y + size, (part.lead.strip(),), size, color)] if part.lead else []
    return [*bullet, made], made.height


def _cut(runs: tuple[Run, ...], lines: tuple[str, ...]) -> Iterator[tuple[Run, ...]]:
    """The runs of each line of a text that was broken."""
    letters = [(letter, run) for run in runs for letter in run.text]
    place = 0
    for line in lines:
        found: list[Run] = []
        for letter in line:
            while place < len(letters) and letters[place][0] != letter and letters[place][0].isspace():
                place += 1
            run = letters[min(place, len(letters) - 1)][1]
            place += 1
            if found and found[-1][1:] == run[1:]:
                found[-1] = found[-1]._replace(text=found[-1].text + letter)
            else:
                found.append(run._replace(text=letter))
        yield tuple(found)


def height_of(labels: list[Label]) -> float:
    """How high labels below each other are, from the top of the first to the bottom of the last."""
    if not labels:
        return 0.0
    first, last = labels[0], labels[-1]
    return last.y - last.size + max(last.height, last.size) - (first.y - first.size)
