"""Recreate the demonstration's shipped data from the original files.

    python tools/prepare_demo.py SOURCE [TARGET]

SOURCE is a folder that holds ``airport/``, ``retail/``, ``complaints/`` and ``attribution/`` as they were
published; TARGET is ``src/lvtu/demo/data``. Nothing is corrected, imputed or dropped by row: columns are
chosen, spelled alike in both survey years, typed and compressed. Codes stay codes; blanks stay what they were
(0, 6, 11 or nothing), because what counts as an answer is decided in the package, where it is tested.
"""

from __future__ import annotations

import csv
import re
import sys
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

RATINGS = tuple(
    """q7art q7food q7store q7sign q7walkways q7screens q7infodown q7infoup q7wifi q7roads q7park q7airtrain
    q7ltparking q7rental q7all q9boarding q9airtrain q9rental q9food q9restroom q9all q10safe q13getrate
    q14find q14passthru netpro""".split()  # noqa: SIM905
)
CODES = tuple(
    """respnum intdate peak lang q2purp1 q2purp2 q2purp3 q3getto1 q3getto2 q3getto3 q3park q4bags q4store
    q4food q4wifi q5timesflown q5firsttime q6longuse q11tsapre q12precheckrate q15problem q15com1 q15com2
    q15com3 q8com1 q8com2 q8com3 q8com4 q8com5 q8com6 q9com1 q9com2 q9com3 q10com1 q10com2 q10com3 q12com1 q12com2
    q12com3 age gender howlong""".split()  # noqa: SIM905
)
SAME = {  # the 2017 and 2018 files spell these columns differently
    "q7walkway": "q7walkways",
    "q12prechekcrate": "q12precheckrate",
    "q19age": "age",
    "q20age": "age",
    "q20gender": "gender",
    "q21gender": "gender",
}
BLANK = {"", "blank", "n"}


def column(name: str) -> str:
    """A survey column's name, the same in both years: ``Q15-1`` and ``Q15COM1`` are both ``q15com1``."""
    name = re.sub(r"^(q\d+)-(\d)$", r"\1com\2", name.strip().lower())
    return SAME.get(name, name)


def code(text: str | None) -> int | None:
    """A code as a whole number; nothing for a blank."""
    text = (text or "").strip()
    return None if text.lower() in BLANK else int(float(text))


def airport(source: Path) -> pa.Table:
    """Both survey years as one table: a row per passenger."""
    rows: list[dict[str, object]] = []
    for year in (2017, 2018):
        path = source / "airport" / f"{year}_SFO_Customer_Survey.csv"
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            for raw in csv.DictReader(file):
                row = {column(key): value for key, value in raw.items()}
                out: dict[str, object] = {"year": year, "area": row["barea"], "weight": float(row["weight"])}
                out |= {name: code(row.get(name)) for name in (*CODES, *RATINGS)}
                out["q15a"] = " ".join((row.get("q15a") or "").split()) or None
                rows.append(out)
    types = {"area": pa.string(), "weight": pa.float64(), "q15a": pa.string()}
    names = ("year", "area", "weight", *CODES, *RATINGS, "q15a")
    return pa.Table.from_pylist(rows, pa.schema([(name, types.get(name, pa.int16())) for name in names]))


def retail(source: Path) -> pa.Table:
    """The shop's invoice lines, as published."""
    table = pq.read_table(source / "retail" / "uci_online_retail_2010_2011.parquet")
    types = {"Quantity": pa.int32(), "UnitPrice": pa.float64(), "InvoiceDate": pa.timestamp("s")}
    types |= {"CustomerID": pa.int32()}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in table.column_names])
    return table.replace_schema_metadata(None).cast(schema)


def complaints(source: Path) -> pa.Table:
    """The complaints, without the columns that are empty or the same everywhere."""
    names = {
        "Complaint ID": "complaint_id",
        "Date received": "received",
        "Date sent to company": "sent",
        "Sub-product": "sub_product",
        "Issue": "issue",
        "Sub-issue": "sub_issue",
        "Consumer complaint narrative": "narrative",
        "Company": "company",
        "State": "state",
        "Tags": "tags",
        "Submitted via": "submitted_via",
        "Company response to consumer": "response",
        "Timely response?": "timely",
        "Company public response": "public_response",
    }
    table = pq.read_table(source / "complaints" / "cfpb_complaints_2827_full_columns.parquet")
    table = table.select(list(names)).rename_columns(list(names.values())).replace_schema_metadata(None)
    days = [None if text is None else _american(text) for text in table["sent"].to_pylist()]
    table = table.set_column(2, "sent", pa.array(days).cast(pa.date32()))
    table = table.set_column(1, "received", table["received"].cast(pa.date32()))
    schema = pa.schema([(f.name, f.type if f.type == pa.date32() else pa.string()) for f in table.schema])
    return table.cast(schema)


def _american(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%y").date()


def paths(source: Path) -> pa.Table:
    """The channel paths: who, the path, whether it ended in an order, times, visits, orders."""
    table = pq.read_table(source / "attribution" / "ga4_merchandise_store_journeys.parquet")
    numbers = [int(name.removeprefix("journey_")) for name in table["journey_id"].to_pylist()]
    start, end = (table[name].to_numpy() for name in ("journey_start", "anchor_timestamp"))
    seconds = (end - start).astype("timedelta64[s]").astype("int64")
    return pa.table(
        {
            "journey": pa.array(numbers, pa.int32()),
            "path": table["path"].cast(pa.string()),
            "conversion": table["conversion"].cast(pa.int8()),
            "start": table["journey_start"].cast(pa.timestamp("s", "UTC")),
            "seconds": pa.array(seconds, pa.int32()),
            "sessions": table["session_count"].cast(pa.int16()),
            "orders": table["purchase_count"].cast(pa.int8()),
        }
    )


def main() -> None:
    """Write the four files and say how large they are."""
    source = Path(sys.argv[1])
    target = Path(sys.argv[2] if len(sys.argv) > 2 else "src/lvtu/demo/data")
    target.mkdir(parents=True, exist_ok=True)
    for make in (airport, retail, complaints, paths):
        table = make(source)
        path = target / f"{make.__name__}.parquet"
        pq.write_table(table, path, compression="zstd", compression_level=19)
        print(f"{path}  {table.num_rows:,} rows  {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
