"""Event logs of IEEE 1849, written by hand after the standard's examples, and made from real tables."""

import gzip
import json
from collections import Counter
from xml.sax.saxutils import quoteattr

import pyarrow.parquet as pq
import pytest

from lvtu.collect import Mapping, guess
from lvtu.collect.streams import Lines
from lvtu.collect.xes import xes_frames
from lvtu.errors import BadInput
from parts import shared
from unit.collect.collecting import all_of, utc

LOG = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- after the example of the standard -->
<log xes.version="1849.2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="trace"><string key="concept:name" value="name"/></global>
  <global scope="event"><string key="concept:name" value="never"/></global>
  <classifier name="Activity" keys="concept:name"/>
  <string key="concept:name" value="Example log"/>
  <trace>
    <string key="concept:name" value="Case1.0"/>
    <string key="customer" value="ann"/>
    <event>
      <string key="org:resource" value="UNDEFINED"/>
      <date key="time:timestamp" value="2008-12-09T08:20:01.527+01:00"/>
      <string key="concept:name" value="receive &amp; check"/>
      <string key="lifecycle:transition" value="start"/>
      <int key="level" value="3"/>
      <float key="cost:total" value="12.5"/>
      <boolean key="urgent" value="true"/>
      <id key="identity:id" value="79e8c2c3-6f3f-4e5d-8a5c-0e4f3a3c5a01"/>
      <string key="place" value="Bonn"><float key="lat" value="50.7"/></string>
      <list key="items"><values><string key="" value="a"/><int key="n" value="2"/></values></list>
      <container key="box">
        <int key="w" value="1"/><container key="in"><string key="x" value="y"/></container>
      </container>
      <int key="odd" value="many"/>
    </event>
    <event>
      <string key="concept:name" value="receive &amp; check"/>
      <string key="lifecycle:transition" value="complete"/>
      <date key="time:timestamp" value="2008-12-09T08:21:01+01:00"/>
    </event>
  </trace>
  <trace>
    <event><string key="concept:name" value="lost"/><date key="time:timestamp" value="2008-12-10T00:00:00Z"/></event>
  </trace>
</log>
"""
TOLD_APART = {"fields": {"event": {"column": ["concept:name", "lifecycle:transition"], "omit": "complete"}}}


def log(path, text=LOG):
    path.write_text(text, encoding="utf-8")
    return path


def test_events_and_cases_with_the_standard_attributes(tmp_path):
    records, rejected = all_of(log(tmp_path / "a.xes"))
    first, second = records
    assert (first["user_id"], first["event"], first["time"]) == (
        "Case1.0", "receive & check", utc("2008-12-09T07:20:01.527"),
    )  # fmt: skip
    assert first["properties"] == {
        "case:customer": "ann", "org:resource": "UNDEFINED", "lifecycle:transition": "start", "level": 3,
        "cost:total": 12.5, "urgent": True, "identity:id": "79e8c2c3-6f3f-4e5d-8a5c-0e4f3a3c5a01", "place": "Bonn",
        "place:attributes": {"lat": 50.7}, "items": ["a", {"n": 2}], "box": {"w": 1, "in": {"x": "y"}}, "odd": "many",
    }  # fmt: skip
    assert second["properties"] == {"case:customer": "ann", "lifecycle:transition": "complete"}
    assert [(row["place"], row["reason_code"]) for row in rejected] == [("a.xes:3", "nobody")]


def test_another_attribute_may_be_the_customer_and_the_lifecycle_part_of_the_name(tmp_path):
    mapping = {"fields": {"user_id": "case:customer", **TOLD_APART["fields"]}}
    records, _ = all_of(log(tmp_path / "a.xes"), mapping)
    assert [(row["user_id"], row["event"]) for row in records] == [
        ("ann", "receive & check start"),
        ("ann", "receive & check"),
    ]


def test_a_packed_log_a_prefix_and_another_encoding_are_the_same(tmp_path):
    plain = all_of(log(tmp_path / "a.xes"))[0]
    packed = tmp_path / "b.xes.gz"
    packed.write_bytes(gzip.compress(LOG.encode()))
    assert all_of(packed)[0] == plain
    prefixed = LOG.replace('xmlns="', 'xmlns:x="').replace("<log", "<x:log").replace("</log", "</x:log")
    for tag in ("trace", "event", "string", "date"):
        prefixed = prefixed.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
        prefixed = prefixed.replace(f"</{tag}>", f"</x:{tag}>")
    assert all_of(log(tmp_path / "c.xes", prefixed))[0] == plain
    foreign = LOG.replace('"UTF-8"', '"ISO-8859-1"').replace("UNDEFINED", "Jürgen")
    (tmp_path / "d.xes").write_bytes(foreign.encode("latin-1"))
    assert all_of(tmp_path / "d.xes")[0][0]["properties"]["org:resource"] == "Jürgen"
    foreign = LOG.replace('"UTF-8"', '"Shift_JIS"').replace("UNDEFINED", "テスト")
    (tmp_path / "f.xes").write_bytes(foreign.encode("shift_jis"))
    assert all_of(tmp_path / "f.xes")[0][0]["properties"]["org:resource"] == "テスト"
    (tmp_path / "e").write_text(LOG, encoding="utf-8")
    assert all_of(tmp_path / "e")[0] == plain


def test_a_log_on_one_line_is_streamed(tmp_path, monkeypatch):
    monkeypatch.setattr("lvtu.collect.streams.BLOCK", 100)
    monkeypatch.setattr("lvtu.collect.xes._PIECE", 7)
    assert all_of(log(tmp_path / "a.xes", " ".join(LOG.split("\n"))))[0] == all_of(log(tmp_path / "b.xes"))[0]


def test_a_broken_log_gives_its_whole_traces(tmp_path):
    broken = LOG.replace("</event>\n  </trace>\n  <trace>", "</event>\n  </trace>\n  <trace><<")
    records, [row] = all_of(log(tmp_path / "a.xes", broken))
    assert len(records) == 2 and (row["place"], row["reason_code"]) == ("a.xes:3", "rest")
    cut = tmp_path / "b.xes.gz"
    cut.write_bytes(gzip.compress(LOG.encode())[:-12])
    records, rejected = all_of(cut)
    assert [row["reason_code"] for row in rejected if row["field"] == "file"] == ["breaks_off"]


def test_a_document_type_is_refused_and_no_entity_is_read(tmp_path):
    secret = log(tmp_path / "secret.txt", "secret")
    evil = LOG.replace("<!-- after", f'<!DOCTYPE log [<!ENTITY x SYSTEM "{secret.as_uri()}">]><!-- after')
    records, [row] = all_of(log(tmp_path / "a.xes", evil.replace("UNDEFINED", "&x;")))
    assert records == [] and "document type" in row["reason"]


def test_names_of_the_record_come_before_those_of_logs(tmp_path):
    rows = [{"user_id": "u", "event": "E", "time": "2026-01-01", "concept:name": "c", "time:timestamp": "2025-01-01"}]
    [record] = all_of(rows)[0]
    assert (record["user_id"], record["event"], record["time"]) == ("u", "E", utc("2026-01-01T00:00:00"))
    assert record["properties"] == {"concept:name": "c", "time:timestamp": "2025-01-01"}
    logged = [{"concept:name": "c", "time:timestamp": "2025-01-01", "anonymous_id": "d", "case:concept:name": "7"}]
    [record] = all_of(logged)[0]
    assert "user_id" not in record and record["anonymous_id"] == "d"
    with pytest.raises(BadInput, match="user_id"):
        all_of([{"concept:name": "c", "time:timestamp": "2025-01-01"}])


def test_guessing_says_what_it_is(tmp_path):
    found = guess(log(tmp_path / "a.xes"))
    assert found.mapping == Mapping.load("xes") and [note.code for note in found.notes][:2] == [
        "event_log",
        "lifecycle",
    ]
    assert found.notes[1].values == {"steps": ("start",)}
    assert all_of(tmp_path / "a.xes", "xes") == all_of(tmp_path / "a.xes")


def spelled(table):
    """A table with the names of logs as a log; cells of each case stand together."""
    cases = {}
    for row in table.to_pylist():
        cases.setdefault(row["case:concept:name"], []).append({k: v for k, v in row.items() if v is not None})
    lines = ["<log>"]
    for rows in cases.values():
        lines.append("<trace>" + "".join(_attribute(k[5:], v) for k, v in rows[0].items() if k.startswith("case:")))
        events = [[_attribute(k, v) for k, v in row.items() if k[:5] != "case:"] for row in rows]
        lines += ["<event>" + "".join(event) + "</event>" for event in events]
        lines.append("</trace>")
    return "\n".join([*lines, "</log>"])


def _attribute(key, value):
    kind = {str: "string", float: "float", int: "int", bool: "boolean"}.get(type(value), "date")
    text = value.isoformat() if kind == "date" else str(value)
    return f"<{kind} key={quoteattr(key)} value={quoteattr(text)}/>"


@pytest.mark.parametrize("name", ["bpic2017_application_full", "receipt_wabo_coselog"])
def test_a_real_log_is_the_same_as_a_table_and_as_a_log(tmp_path, name):
    table = next(pq.ParquetFile(shared(f"eventlogs/{name}.parquet")).iter_batches(3000))
    import pyarrow as pa

    table = pa.Table.from_batches([table])
    pq.write_table(table, tmp_path / "a.parquet")
    direct = all_of(tmp_path / "a.parquet", TOLD_APART)
    through = all_of(log(tmp_path / "a.xes", spelled(table)), TOLD_APART)
    assert len(direct[0]) == 3000 and direct[1] == through[1] == []
    assert counted(direct[0]) == counted(through[0])
    first = table.slice(0, 1).to_pylist()[0]
    step = first["lifecycle:transition"]
    name = first["concept:name"] + ("" if step.lower() == "complete" and step == "complete" else f" {step}")
    assert (direct[0][0]["user_id"], direct[0][0]["event"]) == (first["case:concept:name"], name)
    assert Mapping.load("xes").fields.items() <= guess(tmp_path / "a.parquet").mapping.fields.items()


def counted(records):
    return Counter(json.dumps(row, default=str, sort_keys=True) for row in records)


def test_rows_come_while_the_log_is_still_read(tmp_path):
    event = '<event><string key="concept:name" value="x"/><date key="time:timestamp" value="2026-01-01"/></event>'
    trace = f'<trace><string key="concept:name" value="c"/>{event}</trace>'
    path = log(tmp_path / "a.xes", f"<log>{trace * 60_000}</log>")
    lines = Lines(path)
    first, *others = xes_frames("a.xes", Mapping(), lines, None)
    assert len(first.numbers) == 50_000 and sum(len(frame.numbers) for frame in others) == 10_000
    lines = Lines(path)
    next(xes_frames("a.xes", Mapping(), lines, None))
    assert lines.position < path.stat().st_size
