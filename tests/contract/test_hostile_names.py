"""Names that are markup: what customers, events, values and titles are called never becomes part of a page."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract import questions
from lvtu.workspace import Workspace

SCRIPT, IMAGE = "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>"
CALLED = {name: name + SCRIPT + IMAGE for name in "ABC"}


class Page(HTMLParser):
    """What a browser would make of a text: its elements and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements, self.attributes = set[str](), set[str]()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        for name, value in attrs:
            assert not (name in ("href", "src") and (value or "").strip().lower().startswith("javascript:"))

    @property
    def harmless(self) -> bool:
        return not self.elements & {"script", "img"} and not any(name.startswith("on") for name in self.attributes)


def events() -> list[dict[str, Any]]:
    """Thirty customers with hostile names go from A by B to C, in two channels, on hostile plans."""
    return [
        {
            "user_id": f"c{n}{IMAGE}", "event": CALLED[name], "time": f"2026-03-{1 + n:02d}T00:0{place}:00Z",
            "channel": ("web", "store")[n % 2], "value": 10.0, "currency": "EUR", "text": f"{n}{IMAGE}",
            "properties": {"plan": f"p{n % 3}{SCRIPT}"},
        }
        for n in range(30)
        for place, name in enumerate("ABC"[: 1 + n % 3])
    ]  # fmt: skip


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with lvtu.open(tmp_path_factory.mktemp("hostile") / "shop") as ws:
        ws.ingest(events())
        yield ws


def renamed(value: Any) -> Any:
    """A model or question whose events and titles are the hostile ones."""
    if isinstance(value, dict):
        told = {key: renamed(each) for key, each in value.items() if key != "key"}
        return told | {key: value[key] for key in ("key",) if key in value}
    if isinstance(value, list):
        return [renamed(each) for each in value]
    return CALLED.get(value, value) if isinstance(value, str) else value


MODEL = renamed(questions.MODEL)
TITLED = {
    **MODEL,
    "title": dict.fromkeys(("zh", "en"), IMAGE + SCRIPT),
    "stages": [{**stage, "name": dict.fromkeys(("zh", "en"), f"{stage['key']}{IMAGE}")} for stage in MODEL["stages"]],
}


def answers(ws: Workspace) -> dict[str, Any]:
    a, b, c = CALLED.values()
    ws.save_model(TITLED, default=True)
    ws.save_segment("her", "did .", title=IMAGE)
    funnel = ws.funnel([a, b, c], within="7d")
    return {
        "funnel": funnel, "by": ws.funnel([a, b], by="plan"), "time": funnel.time_to_convert(),
        "compare": funnel.compare("channel = 'web'", "channel = 'store'"),
        "graph": ws.graph(), "retention": ws.retention(a, b, periods=2), "trend": ws.trend(by="plan"),
        "flow": ws.flow(a), "matrix": ws.step_matrix(a), "timing": ws.timing(a, c), "sessions": ws.sessions(),
        "timeline": ws.timeline(f"c2{IMAGE}"), "variants": ws.variants(), "clusters": ws.clusters(),
        "conformance": ws.conformance(), "stages": ws.stages(), "channels": ws.channels(a),
        "attribution": ws.attribution(c), "first_touch": ws.first_touch(), "lifecycle": ws.lifecycle(),
        "segment": ws.segment("in segment 'her'"), "overlap": ws.overlap("did .", "her"),
        "behaviours": ws.behaviours(), "handoffs": ws.handoffs([{"source": a, "target": b, "within": "1d"}]),
    }  # fmt: skip


def hovers(value: Any) -> Iterator[str]:
    """The texts of a chart that ECharts takes for HTML: the templates of its tooltips."""
    if isinstance(value, dict):
        told = value.get("tooltip")
        if isinstance(told, dict) and isinstance(told.get("formatter"), str):
            yield told["formatter"]
        for each in value.values():
            yield from hovers(each)
    elif isinstance(value, list):
        for each in value:
            yield from hovers(each)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_name_becomes_markup(ws: Workspace, lang: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTU_LANG", lang)
    said = 0
    for name, result in answers(ws).items():
        option = result.chart(lang=lang)
        for hover in hovers(option):
            page = Page(hover)
            assert page.elements <= {"b", "br"} and not page.attributes, (name, hover)
            said += "onerror" in hover or "alert" in hover
        html = result._repr_html_()
        assert Page(html).harmless, name
    assert said > 50, "the names were in what is hovered over"
    for html in (ws._repr_html_(), ws.info()._repr_html_()):
        assert Page(html).harmless


def test_the_test_would_see_them(tmp_path: Path) -> None:
    assert not Page(f"<p>{IMAGE}</p>").harmless
    assert not Page(f"<p>{SCRIPT}</p>").harmless
    assert Page("<p>&lt;script&gt;</p>").harmless
    assert lvtu.open(tmp_path / "w")._repr_html_()
