"""What every analysis has: a spec that is a value, and a result that can be shown."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import numpy as np
import pyarrow as pa
from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, ValidationError, WithJsonSchema

from lvtu.analyses.in_words import InWords
from lvtu.analyses.naming import Naming
from lvtu.core.expr import evaluate, parse
from lvtu.core.sentences import Cause, Note
from lvtu.core.units import duration, instant, write_duration, write_instant
from lvtu.core.words import Lang
from lvtu.errors import BadInput, UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.cells import Cell
    from lvtu.core.model import JourneyModel

FOREVER = 1 << 62
"""A duration or time beyond all others, for kernels."""

Duration = Annotated[
    int,
    BeforeValidator(duration),
    PlainSerializer(write_duration),
    WithJsonSchema({"type": "string", "examples": ["7d", "30m", "PT12H"]}),
]
"""Microseconds; read from and written as ``7d``."""

Instant = Annotated[
    int,
    BeforeValidator(instant),
    PlainSerializer(write_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""Microseconds since 1970 UTC; read from and written as ISO-8601."""


def _condition(text: Any) -> str:
    if not isinstance(text, str):
        raise BadInput("no_condition", value=str(text))
    return str(parse(text))


Condition = Annotated[str, BeforeValidator(_condition)]
"""A filter in the expression language, in its canonical spelling."""


_WIDTH = 900
"""Pixels of a picture unless others are asked for."""


class Spec(BaseModel):
    """A question: frozen, validated, the same from Python, the command line, HTTP and a saved chart.

    Attributes:
        where: only events for which this is true exist for the question.
        since: from this time on (what it selects, entries or events, each analysis says).
        until: before this time.
        model: the journey model behind touchpoint, stage, behaviour and online: its key, with @3 for a version; the
            default one if not given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    analysis: ClassVar[str]

    where: Condition | None = None
    since: Instant | None = None
    until: Instant | None = None
    model: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The question as JSON, without what is left at its default."""
        return {"analysis": self.analysis, **self.model_dump(mode="json", exclude_defaults=True)}

    @property
    def journey_model(self) -> str | None:
        """The key of the journey model that the question is read through."""
        return self.model

    def span(self) -> tuple[int, int]:
        """``since`` and ``until`` as numbers for kernels."""
        low = -FOREVER if self.since is None else self.since
        return low, FOREVER if self.until is None else self.until


class Result:
    """An answer.

    Attributes:
        spec: the question.
        table: the answer as an Arrow table.
        notes: what a reader must know to read it rightly, in the order of importance.
        token: the snapshot it was counted on.
        model: the journey model that the question was read through; None where none was needed.
        marks: values of the table that are no names, and the words of what they stand for (``values`` in the words).
        naming: what people call what it speaks of by keys.
    """

    model: JourneyModel | None = None
    naming: Naming = Naming()
    marks: Mapping[str, str] = MappingProxyType({})

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        if "explain" in cls.__dict__:
            setattr(cls, "explain", _saying_names(cls.__dict__["explain"]))  # noqa: B010

    def __init__(self, spec: Spec, table: pa.Table, token: str, notes: Iterable[Note] = ()) -> None:
        self.spec, self.table, self.token, self.notes = spec, table, token, list(notes)

    @property
    def kind(self) -> str:
        """What kind of answer it is, by which it is drawn."""
        return self.spec.analysis

    @cached_property
    def opens(self) -> Mapping[str, Cell]:
        """The numbers that customers are behind, by what they are asked for with; see `lvtu.analyses.cells`."""
        from lvtu.analyses.cells import by_text

        return by_text(self)

    def chart(self, lang: Lang | None = None, *, dark: bool = False) -> dict[str, Any]:
        """The answer as an ECharts option of plain values (JSON), complete with title, notes and colours.

        Args:
            lang: the language of its words, ``zh`` or ``en``; that of the environment if not given.
            dark: for a dark page.

        Returns:
            What ``echarts.init(element).setOption(option)`` draws. Numbers are those of the table, shares in per cent;
            what the table does not know is null, never zero.

        Raises:
            BadInput: there is no picture of this kind of answer.
        """
        from lvtu.analyses.charts import chart

        return chart(self, lang, dark)

    def svg(
        self, lang: Lang | None = None, *, dark: bool = False, width: int = _WIDTH, height: int | None = None
    ) -> str:
        """The same chart as an SVG picture, drawn on this machine (needs ``lvtu[notebook]``).

        Args:
            lang, dark: as for `chart`.
            width, height: pixels; as high as its rows need, 480 at most, if not given.

        Raises:
            BadInput: there is no picture of this kind of answer, or the part that draws is not installed.
        """
        from lvtu.analyses.charts.svg import height_of, svg_of

        option = self.chart(lang, dark=dark)
        return svg_of(option, width, height or height_of(option))

    def to_pandas(self) -> Any:
        """The table as a pandas frame (needs pandas)."""
        return self.table.to_pandas()

    def to_polars(self) -> Any:
        """The table as a Polars frame (needs Polars)."""
        import polars

        return polars.from_arrow(self.table)

    def to_json(self) -> dict[str, Any]:
        """``{"spec", "table", "notes"}`` of plain values; a note as `lvtu.core.sentences.Sentence.to_json` says."""
        notes = [note.to_json() for note in self.notes]
        return {"spec": self.spec.to_json(), "table": self.table.to_pylist(), "notes": notes}

    def __repr__(self) -> str:
        from lvtu.analyses.text import as_text, for_people

        return as_text(for_people(self.table, self.spec), self.notes)

    def _repr_html_(self) -> str:
        return self._repr_mimebundle_()["text/html"]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What a notebook shows: a page with the picture and the table; the picture alone, and text, for other places.

        Its words are those of the environment's language.
        """
        from lvtu.analyses.charts import KINDS
        from lvtu.analyses.charts.svg import can_draw, drawn_twice, height_of
        from lvtu.analyses.html import answer_html

        told = {"text/plain": repr(self)}
        picture = ""
        if self.kind in KINDS and not can_draw():
            warnings.warn(BadInput("no_drawing").text(), stacklevel=2)  # Python shows it once
        elif self.kind in KINDS:
            light, dark = self.chart(), self.chart(dark=True)
            told["image/svg+xml"], picture = drawn_twice(light, dark, _WIDTH, height_of(light))
        return told | {"text/html": answer_html(self, picture)}


def _saying_names(explain: Callable[..., InWords]) -> Callable[..., InWords]:
    """An answer's explanations say what the answer says: events by the names that people have for them."""

    @wraps(explain)
    def explained(result: Result, *args: Any, **more: Any) -> InWords:
        return explain(result, *args, **more).called_by(result.naming)

    return explained


def make(kind: type[Spec], values: dict[str, Any]) -> Any:
    """A spec from plain values.

    Raises:
        BadInput: a value does not fit; says which, and what does.
    """
    try:
        return kind(**values)
    except ValidationError as error:
        found = error.errors()
        first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
        where = ".".join(str(part) for part in first["loc"]) or kind.analysis
        cause = first.get("ctx", {}).get("error")
        if isinstance(cause, BadInput):
            raise cause from None
        if first["type"] == "extra_forbidden":
            known = sorted(kind.model_fields)
            raise UnknownName("option", where, known, analysis=kind.analysis) from None
        if first["type"] == "missing":
            raise BadInput("option_missing", analysis=kind.analysis, option=where) from None
        reason = Cause.of(first["type"], first["msg"].lower(), first.get("ctx", {}))
        raise BadInput(
            "bad_option", analysis=kind.analysis, option=where, value=repr(first["input"]), reason=reason
        ) from None


def mask_of(block: Block, condition: str | None) -> Array:
    """Which rows satisfy a condition, one byte each; empty for no condition."""
    if condition is None:
        return NOTHING
    return evaluate(parse(condition), block).view(np.uint8)


def view_of(block: Block, snapshot: Snapshot, condition: str | None) -> Array:
    """Which rows exist for a question: those of its view, no later than the snapshot; empty for all."""
    view = mask_of(block, condition)
    if snapshot.upto is not None:
        shown = (block.column("commit") <= snapshot.upto).view(np.uint8)
        view = shown if not len(view) else view & shown
    return view


def both(left: Array, right: Array) -> Array:
    """Rows in both masks; an empty mask holds all."""
    if not len(left):
        return right
    return left & right if len(right) else left


def names_in(*conditions: str | None) -> set[str]:
    """The fields and properties that some conditions read."""
    return {name for condition in conditions if condition for name in parse(condition).names}


def events_seen(
    block: Block, snapshot: Snapshot, spec: Spec, codes: Sequence[int] | None, event_where: str | None
) -> Array:
    """As `view_of`, of events with one of some codes (None: any) for which a condition is true."""
    view = both(view_of(block, snapshot, spec.where), mask_of(block, event_where))
    if codes is not None:
        wanted = np.zeros(len(snapshot.events), np.uint8)
        wanted[list(codes)] = 1
        view = both(view, wanted[block.column("event")])
    return view


def codes_of(snapshot: Snapshot, event: str | Sequence[str] | None) -> list[int] | None:
    """The codes of one event name or several; None for any event.

    Raises:
        UnknownName: no event has a name; says which come near.
    """
    names = (event,) if isinstance(event, str) else event
    return None if names is None else [snapshot.code(name) for name in names]
