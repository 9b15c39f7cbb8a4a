"""A map from a survey's export: its questions are the steps, against what plain Python counts of the same file."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

import lvtu
from lvtu.errors import BadInput, UnknownName
from lvtu.maps import JourneyMap
from lvtu.maps.drawing import drawn
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.svg import svg
from lvtu.maps.edits import made
from lvtu.maps.exchange.texts import markdown
from lvtu.maps.live.filled import Filled
from lvtu.maps.questioned import about, followed, grouped, overall, words_told
from lvtu.maps.surveyed import questions, surveyed, told
from lvtu.workspace import Workspace
from unit.maps.pictures import document

LADDER = ["非常不满意", "不满意", "一般", "满意", "非常满意"]
STEPS = ["预约挂号", "候诊等待", "缴费取药"]
HEAD = [
    "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您的年龄段", "2、您对预约挂号的满意度",
    "3、您对候诊等待的满意度", "4、您对缴费取药的满意度", "5、您对本次就诊的总体满意度",
    "6、您有多大可能推荐我们？（0-10分）", "7、您还有哪些意见和建议？",
]  # fmt: skip
SAID = ["候诊等了两个小时，没人理", "取药窗口排队太久", "医院很大", "(空)"]


def _rows() -> list[list[str]]:
    """Forty responses, in which the second question is answered worst and every tenth skips the first."""
    return [
        [
            str(n), f"2026/3/{1 + n % 28} 9:{n % 60:02}:00", "61秒", "微信", "N/A", "203.0.113.7(广东-深圳)",
            ["18-30岁", "31-45岁"][n % 2], "(跳过)" if n % 10 == 0 else LADDER[3 + n % 2], LADDER[n % 3],
            LADDER[2 + n % 3], LADDER[1 + n % 4], str(n % 11), SAID[n % 4],
        ]
        for n in range(40)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("clinic")
    with (folder / "answers.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEAD, *_rows()])
    ws = lvtu.open(folder / "clinic.lvtu")
    ws.ingest(folder / "answers.csv", "wjx")
    return ws


def _feeling(column: int) -> float:
    """The mean of a column's answers, −2 to +2."""
    return fmean(LADDER.index(row[column]) - 2 for row in _rows() if row[column] in LADDER)


def test_each_rated_question_is_a_step_in_the_surveys_order(clinic: Workspace) -> None:
    drawn = clinic.maps.autodraw()
    document, found = drawn.document, drawn.answers()
    assert [step.name.zh for step in document.steps] == STEPS
    for column, key in enumerate((step.key for step in document.steps), start=7):
        value = found.values["csat5"][key]
        assert value.n == sum(row[column] in LADDER for row in _rows())
        assert value.value == pytest.approx(_feeling(column), abs=1e-6)
        assert value.low < value.value < value.high
    pains = [card for card in document.cards if card.lane == "pains"]
    assert {card.step for card in pains} == {"候诊等待"} and all(card.evidence for card in pains)


def test_what_asks_about_everything_stands_at_the_head(clinic: Workspace) -> None:
    head = clinic.maps.autodraw().answers().head
    tens = [int(row[11]) for row in _rows()]
    promoters, detractors = sum(ten >= 9 for ten in tens), sum(ten <= 6 for ten in tens)
    assert head["overall-2"].value == pytest.approx(100 * (promoters - detractors) / len(tens))
    whole = [row[10] for row in _rows()]
    assert head["overall-1"].value == pytest.approx(sum(one in LADDER[3:] for one in whole) / len(whole))


def test_comments_stand_at_the_step_that_they_name_and_nowhere_else(clinic: Workspace) -> None:
    quotes = clinic.maps.autodraw().answers().quotes
    assert {key: [one.text for one in found] for key, found in quotes.items()} == {
        "候诊等待": [SAID[0]],
        "缴费取药": [SAID[1]],
    }


WHY = ["候诊等了两个小时", "停车场太小", "看病很专业", "还行吧"]
LEFT = [
    "序号", "提交答卷时间", "1、您对导诊的满意度", "2、请说明原因", "3、您对抽血的满意度", "4、请说明原因",
    "5、您对药房的满意度", "6、您对本次就诊的总体满意度", "7、请说明打分的原因", "8、您对药房有什么建议？",
]  # fmt: skip


def test_a_comment_follows_the_question_that_it_explains(tmp_path: Path) -> None:
    def row(n: int) -> list[str]:
        skipped = n % 4 == 0  # who skips the first question moves the place of all others
        first = ["", ""] if skipped else ["满意", f"没人指路{n}"]
        return [str(n), f"2026/3/{1 + n % 28} 9:{n % 60:02}:00", *first, ["一般", "满意"][n % 2],
                "护士手很轻" if n % 5 == 0 else "", "满意", "满意", WHY[n % 4], f"药品太少{n}"]  # fmt: skip

    rows = [row(n) for n in range(40)]
    with (tmp_path / "left.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([LEFT, *rows])
    with lvtu.open(tmp_path / "left.lvtu") as ws:
        ws.ingest(tmp_path / "left.csv", "wjx")
        asked = {one.title: one.of for one in questions(ws) if one.scale is None}
        assert list(asked.values()) == [
            "您对导诊的满意度", "您对抽血的满意度", "您对本次就诊的总体满意度", "您对药房的满意度",
        ]  # fmt: skip
        drawn = ws.maps.autodraw("看病")
        found = drawn.answers()
        told = {key: {one.text.rstrip("0123456789") for one in some} for key, some in found.quotes.items()}
        assert told == {"导诊": {"没人指路"}, "抽血": {"护士手很轻"}, "药房": {"药品太少"}}
        assert found.unplaced.n == 40 and {one.text for one in found.unplaced.quotes} <= set(WHY)
        assert "另有 40 条留言" in drawn.svg(language="zh")
        [only] = drawn.document.stages
        assert only.name.zh == "看病"


def test_what_asks_for_something_else_explains_no_answer() -> None:
    rated = [("How was the desk?", True), ("Your room", True)]
    called = {"How was the desk?": ("", "Desk"), "Your room": ("", "Room")}
    others = ["Why did you choose us?", "Which bar? - Other (please specify)", "您选择我院的原因", "Anything else?"]
    for other in others:
        assert followed([rated[0], (other, False), rated[1], ("Why?", False)], called).get(other) is None
    last = [*rated, ("Why?", False)]
    assert followed(last, called) == {}, "at the end it may be about any"
    grid = {"Room: bed": ("Room", "Bed"), "Room: bath": ("Room", "Bath"), "Bar": ("", "Bar")}
    below = [("Room: bed", True), ("Room: bath", True), ("Comments", False), ("Bar", True)]
    assert followed(below, grid) == {}, "below a grid it may be about any row"
    assert followed([*below, ("What did you like about the bar?", False)], grid) == {
        "What did you like about the bar?": "Bar"
    }


def test_what_names_no_step_stands_with_the_whole_journey(clinic: Workspace) -> None:
    found = clinic.maps.autodraw().answers().unplaced
    assert found.n == sum(row[12] == SAID[2] for row in _rows())
    assert [one.text for one in found.quotes] == [SAID[2]]
    parts = [one for one in questions(clinic) if one.scale and not one.overall]
    steps = [{"question": one.title, "name": f"Q{n}"} for n, one in enumerate(parts)]
    unnamed = clinic.maps.autodraw("Q", "survey", steps=steps).answers()  # no words that a comment could have
    assert not unnamed.quotes and unnamed.unplaced.n == sum(row[12] in SAID[:3] for row in _rows())


def test_what_drives_recommendation_is_not_how_much_a_need_matters(tmp_path: Path) -> None:
    def answers(n: int) -> list[dict[str, object]]:
        room, desk = 1 + n % 5, 1 + (n // 5 * 3) % 5
        return [
            {"user_id": f"c{n}", "time": f"2026-03-{1 + n % 28:02}T09:00:00Z", "event": "Survey Answered",
             "score": score, "scale": scale, "properties": {"question": question}}
            for question, score, scale in (
                ("Room", room, "csat5"), ("Desk", desk, "csat5"), ("Recommend?", 2 * room - n % 2, "nps"),
            )
        ]  # fmt: skip

    with lvtu.open(tmp_path / "driven") as ws:
        ws.append([one for n in range(100) for one in answers(n)])
        drawn = ws.maps.autodraw()
        asked = drawn.moments()[0].step
        assert asked == "room", "it is what goes with recommendation"
        drawn.edit("put", part="lanes", made=[{"key": "needs", "role": "needs", "label": "Needs"}])
        told = {"driven": {"satisfaction": 2.0}, "told": {"importance": 8.0, "satisfaction": 2.0}}
        cards = [
            {"key": key, "lane": "needs", "step": asked, "kind": "need", "text": key, "details": details}
            for key, details in told.items()
        ]
        drawn.edit("put", part="cards", made=cards)
        needs = {one["text"]: one for one in ws.maps.registers.needs().to_pylist()}
        assert (needs["driven"]["importance"], needs["driven"]["opportunity"]) == (None, None)
        assert (needs["told"]["importance_source"], needs["told"]["opportunity"]) == ("person", 14.0)


def test_the_order_of_a_questionnaire_is_nobodys_way(clinic: Workspace) -> None:
    found = clinic.maps.autodraw().answers()
    assert not found.ways and not found.between and not found.drop_off and found.again is None
    assert found.customers == 40


def test_the_person_says_which_questions_and_which_stages(clinic: Workspace) -> None:
    title = {one.name: one.title for one in questions(clinic)}
    steps = [
        {"question": title["候诊等待"], "name": "等", "stage": "诊前"},
        {"question": title["缴费取药"], "stage": ""},
        {"question": title["预约挂号"], "stage": "诊后"},
    ]
    drawn = clinic.maps.autodraw("就诊", "survey", steps=steps).document
    assert [(step.name.zh, step.stage) for step in drawn.steps] == [
        ("等", "stage-1"), ("缴费取药", "stage-1"), ("预约挂号", "stage-2"),
    ]  # fmt: skip
    assert [stage.name.zh for stage in drawn.stages] == ["诊前", "诊后"]
    with pytest.raises(BadInput) as apart:
        clinic.maps.autodraw("就诊", "survey", steps=[*steps, steps[0] | {"name": "again"}])
    assert apart.value.code == "stage_apart"
    with pytest.raises(UnknownName):
        clinic.maps.autodraw("就诊", "survey", steps=[{"question": "谁知道", "stage": ""}])


GUESS = [(name, "csat5", 9) for name in ("Booking the room", "Check-in", "Bed", "Staff", "Check-out")]


def _marks(steps: list[dict[str, str]] | None = None) -> dict[str, bool]:
    """The stages of a map of a hotel's survey, and whether they are marked as a guess."""
    drawn = JourneyMap.load({"title": "Stay", **surveyed(told(GUESS), steps)})
    return {stage.name.en: stage.guessed for stage in drawn.stages}


def test_a_guessed_stage_says_so_until_somebody_has_touched_it() -> None:
    names = ["Booking", "Arriving", "Staying", "Leaving"]
    assert _marks() == dict.fromkeys(names, True)
    rows = [{"question": one.title, "name": one.name, "stage": one.stage} for one in told(GUESS)]
    assert _marks(rows) == dict.fromkeys(names, True), "as the dialog proposes"
    rows[1]["stage"] = rows[2]["stage"] = rows[3]["stage"] = "Being there"
    assert _marks(rows) == {"Booking": True, "Being there": False, "Leaving": True}
    pages = {title: page for (title, _, _), page in zip(GUESS, "AABBB", strict=True)}
    assert not any(stage.get("guessed") for stage in surveyed(told(GUESS, pages))["stages"]), "the survey says so"
    map_ = JourneyMap.load({"title": "Stay", **surveyed(told(GUESS))})
    assert [stage.name.zh for stage in map_.stages] == ["预订", "抵达入住", "住店", "退房离店"], (
        "of a hotel, all of them"
    )
    first, second, third, last = (stage.key for stage in map_.stages)
    bed, staff = (step.key for step in map_.steps_of(third))

    def left(**edit: Any) -> set[str]:
        after = made(map_, edit)
        assert JourneyMap.load(after.to_json()) == after
        return {stage.key for stage in after.stages if stage.guessed}

    everything = {first, second, third, last}
    assert left(edit="change", part="stages", key=first, fields={"name": "Booked"}) == everything - {first}
    assert left(edit="change", part="stages", key=first, fields={"guessed": None}) == everything - {first}
    assert left(edit="move_stage", stage=last) == everything - {last}
    assert left(edit="merge_stages", stages=[second, third]) == {first, last}
    assert left(edit="split_stage", stage=third, at=staff, part={"key": "n", "name": "N"}) == everything - {third}
    assert left(edit="move_steps", steps=[bed], stage=second) == {first, last}
    assert left(edit="move_steps", steps=[bed], behind=staff) == everything, "within its stage"
    assert left(edit="change", part="steps", key=bed, fields={"name": "The bed"}) == everything
    told_ = svg(drawn(Sheet(map_, Filled(), "en"), "linear", "timeline"), "en")
    assert "stages are a guess" in told_ and "nobody has confirmed it" in told_
    assert "questionnaire" not in svg(drawn(Sheet(document(), Filled(), "en"), "linear", "timeline"), "en")
    assert (
        "Stages guessed from the questionnaire, not confirmed: Booking · Arriving"
        in markdown(Sheet(map_, Filled(), "en")).content.decode()
    )


def test_without_a_rated_question_there_is_no_map_of_a_survey(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([{"event": "Seen", "user_id": "li", "time": "2026-03-01T23:30:00Z"}])
        assert questions(ws) == ()
        with pytest.raises(BadInput) as nothing:
            ws.maps.autodraw(model="survey")
        assert nothing.value.code == "nothing_rated"


def test_what_a_question_is_about() -> None:
    told = {
        "请您对客房卫生打分（1-5分）": "客房卫生",
        "您对我们的前台服务是否满意？": "前台服务",
        "对网点环境的评价": "网点环境",
        "How satisfied were you with the check-in?": "Check-in",
        "How would you rate our mobile app?": "Mobile app",
        "How easy was it to open your account?": "Open your account",
        "Delivery satisfaction": "Delivery",
        "Quality of the gym equipment": "Quality of the gym equipment",
        "满意度": "满意度",
    }
    assert {one: about(one) for one in told} == told
    assert overall("Overall, how satisfied are you?", "csat5") and not overall("Room", "csat5")


def test_stages_are_what_stands_before_a_dash_or_a_colon() -> None:
    named = grouped(["到店：停车", "到店：迎宾", "用餐：上菜", "用餐：口味"])
    assert [named[one] for one in named] == [("到店", "停车"), ("到店", "迎宾"), ("用餐", "上菜"), ("用餐", "口味")]
    matrix = grouped(["服务评价（物流速度）", "服务评价（客服态度）", "您对价格的满意度（1-5分）"])
    assert [name for _, name in matrix.values()] == ["物流速度", "客服态度", "价格"]
    form = grouped(["How satisfied are you with… [Pool]", "How satisfied are you with… [Sauna]"])
    assert list(form.values()) == [("", "Pool"), ("", "Sauna")]
    asked = "Please rate each of the following - "
    assert {stage for stage, _ in grouped([asked + "Classes", asked + "Trainers"]).values()} == {""}


def test_words_that_several_steps_share_tell_none_of_them() -> None:
    told = words_told(["前台服务", "客房服务"])
    assert [[word for _, word in one] for one in told] == [["前台"], ["客房"]]
    assert words_told(["Room", "Room service"])[0] == ()
    home, away = ([word for _, word in one] for one in words_told(["Assembly at home", "Refunds"]))
    assert home == [" assembly", "assembly", "Assembly"]  # every other comment speaks of home
    assert "money back" in away  # what the shipped taxonomies know refunds under


def test_a_short_word_with_a_dash_is_one() -> None:
    words = [word for _, word in words_told(["Wi-Fi", "Check-in"])[0]]
    assert words[:7] == ["wi-fi", "wifi", "Wi-Fi", "WiFi", "WI-FI", "Wifi", "WIFI"]
    assert "check-in" in [word for _, word in words_told(["Wi-Fi", "Check-in"])[1]]


def test_of_a_survey_that_comes_in_waves_the_last_two_are_compared(tmp_path: Path) -> None:
    def wave(month: int, worst: int) -> list[dict[str, object]]:
        return [
            {"user_id": f"{month}-{n}", "time": f"2026-{month + n // 28:02}-{1 + n % 28:02}T09:00:00Z",
             "event": "Survey Answered", "properties": {"question": question}, "scale": "csat5",
             "score": worst + n % 2 if question == "Room" else 4 + n % 2}
            for n in range(50) for question in ("Room", "Breakfast")
        ]  # fmt: skip

    with lvtu.open(tmp_path / "waves") as ws:
        ws.append([*wave(2, 4), *wave(9, 1)])  # each takes seven weeks, half a year apart
        found = ws.maps.autodraw().answers()
        room, breakfast = found.values["csat5"].values()
        assert (room.n, room.value, found.customers) == (50, -1.5, 50)
        assert (room.worse, breakfast.worse, breakfast.better) == (True, False, False)
        assert room.before == 1.5


def test_two_surveys_of_a_workspace_are_told_apart(tmp_path: Path) -> None:
    def answer(who: str, day: int, question: str, score: float | None, text: str | None = None) -> dict[str, object]:
        more = {"score": score, "scale": "csat5"} if score is not None else {"text": text}
        return {"user_id": who, "time": f"2026-03-{day:02}T09:00:00Z", "event": "Survey Answered",
                "properties": {"question": question}, **more}  # fmt: skip

    with lvtu.open(tmp_path / "two") as ws:
        ws.append([answer(f"a{n}", 1 + n, q, 4) for n in range(8) for q in ("Room", "Breakfast")])
        ws.append([answer(f"b{n}", 11 + n, q, 2) for n in range(8) for q in ("Desk", "Classes", "Overall, your gym?")])
        ws.append([answer(f"b{n}", 11 + n, "Why?", None, "The desk was slow") for n in range(8)])
        told = {(one.survey, one.title) for one in questions(ws)}
        assert told == {
            (0, "Desk"), (0, "Classes"), (0, "Overall, your gym?"), (0, "Why?"), (1, "Room"), (1, "Breakfast"),
        }  # fmt: skip
        drawn = ws.maps.autodraw(model="survey")
        assert [step.name.en for step in drawn.document.steps] == ["Desk", "Classes"]
        older = ws.maps.autodraw(model="survey", steps=[{"question": "Room"}, {"question": "Breakfast"}])
        assert not older.answers().quotes and not [one for one in older.document.bindings if one.key == "overall-1"]


def test_a_question_that_is_only_chosen_from_holds_a_survey_together(tmp_path: Path) -> None:
    def answer(who: str, minute: int, question: str, score: float | None) -> dict[str, object]:
        more = {"score": score, "scale": "csat5"} if score is not None else {"value": 1.0}
        return {"user_id": who, "time": f"2026-03-01T09:{minute:02}:00Z", "event": "Survey Answered",
                "properties": {"question": question}, **more}  # fmt: skip

    asked = [("Room", 4.0), ("How did you come?", None), ("Desk", 2.0)]
    with lvtu.open(tmp_path / "choice") as ws:
        ws.append([answer(f"a{n}", n, q, score) for n in range(8) for q, score in asked])
        assert [(one.survey, one.title) for one in questions(ws)] == [(0, "Room"), (0, "Desk")]
    with lvtu.open(tmp_path / "choices") as ws:
        ws.append([answer(f"a{n}", n, q, None) for n in range(8) for q in ("How did you come?", "And go?")])
        assert questions(ws) == ()
