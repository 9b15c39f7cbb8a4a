"""Reviews and posts: rows constructed here under the headings that exports use; nobody wrote them."""

import csv
import json

import pytest

from lvtu.collect import guess
from lvtu.collect.ready.parts import known_ids
from unit.collect.collecting import all_of, utc

JD = [
    ["评论ID", "用户昵称", "会员级别", "评价星级", "评价内容", "评价时间", "商品名称", "平台", "追评内容", "追评时间",
     "商家回复", "商家回复时间"],
    ["1001", "爱吃鱼的猫", "PLUS会员", "5", "包装很好<br/>物流快👍", "2026-03-01 21:05:00", "电饭煲", "京东",
     "用了一周还是不错", "2026/3/8 9:00",
     "感谢支持", "2026-03-02 09:00:00"],
    ["1002", "j***3", "", "1", "坏了", "2026-03-01 22:00:00", "电饭煲", "京东", "", "", "", ""],
    ["1003", "j***3", "", "3", "此用户未填写评价内容", "2026-03-01 23:00:00", "电饭煲", "京东", "", "", "", ""],
    ["1004", "爱吃鱼的猫", "", "0", "没打分但想说说", "2026-03-02 08:00:00", "电饭煲", "京东", "", "", "", ""],
    ["1005", "小王", "", "", "此用户未填写评价内容", "2026-03-02 08:00:00", "电饭煲", "京东", "", "", "", ""],
]  # fmt: skip
DIANPING = [
    ["点评ID", "用户名", "门店名称", "星级", "口味", "环境", "服务", "点评内容", "点评时间"],
    ["d1", "吃货", "鱼市店", "50", "50", "40", "0", "鲜", "2026-03-01 12:00"],
    ["d2", "路人", "鱼市店", "15", "", "", "", "咸", "2026-03-01 13:00"],
]
XIAOHONGSHU = [
    ["笔记ID", "笔记标题", "笔记内容", "作者", "发布时间", "点赞数", "收藏数", "笔记链接"],
    ["n1", "避雷这家店", "排队两小时😤", "阿紫", "2026-03-01 12:00:00", "12", "3", "https://example.com/n1"],
    ["n2", "只有标题", "", "阿紫", "2026年3月2日", "0", "0", "https://example.com/n2"],
]
ENGLISH = [
    ["Review ID", "Product", "Author", "Email", "Stars", "Review", "Review Date"],
    ["e1", "Kettle", "Ann", "ann@example.com", "4.5 out of 5 stars", "Fast &amp; loud", "2026-03-01T09:00:00+01:00"],
    ["e2", "Kettle", "A Google User", "", "★★☆☆☆", "Leaks", "2026-03-01T09:00:00Z"],
    ["e3", "Kettle", "Bo", "", "8/10", "ok", "someday"],
]


def written(path, rows, encoding="gb18030"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_marketplace_export(tmp_path):
    records, rejected = all_of(written(tmp_path / "jd.csv", JD), "reviews")
    assert [(row["reason_code"], json.loads(row["raw"])["评论ID"]) for row in rejected] == [("no_review", "1005")]
    told = [(row["event"], row.get("score"), row.get("text"), row["time"]) for row in records]
    assert told == [
        ("Review Posted", 5.0, "包装很好\n物流快👍", utc("2026-03-01T13:05:00")),
        ("Review Posted", None, "用了一周还是不错", utc("2026-03-08T01:00:00")),
        ("Review Answered", None, None, utc("2026-03-02T01:00:00")),
        ("Review Posted", 1.0, "坏了", utc("2026-03-01T14:00:00")),
        ("Review Posted", 3.0, None, utc("2026-03-01T15:00:00")),
        ("Review Posted", None, "没打分但想说说", utc("2026-03-02T00:00:00")),
    ]
    cat, _, _, masked, other, again = (row["anonymous_id"] for row in records)
    assert cat == again and masked != other and masked.startswith("row:") and "爱吃鱼的猫" not in str(records)
    assert {(row["source"], row["channel"]) for row in records} == {("京东", "marketplace")}
    assert records[0]["message_id"] == "京东/1001" and records[0]["properties"]["会员级别"] == "PLUS会员"
    assert records[0]["scale"] == "stars5" and "scale" not in records[-1]


def test_dianping_counts_to_fifty_and_rates_parts(tmp_path):
    records, rejected = all_of(written(tmp_path / "dp.csv", DIANPING), "reviews")
    assert rejected == []
    assert [(row["event"], row["score"], row["properties"].get("aspect")) for row in records] == [
        ("Review Posted", 5.0, None), ("Aspect Rated", 5.0, "口味"), ("Aspect Rated", 4.0, "环境"), ("Review Posted",
         1.5, None)
    ]  # fmt: skip
    assert {(row["source"], row["channel"]) for row in records} == {("大众点评", "social")}


def test_a_workbook_leaves_out_empty_cells_and_a_folder_holds_several_platforms(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in [DIANPING[0], [*DIANPING[2], None], [*DIANPING[1], None]]:
        book.active.append([None if cell == "" else cell for cell in row])
    book.save(tmp_path / "b.xlsx")
    written(tmp_path / "a.csv", JD)
    records, _ = all_of(tmp_path, "reviews")
    found = [(row["source"], row["score"]) for row in records if "score" in row]
    assert found == [
        ("京东", 5.0),
        ("京东", 1.0),
        ("京东", 3.0),
        ("大众点评", 1.5),
        ("大众点评", 5.0),
        ("大众点评", 5.0),
        ("大众点评", 4.0),
    ]


def test_posts(tmp_path):
    records, rejected = all_of(written(tmp_path / "x.csv", XIAOHONGSHU), "reviews")
    assert rejected == [] and [row["text"] for row in records] == ["排队两小时😤", "只有标题"]
    assert records[0]["properties"]["title"] == "避雷这家店" and records[1]["time_basis"] == "day"
    assert {row["source"] for row in records} == {"小红书"} and all("score" not in row for row in records)


def test_an_english_export(tmp_path):
    records, rejected = all_of(written(tmp_path / "e.csv", ENGLISH, "utf-8-sig"), "reviews")
    assert [(row["field"], row["reason_code"]) for row in rejected] == [("time", "time")]
    assert [(row["score"], row["scale"], row["text"], row["time"]) for row in records] == [
        (4.5, "stars5", "Fast & loud", utc("2026-03-01T08:00:00")), (2.0, "stars5", "Leaks", utc("2026-03-01T09:00:00"))
    ]  # fmt: skip
    ann, nobody = records
    assert ann["identifiers"] == {"email": "ann@example.com"} and ann["anonymous_id"].startswith("reviews:")
    assert nobody["anonymous_id"].startswith("row:") and ann["properties"]["product"] == "Kettle"


PLAY_HEAD = [
    "Package Name", "App Version Code", "App Version Name", "Reviewer Language", "Device",
     "Review Submit Date and Time",
    "Review Submit Millis Since Epoch", "Review Last Update Date and Time", "Review Last Update Millis Since Epoch",
    "Star Rating", "Review Title", "Review Text", "Developer Reply Date and Time", "Developer Reply Millis Since Epoch",
    "Developer Reply Text", "Review Link",
]  # fmt: skip
PLAY = [
    PLAY_HEAD,
    ["com.example.app", "77", "1.0.6", "zh", "star2", "2026-01-02T03:04:05Z", "1767323045000", "2026-01-02T03:04:05Z",
     "1767323045000",
     "2", "", "闪退，\n打不开", "2026-01-03T03:04:05Z", "1767409445000", "Sorry",
      "https://play.google.com/x?reviewId=gp%3AA1&corpus=P"],
    ["com.example.app", "77", "1.0.6", "ko", "star3", "2026-01-02T03:04:06Z", "1767323046000", "", "", "5", "", "",
     "", "", "", ""],
]  # fmt: skip


@pytest.mark.parametrize("value", ["138****0001", "-", "N/A", "无", "xxxxx", "0", " ", None, True])
def test_a_masked_or_missing_id_makes_no_customer_of_many(value):
    assert known_ids({"手机号": value, "customer_id": value, "Customer": "yes"}) == (None, {}, set())
    assert known_ids({"account_id": "acme", "会员卡号": "7"})[:2] == (None, {"member": "7"})


def test_google_play_in_its_own_encoding(tmp_path):
    records, rejected = all_of(written(tmp_path / "reviews.csv", PLAY, "utf-16"), "google_play")
    assert rejected == []
    assert [(row["event"], row.get("score"), row.get("text"), row["time"]) for row in records] == [
        ("Review Posted", 2.0, "闪退，\n打不开", utc("2026-01-02T03:04:05")),
        ("Review Answered", None, None, utc("2026-01-03T03:04:05")),
        ("Review Posted", 5.0, None, utc("2026-01-02T03:04:06")),
    ]
    assert records[0]["message_id"] == "google_play/gp%3AA1" and records[0]["language"] == "zh"
    assert records[0]["anonymous_id"] == records[1]["anonymous_id"] != records[2]["anonymous_id"]
    assert len({row["message_id"] for row in records}) == 3
    again, _ = all_of(written(tmp_path / "again.csv", PLAY, "utf-8"), "google_play")
    assert [row["message_id"] for row in again] == [row["message_id"] for row in records]


APP_STORE = {
    "data": [
        {"type": "customerReviews", "id": "00-1", "attributes": {
            "rating": 5, "title": "Awesome", "body": "It's <3", "reviewerNickname": "Anne J",
             "createdDate": "2026-01-15T08:10:34-08:00",
            "territory": "USA"}, "relationships": {"response": {"data": {"type": "customerReviewResponses",
             "id": "a1"}}}},
        {"type": "customerReviews", "id": "00-2", "attributes": {"rating": 1, "title": "Nope", "body": None,
            "createdDate": "2026-01-16T08:10:34-08:00", "territory": "CHN"}},
        {"type": "customerReviews", "id": "00-3", "attributes": {}},
    ],
    "included": [{"type": "customerReviewResponses", "id": "a1",
                  "attributes": {"responseBody": "Thanks", "lastModifiedDate": "2026-01-17T00:00:00Z",
                   "state": "PUBLISHED"}}],
    "links": {"self": "https://api.appstoreconnect.apple.com/v1/…"},
}  # fmt: skip


def test_the_app_store():
    records, rejected = all_of([APP_STORE], "app_store")
    assert [row["reason_code"] for row in rejected] == ["no_review"]
    assert [(row["event"], row.get("score"), row.get("text"), row["time"]) for row in records] == [
        ("Review Posted", 5.0, "It's <3", utc("2026-01-15T16:10:34")), ("Review Answered", None, None,
         utc("2026-01-17T00:00:00")),
        ("Review Posted", 1.0, "Nope", utc("2026-01-16T16:10:34")),
    ]  # fmt: skip
    assert "Anne J" not in str(records) and records[2]["anonymous_id"].startswith("row:")
    assert records[0]["properties"]["territory"] == "USA"


@pytest.mark.parametrize(
    ("name", "rows"),
    [("reviews", JD), ("reviews", DIANPING), ("reviews", XIAOHONGSHU), ("reviews", ENGLISH), ("google_play", PLAY)],
)
def test_reviews_are_recognised(tmp_path, name, rows):
    found = guess(written(tmp_path / "r.csv", rows, "utf-8"))
    assert found.mapping.shape == name and found.notes[0].code == "export" and found.sample.num_rows > 1


def test_the_app_store_is_recognised_and_other_tables_are_not_taken_for_reviews(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(APP_STORE), encoding="utf-8")
    assert guess(tmp_path / "a.json").mapping.shape == "app_store"
    orders = [{"user": "u1", "date": "2026-01-01", "product": "Kettle", "content": "x", "amount": 3}]
    answers = [{"time": "2026-01-01", "score": 9, "comment": "quick"}]
    own = [{"买家ID": "b1", "评价时间": "2026-03-02", "星级": 1, "评价内容": "看不懂", "商品": "礼盒"}]
    assert [guess(rows).mapping.shape for rows in (orders, answers, own)] == [None, None, None]


def test_importing_reviews_twice_adds_nothing_and_a_field_can_be_said_otherwise(tmp_path):
    import lvtu

    said = {"shape": "reviews", "fields": {"channel": {"constant": "store"}, "event": {"constant": "Kettle Reviewed"}}}
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        first = ws.ingest(written(tmp_path / "e.csv", ENGLISH, "utf-8"), said)
        again = ws.ingest(written(tmp_path / "e2.csv", [ENGLISH[0], *ENGLISH[:0:-1]], "utf-8"), said)
        assert (first.accepted, first.rejected, again.accepted) == (2, 1, 0)
        mended = ws.quarantine(mapping={"fields": {"time": {"constant": "2026-03-05"}}})
        assert (mended.accepted, mended.rejected) == (1, 0)
        rows = ws.sql("select channel, event, score, scale from events order by time").to_pylist()
        assert rows[-1]["score"] == 8.0 and {row["event"] for row in rows[:2]} == {"Kettle Reviewed"}
        assert rows[-1]["scale"] == "rating10" and rows[0]["channel"] == "store"
