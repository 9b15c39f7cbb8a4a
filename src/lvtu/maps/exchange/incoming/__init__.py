"""Files of other programs read as maps, with a report that says what became of everything in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lvtu.collect.streams import sniff_encoding
from lvtu.core.languages import chosen
from lvtu.core.sentences import Note
from lvtu.core.words import Lang
from lvtu.errors import BadInput
from lvtu.maps.document import JourneyMap
from lvtu.maps.exchange.incoming.cjml import is_cjml, read_cjml
from lvtu.maps.exchange.incoming.diagrams import is_diagram, read_diagram
from lvtu.maps.exchange.incoming.forms import Shape, shape_of
from lvtu.maps.exchange.incoming.grids import read_grid
from lvtu.maps.exchange.incoming.lists import read_cards, read_steps
from lvtu.maps.exchange.incoming.report import Report
from lvtu.maps.exchange.incoming.sketch import Sketch
from lvtu.maps.exchange.incoming.tables import Table, of_csv, of_workbook

MOST_BYTES = 20_000_000
"""How large a file may be that is read as a map."""

_DOCUMENTS = (".json", ".yaml", ".yml")


@dataclass(frozen=True)
class Incoming:
    """A map that was read from a file, before it is kept.

    Attributes:
        map: it.
        report: what became of what.
    """

    map: JourneyMap
    report: Report


def incoming(path: str | Path, *, name: str | None = None, language: Lang | None = None) -> Incoming:
    """A file as a map: JSON or YAML of Lvtu, a workbook, CSV, a journey diagram of Mermaid, or a document of CJML.

    A table may have its lanes as rows and its steps as columns, a row for each step, or a row for each card: which one
    is seen from its names of lanes, in Chinese and in English.

    Args:
        path: the file.
        name: what it is called, where its path does not say.
        language: of the names that are made here.

    Raises:
        BadInput: it cannot be read, is too large, or holds no map.
    """
    path = Path(path)
    called = name or path.name
    if not path.is_file():
        raise BadInput("no_file", file=str(path))
    if path.stat().st_size > MOST_BYTES:
        raise BadInput("map_file_too_large", file=called, most=MOST_BYTES // 1_000_000)
    content = path.read_bytes()
    stem = Path(called).stem or called
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        tables, title = of_workbook(path, called)
        return _of_tables(tables, title, stem, called, chosen(language))
    text = content.decode(sniff_encoding(content), "replace").removeprefix("\ufeff")
    if called.lower().endswith(_DOCUMENTS) or text.lstrip().startswith("{"):
        return _of_document(text)
    sketch = Sketch(chosen(language))
    if is_cjml(text):
        read_cjml(text, sketch, called)
        return Incoming(sketch.document(stem), sketch.report)
    if is_diagram(text):
        read_diagram(text, sketch)
        return Incoming(sketch.document(stem), sketch.report)
    return _of_tables(of_csv(content, called), "", stem, called, chosen(language))


def _of_document(text: str) -> Incoming:
    map_ = JourneyMap.load(text + "\n")  # one line without a colon would be read as the path of a file
    parts = {"stages": len(map_.stages), "steps": len(map_.steps), "lanes": len(map_.lanes), "cards": len(map_.cards)}
    return Incoming(map_, Report([Note("import_document", **parts)]))


def _of_tables(tables: list[Table], title: str, stem: str, called: str, lang: Lang) -> Incoming:
    """The first table that holds a grid or a list of steps, with the cards of the first list of cards."""
    shapes = [(table, shape_of(table)) for table in tables]
    main = next(((t, s) for t, s in shapes if s is not None and s.form != "cards"), None)
    cards = next(((t, s) for t, s in shapes if s is not None and s.form == "cards"), None)
    if main is None and cards is None:
        rows, columns = max(((len(t.rows), len(t.rows[0])) for t, _ in shapes if t.rows), default=(0, 0))
        raise BadInput("no_map_in_table", file=called, rows=rows, columns=columns)
    sketch = Sketch(lang)
    sketch.title = title
    for table, shape in (one for one in (main, cards) if one is not None):
        _above(table, shape, sketch)
    if main is not None:
        (read_grid if main[1].form == "grid" else read_steps)(*main, sketch)
    if cards is not None:
        _with_cards(cards, sketch)
    for table, _ in shapes:
        if table not in [one[0] for one in (main, cards) if one is not None]:
            sketch.report.left.append(Note("import_sheet", name=table.name, rows=len(table.rows)))
    return Incoming(sketch.document(stem), sketch.report)


def _with_cards(cards: tuple[Table, Shape], sketch: Sketch) -> None:
    """The cards of a list, in the place of what a grid of the same workbook says in their words."""
    names = {step["key"]: step["name"] for step in sketch.steps}
    there: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for card in sketch.cards:
        there.setdefault((card["lane"], names[card["step"]], card.get("text", "")), []).append(card)
    sketch.cards = []
    read_cards(*cards, sketch)
    names = {step["key"]: step["name"] for step in sketch.steps}
    for card in sketch.cards:
        if same := there.get((card["lane"], names[card["step"]], card.get("text", ""))):
            card["step"] = same.pop(0)["step"]  # of several steps of one name, the one at which the grid has it
    for card in (one for some in there.values() for one in some):
        sketch.card(card)
    sketch.channels_once()


def _above(table: Table, shape: Shape, sketch: Sketch) -> None:
    """What stands above a table: its first text is the title, where nothing else says it."""
    for row in range(shape.head):
        for text in (cell for cell in table.rows[row] if cell):
            if not sketch.title:
                sketch.title = text
                sketch.report.taken.append(Note("import_title", place=table.row(row), text=text[:80]))
            elif text != sketch.title:
                sketch.report.left.append(Note("import_above", place=table.row(row), text=text[:80]))


__all__ = ["MOST_BYTES", "Incoming", "Report", "incoming"]
