"""A restaurant's service blueprint, in both languages: everything is there, and nothing is wrong with it."""

from __future__ import annotations

from typing import Any

from lvtu.core.words import Lang

_OWNERS = {
    "front": ("前厅", "Front of house"), "kitchen": ("后厨", "Kitchen"), "supply": ("采购", "Purchasing"),
    "tech": ("信息", "IT"), "office": ("店长室", "Store office"),
}  # fmt: skip
_STEPS = (
    ("book", "plan", "订一张桌", "Book a table", ["mini_program"], "5m"),
    ("queue", "arrive", "到店等位", "Wait for a table", ["store"], "15m"),
    ("seat", "arrive", "入座看菜单", "Take a seat", ["store"], None),
    ("order", "dine", "扫码点餐", "Scan and order", ["store", "mini_program"], "8m"),
    ("wait", "dine", "等菜上桌", "Wait for the food", ["store"], "20m"),
    ("eat", "dine", "用餐加菜", "Eat and order more", ["store", "mini_program"], None),
    ("pay", "leave", "买单", "Pay", ["store", "mini_program"], "3m"),
    ("review", "leave", "评价分享", "Review and share", ["mini_program"], None),
)
_LANES = (
    ("seen", "evidence", "有形展示", "Physical evidence"),
    ("staff", "onstage_people", "服务员", "Waiters"),
    ("screens", "onstage_technology", "小程序与屏幕", "Mini programme and screens"),
    ("cooks", "backstage_people", "后厨与传菜", "Kitchen and runners"),
    ("systems", "backstage_technology", "后台系统", "Systems"),
    ("help", "support", "支持流程", "Support"),
)
_CARDS: tuple[tuple[Any, ...], ...] = (
    ("page", "seen", "book", None, "订位页、短信确认", "Booking page, text message", None, None, ()),
    ("sign", "seen", "queue", None, "叫号屏、候位区茶点", "Queue screen, tea while waiting", None, None, ()),
    ("table", "seen", "seat", None, "桌号牌、纸质菜单", "Table number, printed menu", None, None, ()),
    ("code", "seen", "order", None, "桌面二维码", "Code on the table", None, None, ()),
    ("timer", "seen", "wait", None, "桌面沙漏：超时送甜品", "Hourglass: late means dessert", None, None, ()),
    ("food", "seen", "eat", None, "菜品与餐具", "Dishes and cutlery", None, None, ()),
    ("bill", "seen", "pay", "review", "电子账单、评价入口", "Electronic bill, link to review", None, None, ()),
    ("confirm", "screens", "book", None, "确认时段，告知保留多久", "Confirms the time, says how long it is kept",
     "tech", "订位", ()),
    ("greet", "staff", "queue", None, "迎宾登记，报等位时长", "Greets, tells how long it will be", "front", None,
     ("wait",)),
    ("lead", "staff", "seat", None, "带位、倒水、介绍招牌菜", "Shows to the table, recommends", "front", None, ()),
    ("menu", "screens", "order", None, "显示菜单与估清", "Shows what is on and what is out", "tech", "点餐", ("fail",)),
    ("soothe", "staff", "wait", None, "第 15 分钟主动告知进度", "Tells after 15 minutes how far it is", "front", None,
     ("wait",)),
    ("serve", "staff", "eat", None, "上菜报菜名，核对忌口", "Serves, names the dish, checks allergies", "front", None,
     ("fail",)),
    ("checkout", "screens", "pay", None, "合并优惠后扫码支付", "Adds up discounts, takes the payment", "tech",
     "收银", ()),
    ("thanks", "screens", "review", None, "推送感谢与评价", "Thanks and asks for a review", "tech", "会员", ()),
    ("retry", "staff", "order", None, "扫不出来：服务员当面代点，不让客人等", "Does not scan: take the order by hand",
     "front", None, (), "standard"),
    ("redo", "staff", "eat", None, "上错菜：先道歉、再重做，这道免单", "Wrong dish: apologise, redo, no charge",
     "front", None, (), "standard"),
    ("plan-tables", "cooks", "queue", "seat", "按翻台预测排桌", "Plans tables by expected turnover", "front", None,
     ("decision",)),
    ("cook", "cooks", "wait", None, "按桌序烹制", "Cooks in the order of the tables", "kitchen", None, ()),
    ("run", "cooks", "eat", None, "传菜到桌", "Runs dishes to the table", "front", None, ()),
    ("ticket", "systems", "order", None, "订单拆到档口", "Splits the order by station", "tech", "厨显", ()),
    ("invoice", "systems", "pay", "review", "入账、开票、更新会员", "Books, invoices, updates the member", "tech",
     "收银", ()),
    ("stock", "help", "order", "wait", "备货与估清同步", "Supplies, and what is out", "supply", None, ()),
    ("rota", "help", "queue", None, "按客流排班", "Rota by expected guests", "office", None, ()),
)  # fmt: skip
_LINKS = (
    ("confirm", "greet", "informs", None), ("greet", "plan-tables", "triggers", None),
    ("plan-tables", "lead", "informs", None), ("menu", "ticket", "triggers", None),
    ("ticket", "cook", "hands_over", "1m"), ("cook", "run", "hands_over", "3m"), ("run", "serve", "hands_over", "2m"),
    ("cook", "soothe", "informs", None), ("stock", "menu", "informs", None), ("rota", "greet", "informs", None),
    ("checkout", "invoice", "triggers", None), ("invoice", "thanks", "triggers", None),
    ("redo", "cook", "hands_over", "1m"),
)  # fmt: skip


def restaurant(lang: Lang = "en") -> dict[str, Any]:
    """The map; departments and systems are called as in one language, everything else is in both."""
    side = 0 if lang == "zh" else 1
    systems = {"订位": "Booking", "点餐": "Ordering", "收银": "Till", "会员": "Members", "厨显": "Kitchen display"}
    cards = []
    for key, lane, step, until, zh, en, owner, system, marks, *kind in _CARDS:
        card = {
            "key": key, "lane": lane, "step": step, "until": until, "text": {"zh": zh, "en": en}, "marks": list(marks),
            "owner": owner and _OWNERS[owner][side], "system": system if lang == "zh" else systems.get(system),
            "kind": kind[0] if kind else None, "evidence": [{"kind": "observation", "title": "2026-02"}],
        }  # fmt: skip
        cards.append({name: value for name, value in card.items() if value})
    return {
        "title": {"zh": "到店吃一顿饭", "en": "A meal at the restaurant"}, "owner": _OWNERS["office"][side],
        "goal": {"zh": "不等太久，吃得舒心", "en": "Eat well without a long wait"}, "state": "as_is", "status": "live",
        "stages": [
            {"key": key, "name": {"zh": zh, "en": en}, "owner": _OWNERS["front"][side]}
            for key, zh, en in (("plan", "计划", "Plan"), ("arrive", "到店", "Arrive"), ("dine", "用餐", "Dine"),
                                ("leave", "离店", "Leave"))
        ],
        "steps": [
            {"key": key, "stage": stage, "name": {"zh": zh, "en": en}, "channels": channels,
             **({"standard": standard} if standard else {})}
            for key, stage, zh, en, channels, standard in _STEPS
        ],
        "lanes": [
            {"key": key, "role": role, "label": {"zh": zh, "en": en}} for key, role, zh, en in reversed(_LANES)
        ],
        "cards": cards,
        "links": [
            {"key": f"{source}-{target}", "source": source, "target": target, "kind": kind,
             **({"sla": sla} if sla else {})}
            for source, target, kind, sla in _LINKS
        ],
    }  # fmt: skip
