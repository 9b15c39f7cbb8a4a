"""The team's own scores: a workbook out, filled in by another library, read back; the gap to customers by step."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import openpyxl
import pytest
from click.testing import CliRunner

import lvtu
from lvtu.cli import main
from lvtu.errors import BadInput
from lvtu.maps import Map
from lvtu.maps.assessment import Gap
from lvtu.maps.drawing.overlay import values_of
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Value
from lvtu.workspace import Workspace
from unit.maps.shop import MODEL, events


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with lvtu.open(tmp_path_factory.mktemp("w")) as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
        yield ws


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTU_LANG", "en")


@pytest.fixture
def map_(ws: Workspace) -> Iterator[Map]:
    made = ws.maps.autodraw("Shop", since="2026-01-01", until="2026-05-01")
    yield made
    made.remove()


def filled_in(content: bytes, **own: str | float | None) -> bytes:
    """A workbook with scores by step written into it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    at = next(number for number, head in enumerate(heads, 1) if str(head).startswith(("Own", "团队自评")))
    for row in range(2, sheet.max_row + 1):
        step = str(sheet.cell(row, 1).value)
        if step in own:
            sheet.cell(row, at).value = own[step]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_scores_go_out_come_back_and_stand_beside_the_customers(map_: Map) -> None:
    told = map_.assessment()
    sheet = openpyxl.load_workbook(io.BytesIO(told.workbook("en"))).worksheets[0]
    rows = {row[0]: row for row in sheet.iter_rows(2, values_only=True)}
    scores = [one["score"] for one in events() if one["event"] == "Checkout Rated"]
    assert rows["checkout"][3] == pytest.approx(fmean(scores), abs=0.005) and rows["checkout"][5] == len(scores)
    assert rows["home"][3] is None and sheet.data_validations.count == 1
    (note,) = told.read(filled_in(told.workbook("en"), checkout=4.5, delivery=5, home=3), by="ann")
    assert note.text("en") == "3 steps took other scores"
    found = {one.step: one for one in told.gaps}
    assert found["checkout"].gap == pytest.approx(fmean(scores) - 4.5) and found["checkout"].certain
    assert (found["home"].own, found["home"].gap, found["product"].own) == (3, None, None)
    said = map_.document.step("checkout").assessed
    assert said is not None and (said.score, said.by) == (4.5, "ann") and said.on is not None
    again = openpyxl.load_workbook(io.BytesIO(told.workbook("zh"))).worksheets[0]
    assert next(row[6] for row in again.iter_rows(2, values_only=True) if row[0] == "checkout") == 4.5
    step = map_.step
    assert told.read(told.workbook("zh"))[0].text("zh") == "更新了 0 个步骤的自评" and map_.step == step
    told.read(filled_in(told.workbook("zh"), checkout=None), by="ann")
    assert map_.document.step("checkout").assessed is None
    map_.undo(by="ann")
    assert map_.document.step("checkout").assessed == said


def test_what_cannot_be_read_is_told(map_: Map, tmp_path: Path) -> None:
    told = map_.assessment()
    content = filled_in(told.workbook("en"), checkout=6, delivery="good", product=2)
    notes = [note.text("en") for note in told.read(content)]
    assert notes[0] == "1 step took another score" and len(notes) == 3
    assert "‘6’ is no score" in notes[1] and "‘good’" in notes[2]
    map_.edit("remove", part="steps", keys=["product"])
    assert "no step ‘product’" in told.read(content)[1].text("en")
    for name, wrong in {"a.xlsx": b"nothing", "b.xlsx": None}.items():
        file = tmp_path / name
        if wrong is None:
            openpyxl.Workbook().save(file)
        else:
            file.write_bytes(wrong)
        with pytest.raises(BadInput, match="no workbook to rate"):
            told.read(file)


def test_a_text_in_the_workbook_is_no_formula(map_: Map) -> None:
    map_.edit("change", part="steps", key="checkout", fields={
        "name": {"zh": "=1+1", "en": "=1+1"}, "assessed": {"score": 2, "note": "=HYPERLINK()"},
    })  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(map_.assessment().workbook("en"))).worksheets[0]
    row = next(row for row in sheet.iter_rows(2) if row[0].value == "checkout")
    assert [(row[at].value, row[at].data_type) for at in (2, 7)] == [("=1+1", "s"), ("=HYPERLINK()", "s")]


def test_the_overlay_shows_the_gap_on_the_map(map_: Map) -> None:
    map_.edit("change", part="steps", key="checkout", fields={"assessed": {"score": 4}})
    shown = values_of(Sheet(map_.document, map_.answers(), "en", overlay="gap"))
    (gap,) = [one for one in map_.assessment().gaps if one.step == "checkout"]
    assert gap.gap is not None and set(shown) == {"checkout"} and shown["checkout"].value == pytest.approx(gap.gap)
    low, high = shown["checkout"].low, shown["checkout"].high
    assert low is not None and high is not None and low < gap.gap < high
    assert "Self-assessment gap" in map_.svg(overlay="gap", language="en")


def test_a_gap_is_certain_only_outside_the_interval() -> None:
    assert not Gap("s", 3.0, Value(2.5, "mean", 9, 2.0, 3.1)).certain
    assert Gap("s", 3.2, Value(2.5, "mean", 9, 2.0, 3.1)).certain
    assert not Gap("s", 3.0, None).certain and Gap("s", None, Value(2.5, "mean", 9)).gap is None


@pytest.mark.usefixtures("english")
def test_the_command_line_does_so_too(map_: Map, ws: Workspace, tmp_path: Path) -> None:
    at, file = str(ws.layout.root), tmp_path / "own.xlsx"
    assert CliRunner().invoke(main, ["map", "assess", at, map_.id, "--to", str(file)]).exit_code == 0
    file.write_bytes(filled_in(file.read_bytes(), checkout=5))
    told = CliRunner().invoke(main, ["map", "assess", at, map_.id, "--read", str(file)]).output
    assert "1 step took another score" in told and "5.00" in told, told
