"""What is particular about the words of one kind of answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.analyses.naming import called
from lvtu.analyses.text import in_zone
from lvtu.analyses.wording.cells import with_interval
from lvtu.core.words import language, say


class Wording:
    """The words of one kind of answer; most kinds need only some of it.

    Attributes:
        heads: words for headings, by column, where they are not the column's own.
        idle: a column, and those that say nothing where it is zero or null throughout.
        only_if_any: columns shown only where one of their numbers is not zero, with what says nothing without them.
        places: columns that hold values of ``by``, and marks.
        lists: columns of lists of such values.
        intervals: columns of shares, and those of the ends of their intervals, which stand in one cell.
    """

    heads: ClassVar[Mapping[str, str]] = {}
    idle: ClassVar[tuple[str, tuple[str, ...]]] = ("", ())
    only_if_any: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    places: ClassVar[tuple[str, ...]] = ("source", "target", "place")
    lists: ClassVar[tuple[str, ...]] = ()
    intervals: ClassVar[Mapping[str, tuple[str, str]]] = {}

    def titles(self, result: Any) -> dict[str, str]:
        """Headings that depend on the question, by column."""
        return {}

    def remarks(self, result: Any) -> list[str]:
        """What is to be known about an answer beside its notes."""
        return []

    def shaped(self, result: Any) -> pa.Table:
        """The table with what a person needs of it."""
        data = in_zone(self.in_words(result, result.table), result.spec)
        for zero, others in self.only_if_any.items():
            data = data if pc.any(pc.not_equal(data[zero], 0)).as_py() else data.drop_columns([zero, *others])
        for share, ends in self.intervals.items():
            data = with_interval(data, share, ends)
        nothing, columns = self.idle
        idle = nothing in data.column_names and not pc.any(pc.not_equal(data[nothing], 0)).as_py()
        return data.drop_columns(list(columns)) if idle else data

    def in_words(self, result: Any, data: pa.Table) -> pa.Table:
        """A table of an answer with the names that people have for its keys, and words for marks."""
        by = getattr(result.spec, "by", None)
        marks = {mark: say(f"values.{word}") for mark, word in result.marks.items()}
        for at, name in enumerate(data.column_names):
            place = name in self.places
            column = by if place or name in (f"by_{by}", *self.lists) else name
            names = {**result.naming.names(column, language()), **(marks if place else {})}
            if not names:
                continue
            if name in self.lists:
                lists = [one and [_called(each, names) for each in one] for one in data[name].to_pylist()]
                data = data.set_column(at, name, pa.array(lists, data.schema.field(name).type))
            elif pa.types.is_string(data.schema.field(name).type):
                values = [key if key is None else called(names, key) for key in data[name].to_pylist()]
                data = data.set_column(at, name, pa.array(values, pa.string()))
        return data


def _called(place: Any, names: dict[str, str]) -> Any:
    """A place, or what is known of one, by its name instead of its key."""
    return place | {"place": called(names, place["place"])} if isinstance(place, dict) else called(names, place)
