"""The store's channels by name."""

from __future__ import annotations

from lvtu.demo.model import Text
from lvtu.demo.words import NONE

CHANNELS = {
    "Direct": "直接访问",
    "Organic Search": "自然搜索",
    "Referral": "外部链接",
    "Other": "其他",
    "Paid Search": "付费搜索",
    "Organic Social": "社交媒体",
    "Affiliate": "联盟推广",
    "Email": "邮件",
}


def channel_name(channel: str | None) -> Text:
    """A channel in both languages; "—" for none."""
    name = channel or NONE
    return Text(CHANNELS.get(name, name), name)
