"""The examples that a newcomer tries: every row of each comes in, in both languages."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.core.words import LANGS, Lang
from lvtu.service.start.kinds import KINDS, Kind, example, mapping
from service.inprocess import served, until


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_an_example_is_read_and_says_that_it_is_one(kind: Kind, lang: Lang, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(example(kind, lang))
    rows = list(csv.DictReader(io.StringIO(example(kind, lang).decode())))
    with lvtu.open(tmp_path / "ws") as ws:
        report = ws.ingest(tmp_path / "a.csv", mapping(kind, lang))
        assert (report.accepted + report.duplicates, report.rejected) == (len(rows), 0)
        [source] = ws.sql("select distinct source from events")["source"].to_pylist()
        assert source == ("示例" if lang == "zh" else "example")
        known = {row["channel"] for row in ws.sql("select distinct channel from events").to_pylist()}
        assert known <= {None, "web", "app", "mini_program", "store", "hotline", "email", "wecom", "marketplace"}
        scored = ws.sql("select count(*) as n from events where score is not null")["n"].to_pylist()[0]
        assert scored == (len(rows) if kind in ("survey", "reviews") else 0)


def test_the_examples_are_listed_loaded_and_imported(tmp_path: Path) -> None:
    with served(tmp_path, "shop") as client:
        kinds: list[dict[str, Any]] = client.get("/api/w/shop/start", params={"lang": "zh"}).json()
        assert [one["kind"] for one in kinds] == list(KINDS)
        reviews = next(one for one in kinds if one["kind"] == "reviews")
        file = client.get(reviews["example"])
        assert file.headers["content-type"].startswith("text/csv")
        assert reviews["file"] == "示例-评价.csv"
        looked = client.post(
            "/api/w/shop/uploads", files={"file": (reviews["file"], file.content)}, params={"has": "reviews"}
        ).json()
        assert looked["guess"]["fields"]["event"] == {"constant": "Review Posted"}
        body = {"mapping": reviews["mapping"]}
        assert client.post(f"/api/w/shop/uploads/{looked['id']}/import", json=body).status_code == 202
        done = until(client, f"/api/w/shop/uploads/{looked['id']}", ("done", "failed"))
        assert (done["report"]["accepted"], done["report"]["rejected"]) == (50, 0)
        assert client.get("/api/w/shop/start/examples/nothing").status_code == 404
