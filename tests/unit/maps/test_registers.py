"""Registers over all maps: counted like a plain loop over the events, filtered, chained, written and read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import pytest
from click.testing import CliRunner
from pptx.enum.shapes import MSO_SHAPE_TYPE

import lvtu
from lvtu.cli import main
from lvtu.core.model.text import Text
from lvtu.core.words import LANGS, Lang, say
from lvtu.errors import UnknownName
from lvtu.maps.live.filled import Value
from lvtu.maps.registers import Entry, KeyMoment
from lvtu.maps.registers.alike import ALIKE, alike
from lvtu.maps.registers.files import listed, swot_markdown, workbook
from lvtu.maps.registers.slides import slides
from lvtu.workspace import Workspace
from naive import registers as naive
from unit.maps.shop import MODEL, events

ASKED = [
    {"message_id": f"asked-{who}-{side}", "user_id": f"c{who}", "event": "Need Rated", "channel": "web",
     "time": "2026-02-01T10:00:00Z", "score": who % 5 + (6 if side == "importance" else 1), "scale": f"{side}11",
     "side": side, "item": "speed"}
    for who in range(40) for side in ("importance", "satisfaction")
]  # fmt: skip
LANES = [
    {"key": "needs", "role": "needs", "label": "需求"}, {"key": "pains", "role": "pains", "label": "痛点"},
    {"key": "felt", "role": "feelings", "kind": "curve", "label": "感受"},
    {"key": "ideas", "role": "opportunities", "label": "机会点"}, {"key": "threats", "role": "custom", "label": "威胁"},
]  # fmt: skip
CARDS: list[dict[str, Any]] = [
    {"key": "fast", "lane": "needs", "step": "checkout", "kind": "need", "text": "付款要快", "latent": True,
     "details": {"importance": 8.2, "satisfaction": 4.1, "rung": "want", "persona": "hasty"}},
    {"key": "asked", "lane": "needs", "step": "checkout", "kind": "need", "text": "Speed",
     "details": {"item": "speed", "importance": 1}, "evidence": [{"kind": "survey"}]},
    {"key": "felt", "lane": "needs", "step": "checkout", "kind": "need", "text": "省心", "details": {"importance": 5}},
    {"key": "slow", "lane": "pains", "step": "checkout", "kind": "pain", "text": "付款排队太久", "owner": "支付组",
     "details": {"severity": 4, "where": "event = 'Checkout Rated' and score <= 2", "reach": 7, "at_risk": "10 CNY"}},
    {"key": "done", "lane": "pains", "step": "delivery", "kind": "pain", "text": "包装破损",
     "details": {"severity": 2, "status": "solved"}},
    {"key": "gone", "lane": "pains", "step": "checkout", "kind": "pain", "text": "?",
     "details": {"where": "nothing_such > 3"}},
    {"key": "kind", "lane": "pains", "step": "delivery", "kind": "gain", "text": "送货很快",
     "details": {"strength": 5}},
    {"key": "new", "lane": "ideas", "step": "checkout", "kind": "opportunity", "text": "换支付通道", "details": {
        "stems_from": ["slow", "fast"], "impact": 2, "confidence": 0.8, "effort": 3, "value": 6}},
    {"key": "four", "lane": "ideas", "step": "checkout", "kind": "opportunity", "text": "=RICE", "details": {
        "reach": 4000, "impact": 2, "confidence": 0.8, "effort": 3}},
    {"key": "do", "lane": "ideas", "step": "checkout", "kind": "action", "text": "上线", "owner": "IT",
     "details": {"stems_from": "new", "due": "2026-12-01", "expected": "快一倍", "metrics": "feel", "cost": "5 CNY"}},
    {"key": "price", "lane": "threats", "step": "checkout", "text": "对手免运费"},
]  # fmt: skip


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with lvtu.open(tmp_path_factory.mktemp("w")) as ws:
        ws.ingest([*events(), *ASKED])
        ws.save_model(MODEL)
        drawn = ws.maps.autodraw("Shop", since="2026-01-01", until="2026-05-01").document.document()
        ws.maps["Shop"].remove()
        ws.maps.load(drawn | {
            "id": "m", "lanes": LANES, "cards": CARDS, "curve": [],
            "bindings": [
                {"key": "feel", "lane": "felt", "analysis": "scores", "spec": {"metric": "emotion", "scale": "csat5"},
                 "target": {"value": 0.5}},
            ],
            "steps": [one | {"owner": "Web"} | (
                {"moment": "service"} if one["key"] in ("checkout", "delivery") else {"moment": "commercial"}
                if one["key"] == "home" else {}
            ) for one in drawn["steps"]],
        })  # fmt: skip
        ws.maps.load({
            "id": "n", "title": "Other", "stages": [{"key": "g", "name": "G"}],
            "steps": [{"key": "s", "stage": "g", "name": "S"}], "lanes": LANES,
            "cards": [
                {"key": "same", "lane": "pains", "step": "s", "kind": "pain", "text": "付款排队", "refers": "m/slow"},
                {"key": "near", "lane": "pains", "step": "s", "kind": "pain", "text": "付款时排队太久了"},
                {"key": "idea", "lane": "ideas", "step": "s", "kind": "opportunity", "text": "分流",
                 "details": {"stems_from": ["same"]}},
            ],
        })  # fmt: skip
        ws.maps["m"].to_be()
        ws.maps.load({
            "id": "old", "title": "Old", "status": "archived", "stages": [{"key": "g", "name": "G"}],
            "steps": [{"key": "s", "stage": "g", "name": "S", "moment": "service"}], "lanes": LANES,
            "cards": [{"key": "x", "lane": "pains", "step": "s", "kind": "pain", "text": "旧"}],
        })  # fmt: skip
        yield ws


def row(ws: Workspace, name: str, id: str, **only: Any) -> dict[str, Any]:
    rows = {one["id"]: one for one in getattr(ws.maps.registers, name)(language="en", **only).to_pylist()}
    return dict(rows[id])


def test_a_pain_that_events_show_is_counted_as_by_a_plain_loop(ws: Workspace) -> None:
    told = row(ws, "pains", "m/slow")
    seen = [*events(), *ASKED]
    plain = naive.met(seen, lambda one: one["event"] == "Checkout Rated" and one["score"] <= 2)
    assert (told["reach"], told["reach_n"], told["reach_source"]) == (plain["reach"], plain["customers"], "events")
    assert told["share"] == pytest.approx(plain["share"]) and told["share_low"] < plain["share"] < told["share_high"]
    ends = told["frequency"], told["frequency_low"], told["frequency_high"]
    assert ends == pytest.approx((plain["frequency"], plain["low"], plain["high"]), rel=1e-6)
    slow = ws.maps.registers.entries["m/slow"]
    assert slow.numbers["reach"].estimate == 7, "what somebody estimated stands beside it"
    assert (told["at_risk"], told["owner"], told["severity"]) == ("10 CNY", "支付组", 4)


def test_a_number_says_where_it_is_known_from(ws: Workspace) -> None:
    fast, asked, felt = (row(ws, "needs", f"m/{key}") for key in ("fast", "asked", "felt"))
    assert (fast["opportunity"], fast["importance_source"], fast["satisfaction_source"]) == (12.3, "person", "person")
    answers = [[one["score"] - 1 for one in ASKED if one["side"] == side] for side in ("importance", "satisfaction")]
    matters, met = (sum(some) / len(some) for some in answers)
    assert (asked["importance"], asked["satisfaction"]) == pytest.approx((matters, met))
    assert (asked["importance_source"], asked["importance_n"]) == ("survey", 40)
    assert asked["opportunity"] == pytest.approx(matters + max(matters - met, 0))
    assert ws.maps.registers.entries["m/asked"].numbers["importance"].estimate == 1
    scores = [one["score"] for one in events() if one["event"] == "Checkout Rated"]
    assert felt["satisfaction"] == pytest.approx((sum(scores) / len(scores) - 3 + 2) * 2.5)
    assert (felt["satisfaction_source"], felt["satisfaction_n"]) == ("step", len(scores))
    came = {one["user_id"] for one in events() if one["event"].startswith("Delivery")}
    done = row(ws, "pains", "m/done")
    assert (done["reach"], done["reach_source"], done["frequency"], done["owner"]) == (len(came), "step", None, "Web")
    gone = ws.maps.registers.entries["m/gone"]
    assert "nothing_such" in str(gone.failed) and "reach" in gone.numbers, "the others are told all the same"


def test_a_latent_need_without_evidence_is_a_hypothesis(ws: Workspace) -> None:
    found = {one.card: (one.latent, one.assumed, one.hypothesis) for one in ws.maps.registers.some("need")}
    assert found == {"fast": (True, True, True), "asked": (False, False, False), "felt": (False, True, False)}


def test_they_are_ranked_and_filtered(ws: Workspace) -> None:
    registers = ws.maps.registers
    assert [one.card for one in registers.some("need")] == ["fast", "asked", "felt"]
    assert [one.card for one in registers.some("need", rung="want", persona="hasty")] == ["fast"]
    assert registers.needs(rung="desire").num_rows == 0 == registers.needs(persona="other").num_rows
    assert [one.card for one in registers.some("pain", status="solved")] == ["done"]
    assert {one.card for one in registers.some("pain")} == {"slow", "done", "gone", "near"}, "archived, or elsewhere"
    assert {one.id for one in registers.some("pain", map="n")} == {"m/slow", "n/near"}, "it hurts there too"
    unknown: list[dict[str, Any]] = [
        {"kind": "hope"},
        {"kind": "need", "rung": "whim"},
        {"kind": "pain", "status": "x"},
    ]
    for wrong in unknown:
        with pytest.raises(UnknownName):
            registers.some(**wrong)


def test_one_pain_stands_on_several_maps(ws: Workspace) -> None:
    registers = ws.maps.registers
    slow = registers.entries["m/slow"]
    assert slow.places == ("n/same",) and set(slow.leads_to) == {"m/new", "n/idea"}
    assert registers.entries["n/idea"].stems_from == ("m/slow",)
    assert registers.place("n/same").step.en == "S"


def test_the_chain_is_walked_both_ways(ws: Workspace) -> None:
    registers = ws.maps.registers
    before, after = registers.chain("m/slow")
    assert (before, {one.card for one in after}, after[-1].card) == ([], {"new", "idea", "do"}, "do")
    before, after = registers.chain("m/do")
    assert ({one.card for one in before[1:]}, before[0].card, after) == ({"slow", "fast"}, "new", [])
    do = row(ws, "actions", "m/do")
    assert (do["metrics"], do["cost"], str(do["due"]), do["expected"]) == (["feel"], "5 CNY", "2026-12-01", "快一倍")
    with pytest.raises(UnknownName, match="m/none"):
        registers.chain("m/none")


def test_opportunities_follow_from_what_they_stem_from(ws: Workspace) -> None:
    new, four = row(ws, "opportunities", "m/new"), row(ws, "opportunities", "m/four")
    reach = row(ws, "pains", "m/slow")["reach"]
    assert (new["opportunity"], new["reach"], new["reach_source"]) == (12.3, reach, "pains")
    assert new["rice"] == pytest.approx(reach * 2 * 0.8 / 3) and new["value_per_effort"] == 2
    assert round(four["rice"], 1) == 2133.3 and four["opportunity"] is None and four["reach_source"] == "person"
    by_effort = [{one.card for one in ws.maps.registers.some("opportunity", effort=most)} for most in (2.9, 3)]
    assert by_effort == [set(), {"new", "four"}], "what nobody estimated is in no such list"


def test_what_seems_the_same_is_proposed(ws: Workspace) -> None:
    registers = ws.maps.registers
    (pair,) = registers.alike("pain")
    assert (pair.one, pair.other) == ("m/slow", "n/near")
    assert pair.share == pytest.approx(naive.alike("付款排队太久", "付款时排队太久了")) and pair.share >= ALIKE
    texts = ["排队太久", "排队太久了", "Queue too long", "A queue, too long!", "雨", "", "Rain again", "排队"]
    some = [
        Entry(f"{n}/c", "pain", str(n), "c", *[Text("", "")] * 4, "s", "l", Text(text, text))
        for n, text in enumerate(texts)
    ]
    expected = {
        (f"{a}/c", f"{b}/c")
        for a in range(len(texts)) for b in range(a + 1, len(texts))
        if len(texts[a]) > 1 and len(texts[b]) > 1 and naive.alike(texts[a], texts[b]) >= ALIKE
    }  # fmt: skip
    assert {(one.one, one.other) for one in alike(some)} == expected and expected
    assert alike([some[0], Entry(**{**vars(some[1]), "map": "0", "at": "t"})]) == [], "one meets them elsewhere"


def test_key_moments_stand_beside_their_targets(ws: Workspace) -> None:
    found = ws.maps.registers.moments("service", language="en").to_pylist()
    own = [one for one in found if one["map"] == "Shop"]
    assert [(one["step"], one["state"], one["owner"]) for one in own] == [
        ("Checkout", "missed", "Web"), ("Delivery", "met", "Web"),
    ]  # fmt: skip
    scores = [one["score"] - 3 for one in events() if one["event"] == "Checkout Rated"]
    assert own[0]["value"] == pytest.approx(sum(scores) / len(scores)) and own[0]["n"] == len(scores)
    assert own[0]["short"] == pytest.approx(0.5 - own[0]["value"]) and own[0]["high"] < 0.5
    to_be = ws.maps["m"].to_be()
    assert ws.maps.registers.moments("service", language="en").to_pylist() == found, "a copy says nothing new"
    assert [one.at for one in ws.maps.registers.key_moments("service", to_be.id)]
    to_be.remove()
    (home,) = ws.maps.registers.key_moments("commercial", "m")
    assert (home.state, home.value) == ("unknown", None)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (Value(0.6, "feeling", 9, 0.2, 1.0, target=0.5), "met"),
        (Value(0.4, "feeling", 9, 0.2, 0.6, target=0.5), "near"),
        (Value(0.4, "feeling", 9, 0.2, 0.45, target=0.5), "missed"),
        (Value(0.4, "feeling", 9, target=0.5), "near"),
        (Value(0.4, "feeling", 4, 0.2, 0.45, target=0.5), "near"),
        (Value(0.4, "share", 9, 0.35, 0.45, target=0.3, aim="down"), "missed"),
        (Value(0.4, "share", 9, 0.25, 0.45, target=0.3, aim="down"), "near"),
        (Value(0.4, "share", 9, 0.35, 0.45), "no_target"),
    ],
)
def test_a_target_is_missed_only_beyond_chance(value: Value, state: str) -> None:
    text = Text("", "")
    assert KeyMoment("m", text, text, text, None, "s", "service", value=value).state == state


def test_files_hold_what_registers_say(ws: Workspace) -> None:
    registers = ws.maps.registers
    book = openpyxl.load_workbook(io.BytesIO(workbook(registers, "en")))
    assert book.sheetnames == ["Needs", "Pains", "Strengths", "Opportunities", "Actions", "Key moments", "SWOT"]
    sheet = list(book["Opportunities"].values)
    four = next(dict(zip(sheet[0], one, strict=True)) for one in sheet if one[0] == "=RICE")
    assert round(four["RICE"], 1) == 2133.3, "a text that looks like a formula is none"
    swot = list(zip(*book["SWOT"].values, strict=True))
    columns = {one[0]: [cell for cell in one[1:] if cell] for one in swot}
    assert [len(columns[name]) for name in ("Strengths", "Opportunities", "Threats")] == [1, 3, 2]
    assert not any("包装破损" in one for one in columns["Weaknesses"]), "a solved pain is no weakness"
    assert any("付款排队太久" in one for one in columns["Weaknesses"])
    told = list(csv.DictReader(io.StringIO(listed(registers, "opportunity", "en").decode("utf-8-sig"))))
    assert {one["Text"] for one in told} == {"换支付通道", "'=RICE", "分流"}
    text = swot_markdown(registers.swot("n"), "zh")
    assert text.startswith("# SWOT\n\n## 优势\n\n暂无内容。") and "- 分流（Other · S）" in text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("many", [0, 3, 31])
def test_the_four_fields_are_slides_and_what_has_no_room_is_told_on_more(lang: Lang, many: int) -> None:
    said = {"zh": ("痛点", "很慢，"), "en": ("Pain ", "so slow ")}[lang]
    pains = [(f"{said[0]}{number} {said[1] * (number % 19)}", f"Shop · Pay {number}") for number in range(many)]
    fields: dict[Any, Any] = {"strengths": [("Quick", "Shop · Pay")], "weaknesses": pains, "opportunities": [],
                              "threats": []}  # fmt: skip
    shown = list(pptx.Presentation(io.BytesIO(slides(fields, lang, "simulated"))).slides)
    texts = [[one.text_frame.text for one in everything(slide.shapes) if one.has_text_frame] for slide in shown]
    (first, *rest), more = texts, say("maps.registers.swot.more", lang, n=0).split("0")[-1].strip()
    assert [say(f"maps.registers.swot.{name}", lang) in first for name in fields] == [True] * 4
    assert str(many) in first and all("simulated" in told for told in texts)
    whole = [place for told in rest for place in told if place.startswith("Shop · Pay ")]
    there = [place for place in first if place.startswith("Shop · Pay ")]
    if many <= 3:
        assert rest == [] and len(there) == many and not any(more in told for told in first)
    else:
        assert whole == [place for _, place in pains], "each once, in order"
        assert 0 < len(there) < many and any(told.startswith(f"{many - len(there)}") or f" {many - len(there)} " in told
                                             for told in first if more in told)  # fmt: skip
    for slide in shown:
        for shape in slide.shapes:
            assert shape.top >= 0 and shape.top + shape.height <= 6_858_000 and shape.left + shape.width <= 12_192_000


def everything(shapes: Any) -> Iterator[Any]:
    """All shapes of a slide, those in groups, too."""
    for one in shapes:
        yield from everything(one.shapes) if one.shape_type == MSO_SHAPE_TYPE.GROUP else [one]


def test_the_command_line_lists_them(ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTU_LANG", "en")
    at, run = str(ws.layout.root), CliRunner().invoke
    told = run(main, ["map", "register", at, "need", "--rung", "want", "--json"])
    assert [one["text"] for one in json.loads(told.output)["need"]] == ["付款要快"], told.output
    plain = run(main, ["map", "register", at, "pain", "--map", "Other"]).output
    assert "付款时排队太久了" in plain and "Severity" in plain and "旧" not in plain
    assert "Nothing of that kind" in run(main, ["map", "register", at, "gain", "--map", "Other"]).output
    moments = json.loads(run(main, ["map", "register", at, "moments", "--json"]).output)["moments"]
    assert moments[0]["state"] == "missed"
    for file in ("all.xlsx", "pain.csv", "swot.md", "swot.pptx"):
        assert run(main, ["map", "register", at, "pain", "--to", str(tmp_path / file)]).exit_code == 0
    assert (tmp_path / "swot.md").read_text().startswith("# SWOT")
    assert run(main, ["map", "register", at, "pain", "--to", str(tmp_path / "x.doc")]).exit_code != 0
