"""The page as a value: a journey map with lanes, findings, key figures, cards and tables, in two languages.

Nothing here knows HTML; the renderers know nothing of airports or shops.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lvtu.demo.model import Finding, MapPlan, Text

Tone = Literal["", "worse", "better", "good"]
"""``worse`` is drawn red and means significantly worse; ``better`` significantly better; ``good`` a strong point."""


@dataclass(frozen=True)
class Point:
    """A point of a curve: this period's value with its interval, and the last period's.

    Attributes:
        value: on the lane's scale.
        low: lower end of the 95 % interval.
        high: upper end.
        n: answers or customers behind it.
        shown: the value as text.
        detail: everything about the point in one sentence, for the ear and the pointer.
        before: the last period's value, None where there is none.
        tone: ``worse`` or ``better`` where the change is significant.
    """

    value: float
    low: float
    high: float
    n: int
    shown: str
    detail: Text
    before: float | None = None
    tone: Tone = ""


@dataclass(frozen=True)
class CurveLane:
    """A lane with one curve on one scale; None is a gap and is never bridged.

    Attributes:
        label: the lane's name.
        ends: the scale's two ends in its own words.
        points: per step.
        low: value at the lane's lower edge.
        high: value at its upper edge.
        ticks: values with a line and a label.
        joined: whether neighbouring points are one quantity, so that a line may join them.
    """

    label: Text
    ends: Text
    points: tuple[Point | None, ...]
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    joined: bool = True


@dataclass(frozen=True)
class Cell:
    """A cell of a lane of words and numbers.

    Attributes:
        main: the number or the words.
        note: smaller print below.
        bar: length of a bar, 0…1.
        tone: how it is coloured.
    """

    main: Text
    note: Text | None = None
    bar: float | None = None
    tone: Tone = ""


@dataclass(frozen=True)
class CellLane:
    """A lane of cells; None has no evidence and says so.

    Attributes:
        label: the lane's name.
        hint: what the numbers are.
        cells: per step, or a single one for the whole lane.
        quiet: leave cells without evidence empty instead of marking each (for lanes of remarks).
    """

    label: Text
    hint: Text
    cells: tuple[Cell | None, ...]
    quiet: bool = False


Lane = CurveLane | CellLane


@dataclass(frozen=True)
class Kpi:
    """A key figure on top of the page."""

    label: Text
    value: str
    change: Text
    note: Text
    tone: Tone = ""


@dataclass(frozen=True)
class Bar:
    """A labelled bar from zero; ``share`` is its length, 0…1, ``faint`` the last period's."""

    label: Text
    shown: str
    share: float
    faint: bool = False
    tone: Tone = ""


@dataclass(frozen=True)
class Quote:
    """What a customer said, in the original, with a translation where it helps, and where it stands."""

    text: str
    translation: str = ""
    source: Text | None = None


@dataclass(frozen=True)
class Card:
    """One thing worth a closer look."""

    title: Text
    place: Text
    big: str = ""
    change: Text = field(default_factory=lambda: Text("", ""))
    note: Text = field(default_factory=lambda: Text("", ""))
    bars_title: Text = field(default_factory=lambda: Text("", ""))
    bars: tuple[Bar, ...] = ()
    quotes_title: Text = field(default_factory=lambda: Text("", ""))
    quotes: tuple[Quote, ...] = ()
    tone: Tone = ""


@dataclass(frozen=True)
class Table:
    """A table of figures; cells are texts, ``shade`` (0…1 per cell) colours a heat map, ``asks`` its commands."""

    title: Text
    note: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    shade: tuple[tuple[float | None, ...], ...] = ()
    marked: tuple[int, ...] = ()
    folded: bool = False
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rank:
    """A row of a ranking: a value with its interval on the ranking's scale, and the last period's.

    Attributes:
        label: what it is about.
        value: on the ranking's scale, as are ``low``, ``high`` and ``before``.
        shown: the value and its interval as text.
        note: the rest that belongs to the number: n, the last period, the change.
    """

    label: Text
    value: float
    low: float
    high: float
    shown: Text
    note: Text
    before: float | None = None
    tone: Tone = ""


@dataclass(frozen=True)
class Ranking:
    """Values of one kind under each other, on one scale from zero.

    Attributes:
        title: what they are.
        note: how to read them.
        rows: in order.
        asks: the commands that ask for them.
    """

    title: Text
    note: Text
    rows: tuple[Rank, ...]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of the page under a heading of its own: rankings, then cards, then tables."""

    title: Text
    rankings: tuple[Ranking, ...] = ()
    cards: tuple[Card, ...] = ()
    tables: tuple[Table, ...] = ()
    note: Text | None = None


@dataclass(frozen=True)
class Page:
    """A workspace's page.

    Attributes:
        model: the journey model drawn.
        findings: what was found, the most important first.
        kpis: key figures.
        lanes: the map's lanes, top to bottom.
        legend: how to read the map.
        sections: what is told in between, each under its heading.
        cards: what is worth a closer look.
        tables: further figures.
        about: headings with what is said about the data.
        asks: the commands that ask for the map's figures.
    """

    model: MapPlan
    findings: tuple[Finding, ...]
    kpis: tuple[Kpi, ...]
    lanes: tuple[Lane, ...]
    legend: tuple[Text, ...]
    cards: tuple[Card, ...]
    tables: tuple[Table, ...]
    about: tuple[tuple[Text, Text], ...]
    sections: tuple[Section, ...] = ()
    asks: tuple[str, ...] = ()
