"""Zendesk and Chatwoot: payloads constructed here in the shape of the vendors' pages; no such tickets exist."""

import json

import pytest

import lvtu
from lvtu.collect import guess
from unit.collect.collecting import all_of, utc


def ticket(id, requester, **more):
    return {
        "id": id, "url": f"https://shop.zendesk.com/api/v2/tickets/{id}.json", "requester_id": requester,
         "submitter_id": 1,
        "subject": "Where is my parcel?", "description": "It was due <b>Monday</b>", "status": "closed",
         "priority": "normal",
        "type": "question", "via": {"channel": "email", "source": {}}, "tags": ["delivery"], "custom_fields": [],
        "created_at": "2026-03-02T09:00:00Z", "updated_at": "2026-03-09T09:00:00Z", "generated_timestamp": 1772528400,
        "satisfaction_rating": {"score": "offered"},
    } | more  # fmt: skip


def metrics(ticket, reply, full, solved=None, reply_business=None, full_business=None):
    return {
        "id": ticket + 1000, "ticket_id": ticket, "reopens": 0, "replies": 1 if reply is not None else 0,
         "solved_at": solved,
        "reply_time_in_minutes": {"calendar": reply, "business": reply_business},
        "full_resolution_time_in_minutes": {"calendar": full, "business": full_business},
        "first_resolution_time_in_minutes": {"calendar": full, "business": full_business},
    }  # fmt: skip


USERS = [
    {
        "id": 71,
        "name": "Ann",
        "email": "ann@example.com",
        "phone": "+441482000001",
        "external_id": "c-1",
        "role": "end-user",
    },
    {"id": 72, "name": "Bo", "email": "bo@example.com", "phone": None, "external_id": None, "role": "end-user"},
]
TICKETS = [
    ticket(1, 71),
    ticket(2, 72, via={"channel": "voice"}, created_at="2026-03-03T10:00:00Z"),
    ticket(3, 72, status="open", created_at="2026-03-04T10:00:00Z"),
    ticket(4, 71, status="deleted"),
    ticket(5, 71, status="solved", created_at="2026-03-05T08:00:00Z"),
]
SETS = [
    metrics(1, 30, 1440, "2026-03-03T09:00:00Z", 30, 480),
    metrics(2, 90, 600, None, 60, 300),
    metrics(3, None, None),
    metrics(5, 0, 45, "2026-03-05T08:45:00Z", 0, 45),
]
FIRST = {"tickets": TICKETS[:3], "metric_sets": SETS[:2], "users": USERS, "after_cursor": "MTU3",
 "end_of_stream": False,
         "after_url": "https://shop.zendesk.com/…", "before_cursor": None}  # fmt: skip
SECOND = {"tickets": TICKETS[1:], "metric_sets": SETS[1:], "users": [], "after_cursor": "MTU4", "end_of_stream": True}
RATINGS = {"satisfaction_ratings": [
    {"id": 11, "ticket_id": 1, "requester_id": 71, "score": "good", "comment": "Quick! 👍", "reason": "",
     "created_at": "2026-03-03T12:00:00Z",
     "updated_at": "2026-03-03T12:00:00Z"},
    {"id": 12, "ticket_id": 2, "requester_id": 72, "score": "bad_with_comment", "comment": "too<br>late",
     "reason": "Took too long",
     "created_at": "2026-03-04T12:00:00Z", "updated_at": "2026-03-04T13:00:00Z"},
    {"id": 13, "ticket_id": 3, "requester_id": 72, "score": "offered", "comment": None,
     "created_at": "2026-03-04T12:00:00Z"},
], "next_page": None, "count": 3}  # fmt: skip
SURVEYS = {"survey_responses": [
    {"id": "01H", "responder_id": 71, "expires_at": "2026-04-01T00:00:00Z", "survey": {"id": "s1", "version": 2},
     "subjects": [{"id": "5", "type": "ticket", "zrn": "zrn:zd:ticket:5"}],
     "answers": [
         {"type": "rating_scale", "rating": 4, "rating_category": "good", "created_at": "2026-03-05T09:00:00Z",
          "updated_at": "2026-03-05T09:00:00Z", "question": {"id": "q1", "type": "rating_scale_emoji",
           "headline": "How was it?"}},
         {"type": "open_ended", "value": "Kind people", "created_at": "2026-03-05T09:00:00Z",
          "updated_at": "2026-03-05T09:01:00Z", "question": {"id": "q2", "type": "open_ended",
           "headline": {"text": "Tell us more"}}},
         {"type": "skipped", "created_at": "2026-03-05T09:01:00Z", "question": {"id": "q3", "type": "closed_ended"}},
     ]},
    {"id": "01J", "responder_id": 72, "subjects": [], "answers": [{"type": "skipped", "question": {"id": "q1"}}]},
], "meta": {"has_more": False}}  # fmt: skip


def lines(path, rows):
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_zendesk_tickets(tmp_path):
    records, rejected = all_of(lines(tmp_path / "z.ndjson", [FIRST]), "zendesk")
    assert rejected == []
    assert [(row["event"], row["properties"]["ticket"], row["time"]) for row in records] == [
        ("Ticket Created", "1", utc("2026-03-02T09:00:00")), ("First Response", "1", utc("2026-03-02T09:30:00")),
        ("Ticket Solved", "1", utc("2026-03-03T09:00:00")), ("Ticket Created", "2", utc("2026-03-03T10:00:00")),
        ("First Response", "2", utc("2026-03-03T11:30:00")), ("Ticket Solved", "2", utc("2026-03-03T20:00:00")),
        ("Ticket Created", "3", utc("2026-03-04T10:00:00")),
    ]  # fmt: skip
    ann, answered, bo = records[0], records[1], records[3]
    assert (ann["user_id"], ann["anonymous_id"], ann["channel"], ann["text"]) == (
        "c-1",
        "zendesk:71",
        "email",
        "It was due Monday",
    )
    assert ann["identifiers"] == {"email": "ann@example.com", "phone": "+441482000001"}
    assert answered["properties"]["minutes"] == 30.0 and records[2]["properties"]["business_minutes"] == 480.0
    assert "user_id" not in bo and bo["anonymous_id"] == "zendesk:72" and bo["channel"] == "hotline"


@pytest.fixture
def ws(tmp_path):
    with lvtu.open(tmp_path / "w.lvtu") as opened:
        yield opened


def test_zendesk_gives_the_minutes_that_were_planted(tmp_path, ws):
    report = ws.ingest(lines(tmp_path / "z.ndjson", [FIRST, SECOND]), "zendesk")
    assert (report.rejected, report.accepted, report.duplicates) == (0, 10, 4)
    again = ws.ingest(lines(tmp_path / "again.ndjson", [SECOND, FIRST]), "zendesk")
    assert (again.rejected, again.accepted) == (0, 0)
    minute = 60_000_000
    hand = ws.handoffs(
        [{"source": "Ticket Created", "target": "First Response", "within": "1h"},
         {"source": "Ticket Created", "target": "Ticket Solved", "within": "12h"}],
    ).table.to_pylist()  # fmt: skip
    assert [(row["handoffs"], row["kept"], row["late"]) for row in hand] == [(4, 2, 1), (4, 2, 1)]
    assert [row["median_time"] for row in hand] == pytest.approx([30 * minute, 600 * minute], rel=0.01)
    timing = ws.timing("Ticket Created", "First Response", entry="each").table.to_pylist()[0]
    assert (timing["starts"], timing["happened"], timing["waiting"]) == (4, 3, 1)
    assert timing["median_time"] == pytest.approx(30 * minute, rel=0.01)


def test_zendesk_satisfaction_by_both_apis(tmp_path):
    records, rejected = all_of(lines(tmp_path / "z.ndjson", [FIRST, RATINGS, SURVEYS]), "zendesk")
    assert rejected == []
    rated = [row for row in records if row["event"] in ("Ticket Rated", "Survey Answered")]
    assert [(row["event"], row.get("score"), row.get("scale"), row.get("text"),
     row["properties"]["ticket"]) for row in rated] == [
        ("Ticket Rated", 2.0, "csat2", "Quick! 👍", "1"), ("Ticket Rated", 1.0, "csat2", "too\nlate", "2"),
        ("Ticket Rated", 4.0, "csat5", None, "5"), ("Survey Answered", None, None, "Kind people", "5"),
    ]  # fmt: skip
    assert [row["anonymous_id"] for row in rated] == ["zendesk:71", "zendesk:72", "zendesk:71", "zendesk:71"]
    assert rated[2]["user_id"] == "c-1" and rated[2]["time"] == utc("2026-03-05T09:01:00")
    assert rated[1]["properties"]["reason"] == "Took too long" and rated[2]["properties"]["question"] == "How was it?"


def test_a_ticket_with_its_own_metrics_in_seconds_and_one_that_is_none():
    own = metrics(9, 2, 10) | {"reply_time_in_seconds": {"calendar": 95}}
    records, rejected = all_of([ticket(9, 71, metric_set=own), {"hello": 1}, ticket(8, None)], "zendesk")
    assert [row["time"] for row in records] == [
        utc("2026-03-02T09:00:00"), utc("2026-03-02T09:01:35"), utc("2026-03-02T09:10:00")
    ]  # fmt: skip
    assert [(row["field"], row["reason_code"]) for row in rejected] == [("row", "no_ticket"), ("user_id", "nobody")]


def conversation(id, **more):
    return {
        "id": id, "uuid": f"u-{id}", "account_id": 1, "inbox_id": 4, "status": "open", "priority": None,
         "labels": ["vip"],
        "created_at": 1772442000, "first_reply_created_at": 1772442420, "updated_at": 1772445600.5,
         "timestamp": 1772445600,
        "additional_attributes": {}, "messages": [],
        "meta": {"channel": "Channel::WebWidget", "assignee": {"id": 9, "name": "Agent"}, "hmac_verified": True,
                 "sender": {"id": 31, "name": "Cy", "email": "cy@example.com", "phone_number": None,
                  "identifier": "c-3",
                            "type": "contact", "additional_attributes": {}}},
    } | more  # fmt: skip


def message(id, kind, text, at, **more):
    sender = {"id": 31, "type": "contact"} if kind == 0 else {"id": 9, "type": "user"}
    return {"id": id, "content": text, "message_type": kind, "created_at": at, "conversation_id": 5, "private": False,
            "content_type": "text", "inbox_id": 4, "sender": sender} | more  # fmt: skip


CONVERSATIONS = {"data": {"meta": {"all_count": 2}, "payload": [
    conversation(5), conversation(6, first_reply_created_at=0, created_at=1772443000),
]}}  # fmt: skip
MESSAGES = {"meta": {"labels": []}, "payload": [
    message(1, 0, "<p>Hallo?</p>", 1772442000), message(2, 1, "Hi!", 1772442420),
    message(3, 1, "a note", 1772442500, private=True), message(4, 2, "Conversation was marked resolved", 1772445600),
    message(5, 3, "Please rate", 1772445600, content_type="input_csat"), message(6, 0, None, 1772445700),
]}  # fmt: skip
CSAT = [
    {"id": 3, "rating": 5, "feedback_message": "nice", "account_id": 1, "message_id": 5, "conversation_id": 5,
     "contact": {"id": 31, "name": "Cy"}, "assigned_agent": {"id": 9}, "created_at": 1772446000},
    {"id": 4, "rating": None, "feedback_message": "", "conversation_id": 6, "contact": {"id": 31},
     "created_at": 1772446001},
]  # fmt: skip
RESOLVED = conversation(5, event="conversation_status_changed", status="resolved", updated_at="2026-03-02T10:20:00Z")


def test_chatwoot(tmp_path, ws):
    source = [CONVERSATIONS, MESSAGES, *CSAT, RESOLVED]
    records, rejected = all_of(lines(tmp_path / "c.ndjson", source), "chatwoot")
    assert rejected == []
    told = [(row["event"], row["time"], row.get("score"), row.get("text")) for row in records]
    created = utc("2026-03-02T09:00:00")
    assert told == [
        ("Ticket Created", created, None, None), ("First Response", utc("2026-03-02T09:07:00"), None, None),
        ("Ticket Created", utc("2026-03-02T09:16:40"), None, None),
        ("Message Sent", created, None, "Hallo?"), ("Message Answered", utc("2026-03-02T09:07:00"), None, None),
        ("Ticket Rated", utc("2026-03-02T10:06:40"), 5.0, "nice"),
        ("Ticket Created", created, None, None), ("First Response", utc("2026-03-02T09:07:00"), None, None),
        ("Ticket Solved", utc("2026-03-02T10:20:00"), None, None),
    ]  # fmt: skip
    assert {(row["user_id"], row["anonymous_id"], row["channel"]) for row in records} == {("c-3", "chatwoot:31", "web")}
    report = ws.ingest(tmp_path / "c.ndjson", "chatwoot")
    assert (report.accepted, report.duplicates, report.rejected) == (7, 2, 0)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("zendesk", [FIRST]), ("zendesk", [RATINGS]), ("zendesk", [SURVEYS]), ("zendesk", TICKETS),
        ("chatwoot", [CONVERSATIONS]), ("chatwoot", [MESSAGES]), ("chatwoot", CSAT), ("chatwoot", [RESOLVED]),
    ],
)  # fmt: skip
def test_tickets_are_recognised(tmp_path, name, rows):
    assert guess(lines(tmp_path / "t.ndjson", rows)).mapping.shape == name
    (tmp_path / "t.json").write_text(json.dumps(rows), encoding="utf-8")
    assert guess(tmp_path / "t.json").mapping.shape == name
