"""A bank's loan applications (BPI Challenge 2017): what became of each, from its start to its end.

The log is not shipped: ``lvtu demo --bpi FILE`` reads it as Parquet with the column names of XES. Kept are the events
of applications and offers (A_…, O_…); those of work items (W_…: scheduled, suspended, resumed) are left out. A
customer here is one application. Times are the log's own, in UTC; its row numbers order events of the same time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from lvtu.demo.files import ask, record
from lvtu.demo.model import MapPlan, Stage, Step, Text

BANK = Text("银行", "Bank")
CUSTOMER = Text("客户", "Customer")
SENT = ("O_Sent (mail and online)", "O_Sent (online only)")
SUBMITTED, TAKEN, CANCELLED, DENIED = "A_Submitted", "A_Pending", "A_Cancelled", "A_Denied"
COMPLETE, CHECKED = "A_Complete", "A_Validating"

MODEL = MapPlan(
    "applications",
    Text("从申请到贷款", "From application to loan"),
    Text(
        "一家荷兰金融机构的贷款申请，2016 年提出，记录到 2017 年 2 月 1 日（BPI Challenge 2017）。",
        "Loan applications at a Dutch financial institute, made in 2016 and followed to 1 February 2017 (BPI Challenge "
        "2017).",
    ),
    Text(
        "每一步的先后和时间都来自银行系统的日志；拿来对照的“设计顺序”是演示写下的，不是这家机构的规定。",
        "The order and the times of all steps come from the bank’s log. The designed order that they are compared with "
        "was written down for this demonstration; it is not the institute’s own.",
    ),
    True,
    (
        Stage(
            "apply",
            Text("申请", "Applying"),
            (
                Step("created", Text("建立申请", "Created"), BANK, "A_Create Application"),
                Step("submitted", Text("网上提交", "Submitted online"), CUSTOMER, SUBMITTED),
                Step("concept", Text("初步整理", "Drawn up"), BANK, "A_Concept"),
                Step("accepted", Text("初审通过", "Accepted for an offer"), BANK, "A_Accepted"),
            ),
        ),
        Stage(
            "offer",
            Text("报价", "Offer"),
            (
                Step("offer", Text("拟定报价", "Offer made"), BANK, "O_Create Offer"),
                Step("sent", Text("发出报价", "Offer sent"), BANK, SENT[0]),
            ),
        ),
        Stage(
            "decide",
            Text("审核", "Validation"),
            (
                Step("validating", Text("核对材料", "Papers checked"), BANK, "A_Validating"),
                Step("taken", Text("贷款成立", "Loan taken"), BANK, TAKEN),
            ),
        ),
    ),
)

_EVENTS: dict[str, list[str]] = {"sent": list(SENT)}
_HOW: dict[str, dict[str, bool]] = {
    "submitted": {"optional": True},
    "offer": {"repeatable": True},
    "sent": {"repeatable": True},
    "validating": {"repeatable": True},
}
DESIGN: list[dict[str, Any]] = [
    {"place": _EVENTS.get(step.key, step.event), **_HOW.get(step.key, {})} for step in MODEL.steps
]
"""The designed order. Who applies at the bank submits nothing online; offers and papers may take several rounds."""

HANDOFFS: tuple[tuple[Text, dict[str, object]], ...] = (
    (
        Text("建立申请 → 初审通过", "Created → accepted for an offer"),
        {"source": "A_Create Application", "target": "A_Accepted", "within": "2d"},
    ),
    (
        Text("报价已发齐 → 材料开始核对", "Offers sent → papers being checked"),
        {"source": COMPLETE, "target": CHECKED, "within": "14d"},
    ),
    (
        Text("开始核对 → 有结论", "Papers being checked → a verdict"),
        {"source": CHECKED, "target": [TAKEN, "A_Incomplete", DENIED], "within": "3d"},
    ),
    (
        Text("材料不全 → 再次核对", "Papers incomplete → checked again"),
        {"source": "A_Incomplete", "target": CHECKED, "within": "7d"},
    ),
)
"""Hand-offs between customer and bank, each with the time that this demonstration allows it."""


def read(path: Path) -> pa.Table:
    """The log's columns that are used."""
    import pyarrow.parquet as pq

    return pq.read_table(path, columns=["case:concept:name", "concept:name", "time:timestamp"])


def events(table: pa.Table) -> pa.Table:
    """The applications' and offers' events.

    Example:
        >>> from datetime import datetime, UTC
        >>> log = pa.table({"case:concept:name": ["a", "a"], "concept:name": ["A_Concept", "W_Handle leads"],
        ...                 "time:timestamp": pa.array([datetime(2016, 1, 1, tzinfo=UTC)] * 2)})
        >>> events(log)["event"].to_pylist()
        ['A_Concept']
    """
    rows = ask(_ROWS, source=table.append_column("sequence", pa.array(range(table.num_rows), pa.int64())))
    return record({name: rows[name] for name in rows.column_names})


_ROWS = """
    select 'bpi-' || sequence as message_id, "time:timestamp" as time, "case:concept:name" as user_id,
        "concept:name" as event, 'bpi_challenge_2017' as source, sequence, 'exact' as time_basis
    from source where not starts_with("concept:name", 'W_') order by sequence
"""
