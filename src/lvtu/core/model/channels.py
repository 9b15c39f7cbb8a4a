"""Channels: the ways in which a customer and a company meet."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from lvtu.core.documents import Document
from lvtu.core.model.text import Text, Words


class Channel(Document):
    """A channel.

    Attributes:
        key: what the record's ``channel`` says: any text, since systems call their channels as they like.
        name: what people call it.
        online: whether the customer is on a network there (True) or in a place or on paper (False).
    """

    called: ClassVar[str] = "channel"

    key: str = Field(min_length=1)
    name: Words
    online: bool


def _seeded(key: str, zh: str, en: str, online: bool = True) -> Channel:
    return Channel(key=key, name=Text(zh, en), online=online)


SEEDED: tuple[Channel, ...] = (
    _seeded("web", "网站", "Website"),
    _seeded("app", "App", "App"),
    _seeded("mini_program", "小程序", "Mini program"),
    _seeded("wechat", "微信", "WeChat"),
    _seeded("wecom", "企业微信", "WeCom"),
    _seeded("email", "邮件", "Email"),
    _seeded("sms", "短信", "SMS"),
    _seeded("hotline", "热线", "Hotline"),
    _seeded("store", "门店", "Store", online=False),
    _seeded("social", "社交媒体", "Social media"),
    _seeded("marketplace", "电商平台", "Marketplace"),
    _seeded("im", "即时通讯", "Instant messaging"),
    _seeded("kiosk", "自助终端", "Kiosk", online=False),
    _seeded("mail", "信函", "Mail", online=False),
)
"""The channels that every model knows; a model may add its own, or say something else of one of these.

A call to the hotline counts as online: the customer is in no place of the company's. A model that sees it otherwise
says so: ``channels: [{key: hotline, name: …, online: false}]``.
"""
