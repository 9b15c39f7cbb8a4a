"""Files over HTTP: sent, looked at, mapped, imported, as the command line does it."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

import lvtu
from service.inprocess import Client, served, serving, until

AT = "/api/w/shop/uploads"
ORDERS = """Order Date,Customer,Status,Amount
2026-03-01 09:00,ann,Paid,12.50
2026-03-01 10:00,bo,Paid,20
yesterday,bo,Paid,20
2026-03-02 10:00,,Returned,20
2026-03-02 11:00,cy,Returned,7
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[Client]:
    with served(home, "shop", "hotel") as client:
        yield client


def send(client: Client, name: str, data: bytes | str, **more: Any) -> dict[str, Any]:
    body = data.encode() if isinstance(data, str) else data
    answer = client.post(AT, files={"file": (name, io.BytesIO(body))}, params=more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def imported(client: Client, id: str, mapping: dict[str, Any], lang: str = "en") -> dict[str, Any]:
    answer = client.post(f"{AT}/{id}/import", json={"mapping": mapping})
    assert answer.status_code == 202, answer.text
    return until(client, f"{AT}/{id}?lang={lang}", ("done", "failed"))


def fed(looked: dict[str, Any]) -> dict[str, list[str]]:
    return {one["name"]: [feed["field"] for feed in one["feeds"]] for one in looked["columns"]}


def test_from_a_sheet_to_events(client: Client) -> None:
    looked = send(client, "orders.csv", ORDERS)
    assert (looked["name"], looked["size"], looked["state"]) == ("orders.csv", len(ORDERS), "ready")
    assert fed(looked) == {"Order Date": ["time"], "Customer": ["user_id"], "Status": ["event"], "Amount": ["value"]}
    amount = looked["columns"][3]
    assert (amount["samples"], amount["filled"]) == (["12.50", "20", "7"], 1.0)
    assert looked["columns"][1]["filled"] == 0.8
    assert amount["feeds"][0] | {"why": ""} == {"field": "value", "confidence": "high", "why": ""}
    assert "fields:" in looked["yaml"]
    assert "no_zone" in [note["code"] for note in looked["notes"]]
    assert client.get(f"{AT}/{looked['id']}/columns").json() == looked

    mapping = looked["guess"]
    answer = client.post(f"{AT}/{looked['id']}/preview", json={"mapping": mapping}, params={"lang": "zh"}).json()
    assert (answer["rows"], answer["whole"], answer["events"], answer["customers"], answer["refused"]) == (
        5, True, 3, 3, 2,
    )  # fmt: skip
    assert answer["names"] == {"Paid": 2, "Returned": 1}
    assert answer["text"] == "查看了全部 5 行：将得到 3 个事件，来自 3 位客户；2 行会转入待处理数据。"
    assert answer["records"][0] == {
        "time": "2026-03-01T09:00:00+00:00", "user_id": "ann", "event": "Paid", "value": 12.5,
    }  # fmt: skip
    troubles = {one["field"]: one for one in answer["problems"]}
    assert (troubles["time"]["columns"], troubles["time"]["rows"]) == (["Order Date"], 1)
    assert "yesterday" in troubles["time"]["text"]
    assert troubles["user_id"]["columns"] == ["Customer"]

    done = imported(client, looked["id"], mapping)
    report = done["report"]
    assert (done["state"], done["share"], done["rows"]) == ("done", 1.0, 5)
    assert (report["accepted"], report["duplicates"], report["rejected"]) == (3, 0, 2)
    assert sorted(one["code"] for one in report["reasons"]) == ["nobody", "time"]
    assert report["text"].startswith("orders.csv")
    again = imported(client, looked["id"], mapping, "zh")["report"]
    assert (again["accepted"], again["duplicates"]) == (0, 3)
    assert [one["id"] for one in client.get(AT).json()["uploads"]] == [looked["id"]]
    assert client.delete(f"{AT}/{looked['id']}").status_code == 204
    for method, address in (("GET", ""), ("POST", "/preview"), ("POST", "/import"), ("DELETE", "")):
        answer = client.request(method, f"{AT}/{looked['id']}{address}", json={})
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_upload")


def workbook() -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (["用户", "时间", "行为"], ["u3", "2026-03-01 09:00", "下单"], ["u4", "2026-03-01 10:00", "支付"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"user_id": ["p", "q"], "event": ["A", "B"], "time": ["2026-01-01"] * 2}), out)
    return out.getvalue()


ROW = {"user_id": "a", "event": "A", "time": "2026-01-01T00:00:00Z"}
XES = """<log><trace><string key="concept:name" value="case1"/><event><string key="concept:name" value="Open"/>
<date key="time:timestamp" value="2026-01-01T00:00:00Z"/></event></trace></log>"""


@pytest.mark.parametrize(
    ("name", "data", "events"),
    [
        ("订单.csv", "用户,时间,行为\nu1,2026-03-01 09:00,下单\nu2,2026-03-01 10:00,支付\n".encode("gbk"), 2),
        ("book.xlsx", workbook(), 2),
        ("rows.parquet", parquet(), 2),
        ("rows.ndjson", json.dumps(ROW) + "\n" + json.dumps(ROW | {"user_id": "b"}) + "\n", 2),
        ("rows.json", json.dumps([ROW | {"event": "C"}, ROW | {"event": "B"}]), 2),
        ("log.xes", XES, 1),
        ("no ending", "user_id;time;event\nu;2026-01-01;A\n", 1),
    ],
)
def test_odd_files_are_read_as_the_command_line_reads_them(
    client: Client, tmp_path: Path, name: str, data: bytes | str, events: int
) -> None:
    looked = send(client, name, data)
    assert looked["name"] == name
    done = imported(client, looked["id"], looked["guess"])
    assert (done["state"], done["report"]["accepted"], done["report"]["rejected"]) == ("done", events, 0), done
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    with lvtu.open(tmp_path / "ws") as ws:
        assert ws.ingest(tmp_path / name, looked["guess"]).accepted == events


def test_a_broken_last_line_waits_in_the_quarantine_and_is_foreseen(client: Client) -> None:
    looked = send(client, "cut.csv", 'user_id,time,event\nz1,2026-01-01,A\nz2,2026-01-02,"A\n')
    found = client.post(f"{AT}/{looked['id']}/preview", json={}).json()
    foreseen = sorted(one["code"] for one in found["problems"])
    assert (found["events"], foreseen) == (1, ["open_quote", "rest"])
    report = imported(client, looked["id"], {})["report"]
    assert (report["accepted"], sorted(one["code"] for one in report["reasons"])) == (1, foreseen)


def test_a_sheet_without_ids_gets_a_customer_per_row_and_says_so(client: Client) -> None:
    looked = send(client, "answers.csv", "Date,nps,comment\n2026-03-01,9,ok\n2026-03-01,9,ok\n", lang="zh")
    assert looked["guess"]["one_customer_per_row"] is True
    assert any("独立的客户" in note["text"] for note in looked["notes"])
    found = client.post(f"{AT}/{looked['id']}/preview", json={"mapping": looked["guess"]}).json()
    assert (found["events"], found["customers"]) == (2, 2)
    assert all(record["anonymous_id"].startswith("row:") for record in found["records"])
    report = imported(client, looked["id"], looked["guess"], "en")["report"]
    assert report["accepted"] == 2 and "cannot be joined" in report["notes"][0]["text"]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [({"fields": {"usr": "a"}}, "unknown_field"), ({"fields": {"user_id": "Nobody"}}, "unknown_column"),
     ({"fields": {"event": None}}, "nothing_feeds"), ({"sheet": 3, "skip": -1}, "document_wrong")],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_is_told_before_anything_begins(
    client: Client, mapping: dict[str, Any], code: str
) -> None:
    id = send(client, "a.csv", "user_id,time,event\na,2026-01-01,A\n")["id"]
    for what in ("preview", "import"):
        answer = client.post(f"{AT}/{id}/{what}", json={"mapping": mapping})
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
        if code != "document_wrong":
            assert answer.json()["code"] == code
    assert client.get(f"{AT}/{id}").json()["state"] == "ready"


def test_what_is_no_file_is_refused_and_leaves_nothing(client: Client, home: Path) -> None:
    before = client.get(AT).json()
    for data, code in ((b"%PDF-1.4 \0", "no_format"), (b"", "no_format"), (b"\xd0\xcf\x11\xe0....", "old_workbook")):
        answer = client.post(AT, files={"file": ("x", data)})
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    answer = client.post(AT, json={"file": "x"})
    assert (answer.status_code, answer.json()["code"]) == (400, "no_upload_form")
    answer = client.post(AT, files=[("file", ("a.csv", b"a")), ("file", ("b.csv", b"b"))])
    assert (answer.status_code, answer.json()["code"]) == (400, "one_upload")
    assert client.get(AT).json() == before
    assert len(list((home / "shop" / "uploads").iterdir())) == len(before["uploads"])


def test_another_workspace_does_not_have_it(client: Client) -> None:
    id = send(client, "a.csv", "user_id,time,event\na,2026-01-01,A\n")["id"]
    assert client.get(f"/api/w/hotel/uploads/{id}").status_code == 404
    assert client.get(f"{AT}/..%2F..").status_code == 404


def test_a_file_that_is_too_large_is_413(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTU_UPLOAD_MB", "1")
    with served(tmp_path, "shop") as client:
        body = b"user_id,time,event\n" + b"a,2026-01-01,A\n" * 100_000
        answer = client.post(AT, files={"file": ("a.csv", body)})
        assert (answer.status_code, answer.json()["code"], answer.json()["most"]) == (413, "upload_too_large", 1)
        form = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'

        async def chunks() -> AsyncIterator[bytes]:
            for chunk in (form, *[b"a" * 100_000] * 12):
                yield chunk

        answer = client.post(AT, content=chunks(), headers={"content-type": "multipart/form-data; boundary=x"})
        assert answer.status_code == 413, "and where nobody says how long it is"
        assert client.get(AT).json()["uploads"] == []


def test_an_import_that_the_service_ends_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["lvtu.collect.read"], "ROWS", 10)
    data = "user_id,time,event\n" + "".join(f"c{n},2026-01-01,A\n" for n in range(95)) + ",2026-01-01,A\n"
    reached = threading.Event()
    from lvtu.service.uploads import repository

    monkeypatch.setattr("lvtu.service.uploads.service._TELL_EVERY", 0)
    save = repository.Uploads.save

    def saved(self: repository.Uploads, upload: repository.Upload) -> None:
        save(self, upload)
        if upload.rows == 30:
            reached.set()
            assert ending[0].wait(120), "the service begins to end meanwhile"

    monkeypatch.setattr(repository.Uploads, "save", saved)
    lvtu.open(tmp_path / "shop").close()
    with serving(tmp_path) as app:
        shop, client = app.home.named("shop"), app.local()
        assert shop is not None
        ending = [shop.jobs.ending]
        id = send(client, "a.csv", data)["id"]
        assert client.post(f"{AT}/{id}/import", json={}).status_code == 202
        assert reached.wait(120)
        found = client.get(f"{AT}/{id}").json()
        assert (found["state"], found["rows"], found["share"]) == ("importing", 30, 1.0)
        for answer in (client.post(f"{AT}/{id}/import", json={}), client.delete(f"{AT}/{id}")):
            assert (answer.status_code, answer.json()["code"]) == (409, "upload_busy")
    with served(tmp_path) as client:
        found = client.get(f"{AT}/{id}").json()
        assert (found["state"], found["rows"] < 96) == ("interrupted", True)
        report = imported(client, id, {})["report"]
        assert report["accepted"] + report["duplicates"] == 95 and report["rejected"] == 1
    with lvtu.Workspace(tmp_path / "shop") as ws:
        assert ws.sql("select count(*) as n from events")["n"].to_pylist() == [95]


def test_an_import_whose_process_was_killed_counts_as_interrupted(client: Client, home: Path) -> None:
    id = send(client, "a.csv", "user_id,time,event\na,2026-01-01,A\n")["id"]
    state = home / "shop" / "uploads" / id / "upload.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | {"state": "importing", "share": 0.5}))
    assert client.get(f"{AT}/{id}").json()["state"] == "interrupted"
    assert imported(client, id, {})["state"] == "done"


def test_old_uploads_go_and_so_do_those_of_somebody_who_is_forgotten(tmp_path: Path) -> None:
    with served(tmp_path, "shop") as client:
        old, new = (send(client, f"{n}.csv", f"user_id,time,event\n{n},2026-01-01,A\n")["id"] for n in ("old", "new"))
        week = time.time() - 8 * 86_400
        os.utime(tmp_path / "shop" / "uploads" / old, (week, week))
        third = send(client, "ann.csv", "user_id,time,event\nann,2026-01-01,A\n")["id"]
        assert {one["id"] for one in client.get(AT).json()["uploads"]} == {new, third}
        assert imported(client, third, {})["state"] == "done"
    with lvtu.Workspace(tmp_path / "shop") as ws:
        ws.forget("ann")
    assert not [path for path in (tmp_path / "shop" / "uploads").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["订" * 100 + ".csv", "订单." + "单" * 100, "a" * 300])
def test_a_long_name_is_cut(client: Client, name: str) -> None:
    """A disk takes names of 255 bytes."""
    sent = client.post(AT, files={"file": (name, ORDERS.encode())})
    assert sent.status_code == 200, sent.text
    assert name.startswith(sent.json()["name"].partition(".")[0])


SURVEY = (
    "序号,提交答卷时间,来源,1、您的城市,2、您对挂号的满意度,3、您对候诊的满意度,4、您的建议\n"
    "1,2026/3/1 9:05:00,微信,深圳,满意,不满意,等太久\n"
    "2,2026/3/2 9:05:00,链接,广州,非常满意,(跳过),(空)\n"
    "3,2026/3/3 9:05:00,链接,深圳,一般,非常不满意,叫号常常跳过我\n"
)


def test_a_surveys_export_is_shown_by_its_questions_and_becomes_steps(client: Client) -> None:
    looked = send(client, "survey.csv", SURVEY, lang="zh")
    seen = client.post(f"{AT}/{looked['id']}/preview", json={"mapping": looked["guess"]}).json()
    told = [(one["question"], one["kind"], one["scale"], one["answers"]) for one in seen["questions"]]
    assert seen["responses"] == 3 and told == [
        ("您对挂号的满意度", "rated", "csat5", 3),
        ("您对候诊的满意度", "rated", "csat5", 2),
        ("您的建议", "said", None, 2),
        ("您的城市", "chosen", None, 3),
    ]
    assert seen["questions"][0]["examples"] == ["4", "5", "3"] and seen["questions"][3]["examples"] == ["深圳", "广州"]
    orders = send(client, "orders.csv", ORDERS)
    plain = client.post(f"{AT}/{orders['id']}/preview", json={"mapping": orders["guess"]}).json()
    assert plain["questions"] == [] and plain["responses"] == 0

    many = SURVEY + "".join(f"{n},2026/3/4 9:{n}:00,链接,深圳,满意,不满意,很好\n" for n in range(10, 20))
    long = send(client, "long.csv", many)
    imported(client, long["id"], long["guess"])
    steps = client.get("/api/w/shop/maps/questions").json()
    assert [(one["name"], one["n"], one["overall"]) for one in steps] == [("挂号", 13, False), ("候诊", 12, False)]
    chosen = [{"question": steps[1]["question"], "name": "等", "stage": "诊前"}]
    drawn = client.post("/api/w/shop/maps/draw?lang=zh", json={"model": "survey", "title": "就诊", "steps": chosen})
    document = drawn.json()["document"]
    assert [one["name"]["zh"] for one in document["steps"]] == ["等"]
    assert [one["name"]["zh"] for one in document["stages"]] == ["诊前"]
