"""The editor of maps in a browser without a screen: frames a second while one drags and scrolls in a large map.

``python -m benchmarks.maps_editor [--steps 200] [--lanes 20] [--cards 1000]`` makes a map of that size in a workspace
of its own, serves it, opens its editor in Chromium, and drags a card along the grid and beyond its edge, so that it
scrolls meanwhile. Frames are counted with ``requestAnimationFrame`` in the page. It prints one line of JSON.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lvtu

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FRAMES = """() => {
    const frames = []; window.frames_ = frames; window.counting_ = true;
    const frame = time => { frames.push(time); if (window.counting_) requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
}"""
_COUNTED = "() => { window.counting_ = false; return window.frames_; }"
_TASKS = """() => {
    window.tasks_ = [];
    new PerformanceObserver(list => list.getEntries().forEach(one => window.tasks_.push(one.duration)))
        .observe({type: 'longtask'});
}"""
_LONGEST = "() => Math.round(Math.max(0, ...window.tasks_.splice(0)))"
_PASTE = """text => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
}"""


def large(steps: int, lanes: int, cards: int) -> dict[str, Any]:
    """A map's document of a size: ten steps a stage, every tenth card over three steps."""
    dice = random.Random(6)
    words = [
        "queue",
        "till",
        "ticket",
        "app",
        "sign",
        "staff",
        "wait",
        "slow",
        "help",
        "price",
        "door",
        "bag",
        "排队",
        "付款",
        "指引",
        "等候",
    ]
    stages = [{"key": f"g{n}", "name": f"Stage {n + 1}"} for n in range((steps + 9) // 10)]
    made: list[dict[str, Any]] = []
    for number in range(cards):
        step = dice.randrange(steps)
        text = " ".join(dice.choice(words) for _ in range(dice.randint(2, 14)))
        kind = dice.choice(["text", "pain", "gain", "quote", "insight", "need"])
        card = {
            "key": f"c{number}",
            "lane": f"l{dice.randrange(lanes)}",
            "step": f"s{step}",
            "text": text,
            "kind": kind,
        }
        made.append(card | ({"until": f"s{step + 2}"} if number % 10 == 0 and step + 2 < steps else {}))
    return {
        "title": "Large",
        "stages": stages,
        "steps": [{"key": f"s{n}", "stage": f"g{n // 10}", "name": f"Step {n + 1}"} for n in range(steps)],
        "lanes": [{"key": f"l{n}", "role": "custom", "label": f"Lane {n + 1}"} for n in range(lanes)],
        "cards": made,
    }


def told(frames: list[float]) -> dict[str, float]:
    """Frames a second, over all and at its worst: over the slowest twentieth of the frames."""
    gaps = sorted(after - before for before, after in itertools.pairwise(frames))
    slow = gaps[-max(1, len(gaps) // 20) :]
    return {
        "fps": round(1000 * len(gaps) / sum(gaps), 1),
        "slow_fps": round(1000 * len(slow) / sum(slow), 1),
        "longest_ms": round(gaps[-1], 1),
    }


def tasks(page: Page) -> dict[str, int]:
    """How long the page is busy at a stretch at most while one writes, pastes 10 rows of 50 cells and takes that back.

    0 where no task takes 50 ms: less is not told.
    """
    page.evaluate(_TASKS)
    found: dict[str, int] = {}

    def after(name: str) -> None:
        page.wait_for_timeout(2000)
        found[name] = page.evaluate(_LONGEST)

    page.keyboard.press("ArrowRight")
    after("arrow")
    page.keyboard.type("a queue")
    page.keyboard.press("Enter")
    after("write")
    page.keyboard.press("Control+z")
    after("undo")
    page.evaluate(_PASTE, "\n".join("\t".join(f"cell {row} {col}" for col in range(50)) for row in range(10)))
    after("paste")
    page.keyboard.press("Control+z")
    after("undo_paste")
    return found


def measured(address: str, link: str, path: str) -> dict[str, Any]:
    """Drag and scroll in the editor, and count."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(link)
        begun = time.perf_counter()
        page.goto(address + path)
        page.wait_for_selector("article")
        opened = round(1000 * (time.perf_counter() - begun))
        page.wait_for_timeout(1500)
        found: dict[str, Any] = {"opened_ms": opened, "cards": page.locator("article").count()}
        card = page.evaluate("""() => {
            const within = [...document.querySelectorAll('article')].map(one => one.getBoundingClientRect())
                .find(one => one.left > 340 && one.top > 260 && one.right < 1400 && one.bottom < 860);
            return [within.left + 20, within.top + 8];
        }""")
        page.mouse.move(*card)
        page.mouse.down()
        page.evaluate(_FRAMES)
        for turn in range(120):
            page.mouse.move(420 + (turn * 37) % 900, 300 + (turn * 23) % 500)
        found["drag"] = told(page.evaluate(_COUNTED))
        page.evaluate(_FRAMES)
        page.mouse.move(1415, 600)  # at the edge the grid scrolls beneath
        page.wait_for_timeout(3000)
        found["drag_and_scroll"] = told(page.evaluate(_COUNTED))
        page.keyboard.press("Escape")
        page.mouse.up()
        page.evaluate(_FRAMES)
        for turn in range(60):
            page.mouse.wheel(120, 60 if turn < 30 else -60)
            page.wait_for_timeout(16)
        found["scroll"] = told(page.evaluate(_COUNTED))
        begun = time.perf_counter()
        page.keyboard.type("x")
        page.keyboard.press("Enter")
        page.wait_for_function("n => document.querySelectorAll('article').length > n", arg=found["cards"])
        found["typed_ms"] = round(1000 * (time.perf_counter() - begun))
        found["longest_task_ms"] = tasks(page)
        browser.close()
    return found


def main() -> None:
    """Makes the map, serves it, measures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.maps_editor", description="The editor's frames.")
    for name, usual in (("steps", 200), ("lanes", 20), ("cards", 1000)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        with lvtu.open(Path(home) / "large") as ws:
            id = ws.maps.load(large(asked.steps, asked.lanes, asked.cards)).id
        command = [
            sys.executable,
            "-c",
            "from lvtu.cli import main; main()",
            "serve",
            home,
            "--port",
            "0",
            "--no-browser",
        ]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            address = re.search(r"http://\S+?(?=/ )", server.stdout.readline())
            link = next(line for line in server.stdout if "key=" in line).strip()
            assert address is not None
            print(json.dumps(measured(address[0], link, f"/w/large/maps/{id}/edit")))
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
