"""问卷星 (wjx.cn): the sheet of its answers, XLSX or CSV, by texts, by scores or by numbers of options.

The sheet begins with 序号, 提交答卷时间, 所用时间, 来源, 来源详情, 来自IP, perhaps 总分, and goes on with one column
per question, ``1、您的性别``, or several for a matrix or a choice of many. What was skipped is ``(跳过)`` or ``-3``,
what was left empty ``(空)`` or ``-2``; ``┋`` stands between several choices, and what was written beside one stands
in ``〖〗``. Times are those of a clock in China.

An IP address becomes the place that stands behind it; 来源详情, which may name a person, is not read.

The vendor publishes no description of the sheet: its headings and marks are those of exports that public programs read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from lvtu.collect.mapping import Mapping
from lvtu.collect.ready.answers import Response, rows_of
from lvtu.collect.ready.columns import Questions
from lvtu.collect.ready.parts import digest, filled, number, wall_clock
from lvtu.core.sentences import Note

ZONE = "Asia/Shanghai"
_NUMBER = ("序号", "答卷编号", "答卷序号", "编号")
_TIME = ("提交答卷时间", "提交时间", "答题时间", "结束时间")
_TAKEN = ("所用时间", "答题时长", "用时")
_ORIGIN, _PLACE = ("来源", "答题渠道"), ("来自IP", "IP", "IP地址")
_OTHER = ("来源详情", "开始答题时间", "开始时间", "总分", "标签", "备注")
_META = frozenset((*_NUMBER, *_TIME, *_TAKEN, *_ORIGIN, *_PLACE, *_OTHER))
_NO_ANSWER = frozenset(("(跳过)", "（跳过）", "(空)", "（空）", "-3", "-2", "(未选)", "无效"))
_SEVERAL = "┋"
_NUMBERED = re.compile(r"^\s*(?:Q|第)?\d{1,3}(?:[、.．:：)）]|题)\s*")
_KIND = re.compile(r"\s*[\[【](?:单选|多选|填空|量表|矩阵|打分|必答)[^\]】]*[\]】]\s*|\*\s*$")
_CHANNELS = (
    ("企业微信", "wecom"),
    ("微信", "wechat"),
    ("小程序", "mini_program"),
    ("短信", "sms"),
    ("邮件", "email"),
    ("手机", "web"),
    ("链接", "web"),
    ("电脑", "web"),
    ("网页", "web"),
)
_WHOSE = (
    ("phone", re.compile(r"手机号|联系电话|手机号码|联系方式"), re.compile(r"(\+?86)?1[3-9]\d{9}")),
    ("email", re.compile(r"邮箱|电子邮件|e-?mail", re.IGNORECASE), re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
)
_CODE = re.compile(r"(?:您的|你的|请输入|请填写)?(?:会员|客户|用户)(?:号|编号|id|卡号)[:：？?]?", re.IGNORECASE)


class Wjx:
    """Reads the rows of one sheet."""

    def __init__(self, mapping: Mapping) -> None:
        self._zone = mapping.zone or ZONE
        self._questions = Questions(mapping.scales, self._key)

    def learn(self, rows: list[dict[str, Any]]) -> Iterable[Note]:
        """See which columns are questions, and on which scales they are answered."""
        self._enter(rows)
        return self._questions.learn(map(answered, rows), _SEVERAL)

    def __call__(self, row: dict[str, Any]) -> Iterable[dict[str, Any]]:
        """The rows of a response."""
        self._enter([row])
        cells = answered(row)
        time = wall_clock(_of(row, _TIME), self._zone)
        own, others, gone = _whose(cells)
        given = {name: value for name, value in cells.items() if name not in gone}
        origin = str(_of(row, _ORIGIN) or "")
        return rows_of(
            Response(
                system="wjx",
                id=f"{_of(row, _NUMBER) or ''}-{digest(time)}",
                time=time,
                answers=tuple(self._questions.answers(given, _SEVERAL)),
                user_id=own,
                identifiers=others,
                more={"channel": next((name for word, name in _CHANNELS if word in origin), None)},
                properties=filled({
                    "origin": origin,
                    "place": _place(_of(row, _PLACE)),
                    "seconds": number(str(_of(row, _TAKEN) or "").removesuffix("秒")),
                    "total_score": number(row.get("总分")),
                }),
            )
        )  # fmt: skip

    def _key(self, header: str) -> str:
        """What tells a question's answers from others', however it is numbered."""
        title, told = title_of(header), self._questions.columns[header].title
        return digest(title if title.rstrip(":： ") == told else told)

    def _enter(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            for name in row:
                if name not in _META and name not in self._questions.columns:
                    self._questions.enter(name, title_of(name).rstrip(":： "))


@lru_cache(4096)
def title_of(header: str) -> str:
    """A question's words, without its number and what kind of question it is.

    Example:
        >>> title_of("3、您的满意度[单选题]*"), title_of("Q4. 建议"), title_of("5、服务（态度）")
        ('您的满意度', '建议', '服务（态度）')
    """
    return _KIND.sub("", _NUMBERED.sub("", str(header))).strip() or str(header)


def answered(row: dict[str, Any]) -> dict[str, Any]:
    """The cells of a row's questions, without those that say that there is no answer."""
    found = {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}
    return {
        name: value
        for name, value in found.items()
        if name not in _META and value is not None and str(value) not in _NO_ANSWER and value != ""
    }


def _whose(cells: dict[str, Any]) -> tuple[str | None, dict[str, str], set[str]]:
    """The customer's id and identifiers among the answers, and the columns that hold them."""
    user, others, used = None, {}, set()
    for name, value in cells.items():
        text, title = str(value), title_of(name)
        for kind, asks, looks in _WHOSE:
            if asks.search(title) and looks.fullmatch(text):
                others[kind] = text
                used.add(name)
        if _CODE.fullmatch(title):
            user = text
            used.add(name)
    return user, others, used


def _of(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)


def _place(address: Any) -> str | None:
    """The place behind an IP address: ``203.0.113.7(广东-深圳)``."""
    found = re.search(r"[(（]([^)）]+)[)）]", str(address or ""))
    return found[1] if found else None
