"""Charts as SVG without a browser and without a network: ECharts' own server-side rendering, run by V8 (mini-racer)."""

from __future__ import annotations

import atexit
import json
import threading
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from lvtu.errors import BadInput

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


def can_draw() -> bool:
    """Whether the part that draws is installed."""
    return find_spec("py_mini_racer") is not None


def svg_of(option: dict[str, Any], width: int, height: int) -> str:
    """An ECharts option as SVG.

    Args:
        option: plain values.
        width, height: pixels.

    Raises:
        BadInput: the part that draws is not installed.
    """
    if not can_draw():
        raise BadInput("no_drawing")
    with _LOCK:
        drawn: str = _machine().eval(f"draw({json.dumps(option)},{width},{height})")
    return drawn


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
