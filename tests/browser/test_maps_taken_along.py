"""A map is taken along in every format, brought in again, and presented with the keys alone."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from browser.conftest import SCORED, Look

FORMATS = {
    "PowerPoint": b"PK", "PNG": b"\x89PNG", "SVG": b"<svg", "Excel": b"PK", "CSV of the cards": b"\xef\xbb\xbf",
    "Markdown": b"# ", "Mermaid journey": b"journey", "Mermaid flowchart": b"%%", "JSON": b"{",
}  # fmt: skip


def test_e25_e27_e19_a_map_goes_out_comes_in_and_is_presented(look: Look, tmp_path: Path) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/maps")
        page.get_by_role("button", name="Draw from the data").first.click()
        page.get_by_label("Title").fill("Taken along")
        page.get_by_role("button", name="Draw the map").click()
        expect(page.get_by_role("heading", name="Taken along")).to_be_visible()
        for name, begins in FORMATS.items():
            page.get_by_role("button", name="Export").click()
            with page.expect_download() as taken:
                page.get_by_role("menuitem", name=name).first.click()
            content = Path(taken.value.path()).read_bytes()
            assert content.startswith(begins), name
            assert taken.value.suggested_filename.startswith("Taken along"), name
            if name == "JSON":
                (tmp_path / "map.json").write_bytes(content)
        page.get_by_role("button", name="Export").click()
        page.get_by_role("menuitem", name="PDF").click()
        with page.expect_download() as taken:
            page.get_by_role("menuitem", name="A3").click()
        assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")

        page.get_by_role("button", name="More").click()
        page.get_by_role("menuitem", name="Present").click()
        at = page.get_by_text("1 / ")
        expect(at).to_be_visible()
        expect(page.locator("[data-frame=whole] svg")).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_text("2 / ")).to_be_visible()
        expect(page.locator("[data-frame][data-stale=false] svg [data-kind=stage]")).to_have_count(1)
        page.keyboard.press("End")
        page.keyboard.press("Home")
        expect(at).to_be_visible()
        expect(page.get_by_text("simulated").first).to_be_visible()
        assert seen.serious() == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Export")).to_be_visible()
        before = page.url

        seen.go(f"/w/{SCORED}/maps")
        page.get_by_role("button", name="Import a map").click()
        page.get_by_role("dialog").locator("input[type=file]").set_input_files(tmp_path / "map.json")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("heading", name="Taken along")).to_be_visible()
        dialog.get_by_label("Keep as a map of its own").check()
        assert seen.serious() == []
        dialog.get_by_role("button", name="Keep the map").click()
        expect(page.get_by_role("button", name="Export")).to_be_visible()
        assert page.url.split("?")[0] != before.split("?")[0]
        copy = page.request.get(page.url.split("?")[0].replace("/w/", "/api/w/")).json()["document"]
        first = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))
        assert copy | {"id": ""} == first | {"id": ""}, "as it was, under an id of its own"
