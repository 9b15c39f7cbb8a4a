"""Files of other programs as maps: what is in them, and a line in the report for all that is not taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from openpyxl import Workbook

from lvtu.core.model.presets import preset
from lvtu.core.words import LANGS, Lang, words
from lvtu.errors import BadInput
from lvtu.maps import JourneyMap
from lvtu.maps.document.lanes import BlueprintRole, ExperienceRole
from lvtu.maps.drawing import drawn
from lvtu.maps.exchange.incoming import Incoming, incoming
from lvtu.maps.exchange.incoming.names import role_of
from lvtu.maps.exchange.incoming.sketch import scaled
from lvtu.maps.exchange.writing import written
from unit.maps.exchanged import coffee, sheet

ACCOUNT = """2026年第一季度线上开户,,,,,
调研：张三,,,,,
阶段,了解,,申请,,使用
步骤,看广告,比较产品,填写资料,人脸识别,首次登录
客户行为,刷到短视频,比较三家,上传身份证,眨眼摇头,设密码
触点,抖音,"官网、小程序",App,App,App
情绪,4,3,2,1,5
痛点,,"费率写得太小

没有人可问",要传 5 张照片,光线不好就失败,
负责人,市场部,市场部,,技术部,
备注,,,合规要求,,
,,再看一遍,,,
"""


def read(tmp_path: Path, name: str, content: str | bytes, lang: Any = "zh") -> Incoming:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return incoming(file, language=lang)


def book(tmp_path: Path, merged: Sequence[str] = (), title: str = "", **sheets: Sequence[Sequence[Any]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        shown = made.create_sheet(name)
        for row in rows:
            shown.append(list(row))
        for where in merged if len(made.sheetnames) == 1 else ():
            shown.merge_cells(where)
    made.properties.title = title
    made.save(tmp_path / "map.xlsx")
    return tmp_path / "map.xlsx"


def cells(map_: JourneyMap) -> dict[tuple[str, str], list[str]]:
    """The texts by the names of lane and step."""
    found: dict[tuple[str, str], list[str]] = {}
    for card in map_.cards:
        place = map_.lane(card.lane).label.zh, map_.step(card.step).name.zh
        found.setdefault(place, []).append(card.text.zh if card.text else "")
    return found


def codes(notes: Sequence[Any]) -> list[str]:
    return [note.code for note in notes]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_grid_of_a_workshop_becomes_a_map(tmp_path: Path, encoding: str, delimiter: str) -> None:
    found = read(tmp_path, "开户.csv", ACCOUNT.replace(",", delimiter).encode(encoding))
    map_ = found.map
    assert map_.title.zh == "2026年第一季度线上开户"
    assert [(stage.name.zh, [step.name.zh for step in map_.steps_of(stage.key)]) for stage in map_.stages] == [
        ("了解", ["看广告", "比较产品"]), ("申请", ["填写资料", "人脸识别"]), ("使用", ["首次登录"]),
    ]  # fmt: skip
    assert [(lane.label.zh, lane.role, lane.kind) for lane in map_.lanes] == [
        ("客户行为", "customer", "text"), ("触点", "touchpoints", "chips"), ("情绪", "feelings", "curve"),
        ("痛点", "pains", "text"), ("负责人", "owners", "chips"), ("备注", "custom", "text"),
    ]  # fmt: skip
    told = cells(map_)
    assert told["痛点", "比较产品"] == ["费率写得太小", "没有人可问"] and told["触点", "比较产品"] == ["官网", "小程序"]
    assert told["备注", "比较产品"] == ["再看一遍"], "a row without a name goes on with the one above"
    assert {point.step: point.value for point in map_.curve} == {
        step.key: value for step, value in zip(map_.steps, [1, 0, -1, -2, 2], strict=True)
    }
    assert {point.by for point in map_.curve} == {"导入"} and "情绪: 4" in map_.curve[0].reason
    assert [step.owner for step in map_.steps] == ["市场部", "市场部", None, "技术部", None]
    assert codes(found.report.left) == ["import_above"] and "调研：张三" in found.report.left[0].text("zh")
    assert {"import_title", "import_lane_own", "import_row_more", "import_scores_scaled"} <= set(
        codes(found.report.taken)
    )


def test_a_list_of_steps_becomes_a_map(tmp_path: Path) -> None:
    found = read(tmp_path, "Journey.csv", (
        "Phase;Step;Touchpoint;Pain points;Emotion (0-10);Owner;;Weather\n"
        "Buy;Find;Web;Search gives nothing;4;Shop;lost;rain\n;Pay;Web;Payment fails;2;Payments;;\n"
        "Get;Wait;App;;6;Logistics;;\n;;;No notice;;;;sun\nBuy;Return;;;9;;;\n"
    ), "en")  # fmt: skip
    map_ = found.map
    assert map_.title.en == "Journey"
    assert [(step.name.en, step.stage) for step in map_.steps] == [
        ("Find", "buy"), ("Pay", "buy"), ("Return", "buy"), ("Wait", "get"),
    ]  # fmt: skip
    assert cells(map_)["Pain points", "Wait"] == ["No notice"]
    assert [point.value for point in map_.curve] == pytest.approx([-0.4, -1.2, 0.4, 1.6])
    assert [note.text("en") for note in found.report.left] == ["column G has no name: 1 cell left out (lost)"]
    assert "import_steps_moved" in codes(found.report.taken)


def test_the_plainest_table_is_a_map(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", ",Aware,Choose,Buy\nGoals,Know,Compare,Pay fast\nEmotion,🙂,😐,😡\n", "en")
    assert [stage.name.en for stage in found.map.stages] == ["Aware", "Choose", "Buy"]
    assert [point.value for point in found.map.curve] == [1, 0, -2]
    assert found.report.left == []


def test_two_rows_of_heads_without_names_are_stages_and_steps(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", ",Before,,After\n,Look,Ask,Use\nPains,slow,rude,\n", "en")
    assert [(step.name.en, step.stage) for step in found.map.steps] == [
        ("Look", "before"), ("Ask", "before"), ("Use", "after"),
    ]  # fmt: skip


def test_merged_cells_of_a_workbook_stand_over_their_steps(tmp_path: Path) -> None:
    path = book(tmp_path, ["B1:C1", "B3:C3"], "银行网点", 旅程=[
        ["阶段", "进门", None, "办理"], ["步骤", "取号", "等候", "签字"], ["痛点", "没人引导", None, "看不懂"],
        ["指标", 12, 3.5, None],
    ], 空=[], 附录=[["出处", "访谈"], ["日期", "2026"]])  # fmt: skip
    found = incoming(path, language="zh")
    assert found.map.title.zh == "银行网点"
    (card,) = (one for one in found.map.cards if one.text and one.text.zh == "没人引导")
    assert (found.map.step(card.step).name.zh, found.map.step(card.until or "").name.zh) == ("取号", "等候")
    assert cells(found.map)["指标", "等候"] == ["3.5"]
    assert [note.text("zh") for note in found.report.left] == ["工作表“附录”未导入（2 行）：旅程地图在另一张表中"]


def test_a_list_of_cards_tells_everything_of_them(tmp_path: Path) -> None:
    found = read(tmp_path, "c.csv", (
        "Key,Stage,Step,Up to step,Lane,Kind,Text,Owner,System,Marks,Latent,Assumption,Evidence,Colour\n"
        "k1,Buy,Find,Pay,Pains,pain,Too slow,Shop,ERP,F W,,yes,survey · n 98,red\n"
        "k2,Buy,Pay,,Weather,,Rain,,,,yes,,,\n,,,,Pains,,lost,,,,,,,\n"
    ), "en")  # fmt: skip
    first, second = found.map.cards
    assert (first.key, first.kind, first.owner, first.system, first.marks) == (
        "k1",
        "pain",
        "Shop",
        "ERP",
        ("fail", "wait"),
    )
    assert (first.evidence[0].kind, first.evidence[0].title) == ("survey", "n 98")
    assert second.latent and found.map.lane(second.lane).role == "custom"
    assert codes(found.report.left) == ["import_column_unknown", "import_card_nowhere", "import_assumption"]


def test_a_journey_diagram_becomes_a_map(tmp_path: Path) -> None:
    found = read(tmp_path, "day.md", (
        "# Notes\n\n```mermaid\njourney\n    title My working day\n    accTitle: a day\n    section Go to work\n"
        "      Make tea: 5: Me\n      Do work: 1: Me, Cat %% sigh\n    section Go home\n      Sit down: 7: Me\n```\n"
    ), "en")  # fmt: skip
    map_ = found.map
    assert map_.title.en == "My working day" and [one.name.en for one in map_.stages] == ["Go to work", "Go home"]
    assert [[map_.actors[0].name.en], [one.name.en for one in map_.actors]] == [["Me"], ["Me", "Cat"]]
    assert [(map_.step(point.step).name.en, point.value) for point in map_.curve] == [("Make tea", 2), ("Do work", -2)]
    assert [note.text("en") for note in found.report.left] == [
        "line 6 is no task, section or title: left out (accTitle: a day)",
        "line 11: “Sit down” has the score “7”, which is not from 1 to 5: no feeling taken",
    ]
    with pytest.raises(BadInput, match="flowchart"):
        read(tmp_path, "f.mmd", "flowchart LR\n a --> b\n")


_TASKS = "section Eat\n  Order: 4: Guest\n  Wait: 2: Guest\n"
_LOOK = '%%{init: {\n  "theme": "base",\n  "journey": {"taskMargin: 5": 7}\n}}%%\n'


@pytest.mark.parametrize(("text", "title", "left"), [
    (f"---\ntitle: Dinner for two\n---\njourney\n{_TASKS}", "Dinner for two", []),
    (f"---\r\ntitle: Dinner\r\nconfig:\r\n  theme: forest\r\n---\r\njourney\r\n{_TASKS}", "Dinner", []),
    (f"---\nconfig:\n  theme: forest\n---\njourney\ntitle Lunch\n{_TASKS}", "Lunch", []),
    (f"---\ntitle: In front\n---\njourney\ntitle Inside\n{_TASKS}", "Inside", []),
    (f"---\ntitle: a: b\n---\njourney\n{_TASKS}", "meal", []), (f"---\n---\njourney\n{_TASKS}", "meal", []),
    (f"---\ntitle: '2026: dinner'\n---\n{_LOOK}journey\n{_TASKS}", "2026: dinner", []),
    (f"{_LOOK}%% ours\njourney\n{_TASKS}", "meal", []),
    (f"journey\naccTitle: Read aloud\n{_TASKS}", "Read aloud", []),
    (f"---\ntitle: Seen\n---\njourney\naccTitle : Heard\n{_TASKS}", "Seen", ["line 5"]),
    (f"journey\naccDescr {{\n Two: come\n They: eat\n}}\ntitle Seen\n{_TASKS}", "Seen", ["line 2"]),
    (f"# Notes\n\n  ```mermaid\n  ---\n  title: In a list\n  ---\n  journey\n{_TASKS}```\n", "In a list", []),
])  # fmt: skip
def test_a_diagrams_title_is_read_wherever_it_stands(tmp_path: Path, text: str, title: str, left: list[str]) -> None:
    found = read(tmp_path, "meal.md" if "```" in text else "meal.mmd", text, "en")
    assert found.map.title.en == title
    assert [step.name.en for step in found.map.steps] == ["Order", "Wait"]
    assert [note.text("en").partition(" is no")[0] for note in found.report.left] == left


@pytest.mark.parametrize(("name", "content", "code"), [
    ("answers.csv", "respondent,date,q1,q2\n1,2026-01-01,9,good\n2,2026-01-02,3,bad\n", "no_map_in_table"),
    ("empty.csv", "", "no_map_in_table"), ("one.csv", "only\nthis\n", "no_map_in_table"),
    ("long.csv", "阶段,a\n" + "x,y\n" * 11_000, "map_table_too_large"),
    ("path.json", __file__, "not_a_document"), ("secret.yaml", "/no/such/file", "not_a_document"),
    ("list.json", "[1, 2]", "not_a_document"), ("deep.json", "[" * 5000 + "]" * 5000, "not_yaml"),
    ("later.json", '{"format": "lvtu.map/2", "title": "x", "moods": []}', "map_of_later_format"),
    ("broken.xlsx", b"PK\x03\x04 and so on", "no_workbook"), ("old.xls", b"\xd0\xcf\x11\xe0 x", "old_workbook"),
])  # fmt: skip
def test_what_holds_no_map_is_refused_with_what_to_do(tmp_path: Path, name: str, content: Any, code: str) -> None:
    with pytest.raises(BadInput) as error:
        read(tmp_path, name, content)
    assert error.value.code == code


def test_a_full_map_of_two_hundred_steps_comes_back_from_its_list_of_cards(tmp_path: Path) -> None:
    rows = [f"S{step // 20},Step {step},L{lane},{step}/{lane}" for step in range(200) for lane in range(12)]
    found = read(tmp_path, "full.csv", "\n".join(["stage,step,lane,text", *rows])).map
    assert (len(found.steps), len(found.lanes), len(found.cards)) == (200, 12, 2400)
    assert {(card.step, card.text.en) for card in found.cards} >= {("step-0", "0/0"), ("step-199", "199/11")}


def test_scores_are_read_on_the_smallest_scale_that_holds_them() -> None:
    assert scaled([1, 5]) == ([-2, 2], (1, 5)) and scaled([0, 10]) == ([-2, 2], (0, 10))
    assert scaled([0, 100]) == ([-2, 2], (0, 100)) and scaled([-2, 0, 1.5]) == ([-2, 0, 1.5], (-2, 2))
    assert scaled([-3, 1]) is None and scaled([101]) is None


def test_names_of_lanes_are_known_as_people_write_them() -> None:
    for name, role in (
        ("痛点：", "pains"), ("Pain-Points", "pains"), ("机会点（优先级）", "opportunities"),
        ("Touch points", "touchpoints"),
        ("客户原话", "thoughts"), ("KPIs", "metrics"), ("后台员工行为", "backstage_people"), ("MOT", "moments"),
    ):  # fmt: skip
        assert role_of(name) == role


@pytest.mark.parametrize("lang", LANGS)
def test_e27_lanes_are_known_by_what_the_product_itself_calls_them(lang: Lang) -> None:
    for key, name in words(lang).items():
        told = re.fullmatch(r"(?:maps\.(?:templates\.)?lanes\.(\w+)|lanes\.(\w+)\.name)", key)
        if told and (role := told[1] or told[2]) in (*get_args(BlueprintRole), *get_args(ExperienceRole)):
            assert role_of(name) == role or role == "custom", (key, name)


@pytest.mark.parametrize("lang", LANGS)
def test_e25_a_list_of_cards_alone_brings_back_where_they_end_and_what_they_rest_on(tmp_path: Path, lang: Lang) -> None:
    evidence = [
        {"kind": "interview", "title": "Talk · May", "quote": "too · slow", "speaker": "P1", "date": "2026-05-02"},
        {"kind": "document", "url": "https://a.example/x"}, {"kind": "survey", "quote": "又要排队"},
        {"kind": "ticket", "title": "2026-13-45"},
    ]  # fmt: skip
    card = {"key": "c", "lane": "pain", "step": "door", "until": "pay", "text": "?", "evidence": evidence}
    last = {"key": "d", "lane": "pain", "step": "pay", "text": "!"}
    content = written(sheet(lang, cards=[card, last], links=[]), "cards", drawn).content
    after = read(tmp_path, "cards.csv", content, lang).map
    assert after.cards[0].evidence == coffee(cards=[card], links=[]).cards[0].evidence
    assert after.cards[0].until == after.cards[1].step


# Out and in again.


def test_a_csv_holds_the_grid(tmp_path: Path) -> None:
    before = coffee()
    found = read(tmp_path, "到店.csv", written(sheet(), "csv", drawn).content)
    after = found.map
    assert [s.name.zh for s in after.stages] == [s.name.zh for s in before.stages]
    assert [(s.name.zh, s.stage) for s in after.steps] == [("进门", "到店"), ("找座", "到店"), ("付款", "点单")]
    assert [(lane.label.zh, lane.role) for lane in after.lanes] == [(lane.label.zh, lane.role) for lane in before.lanes]
    assert cells(after)["接触点", "进门"] == ["门口", "招牌"] and cells(after)["痛点", "付款"] == [
        "=排队|太<久>\n还没人管"
    ]
    assert [(note.code, note.values["numbers"]) for note in found.report.left] == [("import_counted", 2)]
    assert not any("n 41" in text for texts in cells(after).values() for text in texts), "numbers are counted anew"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_holds_the_cards_as_they_were(tmp_path: Path, lang: Any) -> None:
    content = written(sheet(lang), "xlsx", drawn).content
    after = read(tmp_path, "m.xlsx", content, lang).map
    before = coffee()
    assert after.title.get(lang) == before.title.get(lang)
    for card in before.cards:
        (same,) = (one for one in after.cards if one.key == card.key)
        assert (same.text and same.text.get(lang), same.kind, same.owner, same.person, same.marks) == (
            card.text and card.text.get(lang), card.kind, card.owner, card.person, card.marks
        )  # fmt: skip
        assert after.lane(same.lane).label.get(lang) == before.lane(card.lane).label.get(lang)
        assert after.step(same.step).name.get(lang) == before.step(card.step).name.get(lang)
        assert (same.until is None) == (card.until is None) and len(same.evidence) == len(card.evidence)
    texts = [card.text.get(lang) for card in after.cards if card.text and after.lane(card.lane).role != "thoughts"]
    assert len(texts) == len(before.cards), "none is there twice"


@pytest.mark.parametrize("lang", LANGS)
def test_e12_a_row_of_channels_is_that_of_the_steps(tmp_path: Path, lang: Lang) -> None:
    """So what was brought in is drawn by channel, and comes back from a workbook with its cards as they were."""
    lanes = [{"key": "way", "role": "channels", "kind": "chips", "label": {"zh": "渠道", "en": "Channels"}}]
    steps = [{"key": "door", "stage": "come", "name": "A", "channels": ["web", "store"]},
             {"key": "pay", "stage": "order", "name": "B", "channels": ["app"]}]  # fmt: skip
    cards = [{"key": "c1", "lane": "way", "step": "pay", "text": {"zh": "传真", "en": "Fax"}},
             {"key": "c2", "lane": "way", "step": "door", "text": {"zh": "门店", "en": "Store"}}]  # fmt: skip
    plan = preset("five-stage").names("channel")
    for format, channels in (("xlsx", ("web",)), ("csv", ("web", "store"))):
        drawn_ = replace(
            sheet(lang, lanes=lanes, steps=steps, cards=cards, links=[], curve=[], bindings=[]), channels=plan
        )
        after = read(tmp_path, f"m.{format}", written(drawn_, format, drawn).content, lang).map
        assert [step.channels for step in after.steps] == [channels, ("app",)]
        told = [card.text.get(lang) for card in after.cards if card.text]
        assert told == [cards[0]["text"][lang], *([cards[1]["text"][lang]] if format == "xlsx" else [])]


def test_a_diagram_holds_stages_steps_actors_and_rounded_feelings(tmp_path: Path) -> None:
    after = read(tmp_path, "m.mmd", written(sheet(), "mermaid", drawn).content).map
    before = coffee()
    assert after.title.zh == before.title.zh
    assert [(s.name.zh, len(s.actors)) for s in after.steps] == [(s.name.zh, len(s.actors)) for s in before.steps]
    assert [point.value for point in after.curve] == [1, -1, -2]


CJML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- as cjml.no shows it, with what SINTEF's converter from spreadsheets adds -->
<CJML version="2.0">
  <actualJourney>
    <journeyID>AJ1</journeyID>
    <journeyTitle>Selling a book</journeyTitle>
    <journeyPhases>
      <journeyPhase phaseID=" Join"><phaseName> Join</phaseName><phaseDescription></phaseDescription></journeyPhase>
      <journeyPhase phaseID="Sell"><phaseName>Sell</phaseName></journeyPhase>
    </journeyPhases>
    <actors>
      <endUser actorID="Carl"><actorName>Carl</actorName></endUser>
      <serviceProvider actorID="Books"><companyName>Books &amp; Co</companyName></serviceProvider>
    </actors>
    <touchpoints>
      <actualCommunicationPoint>
        <touchpointID>TP1</touchpointID><belongsTo phaseIDref=" Join"></belongsTo>
        <initiator><refersTo actorIDref="Carl"/><initiatorLabel>Creates an account</initiatorLabel></initiator>
        <receiver><refersTo actorIDref="Books"/><receiverLabel>Registers it</receiverLabel></receiver>
        <channel><channelName>Web</channelName></channel>
        <comment>Pain points: Asked twice
He hurried</comment>
        <timestamps><timeStarted>2026-03-01T09:00:00</timeStarted></timestamps>
        <touchpointExperience><experienceDescription>Tedious</experienceDescription>
          <experienceRating>2</experienceRating></touchpointExperience>
      </actualCommunicationPoint>
      <actualCommunicationPoint>
        <touchpointID>TP2</touchpointID><belongsTo phaseIDref="Sell"/>
        <initiator><refersTo actorIDref="Books"/><initiatorLabel>Sends a label</initiatorLabel></initiator>
        <receiver><refersTo actorIDref="Carl"/><receiverLabel>Gets a label</receiverLabel></receiver>
        <channel><channelName>email</channelName></channel>
        <touchpointExperience><experienceRating>5</experienceRating></touchpointExperience>
      </actualCommunicationPoint>
      <actualAction>
        <touchpointID>TP3</touchpointID><belongsTo phaseIDref="Sell"/>
        <initiator><refersTo actorIDref="Carl"/><initiatorLabel>Packs the book</initiatorLabel></initiator>
      </actualAction>
    </touchpoints>
  </actualJourney>
  <plannedJourney><journeyID>PJ1</journeyID></plannedJourney>
</CJML>
"""


def test_e27_a_document_of_cjml_becomes_a_map_and_says_what_has_no_place(tmp_path: Path) -> None:
    made = read(tmp_path, "sell.xml", CJML.encode())
    map_ = made.map
    assert map_.title.en == "Selling a book" and [one.name.en for one in map_.stages] == ["Join", "Sell"]
    assert [(one.name.en, one.owner) for one in map_.steps] == [
        ("Creates an account", "Books & Co"), ("Gets a label", "Books & Co"), ("Packs the book", None),
    ]  # fmt: skip
    cells = {(map_.lane(c.lane).role, map_.step(c.step).name.en): c.text.en for c in map_.cards if c.text}
    assert [one.channels for one in map_.steps] == [("web",), ("email",), ()]
    assert (
        cells["pains", "Creates an account"] == "Asked twice" and cells["custom", "Creates an account"] == "He hurried"
    )
    assert cells["onstage_technology", "Gets a label"] == "Sends a label"
    assert cells["thoughts", "Creates an account"] == "Tedious"
    assert [(point.step, point.value) for point in map_.curve] == [(map_.steps[0].key, -1), (map_.steps[1].key, 2)]
    left = [(one.code, dict(one.values).get("name")) for one in made.report.left]
    assert left == [("import_cjml_journey", "PJ1"), ("import_cjml_part", "timestamps")]


@pytest.mark.parametrize("text", [
    "<CJML version='2.0'>", "<CJML/>", "<!DOCTYPE CJML [<!ENTITY a 'b'>]><CJML><actualJourney/></CJML>",
])  # fmt: skip
def test_what_is_no_document_of_cjml_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"cannot be read as CJML|holds no journey"):
        read(tmp_path, "m.xml", text.encode())


def test_what_cjml_holds_of_a_map_comes_back(tmp_path: Path) -> None:
    after = read(tmp_path, "m.xml", written(sheet(), "cjml", drawn).content).map
    before = coffee()
    assert after.title.zh == before.title.zh
    assert [(s.name.zh, s.stage) for s in after.steps] == [("进门", "到店"), ("找座", "到店"), ("付款", "点单")]
    assert [point.value for point in after.curve] == [1.24, -1, -1.6]
    pains = [card.text.zh for card in after.cards if after.lane(card.lane).role == "pains" and card.text]
    assert pains == ["=排队|太<久> 还没人管"]
