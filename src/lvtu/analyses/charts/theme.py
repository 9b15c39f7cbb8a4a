"""What all charts share: colours, type, titles, numbers, and the marks that are not ECharts' own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.charts.narrow import with_narrow
from lvtu.analyses.naming import Naming, called, scale_name
from lvtu.analyses.whom import group_called
from lvtu.analyses.wording.cells import interval
from lvtu.core.sentences import Note
from lvtu.core.units import spell
from lvtu.core.words import Lang, known, say, spoken

if TYPE_CHECKING:
    from lvtu.analyses.funnel.spec import Step

FONTS = "Inter, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
"""Figures are tabular where the page says ``font-variant-numeric: tabular-nums`` and draws as SVG."""

MOST_GROUPS = 8
"""Groups of a breakdown that are drawn, the largest ones."""

_TITLE, _LINE, _NOTE = 44, 20, 18
_NEARLY_ALL = 0.75


@dataclass(frozen=True)
class Theme:
    """Colours. Red (`worse`) is for what got significantly worse, and only for that.

    Attributes:
        ground: behind everything.
        ink, soft, faint: text, from titles to remarks.
        line: axes and grids; `track`: what a bar could fill.
        accent: the one colour of what is measured; `band`: its interval.
        tints: from least to most of one measure; the ink is readable on all of them.
        worse, better: significant changes.
        groups: colours of groups, the accent first.
    """

    ground: str
    ink: str
    soft: str
    faint: str
    line: str
    track: str
    accent: str
    band: str
    tints: tuple[str, str]
    worse: str
    better: str
    groups: tuple[str, ...]


LIGHT = Theme(
    "#ffffff", "#1c2430", "#5b6675", "#6b7583", "#e6e9ee", "#f0f2f6", "#2f5bd7", "rgba(47,91,215,0.14)",
    ("#f1f5fe", "#8fadf2"), "#b4442f", "#1d7f74",
    ("#2f5bd7", "#1d7f74", "#9a6b12", "#7b54b3", "#2a8fb8", "#5b6675", "#6f7f2a", "#9c4f80"),
)  # fmt: skip
DARK = Theme(
    "#161b23", "#e8ebf0", "#aab4c1", "#919cab", "#2c3541", "#212934", "#7f9ff5", "rgba(127,159,245,0.20)",
    ("#1e2739", "#4463ad"), "#e58a76", "#5bbfb1",
    ("#7f9ff5", "#5bbfb1", "#d3a64b", "#b698e6", "#6fc1e3", "#aab4c1", "#b3c26a", "#d892bd"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def mixed(one: str, other: str, share: float) -> str:
    """A colour between two, ``#rrggbb``.

    Example:
        >>> mixed("#000000", "#ff8000", 0.5)
        '#804000'
    """
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return f"#{bytes(round(a + (b - a) * share) for a, b in pairs).hex()}"


@dataclass(frozen=True)
class Sheet:
    """What a chart is drawn on: a language, a theme, and what groups, notes and events say in place of keys."""

    lang: Lang
    theme: Theme
    names: Mapping[str, str] = field(default_factory=dict)
    worded: Callable[[Note], Note] = lambda note: note
    naming: Naming = field(default_factory=Naming)

    # Words and numbers.

    def say(self, key: str, **values: object) -> str:
        """A text of the charts; whole numbers get separators."""
        return say(f"charts.{key}", self.lang, **values)

    def heading(self, name: str) -> str:
        """What a column is called."""
        return known(f"columns.{name}", self.lang) or name

    def word(self, value: str) -> str:
        """What a value is called that is always one of a few."""
        return say(f"values.{value}", self.lang)

    def group(self, value: str | None) -> str:
        """What a group is called."""
        return say("info.missing", self.lang) if value is None else called(self.names, value)

    def event(self, names: str | Iterable[str] | None, between: str = " | ") -> str:
        """What an event is called, or several of which one is meant; any event where none is named."""
        return self.naming.event(names, self.lang, between)

    def segment(self, text: str) -> str:
        """What a group of customers is called: a segment, or those of a condition."""
        return group_called(text, self.lang, self.naming)

    def place(self, name: str) -> str:
        """What the anchor of a path is called: a place, or else an event."""
        return called(self.names, name) if name in self.names else self.event(name)

    def step(self, step: Step) -> str:
        """What a step of a funnel is called."""
        return self.naming.step(step, self.lang)

    def channel(self, key: str | None) -> str:
        """What a channel is called."""
        return say("info.missing", self.lang) if key is None else self.naming.names("channel", self.lang).get(key, key)

    def scale(self, key: str | None) -> str:
        """What a scale is called."""
        return scale_name(key, self.lang)

    def share(self, value: float | None) -> str:
        """A share in per cent with one decimal."""
        return say("values.none", self.lang) if value is None else f"{100 * value:.1f}%"

    def number(self, value: int | None) -> str:
        """A whole number with separators."""
        return say("values.none", self.lang) if value is None else f"{value:,}"

    def interval(self, share: float | None, low: float | None, high: float | None) -> str:
        """A share with its 95 % interval, in per cent; the share alone where there is none."""
        return interval(share, low, high, self.lang)

    def aside(self, text: str, more: str) -> str:
        """A text with something in brackets."""
        return self.say("aside", text=text, more=more)

    def gap(self, micros: int | None) -> str:
        """A duration."""
        return spoken(spell(micros), self.lang)

    def hover(self, *lines: str) -> dict[str, Any]:
        """What a mark says when it is pointed at: the first line is what it is."""
        head, *rest = (escape(line) for line in lines if line)
        return {"formatter": "<br>".join([f"<b>{head}</b>", *rest])}

    # Parts of an option.

    def option(
        self, title: str, notes: Sequence[Note] = (), more: Sequence[str] = (), narrow: dict[str, Any] | None = None,
        narrow_remark: str = "", **parts: Any,
    ) -> dict[str, Any]:  # fmt: skip
        """An option with the title, notes below it, and everything that all charts share.

        Args:
            title: what is to be seen, in one sentence.
            notes: of the answer.
            more: remarks on the picture.
            narrow: what is drawn otherwise on a narrow page; see `with_narrow`.
            narrow_remark: on the picture there.
            parts: series, axes and so on.
        """
        remarks = [*more, *(self.worded(note).text(self.lang) for note in notes)]
        theme = self.theme
        option = {
            "backgroundColor": theme.ground,
            "textStyle": {"fontFamily": FONTS, "fontSize": 12, "color": theme.soft},
            "title": {
                "text": title, "subtext": "\n".join(remarks), "left": 16, "top": 12, "itemGap": 6,
                "textStyle": {"color": theme.ink, "fontSize": 14, "fontWeight": 600, "lineHeight": _LINE},
                "subtextStyle": {"color": theme.faint, "fontSize": 12, "lineHeight": _NOTE},
            },
            "aria": {"enabled": True, "label": {"description": " ".join([title, *remarks])}},
            "animationDuration": 150,
            "animationDurationUpdate": 150,
            "tooltip": {
                "trigger": "item", "confine": True, "backgroundColor": theme.ground, "borderColor": theme.line,
                "textStyle": {"color": theme.ink, "fontSize": 12},
            },
            **parts,
        }  # fmt: skip
        return with_narrow(option, narrow, narrow_remark)

    def top(self, remarks: int, legend: bool = False) -> int:
        """Pixels above the plot: title, remarks, legend."""
        return _TITLE + _NOTE * remarks + (30 if legend else 6)

    def grid(self, top: int | str, **more: Any) -> dict[str, Any]:
        """Where the plot is, its labels within."""
        return {"left": 16, "right": 24, "top": top, "bottom": 16, "outerBoundsMode": "same", **more}

    def legend(self, names: Sequence[str], remarks: int) -> dict[str, Any]:
        """A legend under the title."""
        return {
            "data": list(names), "left": 16, "top": self.top(remarks), "type": "scroll", "itemWidth": 10,
            "itemHeight": 10, "icon": "roundRect", "textStyle": {"color": self.theme.soft, "fontSize": 12},
        }  # fmt: skip

    def categories(self, names: Sequence[str], **more: Any) -> dict[str, Any]:
        """An axis of names, without a line."""
        label = {"color": self.theme.ink, "fontSize": 12, **more.pop("axisLabel", {})}
        bare = {"axisTick": {"show": False}, "axisLine": {"show": False}}
        return {"type": "category", "data": list(names), **bare, "axisLabel": label, **more}

    def numbers(self, **more: Any) -> dict[str, Any]:
        """An axis of numbers from zero, with a quiet grid."""
        label = {"color": self.theme.faint, "fontSize": 12, "hideOverlap": True, **more.pop("axisLabel", {})}
        grid = {"show": True, "lineStyle": {"color": self.theme.line}}
        return {"type": "value", "min": 0, "splitNumber": 4, "axisLabel": label, "splitLine": grid, **more}

    def shares(self, shares: Iterable[float | None], **more: Any) -> dict[str, Any]:
        """An axis of per cent for some shares; it ends at 100% where they come near."""
        whole = {"max": 100, "interval": 25} if max((s or 0.0 for s in shares), default=0.0) > _NEARLY_ALL else {}
        return self.numbers(axisLabel={"formatter": "{value}%"}, **{**whole, **more})

    def times(self, shown: bool = True, **more: Any) -> dict[str, Any]:
        """An axis of time; not shown where another one below says the same."""
        parts = {part: self.say(f"time.{part}") for part in ("year", "month", "day", "hour", "minute", "second")}
        label = {"color": self.theme.faint, "fontSize": 12, "hideOverlap": True, "formatter": parts, "show": shown}
        line = {"lineStyle": {"color": self.theme.line}}
        return {"type": "time", "axisLabel": label, "axisLine": line, "axisTick": {"show": False}, **more}

    def whiskers(self, ends: Iterable[Sequence[Sequence[float]]]) -> dict[str, Any]:
        """Thin lines over the bars of a series, from one end of an interval to the other.

        Args:
            ends: of each, the two ends as points of the plot; they stand in the middle of the point's bar.
        """
        return {
            "silent": True, "symbol": "none", "animation": False, "label": {"show": False},
            "data": [[{"coord": list(point)} for point in two] for two in ends],
            "lineStyle": {"type": "solid", "color": self.theme.ink, "width": 1.5},
        }  # fmt: skip

    def line(self, name: str, color: str, data: Sequence[Any], **more: Any) -> dict[str, Any]:
        """A line with its points, named at its end; nothing is drawn where there is no value."""
        few = len(data) <= 60
        return {
            "type": "line", "name": name, "data": list(data), "connectNulls": False, "showSymbol": few,
            "symbol": "circle", "symbolSize": 6, "lineStyle": {"color": color, "width": 2},
            "itemStyle": {"color": color}, "labelLayout": {"moveOverlap": "shiftY"}, **more,
        }  # fmt: skip

    def named_at_end(self, color: str) -> dict[str, Any]:
        """A line's name beside its last point."""
        width = {"width": 120, "overflow": "truncate"}
        return {"show": True, "formatter": "{a}", "color": color, "fontSize": 12, "distance": 8, **width}

    def narrow_ends(self, series: Sequence[dict[str, Any]], grids: int = 1) -> dict[str, Any]:
        """What a narrow page changes where lines are named at their ends: less room for the names."""
        ends = [{"endLabel": {"width": 72}} if "endLabel" in one else {} for one in series]
        right = {"right": 92}
        return {"series": ends, "grid": right if grids == 1 else [right] * grids}


def percent(value: float | None) -> float | None:
    """A share on an axis of per cent."""
    return None if value is None else 100 * value


def iso(when: datetime, zone: str = "UTC") -> str:
    """A time as an axis of time reads it: what the clock of the zone shows, wherever the chart is looked at.

    Example:
        >>> iso(datetime.fromisoformat("2026-03-01T16:00:00+00:00"), "Asia/Shanghai")
        '2026-03-02T00:00:00'
    """
    return when.astimezone(zone_of(zone)).replace(tzinfo=None).isoformat()


def largest(sizes: dict[str | None, int]) -> list[str | None]:
    """The groups that are drawn: the largest, in the order of their size."""
    return sorted(sizes, key=lambda group: (-sizes[group], str(group)))[:MOST_GROUPS]
