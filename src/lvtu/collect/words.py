"""What people call the record's fields, in English and Chinese, most telling first."""

from __future__ import annotations

import re

_SPELLED = {
    "time": (
        "time timestamp event_time occurred_at happened_at datetime event_timestamp created_at "
        "date_time invoice_date order_date order_time purchase_date visit_time start_time "
        "submitted_at time:timestamp date created updated_at date_received transaction_date "
        "时间 发生时间 事件时间 日期时间 下单时间 创建时间 支付时间 "
        "订单时间 访问时间 提交时间 日期"
    ),
    "user_id": (
        "user_id customer_id client_id member_id uid user customer buyer_id account_id contact_id "
        "passenger_id case_id case:concept:name cust_id customer_no respondent_id respnum "
        "id_customer 用户id 客户id 用户 客户 会员 会员id 会员号 客户编号 "
        "用户编号 用户标识 买家id 账号"
    ),
    "anonymous_id": (
        "anonymous_id device_id visitor_id cookie_id session_id user_pseudo_id distinct_id "
        "browser_id client_uuid 匿名id 设备id 访客id 设备号 访客"
    ),
    "event": (
        "event event_name concept:name activity action event_type activity_name behavior "
        "behaviour type status 事件 事件名 事件名称 行为 动作 行为类型 活动 "
        "操作"
    ),
    "message_id": ("message_id event_id insert_id uuid 消息id 事件id"),
    "channel": (
        "channel via source_channel utm_medium medium touchpoint_channel case:channel "
        "submitted_via platform 渠道 来源渠道 接触渠道 平台"
    ),
    "value": (
        "value amount revenue total price total_amount order_amount order_total unit_price sales "
        "payment 金额 订单金额 价格 实付金额 支付金额 销售额 单价"
    ),
    "currency": ("currency currency_code ccy 币种 货币"),
    "score": ("score rating stars nps netpro csat satisfaction grade star 评分 得分 打分 星级 满意度"),
    "scale": ("scale 量表"),
    "text": (
        "text comment comments review verbatim feedback message content body narrative "
        "consumer_complaint_narrative 内容 评论 评价 评价内容 反馈 意见 留言 "
        "文本"
    ),
    "language": ("language lang locale 语言"),
    "sequence": ("sequence seq step_no event_index 序号 顺序"),
    "weight": ("weight survey_weight 权重"),
}

WORDS: dict[str, tuple[str, ...]] = {field: tuple(names.split()) for field, names in _SPELLED.items()}
"""What people call each field."""

IDENTIFIERS: dict[str, tuple[str, ...]] = {
    "email": ("email", "e_mail", "email_address", "mail", "邮箱", "电子邮箱", "邮件"),
    "phone": (
        "phone",
        "mobile",
        "phone_number",
        "telephone",
        "tel",
        "msisdn",
        "手机号",
        "手机",
        "电话",
        "联系电话",
        "手机号码",
    ),
    "openid": ("openid", "open_id", "wechat_openid"),
    "unionid": ("unionid", "union_id"),
    "member": ("member_no", "card_no", "loyalty_id", "会员卡号"),
}
"""What people call other ids."""

PERSON: dict[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "name": (
            "name full_name customer_name client_name contact_name member_name person "
            "姓名 客户姓名 会员姓名 联系人姓名 名字 联系人 客户名称 收货人"
        ),
        "given_name": "given_name first_name forename 名",
        "family_name": "family_name last_name surname 姓 姓氏",
        "birth_date": "birth_date date_of_birth dob birthday birthdate born 出生日期 生日 出生年月日 出生年月",
        "address": (
            "address street house_number street_number street_address address_1 address_2 address_3 address_line_1 "
            "address_line_2 addr postal_address 地址 联系地址 收货地址 详细地址 家庭住址 家庭地址 通讯地址 街道 门牌号"
        ),
        "postcode": "postcode postal_code zip zip_code post_code 邮编 邮政编码",
        "city": "city town suburb locality place 城市 市 所在城市 区县",
    }.items()
} | {kind: IDENTIFIERS[kind] for kind in ("email", "phone")}
"""What people call the fields of records of persons (a CRM's)."""


def bare(name: str) -> str:
    """A name without case, spaces and signs, so that InvoiceDate, invoice_date and "Invoice Date" are one.

    Example:
        >>> bare("Invoice Date"), bare("用户_ID")
        ('invoicedate', '用户id')
    """
    return re.sub(r"[\W_]+", "", name.lower())


def ranked(field: str) -> dict[str, int]:
    """The bare words for a field and their rank, 0 the most telling."""
    words = WORDS.get(field) or IDENTIFIERS.get(field) or PERSON[field]
    ranks: dict[str, int] = {}
    for word in words:
        ranks.setdefault(bare(word), len(ranks))
    return ranks
