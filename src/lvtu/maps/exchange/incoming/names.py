"""What people call stages, steps, lanes and the columns of lists, in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args

from lvtu.core.model.channels import SEEDED
from lvtu.maps.document.cards import CardKind
from lvtu.maps.document.details import Rung, Status
from lvtu.maps.document.evidence import EvidenceKind
from lvtu.maps.document.lanes import Role

Field = Literal[
    "stage", "step", "lane", "text", "key", "until", "kind", "owner", "person", "system", "marks", "latent",
    "assumption", "evidence", "rung", "persona", "importance", "satisfaction", "item", "status", "severity", "strength",
    "reach", "frequency", "at_risk", "worth", "where", "stems_from", "impact", "confidence", "effort", "value",
    "expected", "cost", "due", "do", "dont", "version", "since", "training",
]  # fmt: skip
"""A column of a list of cards."""

_FIELDS: dict[Field, str] = {
    "stage": "阶段 旅程阶段 客户旅程阶段 大阶段 环节 stage stages phase phases journey_stage journey_phase",
    "step": (
        "步骤 旅程步骤 子阶段 节点 关键节点 行为 客户行为 用户行为 动作 step steps journey_step activity activities "
        "action actions user_actions customer_actions customer_action substage task tasks"
    ),
    "lane": "泳道 维度 行 lane lanes row dimension swimlane",
    "text": "内容 文字 文本 描述 说明 text content description note notes card",
    "key": "编号 卡片编号 key id card_id",
    "until": "到步骤 截止步骤 结束步骤 up_to_step until to_step last_step",
    "kind": "类型 卡片类型 kind type card_type",
    "owner": "责任部门 负责人 负责部门 owner owners department responsible ownership",
    "person": "责任人 跟进人 person person_responsible assignee",
    "system": "系统 支撑系统 system systems it_system",
    "marks": "标记 marks mark",
    "latent": "潜在 latent",
    "assumption": "假设 是否假设 assumption",
    "evidence": "证据 依据 来源 evidence source sources",
    "rung": "需求层次 rung need_level",
    "persona": "用户画像 画像 persona personas",
    "importance": "重要性 重要度 importance",
    "satisfaction": "满足程度 满足度 satisfaction",
    "item": "调查中的项目 asked_as",
    "status": "处理状态 状态 status",
    "severity": "严重程度 严重度 severity",
    "strength": "突出程度 strength",
    "reach": "影响客户数 影响人数 触及 reach",
    "frequency": "人均次数 频率 frequency",
    "at_risk": "风险金额 money_at_risk revenue_at_risk",
    "worth": "带来的金额 money_it_brings",
    "where": "识别条件 shown_by",
    "stems_from": "源自 stems_from",
    "impact": "影响力 impact",
    "confidence": "把握 信心 confidence",
    "effort": "投入 工作量 effort",
    "value": "价值 value",
    "expected": "预期效果 expected_effect",
    "cost": "成本 cost",
    "due": "截止日期 到期日 due due_date",
    "do": "要做 应当做 dos always",
    "dont": "不要做 禁止 dont donts never",
    "version": "版本 version",
    "since": "生效日期 since valid_from",
    "training": "培训 培训内容 training lesson",
}  # fmt: skip

_ROLES: dict[Role, str] = {
    "evidence": "有形展示 实体展示 physical_evidence tangibles",
    "customer": (
        "顾客行为 顾客行动 客户行为 客户行动 用户行为 customer_actions customer_action user_actions actions "
        "doing what_customers_do"
    ),
    "onstage_people": (
        "前台员工行为 前台员工 前台人员 前台行为 前台 front_stage_people frontstage frontstage_actions onstage "
        "onstage_people front_of_stage"
    ),
    "onstage_technology": "前台技术 前台系统 onstage_technology frontstage_technology",
    "backstage_people": "后台员工行为 后台员工 后台人员 后台行为 后台 backstage backstage_actions backstage_people",
    "backstage_technology": "后台技术 后台系统 backstage_technology",
    "support": "支持过程 支持流程 支撑流程 内部支持 support support_processes supporting_processes",
    "goals": (
        "目标 客户目标 用户目标 阶段目标 目标与需求 goal goals customer_goals user_goals objectives goals_and_needs "
        "goals_needs"
    ),
    "needs": "需求 需要 客户需求 用户需求 need needs customer_needs",
    "expectations": "期望 客户期望 用户期望 预期 expectation expectations customer_expectations",
    "touchpoints": "接触点 触点 接触点触点 客户触点 服务触点 touchpoint touchpoints touch_points touch_point",
    "channels": "渠道 channel channels",
    "thoughts": (
        "想法 客户想法 用户想法 客户原话 原话 心声 客户心声 thought thoughts thinking what_they_say quotes "
        "verbatims voice_of_customer voc"
    ),
    "feelings": (
        "情绪 情感 感受 情绪曲线 情感曲线 满意度 满意度曲线 情绪分 客户情绪 用户情绪 emotion emotions feeling feelings "
        "mood sentiment emotional_journey emotional_curve satisfaction satisfaction_curve "
        "experience score scores"
    ),
    "perception": "感知 客户感知 perception perceived",
    "effort": "费力度 轻松程度 费力程度 effort customer_effort ces",
    "four_donts": "四不要 四不 四个不 four_donts",
    "time": "时间 耗时 时长 用时 time duration timing",
    "volume": "客户数 客户量 人数 流量 volume customers traffic",
    "metrics": "指标 衡量指标 关键指标 metric metrics kpi kpis measures",
    "pains": (
        "痛点 痛点问题 问题 问题点 槽点 障碍 pain pains pain_point pain_points painpoints problems "
        "frustrations issues barriers"
    ),
    "gains": "亮点 爽点 峰值 gain gains strengths strength delights highlights wow",
    "moments": "关键时刻 关键时刻候选 真实瞬间 moment moments moment_of_truth moments_of_truth mot",
    "insights": "洞察 发现 insight insights findings",
    "opportunities": (
        "机会点 机会 改进机会 优化机会 改进建议 建议 改善建议 opportunity opportunities ideas improvements "
        "recommendations solutions"
    ),
    "owners": "责任部门 负责人 责任人 负责部门 相关部门 owner owners department departments responsible ownership",
}  # fmt: skip

_KINDS: dict[CardKind, str] = {
    "text": "文字 text", "image": "图片 picture image", "quote": "原话 quote", "need": "需要 需求 need",
    "pain": "痛点 pain",
    "gain": "亮点 strength gain", "insight": "洞察 insight", "idea": "想法 idea", "opportunity": "机会点 opportunity",
    "action": "改进行动 action", "standard": "标准 standard",
}  # fmt: skip

_SOURCES: dict[EvidenceKind, str] = {
    "interview": "访谈 interview", "survey": "问卷 survey", "ticket": "工单 ticket", "review": "评价 review",
    "analytics": "行为数据 analytics", "document": "文档 document",
    "observation": "观察 observation", "model": "模型 model",
}  # fmt: skip

_RUNGS: dict[Rung, str] = {
    "stated": "需要 stated_need", "want": "想要 want", "desire": "欲望 渴望 desire", "demand": "需求 demand",
}  # fmt: skip

_STATUSES: dict[Status, str] = {
    "open": "待处理 open", "confirmed": "已确认 confirmed", "in_progress": "改进中 处理中 in_progress",
    "solved": "已解决 solved", "dismissed": "不处理 dismissed",
}  # fmt: skip

_CHANNELS: dict[str, str] = {
    "web": "官网 网页 site web", "app": "手机App mobile_app", "email": "电子邮件 邮箱 e_mail mail_box",
    "hotline": "电话 客服电话 客服热线 phone telephone call call_center call_centre",
    "store": "线下门店 实体店 店内 shop branch in_store physical_store", "wechat": "公众号 微信公众号",
    "mini_program": "微信小程序 miniprogram", "social": "社媒 社交 social", "sms": "text_message",
    "im": "在线客服 chat live_chat", "kiosk": "自助机 self_service_kiosk",
}  # fmt: skip
"""What people call channels beside their names (`lvtu.core.model.channels.SEEDED`)."""

_FEELINGS: dict[float, str] = {
    2: "😀 😃 😄 😁 😍 🤩 🥰 😊 ❤ 非常满意 很满意 很开心 非常开心 惊喜"
    " delighted very_happy very_satisfied very_positive ++",
    1: "🙂 😌 👍 满意 开心 高兴 较满意 比较满意 积极 正面 happy satisfied positive pleased good +",
    0: "😐 😶 🤔 一般 中性 平静 平淡 neutral ok okay",
    -1: "🙁 ☹ 😕 😟 😞 👎 不满意 不满 较不满意 焦虑 失望 消极 负面 unhappy dissatisfied negative worried sad -",
    -2: "😡 😠 🤬 😢 😭 😤 😣 😫 非常不满意 很不满意 愤怒 生气 angry frustrated furious very_unhappy very_dissatisfied"
    " very_negative --",
}
"""How people write feelings where they write no numbers."""

_ASIDE = re.compile(r"[（(\[【].*?[)）\]】]")
_NOISE = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """A name as it is looked up: without what stands in brackets, marks and case.

    Example:
        >>> plain("Pain-points (top 3)"), plain(" 痛点：")
        ('painpoints', '痛点')
    """
    return _NOISE.sub("", _ASIDE.sub("", name).lower())


def _index(names: Mapping[Any, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one, some in names.items():
        for name in (one, *some.split()):
            found.setdefault(plain(name), one)
    return found


_FIELD_OF, _ROLE_OF = _index(_FIELDS), _index(_ROLES)
_KIND_OF, _SOURCE_OF = _index(_KINDS), _index(_SOURCES)
_VALUE_OF = {"rung": _index(_RUNGS), "status": _index(_STATUSES)}


_CHANNEL_OF = _index({
    one.key: " ".join((one.name.zh, one.name.en.replace(" ", "_"), _CHANNELS.get(one.key, ""))) for one in SEEDED
})  # fmt: skip

_FEELING_OF = {one.replace("_", " "): value for value, some in _FEELINGS.items() for one in some.split()}


def feeling_of(text: str) -> float | None:
    """A feeling from −2 to +2 by a face or a word; None where it is none.

    Example:
        >>> feeling_of("😡"), feeling_of("比较满意"), feeling_of("Very happy"), feeling_of("the queue")
        (-2, 1, 2, None)
    """
    return _FEELING_OF.get(text.strip().lower().replace("\ufe0f", ""))


def field_of(name: str) -> Field | None:
    """The column of a list that a heading names.

    Example:
        >>> field_of("阶段"), field_of("Phase"), field_of("Pain points")
        ('stage', 'stage', None)
    """
    found = _FIELD_OF.get(plain(name))
    return next((one for one in get_args(Field) if one == found), None)


def role_of(name: str) -> Role | None:
    """What a lane is about, by its name.

    Example:
        >>> role_of("痛点"), role_of("Moments of truth"), role_of("Weather")
        ('pains', 'moments', None)
    """
    found = _ROLE_OF.get(plain(name))
    return next((one for one in _ROLES if one == found), None)


def channel_of(name: str) -> str | None:
    """The key of a channel, by its name.

    Example:
        >>> channel_of("官网"), channel_of("Social media"), channel_of("Fax")
        ('web', 'social', None)
    """
    return _CHANNEL_OF.get(plain(name))


def kind_of(name: str) -> CardKind | None:
    """The kind of a card, by its name."""
    found = _KIND_OF.get(plain(name))
    return next((one for one in _KINDS if one == found), None)


def value_of(field: Field, text: str) -> str:
    """What a cell of a column of details says, as a card keeps it.

    Example:
        >>> value_of("rung", "想要"), value_of("status", "In progress"), value_of("severity", "4")
        ('want', 'in_progress', '4')
    """
    return _VALUE_OF[field].get(plain(text), text) if field in _VALUE_OF else text


def source_of(name: str) -> EvidenceKind | None:
    """Where something is known from, by its name."""
    found = _SOURCE_OF.get(plain(name))
    return next((one for one in _SOURCES if one == found), None)
