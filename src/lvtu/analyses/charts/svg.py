"""Charts as SVG without a browser and without a network: ECharts' own server-side rendering, run by V8 (mini-racer)."""

from __future__ import annotations

import atexit
import json
import re
import threading
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from lvtu.errors import BadInput

_HEIGHT = 480
_LOCK = threading.Lock()
_DRAW = """
function draw(option, width, height) {
  const chart = echarts.init(null, null, {renderer: "svg", ssr: true, width: width, height: height});
  chart.setOption(Object.assign(option, {animation: false}));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
"""
_LIVE = re.compile(r'<style.*?</style>\n?| (?:class|ecmeta_\w+)="[^"]*"', re.DOTALL)
"""What only a page that draws and redraws needs: what happens under the pointer, and which datum a shape is."""

_NAME = re.compile(r"\bzr\d+-(?=[a-z]+\d)")
_PAINT = re.compile(r'(?<= )((?:fill|stroke|stop)(?:-color|-opacity)?)="([^"]*)"')
_DARK_PAGES = ('[data-jp-theme-light="false"]', ".vscode-dark", ".vscode-high-contrast", 'html[theme="dark"]')
"""How JupyterLab, Visual Studio Code and Colab say that their page is dark."""


def can_draw() -> bool:
    """Whether the part that draws is installed."""
    return find_spec("py_mini_racer") is not None


def height_of(option: dict[str, Any]) -> int:
    """The pixels that a chart needs, title included: of what it says itself or, at most 480, of its rows; else 480."""
    if "plotHeight" in option:
        return int(option["plotHeight"] + option["grid"]["top"] + option["grid"]["bottom"])
    axes = option.get("yAxis") or {}
    axis = axes[0] if isinstance(axes, list) else axes
    rows = len(axis.get("data") or ()) if axis.get("type") == "category" else 0
    remarks = len(option["title"]["subtext"].splitlines())
    beside = sum(not one.get("yAxisIndex") for one in option["series"])  # of one panel
    return min(_HEIGHT, 120 + 18 * remarks + rows * max(40, 16 * beside)) if rows else _HEIGHT


def svg_of(option: dict[str, Any], width: int, height: int) -> str:
    """An ECharts option as SVG; the same option is always the same text.

    Args:
        option: plain values.
        width, height: pixels.

    Raises:
        BadInput: the part that draws is not installed.
    """
    return _named(_drawn(option, width, height))


def drawn_twice(light: dict[str, Any], dark: dict[str, Any], width: int, height: int) -> tuple[str, str]:
    """A chart as a picture for light pages, and as HTML that follows a notebook from light to dark and back.

    Args:
        light, dark: its options on a light page and on a dark one.
        width, height: pixels.

    Returns:
        The SVG of the first, and the HTML: one SVG whose paints are variables, and what they are on either page. Where
        the two differ in more than their paints, it is the light one.
    """
    one, other = (_drawn(option, width, height) for option in (light, dark))
    by_day, by_night = _PAINT.split(one), _PAINT.split(other)
    variables: dict[tuple[str, str], str] = {}
    parts = list(by_day)
    if [*by_day[::3], *by_day[1::3]] == [*by_night[::3], *by_night[1::3]]:
        for place in range(2, len(parts), 3):
            pair = by_day[place], by_night[place]
            name = variables.setdefault(pair, f"--zr0-v{len(variables)}") if pair[0] != pair[1] else ""
            parts[place] = f"var({name},{pair[0]})" if name else pair[0]
    texts = [f'{name}="{value}"' for name, value in zip(parts[1::3], parts[2::3], strict=True)]
    svg = "".join(text for pair in zip(parts[::3], [*texts, ""], strict=True) for text in pair)
    svg = svg.replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)
    paints = "".join(f"{name}:{night};" for (_, night), name in variables.items())
    style = f"<style>{','.join(f'{page} .zr0-p0' for page in _DARK_PAGES)}{{{paints}}}</style>"
    return _named(one), _named(f'{style}<div class="zr0-p0">{svg}</div>')


def _drawn(option: dict[str, Any], width: int, height: int) -> str:
    if not can_draw():
        raise BadInput("no_drawing")
    with _LOCK:
        drawn: str = _machine().eval(f"draw({json.dumps(option)},{width},{height})")
    return _NAME.sub("zr0-", _LIVE.sub("", drawn))


def _named(drawing: str) -> str:
    """A drawing whose parts have names of its own, and do not meet those of others on the same page.

    ECharts numbers them from the start of the process, and a notebook keeps what earlier processes drew.
    """
    return drawing.replace("zr0-", f"lvtu-{sha256(drawing.encode()).hexdigest()[:8]}-")


@cache
def _machine() -> Any:
    """A V8 with ECharts loaded, which takes half a second once; left open, it would keep the process from ending."""
    from py_mini_racer import MiniRacer

    machine = MiniRacer()
    machine.eval("var window = undefined; var setTimeout = function () {}; var clearTimeout = function () {};")
    machine.eval((files("lvtu.analyses.charts") / "echarts" / "echarts.min.js").read_text(encoding="utf-8"))
    machine.eval(_DRAW)
    atexit.register(machine.close)
    return machine
