"""Reviews and posts as shops, marketplaces and social platforms export them, told by the columns' names.

No two platforms export alike, and most exports come from a merchant's back office or a monitoring tool, so a column
is known by what it is called, in Chinese or English. Authors become pseudonyms; a masked or anonymous name
(``j***3``, 匿名用户) is shared by many, so each such review is a customer of its own. Scores of 大众点评's parts
(口味, 环境, 服务) are events of their own, as are a later addition (追评) and the shop's reply, if its time is told.
Chinese sheets tell China's time.

What platforms allow to be exported, and kept, is theirs to say: read their terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lvtu.collect.jsons import Unread
from lvtu.collect.mapping import Mapping
from lvtu.collect.ready.parts import digest, filled, known_ids, plain_text, pseudonym, wall_clock
from lvtu.collect.words import bare
from lvtu.core.record import ROW_CUSTOMER
from lvtu.core.sentences import Note, Reason

_NAMES = {
    "time": (
        "评论时间 评价时间 点评时间 发布时间 发表时间 笔记发布时间 评论日期 评价日期 下单评价时间 创建时间 时间 日期 "
        "review_time review_date reviewed_at posted_at published_at created_at date time timestamp"
    ),
    "text": (
        "评论内容 评价内容 点评内容 笔记内容 笔记正文 初评内容 正文 内容 评论 评价 点评 "
        "review_text review_body review comment text content body"
    ),
    "title": "标题 笔记标题 评论标题 review_title title headline summary",
    "stars": (
        "评分 星级 评价星级 评论星级 评价得分 商品评分 总评分 总体评分 总分 综合评分 打分 得分 "
        "star_rating stars star rating score overall overall_rating"
    ),
    "product": (
        "商品名称 商品标题 商品 产品 产品名称 门店 门店名称 店铺 店铺名称 商户 商户名称 "
        "product product_name product_title item item_name asin sku 商品id 商品编号 skuid"
    ),
    "author": (
        "昵称 用户昵称 用户名 用户名称 作者 作者昵称 博主 评论者 评论人 评价人 买家昵称 买家 会员昵称 会员名 用户 顾客 "
        "author reviewer reviewer_name nickname username user_name profile_name name"
    ),
    "id": "评论id 评价id 点评id 笔记id 评论编号 评价编号 帖子id review_id comment_id post_id note_id id",
    "platform": "平台 来源平台 数据来源 站点 渠道 来源 platform site source channel",
    "reply": "商家回复 店家回复 卖家回复 掌柜回复 回复内容 回复 reply owner_response seller_reply response",
    "replied": "商家回复时间 店家回复时间 回复时间 reply_time replied_at response_date",
    "more": "追评 追评内容 追加评价 追加评论 追加评价内容 follow_up",
    "added": "追评时间 追加评价时间 追加评论时间 follow_up_time",
}
_KNOWN = {bare(name): part for part, names in _NAMES.items() for name in names.split()}
_RANK = {bare(name): place for names in _NAMES.values() for place, name in enumerate(names.split())}
_PARTS = ("口味", "环境", "服务", "食材", "性价比", "描述相符", "物流服务", "服务态度", "商品质量", "物流", "发货速度")
_MARKETS = re.compile(
    r"京东|天猫|淘宝|拼多多|苏宁|唯品会|抖音商城|抖店|亚马逊|\bjd\b|tmall|taobao|amazon|ebay|shopee|lazada",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"小红书|微博|抖音|快手|知乎|哔哩|b站|大众点评|美团|豆瓣|微信|贴吧|rednote|weibo|douyin|dianping|yelp|reddit|"
    r"twitter",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\*|匿名|anonymous|^(用户|a (google|customer|user).*)$", re.IGNORECASE)
_NOTHING = re.compile(
    r"(此用户|该用户|用户|评价方|买家)?(没有|未|未及时|暂未)(填写|做出|作出|发表|输入).*|默认好评|系统默认好评|暂无评价"
)
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_OF = re.compile(r"(\d+(?:\.\d+)?)\s*(?:/|out of|／)\s*(\d+)(?:\s*stars?)?", re.IGNORECASE)
_PLAIN = re.compile(r"(?:star|sml-str|irr-star)?(\d+(?:\.\d+)?)\s*(?:分|星|颗星|stars?)?", re.IGNORECASE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Reviews:
    """Reads the rows of one table."""

    def __init__(self, mapping: Mapping) -> None:
        self._zone = mapping.zone
        self._tables: list[_Table] = []
        self._tops: dict[str, float] = {}

    def learn(self, rows: list[dict[str, Any]]) -> Iterable[Note]:
        """See which columns there are, and how far the scores go: to 5, to 10, or to 50, as 大众点评 has it."""
        self._tables = _tables(rows)
        found: dict[str, float] = {}
        for row in rows:
            table = self._of(row)
            found[table.platform] = max([found.get(table.platform, 0.0), *table.numbers(row)])
        for platform, most in found.items():
            if platform not in self._tops:
                self._tops[platform] = 5.0 if most <= 5 else 10.0 if most <= 10 else 50.0
                if 5 < most <= 10:
                    yield Note("scales_taken", scales=("rating10",))

    def _of(self, row: dict[str, Any]) -> _Table:
        """The table that a row is of."""
        if len(self._tables) == 1:
            return self._tables[0]
        given = set(row)
        return max(self._tables, key=lambda table: len(table.names & given)) if self._tables else _Table(given)

    def __call__(self, row: dict[str, Any]) -> Iterable[dict[str, Any] | Unread]:
        """The rows of a review, its parts, its addition and its reply."""
        table = self._of(row)
        columns = table.columns
        cells = {part: row.get(name) for part, name in columns.items()}
        text = plain_text(cells.get("text"))
        text = None if text and _NOTHING.fullmatch(text) else text
        stars, scale = self._stars(cells.get("stars"), table)
        if text is None and stars is None and not plain_text(cells.get("title")):
            yield Unread(Reason("no_review"), row)
            return
        zone = self._zone or ("Asia/Shanghai" if table.chinese else None)
        platform = plain_text(cells.get("platform")) or table.platform
        rest = {name: value for name, value in row.items() if name not in columns.values() and name not in _PARTS}
        user, others, used = known_ids(rest)
        time = wall_clock(cells.get("time"), zone)
        own = cells.get("id")
        id = f"{platform}/{own}" if own not in (None, "") else f"{platform}/{digest(*map(str, cells.values()))}"
        about = filled({
            "title": plain_text(cells.get("title")), "product": cells.get("product"), "review_id": own,
            **{name: value for name, value in rest.items() if name not in used},
        })  # fmt: skip
        shared = filled({
            "user_id": user, "anonymous_id": None if user else _author(platform, cells.get("author"), id),
            "identifiers": others, "source": platform, "channel": _channel(platform), "time": time,
        })  # fmt: skip
        said = filled({"score": stars, "scale": scale, "text": text or plain_text(cells.get("title"))})
        yield shared | said | {"event": "Review Posted", "message_id": id, "properties": about, "sequence": 1}
        yield from self._parts(row, shared, id, about)
        yield from _later(cells, shared, id, about, zone)

    def _stars(self, value: Any, table: _Table) -> tuple[float | None, str | None]:
        found, top = read_stars(value)
        if found is None or found <= 0:  # no stars are no answer
            return None, None
        top = top or self._tops.get(table.platform, 5.0)
        if top in (5.0, 50.0):
            return (found / 10 if top == 50 else found), "stars5"
        return found, f"rating{int(top)}"

    def _parts(
        self, row: dict[str, Any], shared: dict[str, Any], id: str, about: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        table = self._of(row)
        for place, name in enumerate(table.parts, 2):
            score, scale = self._stars(row.get(name), table)
            if score is not None:
                own = {"event": "Aspect Rated", "score": score, "scale": scale, "message_id": f"{id}/{name}"}
                yield shared | own | {"properties": about | {"aspect": name}, "sequence": place}


class _Table:
    """The columns of a table of reviews; of a sheet's row that has no value in some, all the same."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.columns = columns_of(dict.fromkeys(sorted(names)))
        self.parts = [name for name in _PARTS if name in names]
        self.chinese = bool(_CHINESE.search("".join(self.columns.values())))
        posts = any("笔记" in name for name in names)
        self.platform = "小红书" if posts else "大众点评" if {"口味", "环境"} <= names else "reviews"

    def numbers(self, row: dict[str, Any]) -> Iterator[float]:
        """The scores of a row that do not tell how far they go."""
        for name in (self.columns.get("stars", ""), *self.parts):
            found, top = read_stars(row.get(name))
            if found is not None and top is None:
                yield found


def _tables(rows: list[dict[str, Any]]) -> list[_Table]:
    """The tables that rows are of: rows that share half of their columns are of one."""
    found: list[set[str]] = []
    for names in sorted({frozenset(row) for row in rows}, key=lambda names: (-len(names), sorted(names))):
        near = next((one for one in found if 2 * len(one & names) >= len(names)), None)
        if near is None:
            found.append(set(names))
        else:
            near |= names
    return [_Table(names) for names in found]


def columns_of(row: dict[str, Any]) -> dict[str, str]:
    """What each column of a table of reviews is: part → name; of several with one meaning the most telling.

    Example:
        >>> columns_of({"评价内容": "好", "Star Rating": 5, "sku": 1})
        {'text': '评价内容', 'stars': 'Star Rating', 'product': 'sku'}
    """
    found: dict[str, str] = {}
    for name in row:
        part = _KNOWN.get(bare(str(name)))
        if part and (part not in found or _RANK[bare(str(name))] < _RANK[bare(found[part])]):
            found[part] = name
    return found


def read_stars(value: Any) -> tuple[float | None, float | None]:
    """A rating as people spell it, and the highest one there is, if it says so.

    Example:
        >>> [read_stars(x) for x in ("★★★★☆", "五星", "4.5 out of 5 stars", "8/10", "sml-str50", "好评")]
        [(4.0, 5.0), (5.0, 5.0), (4.5, 5.0), (8.0, 10.0), (50.0, None), (None, None)]
    """
    if value is None or value == "":
        return None, None
    text = str(value).strip()
    if "★" in text or "⭐" in text:
        return float(text.count("★") + text.count("⭐")), 5.0
    if len(text) == 2 and text[1] == "星" and text[0] in _DIGITS:
        return float(_DIGITS[text[0]]), 5.0
    if found := _OF.fullmatch(text):
        return float(found[1]), float(found[2])
    found = _PLAIN.fullmatch(text)
    return (float(found[1]), None) if found else (None, None)


def _channel(platform: str) -> str | None:
    return "marketplace" if _MARKETS.search(platform) else "social" if _SOCIAL.search(platform) else None


def _author(platform: str, author: Any, id: str) -> str:
    """Whose a review is: a pseudonym, or the review's own where the name is shared by many."""
    name = plain_text(author)
    if name is None or _NOBODY.search(name):
        return ROW_CUSTOMER + digest(id)
    return str(pseudonym(platform, name))


def _later(
    cells: dict[str, Any], shared: dict[str, Any], id: str, about: dict[str, Any], zone: str | None
) -> Iterator[dict[str, Any]]:
    """What was added later, and what the shop replied, as events if their times are told."""
    more, reply = plain_text(cells.get("more")), plain_text(cells.get("reply"))
    if more and not _NOTHING.fullmatch(more):
        at = wall_clock(cells["added"], zone) if cells.get("added") else shared.get("time")
        own = {"event": "Review Posted", "text": more, "time": at, "message_id": f"{id}/more", "sequence": 20}
        yield shared | filled(own) | {"properties": about | {"follow_up": True}}
    if reply and cells.get("replied"):
        own = {"event": "Review Answered", "time": wall_clock(cells["replied"], zone), "message_id": f"{id}/reply"}
        yield shared | own | {"properties": about | {"reply": reply}, "sequence": 21}
