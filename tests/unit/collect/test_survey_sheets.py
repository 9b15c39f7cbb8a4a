"""问卷星 and Qualtrics: sheets constructed here in the shape that their exports have; nobody answered them."""

import csv
import json

import pytest

from lvtu.collect import guess
from lvtu.collect.preview import look, preview
from lvtu.collect.ready.scales import scale_of
from unit.collect.collecting import all_of, utc

WJX = [
    ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "总分", "1、您的性别", "2、您对本次服务的满意度",
     "3、您有多大可能向朋友推荐我们？", "4、您用过哪些渠道？[多选题]", "5、服务评价（物流速度）",
      "5、服务评价（客服态度）",
     "6、您的建议", "7、您的手机号"],
    ["1", "2026/3/1 9:05:33", "123秒", "微信", "昵称甲", "203.0.113.7(广东-深圳)", "88", "女", "非常满意", "10",
     "小程序┋门店", "5",
     "4", "物流再快一点就好了😀", "13800000001"],
    ["2", "2026/3/1 23:59:59", "45秒", "手机提交", "直接访问", "203.0.113.8(北京-北京)", "20", "男", "不满意", "0",
     "其他〖朋友介绍〗", "1", "(跳过)", "(空)", "(空)"],
    ["3", "2026/3/2 0:00:01", "9秒", "链接", "", "", "", "男", "(跳过)", "-3", "门店", "-2", "3",
     "很&lt;b&gt;好<br>下次再来", ""],
]  # fmt: skip


def written(path, rows, encoding="gb18030"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_wjx_sheet(tmp_path, encoding):
    records, rejected = all_of(written(tmp_path / "答卷.csv", WJX, encoding), "wjx")
    assert rejected == []
    assert {row["event"] for row in records} == {"Survey Answered"} and {row["source"] for row in records} == {"wjx"}
    told = [
        (row["properties"]["question"], row.get("score"), row.get("scale"), row.get("text"), row["time"])
        for row in records
    ]
    first, second, third = utc("2026-03-01T01:05:33"), utc("2026-03-01T15:59:59"), utc("2026-03-01T16:00:01")
    assert told == [
        ("您对本次服务的满意度", 5.0, "csat5", None, first),
        ("您有多大可能向朋友推荐我们？", 10.0, "nps", None, first),
        ("服务评价（物流速度）", 5.0, "rating5", None, first),
        ("服务评价（客服态度）", 4.0, "rating5", None, first),
        ("您的建议", None, None, "物流再快一点就好了😀", first),
        ("您对本次服务的满意度", 2.0, "csat5", None, second),
        ("您有多大可能向朋友推荐我们？", 0.0, "nps", None, second),  # nought out of ten is an answer
        ("服务评价（物流速度）", 1.0, "rating5", None, second),
        ("服务评价（客服态度）", 3.0, "rating5", None, third),
        ("您的建议", None, None, "很<b>好\n下次再来", third),
    ]
    one, other, last = records[0], records[5], records[-1]
    assert one["identifiers"] == {"phone": "13800000001"} and one["anonymous_id"].startswith("wjx:")
    assert one["channel"] == "wechat" and other["channel"] == "web"
    assert one["properties"]["您的性别"] == "女" and one["properties"]["您用过哪些渠道？"] == ["小程序", "门店"]
    assert (
        one["properties"]["place"] == "广东-深圳" and "203.0.113" not in str(records) and "昵称甲" not in str(records)
    )
    assert one["properties"]["seconds"] == 123.0 and one["properties"]["total_score"] == 88.0
    assert other["properties"]["您用过哪些渠道？"] == "其他〖朋友介绍〗"
    assert last["anonymous_id"].startswith("row:") and "identifiers" not in last
    assert len({row["message_id"] for row in records}) == 10


def test_a_wjx_workbook_has_the_ids_of_the_csv(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in WJX:
        book.active.append([int(cell) if cell.lstrip("-").isdigit() and len(cell) < 4 else cell for cell in row])
    book.save(tmp_path / "a.xlsx")
    sheet, _ = all_of(tmp_path / "a.xlsx", "wjx")
    text, _ = all_of(written(tmp_path / "a.csv", WJX), "wjx")
    assert [row["message_id"] for row in sheet] == [row["message_id"] for row in text]
    assert [row.get("score") for row in sheet] == [row.get("score") for row in text]


def test_what_is_wrong_in_a_wjx_sheet_is_set_aside(tmp_path):
    rows = [WJX[0], [*WJX[1][:1], "昨天", *WJX[1][2:]], [*WJX[2][:9], "11", *WJX[2][10:]]]
    records, rejected = all_of(
        written(tmp_path / "a.csv", rows), {"shape": "wjx", "scales": {"您有多大可能向朋友推荐我们？": "nps"}}
    )
    assert {row["reason"] for row in rejected} == {
        "'昨天' is not a time; write ISO-8601, or give the mapping a format",
        "'11.0' is outside 0…10 of nps",
    }
    assert {row["properties"]["response_id"].split("-")[0] for row in records} == {"2"}


def test_a_number_is_no_comment_and_labels_beside_a_scale_are_no_step_of_it(tmp_path):
    head = ["序号", "提交答卷时间", "1、您的建议", "2、您的满意度"]
    rows = [
        ["1", "2026/3/1 9:00:00", "5", "满意"],
        ["2", "2026/3/1 9:01:00", "好", "不清楚"],
        ["3", "2026/3/1 9:02:00", "", "不适用"],
    ]
    records, _ = all_of(written(tmp_path / "a.csv", [head, *rows]), "wjx")
    assert [(row.get("score"), row.get("text"), row["properties"].get("您的建议")) for row in records] == [
        (4.0, None, "5"), (None, "好", None), (None, None, None)
    ]  # fmt: skip
    assert [row["properties"].get("您的满意度") for row in records] == [None, "不清楚", "不适用"]


def test_scales_that_nobody_tells(tmp_path):
    head = ["序号", "提交答卷时间", "1、推荐意愿", "2、满意度打分", "3、年龄"]
    rows = [head, ["1", "2026/3/1 9:05:33", "3", "6", "34"], ["2", "2026/3/1 9:06:33", "5", "2", "27"]]
    path = written(tmp_path / "a.csv", rows)
    records, _ = all_of(path, "wjx")
    assert [(row["properties"]["推荐意愿"], row["scale"], row["score"]) for row in records] == [
        ("3", "csat7", 6.0), ("5", "csat7", 2.0)
    ]  # fmt: skip
    notes = {note.code: note.text("zh") for note in guess(path).notes}
    assert "满意度打分 → csat7" in notes["scales_taken"] and "推荐意愿" in notes["scales_unknown"]
    said = {"shape": "wjx", "scales": {"推荐意愿": "nps", "满意度打分": "csat10"}}
    assert [(row["score"], row["scale"]) for row in all_of(path, said)[0]] == [
        (3.0, "nps"), (6.0, "csat10"), (5.0, "nps"), (2.0, "csat10")
    ]  # fmt: skip


NAMES = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
         "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
         "LocationLatitude", "DistributionChannel", "UserLanguage", "Q1", "Q1_NPS_GROUP", "Q2_1", "Q2_2", "Q3",
          "Q3_5_TEXT", "Q4",
         "store", "touchpoint"]  # fmt: skip
WORDS = ["Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished",
         "Recorded Date", "Response ID", "Recipient Last Name", "Recipient First Name", "Recipient Email",
         "External Data Reference", "Location Latitude", "Distribution Channel", "User Language",
         "How likely are you to recommend us?", "How likely … - Group", "How satisfied were you with - Price",
         "How satisfied were you with - Staff", "How did you hear of us?", "How did you hear of us? - Other - Text",
         "What should we improve?", "store", "touchpoint"]  # fmt: skip
IDS = [
    *NAMES[:16], "QID1", "QID1_NPS_GROUP", "QID2_1", "QID2_2", "QID3", "QID3_5_TEXT", "QID4_TEXT", "store", "touchpoint"
]  # fmt: skip
IMPORTS = [
    json.dumps({"ImportId": id} | ({"timeZone": "America/Denver"} if "Date" in id else {}), separators=(",", ":"))
    for id in IDS
]


def response(id, status, finished, at, *answers, email="", reference=""):
    return [at, at, status, "203.0.113.9", "100", "61", finished, at, id, "Doe", "Ann", email, reference, "52.1",
     "email",
            "EN", *answers, "Hull", "checkout"]  # fmt: skip


LABELS = [
    response("R_1", "IP Address", "True", "2026-01-31 23:30:00", "10 - Extremely likely", "Promoter",
     "Extremely satisfied",
             "Somewhat dissatisfied", "Friends,Television", "", "Shorter <b>queues</b>", email="ann@example.com"),
    response("R_2", "IP Address", "False", "2026-07-01 12:00:00", "0", "Detractor",
     "Neither satisfied nor dissatisfied", "",
             "Other", "a poster", "", reference="c-7"),
    response("R_3", "Survey Preview", "True", "2026-07-01 12:00:00", "9", "Promoter", "", "", "", "", "test"),
    response("R_4", "IP Address", "True", "2026-07-01 12:00:00", "", "", "", "", "", "", ""),
]  # fmt: skip
VALUES = [
    response("R_1", "0", "1", "2026-01-31 23:30:00", "10", "3", "5", "2", "1,4", "", "Shorter <b>queues</b>",
             email="ann@example.com"),
    response("R_2", "0", "0", "2026-07-01 12:00:00", "0", "1", "3", "-99", "5", "a poster", "", reference="c-7"),
    response("R_3", "1", "1", "2026-07-01 12:00:00", "9", "3", "", "", "", "", "test"),
]  # fmt: skip


@pytest.mark.parametrize("body", [LABELS, VALUES], ids=["labels", "values"])
def test_a_qualtrics_file(tmp_path, body):
    records, rejected = all_of(written(tmp_path / "q.csv", [NAMES, WORDS, IMPORTS, *body], "utf-8-sig"), "qualtrics")
    assert rejected == []
    told = [
        (row["properties"]["question"], row.get("score"), row.get("scale"), row.get("text"), row["time"])
        for row in records
    ]
    winter, summer = utc("2026-02-01T06:30:00"), utc("2026-07-01T18:00:00")  # 7 and 6 hours behind
    assert told == [
        ("How likely are you to recommend us?", 10.0, "nps", None, winter),
        ("How satisfied were you with - Price", 5.0, "csat5", None, winter),
        ("How satisfied were you with - Staff", 2.0, "csat5", None, winter),
        ("What should we improve?", None, None, "Shorter queues", winter),
        ("How likely are you to recommend us?", 0.0, "nps", None, summer),
        ("How satisfied were you with - Price", 3.0, "csat5", None, summer),
        ("How did you hear of us? - Other - Text", None, None, "a poster", summer),
    ]
    ann, other = records[0], records[4]
    assert ann["identifiers"] == {"email": "ann@example.com"} and "user_id" not in ann
    assert (
        other["user_id"] == "c-7" and other["properties"]["status"] == "partial" and "status" not in ann["properties"]
    )
    assert ann["channel"] == "email" and ann["language"] == "en"
    assert ann["properties"]["store"] == "Hull" and ann["properties"]["touchpoint"] == "checkout"
    assert "203.0.113" not in str(records) and "Doe" not in str(records)


def test_two_surveys_of_one_folder_are_not_mixed(tmp_path):
    other = [[*NAMES, "x"], [*WORDS[:16], "How satisfied are you?", *WORDS[17:], "x"], [*IMPORTS, '{"ImportId":"x"}'],
             [*VALUES[0][:8], "R_9", *VALUES[0][9:16], "4", "", "", "", "", "", "", "", "", ""]]  # fmt: skip
    other[1:3] = [[cell.replace("America/Denver", "Z") for cell in row] for row in other[1:3]]
    written(tmp_path / "a.csv", [NAMES, WORDS, IMPORTS, *VALUES], "utf-8")
    written(tmp_path / "b.csv", other, "utf-8")
    records, _ = all_of(tmp_path, "qualtrics")
    last = records[-1]
    assert (last["score"], last["properties"]["question"]) == (4.0, "How satisfied are you?")
    assert last["time"] == utc("2026-01-31T23:30:00")  # its zone is its own


def test_qualtrics_without_its_header_rows(tmp_path):
    path = written(tmp_path / "q.csv", [NAMES, *VALUES], "utf-8")
    records, _ = all_of(path, {"shape": "qualtrics", "zone": "Europe/London", "scales": {"Q2_1": "csat5"}})
    assert [(row["properties"]["question"], row["score"]) for row in records if "scale" in row] == [
        ("Q1", 10.0), ("Q2_1", 5.0), ("Q1", 0.0), ("Q2_1", 3.0)
    ]  # fmt: skip
    assert records[-1]["time"] == utc("2026-07-01T11:00:00")


@pytest.mark.parametrize(
    ("title", "values", "scale"),
    [
        ("您的满意度（1-7分）", ["3", "4"], "csat7"),
        ("How easy was it to return the parcel?", ["6", "7"], "ces7"),
        ("您觉得费力吗", ["2"], "effort5"),
        ("您的年龄", ["30", "7"], None),
        ("您在1-12月来过几次", ["3"], None),
        ("您愿意推荐吗", ["是", "否"], None),
        ("recommend us (0 to 10)?", ["3"], "nps"),
        ("How satisfied?", ["Somewhat satisfied", "Moderately satisfied"], None),
        ("How satisfied?", ["Slightly satisfied", "Extremely satisfied"], "csat7"),
        ("Q", ["Strongly agree", "neutral"], "agree5"),
        ("您的满意度", ["满意", "12"], None),
        ("打分", ["100", "85"], None),
    ],
)
def test_scales(title, values, scale):
    found = scale_of(title, values)
    assert (found.name if found else None) == scale


@pytest.mark.parametrize(("name", "rows"), [("wjx", WJX), ("qualtrics", [NAMES, WORDS, IMPORTS, *LABELS])])
def test_sheets_are_recognised(tmp_path, name, rows):
    found = guess(written(tmp_path / "a.csv", rows, "utf-8"))
    assert found.mapping.shape == name and found.sample.num_rows > 0
    assert found.notes[0].code == "export"
    seen = preview(tmp_path / "a.csv", found.mapping)
    assert seen.names == {"Survey Answered": seen.events} and seen.events > 5 and seen.refused == 0
    assert {"score", "text"} <= {column.name for column in look(tmp_path / "a.csv")[1]}


def told(path, text):
    path.write_text(text, encoding="utf-8")
    return path


SURVEYMONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,"
    "How satisfied were you with:,,Would you recommend our gym to a friend?,Anything else?\n"
    ",,,,,,,Changing rooms,Classes,,Open-Ended Response\n"
    "118,44,09/01/2026 9:00:00 AM,09/13/2026 12:04:00 AM,1.2.3.4,,Ann,Very satisfied,Dissatisfied,9,Never hot water\n"
    "119,44,09/01/2026 9:00:00 AM,09/02/2026 12:04:00 PM,,bo@x.org,Bo,Neither satisfied nor dissatisfied,,10,\n"
    "120,44,09/01/2026 9:00:00 AM,09/02/2026 01:00:00 PM,1.2.3.4,,,Very dissatisfied,Satisfied,0,\n"
)


def test_a_surveymonkey_sheet_of_two_header_rows(tmp_path):
    path = told(tmp_path / "gym.csv", SURVEYMONKEY)
    assert guess(path).mapping.shape == "sheet"
    records, rejected = all_of(path, "sheet")
    assert not rejected
    answers = [(row["properties"]["question"], row.get("score"), row.get("scale"), row.get("text")) for row in records]
    assert answers == [
        ("How satisfied were you with: - Changing rooms", 5, "csat5", None),
        ("How satisfied were you with: - Classes", 2, "csat5", None),
        ("Would you recommend our gym to a friend?", 9, "nps", None),
        ("Anything else?", None, None, "Never hot water"),
        ("How satisfied were you with: - Changing rooms", 3, "csat5", None),
        ("Would you recommend our gym to a friend?", 10, "nps", None),
        ("How satisfied were you with: - Changing rooms", 1, "csat5", None),
        ("How satisfied were you with: - Classes", 4, "csat5", None),
        ("Would you recommend our gym to a friend?", 0, "nps", None),
    ]
    assert [row["time"] for row in records[::4]] == [
        utc("2026-09-13T00:04:00"), utc("2026-09-02T12:04:00"), utc("2026-09-02T13:00:00"),
    ]  # fmt: skip
    assert records[4]["identifiers"] == {"email": "bo@x.org"} and "Ann" not in str(records)


def test_a_google_form_tells_its_time_in_halves_of_a_day_with_an_offset(tmp_path):
    head = "Timestamp,How satisfied are you? [Check-in],How satisfied are you? [Your room],Rate breakfast (1-5)\n"
    body = "2026/03/02 12:05:09 am GMT+8,Satisfied,Very satisfied,4\n2026/3/2 下午 3:05:09,Satisfied,Neutral,5\n"
    path = told(tmp_path / "form.csv", head + body + "3/13/26 15:04,Satisfied,Neutral,5\n")
    assert guess(path).mapping.shape == "sheet"
    records, rejected = all_of(path, "sheet")
    assert not rejected
    assert [row["time"] for row in records[::3]] == [
        utc("2026-03-01T16:05:09"), utc("2026-03-02T15:05:09"), utc("2026-03-13T15:04:00"),
    ]  # fmt: skip


def test_what_was_ticked_among_several_is_no_score():
    head = [
        "序号",
        "提交答卷时间",
        "1、您对哪些方面不满意？(价格)",
        "1、您对哪些方面不满意？(亲友推荐)",
        "2、您的性别：",
    ]
    rows = [dict(zip(head, (n, "2026/3/1 9:00:00", n % 2, 1 - n % 2, "女"), strict=True)) for n in range(9)]
    assert [note.code for note in guess(rows).notes] == ["export"]
    found = preview(rows, "wjx")
    assert {(one.question, one.kind) for one in found.questions} == {
        ("您对哪些方面不满意？(价格)", "chosen"), ("您对哪些方面不满意？(亲友推荐)", "chosen"), ("您的性别", "chosen"),
    }  # fmt: skip


def test_a_form_without_ids_keeps_responses_apart_that_say_the_same(tmp_path):
    head = "Timestamp,How satisfied were you with the room?,Rate our staff (1-5),Rate breakfast (1-5),weight\n"
    path = told(tmp_path / "form.csv", head + "13/02/2026,4,5,3,1.5\n" * 2 + "01/02/2026,4,5,3,0.5\n")
    assert guess(path).mapping.shape == "sheet"
    records, _ = all_of(path, "sheet")
    assert len({row["message_id"] for row in records}) == len(records) == 9
    assert {row["time"].date().isoformat() for row in records} == {"2026-02-13", "2026-02-01"}
    assert {row["weight"] for row in records} == {1.5, 0.5} and {row["scale"] for row in records} == {
        "csat5",
        "rating5",
    }
    again, _ = all_of(path, "sheet")
    assert [row["message_id"] for row in again] == [row["message_id"] for row in records]


def test_a_table_of_orders_with_ratings_is_no_survey(tmp_path):
    plain = "user_id,time,rating,score,stars,satisfaction\nu1,2026-01-01,4,3,5,2\n"
    assert guess(told(tmp_path / "orders.csv", plain)).mapping.shape is None


def test_a_question_that_is_asked_again_keeps_its_own_answers(tmp_path):
    again = [
        ["序号", "提交答卷时间", "1、您对挂号的满意度", "2、请说明原因", "3、您对取药的满意度", "4、请说明原因"],
        ["1", "2026/3/1 9:05:33", "满意", "号好挂", "不满意", "药等太久"],
        ["2", "2026/3/1 9:06:33", "一般", "", "满意", "药师耐心"],
    ]
    records, rejected = all_of(written(tmp_path / "答卷.csv", again), "wjx")
    told = [(row["properties"]["question"], row["text"]) for row in records if row.get("text")]
    asked = "您对取药的满意度 – 请说明原因"
    assert told == [("请说明原因", "号好挂"), (asked, "药等太久"), (asked, "药师耐心")] and rejected == []
    assert len({row["message_id"] for row in records}) == len(records) == 7
