"""SurveyMonkey and Typeform: payloads constructed here in the shape of the vendors' pages; nobody answered them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvtu.collect import guess
from unit.collect.collecting import all_of, utc

DETAILS = {
    "id": "900", "title": "After the visit",
    "pages": [{"id": "p1", "questions": [
        {"id": "q1", "family": "matrix", "subtype": "rating",
         "headings": [{"heading": "How likely is it that you would <b>recommend</b> us?"}],
         "answers": {"rows": [{"id": "r0", "text": ""}],
                     "choices": [{"id": f"n{n}", "text": str(n), "weight": n} for n in range(11)]}},
        {"id": "q2", "family": "matrix", "subtype": "rating", "headings": [{"heading": "How satisfied are you with"}],
         "answers": {"rows": [{"id": "r1", "text": "price"}, {"id": "r2", "text": "staff"}],
                     "choices": [*({"id": f"s{n}", "text": f"s{n}", "weight": n, "is_na": False} for n in range(1, 6)),
                                 {"id": "na", "text": "N/A", "weight": 0, "is_na": True}]}},
        {"id": "q3", "family": "multiple_choice", "subtype": "vertical", "headings": [{"heading": "Why did you come?"}],
         "answers": {"choices": [{"id": "c1", "text": "Near"}, {"id": "c2", "text": "Cheap"}],
                     "other": {"id": "o1", "text": "Other"}}},
        {"id": "q4", "family": "open_ended", "subtype": "essay", "headings": [{"heading": "Anything else?"}]},
        {"id": "q5", "family": "open_ended", "subtype": "multi", "headings": [{"heading": "About you"}],
         "answers": {"rows": [{"id": "r5", "text": "City"}, {"id": "r6", "text": "Age"}]}},
    ]}],
}  # fmt: skip


def monkey(id, questions, **more):
    return {
        "id": id, "survey_id": "900", "collector_id": "7", "recipient_id": "", "response_status": "completed",
        "collection_mode": "default", "total_time": 61, "custom_value": "", "custom_variables": {},
        "ip_address": "203.0.113.9", "date_created": "2026-01-20T10:00:00+00:00",
         "date_modified": "2026-01-20T18:30:00+08:00",
        "metadata": {"contact": {}}, "pages": [{"id": "p1", "questions": questions}],
    } | more  # fmt: skip


FULL = monkey("1", [
    {"id": "q1", "answers": [{"row_id": "r0", "choice_id": "n0"}]},
    {"id": "q2", "answers": [{"row_id": "r1", "choice_id": "s4"}, {"row_id": "r2", "choice_id": "na"}]},
    {"id": "q3", "answers": [{"choice_id": "c1"}, {"choice_id": "c2"}, {"other_id": "o1", "text": "a friend 👋"}]},
    {"id": "q4", "answers": [{"text": "<p>Nice &amp; warm</p>"}]},
    {"id": "q5", "answers": [{"row_id": "r5", "text": "Hull"}, {"row_id": "r6", "text": "41"}]},
], custom_variables={"customer_id": "c-1", "touchpoint": "till"},
    metadata={"contact": {"email": {"type": "string", "value": "ann@example.com"}}},
     collection_mode="email")  # fmt: skip
PARTIAL = monkey("2", [{"id": "q2", "answers": [{"row_id": "r2", "choice_id": "s1"}]}], response_status="partial")
EMPTY = monkey("3", [], response_status="partial")
PAGES = [
    {"data": [FULL, PARTIAL], "page": 1, "per_page": 2, "total": 3, "links": {}},
    {"data": [PARTIAL, EMPTY], "page": 2, "per_page": 2, "total": 3, "links": {}},
]


def lines(path, rows):
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def told(records):
    return [(row["properties"].get("question"), row.get("score"), row.get("scale"), row.get("text")) for row in records]


EXPECTED = [
    ("How likely is it that you would recommend us?", 0.0, "nps", None),
    ("How satisfied are you with – price", 4.0, "csat5", None),
    ("Anything else?", None, None, "Nice & warm"),
    ("How satisfied are you with – staff", 1.0, "csat5", None),
]


def test_surveymonkey_is_decoded_by_its_details(tmp_path):
    records, rejected = all_of(lines(tmp_path / "m.ndjson", [DETAILS, PAGES[0]]), "surveymonkey")
    assert rejected == [] and told(records) == EXPECTED
    ann, other = records[0], records[-1]
    assert ann["time"] == utc("2026-01-20T10:30:00") and ann["channel"] == "email"
    assert ann["user_id"] == "c-1" and ann["identifiers"] == {"email": "ann@example.com"}
    more = {name: value for name, value in ann["properties"].items() if name not in ("question", "seconds")}
    assert more == {
        "Why did you come?": ["Near", "Cheap", "Other: a friend 👋"], "About you": ["City: Hull", "Age: 41"],
        "touchpoint": "till", "survey": "After the visit", "response_id": "1",
    }  # fmt: skip
    assert other["properties"]["status"] == "partial" and other["anonymous_id"].startswith("row:")
    assert "203.0.113" not in str(records)


def test_surveymonkey_pages_overlap_and_come_in_other_packing(tmp_path, empty):
    for source in ([DETAILS, *PAGES], [{"details": DETAILS, "responses": PAGES}]):
        report = empty.ingest(lines(tmp_path / "m.ndjson", source), "surveymonkey")
        assert report.rejected == 0
    assert (report.accepted, report.duplicates) == (0, 5)  # 4 events, one of them on both pages
    assert empty.info().events == 4


def test_surveymonkey_without_details_waits_for_them(tmp_path, empty):
    report = empty.ingest(lines(tmp_path / "m.ndjson", PAGES[:1]), "surveymonkey")
    assert (report.accepted, report.rejected) == (0, 2)
    assert {row["reason_code"] for row in report.rejections.to_pylist()} == {"no_details"}
    again = empty.quarantine(mapping={"shape": "surveymonkey", "details": DETAILS})
    assert (again.accepted, again.rejected, len(empty.quarantine())) == (4, 0, 0)
    older = {**DETAILS, "pages": [{"id": "p1", "questions": DETAILS["pages"][0]["questions"][1:]}]}
    _, rejected = all_of([older, FULL], "surveymonkey")
    assert [row["reason_code"] for row in rejected] == ["no_question"]
    assert all_of([{"x": 1}], "surveymonkey")[1][0]["reason_code"] == "no_response"


def test_surveymonkey_recommending_on_five_is_no_nps():
    five = json.loads(json.dumps(DETAILS))
    five["pages"][0]["questions"][0]["answers"]["choices"] = [
        {"id": f"n{n}", "text": str(n), "weight": n} for n in range(5)
    ]
    assert told(all_of([five, FULL], "surveymonkey")[0])[0][1:3] == (1.0, "recommend5")


FIELDS = [
    {"id": "f1", "ref": "recommend", "type": "nps", "title": "Would you recommend us?"},
    {"id": "f2", "ref": "stars", "type": "rating", "title": "The room", "properties": {"steps": 5, "shape": "star"}},
    {"id": "f3", "ref": "ease", "type": "opinion_scale", "title": "Checking in was easy",
     "properties": {"steps": 7, "start_at_one": True}},
    {"id": "f4", "ref": "why", "type": "long_text", "title": "Why?"},
    {"id": "f5", "ref": "how", "type": "multiple_choice", "title": "How did you find us?", "allow_other_choice": True},
    {"id": "f6", "ref": "mail", "type": "email", "title": "Your e-mail"},
    {"id": "f7", "ref": "again", "type": "yes_no", "title": "Again?"},
    {"id": "f8", "ref": "grid", "type": "matrix", "title": "Breakfast", "properties": {"fields": [
        {"id": "f9", "ref": "coffee", "type": "multiple_choice", "title": "Coffee"}]}},
]  # fmt: skip
ANSWERS = [
    {"field": {"id": "f1", "type": "nps", "ref": "recommend"}, "type": "number", "number": 0},
    {"field": {"id": "f2", "type": "rating", "ref": "stars"}, "type": "number", "number": 4},
    {"field": {"id": "f3", "type": "opinion_scale", "ref": "ease"}, "type": "number", "number": 6},
    {"field": {"id": "f4", "type": "long_text", "ref": "why"}, "type": "text", "text": "Très bien\nmerci"},
    {"field": {"id": "f5", "type": "multiple_choice", "ref": "how"}, "type": "choices",
     "choices": {"labels": ["Map"], "other": "a bus"}},
    {"field": {"id": "f6", "type": "email", "ref": "mail"}, "type": "email", "email": "bo@example.com"},
    {"field": {"id": "f7", "type": "yes_no", "ref": "again"}, "type": "boolean", "boolean": False},
    {"field": {"id": "f9", "type": "multiple_choice", "ref": "coffee"}, "type": "choice", "choice": {"label": "Good"}},
]  # fmt: skip
HIDDEN = {"customer_id": "c-2", "touchpoint": "check-in", "channel": "sms", "stay": "xxxxx"}
WEBHOOK = {
    "event_id": "e1", "event_type": "form_response",
    "form_response": {"form_id": "lT4Z3j", "token": "t1", "landed_at": "2026-01-18T18:07:02Z",
                      "submitted_at": "2026-01-18T18:17:02Z", "hidden": HIDDEN,
                      "definition": {"id": "lT4Z3j", "title": "Your stay", "fields": FIELDS}, "answers": ANSWERS},
}  # fmt: skip
PAGE = {
    "total_items": 3, "page_count": 1, "items": [
        {"landing_id": "l1", "token": "t1", "response_id": "t1", "landed_at": "2026-01-18T18:07:02Z",
         "submitted_at": "2026-01-18T18:17:02Z", "hidden": HIDDEN, "answers": ANSWERS, "metadata": {"network_id": "n"}},
        {"landing_id": "l2", "token": "l2", "landed_at": "2026-01-19T08:00:00Z", "submitted_at": None, "hidden": {},
         "answers": [ANSWERS[1]]},
        {"landing_id": "l3", "token": "l3", "landed_at": "2026-01-19T09:00:00Z", "submitted_at": None, "answers": None},
    ],
}  # fmt: skip


def test_a_typeform_webhook(tmp_path):
    records, rejected = all_of(lines(tmp_path / "t.ndjson", [WEBHOOK]), "typeform")
    assert rejected == []
    assert told(records) == [
        ("Would you recommend us?", 0.0, "nps", None), ("The room", 4.0, "stars5", None),
        ("Checking in was easy", 6.0, "ces7", None), ("Why?", None, None, "Très bien\nmerci"),
    ]  # fmt: skip
    one = records[0]
    assert one["user_id"] == "c-2" and one["identifiers"] == {"email": "bo@example.com"} and one["channel"] == "sms"
    more = {name: value for name, value in one["properties"].items() if name != "question"}
    assert more == {
        "How did you find us?": ["Map", "a bus"], "Again?": False, "Breakfast – Coffee": "Good",
         "touchpoint": "check-in",
        "survey": "Your stay", "form_id": "lT4Z3j", "response_id": "t1",
    }  # fmt: skip
    assert one["time"] == utc("2026-01-18T18:17:02") and one["message_id"] == "typeform/t1/f1"


def test_a_typeform_page_is_read_by_its_form_and_adds_nothing_to_its_webhook(tmp_path, empty):
    form = {"id": "lT4Z3j", "title": "Your stay", "fields": FIELDS}
    by_form, _ = all_of(lines(tmp_path / "p.ndjson", [form, PAGE]), "typeform")
    by_details, _ = all_of([PAGE], {"shape": "typeform", "details": form})
    assert told(by_form) == told(by_details) and len(by_form) == 5
    assert by_form[-1]["properties"]["status"] == "partial" and by_form[-1]["time"] == utc("2026-01-19T08:00:00")
    bare, _ = all_of([PAGE], "typeform")
    assert [row["properties"]["question"] for row in bare] == ["recommend", "stars", "ease", "why", "stars"]
    empty.ingest([WEBHOOK], "typeform")
    report = empty.ingest([form, PAGE], "typeform")
    assert (report.accepted, report.duplicates) == (1, 4)


def test_survey_apis_are_recognised(tmp_path):
    packed = [
        ("surveymonkey", [DETAILS, *PAGES]),
        ("surveymonkey", PAGES),
        ("typeform", [WEBHOOK]),
        ("typeform", [PAGE]),
    ]
    for name, rows in packed:
        assert guess(lines(tmp_path / "x.ndjson", rows)).mapping.shape == name
        (tmp_path / "x.json").write_text(json.dumps(rows), encoding="utf-8")
        assert guess(tmp_path / "x.json").mapping.shape == name
    alone = guess(lines(tmp_path / "x.ndjson", PAGES))
    assert [note.code for note in alone.notes] == ["export", "row_refused", "row_refused", "row_refused"]
    assert "问卷详情" in alone.notes[1].text("zh")


_KINDS = {
    "text": st.text(max_size=9), "number": st.integers(-3, 12) | st.none(), "boolean": st.booleans(),
    "choice": st.dictionaries(st.sampled_from(["label", "other", "id"]), st.text(max_size=5), max_size=2),
    "choices": st.dictionaries(st.sampled_from(["labels", "ids"]), st.lists(st.text(max_size=5), max_size=3),
     max_size=2),
    "email": st.just("x@example.com"), "date": st.just("2026-01-01"), "payment": st.just({"amount": "1.00"}),
    "file_url": st.none(),
}  # fmt: skip
_ANSWER = st.sampled_from(sorted(_KINDS)).flatmap(
    lambda kind: st.fixed_dictionaries({
        "type": st.just(kind), kind: _KINDS[kind],
        "field": st.fixed_dictionaries({"id": st.sampled_from(["f1", "f2", "f4", "f5", "zz"]),
                                        "type": st.sampled_from(["nps", "rating", "long_text", "multiple_choice"])}),
    })
)  # fmt: skip
_ANSWERS = st.lists(_ANSWER, max_size=6) | st.none()


@given(_ANSWERS)
def test_any_union_of_typeform_answers_is_read_or_set_aside(answers):
    item = {"token": "t", "submitted_at": "2026-01-01T00:00:00Z", "answers": answers}
    records, rejected = all_of([{"items": [item]}], {"shape": "typeform", "details": {"fields": FIELDS}})
    numbers = [a["number"] for a in answers or [] if a["type"] == "number" and a["number"] is not None]
    scored = [row["score"] for row in records if "score" in row]
    assert len(scored) <= len(numbers) and all(score in numbers for score in scored)
    assert all(row["field"] == "score" for row in rejected)
    said = [a for a in answers or [] if a["type"] != "email" and a[a["type"]] not in (None, "", [], {}, {"labels": []})]
    assert said or not (records or rejected) or answers


@pytest.fixture
def empty(tmp_path):
    import lvtu

    with lvtu.open(tmp_path / "w.lvtu") as ws:
        yield ws
