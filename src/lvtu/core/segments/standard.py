"""The segments that every workspace has; one saved under the same key takes its place."""

from __future__ import annotations

from lvtu.core.model.text import Text
from lvtu.core.segments.segment import Segment


def _lifecycle(key: str, zh: str, en: str, said_zh: str, said_en: str, condition: str) -> Segment:
    return Segment(
        key=f"lifecycle:{key}", title=Text(zh, en), description=Text(said_zh, said_en), condition=condition
    )  # fmt: skip


LIFECYCLE: tuple[Segment, ...] = (
    _lifecycle(
        "new", "新客户", "New",
        "最近 30 天才出现的客户", "First seen in the last 30 days",
        "did . and not did . before the last 30 days",
    ),
    _lifecycle(
        "active", "活跃客户", "Active",
        "更早出现、最近 30 天内仍有事件的客户", "Seen before, and again in the last 30 days",
        "did . in the last 30 days and did . before the last 30 days",
    ),
    _lifecycle(
        "at_risk", "有流失风险的客户", "At risk",
        "最近 30 天没有事件、但最近 90 天内有事件的客户", "Not seen in the last 30 days, but in the last 90",
        "did . in the last 90 days and not did . in the last 30 days",
    ),
    _lifecycle(
        "dormant", "沉睡客户", "Dormant",
        "最近 90 天没有任何事件的客户", "Not seen in the last 90 days",
        "did . and not did . in the last 90 days",
    ),
)  # fmt: skip
"""Every customer is in exactly one of these, counted back from the last event of the data."""


def called(name: str, language: str) -> str:
    """What people call a segment: of those that every workspace has their titles, of any other its name.

    Example:
        >>> called("lifecycle:new", "zh"), called("VIP", "zh")
        ('新客户', 'VIP')
    """
    title = next((one.title for one in LIFECYCLE if one.key == name), None)
    return name if title is None else title.zh if language == "zh" else title.en
